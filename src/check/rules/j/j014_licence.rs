//! A live journey uses an instrument whose licence does not allow its items to be published.
//!
//! Many published questionnaires may be named and not shown. To publish one all the same takes away from those who made
//! it, and can force the journey offline on a bad day.
//!
//! ## Example
//! ```yaml
//! # content/instruments/example-scale.yaml
//! licence: {terms: Ask the publisher., source: https://example.org, item_text: not-allowed}
//!
//! # content/journeys/mood.yaml
//! scale: {use: instrument/example-scale, go: result}
//! ```
//!
//! ## Instead
//! ```yaml
//! # content/journeys/mood.yaml
//! scale: {use: instrument/phq-9, go: result}
//! ```

use crate::check::outline::Outline;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Item, ItemText};

pub const RULE: Rule =
    Rule { code: "J014", name: "licence", severity: Severity::Error, source: include_str!("j014_licence.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.filter(|i| i.is_live()).and_then(|i| Outline::of(file.site, i)) else { return };
    for (_, step) in outline.steps() {
        let Some(uses) = step.uses else { continue };
        let Some(item) = file.site.content.get(uses.value) else { continue };
        let Some(instrument) = Item::instrument(item).filter(|i| i.licence.item_text.value == ItemText::NotAllowed) else { continue };
        let message = format!("the licence of `{}` does not allow its items to be published", uses.value);
        let finding = file.finding(uses.span, message).also(&item.file.path, instrument.licence.item_text.span, "says so");
        sink.push(finding.help("use an instrument whose licence allows it, or ask the owner and write down the answer under `licence`"));
    }
}
