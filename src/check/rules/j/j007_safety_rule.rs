//! A safety rule that cannot be held against the journey: it demands nothing, too much, or something that is not there.
//!
//! A rule that says nothing looks like a protection and is none. Each rule demands one thing: something of the ending
//! (`outcome`), that a question is asked (`asks`), that it comes first (`asks_first`), or that a higher score never ends
//! less urgent (`monotone`). `whenever` goes with `outcome` alone.
//!
//! ## Example
//! ```yaml
//! - id: self-harm-is-urgent
//!   whenever: {answer: phq.self-harm, is_not: not-at-all}
//! ```
//!
//! ## Instead
//! ```yaml
//! - id: self-harm-is-urgent
//!   whenever: {answer: phq.self-harm, is_not: not-at-all}
//!   outcome: {at_least: urgent}
//! ```

use super::j006_no_such_answer::{no_score, not_asked};
use crate::check::outline::Outline;
use crate::check::rules::r::r001_no_such_item::no_level;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::{Acuity, OutcomeBound, SafetyRule, Text};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J007",
    name: "safety-rule",
    severity: Severity::Error,
    source: include_str!("j007_safety_rule.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    for rule in &outline.journey.safety {
        demands(file, rule, sink);
        for step in [rule.asks, rule.asks_first].into_iter().flatten() {
            sink.extend(not_asked(file, &outline, step));
        }
        if let Some(score) = rule.monotone.filter(|s| !outline.scores().contains_key(s.value)) {
            sink.extend(no_score(file, &outline, score.value, score.span));
        }
        if let (Some(bound), Some(acuity)) = (&rule.outcome, &file.site.content.acuity) {
            outcome(file, bound, acuity, sink);
        }
    }
}

fn demands(file: &FileContext<'_, '_>, rule: &SafetyRule<'_>, sink: &mut Sink<'_>) {
    let all: [(&str, Option<Span>); 4] = [
        ("outcome", rule.outcome.as_ref().map(|o| o.span)),
        ("asks", rule.asks.map(|t| t.span)),
        ("asks_first", rule.asks_first.map(|t| t.span)),
        ("monotone", rule.monotone.map(|t| t.span)),
    ];
    let given: Vec<(&str, Span)> = all.into_iter().filter_map(|(word, span)| Some((word, span?))).collect();
    let id = rule.id.value;
    match given.as_slice() {
        [] => {
            let finding = file.finding(rule.id.span, format!("the safety rule `{id}` demands nothing"));
            sink.push(finding.help("add one of `outcome`, `asks`, `asks_first` and `monotone`"));
        }
        [(word, _)] => {
            if let Some(whenever) = rule.whenever.as_ref().filter(|_| *word != "outcome") {
                let finding = file.finding(whenever.span, format!("`whenever` does not go with `{word}`, which holds for everybody"));
                sink.push(finding.help("take `whenever` out, or demand something of the `outcome`"));
            }
        }
        [_, (_, second), ..] => {
            let names = codes(given.iter().map(|(word, _)| word), "and");
            let finding = file.finding(*second, format!("the safety rule `{id}` demands {names}, and a rule demands one thing"));
            sink.push(finding.help("make a rule of each, with an id of its own"));
        }
    }
}

fn outcome(file: &FileContext<'_, '_>, bound: &OutcomeBound<'_>, acuity: &Acuity<'_>, sink: &mut Sink<'_>) {
    for level in [bound.at_least, bound.at_most].into_iter().flatten() {
        sink.extend(no_level(file, level));
    }
    let rank = |level: Option<Text<'_>>| acuity.rank(level?.value);
    if let (Some(at_least), Some(at_most), Some(end)) = (rank(bound.at_least), rank(bound.at_most), bound.at_most)
        && at_most > at_least
    {
        // Ranks count from the most urgent, so a larger one is less urgent.
        let finding = file
            .finding(end.span, format!("no ending is at least `{}` and at most `{}`", bound.at_least.map_or("", |t| t.value), end.value));
        sink.push(finding.help("`at_least` names the less urgent end of the range and `at_most` the more urgent one: turn the two round"));
    }
}
