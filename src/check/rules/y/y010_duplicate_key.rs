//! A key is given twice in the same map.
//!
//! Of two values only one can count, and which one differs from program to program: a phone number could be checked in
//! one place and published from the other. Remove one of them.
//!
//! ## Example
//! ```yaml
//! title: Sleep
//! title: Sleep and rest
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Sleep and rest
//! ```
//!
//! ## Where it comes from
//! YAML 1.2.2, section 3.2.1.1: the keys of a mapping are unique.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule = Rule {
    code: "Y010",
    name: "duplicate-key",
    severity: Severity::Error,
    source: include_str!("y010_duplicate_key.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in &file.file.problems {
        let ProblemKind::DuplicateKey { key, first } = &problem.kind else { continue };
        sink.push(
            file.finding(problem.span, format!("the key `{key}` is given twice"))
                .label("given again")
                .also(&file.file.path, *first, "given first here")
                .help("remove one of the two"),
        );
    }
}
