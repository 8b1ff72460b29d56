//! A condition that cannot be read: nothing to compare, two things at once, or words that do not go together.
//!
//! A condition begins with one of `answer`, `score`, `asked`, `all`, `any` and `not`. An answer or a score is then
//! compared with something; the others stand for themselves.
//!
//! ## Example
//! ```yaml
//! when: {score: phq-9, is: severe}
//! ```
//!
//! ## Instead
//! ```yaml
//! when: {score: phq-9, band: severe}
//! ```

use crate::check::outline::Outline;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::Condition;
use crate::source::Span;
use crate::yaml::de::Spanned;

pub const RULE: Rule = Rule {
    code: "J005",
    name: "condition-shape",
    severity: Severity::Error,
    source: include_str!("j005_condition_shape.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    for condition in outline.conditions() {
        one(file, condition, sink);
    }
}

/// The word that a condition begins with, if there is exactly one.
pub(super) fn head(condition: &Condition<'_>) -> Option<&'static str> {
    match heads(condition).as_slice() {
        [(word, _)] => Some(word),
        _ => None,
    }
}

fn heads(c: &Condition<'_>) -> Vec<(&'static str, Option<Span>)> {
    let first = |list: &Option<Vec<Spanned<Condition<'_>>>>| list.as_ref().map(|l| l.first().map(|c| c.span));
    let all: [(&'static str, Option<Option<Span>>); 6] = [
        ("answer", c.answer.map(|t| Some(t.span))),
        ("score", c.score.map(|t| Some(t.span))),
        ("asked", c.asked.map(|t| Some(t.span))),
        ("all", first(&c.all)),
        ("any", first(&c.any)),
        ("not", c.not.as_ref().map(|n| Some(n.span))),
    ];
    all.into_iter().filter_map(|(word, given)| Some((word, given?))).collect()
}

fn operators(c: &Condition<'_>) -> Vec<(&'static str, Span)> {
    let list = c.one_of.as_ref().map(|l| {
        let span = |t: Option<&crate::model::Text<'_>>| t.map(|t| t.span).unwrap_or_default();
        Span { start: span(l.first()).start, end: span(l.last()).end }
    });
    let all = [
        ("is", c.is.map(|t| t.span)),
        ("is_not", c.is_not.map(|t| t.span)),
        ("in", list),
        ("includes", c.includes.map(|t| t.span)),
        ("at_least", c.at_least.map(|n| n.span)),
        ("at_most", c.at_most.map(|n| n.span)),
        ("band", c.band.map(|t| t.span)),
    ];
    all.into_iter().filter_map(|(word, span)| Some((word, span?))).collect()
}

/// The comparisons that go with each beginning.
fn fitting(head: &str) -> &'static [&'static str] {
    match head {
        "answer" => &["is", "is_not", "in", "includes", "at_least", "at_most"],
        "score" => &["at_least", "at_most", "band"],
        _ => &[],
    }
}

fn one(file: &FileContext<'_, '_>, condition: &Spanned<Condition<'_>>, sink: &mut Sink<'_>) {
    let (heads, operators) = (heads(condition), operators(condition));
    let (head, rest) = match heads.as_slice() {
        [] => {
            let finding = file.finding(condition.span, "this condition does not say what it looks at");
            sink.push(finding.help("begin it with `answer`, `score`, `asked`, `all`, `any` or `not`"));
            return;
        }
        [head, rest @ ..] => (*head, rest),
    };
    if let Some((word, span)) = rest.first() {
        let finding = file.finding(span.unwrap_or(condition.span), format!("`{}` and `{word}` are two conditions in one", head.0));
        sink.push(finding.help("join them: `all: [{…}, {…}]` where both have to be true, `any: [{…}, {…}]` where one is enough"));
        return;
    }
    let fitting = fitting(head.0);
    for (word, span) in operators.iter().filter(|(word, _)| !fitting.contains(word)) {
        let finding = file.finding(*span, format!("`{word}` does not go with `{}`", head.0));
        sink.push(match fitting {
            [] => finding.help(format!("take it out: `{}` is true or false by itself", head.0)),
            _ => finding.help(format!("with `{}` go {}", head.0, codes(fitting, "and"))),
        });
    }
    if operators.is_empty() && !fitting.is_empty() {
        let finding = file.finding(head.1.unwrap_or(condition.span), format!("this `{}` is compared with nothing", head.0));
        sink.push(finding.help(format!("add {}", codes(fitting, "or"))));
    }
}
