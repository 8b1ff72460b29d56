//! Journeys that hand over to one another in a circle.
//!
//! Somebody could be sent from one set of questions to the next and back, and never arrive at help.
//!
//! ## Example
//! ```yaml
//! # content/journeys/mood.yaml
//! sleep-first: {say: Let us look at your sleep first., go: journey/sleep}
//!
//! # content/journeys/sleep.yaml
//! mood-first: {say: Let us look at your mood first., go: journey/mood}
//! ```
//!
//! ## Instead
//! ```yaml
//! # content/journeys/sleep.yaml
//! mood-first: {say: Your mood may be part of it., go: outcome/talking-therapies}
//! ```

use std::collections::HashMap;

use crate::check::circles::circles;
use crate::check::outline::{Outline, targets};
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::Kind;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J019",
    name: "handover-circle",
    severity: Severity::Error,
    source: include_str!("j019_handover_circle.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let outlines: Vec<Outline<'_, '_>> = site.content.journeys().filter_map(|(item, _)| Outline::of(site, item)).collect();
    let places: HashMap<&str, usize> = outlines.iter().enumerate().map(|(n, o)| (o.item.name, n)).collect();
    let handovers = |outline: &Outline<'_, '_>| -> Vec<(usize, Span)> {
        let all = outline.steps().flat_map(|(_, step)| targets(step));
        all.filter_map(|t| match Kind::split(t.value)? {
            (Kind::Journey, name) => Some((*places.get(name)?, t.span)),
            _ => None,
        })
        .collect()
    };
    let edges: Vec<Vec<(usize, Span)>> = outlines.iter().map(handovers).collect();
    let plain: Vec<Vec<usize>> = edges.iter().map(|e| e.iter().map(|(to, _)| *to).collect()).collect();
    for circle in circles(&plain) {
        let said = |n: usize| {
            let (from, to) = (circle[n], circle[(n + 1) % circle.len()]);
            edges[from].iter().find(|(t, _)| *t == to).map(|(_, span)| (outlines[from].item.file.path.as_str(), *span))
        };
        let Some((path, span)) = said(0) else { continue };
        let names: Vec<String> = circle.iter().chain(circle.first()).map(|n| outlines[*n].item.id()).collect();
        let message = format!("`{}` hands over to itself: {}", names[0], names.join(" → "));
        let finding = Finding::new(path, span, message).label("hands over");
        let finding = (1..circle.len()).filter_map(said).fold(finding, |f, (path, span)| f.also(path, span, "and hands over again"));
        sink.push(finding.help("let one of these journeys end at an outcome instead"));
    }
}
