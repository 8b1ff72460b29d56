//! Headings that do not make an outline.
//!
//! People who use a screen reader jump from heading to heading, and everybody else reads little more. A page's title is
//! its only heading of level 1; the headings of the text begin at `##` and never skip a level. Each leads somewhere of
//! its own: two with the same words, or the same `{#id}`, cannot both be linked to. Headings are short, and end without a full stop.
//!
//! ## Example
//! ```md
//! # Sleep
//!
//! #### Keep regular hours.
//! ```
//!
//! ## Instead
//! ```md
//! ## Keep regular hours
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "Formatting": one heading of level 1, no skipped levels, no level 5, up to 65 characters.
//! Web Content Accessibility Guidelines 2.2, success criteria 1.3.1 and 2.4.6.

use std::collections::HashMap;

use super::is_retired;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::markdown::Heading;
use crate::model::Kind;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "W010",
    name: "headings",
    severity: Severity::Warning,
    source: include_str!("w010_headings.rs"),
    check: Check::File(check),
};

/// Levels deeper than this are hard to tell apart.
const DEEPEST: u8 = 4;
const LONGEST: usize = 65;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if is_retired(file) {
        return;
    }
    let has_main_heading = |kind| matches!(kind, Kind::Topic | Kind::Page | Kind::Outcome | Kind::Journey);
    if let Some(title) = file.item.filter(|i| has_main_heading(i.kind)).and_then(|i| i.common.title)
        && let Some(message) = too_long(title.value)
    {
        sink.push_as(
            Severity::Advice,
            file.finding(title.span, message).help("the title is the page's main heading: say it in fewer words"),
        );
    }
    let Some(body) = file.body() else { return };
    let mut above = 1;
    let mut seen: HashMap<String, &Heading> = HashMap::new();
    for (index, heading) in body.headings.iter().enumerate() {
        if let Some(finding) = level(file, heading, above, index) {
            sink.push(finding);
        }
        above = heading.level;
        words(file, heading, sink);
        let anchor = heading.anchor();
        if let Some(first) = seen.get(anchor.as_str()).filter(|_| !anchor.is_empty()) {
            let message = match &heading.id {
                Some(id) => format!("a second heading has the id `{id}`"),
                None => format!("a second heading leads to `#{anchor}`"),
            };
            sink.push(
                file.finding(heading.span, message)
                    .also(&file.file.path, first.span, "the first")
                    .help("use other words, or give the heading an id of its own: `## Heading {#its-id}`"),
            );
        } else {
            seen.insert(anchor, heading);
        }
    }
}

fn level(file: &FileContext<'_, '_>, heading: &Heading, above: u8, index: usize) -> Option<Finding> {
    let marks = |level: u8| "#".repeat(level.into());
    let (level, span) = (heading.level, hashes(file, heading));
    if level == 1 {
        return Some(
            file.finding(span, "a heading of level 1 in the text")
                .label("the title is the page's only one")
                .help("begin headings with `##`"),
        );
    }
    // A partial's headings may take their place below one of the page around it.
    let first_in_partial = index == 0 && file.item.is_some_and(|i| i.kind == Kind::Partial) && level == 3;
    if level > above + 1 && !first_in_partial {
        let expected = if above == 1 { 2 } else { above + 1 };
        let message = format!("a heading of level {level} after one of level {above}");
        let finding = file.finding(span, if index == 0 { format!("the first heading is of level {level}") } else { message });
        return Some(finding.label("skips a level").help(format!("write `{}`", marks(expected))));
    }
    (level > DEEPEST).then(|| {
        file.finding(span, format!("a heading of level {level}"))
            .help("use levels 2 to 4; where more are needed, the page may be two pages")
    })
}

fn words(file: &FileContext<'_, '_>, heading: &Heading, sink: &mut Sink<'_>) {
    if heading.text.is_empty() {
        sink.push(file.finding(heading.span, "a heading without words").help("write what follows in a few words, or take it out"));
    } else if let Some(message) = too_long(&heading.text) {
        sink.push_as(Severity::Advice, file.finding(heading.span, message).help("say it in fewer words"));
    }
    if heading.text.ends_with('.') && !heading.text.ends_with("..") {
        let source = heading.span.of(&file.file.text);
        let stop = source.find(&heading.text).map(|n| heading.span.start as usize + n + heading.text.len() - 1);
        let span = stop.map_or(heading.span, |at| Span::new(at, at + 1));
        let finding = file.finding(span, "a heading ends with a full stop").help("leave it out");
        sink.push_as(Severity::Advice, if stop.is_some() { finding.fix(span, "") } else { finding });
    }
}

fn too_long(text: &str) -> Option<String> {
    let length = text.chars().count();
    (length > LONGEST).then(|| format!("a heading of {length} characters; at most {LONGEST} are easy to take in"))
}

/// The `##` of a heading, or its whole where it is underlined instead.
fn hashes(file: &FileContext<'_, '_>, heading: &Heading) -> Span {
    let source = heading.span.of(&file.file.text);
    let count = source.len() - source.trim_start_matches('#').len();
    let start = heading.span.start as usize;
    if count == 0 { heading.span } else { Span::new(start, start + count) }
}
