//! A page that is too heavy.
//!
//! The first round trip of a connection carries about 14 kB. What somebody in an emergency needs comes whole in it, with
//! the style sheet that it needs: the page with urgent help, and every ending that is an emergency or urgent. Any other
//! page weighs at most 30 kB before pictures; where a list grows beyond that with what it lists, it is a warning: a page below
//! which others lie, or that leads to fifty others, as that of an area with many services does. Sizes are those after
//! compression, as hosts send them.
//!
//! ## Example
//! ```text
//! urgent/index.html: 17.3 kB
//! ```
//!
//! ## Instead
//! ```text
//! urgent/index.html: 9.1 kB
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards. RFC 6928: ten segments in the initial window of TCP.

use std::collections::BTreeSet;

use crate::audit::reference::{Found, Kind, Target};
use crate::audit::view::View;
use crate::audit::weight;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

/// A page that leads to so many others is a list.
const MANY: usize = 50;

pub const RULE: Rule = Rule {
    code: "A040",
    name: "page-weight",
    severity: Severity::Error,
    source: include_str!("a040_page_weight.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    if view.page.is_redirect() {
        return;
    }
    if !view.is_pressing() {
        if let Some(size) = weight::above(view.text, weight::PAGE) {
            let finding =
                view.finding_at("title", format!("this page weighs {}, more than {}", weight::words(size), weight::words(weight::PAGE)));
            let weighs = if is_list(view) { Severity::Warning } else { Severity::Error };
            sink.push_as(weighs, finding.help("split it, or show less on it"));
        }
        return;
    }
    // The style sheets that it waits for come on top.
    let is_sheet = |n: usize| {
        let element = &view.page.elements[n];
        element.name == "link" && view.page.has_word(element, "rel", "stylesheet")
    };
    let sheets: Vec<u32> = view
        .page
        .named("link")
        .filter(|(n, _)| is_sheet(*n))
        .filter_map(|(_, e)| view.page.attribute(e, "href"))
        .map(|a| a.span.start)
        .collect();
    let needed = view.references.iter().filter(|r| r.kind == Kind::Load && sheets.contains(&r.span.start));
    let needed = needed.filter_map(|r| if let Found::File(n) = r.found { view.site.file(n).text.as_deref() } else { None });
    let extra: usize = needed.map(weight::compressed).sum();
    let size = if extra == 0 { weight::above(view.text, weight::ROUND_TRIP) } else { Some(weight::compressed(view.text) + extra) };
    if let Some(size) = size.filter(|s| *s > weight::ROUND_TRIP) {
        let message = format!(
            "this page for people who need help now weighs {}, more than one round trip carries ({})",
            weight::words(size),
            weight::words(weight::ROUND_TRIP)
        );
        sink.push(view.finding_at("title", message).help("say less on it, or let fewer services stand in full"));
    }
}

/// Whether it lists other pages: they lie below it, or it leads to many of them.
fn is_list(view: &View<'_, '_>) -> bool {
    is_above_others(view) || leads_to(view) >= MANY
}

/// To how many places of this site the page leads.
fn leads_to(view: &View<'_, '_>) -> usize {
    let links = view.references.iter().filter(|r| r.kind == Kind::Link);
    let paths = links.filter_map(|r| if let Target::Here { path, .. } = &r.target { Some(path) } else { None });
    paths.collect::<BTreeSet<&String>>().len()
}

fn is_above_others(view: &View<'_, '_>) -> bool {
    let Some(folder) = view.path.strip_suffix("index.html") else { return false };
    let files = view.site.files();
    let below = &files[files.partition_point(|f| f.path < folder)..];
    below.iter().take_while(|f| f.path.starts_with(folder)).any(|f| f.is_page() && f.path != view.path)
}
