//! A condition names a question, an answer, a score or a band that the journey does not have.
//!
//! Such a comparison is never true, or always: people would be sent on as if they had not answered. The words that
//! compare have to fit the question as well: `is`, `is_not` and `in` where one answer is chosen, `includes` where several
//! can be, `at_least` and `at_most` for numbers.
//!
//! ## Example
//! ```yaml
//! when: {answer: phq.self-harm, is_not: never}      # its answers are not-at-all, several-days, …
//! ```
//!
//! ## Instead
//! ```yaml
//! when: {answer: phq.self-harm, is_not: not-at-all}
//! ```

use super::j005_condition_shape::head;
use crate::check::outline::{NoQuestion, Outline, Question, StepKind};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::words::codes;
use crate::diag::{Finding, Severity};
use crate::model::{Condition, Kind, ReportAs, Text, suggest};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J006",
    name: "no-such-answer",
    severity: Severity::Error,
    source: include_str!("j006_no_such_answer.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    let scores = outline.scores();
    for condition in outline.conditions() {
        // What cannot be read has a finding of its own.
        match (head(condition), condition.answer, condition.asked, condition.score) {
            (Some("answer"), Some(name), ..) => match outline.question(name.value) {
                Ok(question) => answer(file, condition, name, &question, sink),
                Err(why) => sink.extend(no_question(file, &outline, name, &why)),
            },
            (Some("asked"), _, Some(name), _) => sink.extend(not_asked(file, &outline, name)),
            (Some("score"), _, _, Some(name)) => match scores.get(name.value) {
                Some(instrument) => {
                    if let Some(wanted) = condition.band {
                        let bands: Vec<&str> = instrument.iter().flat_map(|i| &i.bands).map(|b| b.id.value).collect();
                        band(file, &outline, name.value, wanted, &bands, sink);
                    }
                }
                None => sink.extend(no_score(file, &outline, name.value, name.span)),
            },
            _ => {}
        }
    }
    for entry in file.file.data().and_then(|d| d.get("report")).into_iter().flat_map(|r| r.entries()) {
        match scores.get(entry.name) {
            None => sink.extend(no_score(file, &outline, entry.name, entry.key)),
            Some(instrument) => {
                let has_bands = instrument.is_some_and(|i| !i.bands.is_empty());
                if outline.journey.report.get(entry.name) == Some(&ReportAs::Band) && !has_bands && !is_unread(&outline, entry.name) {
                    let finding = file.finding(entry.value.span(), format!("the score `{}` has no bands", entry.name));
                    sink.push(finding.help("write `number` to show the points"));
                }
            }
        }
    }
}

/// The finding for a name that is no question, if there is anything to say that is not said elsewhere.
pub(super) fn no_question(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, name: Text<'_>, why: &NoQuestion<'_>) -> Option<Finding> {
    let (step, item) = name.value.split_once('.').unwrap_or((name.value, ""));
    let finding = |message: String| file.finding(name.span, message);
    Some(match why {
        NoQuestion::NoStep => {
            let near = suggest(step, outline.ids()).map(|near| if item.is_empty() { near.to_owned() } else { format!("{near}.{item}") });
            finding(format!("there is no step `{step}` in this journey")).label("not found").did_you_mean(near.as_deref())
        }
        NoQuestion::AsksNothing => finding(format!("the step `{step}` asks nothing")).help("name a step with `ask` or `use`"),
        NoQuestion::Instrument(items) => {
            let finding = finding(format!("`{step}` asks a whole instrument, and one of its items has to be named"));
            finding.help(format!("write the step and the item with a dot between, such as `{step}.{}`", items.first().unwrap_or(&"item")))
        }
        NoQuestion::NoItem(instrument, items) => {
            let finding = finding(format!("`{instrument}` has no item `{item}`")).label("not found");
            match suggest(item, items.iter().copied()) {
                Some(near) => finding.did_you_mean(Some(&format!("{step}.{near}"))),
                None => finding.help(format!("its items are {}", codes(items, "and"))),
            }
        }
        NoQuestion::NoItems => finding(format!("`{step}` is one question and has no items")).help(format!("write `{step}`")),
        NoQuestion::Unclear => return None,
    })
}

/// The finding for a name that is no step where something is asked.
pub(super) fn not_asked(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, name: Text<'_>) -> Option<Finding> {
    match outline.step(name.value).map(StepKind::of) {
        None => no_question(file, outline, name, &NoQuestion::NoStep),
        Some(Some(kind)) if !kind.is_question() => no_question(file, outline, name, &NoQuestion::AsksNothing),
        Some(_) => None,
    }
}

