//! What the script reads that walks a journey in one page: the table of screens, and the HTML of every question, text and ending.
//!
//! Everything comes at once, before the first answer, so that no request tells anybody what was answered.

use std::collections::{BTreeSet, HashMap};

use minijinja::context;
use minijinja::value::Value;
use rayon::prelude::*;
use serde_json::{Map, Value as Json, json};

use super::area::own;
use super::journey::question_of;
use super::lists::sort_by_title;
use super::screen::{handover, progress, text_of};
use super::{Scope, outcome};
use crate::journey::screens::{Asked, Ending, Shows};
use crate::model::{Item, Kind};
use crate::site::context::value;
use crate::site::journeys::Walkable;
use crate::site::markdown::Writer;
use crate::site::plan::{Page, Plan, What};
use crate::site::shared::Shared;
use crate::site::templates::TemplateError;

/// The data of every journey that can be answered, as files.
pub(super) fn files<'c, 'a>(shared: &Shared<'c, 'a>) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let items: Vec<&'c Item<'a>> = shared.facts.plan.visible(Kind::Journey).collect();
    // The first error in the order of files, whichever thread comes first.
    let files: Vec<_> = items.par_iter().map(|item| file(shared, item)).collect();
    files.into_iter().filter_map(Result::transpose).collect()
}

/// The data of one journey, if it can be answered.
pub(super) fn file<'c, 'a>(shared: &Shared<'c, 'a>, item: &'c Item<'a>) -> Result<Option<(String, Vec<u8>)>, TemplateError> {
    let Some(walkable) = shared.journeys.walkable.get(item.name) else { return Ok(None) };
    Ok(Some((walkable.data_path(item.name), data(shared, item, walkable)?.to_string().into_bytes())))
}

/// What each screen shows, numbered as it first comes up.
#[derive(Clone, Copy, PartialEq, Eq, Hash)]
enum View<'s, 'a> {
    Question(Asked),
    Text(usize),
    Ending(&'s Ending<'a>),
}

fn data<'c, 'a>(shared: &Shared<'c, 'a>, item: &'c Item<'a>, walkable: &Walkable<'a>) -> Result<Json, TemplateError> {
    let page = Page { path: Plan::path(item), what: What::Item(item) };
    let root = page.root();
    let scope = Scope { shared, skin: shared.skin(None), page: &page, root: &root, item };
    let fragments = Fragments::new(scope, walkable);
    let mut views: Vec<View<'_, 'a>> = Vec::new();
    let mut numbers: HashMap<View<'_, 'a>, usize> = HashMap::new();
    let mut words: Vec<String> = Vec::new();
    let mut words_known: HashMap<String, usize> = HashMap::new();
    let mut screens: Vec<Json> = Vec::with_capacity(walkable.screens.list.len());
    for screen in &walkable.screens.list {
        let (view, next) = match &screen.shows {
            Shows::Choice { asked, .. } | Shows::Option { asked, .. } => (View::Question(*asked), screen.shows.next()),
            // From which number on, and what follows, in turn.
            Shows::Number { asked, ranges } => (View::Question(*asked), ranges.iter().map(|r| r.next).collect()),
            Shows::Text { step, next } => (View::Text(*step), vec![*next]),
            Shows::Ending(ending) => (View::Ending(ending), Vec::new()),
        };
        let number = *numbers.entry(view).or_insert_with(|| {
            views.push(view);
            views.len() - 1
        });
        let progress = match &screen.shows {
            Shows::Ending(_) => String::new(),
            _ => progress(&fragments.scope, screen.ahead, matches!(view, View::Text(_))),
        };
        let said = *words_known.entry(progress).or_insert_with_key(|progress| {
            words.push(progress.clone());
            words.len() - 1
        });
        let mut row: Vec<Json> = vec![json!(number), json!(said)];
        match &screen.shows {
            Shows::Number { ranges, .. } => row.extend(ranges.iter().map(|r| json!([r.from, r.next]))),
            _ => row.extend(next.into_iter().map(Json::from)),
        }
        screens.push(Json::Array(row));
    }
    // Every piece is made by itself, so they can be made side by side.
    let views: Vec<Result<Json, TemplateError>> = views.par_iter().map(|view| fragments.view(view)).collect();
    let outcomes: Vec<Result<String, TemplateError>> = fragments.outcomes.par_iter().map(|item| fragments.outcome(item)).collect();
    let views: Vec<Json> = views.into_iter().collect::<Result<_, _>>()?;
    let outcomes: Vec<String> = outcomes.into_iter().collect::<Result<_, _>>()?;
    let local = fragments.local(walkable)?;
    Ok(json!({ "views": views, "outcomes": outcomes, "progress": words, "local": local, "screens": screens }))
}

/// Writes pieces of a page.
struct Fragments<'p, 'c, 'a> {
    scope: Scope<'p, 'c, 'a>,
    head: Value,
    /// What the journey ends at, each once.
    outcomes: Vec<&'c Item<'a>>,
    /// Their numbers by id.
    numbers: HashMap<&'p str, usize>,
}

