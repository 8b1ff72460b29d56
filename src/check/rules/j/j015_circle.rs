//! Steps of a journey that lead back to themselves.
//!
//! Somebody could go round for ever, and a question would be asked of them twice. Every way through a journey has to
//! come to an end.
//!
//! ## Example
//! ```yaml
//! sleep: {ask: How do you sleep?, answers: {badly: {label: Badly, go: mood}}}
//! mood: {say: We ask you once more., go: sleep}
//! ```
//!
//! ## Instead
//! ```yaml
//! sleep: {ask: How do you sleep?, answers: {badly: {label: Badly, go: mood}}}
//! mood: {say: Thank you., go: outcome/sleep-help}
//! ```

use crate::check::circles::circles;
use crate::check::outline::Outline;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "J015", name: "circle", severity: Severity::Error, source: include_str!("j015_circle.rs"), check: Check::File(check) };

/// How many steps of a circle are named in full.
const NAMED: usize = 12;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    let edges = outline.edges();
    let plain: Vec<Vec<usize>> = edges.iter().map(|e| e.iter().map(|(to, _)| *to).collect()).collect();
    let ids: Vec<&str> = outline.ids().collect();
    for circle in circles(&plain) {
        let said = |n: usize| {
            let to = circle[(n + 1) % circle.len()];
            edges[circle[n]].iter().find(|(t, _)| *t == to).map(|(_, span)| *span)
        };
        // The step that leads back is where most people would cut.
        let Some(back) = said(circle.len() - 1) else { continue };
        let mut names: Vec<&str> = circle.iter().map(|n| ids[*n]).collect();
        names.extend(names.first().copied());
        if names.len() > NAMED + 2 {
            names.splice(NAMED..names.len() - 1, ["…"]);
        }
        let mut finding =
            file.finding(back, format!("the step `{}` leads back to itself: {}", names[0], names.join(" → "))).label("leads back");
        for span in (0..circle.len() - 1).filter_map(said).take(NAMED) {
            finding = finding.also(&file.file.path, span, "leads on");
        }
        sink.push(finding.help("let one of these steps lead elsewhere: every way through a journey has to end"));
    }
}
