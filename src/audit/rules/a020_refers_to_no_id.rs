//! A link or description that names a part which the page does not have.
//!
//! A link to `#main` that leads nowhere, a label for a field that is not there, a description that cannot be read: what
//! the author meant for people to find is lost without a sound.
//!
//! ## Example
//! ```html
//! <label for="postcode">Postcode</label><input id="post-code">
//! ```
//!
//! ## Instead
//! ```html
//! <label for="postcode">Postcode</label><input id="postcode">
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criteria 1.3.1 and 4.1.2.

use std::collections::HashSet;

use crate::audit::reference::Target;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;
use crate::model::suggest;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "A020",
    name: "refers-to-no-id",
    severity: Severity::Error,
    source: include_str!("a020_refers_to_no_id.rs"),
    check: Check::Page(check),
};

/// Attributes that hold one or more ids.
const NAMES: [&str; 9] = [
    "aria-labelledby",
    "aria-describedby",
    "aria-controls",
    "aria-owns",
    "aria-errormessage",
    "aria-details",
    "aria-activedescendant",
    "headers",
    "list",
];

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    let is_anchor = |e: &&crate::audit::element::Element<'_>| e.name == "a";
    let named = page.elements.iter().filter(is_anchor).filter_map(|e| page.value(e, "name"));
    let ids: HashSet<&str> = page.elements.iter().filter_map(|e| page.value(e, "id")).chain(named).collect();
    let mut miss = |id: &str, span: Span| {
        if !ids.contains(id) {
            let near = suggest(id, ids.iter().copied().collect::<std::collections::BTreeSet<_>>());
            sink.push(view.finding(span, format!("this page has no part `#{id}`")).label("not found").did_you_mean(near));
        }
    };
    for reference in &view.references {
        let part = match &reference.target {
            Target::Same { fragment: Some(fragment) } => fragment,
            Target::Here { fragment: Some(fragment), .. } if reference.found == crate::audit::reference::Found::File(view.number) => {
                fragment
            }
            _ => continue,
        };
        if !part.eq_ignore_ascii_case("top") {
            miss(part, reference.span);
        }
    }
    for element in &page.elements {
        for attribute in page.attributes(element) {
            let is_one = attribute.name == "for" && element.name == "label";
            if is_one || NAMES.contains(&attribute.name.as_ref()) || (attribute.name == "for" && element.name == "output") {
                attribute.value.split_ascii_whitespace().for_each(|id| miss(id, attribute.span));
            }
        }
    }
}
