//! A number that is too small or too large.
//!
//! An age of 200, a severity of 7 on a scale of 5 or a check every 0 days is a slip of the finger that later sums would
//! take for true.
//!
//! ## Example
//! ```yaml
//! initial: {severity: 7, likelihood: 2}
//! ```
//!
//! ## Instead
//! ```yaml
//! initial: {severity: 5, likelihood: 2}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "S007",
    name: "out-of-range",
    severity: Severity::Error,
    source: include_str!("s007_out_of_range.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Range(least, most) = &violation.problem else { continue };
        let bounds = match (least, most) {
            (Some(least), Some(most)) => format!("from {least} to {most}"),
            (Some(least), None) => format!("at least {least}"),
            (None, Some(most)) => format!("at most {most}"),
            (None, None) => "another number".to_owned(),
        };
        let number = violation.node.scalar().unwrap_or("this");
        let finding = file.finding(violation.span, format!("{} is {number}, and has to be {bounds}", violation.subject()));
        sink.push(violation.explain(finding));
    }
}
