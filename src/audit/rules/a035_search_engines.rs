//! A page that search engines may show and must not.
//!
//! Demonstrations and previews are for nobody who searches for help, and a question or an ending of a journey says
//! nothing to somebody who comes upon it alone. Such pages say `noindex`, and the sitemap does not list them.
//!
//! ## Example
//! ```html
//! <head><title>Emergency - City Wellbeing</title></head>      <!-- /outcomes/emergency/ -->
//! ```
//!
//! ## Instead
//! ```html
//! <head><title>Emergency - City Wellbeing</title><meta name="robots" content="noindex"></head>
//! ```
//!
//! ## Where it comes from
//! SITE.md: screens and endings, demonstrations and previews are `noindex`.

use crate::audit::site::Site;
use crate::audit::view::Kept;
use crate::audit::{Check, Rule, Sink};
use crate::diag::{Finding, Severity};

pub const RULE: Rule = Rule {
    code: "A035",
    name: "search-engines",
    severity: Severity::Error,
    source: include_str!("a035_search_engines.rs"),
    check: Check::Site(check),
};

fn check(site: &Site<'_>, kept: &[Kept<'_>], sink: &mut Sink<'_>) {
    let about = site.about;
    for page in kept.iter().filter(|p| about.is_ours && site.file(p.number).is_page() && !p.is_noindex) {
        let what = if about.is_demonstration {
            "a page of a demonstration"
        } else if about.is_preview {
            "a page of a preview"
        } else if is_part_of_journey(page.path) {
            "a question or an ending of a journey"
        } else {
            continue;
        };
        let place = page.title.as_ref().map(|(_, span)| *span).unwrap_or_default();
        let finding = Finding::new(page.path, place, format!("{what} that search engines may show"));
        sink.push(finding.help("put `<meta name=\"robots\" content=\"noindex\">` into its head"));
    }
    for list in kept {
        for (to, span) in &list.listed {
            if kept.binary_search_by_key(to, |k| k.number).is_ok_and(|at| kept[at].is_noindex) {
                let finding = Finding::new(list.path, *span, "this page asks search engines to leave it out, and is listed for them");
                sink.push_as(Severity::Warning, finding.help("take it out of the list, or the `noindex` off the page"));
            }
        }
    }
}

/// Whether a page is a screen of a journey, under the number of its version, or an outcome.
fn is_part_of_journey(path: &str) -> bool {
    let parts: Vec<&str> = path.split('/').collect();
    let is_version = |part: &str| part.len() == 8 && part.bytes().all(|b| b.is_ascii_hexdigit());
    match parts.as_slice() {
        ["journeys", _, version, ..] => is_version(version),
        ["outcomes", _, _] | [_, "outcomes", _, _] => true,
        _ => false,
    }
}
