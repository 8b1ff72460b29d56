//! A YAML tag (`!name`).
//!
//! A tag changes what a value is, and programs differ in what they make of it. Values are text, numbers, `true` and
//! `false`, lists and maps, told apart by how they are written. A text that begins with `!` needs quotation marks.
//!
//! ## Example
//! ```yaml
//! published: !!str 2019
//! ```
//!
//! ## Instead
//! ```yaml
//! published: "2019"
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule =
    Rule { code: "Y013", name: "tag", severity: Severity::Error, source: include_str!("y013_tag.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in file.file.problems.iter().filter(|p| p.kind == ProblemKind::Tag) {
        let tag = problem.span.of(&file.file.text);
        let finding = file.finding(problem.span, format!("`{tag}` gives this value a type of its own (a tag), which is not allowed"));
        sink.push(finding.help("take it out; to make a number a text, or if it is part of the text, put quotation marks around the text"));
    }
}
