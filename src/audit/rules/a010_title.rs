//! A page without a title.
//!
//! The title is what a screen reader says first, what stands in the browser's tab and history, and what a search engine
//! shows.
//!
//! ## Example
//! ```html
//! <head><title></title></head>
//! ```
//!
//! ## Instead
//! ```html
//! <head><title>Sleep - City Wellbeing</title></head>
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criterion 2.4.2.

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A010", name: "title", severity: Severity::Error, source: include_str!("a010_title.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    // A picture in the page may have a title of its own.
    let is_of_page = |n: usize| !view.page.above(n).any(|(_, e)| e.name == "svg");
    let title = view.page.named("title").find(|(n, _)| is_of_page(*n));
    if title.is_none_or(|(_, e)| view.page.text(e).trim().is_empty()) {
        sink.push(view.finding_at("title", "this page has no title").help("write a `<title>` that says what the page is, then the site"));
    }
}
