//! Which question of one version is which of the other, and which answer which answer.
//!
//! Knows journeys as written: steps that nothing leads to are questions of a version, too.

use foldhash::HashMap;

use crate::model::{Content, Journey, Step};

/// Something with an id that may have had another.
#[derive(Debug, Clone, Copy)]
pub(super) struct Named<'a> {
    pub(super) id: &'a str,
    pub(super) was: Option<&'a str>,
    /// Only things of one kind can be the same.
    pub(super) kind: u8,
}

/// A step that asks, with what can be answered.
#[derive(Debug)]
pub(super) struct Asking<'a> {
    /// The step's number in its journey.
    pub(super) step: usize,
    pub(super) named: Named<'a>,
    pub(super) shape: Shape<'a>,
}

/// What can be answered.
#[derive(Debug)]
pub(super) enum Shape<'a> {
    /// One of these.
    Choice(Vec<Named<'a>>),
    /// Any of these.
    Any(Vec<Named<'a>>),
    /// A whole number, both ends included.
    Number(i64, i64),
    /// Each item of an instrument with one of its answers.
    Items(Vec<(Named<'a>, Vec<Named<'a>>)>),
}

/// Every step of a journey that asks.
pub(super) fn asking<'a>(journey: &Journey<'a>, content: &Content<'a>) -> Vec<Asking<'a>> {
    let found = journey.steps.iter().enumerate().filter_map(|(number, (name, step))| {
        let shape = shape(step, content)?;
        let kind = match shape {
            Shape::Choice(_) => 0,
            Shape::Any(_) => 1,
            Shape::Number(..) => 2,
            Shape::Items(_) => 3,
        };
        Some(Asking { step: number, named: Named { id: name.value, was: step.was.map(|w| w.value), kind }, shape })
    });
    found.collect()
}

fn shape<'a>(step: &Step<'a>, content: &Content<'a>) -> Option<Shape<'a>> {
    let plain = |id: &'a str| Named { id, was: None, kind: 0 };
    if !step.decide.is_empty() {
        return None;
    }
    if step.ask.is_none() {
        let instrument = content.get(step.uses?.value)?.instrument()?;
        let items = instrument.items.iter().map(|(id, item)| {
            let answers = instrument.answers_of(item).iter().map(|(answer, _)| plain(answer.value)).collect();
            (plain(id.value), answers)
        });
        return Some(Shape::Items(items.collect()));
    }
    if let Some(range) = &step.number {
        return Some(Shape::Number(range.min.value, range.max.value.max(range.min.value)));
    }
    let answers = step.answers.iter().map(|(id, answer)| Named { was: answer.was.map(|w| w.value), ..plain(id.value) }).collect();
    Some(if step.choose.is_some_and(|c| c.value == "any") { Shape::Any(answers) } else { Shape::Choice(answers) })
}

/// The pairs of what is the same in both lists, by place. What says that it was something else is what the other version has
/// under that name, unless the other version knows it by its present name, too; all else goes by id. It makes no difference
/// which of the two versions is the newer.
pub(super) fn pairs<'a>(old: &[Named<'a>], new: &[Named<'a>]) -> Vec<(usize, usize)> {
    // Mostly nothing was renamed, added, removed or moved, and there can be thousands of short lists.
    if old.len() == new.len() && old.iter().zip(new).all(|(o, n)| o.id == n.id) {
        return (0..old.len()).filter(|n| old[*n].kind == new[*n].kind).map(|n| (n, n)).collect();
    }
    let by_id = |list: &[Named<'a>]| list.iter().enumerate().map(|(n, one)| (one.id, n)).collect::<HashMap<&'a str, usize>>();
    let (olds, news) = (by_id(old), by_id(new));
    let (mut of_old, mut of_new) = (vec![false; old.len()], vec![false; new.len()]);
    let mut found = Vec::new();
    let mut pair = |o: usize, n: usize| {
        if old[o].kind == new[n].kind && !of_old[o] && !of_new[n] {
            (of_old[o], of_new[n]) = (true, true);
            found.push((o, n));
        }
    };
    for (n, one) in new.iter().enumerate().filter(|(_, one)| !olds.contains_key(one.id)) {
        one.was.and_then(|was| olds.get(was)).into_iter().for_each(|o| pair(*o, n));
    }
    for (o, one) in old.iter().enumerate().filter(|(_, one)| !news.contains_key(one.id)) {
        one.was.and_then(|was| news.get(was)).into_iter().for_each(|n| pair(o, *n));
    }
    for (n, one) in new.iter().enumerate() {
        olds.get(one.id).into_iter().for_each(|o| pair(*o, n));
    }
    found.sort_by_key(|(_, n)| *n);
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn of(list: &[(&'static str, Option<&'static str>)]) -> Vec<Named<'static>> {
        list.iter().map(|(id, was)| Named { id, was: *was, kind: 0 }).collect()
    }

    #[test]
    fn what_was_renamed_is_the_same_whichever_version_is_newer() {
        let (old, new) = (of(&[("a", None), ("b", None)]), of(&[("b", None), ("c", Some("a"))]));
        assert_eq!(pairs(&old, &new), [(1, 0), (0, 1)]);
        assert_eq!(pairs(&new, &old), [(1, 0), (0, 1)]);
    }

    #[test]
    fn a_name_used_again_is_something_new() {
        let (old, new) = (of(&[("a", None)]), of(&[("a", None), ("c", Some("a"))]));
        assert_eq!(pairs(&old, &new), [(0, 1)]);
        // Once both versions have both names, what one of them was long ago no longer matters.
        assert_eq!(pairs(&new, &new), [(0, 0), (1, 1)]);
    }

    #[test]
    fn another_kind_is_another_question() {
        let new = [Named { id: "a", was: None, kind: 1 }];
        assert!(pairs(&of(&[("a", None)]), &new).is_empty());
    }
}
