//! Areas: the list with its postcode districts, and one area with its services by role.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::context;
use minijinja::value::Value;

use super::lists::{filled, sort_by_title};
use super::{Filled, Scope, plain};
use crate::model::{Area, Item, Kind, LocalService};
use crate::site::context::{Place, Service, value};
use crate::site::marks;
use crate::site::plan::Page;
use crate::site::shared::{Shared, Skin, place};

pub(super) fn areas(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let mut areas: Vec<&Item<'_>> = shared.facts.plan.visible(Kind::Area).collect();
    sort_by_title(&mut areas);
    let list: Vec<Place> = areas.iter().map(|i| place(i)).collect();
    let mut groups: BTreeMap<&str, BTreeMap<(usize, &str), Vec<Place>>> = BTreeMap::new();
    for (item, area) in areas.iter().filter_map(|i| Some((i, i.area()?))) {
        for district in &area.postcodes {
            let (prefix, key) = split(district.value);
            groups.entry(prefix).or_default().entry(key).or_default().push(place(item));
        }
    }
    let groups = groups.into_iter().map(|(prefix, rows)| {
        let rows = rows.into_iter().map(|((_, district), areas)| context! { district, areas => value(areas) });
        context! { prefix, rows => rows.collect::<Vec<Value>>() }
    });
    let data = context! { list => value(list), postcode_groups => groups.collect::<Vec<Value>>() };
    filled("areas.html", "areas", data, plain(shared, skin, page, "list", skin.locale.word("areas.heading")), false)
}

/// A district's letters, and what it is sorted by: `SE5` → `SE`, 5.
fn split(district: &str) -> (&str, (usize, &str)) {
    let letters = district.find(|c: char| c.is_ascii_digit()).unwrap_or(district.len());
    let (prefix, rest) = district.split_at(letters);
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    (prefix, (digits.parse().unwrap_or(0), district))
}

/// An area's own service in a role, while it is one.
pub(super) fn own<'i, 'a>(scope: &Scope<'_, '_, 'a>, area: &'i Area<'a>, role: &str) -> Option<(Value, &'i LocalService<'a>)> {
    let service = area.services.get(role).filter(|s| scope.shared.facts.is_current(s.until.map(|d| d.value)))?;
    Some((scope.resource(service.resource.value)?, service))
}

pub(super) fn area(scope: &Scope<'_, '_, '_>) -> Filled {
    let mut items = BTreeSet::from([scope.item.id()]);
    let facts = &scope.shared.facts;
    let area = scope.item.area();
    let mut services = Vec::new();
    for (role, about) in facts.site.roles.iter() {
        let (resource, id, from, until) = match area.and_then(|a| own(scope, a, role.value)) {
            Some((resource, s)) => (resource, s.resource.value, facts.ahead(s.from.map(|d| d.value)), s.until.map(|d| d.value.to_owned())),
            None => match scope.card(about.fallback.value) {
                Some(resource) => (resource, about.fallback.value, None, None),
                None => continue,
            },
        };
        items.insert(id.to_owned());
        let fallback = area.is_none_or(|a| a.services.get(role.value).is_none_or(|s| s.resource.value != id));
        services.push(Service {
            role: role.value.to_owned(),
            label: marks::original(scope.skin.language, about.label.value),
            resource,
            fallback,
            from,
            until,
        });
    }
    let own_id = scope.item.id();
    let here =
        facts.plan.visible(Kind::Resource).filter(|i| i.resource().is_some_and(|r| r.eligibility.areas.iter().any(|a| a.value == own_id)));
    let mut here: Vec<&Item<'_>> = here.collect();
    sort_by_title(&mut here);
    let here: Vec<String> = here.iter().map(|i| i.id()).collect();
    let resources = scope.resources(here.iter().map(String::as_str), &mut items);
    let page = scope.page_data("area", "areas/");
    let data = context! {
        name => scope.item.title(),
        summary => page.description.as_deref(),
        services => value(services),
        resources,
        postcodes => area.map(|a| a.postcodes.iter().map(|p| p.value.to_owned()).collect::<Vec<_>>()).unwrap_or_default(),
    };
    Filled { template: "area.html", page, name: "area", data, items, is_inlined: false }
}
