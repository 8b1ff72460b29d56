//! A number or address that is out of use, on a page.
//!
//! The numbers of services that have ended, and of channels whose last day is past, must not stand anywhere: not in a
//! template, not in data, not in words that only a screen reader says. `check` looks at the content; this looks at what
//! came of it.
//!
//! ## Example
//! ```html
//! <p>Call the crisis line on 0808 157 0999.</p>      <!-- its last day is past -->
//! ```
//!
//! ## Instead
//! ```html
//! <p>Call <a href="tel:111">111</a>.</p>
//! ```
//!
//! ## Where it comes from
//! CONTENT.md, section 1: numbers and addresses of what is retired are an error, anywhere in any text.

use crate::audit::about::Retired;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "A033",
    name: "retired-number",
    severity: Severity::Error,
    source: include_str!("a033_retired_number.rs"),
    check: Check::File(check),
};

/// Attributes that people read or hear.
const READ: [&str; 7] = ["content", "title", "alt", "aria-label", "placeholder", "value", "data-label"];

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let Some(retired) = view.site.about.retired.as_ref().filter(|r| r.is_any) else { return };
    if !view.is_page() {
        return raw(view, retired, sink);
    }
    for words in &view.page.words {
        texts(view, retired, &words.text, words.span, sink);
    }
    for element in &view.page.elements {
        for attribute in view.page.attributes(element) {
            let value = attribute.value.as_ref();
            match attribute.name.as_ref() {
                "href" => {
                    let number = value.strip_prefix("tel:").or_else(|| value.strip_prefix("sms:"));
                    let number = number.map(|n| n.split(['?', ';']).next().unwrap_or(n));
                    let gone = match number {
                        Some(number) => retired.numbers.number(number).and_then(|n| retired.numbers.retired(n)),
                        None => retired.numbers.retired_address(value),
                    };
                    if let Some(gone) = gone {
                        say(view, retired.title(gone.item_number()), value, attribute.span, sink);
                    }
                }
                name if READ.contains(&name) => texts(view, retired, value, attribute.span, sink),
                _ => {}
            }
        }
    }
}

/// The numbers in a text; its place is exact where the text stands in the source as it is read.
fn texts(view: &View<'_, '_>, retired: &Retired, text: &str, at: Span, sink: &mut Sink<'_>) {
    if !text.bytes().any(|b| b.is_ascii_digit()) {
        return;
    }
    let is_exact = at.of(view.text) == text;
    let mut from = 0;
    // `Phone:0800 …`: what is meant for the eye may stand close.
    for part in text.split_inclusive(':') {
        for mention in retired.numbers.mentions(part) {
            if let Some(gone) = retired.numbers.retired(mention.number) {
                let range = from + mention.range.start..from + mention.range.end;
                let span = if is_exact { Span::new(range.start, range.end).shift(at.start as usize) } else { at };
                say(view, retired.title(gone.item_number()), &text[range], span, sink);
            }
        }
        from += part.len();
    }
}

/// Lists and data: their strings, as they stand.
fn raw(view: &View<'_, '_>, retired: &Retired, sink: &mut Sink<'_>) {
    let is_data = [".json", ".xml", ".txt", ".atom", ".webmanifest"].iter().any(|end| view.path.ends_with(end));
    let has_hashes = view.path == "build-manifest.json";
    let mut from = 0;
    for part in view.text.split_inclusive(['"', '>']).filter(|_| is_data && !has_hashes) {
        texts(view, retired, part, Span::new(from, from + part.len()), sink);
        from += part.len();
    }
}

fn say(view: &View<'_, '_>, service: &str, shown: &str, span: Span, sink: &mut Sink<'_>) {
    let finding = view.finding(span, format!("`{shown}` no longer works: it was a way to reach {service}")).label("out of use");
    sink.push(finding.help("find the template or the text that it comes from, and name what people use now"));
}
