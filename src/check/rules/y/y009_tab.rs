//! A tab where YAML needs spaces.
//!
//! How far a tab indents differs from editor to editor, and in YAML indentation decides what belongs to what. So tabs are
//! not allowed there; most editors can be told to write spaces instead.
//!
//! ## Example
//! A line below `eligibility:` that begins with a tab.
//!
//! ## Instead
//! ```yaml
//! eligibility:
//!   for_others: true
//! ```
//!
//! ## Where it comes from
//! YAML 1.2.2, section 6.1: tab characters must not be used in indentation.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;
use crate::yaml::{self, ProblemKind};

pub const RULE: Rule =
    Rule { code: "Y009", name: "tab", severity: Severity::Error, source: include_str!("y009_tab.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let tabs: Vec<Span> = file.file.problems.iter().filter(|p| p.kind == ProblemKind::Tab).map(|p| p.span).collect();
    // An editor that writes tabs writes them in every line: that is one cause.
    let Some(first) = tabs.first() else { return };
    let mut finding = file.finding(*first, "a tab stands where YAML needs spaces").label("tab");
    if tabs.len() > 1 {
        let others = if tabs.len() == 2 { "one more line".to_owned() } else { format!("{} more lines", tabs.len() - 1) };
        finding = finding.note(format!("the same in {others} of this file"));
    }
    finding = finding.help("indent with two spaces for each level");
    if can_be_mended(file, &tabs) {
        for tab in &tabs {
            finding = finding.fix(*tab, spaces(*tab));
        }
    }
    sink.push(finding);
}

/// Two spaces for each tab.
fn spaces(tabs: Span) -> String {
    "  ".repeat(tabs.range().len())
}

/// Whether the file can be read once the tabs are spaces.
fn can_be_mended(file: &FileContext<'_, '_>, tabs: &[Span]) -> bool {
    let text = &file.file.text;
    let range = file.file.yaml_range();
    let (mut mended, mut at) = (String::with_capacity(text.len()), range.start as usize);
    for tab in tabs {
        mended.push_str(text.get(at..tab.start as usize).unwrap_or(""));
        mended.push_str(&spaces(*tab));
        at = tab.end as usize;
    }
    mended.push_str(text.get(at..range.end as usize).unwrap_or(""));
    let parsed = yaml::parse(&mended, Span::new(0, mended.len()));
    !parsed.problems.iter().any(|p| matches!(p.kind, ProblemKind::Syntax(_) | ProblemKind::UnquotedColon | ProblemKind::Tab))
}
