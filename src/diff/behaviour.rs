//! Which journeys a change moves: those that changed, and those that use an instrument, end at an outcome or hand over to a
//! journey that did.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::codes;
use super::subject::named;
use super::{Change, ChangeKind, Remark, Side, Sort, Subject};
use crate::journey::compare::{Behaviour, Incomparable, Version, compare};
use crate::journey::diagram::limit;
use crate::model::{Class, Kind};

/// How the behaviour of a journey differs, or why that cannot be said.
pub type Moved<'s> = Result<Behaviour<'s>, Incomparable>;

/// Compares every journey that a change can move, and adds those that changed in nothing else.
pub(super) fn add<'c, 's>(
    base: &'c Side<'s>,
    head: &'c Side<'s>,
    subjects: &BTreeMap<String, Subject<'c, 's>>,
    changes: &mut Vec<Change<'c, 's>>,
) {
    let touched: BTreeSet<String> = changes.iter().filter(|c| can_move(c)).map(|c| c.id.clone()).collect();
    if touched.is_empty() {
        return;
    }
    let journeys: Vec<&Subject<'c, 's>> =
        subjects.values().filter(|s| s.sort == Sort::Item(Kind::Journey) && s.item.is_some_and(|i| i.language.is_none())).collect();
    let uses: BTreeMap<&str, BTreeSet<String>> = journeys.iter().map(|s| (s.id.as_str(), named(head, s))).collect();
    let compared: Vec<(&Subject<'c, 's>, BTreeSet<String>, Moved<'s>)> = journeys
        .par_iter()
        .filter_map(|subject| {
            let causes = causes(&subject.id, &uses, &touched);
            if causes.is_empty() {
                return None;
            }
            let former = changes.iter().find(|c| c.id == subject.id).and_then(|c| c.from.as_ref()).map_or(subject.id.as_str(), |s| &s.id);
            let (old, new) = (base.content.get(former)?, head.content.get(&subject.id)?);
            let version = |item: &'c crate::model::Item<'s>, side: &'c Side<'s>| {
                Some(Version { name: item.name, journey: item.journey()?, content: &side.content })
            };
            Some((*subject, causes, compare(&version(old, base)?, &version(new, head)?, limit(&head.content))))
        })
        .collect();
    for (subject, causes, moved) in compared {
        if moved.as_ref().is_ok_and(Behaviour::is_same) && !touched.contains(&subject.id) {
            continue;
        }
        for cause in causes.iter().filter(|c| **c != subject.id) {
            if let Some(change) = changes.iter_mut().find(|c| c.id == *cause) {
                change.moves.push(subject.id.clone());
                change.is_less_urgent |= is_less_urgent(&moved);
            }
        }
        let change = match changes.iter().position(|c| c.id == subject.id) {
            Some(at) => &mut changes[at],
            None => {
                let print = head.fingerprint(subject);
                let same = (print.clone(), print);
                changes.push(Change::new(subject.id.clone(), ChangeKind::Changed, Some(subject.clone()), Some(subject.clone()), same));
                let last = changes.len() - 1;
                &mut changes[last]
            }
        };
        change.is_less_urgent |= is_less_urgent(&moved);
        change.behaviour = Some(moved);
    }
}

fn is_less_urgent(moved: &Moved<'_>) -> bool {
    moved.as_ref().map_or(true, Behaviour::is_less_urgent)
}

/// Whether a change can move people who go through a journey.
fn can_move(change: &Change<'_, '_>) -> bool {
    let sort = change.to.as_ref().or(change.from.as_ref()).map(|s| s.sort);
    match sort {
        Some(Sort::Item(Kind::Journey | Kind::Instrument)) | Some(Sort::Site("acuity")) => true,
        Some(Sort::Item(Kind::Outcome)) => {
            change.kind != ChangeKind::Changed
                || change.fields.is_empty()
                || change.fields.iter().any(|f| f.path[0] == "acuity" || f.path[0] == "status")
        }
        _ => false,
    }
}

/// Which of the touched things a journey depends on: itself, what it uses, and so on through those it hands over to.
fn causes(id: &str, uses: &BTreeMap<&str, BTreeSet<String>>, touched: &BTreeSet<String>) -> BTreeSet<String> {
    let mut seen: BTreeSet<String> = BTreeSet::from([id.to_owned()]);
    let mut open = vec![id.to_owned()];
    while let Some(next) = open.pop() {
        for used in uses.get(next.as_str()).into_iter().flatten() {
            if seen.insert(used.clone()) && used.starts_with("journey/") {
                open.push(used.clone());
            }
        }
    }
    // Every ending has a rank of the scale.
    seen.insert("site/acuity".to_owned());
    seen.intersection(touched).cloned().collect()
}

/// What the behaviour says of a change.
pub(super) fn remarks(change: &Change<'_, '_>) -> Vec<Remark> {
    let remark = |code, class, because: Option<String>| Remark { code, class, path: String::new(), because };
    let mut found = Vec::new();
    if !change.moves.is_empty() {
        let code = if change.is_less_urgent { &codes::LESS_URGENT } else { &codes::BEHAVIOUR };
        found.push(remark(code, Class::Logic, Some(format!("in {}", change.moves.join(", ")))));
    }
    match &change.behaviour {
        Some(Err(why)) => found.push(remark(&codes::INCOMPARABLE, Class::Logic, Some(why.to_string()))),
        Some(Ok(behaviour)) if behaviour.is_same() && !change.fields.is_empty() => {
            found.push(remark(&codes::EQUAL_BEHAVIOUR, Class::None, None));
        }
        Some(Ok(behaviour)) if !behaviour.is_same() => {
            let code = if behaviour.is_less_urgent() { &codes::LESS_URGENT } else { &codes::BEHAVIOUR };
            found.push(remark(code, Class::Logic, None));
        }
        _ => {}
    }
    found
}
