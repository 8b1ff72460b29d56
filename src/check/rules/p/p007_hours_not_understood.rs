//! Opening hours that are not understood.
//!
//! Hours are shown in words, and tell people whether somebody will answer now. What cannot be read, or cannot be said truly
//! in words, would leave them out or show them wrong. Days are `Mo Tu We Th Fr Sa Su`, bank holidays `PH`, times are those
//! of the 24-hour clock.
//!
//! ## Example
//! ```yaml
//! hours: Mon-Fri 9am-5pm
//! ```
//!
//! ## Instead
//! ```yaml
//! hours: Mo-Fr 09:00-17:00; PH off
//! ```
//!
//! ## Where it comes from
//! The syntax is OpenStreetMap's `opening_hours`.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Mark;

pub const RULE: Rule = Rule {
    code: "P007",
    name: "hours-not-understood",
    severity: Severity::Error,
    source: include_str!("p007_hours_not_understood.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for marked in file.marked().iter().filter(|m| matches!(m.mark, Mark::Format(f) if f == "opening-hours")) {
        let Some(text) = marked.node.str() else { continue };
        if let Err(error) = file.site.hours.read(text).as_ref() {
            let place = if error.span.is_empty() { marked.node.span() } else { marked.node.span_within(error.span.clone()) };
            let mut finding = file.finding(place, &error.message).label("in the opening hours").help(&error.help);
            if let Some(instead) = &error.instead {
                finding = finding.fix(place, instead);
            }
            sink.push(finding);
        }
    }
}
