//! Two elements of a page with the same id.
//!
//! A link to that part, a label for that field, a description of it: each finds the first only, and the second is left
//! without.
//!
//! ## Example
//! ```html
//! <input id="name"> … <input id="name">
//! ```
//!
//! ## Instead
//! ```html
//! <input id="your-name"> … <input id="their-name">
//! ```
//!
//! ## Where it comes from
//! HTML Standard: the value of `id` must be unique in the document.

use std::collections::HashMap;

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;

pub const RULE: Rule =
    Rule { code: "A019", name: "id-twice", severity: Severity::Error, source: include_str!("a019_id_twice.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let mut seen: HashMap<&str, Span> = HashMap::new();
    for attribute in view.page.elements.iter().filter_map(|e| view.page.attribute(e, "id")) {
        let id = attribute.value.as_ref();
        if id.is_empty() || id.contains(char::is_whitespace) {
            sink.push(view.finding(attribute.span, "an id that is empty or has spaces names nothing"));
        } else if let Some(first) = seen.get(id) {
            let finding = view.finding(attribute.span, format!("the id `{id}` stands on this page twice"));
            sink.push(finding.also(view.path, *first, "the first").help("give each element an id of its own"));
        } else {
            seen.insert(id, attribute.span);
        }
    }
}
