//! A link leads to a section that the page does not have.
//!
//! The browser would open the page at its top, or do nothing at all, and the reader would look for what was promised. A
//! heading's id is what stands in `{#…}` behind it, or else its words in lower case with hyphens between.
//!
//! ## Example
//! ```md
//! Read [what A&E does](#what-a-e-dose).
//!
//! ## What A&E does
//! ```
//!
//! ## Instead
//! ```md
//! Read [what A&E does](#what-a-e-does).
//!
//! ## What A&E does
//! ```

use crate::check::{Check, FileContext, Reference, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::{Identity, suggest};

pub const RULE: Rule = Rule {
    code: "R004",
    name: "no-such-section",
    severity: Severity::Error,
    source: include_str!("r004_no_such_section.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for reference in file.references().filter(|r| r.link().is_some()) {
        let Some(anchor) = reference.anchor() else { continue };
        if reference.id().is_empty() {
            match file.body() {
                Some(body) => within(file, &reference, anchor, "this page", &body.anchors(), sink),
                None => nowhere(file, &reference, "a question of a journey", sink),
            }
            continue;
        }
        let Some((kind, name)) = reference.target() else { continue };
        let content = &file.site.content;
        let Some(original) = reference.item(content) else { continue };
        // A translated page leads to translated pages, as far as there are any.
        let translated = match file.identity {
            Identity::Item { language: Some(language), .. } => {
                content.items.iter().find(|i| i.kind == kind && i.name == name && i.language == Some(language))
            }
            _ => None,
        };
        match file.text_of(translated.unwrap_or(original)) {
            Some(body) => within(file, &reference, anchor, &format!("`{}`", reference.id()), &body.anchors(), sink),
            None => nowhere(file, &reference, &format!("`{}`", reference.id()), sink),
        }
    }
}

fn within(file: &FileContext<'_, '_>, reference: &Reference<'_>, anchor: &str, page: &str, anchors: &[String], sink: &mut Sink<'_>) {
    if anchors.iter().any(|a| a == anchor) {
        return;
    }
    let finding = file.finding(reference.anchor_span(), format!("there is no section `{anchor}` in {page}")).label("not found");
    let near = suggest(anchor, anchors.iter().map(String::as_str));
    sink.push(match near {
        Some(_) => finding.did_you_mean(near),
        None if anchors.is_empty() => finding.help("it has no headings: lead to the page as a whole"),
        None => finding.help(format!("its sections are {}", codes(anchors, "and"))),
    });
}

fn nowhere(file: &FileContext<'_, '_>, reference: &Reference<'_>, what: &str, sink: &mut Sink<'_>) {
    let finding = file.finding(reference.anchor_span(), format!("{what} has no sections that a link could lead to"));
    sink.push(finding.help("lead to the page as a whole"));
}
