//! The original changed after its translation was made.
//!
//! Somebody who reads the translation is told what used to be true: another number, other hours, other advice. A translation says in
//! `translates` which version of the original it was made from. Where the item is about urgent help, is sensitive or says how to reach a
//! service, the site shows the original in the place of a translation that is out of date, with a note, until somebody has brought it up
//! to date.
//!
//! ## Example
//! ```yaml
//! # content/topics/sleep.cy.md, which was made before content/topics/sleep.md changed
//! title: Cwsg
//! translates: sha256:0f1e2d3c…
//! ```
//!
//! ## Instead
//! Bring the words up to date, and then the fingerprint, which the finding and `signpost show topic/sleep` give.

use crate::check::translation::{Standing, is_pressing, standing};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "R012",
    name: "stale-translation",
    severity: Severity::Warning,
    source: include_str!("r012_stale_translation.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item else { return };
    let span = item.data.and_then(|d| d.get("translates")).map_or(Span::default(), |node| node.span());
    if item.language.is_none() {
        if item.common.translates.is_some() {
            let finding = file.finding(span, "this is an original, and translates nothing").label("only in a translation");
            sink.push(finding.help("take `translates` out"));
        }
        return;
    }
    let content = &file.site.content;
    // That there is no original is said by the rule on translations.
    let Some(original) = content.named(item.kind, item.name) else { return };
    // The original's fingerprint is that of its text too.
    file.rests_on(original);
    let (message, now) = match standing(original, item, &file.site.schemas) {
        Some(Standing::Stale(now)) => (format!("`{}` changed after this translation was made", original.id()), now),
        Some(Standing::Unsaid(now)) => {
            (format!("this translation does not say from which version of `{}` it was made", original.id()), now)
        }
        Some(Standing::Current) | None => return,
    };
    let gives_way = if is_pressing(content, original) { ", and people are shown the original instead" } else { "" };
    let help = format!("bring it up to date, then write `translates: {now}`");
    sink.push(file.finding(span, format!("{message}{gives_way}")).also(&original.file.path, Span::default(), "the original").help(help));
}
