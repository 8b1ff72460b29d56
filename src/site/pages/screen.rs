//! A screen of a journey as a page of its own: a question with a link for each answer, a text, or an ending.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::journey::{instrument_of, question_of};
use super::{Filled, Scope, outcome};
use crate::journey::screens::{Ending, Range, Shows};
use crate::model::{Item, Kind};
use crate::site::context::{PageData, value};
use crate::site::journeys::Walkable;
use crate::site::markdown::{Writer, link};
use crate::site::plan::Plan;

pub(super) fn screen(scope: &Scope<'_, '_, '_>, number: usize) -> Filled {
    let nothing = || (Value::UNDEFINED, String::new(), BTreeSet::new());
    let Some((walkable, screen)) = walkable(scope).and_then(|w| Some((w, w.screens.list.get(number)?))) else {
        let (data, title, items) = nothing();
        return Filled {
            template: "screen.html",
            page: head(scope, "question", &title, None),
            name: "screen",
            data,
            items,
            is_inlined: false,
        };
    };
    if let Shows::Ending(ending) = &screen.shows {
        return self::ending(scope, walkable, number, ending);
    }
    let mut items = BTreeSet::from([scope.item.id()]);
    let path = |screen: usize| walkable.path(scope.item.name, screen);
    let link = |label: String, screen: usize| context! { label, path => path(screen) };
    let word = |key: &'static str| scope.skin.locale.word(key).to_owned();
    let (mut kind, mut option, mut blocks) = ("question", Value::from(()), Value::from(Vec::<Value>::new()));
    let asked = match &screen.shows {
        Shows::Choice { asked, .. } | Shows::Option { asked, .. } | Shows::Number { asked, .. } => Some(*asked),
        Shows::Text { .. } | Shows::Ending(_) => None,
    };
    let question = asked.and_then(|asked| question_of(scope, asked));
    items.extend(asked.and_then(|asked| instrument_of(scope, asked)));
    let mut title = question.as_ref().map_or_else(|| scope.item.title().to_owned(), |q| q.heading.clone());
    let answers: Vec<Value> = match &screen.shows {
        Shows::Choice { next, .. } => {
            let labels = question.iter().flat_map(|q| q.answers.clone());
            labels.zip(next).map(|(label, next)| link(label, *next)).collect()
        }
        Shows::Option { option: number, no, yes, .. } => {
            let all = question.as_ref().map_or(&[][..], |q| &q.answers);
            let label = all.get(*number).cloned().unwrap_or_default();
            title = word("screen.option_title").replace("{question}", &title).replace("{option}", &label);
            let part = word("screen.part").replace("{part}", &(number + 1).to_string()).replace("{of}", &all.len().to_string());
            kind = "option";
            option = context! { label, part };
            vec![link(word("screen.yes"), *yes), link(word("screen.no"), *no)]
        }
        Shows::Number { ranges, .. } => ranges.iter().map(|r| link(range_words(r, &word("screen.range")), r.next)).collect(),
        Shows::Text { step, next } => {
            let mut writer = Writer::new(scope.shared, scope.skin, &scope.page.path, scope.root);
            kind = "text";
            blocks = value(writer.text(text_of(scope, *step)));
            items.extend(writer.embedded);
            vec![link(word("screen.continue"), *next)]
        }
        Shows::Ending(_) => Vec::new(),
    };
    let data = context! {
        kind,
        question => value(question),
        option,
        blocks,
        answers,
        back_path => back(scope, walkable, number),
        start_path => Plan::path(scope.item),
        progress => progress(scope, screen.ahead, kind == "text"),
    };
    Filled {
        template: "screen.html",
        page: head(scope, "question", &title, Some(walkable)),
        name: "screen",
        data,
        items,
        is_inlined: false,
    }
}

