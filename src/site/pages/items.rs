//! Topics, plain pages, services, campaigns and redirects.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::{Filled, Scope, plain};
use crate::model::{Item, Kind, Status};
use crate::site::context::{Block, Link, value};
use crate::site::markdown::{Writer, link};
use crate::site::plan::{Page, Plan};
use crate::site::shared::{Shared, Skin};

pub(super) fn topic(scope: &Scope<'_, '_, '_>) -> Filled {
    let item = scope.item;
    let Body { blocks, linked, mut items } = body(scope);
    let own_id = item.id();
    let plan = &scope.shared.facts.plan;
    let journeys = scope.shared.journeys_about(&own_id).iter().map(|name| Kind::Journey.id(name)).filter(|id| !linked.contains(id));
    let journeys: Vec<Link> =
        journeys.filter_map(|id| plan.find_page(&id, scope.skin.language)).map(|i| link(i, scope.skin.language)).collect();
    let signposts = scope.resources(item.signposts().iter().map(|s| s.value), &mut items);
    let related = item.common.topics.iter().filter(|id| !linked.contains(id.value) && id.value != own_id);
    let related: Vec<Link> =
        related.filter_map(|id| plan.find_page(id.value, scope.skin.language)).map(|i| link(i, scope.skin.language)).collect();
    let page = scope.page_data("topic", "topics/");
    // Sensitive subjects: help first.
    let urgent = if page.sensitive.is_empty() { &[][..] } else { &scope.skin.urgent };
    let data = context! {
        summary => page.description.as_deref(),
        urgent => value(urgent),
        blocks => value(blocks),
        journeys => value(journeys),
        signposts,
        related => value(related),
    };
    Filled { template: "topic.html", page, name: "topic", data, items, is_inlined: false }
}

pub(super) fn page(scope: &Scope<'_, '_, '_>) -> Filled {
    let Body { blocks, mut items, .. } = body(scope);
    let signposts = scope.resources(scope.item.signposts().iter().map(|s| s.value), &mut items);
    let page = scope.page_data("page", "");
    let data = context! { summary => page.description.as_deref(), blocks => value(blocks), signposts };
    let help = scope.shared.facts.site.emergency_help.as_ref().and_then(|h| h.page);
    let is_inlined = help.is_some_and(|id| Kind::split(id.value) == Some((Kind::Page, scope.item.name)));
    Filled { template: "page.html", page, name: "content", data, items, is_inlined }
}

pub(super) fn resource(scope: &Scope<'_, '_, '_>) -> Filled {
    let mut page = scope.page_data("resource", "help/");
    page.noindex |= scope.item.status() == Status::Retired;
    let data = scope.skin.resources.get(scope.item.name).cloned().unwrap_or(Value::UNDEFINED);
    Filled { template: "resource.html", page, name: "resource", data, items: BTreeSet::from([scope.item.id()]), is_inlined: false }
}

pub(super) fn campaign(scope: &Scope<'_, '_, '_>) -> Filled {
    let mut items = BTreeSet::from([scope.item.id()]);
    let lands_on = scope.item.campaign().and_then(|c| scope.shared.facts.plan.find_page(c.lands_on.value, scope.skin.language));
    let signposts = scope.resources(scope.item.signposts().iter().map(|s| s.value), &mut items);
    let page = scope.page_data("campaign", "");
    let data = context! { summary => page.description.as_deref(), urgent => value(&scope.skin.urgent), lands_on => value(lands_on.map(|i| link(i, scope.skin.language))), signposts };
    Filled { template: "campaign.html", page, name: "campaign", data, items, is_inlined: true }
}

pub(super) fn redirect<'a>(shared: &Shared<'_, 'a>, skin: &Skin<'a>, page: &Page<'_, 'a>, item: &Item<'a>) -> Filled {
    let mut data = plain(shared, skin, page, "redirect", skin.locale.word("redirect.heading"));
    data.canonical = Some(format!("{}{}", shared.base_url, Plan::path(item)));
    let to = context! { title => item.title(), path => Plan::path(item) };
    Filled { template: "redirect.html", page: data, name: "redirect", data: to, items: BTreeSet::new(), is_inlined: false }
}

/// A body, and what is on the page because of it.
struct Body {
    blocks: Vec<Block>,
    linked: BTreeSet<String>,
    items: BTreeSet<String>,
}

fn body(scope: &Scope<'_, '_, '_>) -> Body {
    let mut writer = Writer::new(scope.shared, scope.skin, &scope.page.path, scope.root);
    let blocks = writer.body(scope.item);
    let mut items = writer.embedded;
    items.insert(scope.item.id());
    Body { blocks, linked: writer.linked, items }
}
