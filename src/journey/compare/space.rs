//! The space of complete answers that two versions share: every question that either has, with the possible answers of
//! both in groups that neither version tells apart.
//!
//! The options of a `choose: any` are questions of their own here, as in the graph. Where a version has options that the
//! other lacks, whole answers with both versions' own options together belong to neither; so one more question comes first,
//! the [`Part::First`] of a version's own options that is chosen, if any.

use std::borrow::Cow;

use foldhash::{HashMap, HashSet, HashSetExt};
use num_bigint::BigUint;

use super::pairing::{Asking, Named, Shape, pairs};
use crate::journey::graph::{Arrangement, Graph, What};
use crate::journey::vignette::class_of;

/// One of the two versions.
pub(super) const OLD: usize = 0;
/// The other.
pub(super) const NEW: usize = 1;

/// A question of either version.
#[derive(Debug)]
pub(super) struct Asked<'a> {
    /// How it is named in examples: as the new version names it, if it has it.
    pub(super) key: Cow<'a, str>,
    /// The step and item in each version that has it.
    pub(super) places: [Option<Place<'a>>; 2],
    /// How many answers are possible.
    pub(super) size: BigUint,
    /// It counts as a question where the length of an example is measured.
    pub(super) is_first: bool,
    /// The possible answers, grouped.
    pub(super) groups: Vec<Group<'a>>,
    cells: Vec<Cell>,
}

/// A step by number, with the item of an instrument.
pub(super) type Place<'a> = (usize, Option<&'a str>);

/// Answers that neither version tells apart.
#[derive(Debug)]
pub(super) struct Group<'a> {
    /// How many.
    pub(super) size: BigUint,
    /// The class in each version's graph; `None` where that version lacks these answers.
    pub(super) class: [Option<usize>; 2],
    /// One of them.
    pub(super) part: Part<'a>,
}

/// An answer, or what an option adds to one.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Part<'a> {
    Choice(&'a str),
    Number(i64),
    Option(&'a str, bool),
    /// None of the options that only one version has.
    Neither,
    /// This is the first chosen of the options that only this version has: its place among them.
    First(usize, usize, &'a str),
}

/// A run of answers in each version's own numbering, in one group.
#[derive(Debug, Clone, Copy)]
struct Cell {
    starts: [Option<i64>; 2],
    further: u64,
    group: usize,
}

/// A question of a version: its step, by number, its item and its option.
type Address<'a> = (usize, Option<&'a str>, Option<&'a str>);

/// All questions of both versions.
#[derive(Debug, Default)]
pub(super) struct Space<'a> {
    pub(super) asked: Vec<Asked<'a>>,
    /// How many complete answers there are.
    pub(super) combinations: BigUint,
    /// For each version, by question of its graph.
    of: [Vec<Option<usize>>; 2],
    /// For each version, the question about options that only one has, by step.
    pub(super) extras: [HashMap<usize, usize>; 2],
}

/// How each version's options are put into one order, so that both meet them alike: first those that only the one version
/// has, then those of both as the new version lists them. Items stay as they are: who lacks an answer to one is not asked the
/// next, and an example shows what was asked.
pub(super) fn arrange<'a>(old: &[Asking<'a>], new: &[Asking<'a>], steps: &[(usize, usize)]) -> [Arrangement<'a>; 2] {
    let mut found = [Arrangement::default(), Arrangement::default()];
    for (o, n) in steps {
        let (o, n) = (&old[*o], &new[*n]);
        let (olds, news) = (options(&o.shape), options(&n.shape));
        if olds.is_empty() && news.is_empty() {
            continue;
        }
        let same = pairs(&olds, &news);
        let mut of_old = Vec::from_iter(own(&olds, &same, OLD).map(|(_, one)| one.id));
        let mut of_new = Vec::from_iter(own(&news, &same, NEW).map(|(_, one)| one.id));
        of_old.extend(same.iter().map(|(o, _)| olds[*o].id));
        of_new.extend(same.iter().map(|(_, n)| news[*n].id));
        found[OLD].insert(o.named.id, of_old);
        found[NEW].insert(n.named.id, of_new);
    }
    found
}

