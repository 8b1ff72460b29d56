//! A vignette has an answer that cannot be given.
//!
//! A vignette is an example that reviewers read and that every change is held against; one that nobody could live
//! through proves nothing. A choice is answered with an id, several with a list, a number with a number, an instrument
//! with the points of its items in their order, or with a map from item to answer.
//!
//! ## Example
//! ```yaml
//! answers: {danger: no, phq: [1, 0, 2]}      # PHQ-9 has nine items
//! ```
//!
//! ## Instead
//! ```yaml
//! answers: {danger: no, phq: [1, 0, 2, 1, 0, 0, 0, 0, 0]}
//! ```

use std::collections::HashSet;

use super::j006_no_such_answer::no_question;
use crate::check::outline::{NoQuestion, Outline, Question};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::words::{codes, count};
use crate::diag::{Finding, Severity};
use crate::model::{Instrument, InstrumentItem, Text, suggest};
use crate::source::Span;
use crate::yaml::de::{Plain, Spanned};

pub const RULE: Rule = Rule {
    code: "J009",
    name: "vignette-answers",
    severity: Severity::Error,
    source: include_str!("j009_vignette.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    for (step, given) in outline.journey.vignettes.iter().flat_map(|v| v.answers.iter()) {
        match outline.question(step.value) {
            Ok(question) => answer(file, *step, given, &question, sink),
            Err(NoQuestion::Instrument(_)) => {
                if let Some(instrument) = outline.step(step.value).and_then(|s| outline.instrument(s)) {
                    points(file, *step, given, instrument, sink);
                }
            }
            Err(why) => sink.extend(no_question(file, &outline, *step, &why)),
        }
    }
}

fn answer(file: &FileContext<'_, '_>, step: Text<'_>, given: &Spanned<Plain<'_>>, question: &Question<'_>, sink: &mut Sink<'_>) {
    let name = step.value;
    let span = place(given, step.span);
    match (question, &given.value) {
        (Question::Number(min, max), Plain::Number(n)) => {
            if n < min || n > max {
                sink.push(file.finding(span, format!("`{name}` is answered with {min} to {max}, and {n} is not among them")));
            }
        }
        (Question::Number(min, max), _) => {
            sink.push(
                file.finding(span, format!("`{name}` is answered with a number")).help(format!("write a whole number from {min} to {max}")),
            );
        }
        (Question::Choice { answers, is_many: false }, Plain::Text(id)) => sink.extend(no_answer(file, name, id, span, answers)),
        (Question::Choice { answers, is_many: false }, _) => {
            let finding = file.finding(span, format!("`{name}` is answered with the id of one answer"));
            sink.push(finding.help(format!("its answers are {}", codes(answers, "and"))));
        }
        (Question::Choice { answers, is_many: true }, Plain::List(ids)) => {
            let mut seen = HashSet::new();
            for id in ids {
                match &id.value {
                    Plain::Text(text) if seen.insert(*text) => sink.extend(no_answer(file, name, text, id.span, answers)),
                    Plain::Text(text) => sink.push(file.finding(id.span, format!("`{text}` is chosen twice")).help("take one of them out")),
                    _ => sink.push(file.finding(id.span, format!("`{name}` is answered with ids of answers"))),
                }
            }
        }
        (Question::Choice { is_many: true, .. }, _) => {
            let finding = file.finding(span, format!("`{name}` is answered with a list, because several answers can be chosen"));
            sink.push(match given.value {
                Plain::Text(id) => finding.help(format!("write `[{id}]`")),
                _ => finding.help("write the ids of the chosen answers in brackets; `[]` chooses none"),
            });
        }
    }
}

fn no_answer(file: &FileContext<'_, '_>, name: &str, id: &str, span: Span, answers: &[&str]) -> Option<Finding> {
    if answers.contains(&id) || answers.is_empty() {
        return None;
    }
    let finding = file.finding(span, format!("`{name}` has no answer `{id}`")).label("not found");
    Some(match suggest(id, answers.iter().copied()) {
        Some(near) => finding.did_you_mean(Some(near)),
        None => finding.help(format!("its answers are {}", codes(answers, "and"))),
    })
}

