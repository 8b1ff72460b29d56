//! A merge key (`<<:`).
//!
//! It brings in keys from another place, so that a reviewer does not see what an item says. Write the keys out.
//!
//! ## Example
//! ```yaml
//! channels:
//!   - {<<: *main, hours: 24/7}
//! ```
//!
//! ## Instead
//! ```yaml
//! channels:
//!   - {type: phone, value: "0808 157 0123", hours: 24/7}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule = Rule {
    code: "Y012",
    name: "merge-key",
    severity: Severity::Error,
    source: include_str!("y012_merge_key.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in file.file.problems.iter().filter(|p| p.kind == ProblemKind::MergeKey) {
        let finding = file.finding(problem.span, "`<<` brings in keys from elsewhere (a merge key), which is not allowed");
        sink.push(finding.help("write the keys out here"));
    }
}
