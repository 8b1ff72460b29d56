//! Nobody has confirmed that the details of a service are right.
//!
//! Services move, close and change their numbers without telling those who list them. A service counts for the safety
//! rules, and says "last confirmed" on its card, only once somebody has held its details against the service itself.
//!
//! ## Example
//! A file `content/resources/example-line.yaml` without `reviews/confirmations/example-line.yaml`.
//!
//! ## Instead
//! ```yaml
//! # reviews/confirmations/example-line.yaml, as `signpost confirm resource/example-line` writes it
//! date: 2026-11-21
//! by: content-lead
//! against: https://example.org/contact
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Item, Kind};

pub const RULE: Rule = Rule {
    code: "P005",
    name: "not-confirmed",
    severity: Severity::Warning,
    source: include_str!("p005_not_confirmed.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let is_service = |i: &&Item<'_>| i.kind == Kind::Resource && i.language.is_none() && i.is_live();
    let Some(item) = file.item.filter(is_service) else { return };
    let path = format!("reviews/confirmations/{}.yaml", item.name);
    // One that is there and cannot be read is found out by the schema.
    if file.site.content.confirmations.contains_key(item.name) || file.site.snapshot.file(&path).is_some() {
        return;
    }
    let finding = file.finding(item.common.title_span(), "nobody has confirmed the details of this service").label("never confirmed");
    sink.push(finding.help(format!("check every number, address and time with the service, then run `signpost confirm {}`", item.id())));
}
