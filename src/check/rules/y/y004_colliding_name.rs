//! Two files whose paths differ only in upper and lower case, or in the form of an accent.
//!
//! On Windows and macOS they are one file: whoever checks out the repository there gets one of the two, and cannot tell
//! which. What was reviewed would not be what is published.
//!
//! ## Example
//! `content/topics/sleep.md` and `content/topics/Sleep.md`.
//!
//! ## Instead
//! `content/topics/sleep.md` and `content/topics/sleep-in-pregnancy.md`.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Refusal;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y004",
    name: "colliding-name",
    severity: Severity::Error,
    source: include_str!("y004_colliding_name.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Refusal::Collides(other)) = &file.file.refusal else { return };
    let path = &file.file.path;
    let what = if other.to_lowercase() == path.to_lowercase() { "upper and lower case" } else { "the form of its letters" };
    let finding = file.finding(Span::default(), format!("the path of this file differs from `{other}` only in {what}"));
    sink.push(finding.help("rename or remove one of them: on Windows and macOS they are one and the same"));
}
