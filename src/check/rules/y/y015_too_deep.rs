//! Lists and maps nested more than 64 deep.
//!
//! No item is written like that. Such nesting is a mistake or an attempt to bring programs to a halt, so the file is not
//! read further.
//!
//! ## Example
//! A hundred opening brackets in a row.
//!
//! ## Instead
//! The shapes that `signpost schema KIND` shows: none is more than ten deep.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::{MAX_DEPTH, ProblemKind};

pub const RULE: Rule =
    Rule { code: "Y015", name: "too-deep", severity: Severity::Error, source: include_str!("y015_too_deep.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in file.file.problems.iter().filter(|p| p.kind == ProblemKind::TooDeep) {
        let finding = file.finding(problem.span, format!("lists and maps are nested more than {MAX_DEPTH} deep here"));
        sink.push(finding.help("look for brackets or hyphens that are too many"));
    }
}
