//! A picture that does not say what it shows.
//!
//! People who cannot see it hear its `alt`. Where the picture only decorates, an empty `alt=""` keeps it from being read;
//! without any, they hear the name of the file.
//!
//! ## Example
//! ```html
//! <img src="breathing.png">
//! ```
//!
//! ## Instead
//! ```html
//! <img src="breathing.png" alt="Breathe in for 4, out for 4">
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criterion 1.1.1.

use crate::audit::name;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A018", name: "picture", severity: Severity::Error, source: include_str!("a018_picture.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    for (number, element) in page.elements.iter().enumerate() {
        let is_drawing = page.value(element, "role") == Some("img");
        if page.is_silent(number) || !(is_drawing || matches!(element.name.as_ref(), "img" | "area")) {
            continue;
        }
        if is_drawing && element.name != "img" {
            if name::of(page, number).is_empty() {
                sink.push(
                    view.finding(element.tag, "a picture without words for those who cannot see it")
                        .help("say in `aria-label` what it shows"),
                );
            }
            continue;
        }
        let is_link = element.name != "area" || page.attribute(element, "href").is_some();
        match page.value(element, "alt") {
            None if is_link && page.attribute(element, "aria-label").is_none() => {
                let help = "write what it shows in `alt`; where it only decorates, `alt=\"\"`";
                sink.push(view.finding(element.tag, "a picture without words for those who cannot see it").help(help));
            }
            Some(alt) if !alt.is_empty() && is_file_name(alt, page.value(element, "src").unwrap_or("")) => {
                let place = page.attribute(element, "alt").map_or(element.tag, |a| a.span);
                let finding = view.finding(place, "the name of the file does not say what the picture shows");
                sink.push_as(Severity::Warning, finding.help("write what it tells people"));
            }
            _ => {}
        }
    }
}

fn is_file_name(alt: &str, src: &str) -> bool {
    let name = src.split(['?', '#']).next().unwrap_or(src).rsplit('/').next().unwrap_or("");
    alt.eq_ignore_ascii_case(name) || name.split('.').next().is_some_and(|stem| stem.contains(['-', '_']) && alt.eq_ignore_ascii_case(stem))
}
