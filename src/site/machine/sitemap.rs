//! The pages that search engines may have, with when something on them last changed.

use minijinja::context;
use minijinja::value::Value;

use super::moment;
use crate::site::pages::{Rendered, is_indexed};
use crate::site::shared::Shared;

/// An entry for each page; a page is as new as the newest of the items on it, those that stand on every page left out.
pub(super) fn entries(shared: &Shared<'_, '_>, pages: &[Rendered]) -> Vec<Value> {
    let facts = &shared.facts;
    let planned = facts.plan.pages.iter().zip(pages).filter(|(page, _)| !shared.is_hidden() && is_indexed(page));
    let entries = planned.map(|(page, made)| {
        let items = made.items.iter().filter_map(|id| facts.plan.find_any(id, made.language.as_deref()));
        let newest = items.filter_map(|item| facts.past.times.get(item.file.path.as_str())).max();
        context! { loc => format!("{}{}", shared.base_url, page.path), lastmod => newest.and_then(|time| moment(*time)) }
    });
    entries.collect()
}
