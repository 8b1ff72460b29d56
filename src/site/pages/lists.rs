//! Home, the lists, and the page for addresses that lead nowhere.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::{Filled, plain};
use crate::model::{Item, Kind, ResourceType};
use crate::site::context::{Link, value};
use crate::site::markdown::link;
use crate::site::plan::Page;
use crate::site::shared::{Shared, Skin};

/// The order of the directory: who helps soonest comes first.
const TYPES: [ResourceType; 8] = [
    ResourceType::CrisisService,
    ResourceType::NhsService,
    ResourceType::Helpline,
    ResourceType::Charity,
    ResourceType::StatutoryService,
    ResourceType::CommunityGroup,
    ResourceType::Website,
    ResourceType::App,
];

pub(super) fn home(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let title = shared.facts.site.name.value;
    let data = context! {
        summary => (),
        urgent => value(&skin.urgent),
        topics => value(topic_links(shared)),
        journeys => value(journey_links(shared)),
        has_areas => shared.facts.plan.visible(Kind::Area).next().is_some(),
    };
    filled("home.html", "home", data, plain(shared, skin, page, "home", title), true)
}

pub(super) fn topics(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let head = plain(shared, skin, page, "list", skin.locale.word("topics.heading"));
    filled("topics.html", "topics", value(topic_links(shared)), head, false)
}

pub(super) fn journeys(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let head = plain(shared, skin, page, "list", skin.locale.word("journeys.heading"));
    filled("journeys.html", "journeys", value(journey_links(shared)), head, false)
}

pub(super) fn directory(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let mut all: Vec<&Item<'_>> = shared.facts.plan.visible(Kind::Resource).collect();
    sort_by_title(&mut all);
    let groups = TYPES.iter().filter_map(|ty| {
        let of_type = all.iter().filter(|i| i.resource().is_some_and(|r| r.ty == *ty));
        let resources: Vec<Value> = of_type.filter_map(|i| skin.resources.get(i.name).cloned()).collect();
        (!resources.is_empty()).then(|| context! { type => ty.word(), resources })
    });
    let data = context! { groups => groups.collect::<Vec<_>>() };
    let head = plain(shared, skin, page, "list", skin.locale.word("directory.heading"));
    let mut filled = filled("directory.html", "directory", data, head, false);
    filled.items = all.iter().map(|i| i.id()).collect();
    filled
}

pub(super) fn not_found(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let head = plain(shared, skin, page, "not-found", skin.locale.word("not_found.heading"));
    filled("404.html", "not_found", context! { urgent => value(&skin.urgent) }, head, true)
}

pub(super) fn filled(
    template: &'static str,
    name: &'static str,
    data: Value,
    page: crate::site::context::PageData,
    is_inlined: bool,
) -> Filled {
    Filled { template, page, name, data, items: BTreeSet::new(), is_inlined }
}

fn topic_links(shared: &Shared<'_, '_>) -> Vec<Link> {
    let mut topics: Vec<&Item<'_>> = shared.facts.plan.visible(Kind::Topic).collect();
    sort_by_title(&mut topics);
    topics.sort_by_key(|i| i.topic().and_then(|t| t.order).unwrap_or(i64::MAX));
    topics.into_iter().map(link).collect()
}

fn journey_links(shared: &Shared<'_, '_>) -> Vec<Link> {
    let mut journeys: Vec<&Item<'_>> = shared.facts.plan.visible(Kind::Journey).collect();
    sort_by_title(&mut journeys);
    journeys.into_iter().map(link).collect()
}

/// By title as people look it up: capitals do not count.
pub(super) fn sort_by_title(items: &mut [&Item<'_>]) {
    items.sort_by_cached_key(|i| (i.title().to_lowercase(), i.name));
}
