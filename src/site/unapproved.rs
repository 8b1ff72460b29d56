//! What a preview names on each page: the items that nobody has approved as they are.
//!
//! Knows only what the records come to. Where there are none, nothing is named: the banner itself says that it is a preview.

use std::collections::BTreeSet;

use super::context::Unapproved;
use super::plan::{Page, What};
use super::shared::Shared;
use crate::model::{Kind, Status};

/// The items on a page that are not approved, those that stand on every page among them; on the home page the settings and
/// templates too, which decide what all pages show.
pub(super) fn on(shared: &Shared<'_, '_>, page: &Page<'_, '_>, items: &BTreeSet<String>) -> Vec<Unapproved> {
    let reviews = &shared.facts.reviews.items;
    if !shared.is_preview || reviews.is_empty() {
        return Vec::new();
    }
    let language = page.language();
    let shown: BTreeSet<&String> = items.iter().chain(&shared.every_page).collect();
    let shown = shown.into_iter().filter_map(|id| shared.facts.plan.find_any(id, language));
    let mut found: Vec<Unapproved> = shown
        .filter_map(|item| {
            let id = item.kind.id_in(item.name, item.language);
            let is_draft = item.status() == Status::Draft;
            let is_open = is_draft || reviews.get(&id).is_none_or(|signed| !signed.is_approved);
            is_open.then(|| Unapproved { id, title: item.title().to_owned(), draft: is_draft })
        })
        .collect();
    if matches!(page.what, What::Home) {
        let settings = reviews.iter().filter(|(id, signed)| Kind::split(id).is_none() && !signed.is_approved);
        found.extend(settings.map(|(id, _)| Unapproved { id: id.clone(), title: id.clone(), draft: false }));
    }
    found
}
