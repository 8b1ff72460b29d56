//! A journey at a glance: how many questions it asks, and where it can lead.
//!
//! Counts are those of the graph: the shortest and the longest way through it, whether or not some answers lead there.

use std::collections::{BTreeSet, HashMap};

use crate::model::{Content, Instrument, Item, Journey, Kind, Step};
use crate::site::shared::Facts;

/// How many questions it asks: the fewest and the most.
pub fn lengths<'a>(content: &Content<'a>, journey: &Journey<'a>) -> (usize, usize) {
    Lengths::of(content, journey)
}

/// Where a journey can end, those of journeys that it hands over to included; most urgent first.
pub fn endings<'c, 'a>(facts: &Facts<'c, 'a>, journey: &Journey<'a>, language: Option<&'a str>) -> Vec<&'c Item<'a>> {
    let targets = outcomes(facts.content, journey);
    let mut endings: Vec<&'c Item<'a>> = targets.iter().filter_map(|id| facts.plan.find(id, language)).collect();
    let rank = |item: &Item<'a>| {
        let acuity = item.outcome().map(|o| o.acuity.value);
        facts.content.acuity.as_ref().and_then(|a| a.rank(acuity?)).unwrap_or(usize::MAX)
    };
    endings.sort_by_key(|i| (rank(i), i.title(), i.name));
    endings
}

/// The ids of the outcomes that a journey names, and those of journeys that it hands over to.
pub fn outcomes<'a>(content: &Content<'a>, journey: &Journey<'a>) -> BTreeSet<&'a str> {
    let mut outcomes = BTreeSet::new();
    let mut seen = BTreeSet::new();
    let mut open = vec![journey];
    while let Some(journey) = open.pop() {
        for target in journey.steps.iter().flat_map(|(_, step)| targets(step)) {
            match Kind::split(target) {
                Some((Kind::Outcome, _)) => {
                    outcomes.insert(target);
                }
                Some((Kind::Journey, name)) if seen.insert(name) => open.extend(content.get(target).and_then(Item::journey)),
                _ => {}
            }
        }
    }
    outcomes
}

/// The instrument that a step asks.
pub fn instrument<'c, 'a>(content: &'c Content<'a>, step: &Step<'a>) -> Option<(&'c Item<'a>, &'c Instrument<'a>)> {
    let item = content.get(step.uses?.value)?;
    Some((item, item.instrument()?))
}

/// Where a step can lead.
fn targets<'a>(step: &Step<'a>) -> Vec<&'a str> {
    let answers = step.answers.iter().filter_map(|(_, a)| a.go);
    let branches = step.decide.iter().map(|b| b.go);
    answers.chain(branches).chain(step.otherwise).chain(step.go).map(|t| t.value).collect()
}

/// Numbers of questions from each step to an ending: the fewest and the most.
struct Lengths<'j, 'a> {
    content: &'j Content<'a>,
    steps: HashMap<&'a str, &'j Step<'a>>,
    known: HashMap<&'a str, Option<(usize, usize)>>,
}

impl<'j, 'a> Lengths<'j, 'a> {
    fn of(content: &'j Content<'a>, journey: &'j Journey<'a>) -> (usize, usize) {
        let steps = journey.steps.iter().map(|(id, step)| (id.value, step)).collect();
        let mut lengths = Self { content, steps, known: HashMap::new() };
        // Targets first, so that no journey is too long for the stack.
        let mut open = vec![(journey.start.value, false)];
        while let Some((id, is_ready)) = open.pop() {
            let Some(step) = lengths.steps.get(id).copied() else { continue };
            if is_ready {
                lengths.settle(id, step);
            } else if !lengths.known.contains_key(id) {
                lengths.known.insert(id, None);
                open.push((id, true));
                open.extend(targets(step).into_iter().map(|t| (t, false)));
            }
        }
        lengths.known.get(journey.start.value).copied().flatten().unwrap_or((0, 0))
    }

    fn settle(&mut self, id: &'a str, step: &'j Step<'a>) {
        let own = match (step.ask, instrument(self.content, step)) {
            (Some(_), _) => 1,
            (None, Some((_, instrument))) => instrument.items.len(),
            (None, None) => 0,
        };
        // What is no step is an ending; what is not yet known is part of a circle, which the checks refuse.
        let after = targets(step)
            .into_iter()
            .filter_map(|t| if self.steps.contains_key(t) { self.known.get(t).copied().flatten() } else { Some((0, 0)) });
        let (min, max) = after.fold((usize::MAX, 0), |(min, max), (a, b)| (min.min(a), max.max(b)));
        self.known.insert(id, Some((own + if min == usize::MAX { 0 } else { min }, own + max)));
    }
}
