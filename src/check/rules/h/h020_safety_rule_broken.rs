//! A safety rule of a journey does not hold.
//!
//! Every combination of answers was looked at, and for at least one the rule fails: somebody would be sent where the rule
//! says that they must not be. The note shows the shortest such answers.
//!
//! ## Example
//! ```yaml
//! safety:
//!   - id: self-harm-is-urgent
//!     whenever: {answer: phq.self-harm, is_not: not-at-all}
//!     outcome: {at_least: urgent}
//! # and no decision that looks at phq.self-harm
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - {when: {answer: phq.self-harm, is_not: not-at-all}, go: outcome/urgent-today}
//! ```
//!
//! ## Where it comes from
//! DCB0129: the effectiveness of each risk control is verified.

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::diag::words::number;

pub const RULE: Rule = Rule {
    code: "H020",
    name: "safety-rule-broken",
    severity: Severity::Error,
    source: include_str!("h020_safety_rule_broken.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for (rule, verdict) in journey.safety.iter().zip(&verification.safety).filter(|(_, v)| v.holds == Some(false)) {
        let mut message = format!("the safety rule `{}` is broken", rule.id.value);
        if let Some(breaking) = &verdict.breaking {
            message += &format!(" by {} of the {} ways to answer", number(breaking), number(&verification.paths));
        }
        let mut finding = file.finding(rule.id.span, message).label("does not hold for everybody");
        match (&verdict.counterexample, &verdict.counterexample_more, verdict.ends.as_slice()) {
            (Some(less), Some(more), [before, after]) => {
                finding = proof::example(file, finding, &format!("these answers end at `{before}`"), less);
                finding = proof::example(file, finding, &format!("with more points they end at `{after}`, which is less urgent"), more);
            }
            (Some(answers), _, [end]) => finding = proof::example(file, finding, &format!("these answers end at `{end}`"), answers),
            (Some(answers), _, _) => finding = proof::example(file, finding, "for example", answers),
            (None, ..) => {}
        }
        sink.push(finding.help("change the journey so that the rule holds; weaken the rule only with the Clinical Safety Officer"));
    }
}
