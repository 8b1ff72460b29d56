//! A link to an item that has no page, or a paragraph of its own for one that cannot be embedded.
//!
//! Partials, instruments, hazards and evidence have no page, so a link to one leads nowhere. A paragraph that is nothing
//! but one link embeds what it leads to: a service as its card, a partial as its text, a journey as its start button, a
//! topic or page as a link card. The rest has no such form.
//!
//! ## Example
//! ```md
//! [Get help today](outcome/urgent-today)
//! ```
//!
//! ## Instead
//! ```md
//! If it cannot wait, [get help today](outcome/urgent-today).
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Kind};

pub const RULE: Rule = Rule {
    code: "R006",
    name: "cannot-be-shown",
    severity: Severity::Error,
    source: include_str!("r006_cannot_be_shown.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    // Within a journey's information screen nothing is embedded.
    let embeds = matches!(file.identity, Identity::Item { kind, .. } if kind.extension() == "md");
    for reference in file.references() {
        let (Some(link), Some((kind, _))) = (reference.link(), reference.target()) else { continue };
        let id = reference.id();
        let is_embed = link.is_standalone && embeds;
        let (message, help) = match kind {
            Kind::Resource | Kind::Journey | Kind::Topic | Kind::Page => continue,
            Kind::Partial if is_embed => continue,
            Kind::Partial => {
                (format!("`{id}` has no page that a link could lead to"), "give it a paragraph of its own, which then shows its text")
            }
            Kind::Evidence => (
                format!("`{id}` has no page that a link could lead to"),
                "list it under `evidence`: sources are shown at the foot of the page",
            ),
            Kind::Hazard => {
                (format!("`{id}` has no page that a link could lead to"), "list it under `hazards`: reviewers see it beside a change")
            }
            Kind::Instrument => (format!("`{id}` has no page that a link could lead to"), "link to the journey that uses it"),
            Kind::Outcome | Kind::Area | Kind::Campaign if is_embed => {
                (format!("`{id}` cannot stand as a paragraph of its own"), "make the link part of a sentence")
            }
            Kind::Outcome | Kind::Area | Kind::Campaign => continue,
        };
        sink.push(file.finding(reference.id_span(), message).help(help));
    }
}
