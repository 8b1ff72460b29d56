//! A branch whose condition never holds for anybody who comes to it.
//!
//! It looks as if it caught some people. It catches none.
//!
//! ## Example
//! ```yaml
//! decide:
//!   - {when: {all: [{score: phq-9, at_least: 10}, {score: phq-9, at_most: 4}]}, go: outcome/see-gp}
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - {when: {all: [{score: phq-9, at_least: 5}, {score: phq-9, at_most: 9}]}, go: outcome/see-gp}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "J034",
    name: "never-holds",
    severity: Severity::Error,
    source: include_str!("j034_never_holds.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::NeverHolds { step, branch } = problem else { continue };
        let (name, decision) = &journey.steps[*step];
        sink.push(
            file.finding(decision.decide[*branch].when.span, format!("this never holds for anybody who comes to `{}`", name.value))
                .label("never true here")
                .help("correct the condition, or remove the branch"),
        );
    }
}
