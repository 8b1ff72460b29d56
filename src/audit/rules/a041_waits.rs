//! A page for people who need help now that waits for something else.
//!
//! A style sheet or a script that has to come first costs another round trip, and on a bad line may never come. The page
//! with urgent help, and endings that are an emergency or urgent, hold their style sheet themselves and run no script
//! before they are shown.
//!
//! ## Example
//! ```html
//! <link rel="stylesheet" href="../assets/site.css">      <!-- on /urgent/ -->
//! ```
//!
//! ## Instead
//! ```html
//! <style>…</style>
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards: in one round trip, nothing blocking.

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A041", name: "waits", severity: Severity::Error, source: include_str!("a041_waits.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    if !view.is_pressing() {
        return;
    }
    let page = &view.page;
    for element in &page.elements {
        let waits = match element.name.as_ref() {
            "link" => page.has_word(element, "rel", "stylesheet") && page.value(element, "media") != Some("print"),
            "script" => {
                page.attribute(element, "src").is_some()
                    && page.attribute(element, "defer").is_none()
                    && page.attribute(element, "async").is_none()
                    && page.value(element, "type") != Some("module")
            }
            _ => false,
        };
        if waits {
            let what = if element.name == "link" { "a style sheet" } else { "a script" };
            let help = if element.name == "link" { "put the style sheet into the page" } else { "let it wait with `defer`" };
            sink.push(view.finding(element.tag, format!("this page for people who need help now waits for {what}")).help(help));
        }
    }
}
