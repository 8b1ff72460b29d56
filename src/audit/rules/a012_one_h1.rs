//! A page without a heading of the first level, or with several.
//!
//! People who listen to a page jump to its one main heading to learn where they are. Without it they do not know; with
//! two they cannot tell which it is.
//!
//! ## Example
//! ```html
//! <main><h2>Sleep</h2></main>
//! ```
//!
//! ## Instead
//! ```html
//! <main><h1>Sleep</h1></main>
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards: one h1. NHS digital service manual, "Headings".

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A012", name: "one-h1", severity: Severity::Error, source: include_str!("a012_one_h1.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let mut headings = view.page.named("h1").filter(|(n, _)| !view.page.is_hidden(*n));
    let Some((_, first)) = headings.next() else {
        sink.push(view.finding_at("main", "this page has no `h1`, its main heading").help("make the title of the page an `h1`"));
        return;
    };
    for (_, element) in headings {
        let finding = view.finding(element.tag, "this page has a second `h1`").also(view.path, first.tag, "the first");
        sink.push(finding.help("make it an `h2`"));
    }
}
