//! A page, or a part of it, that does not say its language, or says it wrongly.
//!
//! A screen reader speaks with the voice of the language that the page names: English read by a Welsh voice cannot be
//! understood, nor can help in Bengali read by an English one.
//!
//! ## Example
//! ```html
//! <html lang="english">
//! ```
//!
//! ## Instead
//! ```html
//! <html lang="en">
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criteria 3.1.1 and 3.1.2. RFC 5646 (BCP 47).

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A014", name: "language", severity: Severity::Error, source: include_str!("a014_language.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let help = "write the short tag of the language, such as `en`, `cy` or `bn`";
    let html = view.page.first("html").map(|(_, e)| e);
    if html.and_then(|e| view.page.value(e, "lang")).is_none_or(|lang| lang.trim().is_empty()) {
        sink.push(view.finding_at("html", "this page does not say its language").help("write it at the top: `<html lang=\"en\">`"));
    }
    for element in &view.page.elements {
        for attribute in view.page.attributes(element).iter().filter(|a| matches!(a.name.as_ref(), "lang" | "hreflang")) {
            let tag = attribute.value.as_ref();
            let is_everything = attribute.name == "hreflang" && tag == "x-default";
            if !(tag.is_empty() && element.name == "html" || is_everything || is_tag(tag)) {
                sink.push(view.finding(attribute.span, format!("`{tag}` is no language tag")).help(help));
            }
        }
    }
}

/// Whether a text has the form of a tag: a language of two or three letters, then parts of at most eight.
fn is_tag(text: &str) -> bool {
    let mut parts = text.split('-');
    let language = parts.next().unwrap_or("");
    (matches!(language.len(), 2 | 3) && language.bytes().all(|b| b.is_ascii_alphabetic()))
        && parts.all(|p| (1..=8).contains(&p.len()) && p.bytes().all(|b| b.is_ascii_alphanumeric()))
}
