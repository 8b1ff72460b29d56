//! What follows from a cause that has a finding of its own is not told again.
//!
//! A misspelt `go` leaves steps that no answers reach, endings where nobody ends and vignettes that end elsewhere. All of
//! it goes away with the one letter; so it is left out until then, as are proofs of a rule that cannot be read.

use std::ops::Range;

use super::context::FileContext;
use crate::diag::Finding;
use crate::model::{Item, SafetyRule, Vignette};
use crate::source::Span;

/// What is wrong with a journey before anything can be proved of it: steps, targets and conditions.
const SHAPE: [&str; 12] = ["J001", "J002", "J003", "J004", "J005", "J006", "J015", "J017", "J018", "J020", "R001", "R002"];

/// What answers lead to, which a wrong shape upsets from end to end.
const REACH: [&str; 5] = ["J032", "J033", "J034", "J035", "J038"];

/// What is proved of single safety rules.
const PROVED: [&str; 3] = ["H020", "H021", "H022"];

/// Takes out of a journey's findings what only follows from others.
pub(super) fn keep_causes(file: &FileContext<'_, '_>, found: &mut Vec<Finding>) {
    let Some(journey) = file.item.and_then(Item::journey).filter(|_| !found.is_empty()) else { return };
    // What is wrong within one rule or one vignette upsets only that.
    let rules: Vec<Range<u32>> = journey.safety.iter().map(|rule| around(of_rule(rule))).collect();
    let vignettes: Vec<Range<u32>> = journey.vignettes.iter().map(|vignette| around(of_vignette(vignette))).collect();
    // What only orders or shows things upsets nothing.
    let harmless = ["personalise", "report", "topics", "evidence", "hazards"].into_iter().filter_map(|key| file.file.data()?.get(key));
    let harmless: Vec<Range<u32>> = harmless.map(|node| node.span().start..node.span().end).collect();
    let whose = |parts: &[Range<u32>], finding: &Finding| parts.iter().position(|p| p.contains(&finding.place.span.start));
    let is_shape = |f: &Finding| SHAPE.contains(&f.code) && [&rules, &vignettes, &harmless].iter().all(|parts| whose(parts, f).is_none());
    let is_upset = found.iter().any(is_shape);
    let bad = |parts: &[Range<u32>], except: &[&str]| {
        let at_fault = found.iter().filter(|f| !except.contains(&f.code)).filter_map(|f| whose(parts, f));
        at_fault.collect::<std::collections::HashSet<usize>>()
    };
    let (bad_rules, bad_vignettes) = (bad(&rules, &[PROVED.as_slice(), &["H012", "R003"]].concat()), bad(&vignettes, &["J038", "R003"]));
    found.retain(|f| {
        let is_of_bad_rule = PROVED.contains(&f.code) && whose(&rules, f).is_some_and(|n| bad_rules.contains(&n));
        let is_of_bad_vignette = f.code == "J038" && whose(&vignettes, f).is_some_and(|n| bad_vignettes.contains(&n));
        !(is_of_bad_rule || is_of_bad_vignette || is_upset && REACH.contains(&f.code))
    });
}

fn of_rule(rule: &SafetyRule<'_>) -> Vec<Span> {
    let texts = [rule.hazard, rule.asks, rule.asks_first, rule.monotone].into_iter().flatten().map(|t| t.span);
    let others = rule.whenever.iter().map(|w| w.span).chain(rule.outcome.iter().map(|o| o.span));
    texts.chain(others).chain([rule.id.span]).collect()
}

fn of_vignette(vignette: &Vignette<'_>) -> Vec<Span> {
    let answers = vignette.answers.iter().flat_map(|(step, given)| [step.span, given.span]);
    answers.chain([vignette.name.span, vignette.ends.span]).collect()
}

fn around(spans: Vec<Span>) -> Range<u32> {
    let start = spans.iter().map(|s| s.start).min().unwrap_or(0);
    start..spans.iter().map(|s| s.end).max().unwrap_or(start)
}
