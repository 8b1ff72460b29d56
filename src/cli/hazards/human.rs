//! The hazard log in a terminal.

use super::{Page, holds_in_words};
use crate::check::hazards::acceptance::Rated;
use crate::check::hazards::{Entry, state_word};
use crate::cli::prose::{Style, wrap};
use crate::diag::words::{count, number};

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const OFF: &str = "\u{1b}[0m";

/// The whole log; the last lines say what has to be put right.
pub(super) fn render(page: &Page<'_, '_, '_>, style: Style) -> String {
    let mut out = String::new();
    if page.entries.is_empty() {
        return "There are no hazards in the log.\n".to_owned();
    }
    for entry in page.entries {
        hazard(entry, style, &mut out);
    }
    let counts = page.counts();
    let words = format!(
        "{}, {} open, {} not accepted. {}: {} hold, {} do not hold, {} not checked here.",
        count(page.entries.len(), "hazard"),
        number(counts.open),
        number(counts.not_accepted),
        count(counts.controls, "control"),
        number(counts.held),
        number(counts.failing),
        number(counts.unseen)
    );
    lines(style, "", &words, &mut out);
    let wrong: Vec<String> = page.entries.iter().filter(|e| !e.is_in_order()).map(|e| e.item.id()).collect();
    if !wrong.is_empty() {
        lines(style, "", &format!("To be put right: {}", wrong.join(", ")), &mut out);
    }
    out
}

fn hazard(entry: &Entry<'_, '_>, style: Style, out: &mut String) {
    let status = if entry.item.is_live() { String::new() } else { format!(", {}", entry.item.status().word()) };
    let owner = entry.item.common.owner.map_or(String::new(), |o| format!(", owner {}", o.value));
    let (on, off) = if style.color { (BOLD, OFF) } else { ("", "") };
    for line in wrap(entry.item.title(), style.width) {
        out.push_str(&format!("{on}{line}{off}\n"));
    }
    lines(style, "  ", &format!("{}, {}{status}{owner}", entry.item.id(), state_word(entry.hazard.state)), out);
    let risk = |rated: Option<&Rated<'_, '_>>| rated.map_or("not given".to_owned(), in_words);
    lines(style, "  ", &format!("Risk before the controls: {}", risk(entry.initial.as_ref())), out);
    lines(style, "  ", &format!("Risk after them: {}", risk(entry.residual.as_ref())), out);
    if let Some(level) = entry.residual.as_ref().and_then(|r| r.level) {
        let roles: Vec<&str> = level.accepted_by.iter().map(|r| r.value).collect();
        let may = if roles.is_empty() { "Nobody may accept it.".to_owned() } else { format!("May be accepted by {}.", roles.join(", ")) };
        lines(style, "    ", &format!("{} {may}", level.obliges.value), out);
    }
    let by = entry.hazard.accepted_by.map_or("nobody", |r| r.value);
    marked(style, entry.acceptance.is_in_order(), &format!("Accepted by {by}: {}", entry.acceptance.in_words()), "  ", out);
    for existing in &entry.hazard.existing_controls {
        lines(style, "  ", &format!("Existing control: {}", existing.value), out);
    }
    for control in &entry.controls {
        let by = control.by.map_or(String::new(), |by| format!(" [{by}]"));
        let sign = match control.holds {
            Some(true) => "✓",
            Some(false) => "✗",
            None => "·",
        };
        lines(style, "  ", &format!("{sign} {} ({}){by}", control.text, control.ty), out);
        let words = format!("{}: {}", holds_in_words(control.holds), control.evidence);
        if control.holds == Some(false) { marked(style, false, &words, "    ", out) } else { lines(style, "    ", &words, out) }
    }
    out.push('\n');
}

fn in_words(rated: &Rated<'_, '_>) -> String {
    let scale = |number: i64, label: Option<&str>| label.map_or(number.to_string(), |label| format!("{number} ({label})"));
    let level = rated.level.map_or("not in the matrix".to_owned(), |l| format!("{} ({})", l.level, l.label.value));
    let (severity, likelihood) = (scale(rated.risk.severity, rated.severity), scale(rated.risk.likelihood, rated.likelihood));
    format!("{level}; severity {severity}, likelihood {likelihood}")
}

fn marked(style: Style, good: bool, text: &str, margin: &str, out: &mut String) {
    let (on, off) = if style.color && !good { (RED, OFF) } else { ("", "") };
    for line in wrap(text, style.width.saturating_sub(margin.len() + 2)) {
        out.push_str(&format!("{margin}{on}{line}{off}\n"));
    }
}

fn lines(style: Style, margin: &str, text: &str, out: &mut String) {
    for (n, line) in wrap(text, style.width.saturating_sub(margin.len() + 2)).iter().enumerate() {
        let further = if n > 0 && !margin.is_empty() { "  " } else { "" };
        out.push_str(&format!("{margin}{further}{line}\n"));
    }
}
