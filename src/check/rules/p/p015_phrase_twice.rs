//! The same search phrase in two campaigns.
//!
//! The two would bid against each other, and which page somebody lands on who types the phrase would be chance.
//!
//! ## Example
//! ```yaml
//! # content/campaigns/cant-sleep.yaml and content/campaigns/mind-racing.yaml
//! phrases: [can't switch off at night]
//! ```
//!
//! ## Instead
//! The phrase in the one campaign whose page answers it better.

use std::collections::HashMap;

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::Status;

pub const RULE: Rule = Rule {
    code: "P015",
    name: "phrase-twice",
    severity: Severity::Warning,
    source: include_str!("p015_phrase_twice.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let mut seen = HashMap::new();
    for (item, campaign) in site.content.campaigns().filter(|(i, _)| i.status() != Status::Retired) {
        for phrase in &campaign.phrases {
            let words = phrase.replace(['’', '‘'], "'").to_lowercase().split_whitespace().collect::<Vec<_>>().join(" ");
            let Some((first, span)) = seen.insert(words, (item, phrase.span)) else { continue };
            let message = match first.name == item.name {
                true => format!("the phrase `{}` stands twice in this campaign", phrase.value),
                false => format!("the phrase `{}` is one of `{}` as well", phrase.value, first.id()),
            };
            let finding = Finding::new(&item.file.path, super::words(item.file, *phrase), message).label("again").also(
                &first.file.path,
                span,
                "first here",
            );
            sink.push(finding.help("leave it in one place"));
        }
    }
}
