//! A second document in one file, or a directive (`%`).
//!
//! Only what stands before the second `---` would be read, and the rest, which a reviewer also sees, would count for
//! nothing. One file holds one item. Directives change how a file is read; none is needed.
//!
//! ## Example
//! ```yaml
//! title: Example helpline
//! ---
//! title: Another helpline
//! ```
//!
//! ## Instead
//! Two files, each with one item.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule = Rule {
    code: "Y014",
    name: "second-document",
    severity: Severity::Error,
    source: include_str!("y014_second_document.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in &file.file.problems {
        let (message, help) = match problem.kind {
            ProblemKind::SecondDocument => {
                ("a second document begins here, and one file holds one item", "put it into a file of its own, or take it out")
            }
            ProblemKind::Directive => ("a line that begins with `%` is an order to YAML readers, which is not allowed", "take it out"),
            _ => continue,
        };
        sink.push(file.finding(problem.span, message).help(help));
    }
}
