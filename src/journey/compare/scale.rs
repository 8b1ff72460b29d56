//! Endings of two versions held against each other: the same or not, and which is the more urgent.
//!
//! A rank is what a version's own scale gives (0 is the most urgent; `beside` shares a rank). Where both scales have the
//! same levels, in whatever order, ranks are compared as they are: a level that was moved up is more urgent than it was.
//! Where levels were added or removed, the numbers alone would say that every ending below them moved; then levels that
//! both scales have are the measure, as long as both put these in the same order; if they don't, nothing can be said.

use std::cmp::Ordering;

use foldhash::HashMap;

use crate::journey::graph::End;
use crate::journey::verify::Ranks;
use crate::model::{Content, Kind};

use super::Direction;
use super::space::{NEW, OLD};

/// The endings of both versions: what is the same in both, and no move, is one.
#[derive(Debug)]
pub(super) struct Endings {
    all: Vec<[Option<Place>; 2]>,
}

/// An ending as a version has it.
#[derive(Debug, Clone, PartialEq, Eq)]
struct Place {
    id: String,
    /// The most and the least urgent rank that it stands for.
    range: Option<(usize, usize)>,
}

/// The number of what is no ending: an answer that a version lacks, a decision in which nothing holds.
pub(super) const NOWHERE: usize = 0;

/// Tells the endings of two versions apart.
pub(super) struct Scale<'s, 'a> {
    contents: [&'s Content<'a>; 2],
    ranks: [Ranks<'s, 'a>; 2],
    has_same_levels: bool,
    is_in_order: bool,
}

impl<'s, 'a> Scale<'s, 'a> {
    pub(super) fn of(old: &'s Content<'a>, new: &'s Content<'a>) -> Self {
        let mut scale = Self { contents: [old, new], ranks: [Ranks::new(old), Ranks::new(new)], has_same_levels: true, is_in_order: true };
        let shared: Vec<(usize, usize)> = scale.levels(OLD).filter_map(|id| Some((scale.rank(OLD, id)?, scale.rank(NEW, id)?))).collect();
        scale.has_same_levels = shared.len() == scale.levels(OLD).count() && shared.len() == scale.levels(NEW).count();
        scale.is_in_order = shared.iter().all(|(o, n)| shared.iter().all(|(p, m)| o.cmp(p) == n.cmp(m)));
        scale
    }

    fn levels(&self, side: usize) -> impl Iterator<Item = &'a str> + use<'a> {
        let ids: Vec<&'a str> = self.contents[side].acuity.iter().flat_map(|a| a.levels.iter().map(|l| l.id.value)).collect();
        ids.into_iter()
    }

    fn rank(&self, side: usize, level: &str) -> Option<usize> {
        self.contents[side].acuity.as_ref()?.rank(level)
    }

    /// How a rank of the old scale stands to one of the new: `Less` is more urgent.
    fn compare(&self, old: usize, new: usize) -> Option<Ordering> {
        if self.has_same_levels {
            return Some(old.cmp(&new));
        }
        let at = |side: usize, rank: usize| self.levels(side).filter(move |id| self.rank(side, id) == Some(rank));
        let is_shared = at(OLD, old).any(|id| self.rank(NEW, id) == Some(new));
        if !self.is_in_order {
            return (is_shared && old == new).then_some(Ordering::Equal);
        }
        if is_shared {
            return Some(Ordering::Equal);
        }
        let as_the_old_sees_it = at(NEW, new).find_map(|id| self.rank(OLD, id)).map(|rank| old.cmp(&rank));
        as_the_old_sees_it.or_else(|| at(OLD, old).find_map(|id| self.rank(NEW, id)).map(|rank| rank.cmp(&new)))
    }

    /// Numbers the endings of both diagrams.
    pub(super) fn number(&self, olds: &[End<'a>], news: &[End<'a>]) -> (Endings, [Vec<usize>; 2]) {
        let mut endings = Endings { all: vec![[None, None]] };
        let mut numbers = [Vec::new(), Vec::new()];
        for end in olds {
            let place = self.place(OLD, end);
            numbers[OLD].push(if place.is_none() { NOWHERE } else { endings.all.len() });
            if place.is_some() {
                endings.all.push([place, None]);
            }
        }
        let by_id: HashMap<&End<'a>, usize> = olds.iter().enumerate().map(|(n, end)| (end, n)).collect();
        for end in news {
            let place = self.place(NEW, end);
            let same = by_id.get(end).copied().or_else(|| olds.iter().position(|old| self.is_renamed(old, end)));
            numbers[NEW].push(match (&place, same) {
                (None, _) => NOWHERE,
                (Some(here), Some(old)) if self.is_unmoved(&endings, numbers[OLD][old], here) => {
                    endings.all[numbers[OLD][old]][NEW] = place;
                    numbers[OLD][old]
                }
                _ => {
                    endings.all.push([None, place]);
                    endings.all.len() - 1
                }
            });
        }
        (endings, numbers)
    }

    fn place(&self, side: usize, end: &End<'a>) -> Option<Place> {
        Some(Place { id: end.id()?, range: self.ranks[side].of(end) })
    }

    /// One renamed to the other: a former name counts if neither version has both.
    fn is_renamed(&self, old: &End<'a>, new: &End<'a>) -> bool {
        let (kind, old, new) = match (old, new) {
            (End::Outcome(old), End::Outcome(new)) => (Kind::Outcome, *old, *new),
            (End::Journey(old), End::Journey(new)) => (Kind::Journey, *old, *new),
            _ => return false,
        };
        let [before, after] = self.contents;
        let was = |content: &Content<'a>, name: &str, other: &str| {
            content.named(kind, name).is_some_and(|item| item.common.was.iter().any(|was| was.value == other))
        };
        let has_both = before.named(kind, new).is_some() || after.named(kind, old).is_some();
        !has_both && (was(after, new, old) || was(before, old, new))
    }

    fn is_unmoved(&self, endings: &Endings, old: usize, new: &Place) -> bool {
        let Some(old) = &endings.all[old][OLD] else { return false };
        let is_equal = |(o, n): (usize, usize)| o == n && self.compare(o, n) == Some(Ordering::Equal);
        match (old.range, new.range) {
            (Some(o), Some(n)) => is_equal((o.0, n.0)) && is_equal((o.1, n.1)),
            (None, None) => true,
            _ => false,
        }
    }

    /// Which way it is from one ending to the other, and whether it is proved that nobody ends less urgent.
    pub(super) fn direction(&self, endings: &Endings, from: usize, to: usize) -> (Direction, bool) {
        let range = |side: usize, end: usize| endings.all[end][side].as_ref().and_then(|place| place.range);
        let (Some(old), Some(new)) = (range(OLD, from), range(NEW, to)) else { return (Direction::Unknown, false) };
        // The worst that may come is held against the best that could have been, and the other way round.
        let never_less = self.compare(old.0, new.1);
        let never_more = self.compare(old.1, new.0);
        let is_never_less = never_less.is_some_and(Ordering::is_ge);
        let is_never_more = never_more.is_some_and(Ordering::is_le);
        let direction = match (is_never_less, is_never_more) {
            (true, true) => Direction::SameUrgency,
            (true, false) => Direction::MoreUrgent,
            (false, true) => Direction::LessUrgent,
            (false, false) => Direction::Unknown,
        };
        (direction, is_never_less)
    }
}

impl Endings {
    /// The id that a version gives an ending.
    pub(super) fn id(&self, side: usize, end: usize) -> Option<String> {
        self.all[end][side].as_ref().map(|place| place.id.clone())
    }
}
