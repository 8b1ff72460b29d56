//! A heading that skips a level, or has no words.
//!
//! Headings are the table of contents for people who listen to the page: an `h4` right below an `h2` sounds as if
//! something had been missed, and an empty heading is read as "heading" and nothing else.
//!
//! ## Example
//! ```html
//! <h2>What helps</h2>
//! <h4>At night</h4>
//! ```
//!
//! ## Instead
//! ```html
//! <h2>What helps</h2>
//! <h3>At night</h3>
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criteria 1.3.1 and 2.4.6.

use crate::audit::name;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A013",
    name: "heading-order",
    severity: Severity::Error,
    source: include_str!("a013_heading_order.rs"),
    check: Check::Page(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let mut before: Option<u8> = None;
    for (number, element) in view.page.elements.iter().enumerate() {
        let &[b'h', digit @ b'1'..=b'6'] = element.name.as_bytes() else { continue };
        if view.page.is_hidden(number) {
            continue;
        }
        let level = digit - b'0';
        if name::of(&view.page, number).is_empty() {
            sink.push(view.finding(element.tag, format!("an `h{level}` without words")).help("write the heading, or take it away"));
        }
        // What stands above the main heading may begin at the second level.
        let most = before.map_or(2, |b| b + 1);
        if level > most {
            let message = match before {
                Some(before) => format!("an `h{level}` follows an `h{before}`"),
                None => format!("the first heading of the page is an `h{level}`"),
            };
            sink.push(view.finding(element.tag, message).help(format!("make it an `h{most}`")));
        }
        before = Some(level);
    }
}
