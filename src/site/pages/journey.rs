//! A journey's outline: for whom it is, every question with its answers, and where it can lead.
//!
//! Counts are those of the graph: the shortest and the longest way through it, whether or not some answers lead there.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use minijinja::context;
use minijinja::value::Value;

use super::outcome::level_data;
use super::{Filled, Scope, sensitive};
use crate::journey::screens::Asked;
use crate::model::{Content, Instrument, Item, ItemText, Journey, Kind, Step};
use crate::site::context::{Number, Question, value};
use crate::site::plan::Plan;
use crate::site::resources::{age, owned};

pub(super) fn journey(scope: &Scope<'_, '_, '_>) -> Filled {
    let content = scope.shared.facts.content;
    let mut items = BTreeSet::from([scope.item.id()]);
    let mut page = scope.page_data("journey", "journeys/");
    let Some(journey) = scope.item.journey() else {
        return Filled { template: "journey.html", page, name: "journey", data: Value::UNDEFINED, items, is_inlined: false };
    };
    let mut questions = Vec::new();
    let mut licences: BTreeMap<String, Value> = BTreeMap::new();
    for (id, step) in journey.steps.iter() {
        if let Some(ask) = step.ask {
            questions.push(question(id.value, ask.value, step));
        } else if let Some((item, instrument)) = instrument(content, step) {
            items.insert(item.id());
            questions.extend(instrument_questions(id.value, item, instrument));
            let licence = &instrument.licence;
            let shown = context! { title => item.title(), terms => licence.terms.value, notice => owned(licence.notice) };
            licences.insert(item.id(), shown);
        }
    }
    let lengths = Lengths::of(content, journey);
    let endings: Vec<Value> = endings(scope)
        .into_iter()
        .filter_map(|item| {
            let level = item.outcome().and_then(|o| content.level_of(o))?;
            Some(context! { title => item.title(), path => Plan::path(item), level => value(level_data(level)) })
        })
        .collect();
    let audience = journey.audience.as_ref();
    let walkable = scope.shared.journeys.walkable.get(scope.item.name);
    if let Some(walkable) = walkable {
        page.sensitive = walkable.sensitive.iter().map(|s| sensitive(*s)).collect();
    }
    let data = context! {
        summary => page.description.as_deref(),
        audience => context! { age => value(audience.and_then(|a| age(a.age))), who => (), for_others => false },
        questions_min => lengths.0,
        questions_max => lengths.1,
        start_path => walkable.filter(|w| w.has_pages).map(|w| w.path(scope.item.name, 0)),
        data_path => walkable.map(|w| w.data_path(scope.item.name)),
        script_path => scope.shared.theme.assets.path("journey.js"),
        questions => value(questions),
        licences => licences.into_values().collect::<Vec<_>>(),
        endings,
    };
    Filled { template: "journey.html", page, name: "journey", data, items, is_inlined: false }
}

/// The visible journeys that can end at the outcome of this page, or hand over to one that can.
pub(super) fn journeys_that_end_at<'c, 'a>(scope: &Scope<'_, 'c, 'a>) -> Vec<&'c Item<'a>> {
    let plan = &scope.shared.facts.plan;
    let id = Kind::Outcome.id(scope.item.name);
    let mut journeys: Vec<&'c Item<'a>> = plan
        .visible(Kind::Journey)
        .filter(|item| item.journey().is_some_and(|j| targets_of_all(scope.shared.facts.content, j).contains(id.as_str())))
        .collect();
    super::lists::sort_by_title(&mut journeys);
    journeys
}