impl<'p, 'c, 'a> Fragments<'p, 'c, 'a> {
    fn new(scope: Scope<'p, 'c, 'a>, walkable: &'p Walkable<'a>) -> Self {
        let mut fragments =
            Self { head: value(scope.page_data("journey", "journeys/")), scope, outcomes: Vec::new(), numbers: HashMap::new() };
        for id in walkable.endings() {
            if !fragments.numbers.contains_key(id)
                && let Some(item) = scope.shared.facts.plan.find(id, scope.skin.language)
            {
                fragments.numbers.insert(id, fragments.outcomes.len());
                fragments.outcomes.push(item);
            }
        }
        fragments
    }

    fn view(&self, view: &View<'_, 'a>) -> Result<Json, TemplateError> {
        match view {
            View::Question(asked) => {
                let Some(question) = question_of(&self.scope, *asked) else { return Ok(Json::Null) };
                let kind = match (question.choose_any, question.number.is_some()) {
                    (true, _) => "any",
                    (_, true) => "number",
                    _ => "one",
                };
                Ok(json!({ "kind": kind, "html": self.piece("walk/question.html", "question", value(question))? }))
            }
            View::Text(step) => {
                let mut writer = Writer::new(self.scope.shared, self.scope.skin, &self.scope.page.path, self.scope.root);
                let blocks = writer.text(text_of(&self.scope, *step));
                Ok(json!({ "kind": "text", "html": self.piece("walk/text.html", "text", context! { blocks => value(blocks) })? }))
            }
            View::Ending(ending) => self.ending(ending),
        }
    }

    fn ending(&self, ending: &Ending<'a>) -> Result<Json, TemplateError> {
        let plan = &self.scope.shared.facts.plan;
        let Some(outcome) = self.numbers.get(ending.id.as_str()).copied() else { return Ok(Json::Null) };
        let first: Vec<String> = ending.first.iter().filter_map(|id| plan.find_card(id, None)).map(Plan::path).collect();
        let report = if ending.reported.is_empty() {
            String::new()
        } else {
            let of_outcome = Scope { item: self.outcomes[outcome], ..self.scope };
            self.piece("walk/report.html", "report", value(outcome::report(&of_outcome, ending)))?
        };
        Ok(json!({ "kind": "ending", "outcome": outcome, "first": first, "report": report }))
    }

    /// An ending without what differs from person to person: the script puts that in.
    fn outcome(&self, item: &'c Item<'a>) -> Result<String, TemplateError> {
        if item.kind == Kind::Journey {
            return self.piece("walk/handover.html", "screen", handover(&self.scope, item, None));
        }
        let of_outcome = Scope { item, ..self.scope };
        let plain = Ending { id: item.kind.id(item.name), first: Vec::new(), reported: Vec::new() };
        let shown = outcome::Shown { ending: &plain, journey: self.scope.item, back_path: None };
        let (data, _, _) = outcome::data(&of_outcome, Some(&shown));
        Self::render(&of_outcome, value(of_outcome.page_data("ending", "journeys/")), "walk/ending.html", "outcome", data)
    }

    /// For each area its own services in the roles that the endings have, by the number of their cards: an area can then be chosen
    /// at an ending without a request.
    fn local(&self, walkable: &Walkable<'a>) -> Result<Json, TemplateError> {
        let facts = &self.scope.shared.facts;
        let outcomes = walkable.endings().filter_map(|id| facts.content.get(id)?.outcome());
        let roles: BTreeSet<&str> = outcomes.flat_map(|o| &o.local).map(|role| role.value).collect();
        let mut areas: Vec<&Item<'a>> = facts.plan.visible(Kind::Area).collect();
        sort_by_title(&mut areas);
        if roles.is_empty() {
            areas.clear();
        }
        let (mut cards, mut known): (Vec<String>, HashMap<&str, usize>) = Default::default();
        let mut list: Vec<Json> = Vec::with_capacity(areas.len());
        for (item, area) in areas.iter().filter_map(|i| Some((i, i.area()?))) {
            let mut services = Map::new();
            for role in &roles {
                let Some((resource, service)) = own(&self.scope, area, role) else { continue };
                if facts.ahead(service.from.map(|d| d.value)).is_some() {
                    continue;
                }
                let id = service.resource.value;
                if !known.contains_key(id) {
                    cards.push(self.piece("walk/card.html", "resource", resource)?);
                    known.insert(id, cards.len() - 1);
                }
                services.insert((*role).to_owned(), json!(known.get(id)));
            }
            list.push(json!({ "title": item.title(), "services": services }));
        }
        Ok(json!({ "areas": list, "cards": cards }))
    }

    fn piece(&self, template: &str, name: &'static str, data: Value) -> Result<String, TemplateError> {
        Self::render(&self.scope, self.head.clone(), template, name, data)
    }

    fn render(scope: &Scope<'_, '_, '_>, head: Value, template: &str, name: &'static str, data: Value) -> Result<String, TemplateError> {
        let Scope { shared, skin, page, root, .. } = scope;
        let all = [("root", Value::from(*root)), ("t", skin.locale.t.clone()), ("site", skin.site.clone()), ("page", head), (name, data)];
        let html = shared.theme.render(template, &page.path, Value::from_pairs(all))?;
        let html = shared.scrub.as_ref().map_or(html.clone(), |scrub| scrub.html(&html, skin.locale.word("suspended.detail")));
        Ok(shared.marked(skin, html.trim().to_owned()))
    }
}
