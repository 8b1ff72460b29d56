//! A file of more than 1 MiB.
//!
//! No page that people in distress can read is that long. A file of this size is a mistake, or is meant to stop those who
//! review it, so it is not read at all. Pictures and fonts of the site are not meant: `site-templates/assets/` may hold
//! larger files.
//!
//! ## Example
//! A spreadsheet's export or a scanned leaflet, saved as `content/pages/leaflet.md`.
//!
//! ## Instead
//! Several items of their own, each with what one reader needs.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Refusal;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y002",
    name: "too-large",
    severity: Severity::Error,
    source: include_str!("y002_too_large.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Refusal::TooLarge(bytes)) = file.file.refusal else { return };
    let tenths = ((bytes * 10 + (1 << 19)) >> 20).max(11); // it must not read "1.0 MiB is too large"
    let message = format!("this file has {}.{} MiB, and files of at most 1 MiB are read", tenths / 10, tenths % 10);
    sink.push(file.finding(Span::default(), message).help("split it into several items, or take out what does not belong in it"));
}
