//! Home, the lists, and the page for addresses that lead nowhere.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::{Filled, plain};
use crate::model::{Channel, ChannelType, Item, Kind, ResourceType};
use crate::site::context::{Link, Place, value};
use crate::site::markdown::link;
use crate::site::plan::{Page, Plan};
use crate::site::shared::{Shared, Skin, place};

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
    // What stands above the list, with the ways that are quickest, stands in it no second time.
    let on_top: BTreeSet<&str> = skin.emergency.iter().map(|action| action.path.as_str()).collect();
    let listed: Vec<&Item<'_>> = all.iter().copied().filter(|i| !on_top.contains(Plan::path(i).as_str())).collect();
    let groups = TYPES.iter().filter_map(|ty| {
        let of_type = listed.iter().filter(|i| i.resource().is_some_and(|r| r.ty == *ty));
        let resources: Vec<Value> = of_type.filter_map(|i| skin.resources.get(i.name).cloned()).collect();
        (!resources.is_empty()).then(|| context! { type => ty.word(), resources })
    });
    let choices = Choices::of(shared, &listed);
    let data = context! {
        urgent => value(&skin.emergency),
        groups => groups.collect::<Vec<_>>(),
        count => listed.len(),
        topics => value(choices.topics),
        areas => value(choices.areas),
        ways => choices.ways,
    };
    let head = plain(shared, skin, page, "list", skin.locale.word("directory.heading"));
    let mut filled = filled("directory.html", "directory", data, head, false);
    filled.items = all.iter().map(|i| i.id()).collect();
    filled
}

/// By what the services of the directory differ.
struct Choices {
    topics: Vec<Place>,
    areas: Vec<Place>,
    /// Types of channels, in the order of the contract.
    ways: Vec<&'static str>,
}

impl Choices {
    fn of(shared: &Shared<'_, '_>, services: &[&Item<'_>]) -> Self {
        let resources = || services.iter().filter_map(|item| item.resource());
        let topics: BTreeSet<&str> = services.iter().flat_map(|item| &item.common.topics).map(|id| id.value).collect();
        let limits: BTreeSet<&str> = resources().flat_map(|r| &r.eligibility.areas).map(|id| id.value).collect();
        let current = |c: &&Channel<'_>| shared.facts.is_current(c.until.map(|d| d.value));
        let types: BTreeSet<ChannelType> = resources().flat_map(|r| &r.channels).filter(current).map(|c| c.ty).collect();
        let places = |kind: Kind, ids: &BTreeSet<&str>| {
            let mut items: Vec<&Item<'_>> = shared.facts.plan.visible(kind).filter(|i| ids.contains(i.id().as_str())).collect();
            sort_by_title(&mut items);
            items.into_iter().map(place).collect()
        };
        let ways = ChannelType::ALL.into_iter().filter(|ty| types.contains(ty)).map(ChannelType::word);
        Self { topics: places(Kind::Topic, &topics), areas: places(Kind::Area, &limits), ways: ways.collect() }
    }
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
    topics.into_iter().map(|item| link(item, None)).collect()
}

fn journey_links(shared: &Shared<'_, '_>) -> Vec<Link> {
    let mut journeys: Vec<&Item<'_>> = shared.facts.plan.visible(Kind::Journey).collect();
    sort_by_title(&mut journeys);
    journeys.into_iter().map(|item| link(item, None)).collect()
}

/// By title as people look it up: capitals do not count.
pub(super) fn sort_by_title(items: &mut [&Item<'_>]) {
    items.sort_by_cached_key(|i| (i.title().to_lowercase(), i.name));
}
