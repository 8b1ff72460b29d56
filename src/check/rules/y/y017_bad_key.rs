//! A key that is a list or a map, or no key at all before a colon.
//!
//! Keys are single words. Brackets or braces at the start of a line make YAML read a list or map as the key, and a colon
//! at the start of a line has no key.
//!
//! ## Example
//! ```yaml
//! [phone, text]: "0808 157 0123"
//! ```
//!
//! ## Instead
//! ```yaml
//! value: "0808 157 0123"
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule =
    Rule { code: "Y017", name: "bad-key", severity: Severity::Error, source: include_str!("y017_bad_key.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in &file.file.problems {
        let (message, help) = match problem.kind {
            ProblemKind::ComplexKey => ("a list or a map stands where a key belongs", "write a single word as the key"),
            ProblemKind::NoKey => ("there is no key before this colon", "write the key, or take the colon out"),
            _ => continue,
        };
        sink.push(file.finding(problem.span, message).help(help));
    }
}
