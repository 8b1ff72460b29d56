//! Something to fill in, or to press, without a name.
//!
//! A screen reader says "edit text" and nothing else; whoever speaks to their computer has no word to say. A placeholder
//! is no label: it goes as soon as somebody types.
//!
//! ## Example
//! ```html
//! <input type="text" placeholder="Postcode">
//! ```
//!
//! ## Instead
//! ```html
//! <label for="postcode">Postcode</label>
//! <input type="text" id="postcode">
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criteria 1.3.1, 3.3.2 and 4.1.2.

use crate::audit::name;
use crate::audit::page::Page;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A017", name: "label", severity: Severity::Error, source: include_str!("a017_label.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    for (number, element) in page.elements.iter().enumerate() {
        let ty = page.value(element, "type").unwrap_or("").to_ascii_lowercase();
        let (what, is_named) = match (element.name.as_ref(), ty.as_str()) {
            ("input", "hidden") => continue,
            // The browser has a word for these.
            ("input", "submit" | "reset") => continue,
            ("input", "button") => ("a button", page.value(element, "value").is_some_and(|v| !v.trim().is_empty())),
            ("input", "image") => ("a button", page.value(element, "alt").is_some_and(|v| !v.trim().is_empty())),
            ("input" | "select" | "textarea", _) => ("a field", is_labelled(page, number)),
            ("button", _) => ("a button", false),
            ("fieldset", _) => ("a group of fields", has_legend(page, number)),
            ("iframe", _) => ("a frame", false),
            _ => continue,
        };
        let hears_it = |n: usize| page.value(&page.elements[n], "aria-hidden") == Some("true");
        let is_named = is_named || !given(page, number).is_empty() || hears_it(number);
        if !is_named {
            let help = match what {
                "a field" => "give it an `id` and a `<label for=…>`, or put it into its label",
                "a button" => "write in it what it does",
                "a group of fields" => "begin it with a `<legend>`",
                _ => "say with `title` what is in it",
            };
            sink.push(view.finding(element.tag, format!("{what} without a name")).help(help));
        }
    }
}

/// A name that the element itself gives; that of a field is not what stands in it.
fn given(page: &Page<'_>, number: usize) -> String {
    let element = &page.elements[number];
    match element.name.as_ref() {
        "button" => name::of(page, number),
        _ if ["aria-label", "aria-labelledby", "title"].iter().any(|n| page.attribute(element, n).is_some()) => {
            let label = page.value(element, "aria-label").or_else(|| page.value(element, "title")).unwrap_or("").trim().to_owned();
            if label.is_empty() && page.attribute(element, "aria-labelledby").is_some() { name::of(page, number) } else { label }
        }
        _ => String::new(),
    }
}

/// Whether a label with words names a field: one around it, or one that says so.
fn is_labelled(page: &Page<'_>, number: usize) -> bool {
    let id = page.value(&page.elements[number], "id");
    let mut labels = page.named("label");
    labels.any(|(n, label)| {
        let is_for = page.value(label, "for").map_or_else(|| page.inside(n).contains(&number), |to| Some(to) == id);
        is_for && !name::content(page, n).is_empty()
    })
}

fn has_legend(page: &Page<'_>, number: usize) -> bool {
    page.inside(number).any(|n| page.elements[n].name == "legend" && !name::content(page, n).is_empty())
}