/// The options of a step.
fn options<'a>(shape: &Shape<'a>) -> Vec<Named<'a>> {
    match shape {
        Shape::Any(options) => options.clone(),
        Shape::Choice(_) | Shape::Number(..) | Shape::Items(_) => Vec::new(),
    }
}

/// What of a list the other version does not have, with its place.
fn own<'l, 'a>(list: &'l [Named<'a>], same: &'l [(usize, usize)], side: usize) -> impl Iterator<Item = (usize, &'l Named<'a>)> {
    let is_shared = move |n: usize| same.iter().any(|(o, m)| n == if side == OLD { *o } else { *m });
    list.iter().enumerate().filter(move |(n, _)| !is_shared(*n))
}

impl<'a> Space<'a> {
    /// The space of two versions, whose steps are paired.
    pub(super) fn of(graphs: [&Graph<'a>; 2], asking: [&[Asking<'a>]; 2], steps: &[(usize, usize)]) -> Self {
        let of = graphs.map(|graph| vec![None; graph.questions.len()]);
        let mut maker = Maker { graphs, taken: HashSet::new(), space: Space { combinations: 1_u8.into(), of, ..Space::default() } };
        let mut old_of = vec![None; asking[NEW].len()];
        let mut is_in_both = vec![false; asking[OLD].len()];
        for (o, n) in steps {
            (old_of[*n], is_in_both[*o]) = (Some(&asking[OLD][*o]), true);
        }
        for (new, old) in asking[NEW].iter().zip(old_of) {
            maker.step([old, Some(new)]);
        }
        if is_in_both.iter().any(|is_in_both| !is_in_both) {
            maker.taken = asking[NEW].iter().map(|a| a.named.id).collect();
        }
        for (old, _) in asking[OLD].iter().zip(is_in_both).filter(|(_, is_in_both)| !is_in_both) {
            maker.step([Some(old), None]);
        }
        maker.space
    }

    /// The question of this space that a question of a version's graph is.
    pub(super) fn number(&self, side: usize, question: usize) -> Option<usize> {
        self.of[side][question]
    }

    /// The group of a value in a version's own numbering.
    pub(super) fn group(&self, side: usize, number: usize, value: i64) -> Option<usize> {
        let holds = |cell: &&Cell| cell.starts[side].is_some_and(|start| value >= start && value.abs_diff(start) <= cell.further);
        self.asked[number].cells.iter().find(holds).map(|cell| cell.group)
    }
}

struct Maker<'m, 'a> {
    graphs: [&'m Graph<'a>; 2],
    /// Names that the new version gives to questions: an old one of that name is another question.
    taken: HashSet<&'a str>,
    space: Space<'a>,
}

/// A run of answers before it is grouped: where it starts in each version's numbering, how many follow, one of them.
type Run<'a> = ([Option<i64>; 2], u64, Part<'a>);