/// The finding for a score to which nothing adds. An instrument's name has a rule of its own.
pub(super) fn no_score(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, name: &str, span: Span) -> Option<Finding> {
    if outline.site.content.named(Kind::Instrument, name).is_some() {
        return None;
    }
    let scores = outline.scores();
    let mut names: Vec<&str> = scores.keys().copied().collect();
    names.sort_unstable();
    let finding = file.finding(span, format!("nothing in this journey adds to a score `{name}`")).label("not found");
    Some(match suggest(name, names.iter().copied()) {
        Some(near) => finding.did_you_mean(Some(near)),
        None if names.is_empty() => finding.help("name it under `score` at the questions whose points count"),
        None => finding.help(format!("its scores are {}", codes(names, "and"))),
    })
}

/// Whether the score is that of an instrument that could not be read, so that nothing is known of its bands.
fn is_unread(outline: &Outline<'_, '_>, score: &str) -> bool {
    outline.site.content.named(Kind::Instrument, score).is_none_or(|i| i.instrument().is_none())
        && outline.steps().any(|(_, s)| s.uses.is_some_and(|u| Kind::split(u.value) == Some((Kind::Instrument, score))))
}

fn band(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, score: &str, wanted: Text<'_>, bands: &[&str], sink: &mut Sink<'_>) {
    if bands.contains(&wanted.value) || is_unread(outline, score) {
        return;
    }
    let message = if bands.is_empty() {
        format!("the score `{score}` has no bands")
    } else {
        format!("the score `{score}` has no band `{}`", wanted.value)
    };
    let finding = file.finding(wanted.span, message).label("not found");
    sink.push(match suggest(wanted.value, bands.iter().copied()) {
        Some(near) => finding.did_you_mean(Some(near)),
        None if bands.is_empty() => finding.help("compare it with `at_least` or `at_most`"),
        None => finding.help(format!("its bands are {}", codes(bands, "and"))),
    });
}

fn answer(file: &FileContext<'_, '_>, c: &Condition<'_>, name: Text<'_>, question: &Question<'_>, sink: &mut Sink<'_>) {
    let chosen = [("is", c.is), ("is_not", c.is_not)].into_iter().filter_map(|(word, t)| Some((word, t?)));
    let chosen: Vec<_> = chosen.chain(c.one_of.iter().flatten().map(|t| ("in", *t))).collect();
    let includes = c.includes.map(|t| ("includes", t));
    let numbers: Vec<_> = [("at_least", c.at_least), ("at_most", c.at_most)].into_iter().filter_map(|(w, n)| Some((w, n?))).collect();
    let name = name.value;
    match question {
        Question::Number(min, max) => {
            let mut told = "";
            for (word, value) in chosen.iter().copied().chain(includes) {
                if told != word {
                    told = word;
                    let finding = file.finding(value.span, format!("`{word}` does not fit `{name}`, which is answered with a number"));
                    sink.push(finding.help("compare it with `at_least` or `at_most`"));
                }
            }
            for (word, value) in numbers {
                if value.value < *min || value.value > *max {
                    let finding = file
                        .finding(value.span, format!("`{name}` is answered with {min} to {max}, and {} is not among them", value.value));
                    sink.push(finding.help(format!("`{word}` takes a number from {min} to {max}")));
                }
            }
        }
        Question::Choice { answers, is_many } => {
            for (word, value) in numbers {
                let finding = file.finding(value.span, format!("`{word}` does not fit `{name}`, which is not answered with a number"));
                sink.push(finding.help(if *is_many {
                    "write `includes` and the answer"
                } else {
                    "write `is`, `is_not` or `in` and the answer"
                }));
            }
            let mut told = "";
            for (word, value) in chosen.iter().copied().chain(includes) {
                if (word == "includes") == *is_many {
                    one_answer(file, name, value, answers, sink);
                } else if told != word {
                    told = word;
                    let (what, instead) = if *is_many {
                        ("where several answers can be chosen", "`includes`, and `not` around it for the opposite")
                    } else {
                        ("where one answer is chosen", "`is`")
                    };
                    sink.push(file.finding(value.span, format!("`{word}` does not fit `{name}`, {what}")).help(format!("write {instead}")));
                }
            }
        }
    }
}

fn one_answer(file: &FileContext<'_, '_>, question: &str, value: Text<'_>, answers: &[&str], sink: &mut Sink<'_>) {
    if answers.contains(&value.value) || answers.is_empty() {
        return;
    }
    let finding = file.finding(value.span, format!("`{question}` has no answer `{}`", value.value)).label("not found");
    sink.push(match suggest(value.value, answers.iter().copied()) {
        Some(near) => finding.did_you_mean(Some(near)),
        None => finding.help(format!("its answers are {}", codes(answers, "and"))),
    });
}
