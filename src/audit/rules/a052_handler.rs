//! Script or style in an attribute.
//!
//! A strict policy keeps all of these from working: `onclick` and the like, addresses that begin with `javascript:`, and
//! `style` attributes. Where the policy is not strict, they are the way by which somebody else's text becomes a program.
//!
//! ## Example
//! ```html
//! <a href="javascript:history.back()" onclick="go()" style="color: red">Back</a>
//! ```
//!
//! ## Instead
//! ```html
//! <a class="back" href="../">Back</a>
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards: no inline event handler. THREATS.md, T17.

use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A052", name: "handler", severity: Severity::Error, source: include_str!("a052_handler.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    for element in &view.page.elements {
        for attribute in view.page.attributes(element) {
            let name = attribute.name.as_ref();
            let is_address = matches!(name, "href" | "src" | "action" | "formaction" | "data" | "xlink:href");
            let (message, place) = if name.len() > 4 && name.starts_with("on") && name.bytes().all(|b| b.is_ascii_lowercase()) {
                (format!("`{name}` runs a script from an attribute"), attribute.name_span)
            } else if is_address && runs(&attribute.value) {
                ("an address that runs a script".to_owned(), attribute.span)
            } else if name == "style" {
                ("a `style` attribute, which a strict policy leaves out".to_owned(), attribute.name_span)
            } else if name == "srcdoc" {
                ("a page within an attribute".to_owned(), attribute.name_span)
            } else {
                continue;
            };
            let help = if name == "style" { "give the element a class" } else { "let the script itself find the element" };
            sink.push(view.finding(place, message).help(help));
        }
    }
}

fn runs(address: &str) -> bool {
    let start: String = address.chars().filter(|c| !c.is_ascii_whitespace() && !c.is_control()).take(11).collect();
    start.eq_ignore_ascii_case("javascript:") || start.to_ascii_lowercase().starts_with("vbscript:")
}
