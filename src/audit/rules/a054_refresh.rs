//! A page that goes elsewhere or loads again by itself.
//!
//! Whoever reads slowly, or listens, is thrown out in the middle of a sentence. Only a page that does nothing but send
//! people on may do it, and at once.
//!
//! ## Example
//! ```html
//! <meta http-equiv="refresh" content="30; url=../">
//! ```
//!
//! ## Instead
//! ```html
//! <meta http-equiv="refresh" content="0; url=../topics/sleep/">
//! ```
//!
//! ## Where it comes from
//! Web Content Accessibility Guidelines 2.2, success criteria 2.2.1 and 2.2.4.

use crate::audit::reference::{Kind, Target};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A054", name: "refresh", severity: Severity::Error, source: include_str!("a054_refresh.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let Some((element, delay, to)) = view.page.refresh() else { return };
    let leaves =
        view.references.iter().any(|r| r.kind == Kind::Refresh && matches!(r.target, Target::Elsewhere { .. } | Target::Other { .. }));
    if delay != 0.0 || to.is_none() {
        let finding = view.finding(element.tag, "this page does not stay: it goes on, or loads again, by itself");
        sink.push(finding.help("take it away; a page that has moved sends people on at once, with `0; url=…`"));
    } else if leaves {
        sink.push(view.finding(element.tag, "this page sends people to another site without asking").help("make it a link"));
    }
}
