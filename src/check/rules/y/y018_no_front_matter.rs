//! A Markdown item without front matter: the fields between two `---` lines at the top.
//!
//! The front matter holds the title, and who a page is for. Without it the item has no name to show. It begins in the
//! very first line.
//!
//! ## Example
//! ```md
//! # Sleep
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
use crate::load::Content;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y018",
    name: "no-front-matter",
    severity: Severity::Error,
    source: include_str!("y018_no_front_matter.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Content::Markdown { front: None, body } = file.file.content else { return };
    let text = &file.file.text;
    let start = body.start as usize;
    if file.item.is_none() || text[start..].trim().is_empty() {
        return; // an empty file is said as such
    }
    let first = text[start..].lines().next().unwrap_or("");
    let span = Span::new(start, start + first.trim_end().len());
    let finding = file.finding(span, "this item has no front matter");
    // Empty lines or spaces before the fence, or a hyphen too many or too few: what is meant is plain.
    let before = text[start..].len() - text[start..].trim_start().len();
    let line = text[start + before..].lines().next().unwrap_or("").trim_end();
    sink.push(if line.len() >= 2 && line.bytes().all(|b| b == b'-') {
        let fence = Span::new(start, start + before + line.len());
        let finding = file
            .finding(Span::new(start + before, start + before + line.len()), "the front matter has to begin in the first line, with `---`");
        finding.help("let the file begin with exactly three hyphens on a line of their own").fix(fence, "---")
    } else {
        finding
            .label("the first line has to be `---`")
            .help("begin the file with a line `---`, then `title: …` and the other fields, then another line `---`")
    });
}
