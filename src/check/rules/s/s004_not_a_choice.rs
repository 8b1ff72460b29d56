//! A value that is none of those that can be chosen from.
//!
//! Where only a few words mean something, any other word would mean nothing to the program: a misspelt status would
//! publish a draft, a misspelt card would look like ordinary text.
//!
//! ## Example
//! ```yaml
//! type: helplin
//! ```
//!
//! ## Instead
//! ```yaml
//! type: helpline
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::list;
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "S004",
    name: "not-a-choice",
    severity: Severity::Error,
    source: include_str!("s004_not_a_choice.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Choice { options, suggestion } = &violation.problem else { continue };
        let value = violation.node.scalar().unwrap_or("this");
        let finding = file.finding(violation.span, format!("`{value}` is nothing that {} can be", violation.subject()));
        let finding = violation.owned(finding);
        sink.push(match suggestion {
            Some(s) => finding.did_you_mean(Some(s)).fix(violation.span, s.clone()),
            None => finding.help(format!("write {}", list(options, "or"))),
        });
    }
}
