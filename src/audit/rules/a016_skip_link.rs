//! A page on which the first link does not lead to its main part.
//!
//! Whoever uses a keyboard would have to step through everything on top of every page, each time. A link in front of it
//! all, which may show only when it is reached, jumps over that.
//!
//! ## Example
//! ```html
//! <body><header>…</header><main id="main">…</main></body>
//! ```
//!
//! ## Instead
//! ```html
//! <body><a class="skip" href="#main">Skip to main content</a><header>…</header><main id="main" tabindex="-1">…</main></body>
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criterion 2.4.1. NHS digital service manual, "Skip link".

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A016",
    name: "skip-link",
    severity: Severity::Error,
    source: include_str!("a016_skip_link.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    // Without a main part there is nothing to skip to: A015 says so.
    let Some(main) = view.mains.first().copied() else { return };
    let is_reached = |n: usize| {
        let element = &page.elements[n];
        matches!(element.name.as_ref(), "button" | "input" | "select" | "textarea" | "summary")
            || (element.name == "a" && page.attribute(element, "href").is_some())
    };
    let first = (0..page.elements.len()).find(|n| is_reached(*n) && !page.is_hidden(*n));
    // A page with nothing to step through needs no way past it.
    let Some(first) = first.filter(|n| *n < main) else { return };
    let element = &page.elements[first];
    let part = page.value(element, "href").and_then(|h| h.strip_prefix('#')).and_then(|id| page.by_id(id));
    if !part.is_some_and(|n| n == main || page.inside(main).contains(&n)) {
        let finding = view.finding(element.tag, "the first link of the page does not lead to its main part").label("reached first");
        sink.push(finding.help("put a link such as `<a href=\"#main\">Skip to main content</a>` in front of everything else"));
    }
}
