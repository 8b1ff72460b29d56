//! A link that dials another number than it shows.
//!
//! What is shown is what is dialled: somebody may read the number aloud to another person, or type it into another phone.
//!
//! ## Example
//! ```html
//! <a href="tel:116123">Call 116 132</a>
//! ```
//!
//! ## Instead
//! ```html
//! <a href="tel:116123">Call 116 123</a>
//! ```
//!
//! ## Where it comes from
//! CONTENT.md, section 1: numbers have one home, and what is shown is what is dialled.

use crate::audit::number;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A032",
    name: "shows-another-number",
    severity: Severity::Error,
    source: include_str!("a032_shows_another_number.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let page = &view.page;
    for (number, element) in page.named("a") {
        let Some(href) = page.attribute(element, "href") else { continue };
        let Some((scheme @ ("tel" | "sms"), to)) = href.value.split_once(':') else { continue };
        let to = to.split(['?', ';']).next().unwrap_or(to);
        let shown = page.text(element);
        let numbers = number::shown(&shown);
        let verb = if scheme == "tel" { "dials" } else { "texts" };
        if !to.bytes().any(|b| b.is_ascii_digit()) {
            sink.push(view.finding(href.span, format!("`{to}` is no number")));
        } else if numbers.is_empty() {
            if !shown.bytes().any(|b| b.is_ascii_digit()) && !page.is_silent(number) {
                let finding = view.finding(element.tag, format!("this link {verb} {to} and does not show it"));
                sink.push_as(Severity::Advice, finding.help("write the number: not everybody reads this on the phone that they call with"));
            }
        } else if !numbers.iter().any(|n| number::same(view.site, to, n)) {
            let finding = view.finding(href.span, format!("this link shows {} and {verb} {to}", numbers[0].trim()));
            sink.push(finding.label(format!("{verb} this")));
        }
    }
}
