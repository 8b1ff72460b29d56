//! A reference or a link leads to an item that does not exist.
//!
//! A reader would meet a gap where help was promised: the card, link or journey cannot be shown. A reference is the
//! full id of an item, `kind/name`, whatever folder its file lies in. The roles that local services fill and the
//! urgency of an outcome are references as well: to `content/site.yaml` and `content/acuity.yaml`.
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

use crate::check::{Check, FileContext, Reference, Rule, Sink};
use crate::diag::words::codes;
use crate::diag::{Finding, Severity};
use crate::model::{Identity, Kind, Model, Singleton, Text, suggest};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "R001",
    name: "no-such-item",
    severity: Severity::Error,
    source: include_str!("r001_no_such_item.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    // What the site requires is looked at by a rule of its own.
    let is_safety = file.identity == Identity::Singleton(Singleton::Safety);
    let required: Vec<Span> = match &file.site.content.safety {
        Some(safety) if is_safety => safety.required.iter().map(|r| r.span).collect(),
        _ => Vec::new(),
    };
    for reference in file.references() {
        if !required.iter().any(|r| r.contains(reference.span().start)) {
            item(file, &reference, sink);
        }
    }
    match file.item.and_then(|i| i.model.as_ref()) {
        Some(Model::Outcome(outcome)) => {
            sink.extend(no_level(file, outcome.acuity));
            outcome.local.iter().for_each(|name| role(file, name.value, name.span, sink));
        }
        Some(Model::Area(_)) => {
            let services = file.file.data().and_then(|d| d.get("services"));
            services.into_iter().flat_map(|s| s.entries()).for_each(|e| role(file, e.name, e.key, sink));
        }
        _ => {}
    }
}

fn item(file: &FileContext<'_, '_>, reference: &Reference<'_>, sink: &mut Sink<'_>) {
    let content = &file.site.content;
    let Some((kind, name)) = reference.target() else { return };
    if reference.item(content).is_some() {
        return;
    }
    let (id, span) = (reference.id(), reference.id_span());
    let finding = file.finding(span, format!("there is no item `{id}`")).label("not found");
    sink.push(match content.renamed(id) {
        Some(now) => finding.help(format!("it is called `{}` now", now.id())).fix(span, now.id()),
        None => {
            let names = content.originals().filter(|i| i.kind == kind).map(|i| i.name);
            let near = suggest(name, names).map(|n| kind.id(n)).or_else(|| {
                // The right name of the wrong kind, where any kind can stand here.
                Kind::ALL.into_iter().find(|k| fits(reference, *k) && content.named(*k, name).is_some()).map(|k| k.id(name))
            });
            finding.did_you_mean(near.as_deref())
        }
    });
}

fn fits(reference: &Reference<'_>, kind: Kind) -> bool {
    reference.link().is_some() || reference.kinds().iter().any(|k| k == "any" || k == kind.word())
}

fn role(file: &FileContext<'_, '_>, name: &str, span: Span, sink: &mut Sink<'_>) {
    let Some(site) = &file.site.content.site else { return };
    if site.roles.iter().any(|(role, _)| role.value == name) {
        return;
    }
    let near = suggest(name, site.roles.iter().map(|(role, _)| role.value));
    let finding = file.finding(span, format!("there is no role `{name}`")).label("not found");
    sink.push(match near {
        Some(_) => finding.did_you_mean(near),
        None => finding.help("add it under `roles` in content/site.yaml, with a label and a fallback"),
    });
}

/// The finding for a level of urgency that the site does not have.
pub(in crate::check::rules) fn no_level(file: &FileContext<'_, '_>, name: Text<'_>) -> Option<Finding> {
    let levels: Vec<&str> = file.site.content.acuity.as_ref()?.levels.iter().map(|l| l.id.value).collect();
    if levels.contains(&name.value) {
        return None;
    }
    let finding = file.finding(name.span, format!("there is no urgency `{}` in content/acuity.yaml", name.value)).label("not found");
    Some(match suggest(name.value, levels.iter().copied()) {
        Some(near) => finding.did_you_mean(Some(near)),
        None => finding.help(format!("its levels are {}", codes(levels, "and"))),
    })
}