impl<'a> Maker<'_, 'a> {
    fn step(&mut self, both: [Option<&Asking<'a>>; 2]) {
        let Some(named) = both[NEW].or(both[OLD]) else { return };
        match &named.shape {
            Shape::Choice(_) => {
                let lists = both.map(|a| match a.map(|a| &a.shape) {
                    Some(Shape::Choice(answers)) => &answers[..],
                    _ => &[],
                });
                self.ask(both.map(|a| Some((a?.step, None))), None, choices(lists), true);
            }
            Shape::Number(..) => {
                let ranges = both.map(|a| match a.map(|a| &a.shape) {
                    Some(Shape::Number(min, max)) => Some((*min, *max)),
                    _ => None,
                });
                let runs = self.runs(both.map(|a| a.map(|a| a.step)), ranges);
                self.ask(both.map(|a| Some((a?.step, None))), None, runs, true);
            }
            Shape::Any(_) => self.options(both),
            Shape::Items(_) => self.items(both),
        }
    }

    fn items(&mut self, both: [Option<&Asking<'a>>; 2]) {
        let lists = both.map(|a| match a.map(|a| &a.shape) {
            Some(Shape::Items(items)) => &items[..],
            _ => &[],
        });
        let names = lists.map(|l| Vec::from_iter(l.iter().map(|(item, _)| *item)));
        let same = pairs(&names[OLD], &names[NEW]);
        let mut item = |of: [Option<usize>; 2]| {
            let at = |side: usize| of[side].map(|n| &lists[side][n]);
            let answers = [at(OLD).map_or(&[][..], |i| &i.1), at(NEW).map_or(&[][..], |i| &i.1)];
            let place = |side: usize| Some((both[side]?.step, Some(at(side)?.0.id)));
            self.ask([place(OLD), place(NEW)], None, choices(answers), true);
        };
        for (n, _) in names[NEW].iter().enumerate() {
            item([same.iter().find(|(_, m)| *m == n).map(|(o, _)| *o), Some(n)]);
        }
        own(&names[OLD], &same, OLD).for_each(|(o, _)| item([Some(o), None]));
    }

    fn options(&mut self, both: [Option<&Asking<'a>>; 2]) {
        let lists = both.map(|a| a.map_or_else(Vec::new, |a| options(&a.shape)));
        let same = pairs(&lists[OLD], &lists[NEW]);
        let places = both.map(|a| Some((a?.step, None)));
        let bit = |sides: [bool; 2], id: &'a str| -> Vec<Run<'a>> {
            let both = |value: i64| sides.map(|is_there| is_there.then_some(value));
            vec![(both(0), 0, Part::Option(id, false)), (both(1), 0, Part::Option(id, true))]
        };
        let is_in_both = both.iter().all(Option::is_some);
        let mut is_first = true;
        let own_lists = [OLD, NEW].map(|side| Vec::from_iter(own(&lists[side], &same, side).map(|(_, one)| one.id)));
        if is_in_both && own_lists.iter().any(|l| !l.is_empty()) {
            self.first_of_own(places, &own_lists);
            is_first = false;
        }
        for side in [OLD, NEW] {
            for id in &own_lists[side] {
                let sides = [side == OLD, side == NEW];
                let before = self.space.combinations.clone();
                let place = if side == OLD { [places[OLD], None] } else { [None, places[NEW]] };
                self.ask(place, Some([id; 2]), bit(sides, id), is_first);
                if is_in_both {
                    // Counted with the question about the first.
                    self.space.combinations = before;
                }
                is_first = false;
            }
        }
        for (o, n) in &same {
            let (o, n) = (lists[OLD][*o].id, lists[NEW][*n].id);
            self.ask(places, Some([o, n]), bit([true, true], n), is_first);
            is_first = false;
        }
    }

    /// The question which of the options that only one version has comes first, if any is chosen.
    fn first_of_own(&mut self, places: [Option<Place<'a>>; 2], lists: &[Vec<&'a str>; 2]) {
        let number = self.space.asked.len();
        let mut groups = vec![Group { size: 1_u8.into(), class: [None; 2], part: Part::Neither }];
        for (side, list) in lists.iter().enumerate() {
            for (n, id) in list.iter().enumerate() {
                let size = BigUint::from(1_u8) << (list.len() - 1 - n);
                groups.push(Group { size, class: [None; 2], part: Part::First(side, n, id) });
            }
            if let Some((step, _)) = places[side] {
                self.space.extras[side].insert(step, number);
            }
        }
        let size: BigUint = groups.iter().map(|g| &g.size).sum();
        self.space.combinations *= &size;
        let key = self.key(places);
        self.space.asked.push(Asked { key, places, size, is_first: true, groups, cells: Vec::new() });
    }

    fn ask(&mut self, places: [Option<Place<'a>>; 2], options: Option<[&'a str; 2]>, runs: Vec<Run<'a>>, is_first: bool) {
        let number = self.space.asked.len();
        let mut questions = [None; 2];
        for side in [OLD, NEW] {
            let Some((step, item)) = places[side] else { continue };
            questions[side] = self.question(side, (step, item, options.map(|o| o[side])));
            if let Some(question) = questions[side] {
                self.space.of[side][question] = Some(number);
            }
        }
        let (mut groups, mut cells): (Vec<Group<'a>>, Vec<Cell>) = (Vec::new(), Vec::new());
        let mut size = BigUint::ZERO;
        for (starts, further, part) in runs {
            let class = [OLD, NEW].map(|side| class_of(self.graphs[side], questions[side]?, starts[side]?));
            let count = BigUint::from(further) + 1_u8;
            size += &count;
            let group = groups.iter().position(|g| g.class == class).unwrap_or_else(|| {
                groups.push(Group { size: BigUint::ZERO, class, part });
                groups.len() - 1
            });
            groups[group].size += count;
            cells.push(Cell { starts, further, group });
        }
        self.space.combinations *= &size;
        let key = self.key(places);
        self.space.asked.push(Asked { key, places, size, is_first, groups, cells });
    }

    /// The question of a version's graph; a step that nothing leads to has none.
    fn question(&self, side: usize, (step, item, option): Address<'a>) -> Option<usize> {
        let graph = self.graphs[side];
        graph.positions_of(step).find_map(|position| match graph.positions[position].what {
            What::Ask(number) if (graph.questions[number].item, graph.questions[number].option) == (item, option) => Some(number),
            _ => None,
        })
    }

    fn key(&self, places: [Option<Place<'a>>; 2]) -> Cow<'a, str> {
        let place = places[NEW].map(|p| (NEW, p)).or(places[OLD].map(|p| (OLD, p)));
        let Some((side, (step, item))) = place else { return Cow::Borrowed("") };
        let name = self.graphs[side].steps[step].name;
        let key = item.map_or(Cow::Borrowed(name), |item| Cow::Owned(format!("{name}.{item}")));
        let is_taken = places[NEW].is_none() && self.taken.contains(name);
        if is_taken { Cow::Owned(format!("{key} (before)")) } else { key }
    }

    /// The whole numbers of both versions, cut wherever either tells two apart.
    fn runs(&self, steps: [Option<usize>; 2], ranges: [Option<(i64, i64)>; 2]) -> Vec<Run<'a>> {
        let mut cuts: Vec<i64> = ranges.iter().flatten().flat_map(|(min, max)| [*min, max.saturating_add(1)]).collect();
        for side in [OLD, NEW] {
            let question = steps[side].and_then(|step| self.question(side, (step, None, None)));
            cuts.extend(question.into_iter().flat_map(|q| self.graphs[side].cuts(q)));
        }
        cuts.sort_unstable();
        cuts.dedup();
        let within = |value: i64| ranges.map(|r| r.filter(|(min, max)| (min..=max).contains(&&value)).map(|_| value));
        let last = ranges.iter().flatten().map(|(_, max)| *max).max().unwrap_or(0);
        let ends = cuts.iter().skip(1).map(|next| next - 1).chain([last]);
        let runs = cuts.iter().zip(ends).map(|(cut, end)| (within(*cut), end.abs_diff(*cut), Part::Number(*cut)));
        runs.filter(|(starts, ..)| starts.iter().any(Option::is_some)).collect()
    }
}

/// The answers of either version, one a run: those of the new in its order, then those that only the old has.
fn choices<'a>(lists: [&[Named<'a>]; 2]) -> Vec<Run<'a>> {
    let same = pairs(lists[OLD], lists[NEW]);
    let at = |n: usize| i64::try_from(n).ok();
    let news = lists[NEW].iter().enumerate().map(|(n, one)| {
        let old = same.iter().find(|(_, m)| *m == n).and_then(|(o, _)| at(*o));
        ([old, at(n)], 0, Part::Choice(one.id))
    });
    news.chain(own(lists[OLD], &same, OLD).map(|(o, one)| ([at(o), None], 0, Part::Choice(one.id)))).collect()
}