/// Where a journey can end, those of journeys that it hands over to included; most urgent first.
fn endings<'c, 'a>(scope: &Scope<'_, 'c, 'a>) -> Vec<&'c Item<'a>> {
    let facts = &scope.shared.facts;
    let Some(journey) = scope.item.journey() else { return Vec::new() };
    let targets = targets_of_all(facts.content, journey);
    let mut endings: Vec<&'c Item<'a>> = targets.iter().filter_map(|id| facts.plan.find(id, scope.skin.language)).collect();
    let rank = |item: &Item<'a>| {
        let acuity = item.outcome().map(|o| o.acuity.value);
        facts.content.acuity.as_ref().and_then(|a| a.rank(acuity?)).unwrap_or(usize::MAX)
    };
    endings.sort_by_key(|i| (rank(i), i.title(), i.name));
    endings
}

/// The ids of the outcomes that a journey names, and those of journeys that it hands over to.
fn targets_of_all<'a>(content: &Content<'a>, journey: &Journey<'a>) -> BTreeSet<&'a str> {
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

/// Where a step can lead.
fn targets<'a>(step: &Step<'a>) -> Vec<&'a str> {
    let answers = step.answers.iter().filter_map(|(_, a)| a.go);
    let branches = step.decide.iter().map(|b| b.go);
    answers.chain(branches).chain(step.otherwise).chain(step.go).map(|t| t.value).collect()
}

fn instrument<'c, 'a>(content: &'c Content<'a>, step: &Step<'a>) -> Option<(&'c Item<'a>, &'c Instrument<'a>)> {
    let item = content.get(step.uses?.value)?;
    Some((item, item.instrument()?))
}

fn question(id: &str, ask: &str, step: &Step<'_>) -> Question {
    Question {
        id: id.to_owned(),
        heading: ask.to_owned(),
        lead_in: None,
        help: owned(step.help),
        choose_any: step.choose.is_some_and(|c| c.value == "any"),
        number: step.number.as_ref().map(|n| Number { min: n.min.value, max: n.max.value, unit: owned(n.unit) }),
        answers: step.answers.iter().map(|(_, a)| a.label.value.to_owned()).collect(),
        none: step.none.as_ref().map(|n| n.label.value.to_owned()),
    }
}

/// The items of an instrument, as far as its licence lets them be shown.
fn instrument_questions(step: &str, item: &Item<'_>, instrument: &Instrument<'_>) -> Vec<Question> {
    if instrument.licence.item_text.value == ItemText::NotAllowed {
        let heading = item.title().to_owned();
        let (lead_in, help, number) = (None, None, None);
        return vec![Question { id: step.to_owned(), heading, lead_in, help, choose_any: false, number, answers: Vec::new(), none: None }];
    }
    let items = instrument.items.iter().map(|(id, item)| Question {
        id: format!("{step}-{}", id.value),
        heading: item.ask.value.to_owned(),
        lead_in: owned(instrument.ask),
        help: None,
        choose_any: false,
        number: None,
        answers: instrument.answers_of(item).iter().map(|(_, a)| a.label.value.to_owned()).collect(),
        none: None,
    });
    items.collect()
}

/// A question that a screen asks.
pub(super) fn question_of(scope: &Scope<'_, '_, '_>, asked: Asked) -> Option<Question> {
    let (id, step) = scope.item.journey()?.steps.get(asked.step)?;
    match (asked.item, instrument(scope.shared.facts.content, step)) {
        (Some(item), Some((of, instrument))) => instrument_questions(id.value, of, instrument).into_iter().nth(item),
        _ => Some(question(id.value, step.ask?.value, step)),
    }
}

/// The instrument that a screen's question is of.
pub(super) fn instrument_of(scope: &Scope<'_, '_, '_>, asked: Asked) -> Option<String> {
    let (_, step) = scope.item.journey()?.steps.get(asked.step)?;
    instrument(scope.shared.facts.content, step).map(|(item, _)| item.id())
}

/// Numbers of questions from each step to an ending: the fewest and the most.
struct Lengths<'j, 'a> {
    content: &'j Content<'a>,
    steps: HashMap<&'a str, &'j Step<'a>>,
    known: HashMap<&'a str, Option<(usize, usize)>>,
}

impl<'j, 'a> Lengths<'j, 'a> {
    /// From the start to an ending.
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
