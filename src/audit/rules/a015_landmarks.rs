//! A page whose main part or banner cannot be found.
//!
//! Screen readers jump between the parts of a page: its banner, its navigation, its main part. There is one `main`, which
//! holds what the page is about, and one `header` at the top.
//!
//! ## Example
//! ```html
//! <body><div id="content"><h1>Sleep</h1></div></body>
//! ```
//!
//! ## Instead
//! ```html
//! <body><header>…</header><main id="main"><h1>Sleep</h1></main></body>
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards: landmarks. WAI-ARIA Authoring Practices, "Landmark regions".

use crate::audit::landmarks;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A015",
    name: "landmarks",
    severity: Severity::Error,
    source: include_str!("a015_landmarks.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    match view.mains.as_slice() {
        [] => sink.push(view.finding_at("body", "this page has no `main` part").help("put what the page is about into `<main>`")),
        [first, rest @ ..] => {
            for more in rest {
                let finding = view.finding(page.elements[*more].tag, "this page has a second `main` part");
                sink.push(finding.also(view.path, page.elements[*first].tag, "the first").help("keep one"));
            }
            // The main heading belongs there.
            if let Some((number, heading)) = page.first("h1").filter(|(n, _)| !page.inside(*first).contains(n) && !page.is_hidden(*n)) {
                let finding = view.finding(heading.tag, "the `h1` stands outside the `main` part");
                sink.push_as(Severity::Warning, finding.label(format!("heading {}", crate::audit::name::of(page, number))));
            }
        }
    }
    match landmarks::banners(page).as_slice() {
        [_] => {}
        [] => sink.push(view.finding_at("body", "this page has no banner").help("put what stands on top of every page into `<header>`")),
        [first, rest @ ..] => {
            for more in rest {
                let finding = view.finding(page.elements[*more].tag, "this page has a second banner");
                sink.push(finding.also(view.path, page.elements[*first].tag, "the first").help("keep one `header` outside the main part"));
            }
        }
    }
}
