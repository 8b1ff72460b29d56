//! A branch that an earlier branch always takes the place of.
//!
//! The first branch that holds wins. Whoever this one means has left by an earlier one.
//!
//! ## Example
//! ```yaml
//! decide:
//!   - {when: {score: phq-9, at_least: 5}, go: outcome/talking-therapies}
//!   - {when: {score: phq-9, at_least: 20}, go: outcome/see-gp-soon}
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - {when: {score: phq-9, at_least: 20}, go: outcome/see-gp-soon}
//!   - {when: {score: phq-9, at_least: 5}, go: outcome/talking-therapies}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule =
    Rule { code: "J035", name: "shadowed", severity: Severity::Error, source: include_str!("j035_shadowed.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::Shadowed { step, branch } = problem else { continue };
        let (name, decision) = &journey.steps[*step];
        sink.push(
            file.finding(
                decision.decide[*branch].when.span,
                format!("an earlier branch of `{}` always holds where this one does", name.value),
            )
            .label("never gets its turn")
            .help("put the narrower condition first, or remove the branch"),
        );
    }
}
