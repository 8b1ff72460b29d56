//! A text with a colon and a space in it, without quotation marks.
//!
//! A colon followed by a space ends a key in YAML, so such a text cannot be read. Put quotation marks around it.
//!
//! ## Example
//! ```yaml
//! summary: Helpline: free and open all night
//! ```
//!
//! ## Instead
//! ```yaml
//! summary: "Helpline: free and open all night"
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::{ProblemKind, quoted};

pub const RULE: Rule = Rule {
    code: "Y008",
    name: "unquoted-colon",
    severity: Severity::Error,
    source: include_str!("y008_unquoted_colon.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in file.file.problems.iter().filter(|p| p.kind == ProblemKind::UnquotedColon) {
        let text = quoted(problem.span.of(&file.file.text));
        sink.push(
            file.finding(problem.span, "a text with a colon in it needs quotation marks")
                .label("reads as one key too many")
                .help(format!("write {text}"))
                .fix(problem.span, text),
        );
    }
}
