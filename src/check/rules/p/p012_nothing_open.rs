//! A live item sends people to a service that cannot be reached today.
//!
//! A card without a single number, address or door that works is a dead end. That happens where every channel of a service is past
//! its last day, or before its first.
//!
//! ## Example
//! ```yaml
//! signposts: [resource/example-cafe]     # its only channel: `from: 2027-01-04`
//! ```
//!
//! ## Instead
//! ```yaml
//! signposts: [resource/example-line]     # until the café opens
//! ```

use crate::check::{Check, FileContext, Reference, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Item, Kind, Singleton};

pub const RULE: Rule = Rule {
    code: "P012",
    name: "nothing-open",
    severity: Severity::Error,
    source: include_str!("p012_nothing_open.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let is_shown = match file.identity {
        Identity::Item { kind, .. } => !matches!(kind, Kind::Evidence | Kind::Hazard) && file.item.is_some_and(Item::is_live),
        Identity::Singleton(singleton) => singleton == Singleton::Site,
        _ => false,
    };
    if !is_shown {
        return;
    }
    let replaced_by = file.item.and_then(Item::resource).and_then(|r| r.replaced_by).map(|r| r.span);
    for reference in file.references().filter(|r| replaced_by != Some(r.span())) {
        one(file, &reference, sink);
    }
}

fn one(file: &FileContext<'_, '_>, reference: &Reference<'_>, sink: &mut Sink<'_>) {
    let is_service = |i: &&Item<'_>| i.kind == Kind::Resource && i.is_live();
    let Some(service) = reference.item(&file.site.content).filter(is_service) else { return };
    let channels = service.resource().map_or(&[] as &[_], |r| r.channels.as_slice());
    let today = file.site.today_text();
    if channels.is_empty() || channels.iter().any(|c| c.is_open_on(today)) {
        return;
    }
    let opens = channels.iter().filter(|c| !c.is_over_on(today)).filter_map(|c| c.from).min_by_key(|d| d.value);
    let message = match opens {
        Some(day) => format!("{} cannot be reached before {}", service.title(), day.value),
        None => format!("{} cannot be reached any more: every channel is past its last day", service.title()),
    };
    let mut finding = file.finding(reference.id_span(), message).label("nothing open");
    if let Some(date) = opens.or_else(|| channels.iter().find_map(|c| c.until)) {
        finding = finding.also(&service.file.path, date.span, "says so");
    }
    sink.push(finding.help("refer to a service that people can reach today"));
}
