//! A reference or a link leads to an item that does not exist.
//!
//! A reader would meet a gap where help was promised: the card, link or journey cannot be shown. A reference is the
//! full id of an item, `kind/name`, whatever folder its file lies in.
//!
//! ## Example
//! ```yaml
//! signposts:
//!   - resource/samaritan
//! ```
//!
//! ## Instead
//! ```yaml
//! signposts:
//!   - resource/samaritans
//! ```
//!
//! An item that was renamed is found under its former name as well; the finding then offers the new one, and
//! `signpost check --fix` writes it.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Kind, suggest};
use crate::schema::Mark;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "R001",
    name: "no-such-item",
    severity: Severity::Error,
    source: include_str!("r001_no_such_item.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for marked in file.marked() {
        let (Mark::Reference(_), Some(text)) = (marked.mark, marked.node.str()) else { continue };
        // A control may name a rule of an item: `journey/low-mood#self-harm-is-urgent`.
        let id = text.split('#').next().unwrap_or(text);
        one(file, id, marked.node.span_within(0..id.len()), sink);
    }
    for link in file.body().into_iter().flat_map(|b| &b.links).filter(|l| !l.is_image) {
        let id = link.to.split('#').next().unwrap_or("");
        one(file, id, Span::new(link.to_span.start as usize, link.to_span.start as usize + id.len()), sink);
    }
}

fn one(file: &FileContext<'_, '_>, id: &str, span: Span, sink: &mut Sink<'_>) {
    let content = &file.site.content;
    // What has no kind is a step, a code or an address: other rules look at those.
    let Some((kind, name)) = Kind::split(id) else { return };
    if content.named(kind, name).is_some() {
        return;
    }
    let finding = file.finding(span, format!("there is no item `{id}`")).label("not found");
    sink.push(match content.renamed(id) {
        Some(now) => finding.help(format!("it is called `{}` now", now.id())).fix(span, now.id()),
        None => {
            let names = content.originals().filter(|i| i.kind == kind).map(|i| i.name);
            let near = suggest(name, names).map(|n| kind.id(n));
            finding.did_you_mean(near.as_deref())
        }
    });
}
