//! A link to a part of a page that is not there.
//!
//! The browser opens the page and stays at its top, so people do not find what they were promised. A part is an element
//! with that `id`.
//!
//! ## Example
//! ```html
//! <a href="../sleep/#waking">If you wake at night</a>      <!-- that page has no id="waking" -->
//! ```
//!
//! ## Instead
//! ```html
//! <a href="../sleep/#waking-at-night">If you wake at night</a>
//! ```
//!
//! ## Where it comes from
//! HTML Standard, "Find a potential indicated element".

use crate::audit::site::Site;
use crate::audit::view::Kept;
use crate::audit::{Check, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::suggest;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "A002",
    name: "dead-anchor",
    severity: Severity::Error,
    source: include_str!("a002_dead_anchor.rs"),
    check: Check::Site(check),
};

fn check(site: &Site<'_>, kept: &[Kept<'_>], sink: &mut Sink<'_>) {
    for page in kept {
        for (to, part, span) in &page.anchors {
            let Ok(at) = kept.binary_search_by_key(to, |k| k.number) else { continue };
            let target = &kept[at];
            if !site.file(*to).is_page() || part.eq_ignore_ascii_case("top") || target.ids.iter().any(|id| id == part) {
                continue;
            }
            sink.push(finding(page, target, part, *span));
        }
    }
}

fn finding(page: &Kept<'_>, target: &Kept<'_>, part: &str, span: Span) -> Finding {
    let finding = Finding::new(page.path, span, format!("`/{}` has no part `#{part}`", folder(target.path))).label("not found");
    let near = suggest(part, target.ids.iter().map(AsRef::as_ref)).map(|near| format!("#{near}"));
    finding.did_you_mean(near.as_deref())
}

/// A page's path as it is linked to.
fn folder(path: &str) -> &str {
    path.strip_suffix("index.html").unwrap_or(path)
}