fn ending(scope: &Scope<'_, '_, '_>, walkable: &Walkable<'_>, number: usize, ending: &Ending<'_>) -> Filled {
    let back_path = back(scope, walkable, number);
    let Some(item) = scope.shared.facts.plan.find(&ending.id, scope.skin.language) else {
        let page = head(scope, "question", scope.item.title(), Some(walkable));
        return Filled { template: "screen.html", page, name: "screen", data: Value::UNDEFINED, items: BTreeSet::new(), is_inlined: false };
    };
    if item.kind == Kind::Journey {
        let data = handover(scope, item, back_path);
        let page = head(scope, "question", scope.skin.locale.word("screen.handover"), Some(walkable));
        return Filled {
            template: "screen.html",
            page,
            name: "screen",
            data,
            items: BTreeSet::from([scope.item.id(), item.id()]),
            is_inlined: false,
        };
    }
    let of_outcome = Scope { item, ..*scope };
    let shown = outcome::Shown { ending, journey: scope.item, back_path };
    let (data, mut items, is_inlined) = outcome::data(&of_outcome, Some(&shown));
    items.insert(scope.item.id());
    let mut page = of_outcome.page_data("ending", "journeys/");
    page.translations = Vec::new();
    page.sensitive = walkable.sensitive.iter().map(|s| s.word()).collect();
    Filled { template: "outcome.html", page, name: "outcome", data, items, is_inlined }
}

/// What leads on to another journey.
pub(super) fn handover(scope: &Scope<'_, '_, '_>, to: &Item<'_>, back_path: Option<String>) -> Value {
    context! {
        kind => "handover",
        question => (),
        option => (),
        blocks => Vec::<Value>::new(),
        answers => Vec::<Value>::new(),
        journey => value(link(to, scope.skin.language)),
        back_path,
        start_path => Plan::path(scope.item),
        progress => "",
    }
}

/// The screens of the journey of this page.
pub(super) fn walkable<'p, 'a>(scope: &Scope<'p, '_, 'a>) -> Option<&'p Walkable<'a>> {
    scope.shared.journeys.walkable.get(scope.item.name)
}

/// The text of a step, as Markdown.
pub(super) fn text_of<'c>(scope: &Scope<'_, 'c, '_>, step: usize) -> &'c str {
    scope.item.journey().and_then(|j| j.steps.get(step)).and_then(|(_, s)| s.say).map_or("", |s| s.value)
}

/// How many questions follow, in honest words.
pub(super) fn progress(scope: &Scope<'_, '_, '_>, (min, max): (usize, usize), is_text: bool) -> String {
    let key = match (min, max) {
        (_, 0) if is_text => "screen.progress_none",
        (_, 0) => "screen.progress_last",
        (1, 1) => "screen.progress_one",
        (0, 1) => "screen.progress_up_to_one",
        (0, _) => "screen.progress_up_to",
        _ if min == max => "screen.progress_exactly",
        _ => "screen.progress_range",
    };
    scope.skin.locale.word(key).replace("{min}", &min.to_string()).replace("{max}", &max.to_string())
}

/// The page before, where it is always the same one.
fn back(scope: &Scope<'_, '_, '_>, walkable: &Walkable<'_>, number: usize) -> Option<String> {
    if number == 0 {
        return Some(Plan::path(scope.item));
    }
    walkable.before[number].map(|before| walkable.path(scope.item.name, before))
}

fn range_words(range: &Range, words: &str) -> String {
    if range.from == range.to {
        range.from.to_string()
    } else {
        words.replace("{from}", &range.from.to_string()).replace("{to}", &range.to.to_string())
    }
}

/// Head and foot of a screen that is no outcome.
fn head(scope: &Scope<'_, '_, '_>, kind: &'static str, title: &str, walkable: Option<&Walkable<'_>>) -> PageData {
    let mut page = scope.page_data(kind, "journeys/");
    page.title = title.to_owned();
    page.description = None;
    page.review = None;
    page.sources = Vec::new();
    page.translations = Vec::new();
    page.sensitive = walkable.into_iter().flat_map(|w| &w.sensitive).map(|s| s.word()).collect();
    page
}
