//! An address without encryption.
//!
//! Whoever sits between can read which help somebody looks for, and change what they get to see. What a page fetches or
//! sends is never `http:`; a link that people follow ought not to be (a warning).
//!
//! ## Example
//! ```html
//! <img src="http://example.org/map.png" alt="Map">
//! ```
//!
//! ## Instead
//! ```html
//! <img src="../assets/map.png" alt="Map">
//! ```
//!
//! ## Where it comes from
//! W3C, Mixed Content.

use crate::audit::reference::{Kind, Target};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A056",
    name: "unencrypted",
    severity: Severity::Error,
    source: include_str!("a056_unencrypted.rs"),
    check: Check::File(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    for reference in &view.references {
        let Target::Elsewhere { is_encrypted: false, host } = &reference.target else { continue };
        let severity = match reference.kind {
            Kind::Load | Kind::Hint | Kind::Send | Kind::Refresh => Severity::Error,
            Kind::Link | Kind::Say | Kind::Entry => Severity::Warning,
        };
        let finding = view.finding(reference.span, format!("this address of {host} is not encrypted"));
        sink.push_as(severity, finding.help("write `https:`"));
    }
}
