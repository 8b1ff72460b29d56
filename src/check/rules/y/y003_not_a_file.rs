//! A symbolic link, a git submodule or a special file among the content.
//!
//! A link shows reviewers one thing today and readers another tomorrow, because what it leads to can change without
//! this repository changing. So only plain files are read, from the working tree and from git alike.
//!
//! ## Example
//! `content/topics/sleep.md` as a link to `../../shared/sleep.md`.
//!
//! ## Instead
//! The file itself. Text that several items share is a partial that they embed.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::{NotAFile, Refusal};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y003",
    name: "not-a-file",
    severity: Severity::Error,
    source: include_str!("y003_not_a_file.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Refusal::NotAFile(what)) = file.file.refusal else { return };
    let (what, help) = match what {
        NotAFile::Link => ("a symbolic link", "put the file itself here instead of the link"),
        NotAFile::Submodule => ("a git repository of its own (a submodule)", "put its files into this repository"),
        NotAFile::Special => ("no plain file", "remove it"),
    };
    sink.push(file.finding(Span::default(), format!("this is {what}, and only plain files are read")).help(help));
}
