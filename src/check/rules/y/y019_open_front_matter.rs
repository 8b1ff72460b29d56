//! Front matter that is never closed.
//!
//! The fields at the top of a Markdown file end with a line `---`. Without it the whole page would be read as fields, and
//! nothing of it could be shown.
//!
//! ## Example
//! ```md
//! ---
//! title: Sleep
//!
//! How to sleep better.
//! ```
//!
//! ## Instead
//! ```md
//! ---
//! title: Sleep
//! ---
//! How to sleep better.
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Refusal;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y019",
    name: "open-front-matter",
    severity: Severity::Error,
    source: include_str!("y019_open_front_matter.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if file.file.refusal != Some(Refusal::UnclosedFrontMatter) {
        return;
    }
    let text = &file.file.text;
    let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
    let finding = file.finding(Span::new(start, start + 3), "the front matter that begins here is not closed");
    let mut at = 0;
    for line in text.split_inclusive('\n') {
        let fence = line.trim();
        if at > start && fence.len() >= 2 && fence.bytes().all(|b| b == b'-') {
            let span = Span::new(at, at + line.trim_end().len());
            let finding = finding.also(&file.file.path, span, "did you mean this line?");
            return sink.push(finding.help("close it with exactly three hyphens, `---`, at the start of a line").fix(span, "---"));
        }
        at += line.len();
    }
    sink.push(finding.help("write a line `---` after the last field"));
}
