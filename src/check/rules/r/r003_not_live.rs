//! A live item refers to one that is a draft or retired.
//!
//! What is a draft is not published, and what is retired is no longer offered: the reader would be sent to a page that is
//! not there, or to a service that has ended. A draft may refer to anything until it goes live itself.
//!
//! ## Example
//! ```yaml
//! signposts:
//!   - resource/example-old-line     # status: retired, replaced_by: resource/example-line
//! ```
//!
//! ## Instead
//! ```yaml
//! signposts:
//!   - resource/example-line
//! ```

use crate::check::{Check, Context, FileContext, Reference, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Item, Singleton, Status};

pub const RULE: Rule =
    Rule { code: "R003", name: "not-live", severity: Severity::Error, source: include_str!("r003_not_live.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let content = &file.site.content;
    let is_live = match file.identity {
        // A translation is published only with its original.
        Identity::Item { kind, name, .. } => file.item.is_some_and(Item::is_live) && content.named(kind, name).is_none_or(Item::is_live),
        Identity::Singleton(Singleton::Site) => return, // a rule of its own says what that means
        Identity::Singleton(_) => true,
        _ => false,
    };
    if !is_live {
        return;
    }
    // What replaces a service may still be in the making; what the site requires has a rule of its own.
    let mut exempt: Vec<_> = file.item.and_then(Item::resource).and_then(|r| r.replaced_by).map(|r| r.span).into_iter().collect();
    if file.identity == Identity::Singleton(Singleton::Safety) {
        exempt.extend(content.safety.iter().flat_map(|s| &s.required).map(|r| r.span));
    }
    for reference in file.references() {
        if !exempt.iter().any(|e| e.contains(reference.span().start)) {
            one(file, &reference, sink);
        }
    }
}

fn one(file: &FileContext<'_, '_>, reference: &Reference<'_>, sink: &mut Sink<'_>) {
    let Some(target) = reference.item(&file.site.content) else { return };
    let (id, status) = (target.id(), target.status());
    if status == Status::Live {
        return;
    }
    let word = if status == Status::Draft { "a draft" } else { "retired" };
    let what = if file.item.is_some() { "a live item" } else { "the site" };
    let mut finding = file.finding(reference.id_span(), format!("`{id}` is {word}, and {what} refers to it")).label(word);
    if let Some(node) = target.data.and_then(|d| d.get("status")) {
        finding = finding.also(&target.file.path, node.span(), "says so");
    }
    sink.push(finding.help(remedy(file.site, target)));
}

/// What to do about a reference to an item that is not live.
pub(super) fn remedy(site: &Context<'_>, target: &Item<'_>) -> String {
    if target.status() == Status::Draft {
        return format!("make `{}` live, or take the reference out until it is", target.id());
    }
    match site.content.replacement(target) {
        Some(now) => format!("it is replaced by `{}`: refer to that", now.id()),
        None => "take the reference out, or refer to what takes its place".to_owned(),
    }
}
