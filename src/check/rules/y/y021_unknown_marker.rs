//! A block quote that opens with a marker nobody knows, or a marker outside a block quote.
//!
//! Markers make the care cards that tell people how urgent help is. A card with a misspelt marker would look like any
//! quotation, and nobody would see that it is urgent. There are `[!EMERGENCY]`, `[!URGENT]`, `[!NON-URGENT]`,
//! `[!CALLOUT]` and `[!INSET]`.
//!
//! ## Example
//! ```md
//! > [!EMERGANCY] Call 999 now if:
//! ```
//!
//! ## Instead
//! ```md
//! > [!EMERGENCY] Call 999 now if:
//! ```
//!
//! ## Where it comes from
//! The care cards of the NHS digital service manual.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::{Marker, Refusal};
use crate::model::suggest;

pub const RULE: Rule = Rule {
    code: "Y021",
    name: "unknown-marker",
    severity: Severity::Error,
    source: include_str!("y021_unknown_marker.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for (refusal, span) in file.body().into_iter().flat_map(|b| &b.refusals) {
        match refusal {
            Refusal::UnknownMarker(word) => {
                let finding = file.finding(*span, format!("there is no marker `[!{word}]`"));
                let words = Marker::ALL.iter().map(|(w, _)| *w);
                sink.push(match suggest(word.trim(), words).map(|w| format!("[!{w}]")) {
                    Some(marker) => finding.did_you_mean(Some(&marker)).fix(*span, marker),
                    None => finding.help("the markers are `[!EMERGENCY]`, `[!URGENT]`, `[!NON-URGENT]`, `[!CALLOUT]` and `[!INSET]`"),
                });
            }
            Refusal::StrayMarker => {
                let finding = file.finding(*span, "a marker has to be the first thing in a block quote");
                sink.push(finding.help("begin each line of the card with `> `, and leave an empty line above it"));
            }
            _ => {}
        }
    }
}
