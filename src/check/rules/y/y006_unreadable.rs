//! A file or folder that cannot be read.
//!
//! What cannot be read cannot be checked, and would be missing from the site. Most often its permissions are wrong.
//!
//! ## Example
//! A file that only an administrator of the machine may open.
//!
//! ## Instead
//! A file that the person who runs Signpost may read: on Linux and macOS, `chmod u+r FILE`.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Refusal;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y006",
    name: "unreadable",
    severity: Severity::Error,
    source: include_str!("y006_unreadable.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Refusal::Unreadable(why)) = &file.file.refusal else { return };
    sink.push(
        file.finding(Span::default(), format!("this cannot be read: {why}"))
            .help("check its permissions, and whether the disk is in order"),
    );
}
