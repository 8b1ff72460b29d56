//! A path with characters that no file of content needs.
//!
//! Control characters, characters that cannot be seen and backslashes make a path look like another one, or lead out of
//! the folder on some machines. Such a file is not read.
//!
//! ## Example
//! `content/topics/sleep\u{202e}dm.md`: the character U+202E turns the end of the name around.
//!
//! ## Instead
//! `content/topics/sleep.md`: lower-case letters, digits and hyphens.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Refusal;
use crate::source::{Span, is_hidden};

pub const RULE: Rule =
    Rule { code: "Y005", name: "bad-path", severity: Severity::Error, source: include_str!("y005_bad_path.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if file.file.refusal != Some(Refusal::BadPath) {
        return;
    }
    let path = &file.file.path;
    let bad = path.chars().find(|c| c.is_control() || is_hidden(*c) || *c == '\\');
    let message = match bad {
        Some('\\') => "the path of this file has a backslash in it".to_owned(),
        Some(c) => format!("the path of this file has the character U+{:04X} in it", u32::from(c)),
        None if path.contains('\u{fffd}') => "the path of this file is not UTF-8".to_owned(),
        None => "the path of this file has a part that leads elsewhere".to_owned(),
    };
    sink.push(file.finding(Span::default(), message).help("rename it with lower-case letters, digits and hyphens"));
}
