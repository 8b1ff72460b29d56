//! A step that no answers lead to, though the arrows do.
//!
//! The conditions on the way exclude each other. What the step asks or says reaches nobody, and its author believes that it
//! does.
//!
//! ## Example
//! ```yaml
//! decide:
//!   - {when: {score: phq-9, at_least: 10}, go: more}
//! more:
//!   decide:
//!     - {when: {score: phq-9, at_most: 4}, go: never-asked}
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - {when: {score: phq-9, at_least: 10}, go: more}
//! more:
//!   decide:
//!     - {when: {score: phq-9, at_least: 20}, go: asked-of-some}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "J032",
    name: "unreached-in-fact",
    severity: Severity::Error,
    source: include_str!("j032_unreached_in_fact.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::UnreachedStep { step } = problem else { continue };
        let (name, _) = &journey.steps[*step];
        sink.push(
            file.finding(name.span, format!("no answers lead to the step `{}`", name.value))
                .label("nobody comes here")
                .help("look at the conditions on the way: they cannot hold together"),
        );
    }
}
