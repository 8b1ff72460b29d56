//! An anchor (`&name`) or an alias (`*name`).
//!
//! They make one place in a file stand for another, so that a reviewer does not see what is said where, and a few lines
//! can unfold into millions. Write the value out where it is needed. A text that begins with `&` or `*` needs quotation
//! marks.
//!
//! ## Example
//! ```yaml
//! cost: &free Free from all phones
//! summary: *free
//! ```
//!
//! ## Instead
//! ```yaml
//! cost: Free from all phones
//! summary: Free from all phones
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule = Rule {
    code: "Y011",
    name: "anchor-or-alias",
    severity: Severity::Error,
    source: include_str!("y011_anchor_or_alias.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in &file.file.problems {
        let name = problem.span.of(&file.file.text);
        let (message, help) = match problem.kind {
            ProblemKind::Anchor => (
                format!("`{name}` names this value for use elsewhere (an anchor), which is not allowed"),
                "take it out; if it is part of the text, put quotation marks around the text",
            ),
            ProblemKind::Alias => (
                format!("`{name}` stands for a value somewhere else (an alias), which is not allowed"),
                "write the value out here; if the star is part of the text, put quotation marks around the text",
            ),
            _ => continue,
        };
        sink.push(file.finding(problem.span, message).help(help));
    }
}
