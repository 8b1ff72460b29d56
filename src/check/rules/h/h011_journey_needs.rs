//! A journey lacks what a safety rule of the whole site asks of it.
//!
//! `content/safety.yaml` says what every journey of a kind has to ask first, which safety rules it has to have and how
//! many worked examples, so that a new journey cannot leave out what protects people in the others.
//!
//! ## Example
//! ```yaml
//! # content/safety.yaml asks of every journey: asks_first: danger
//! start: mood
//! ```
//!
//! ## Instead
//! ```yaml
//! start: danger
//! ```

use std::collections::HashSet;

use super::h010_outcome_needs::SAFETY;
use super::scope::applies;
use crate::check::outline::{Outline, StepKind, targets};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::{codes, count};
use crate::model::{JourneyRule, Status, suggest};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "H011",
    name: "journey-needs",
    severity: Severity::Error,
    source: include_str!("h011_journey_needs.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let (Some(item), Some(safety)) = (file.item, &file.site.content.safety) else { return };
    let Some(outline) = Outline::of(file.site, item).filter(|_| item.status() != Status::Retired) else { return };
    for rule in safety.journeys.iter().filter(|r| applies(file.site, &r.scope, item)) {
        first_question(file, &outline, rule, sink);
        safety_rules(file, &outline, rule, sink);
        vignettes(file, &outline, rule, sink);
    }
}

fn place(file: &FileContext<'_, '_>, rule: &JourneyRule<'_>, span: Span, message: String) -> crate::diag::Finding {
    file.finding(span, message).also(SAFETY, rule.id.span, "asked for here")
}

/// Follows the steps from the start up to the first question; whether the answers that are left could be given is for
/// the proof.
fn first_question(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, rule: &JourneyRule<'_>, sink: &mut Sink<'_>) {
    let Some(wanted) = rule.needs.asks_first else { return };
    let title = outline.item.common.title_span();
    let asks = |id: &str| outline.step(id).and_then(StepKind::of).is_some_and(StepKind::is_question);
    if !asks(wanted.value) {
        let message = format!("this journey has no question `{}`, which `site/safety#{}` wants asked first", wanted.value, rule.id.value);
        sink.push(place(file, rule, title, message).help("add a step with this id, and start with it"));
        return;
    }
    let mut seen = HashSet::new();
    let mut open = vec![outline.journey.start];
    while let Some(at) = open.pop() {
        if at.value == wanted.value || !seen.insert(at.value) {
            continue;
        }
        let message = if at.value.contains('/') {
            format!("this journey can end before `{}` was asked, which `site/safety#{}` wants asked first", wanted.value, rule.id.value)
        } else if asks(at.value) {
            format!("`{}` is asked before `{}`, which `site/safety#{}` wants asked first", at.value, wanted.value, rule.id.value)
        } else {
            open.extend(outline.step(at.value).into_iter().flat_map(targets));
            continue;
        };
        sink.push(place(file, rule, at.span, message).help(format!("lead to `{}` here", wanted.value)));
    }
}

fn safety_rules(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, rule: &JourneyRule<'_>, sink: &mut Sink<'_>) {
    let ids: Vec<&str> = outline.journey.safety.iter().map(|r| r.id.value).collect();
    let lacks: Vec<&str> = rule.needs.safety_rules.iter().map(|r| r.value).filter(|r| !ids.contains(r)).collect();
    if lacks.is_empty() {
        return;
    }
    let what = if lacks.len() == 1 { "the safety rule" } else { "the safety rules" };
    let message = format!("this journey lacks {what} {} that `site/safety#{}` asks for", codes(&lacks, "and"), rule.id.value);
    let finding = place(file, rule, outline.item.common.title_span(), message);
    let near = lacks.iter().find_map(|wanted| Some((wanted, suggest(wanted, ids.iter().copied())?)));
    sink.push(match near {
        Some((wanted, near)) => finding.help(format!("is it the rule `{near}`? It has to be called `{wanted}`")),
        None => finding.help("add what is missing under `safety`, with these ids"),
    });
}

fn vignettes(file: &FileContext<'_, '_>, outline: &Outline<'_, '_>, rule: &JourneyRule<'_>, sink: &mut Sink<'_>) {
    let given = outline.journey.vignettes.len();
    let Some(wanted) = rule.needs.vignettes.and_then(|n| usize::try_from(n.value).ok()).filter(|n| given < *n) else { return };
    let key = outline.item.data.and_then(|d| d.entry("vignettes")).map(|e| e.key);
    let message = format!("this journey has {}, and `site/safety#{}` asks for {wanted}", count(given, "vignette"), rule.id.value);
    let finding = place(file, rule, key.unwrap_or_else(|| outline.item.common.title_span()), message);
    sink.push(finding.help("add examples of people and of where each has to end, under `vignettes`"));
}
