//! An item of an instrument has no answers: neither its own nor shared ones.
//!
//! It would be asked, and nobody could answer it.
//!
//! ## Example
//! ```yaml
//! items:
//!   tense: {ask: I felt tense}
//! ```
//!
//! ## Instead
//! ```yaml
//! answers:
//!   never: {label: Never, points: 0}
//!   often: {label: Often, points: 1}
//! items:
//!   tense: {ask: I felt tense}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::Item;

pub const RULE: Rule = Rule {
    code: "J017",
    name: "item-without-answers",
    severity: Severity::Error,
    source: include_str!("j017_item_without_answers.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(instrument) = file.item.and_then(Item::instrument) else { return };
    let lost: Vec<_> = instrument.items.iter().filter(|(_, item)| instrument.answers_of(item).is_empty()).map(|(id, _)| *id).collect();
    let Some(first) = lost.first() else { return };
    let names = codes(lost.iter().map(|id| id.value), "and");
    let message = if lost.len() == 1 { format!("the item {names} has no answers") } else { format!("the items {names} have no answers") };
    sink.push(file.finding(first.span, message).help("add `answers` that all items share, or give the item its own"));
}
