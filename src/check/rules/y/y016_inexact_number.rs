//! A number that would not be kept as it is written.
//!
//! To a program `1.10` and `1.1` are the same number, and of a very long number it keeps only the first digits. A version,
//! a code or a phone number would change its meaning. If every digit matters it is a text: put quotation marks around it.
//!
//! ## Example
//! ```yaml
//! published: 1.10
//! ```
//!
//! ## Instead
//! ```yaml
//! published: "1.10"
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::{ProblemKind, quoted};

pub const RULE: Rule = Rule {
    code: "Y016",
    name: "inexact-number",
    severity: Severity::Error,
    source: include_str!("y016_inexact_number.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in &file.file.problems {
        let ProblemKind::InexactNumber(reads) = &problem.kind else { continue };
        let number = problem.span.of(&file.file.text);
        let finding = file.finding(problem.span, format!("this number would be kept as {reads}")).fix(problem.span, quoted(number));
        sink.push(if number.contains('.') {
            finding.help(format!("put quotation marks around it if every digit matters, or write {reads}"))
        } else {
            finding.help("put quotation marks around it, so that every digit is kept")
        });
    }
}
