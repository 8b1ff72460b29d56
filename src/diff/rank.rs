//! Endings that are less urgent than they were, or that nobody is sent to any more, whichever journey leads there.
//!
//! What `behaviour` proves is of the journeys of both versions; an ending that none of them reaches, and a journey that is no
//! longer there, are told here.

use super::{Change, Side, Sort, Subject};
use crate::model::Kind;

/// Why somebody who relied on this may get less urgent help, where that is so.
pub(super) fn loss(base: &Side<'_>, head: &Side<'_>, change: &Change<'_, '_>) -> Option<&'static str> {
    let sort = change.from.as_ref()?.sort;
    let sends = matches!(sort, Sort::Item(Kind::Journey | Kind::Instrument | Kind::Outcome));
    if !sends && sort != Sort::Site("acuity") {
        return None;
    }
    let Some(to) = &change.to else { return Some("whoever was sent here is sent here no more") };
    if sends && is_live(change.from.as_ref()?) && !is_live(to) {
        return Some("whoever was sent here is sent here no more");
    }
    match sort {
        Sort::Item(Kind::Outcome) => {
            let rank =
                |side: &Side<'_>, subject: &Subject<'_, '_>| side.content.acuity.as_ref()?.rank(subject.item?.outcome()?.acuity.value);
            let (before, after) = (rank(base, change.from.as_ref()?), rank(head, to));
            let is_lower = before.zip(after).is_none_or(|(before, after)| after > before);
            (before != after && is_lower).then_some("the ending is less urgent than it was")
        }
        Sort::Site(_) => {
            let (before, after) = (base.content.acuity.as_ref()?, head.content.acuity.as_ref());
            let is_lower = |level: &str| {
                let ranks = before.rank(level).zip(after.and_then(|a| a.rank(level)));
                ranks.is_none_or(|(before, after)| after > before)
            };
            before.levels.iter().any(|l| is_lower(l.id.value)).then_some("a level of urgency is lower than it was, or gone")
        }
        _ => None,
    }
}

fn is_live(subject: &Subject<'_, '_>) -> bool {
    subject.item.is_none_or(|item| item.is_live())
}
