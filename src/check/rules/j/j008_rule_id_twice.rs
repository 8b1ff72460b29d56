//! Two safety rules have the same id.
//!
//! The hazard log names rules by their id, so each has to mean one thing.
//!
//! ## Example
//! ```yaml
//! safety:
//!   - {id: danger, asks_first: danger}
//!   - {id: danger, whenever: {answer: danger, is: yes}, outcome: {in: [outcome/emergency]}}
//! ```
//!
//! ## Instead
//! ```yaml
//! safety:
//!   - {id: danger-is-asked-first, asks_first: danger}
//!   - {id: danger-means-emergency, whenever: {answer: danger, is: yes}, outcome: {in: [outcome/emergency]}}
//! ```

use std::collections::HashMap;

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Item, Singleton, Text};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J008",
    name: "rule-id-twice",
    severity: Severity::Error,
    source: include_str!("j008_rule_id_twice.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let mut ids: Vec<Text<'_>> = Vec::new();
    if let Some(journey) = file.item.and_then(Item::journey) {
        ids.extend(journey.safety.iter().map(|r| r.id));
    }
    if let (Identity::Singleton(Singleton::Safety), Some(safety)) = (file.identity, &file.site.content.safety) {
        ids.extend(safety.outcomes.iter().map(|r| r.id));
        ids.extend(safety.journeys.iter().map(|r| r.id));
        ids.extend(safety.pages.iter().map(|r| r.id));
        ids.sort_by_key(|id| id.span);
    }
    let mut first: HashMap<&str, Span> = HashMap::new();
    for id in ids {
        if let Some(first) = first.get(id.value) {
            let finding = file.finding(id.span, format!("there are two safety rules with the id `{}`", id.value)).label("given again");
            sink.push(finding.also(&file.file.path, *first, "given first here").help("give each an id that says what it demands"));
        } else {
            first.insert(id.value, id.span);
        }
    }
}