fn points(file: &FileContext<'_, '_>, step: Text<'_>, given: &Spanned<Plain<'_>>, instrument: &Instrument<'_>, sink: &mut Sink<'_>) {
    let name = step.value;
    match &given.value {
        Plain::List(list) => {
            if list.len() != instrument.items.len() {
                let message = format!("`{name}` has {}, and {} given", count(instrument.items.len(), "item"), are(list.len()));
                let finding = file.finding(place(given, step.span), message);
                sink.push(finding.help("give the points of each item, in the order of the items"));
                return;
            }
            for ((item, fields), point) in instrument.items.iter().zip(list) {
                one_point(file, instrument, *item, fields, point, sink);
            }
        }
        Plain::Map(map) => {
            let mut is_known = true;
            for (item, chosen) in map.iter() {
                let Some((_, fields)) = instrument.items.iter().find(|(id, _)| id.value == item.value) else {
                    let finding = file.finding(item.span, format!("`{name}` has no item `{}`", item.value)).label("not found");
                    let near = suggest(item.value, instrument.items.iter().map(|(id, _)| id.value));
                    sink.push(finding.did_you_mean(near));
                    is_known = false;
                    continue;
                };
                let answers: Vec<&str> = instrument.answers_of(fields).iter().map(|(id, _)| id.value).collect();
                match &chosen.value {
                    Plain::Text(id) => sink.extend(no_answer(file, &format!("{name}.{}", item.value), id, chosen.span, &answers)),
                    _ => {
                        let finding = file.finding(place(chosen, item.span), "in a map, an item is answered with the id of an answer");
                        sink.push(finding.help(format!("its answers are {}", codes(answers, "and"))));
                    }
                }
            }
            let missing: Vec<&str> =
                instrument.items.iter().map(|(id, _)| id.value).filter(|id| map.iter().all(|(given, _)| given.value != *id)).collect();
            // An item that is misspelt is missing under its right name: that is one cause.
            if is_known && !missing.is_empty() {
                let finding = file.finding(step.span, format!("`{name}` is not answered in full: {} is missing", codes(&missing, "and")));
                sink.push(finding.help("answer every item: an instrument is asked as a whole"));
            }
        }
        _ => {
            let finding = file.finding(place(given, step.span), format!("`{name}` is a whole instrument"));
            sink.push(finding.help("give the points of each item in brackets, or a map from item to answer"));
        }
    }
}

fn one_point(
    file: &FileContext<'_, '_>,
    instrument: &Instrument<'_>,
    item: Text<'_>,
    fields: &InstrumentItem<'_>,
    point: &Spanned<Plain<'_>>,
    sink: &mut Sink<'_>,
) {
    let scores: Vec<i64> = instrument.scores_of(fields).map(|(_, points)| points).collect();
    let Plain::Number(n) = point.value else {
        sink.push(file.finding(point.span, "in a list, an item is answered with its points").help("write a number"));
        return;
    };
    match scores.iter().filter(|s| **s == n).count() {
        1 => {}
        0 if scores.is_empty() => {}
        0 => {
            let finding = file.finding(point.span, format!("no answer to `{}` gives {}", item.value, count_points(n)));
            sink.push(finding.help(format!("its answers give {}", crate::diag::words::list(&scores, "or"))));
        }
        _ => {
            let finding = file.finding(point.span, format!("more than one answer to `{}` gives {}", item.value, count_points(n)));
            sink.push(finding.help("say which one is meant: write a map from item to answer instead of the list"));
        }
    }
}

/// `1 point`, `2 points`.
pub(super) fn count_points(n: i64) -> String {
    if n == 1 { "1 point".to_owned() } else { format!("{n} points") }
}

/// `1 is`, `2 are`.
pub(super) fn are(n: usize) -> String {
    if n == 1 { "1 is".to_owned() } else { format!("{n} are") }
}

/// Where an answer stands; its step where it is empty or goes over several lines.
fn place(given: &Spanned<Plain<'_>>, step: Span) -> Span {
    if matches!(given.value, Plain::Map(_) | Plain::Null) { step } else { given.span }
}
