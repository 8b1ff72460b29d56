//! A page from which nobody can reach the page with urgent help.
//!
//! `emergency_help` in `site.yaml` names the page that has all ways to get help now. Every page links to it, so that no
//! dead end is left for somebody in a crisis. A translated page may link to its translation.
//!
//! ## Example
//! ```html
//! <section aria-label="Emergency help"><a href="tel:999">Call 999</a></section>
//! ```
//!
//! ## Instead
//! ```html
//! <section aria-label="Emergency help"><a href="tel:999">Call 999</a> <a href="../urgent/">More help now</a></section>
//! ```
//!
//! ## Where it comes from
//! SITE.md, Pages: `/urgent/`, help now, all channels, those that need no voice as visible as phone numbers.

use crate::audit::reference::{Found, Kind};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A031",
    name: "way-to-urgent-help",
    severity: Severity::Error,
    source: include_str!("a031_way_to_urgent_help.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let Some(urgent) = view.site.about.urgent_page.as_deref() else { return };
    // Where the page itself is missing, whoever links to it says so.
    let Some(wanted) = view.site.number(&format!("{urgent}index.html")) else { return };
    if view.is_urgent_page() {
        return;
    }
    // On a translated page the translated one does as well.
    let translated = view.in_its_language(urgent).and_then(|path| view.site.number(&path));
    let page = &view.page;
    let seen = |n: usize| !page.is_silent(n);
    let shown: Vec<u32> =
        page.named("a").filter(|(n, _)| seen(*n)).filter_map(|(_, e)| page.attribute(e, "href")).map(|a| a.span.start).collect();
    let leads = |r: &&crate::audit::reference::Reference| {
        r.kind == Kind::Link && [Some(wanted), translated].into_iter().flatten().any(|page| r.found == Found::File(page))
    };
    if !view.references.iter().filter(leads).any(|r| shown.contains(&r.span.start)) {
        sink.push(view.finding_at("main", format!("no link on this page leads to `/{urgent}`, the page with urgent help")));
    }
}
