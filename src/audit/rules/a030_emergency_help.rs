//! A page without the emergency help that must be on every page.
//!
//! Nobody knows on which page somebody is when they need it. `pages` in `safety.yaml` names numbers that can be called
//! from everywhere: in a part of the page of its own, before the main part, in sight, as a link that a phone can dial.
//!
//! ## Example
//! ```html
//! <header>…</header>
//! <main>…</main>
//! ```
//!
//! ## Instead
//! ```html
//! <header>…</header>
//! <section aria-label="Emergency help"><a href="tel:999">Call 999</a></section>
//! <main>…</main>
//! ```
//!
//! ## Where it comes from
//! CONTENT.md, section 5: `pages` of `safety.yaml`. THREATS.md, T20: site-wide page rules are checked on the built HTML.

use crate::audit::landmarks;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::audit::{name, number};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A030",
    name: "emergency-help",
    severity: Severity::Error,
    source: include_str!("a030_emergency_help.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    let main = view.mains.first().copied().unwrap_or(page.elements.len());
    for call in &view.site.about.calls {
        let dials = |n: &usize| {
            let href = page.value(&page.elements[*n], "href").unwrap_or("");
            href.strip_prefix("tel:").is_some_and(|to| number::same(view.site, to, &call.number))
        };
        let links: Vec<usize> = page.named("a").map(|(n, _)| n).filter(dials).collect();
        let rule = format!("`{}` in safety.yaml", call.rule);
        let wrong = if links.is_empty() {
            format!("no link on this page calls {}, as {rule} asks", call.number)
        } else if !links.iter().any(|n| *n < main) {
            format!("the link that calls {} comes after the main part, against {rule}", call.number)
        } else if links.iter().all(|n| *n > main || page.is_silent(*n) || name::of(page, *n).is_empty()) {
            format!("the link that calls {} is not to be seen, against {rule}", call.number)
        } else if !links.iter().any(|n| *n < main && page.above(*n).any(|(up, _)| landmarks::is_landmark(page, up))) {
            format!("the link that calls {} stands in no part of its own, against {rule}", call.number)
        } else {
            continue;
        };
        let help = format!("before `main`: `<section aria-label=…><a href=\"tel:{0}\">Call {0}</a></section>`", call.number);
        sink.push(view.finding_at("main", wrong).help(help));
    }
}
