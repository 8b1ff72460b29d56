//! How a translation stands to its original: whether it was made from the original as it is now, and who is shown what where not.
//!
//! Knows nothing of pages: the site asks which translations give way.

use rayon::prelude::*;

use super::context::Context;
use crate::fingerprint;
use crate::markdown::Marker;
use crate::model::{Card, Content, Item, Kind};
use crate::schema::Schemas;

/// How a translation stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It was made from the original as it is now.
    Current,
    /// The original changed since; the fingerprint that it has now.
    Stale(String),
    /// It does not say what it was made from; the fingerprint that the original has now.
    Unsaid(String),
}

/// How a translation stands to its original; `None` where the original cannot be read.
pub fn standing(original: &Item<'_>, translation: &Item<'_>, schemas: &Schemas) -> Option<Standing> {
    let now = fingerprint::of(original.file, schemas).ok()?;
    Some(match translation.common.translates {
        Some(then) if then.value == now => Standing::Current,
        Some(_) => Standing::Stale(now),
        None => Standing::Unsaid(now),
    })
}

/// Whether people must not read an old version of an item: it is about urgent help, is sensitive, says how to reach a service, or the
/// site cannot do without it.
pub fn is_pressing(content: &Content<'_>, original: &Item<'_>) -> bool {
    let id = original.id();
    let is_required = || content.safety.iter().flat_map(|s| &s.required).any(|r| r.value == id);
    let is_help = || content.site.iter().filter_map(|s| s.emergency_help.as_ref()?.page).any(|page| page.value == id);
    let level = || original.outcome().and_then(|o| content.level_of(o)).map(|l| l.card);
    let has_card = || {
        let body = original.body();
        body.is_some_and(|b| b.cards.iter().any(|c| matches!(c.marker, Marker::Emergency | Marker::Urgent)))
    };
    original.kind == Kind::Resource
        || !original.common.sensitive.is_empty()
        || matches!(level(), Some(Card::Emergency | Card::Urgent))
        || is_required()
        || is_help()
        || has_card()
}

/// The files of the translations that give way to their originals: pressing ones that were not made from the original as it is now.
pub fn given_way(context: &Context<'_>) -> Vec<String> {
    let content = &context.content;
    let translations: Vec<&Item<'_>> = content.items.iter().filter(|i| i.language.is_some()).collect();
    let gives_way = |item: &&&Item<'_>| {
        content
            .named(item.kind, item.name)
            .is_some_and(|original| standing(original, item, &context.schemas) != Some(Standing::Current) && is_pressing(content, original))
    };
    translations.par_iter().filter(gives_way).map(|item| item.file.path.clone()).collect()
}
