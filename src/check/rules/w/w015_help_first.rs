//! A page on suicide, self-harm or abuse that does not begin with help, or names no listening service at any hour.
//!
//! Somebody may open such a page in the worst hour of their life and read no further than its first lines. So the first
//! thing in its text is help: a care card, the card of a service, or a text that is embedded. And at least one service to
//! talk or text with has to be there day and night, since an emergency service is not what everybody needs.
//!
//! Applies to guides, pages and endings with `sensitive`. A listening service is a live helpline or crisis service with a
//! channel open `24/7`, under `signposts`, embedded in the text, or in a text that is embedded.
//!
//! ## Example
//! ```md
//! ---
//! title: Suicidal thoughts
//! sensitive: [suicide]
//! ---
//! Many people have thoughts of suicide.
//! ```
//!
//! ## Instead
//! ```md
//! ---
//! title: Suicidal thoughts
//! sensitive: [suicide]
//! signposts: [resource/samaritans]
//! ---
//! > [!EMERGENCY] Call 999 or go to A&E if:
//! >
//! > - your life is in danger
//! ```
//!
//! ## Where it comes from
//! Samaritans, media guidelines: always give sources of support. NHS.uk, the order of "Where to get urgent help for
//! mental health".

use super::is_retired;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::hours::Hours;
use crate::markdown::Body;
use crate::model::{Item, Kind, Resource, ResourceType};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "W015",
    name: "help-first",
    severity: Severity::Warning,
    source: include_str!("w015_help_first.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item.filter(|i| matches!(i.kind, Kind::Topic | Kind::Page | Kind::Outcome) && !is_retired(file)) else { return };
    if item.common.sensitive.is_empty() {
        return;
    }
    let Some(body) = file.body() else { return };
    let place = item.data.and_then(|d| d.entry("sensitive")).map_or(item.common.title_span(), |e| e.key);
    if let Some(span) = not_help(file, body, place) {
        let finding = file.finding(span, "a sensitive page has to begin with help");
        sink.push(if span == place {
            finding.help("begin its text with a care card, the card of a service or an embedded text")
        } else {
            finding
                .also(&file.file.path, place, "marked as sensitive")
                .help("put a care card, the card of a service or an embedded text before this")
        });
    }
    if !has_listener(file, item, body) {
        sink.push(
            file.finding(place, "no listening service is named here that is there day and night")
                .help("signpost to a helpline or crisis service with a channel open `24/7`"),
        );
    }
}

/// What the text begins with, where that is no help. A heading above the help is fine.
fn not_help(file: &FileContext<'_, '_>, body: &Body, place: Span) -> Option<Span> {
    let is_heading = |span: Span| body.headings.iter().any(|h| h.span.start == span.start);
    let Some(first) = body.prose.iter().filter(|p| !is_heading(p.span)).min_by_key(|p| p.span.start) else { return Some(place) };
    let is_card = body.cards.iter().any(|c| c.marker.is_care_card() && c.span.contains(first.span.start));
    let urgent_page = file.site.content.site.as_ref().and_then(|s| s.emergency_help.as_ref()?.page).map(|p| p.value);
    let is_embed = body.links.iter().any(|l| {
        let leads_to_help = matches!(Kind::split(&l.to), Some((Kind::Resource | Kind::Partial, _))) || urgent_page == Some(l.to.as_str());
        l.is_standalone && l.span == first.span && leads_to_help
    });
    (!is_card && !is_embed).then_some(first.span)
}

fn has_listener(file: &FileContext<'_, '_>, item: &Item<'_>, body: &Body) -> bool {
    let content = &file.site.content;
    let mut seen: Vec<String> = vec![item.id()];
    let mut open: Vec<String> = item.signposts().iter().map(|s| s.value.to_owned()).collect();
    open.extend(embedded(body));
    while let Some(id) = open.pop() {
        if seen.contains(&id) {
            continue;
        }
        if let Some(found) = content.get(&id) {
            if found.resource().is_some_and(|r| found.is_live() && listens(file, r)) {
                return true;
            }
            if found.kind == Kind::Partial {
                open.extend(found.signposts().iter().map(|s| s.value.to_owned()));
                open.extend(file.text_of(found).iter().flat_map(embedded));
            }
        }
        seen.push(id);
    }
    false
}

fn embedded(body: &Body) -> impl Iterator<Item = String> {
    body.links.iter().filter(|l| l.is_standalone).map(|l| l.to.clone())
}

fn listens(file: &FileContext<'_, '_>, resource: &Resource<'_>) -> bool {
    let today = file.site.today_text();
    let is_listener = matches!(resource.ty, ResourceType::Helpline | ResourceType::CrisisService);
    let never_closes = |hours: &str| Hours::parse(hours).is_ok_and(|h| h.is_always_open());
    is_listener && resource.channels.iter().any(|c| c.is_open_on(today) && c.hours.is_some_and(|h| never_closes(h.value)))
}
