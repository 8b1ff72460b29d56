//! A page without a strict Content-Security-Policy.
//!
//! The policy tells the browser what the page may fetch and run. A strict one, in the page itself, holds on every host:
//! whatever slips into a text can then neither run nor send what people read and answer anywhere. It names no other host,
//! and allows no `unsafe-inline` and no `unsafe-eval`.
//!
//! ## Example
//! ```html
//! <meta http-equiv="Content-Security-Policy" content="default-src * 'unsafe-inline'">
//! ```
//!
//! ## Instead
//! ```html
//! <meta http-equiv="Content-Security-Policy" content="default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'">
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards. THREATS.md, T17. W3C, Content Security Policy Level 3.

use crate::audit::policy::{Policy, weakness};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A050", name: "policy", severity: Severity::Error, source: include_str!("a050_policy.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let Some((number, element)) = view.policy() else {
        let finding = view.finding_at("head", "this page has no Content-Security-Policy");
        sink.push(finding.help("put a strict one first into its head, as `<meta http-equiv=\"Content-Security-Policy\" …>`"));
        return;
    };
    let Some(content) = view.page.attribute(element, "content") else {
        sink.push(view.finding(element.tag, "this Content-Security-Policy is empty"));
        return;
    };
    let early = view.page.elements[..number].iter().find(|e| matches!(e.name.as_ref(), "script" | "style" | "link"));
    if let Some(early) = early {
        let finding = view.finding(element.tag, "the Content-Security-Policy comes too late: what stands before it is not held to it");
        sink.push(finding.also(view.path, early.tag, "this comes first").help("make it the first thing in the head, after the charset"));
    }
    let policy = Policy::of(&content.value);
    if !policy.has_default() {
        let finding = view.finding(content.span, "the Content-Security-Policy has no `default-src`: what it does not name is allowed");
        sink.push(finding.help("begin it with `default-src 'none'`"));
    }
    for (directive, sources) in policy
        .directives()
        .filter(|(d, _)| d.ends_with("-src") || matches!(*d, "form-action" | "base-uri" | "script-src-elem" | "style-src-elem"))
    {
        for (source, weakness) in sources.iter().filter_map(|s| Some((s, weakness(directive, s)?))) {
            sink.push(
                view.finding(content.span, format!("`{directive} {source}` {weakness}")).help("let in `'self'` or a hash, or nothing"),
            );
        }
    }
}
