//! A confirmation of a service that does not exist.
//!
//! It confirms nothing, and the service that was meant stays unconfirmed. Most often the service was renamed, or the file is misspelt.
//!
//! ## Example
//! `reviews/confirmations/samaritan.yaml`, where the service is `resource/samaritans`.
//!
//! ## Instead
//! `reviews/confirmations/samaritans.yaml`

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Kind, suggest};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "P022",
    name: "confirms-nothing",
    severity: Severity::Error,
    source: include_str!("p022_confirms_nothing.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Identity::Confirmation(name) = file.identity else { return };
    let content = &file.site.content;
    if content.named(Kind::Resource, name).is_some() {
        return;
    }
    // The mistake is in the file's name; the finding stands at its first line.
    let end = file.file.text.find('\n').unwrap_or(file.file.text.len());
    let finding = file.finding(Span::new(0, end), format!("there is no service `resource/{name}` to confirm")).label("confirms nothing");
    let folder = "reviews/confirmations";
    sink.push(match content.renamed(&Kind::Resource.id(name)) {
        Some(now) => finding.help(format!("it is called `{}` now: rename this file to {folder}/{}.yaml", now.id(), now.name)),
        None => match suggest(name, content.resources().map(|(i, _)| i.name)) {
            Some(near) => finding.help(format!("did you mean {folder}/{near}.yaml?")),
            None => finding.help("remove the file, or give it the name of the service"),
        },
    });
}
