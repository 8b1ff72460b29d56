//! A safety rule that applies to nobody: no answers meet its `whenever`.
//!
//! It holds, but only because it says nothing. Its author meant somebody.
//!
//! ## Example
//! ```yaml
//! whenever: {all: [{answer: danger, is: yes}, {asked: phq}]}   # those in danger are sent on before the PHQ-9
//! ```
//!
//! ## Instead
//! ```yaml
//! whenever: {answer: danger, is: yes}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "H021",
    name: "safety-rule-never-applies",
    severity: Severity::Warning,
    source: include_str!("h021_safety_rule_never_applies.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::NeverMet { rule } = problem else { continue };
        let rule = &journey.safety[*rule];
        let span = rule.whenever.as_ref().map_or(rule.id.span, |w| w.span);
        sink.push(
            file.finding(span, format!("the safety rule `{}` applies to nobody", rule.id.value))
                .label("no answers meet this")
                .help("correct the condition, or remove the rule"),
        );
    }
}
