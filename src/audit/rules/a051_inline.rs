//! A script or style in a page that its policy does not let in.
//!
//! The browser leaves out what the policy does not name, and the page comes without its styles, or does not work. What
//! stands in the page is named by its hash, which changes with every character.
//!
//! ## Example
//! ```html
//! <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'">
//! <style>body { color: black }</style>
//! ```
//!
//! ## Instead
//! ```html
//! <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'sha256-…'">
//! <style>body { color: black }</style>
//! ```
//!
//! ## Where it comes from
//! W3C, Content Security Policy Level 3, "Does element match source list for type and source?".

use crate::audit::policy::Policy;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A051", name: "inline", severity: Severity::Error, source: include_str!("a051_inline.rs"), check: Check::Page(check) };

/// Types of `script` that are run; others hold data.
const RUN: [&str; 7] = ["", "module", "text/javascript", "application/javascript", "text/ecmascript", "importmap", "speculationrules"];

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let Some(content) = view.policy().and_then(|(_, e)| view.page.value(e, "content")) else { return };
    let policy = Policy::of(content);
    for element in &view.page.elements {
        let (directive, what) = match element.name.as_ref() {
            "style" => ("style-src", "style sheet"),
            "script" if view.page.attribute(element, "src").is_none() && is_run(view.page.value(element, "type")) => {
                ("script-src", "script")
            }
            _ => continue,
        };
        let text = view.page.text(element);
        if !text.is_empty() && !policy.allows_inline(directive, &text) {
            let finding = view.finding(element.tag, format!("the page's policy does not let this {what} in"));
            sink.push(finding.help(format!("put it into a file, or its hash into `{directive}`")));
        }
    }
}

fn is_run(ty: Option<&str>) -> bool {
    RUN.contains(&ty.unwrap_or("").trim().to_ascii_lowercase().as_str())
}
