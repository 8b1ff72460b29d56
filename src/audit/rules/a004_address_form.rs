//! An address that works only because the host completes it.
//!
//! A link to `/topics/sleep` reaches the folder `topics/sleep/` only after the host has answered "add a slash", which
//! costs people on a bad line a second round trip, and one to `/sleep` reaches `sleep.html` on some hosts only. A plain
//! folder of files works the same everywhere.
//!
//! ## Example
//! ```html
//! <a href="../sleep">Sleep</a>
//! ```
//!
//! ## Instead
//! ```html
//! <a href="../sleep/">Sleep</a>
//! ```
//!
//! ## Where it comes from
//! SITE.md: a folder of static files that any host can serve.

use crate::audit::reference::Found;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A004",
    name: "address-form",
    severity: Severity::Advice,
    source: include_str!("a004_address_form.rs"),
    check: Check::File(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    for reference in &view.references {
        match reference.found {
            Found::WithSlash(_) => {
                let finding = view.finding(reference.span, format!("`{}` is a folder: the host has to add a slash", reference.address));
                sink.push(finding.help("write the slash at its end"));
            }
            Found::WithEnding(_) => {
                let finding = view.finding(reference.span, format!("`{}` works only on hosts that add `.html`", reference.address));
                sink.push_as(Severity::Warning, finding.help("write the name of the file as it is"));
            }
            Found::File(_) | Found::Nothing => {}
        }
    }
}
