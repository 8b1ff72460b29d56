//! A page of a demonstration or a preview that does not say so.
//!
//! Somebody in distress may find a demonstration and take its made-up services for real ones, or a draft for advice. Both
//! say so on top of every page, before the main part. The banner is an element with `data-banner="demonstration"` or
//! `data-banner="preview"`.
//!
//! ## Example
//! ```html
//! <header><p>City Wellbeing</p></header>
//! ```
//!
//! ## Instead
//! ```html
//! <header><div data-banner="demonstration"><p>This is a demonstration.</p></div><p>City Wellbeing</p></header>
//! ```
//!
//! ## Where it comes from
//! SITE.md, Standards: `demonstration: true` shows a banner on every page; `--preview` shows drafts under a banner that
//! can't be missed.

use crate::audit::name;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "A034", name: "banner", severity: Severity::Error, source: include_str!("a034_banner.rs"), check: Check::Page(check) };

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    let (about, page) = (&view.site.about, &view.page);
    let main = view.mains.first().copied().unwrap_or(page.elements.len());
    let wanted = [("demonstration", about.is_demonstration), ("preview", about.is_preview)];
    for (what, _) in wanted.into_iter().filter(|(_, is_wanted)| *is_wanted) {
        let is_it = |n: &usize| page.value(&page.elements[*n], "data-banner") == Some(what);
        let is_shown = |n: usize| !page.is_silent(n) && !name::content(page, n).is_empty();
        if !(0..main).filter(is_it).any(is_shown) {
            let message = format!("this page does not say that it is part of a {what}");
            sink.push(view.finding_at("main", message).help(format!("put `<div data-banner=\"{what}\">` with words on top of it")));
        }
    }
}
