//! Two pages with the same title.
//!
//! Somebody with several tabs open, or going back through the history, cannot tell them apart. Pages of one series, whose
//! addresses differ in a number only (the questions of a journey, the pages of a list), and pages that only send people
//! on, are left out.
//!
//! ## Example
//! ```html
//! <title>City Wellbeing</title>      <!-- on /sleep/ and on /worry/ -->
//! ```
//!
//! ## Instead
//! ```html
//! <title>Sleep - City Wellbeing</title>
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criterion 2.4.2.

use std::collections::HashMap;

use crate::audit::site::Site;
use crate::audit::view::Kept;
use crate::audit::{Check, Rule, Sink};
use crate::diag::{Finding, Severity};

pub const RULE: Rule = Rule {
    code: "A011",
    name: "same-title",
    severity: Severity::Warning,
    source: include_str!("a011_same_title.rs"),
    check: Check::Site(check),
};

fn check(_: &Site<'_>, kept: &[Kept<'_>], sink: &mut Sink<'_>) {
    let mut seen: HashMap<&str, &Kept<'_>> = HashMap::new();
    for page in kept.iter().filter(|page| !is_numbered(page.path)) {
        let Some((title, span)) = &page.title else { continue };
        let Some(first) = seen.get(title.as_str()) else {
            seen.insert(title, page);
            continue;
        };
        let other = first.title.as_ref().map_or(*span, |(_, span)| *span);
        let finding = Finding::new(page.path, *span, format!("another page has the title \"{title}\" too"));
        sink.push(finding.also(first.path, other, "the same title").help("say in the title what only this page is about"));
    }
}

/// Whether a page is one of a series: `/page/2/`.
fn is_numbered(path: &str) -> bool {
    let name = path.strip_suffix("/index.html").or_else(|| path.strip_suffix(".html")).unwrap_or(path);
    let name = name.rsplit('/').next().unwrap_or(name);
    !name.is_empty() && name != "404" && name.bytes().all(|b| b.is_ascii_digit())
}
