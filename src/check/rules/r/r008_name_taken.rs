//! A former name under `was` that something else has now, or that two items claim.
//!
//! Each former name becomes a page that leads to the new one, so that no address that somebody kept ever vanishes. If an
//! item of that name exists, or two items claim it, there is no telling where the old address leads.
//!
//! ## Example
//! ```yaml
//! title: Sleep
//! was: [insomnia]      # and there is a content/topics/insomnia.md
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Sleep
//! was: [sleeping-badly]
//! ```

use std::collections::HashMap;

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Item, Text};

pub const RULE: Rule = Rule {
    code: "R008",
    name: "name-taken",
    severity: Severity::Error,
    source: include_str!("r008_name_taken.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let mut claimed: HashMap<String, (&str, Text<'_>)> = HashMap::new();
    for item in site.content.originals() {
        let path = item.file.path.as_str();
        for was in &item.common.was {
            let id = item.kind.id(was.value);
            if let Some(now) = site.content.named(item.kind, was.value) {
                let finding = Finding::new(path, was.span, format!("`{id}` is not a former name: there is an item with this id"));
                let help = if std::ptr::eq(now, item) {
                    "take it out: it is the name that the item has now"
                } else {
                    "take it out, or rename one of the two"
                };
                sink.push(finding.also(&now.file.path, now.common.title_span(), "has the name").help(help));
            } else if let Some((first, place)) = claimed.get(&id) {
                let finding = Finding::new(path, was.span, format!("`{id}` is claimed as a former name twice"));
                sink.push(finding.also(first, place.span, "claimed first here").help("leave it with the one that took its place"));
            } else {
                claimed.insert(id, (path, *was));
            }
        }
        if let Some(journey) = item.journey() {
            let steps: Vec<_> = journey.steps.iter().map(|(id, step)| (*id, step.was)).collect();
            within(item, "step", &steps, sink);
            for (_, step) in journey.steps.iter() {
                let answers: Vec<_> = step.answers.iter().map(|(id, answer)| (*id, answer.was)).collect();
                within(item, "answer", &answers, sink);
            }
        }
    }
}

/// The same within a journey: former ids of steps, and of answers of one step.
fn within(item: &Item<'_>, what: &str, ids: &[(Text<'_>, Option<Text<'_>>)], sink: &mut Sink<'_>) {
    if ids.iter().all(|(_, was)| was.is_none()) {
        return;
    }
    let path = item.file.path.as_str();
    let now: HashMap<&str, Text<'_>> = ids.iter().map(|(id, _)| (id.value, *id)).collect();
    let mut claimed: HashMap<&str, Text<'_>> = HashMap::new();
    for was in ids.iter().filter_map(|(_, was)| *was) {
        if let Some(taken) = now.get(was.value) {
            let finding =
                Finding::new(path, was.span, format!("`{}` is not a former id: there is {} {what} with this id", was.value, article(what)));
            sink.push(finding.also(path, taken.span, "has the id").help("take `was` out here, or rename the other"));
        } else if let Some(first) = claimed.insert(was.value, was) {
            let finding = Finding::new(path, was.span, format!("`{}` is claimed as a former id twice", was.value));
            sink.push(finding.also(path, first.span, "claimed first here").help("leave it with the one that took its place"));
        }
    }
}

fn article(what: &str) -> &'static str {
    if what.starts_with('a') { "an" } else { "a" }
}
