//! A page that asks another host for something.
//!
//! Whoever runs that host learns who looked at which page, on a site where that says much about a person; and the page
//! waits for it. Fonts, scripts, pictures, frames, styles and hints to connect are all of this kind. Links that people
//! follow are not.
//!
//! ## Example
//! ```html
//! <link rel="preconnect" href="https://fonts.example.com">
//! ```
//!
//! ## Instead
//! ```html
//! <link rel="stylesheet" href="../assets/site.css">
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards: no third-party request.

use crate::audit::reference::{Kind, Target};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A053",
    name: "third-party",
    severity: Severity::Error,
    source: include_str!("a053_third_party.rs"),
    check: Check::File(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    for reference in view.references.iter().filter(|r| matches!(r.kind, Kind::Load | Kind::Hint | Kind::Send)) {
        let Target::Elsewhere { host, .. } = &reference.target else { continue };
        let what = match reference.kind {
            Kind::Hint => "gets ready to ask",
            Kind::Send => "sends what people fill in to",
            _ => "asks",
        };
        let finding = view.finding(reference.span, format!("this {what} another host, {host}"));
        sink.push(finding.help("keep a copy on this site, or let people follow a link"));
    }
}
