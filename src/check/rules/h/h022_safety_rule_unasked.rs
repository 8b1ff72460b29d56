//! A safety rule compares an answer that some people are never asked for.
//!
//! For them the comparison is false and the rule holds in silence, though nobody knows what they would have answered. Either
//! demand that everybody is asked, with a rule that `asks` for the step, or say with `asked` that the rule means only those
//! who were.
//!
//! ## Example
//! ```yaml
//! safety:
//!   - id: self-harm-is-urgent
//!     whenever: {answer: phq.self-harm, is_not: not-at-all}
//!     outcome: {at_least: urgent}
//! ```
//!
//! ## Instead
//! ```yaml
//! safety:
//!   - id: self-harm-is-urgent
//!     whenever: {all: [{asked: phq}, {answer: phq.self-harm, is_not: not-at-all}]}
//!     outcome: {at_least: urgent}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "H022",
    name: "safety-rule-unasked",
    severity: Severity::Warning,
    source: include_str!("h022_safety_rule_unasked.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::MayBeUnasked { rule, step, example } = problem else { continue };
        let (rule, (step, _)) = (&journey.safety[*rule], &journey.steps[*step]);
        let span = rule.whenever.as_ref().map_or(rule.id.span, |w| w.span);
        let finding = file
            .finding(span, format!("the safety rule `{}` looks at `{}`, which some people are never asked", rule.id.value, step.value))
            .label("holds in silence for them")
            .help(format!("put `{{asked: {}}}` before the comparison, or add a rule `asks: {}`", step.value, step.value));
        sink.push(proof::example(file, finding, "for example", example));
    }
}
