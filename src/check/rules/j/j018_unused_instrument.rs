//! A condition looks at the score of an instrument that the journey does not use.
//!
//! A score counts the questions that were asked. Where no step asks the instrument there is nothing to compare.
//!
//! ## Example
//! ```yaml
//! phq: {use: instrument/phq-9, go: result}
//! result:
//!   decide:
//!     - {when: {score: gad-7, at_least: 10}, go: outcome/see-gp}
//! ```
//!
//! ## Instead
//! ```yaml
//! phq: {use: instrument/phq-9, go: result}
//! result:
//!   decide:
//!     - {when: {score: phq-9, at_least: 10}, go: outcome/see-gp}
//! ```

use super::j005_condition_shape::head;
use crate::check::outline::Outline;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::Kind;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J018",
    name: "unused-instrument",
    severity: Severity::Error,
    source: include_str!("j018_unused_instrument.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    let conditions = outline.conditions();
    let compared = conditions.iter().filter(|c| head(c) == Some("score")).filter_map(|c| c.score);
    let held = outline.journey.safety.iter().filter_map(|rule| rule.monotone);
    let reported = file.file.data().and_then(|d| d.get("report")).into_iter().flat_map(|r| r.entries()).map(|e| (e.name, e.key));
    let names: Vec<(&str, Span)> = compared.chain(held).map(|t| (t.value, t.span)).chain(reported).collect();
    let scores = outline.scores();
    for (name, span) in names {
        if scores.contains_key(name) || file.site.content.named(Kind::Instrument, name).is_none() {
            continue;
        }
        let finding = file.finding(span, format!("no step of this journey uses `instrument/{name}`")).label("nothing adds to it");
        let mut known: Vec<&str> = scores.keys().copied().collect();
        known.sort_unstable();
        sink.push(if known.is_empty() {
            finding.help(format!("ask it first: a step with `use: instrument/{name}`"))
        } else {
            finding.help(format!("ask it first with `use: instrument/{name}`; the scores of this journey are {}", codes(known, "and")))
        });
    }
}
