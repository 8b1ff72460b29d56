//! A link that opens a new window and hands this one over.
//!
//! The page behind it can then change the page that people come back to. And a new window takes away the way back that
//! everybody knows: best to open none.
//!
//! ## Example
//! ```html
//! <a href="https://example.org" target="_blank">Example</a>
//! ```
//!
//! ## Instead
//! ```html
//! <a href="https://example.org">Example</a>
//! ```
//!
//! ## Where it comes from
//! HTML Standard, link type `noopener`. GOV.UK and NHS content guides: links open in the same window.

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A055",
    name: "new-window",
    severity: Severity::Warning,
    source: include_str!("a055_new_window.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    for element in page.elements.iter().filter(|e| matches!(e.name.as_ref(), "a" | "area" | "form")) {
        let opens = page.value(element, "target").is_some_and(|t| t.eq_ignore_ascii_case("_blank"));
        let is_closed = page.has_word(element, "rel", "noopener") || page.has_word(element, "rel", "noreferrer");
        if opens && !is_closed {
            let finding = view.finding(element.tag, "this link opens a new window that can change this one");
            sink.push(finding.help("open it in the same window, or write `rel=\"noopener\"`"));
        }
    }
}
