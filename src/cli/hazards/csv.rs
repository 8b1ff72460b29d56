//! The hazard log for spreadsheets: RFC 4180, a line for each control.

use super::{Page, holds_in_words};
use crate::check::hazards::acceptance::Rated;
use crate::check::hazards::control::Control;
use crate::check::hazards::{Entry, state_word};
use crate::diag::escape::visible_lines;

const HEAD: [&str; 23] = [
    "hazard",
    "title",
    "status",
    "state",
    "owner",
    "cause",
    "effect",
    "harm",
    "existing controls",
    "initial severity",
    "initial likelihood",
    "initial risk",
    "residual severity",
    "residual likelihood",
    "residual risk",
    "residual risk obliges to",
    "accepted by",
    "acceptance",
    "control",
    "type of control",
    "rests on",
    "state of the control",
    "evidence",
];

/// The whole table; a hazard without controls has one line.
pub(super) fn render(page: &Page<'_, '_, '_>) -> String {
    let mut out = String::new();
    line(&HEAD.map(str::to_owned), &mut out);
    for entry in page.entries {
        let hazard = hazard(entry);
        let of_control = |control: Option<&Control<'_>>| {
            let cells = control.map_or([const { String::new() }; 5], |c| {
                [c.text.to_owned(), c.ty.to_owned(), c.by.unwrap_or("").to_owned(), holds_in_words(c.holds).to_owned(), c.evidence.clone()]
            });
            hazard.iter().cloned().chain(cells).collect::<Vec<String>>()
        };
        if entry.controls.is_empty() {
            line(&of_control(None), &mut out);
        }
        entry.controls.iter().for_each(|control| line(&of_control(Some(control)), &mut out));
    }
    out
}

fn hazard(entry: &Entry<'_, '_>) -> Vec<String> {
    let text = |t: Option<crate::model::Text<'_>>| t.map_or(String::new(), |t| t.value.trim().to_owned());
    let existing: Vec<&str> = entry.hazard.existing_controls.iter().map(|t| t.value).collect();
    let mut cells = vec![
        entry.item.id(),
        entry.item.title().to_owned(),
        entry.item.status().word().to_owned(),
        state_word(entry.hazard.state).to_owned(),
        text(entry.item.common.owner),
        text(entry.hazard.cause),
        text(entry.hazard.effect),
        text(entry.hazard.harm),
        existing.join("\n"),
    ];
    cells.extend(rated(entry.initial.as_ref()));
    cells.extend(rated(entry.residual.as_ref()));
    let level = entry.residual.as_ref().and_then(|r| r.level);
    cells.push(level.map_or(String::new(), |l| l.obliges.value.to_owned()));
    cells.push(text(entry.hazard.accepted_by));
    cells.push(entry.acceptance.in_words().to_owned());
    cells
}

fn rated(rated: Option<&Rated<'_, '_>>) -> [String; 3] {
    let with = |number: i64, label: Option<&str>| label.map_or(number.to_string(), |label| format!("{number} {label}"));
    rated.map_or([const { String::new() }; 3], |r| {
        let risk = r.level.map_or(String::new(), |l| with(l.level, Some(l.label.value)));
        [with(r.risk.severity, r.severity), with(r.risk.likelihood, r.likelihood), risk]
    })
}

fn line(cells: &[String], out: &mut String) {
    let cells: Vec<String> = cells.iter().map(|c| cell(c)).collect();
    out.push_str(&cells.join(","));
    out.push_str("\r\n");
}

/// A cell: quoted where it has to be, and never a formula to a spreadsheet.
fn cell(text: &str) -> String {
    let text = visible_lines(text);
    let guarded = if text.trim_start().starts_with(['=', '+', '-', '@', '|', '%']) { format!("'{text}") } else { text.into_owned() };
    if guarded.contains(['"', ',', '\n', '\r', '\'']) { format!("\"{}\"", guarded.replace('"', "\"\"")) } else { guarded }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn cells_are_quoted_and_never_formulas() {
        assert_eq!(cell("plain"), "plain");
        assert_eq!(cell("a, \"b\"\nc"), "\"a, \"\"b\"\"\nc\"");
        assert_eq!(cell("=HYPERLINK(\"x\")"), "\"'=HYPERLINK(\"\"x\"\")\"");
        for formula in ["+1", "-1", "@x", "|x", " =1"] {
            assert!(cell(formula).starts_with("\"'"), "{formula}");
        }
        assert_eq!(cell("a\u{202e}\tb"), "a\\u{202e}\\u{9}b");
    }
}
