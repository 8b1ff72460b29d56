//! A step that no other leads to.
//!
//! Nobody is ever asked it. Most often a `go` was forgotten or names another step, and the questions that were meant to
//! protect somebody are left out.
//!
//! ## Example
//! ```yaml
//! start: mood
//! steps:
//!   danger: {ask: Are you in danger right now?, answers: {yes: {label: "Yes"}, no: {label: "No"}}, go: mood}
//!   mood: {say: How is your mood?, go: outcome/self-care}
//! ```
//!
//! ## Instead
//! ```yaml
//! start: danger
//! ```

use crate::check::outline::{Outline, leads_on, targets};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;

pub const RULE: Rule = Rule {
    code: "J020",
    name: "unreached-step",
    severity: Severity::Error,
    source: include_str!("j020_unreached_step.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(outline) = file.item.and_then(|i| Outline::of(file.site, i)) else { return };
    // Where a step leads nowhere or to a name that is misspelt, that is the cause, and has a finding already.
    let is_known = |target: &str| target.contains('/') || outline.place(target).is_some();
    let is_whole = outline.steps().all(|(_, step)| leads_on(step) && targets(step).iter().all(|t| is_known(t.value)));
    let (Some(start), true) = (outline.place(outline.journey.start.value), is_whole) else { return };
    let edges: Vec<Vec<usize>> = outline.edges().into_iter().map(|e| e.into_iter().map(|(to, _)| to).collect()).collect();
    let ids: Vec<_> = outline.steps().map(|(id, _)| id).collect();
    let mut is_reached = vec![false; edges.len()];
    reach(&edges, start, &mut is_reached);
    let is_led_to =
        |n: usize, is_reached: &[bool]| edges.iter().enumerate().any(|(from, to)| from != n && !is_reached[from] && to.contains(&n));
    // First those that nothing leads to, then what is left: circles that stand by themselves.
    for alone in [true, false] {
        for n in 0..edges.len() {
            if is_reached[n] || (alone && is_led_to(n, &is_reached)) {
                continue;
            }
            let before = is_reached.clone();
            reach(&edges, n, &mut is_reached);
            let behind: Vec<&str> = (0..edges.len()).filter(|m| *m != n && is_reached[*m] && !before[*m]).map(|m| ids[m].value).collect();
            let mut finding = file.finding(ids[n].span, format!("nothing leads to the step `{}`", ids[n].value)).label("never shown");
            if !behind.is_empty() && behind.len() <= 12 {
                finding = finding.note(format!(
                    "so {} not shown either",
                    if behind.len() == 1 { format!("`{}` is", behind[0]) } else { format!("{} are", codes(&behind, "and")) }
                ));
            }
            sink.push(finding.help("let another step lead to it with `go`, or take it out"));
        }
    }
}

fn reach(edges: &[Vec<usize>], from: usize, is_reached: &mut [bool]) {
    let mut open = vec![from];
    while let Some(n) = open.pop() {
        if !std::mem::replace(&mut is_reached[n], true) {
            open.extend(edges[n].iter().copied());
        }
    }
}
