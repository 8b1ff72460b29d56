//! A journey's outline: for whom it is, every question with its answers, and where it can lead.

use std::collections::{BTreeMap, BTreeSet};

use minijinja::context;
use minijinja::value::Value;

use super::outcome::level_data;
use super::{Filled, Scope, outline};
use crate::journey::screens::Asked;
use crate::model::{Instrument, Item, ItemText, Kind, Step};
use crate::site::context::{Number, Question, value};
use crate::site::marks;
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
        } else if let Some((item, instrument)) = outline::instrument(content, step) {
            items.insert(item.id());
            questions.extend(instrument_questions(id.value, item, instrument));
            let licence = &instrument.licence;
            let shown = context! { title => item.title(), terms => licence.terms.value, notice => owned(licence.notice) };
            licences.insert(item.id(), shown);
        }
    }
    let (questions_min, questions_max) = outline::lengths(content, journey);
    let endings: Vec<Value> = outline::endings(&scope.shared.facts, journey, scope.skin.language)
        .into_iter()
        .filter_map(|item| {
            let level = item.outcome().and_then(|o| content.level_of(o))?;
            Some(context! { title => marks::title(item, scope.skin.language), path => Plan::path(item), level => value(level_data(level, scope.skin.language)) })
        })
        .collect();
    let audience = journey.audience.as_ref();
    let walkable = scope.shared.journeys.walkable.get(scope.item.name);
    if let Some(walkable) = walkable {
        page.sensitive = walkable.sensitive.iter().map(|s| s.word()).collect();
    }
    let data = context! {
        summary => page.description.as_deref(),
        audience => context! { age => value(audience.and_then(|a| age(a.age))), who => (), for_others => false },
        questions_min,
        questions_max,
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
        .filter(|item| item.journey().is_some_and(|j| outline::outcomes(scope.shared.facts.content, j).contains(id.as_str())))
        .collect();
    super::lists::sort_by_title(&mut journeys);
    journeys
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
    (0..instrument.items.len()).filter_map(|number| instrument_question(step, instrument, number)).collect()
}

/// An item of an instrument, by number, whose licence lets it be shown.
fn instrument_question(step: &str, instrument: &Instrument<'_>, number: usize) -> Option<Question> {
    let (id, item) = instrument.items.get(number)?;
    Some(Question {
        id: format!("{step}-{}", id.value),
        heading: item.ask.value.to_owned(),
        lead_in: owned(instrument.ask),
        help: None,
        choose_any: false,
        number: None,
        answers: instrument.answers_of(item).iter().map(|(_, a)| a.label.value.to_owned()).collect(),
        none: None,
    })
}

/// A question that a screen asks.
pub(super) fn question_of(scope: &Scope<'_, '_, '_>, asked: Asked) -> Option<Question> {
    let (id, step) = scope.item.journey()?.steps.get(asked.step)?;
    match (asked.item, outline::instrument(scope.shared.facts.content, step)) {
        (Some(number), Some((item, instrument))) => match instrument.licence.item_text.value {
            ItemText::Allowed => instrument_question(id.value, instrument, number),
            ItemText::NotAllowed => instrument_questions(id.value, item, instrument).into_iter().nth(number),
        },
        _ => Some(question(id.value, step.ask?.value, step)),
    }
}

/// The instrument that a screen's question is of.
pub(super) fn instrument_of(scope: &Scope<'_, '_, '_>, asked: Asked) -> Option<String> {
    let (_, step) = scope.item.journey()?.steps.get(asked.step)?;
    outline::instrument(scope.shared.facts.content, step).map(|(item, _)| item.id())
}
