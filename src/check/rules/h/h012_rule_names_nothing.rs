//! A safety rule controls a hazard that is not open, or speaks of an urgency that does not exist.
//!
//! Rule and hazard log belong together: whoever closes a hazard thinks that nothing depends on it any more, and whoever
//! reads the rule thinks that it guards against something. A rule for a level that is not on the scale applies to nobody.
//!
//! ## Example
//! ```yaml
//! # content/safety.yaml
//! outcomes:
//!   - id: urgent-help-works-without-speaking
//!     for: {acuity: {at_least: urgnet}}
//! ```
//!
//! ## Instead
//! ```yaml
//! # content/safety.yaml
//! outcomes:
//!   - id: urgent-help-works-without-speaking
//!     for: {acuity: {at_least: urgent}}
//! ```

use crate::check::rules::r::r001_no_such_item::no_level;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{HazardState, Identity, Item, Scope, Singleton, Text};

pub const RULE: Rule = Rule {
    code: "H012",
    name: "rule-names-nothing",
    severity: Severity::Error,
    source: include_str!("h012_rule_names_nothing.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let mut hazards: Vec<Text<'_>> = Vec::new();
    if let Some(journey) = file.item.and_then(Item::journey) {
        hazards.extend(journey.safety.iter().filter_map(|r| r.hazard));
    }
    if let (Identity::Singleton(Singleton::Safety), Some(safety)) = (file.identity, &file.site.content.safety) {
        hazards.extend(safety.outcomes.iter().filter_map(|r| r.hazard));
        hazards.extend(safety.journeys.iter().filter_map(|r| r.hazard));
        hazards.extend(safety.pages.iter().filter_map(|r| r.hazard));
        for scope in safety.outcomes.iter().map(|r| &r.scope).chain(safety.journeys.iter().map(|r| &r.scope)) {
            if let Scope::Some { acuity: Some(from), .. } = scope {
                sink.extend(no_level(file, from.at_least));
            }
        }
    }
    for named in hazards {
        let Some(item) = file.site.content.get(named.value) else { continue };
        let word = match item.hazard().map(|h| h.state) {
            Some(HazardState::Closed) => "closed",
            Some(HazardState::Transferred) => "transferred",
            _ => continue,
        };
        let state = item.data.and_then(|d| d.get("state")).map(|n| n.span()).unwrap_or_default();
        let finding = file.finding(named.span, format!("`{}` is {word}, and this rule controls it", named.value)).label(word);
        sink.push(finding.also(&item.file.path, state, "says so").help("open the hazard again, or take it out here"));
    }
}
