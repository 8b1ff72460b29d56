//! What reading refused in a file, so that what follows from it is not said again.

use super::{hidden, lookalike};
use crate::load::File;
use crate::schema::{Problem, Violation};
use crate::source::Span;
use crate::yaml::ProblemKind;

/// The places of a file that the rules on reading complain about.
pub(super) struct Unread<'f> {
    text: &'f str,
    values: Vec<Span>,
    merges: Vec<Span>,
    characters: Vec<Span>,
}

/// Looks through a file.
pub(super) fn of(file: &File) -> Unread<'_> {
    let (merges, values): (Vec<_>, Vec<_>) = file.problems.iter().partition(|p| p.kind == ProblemKind::MergeKey);
    let spans = |problems: Vec<&crate::yaml::Problem>| problems.into_iter().map(|p| p.span).collect();
    let mut characters: Vec<Span> = hidden::in_text(&file.text).into_iter().map(|h| h.span).collect();
    characters.extend(lookalike::words(&file.text).into_iter().map(|w| Span::new(w.range.start, w.range.end)));
    characters.extend(lookalike::hosts(&file.text).into_iter().map(|h| Span::new(h.range.start, h.range.end)));
    Unread { text: &file.text, values: spans(values), merges: spans(merges), characters }
}

impl Unread<'_> {
    /// Whether a violation only follows from what was refused.
    pub(super) fn explains(&self, violation: &Violation<'_>) -> bool {
        let span = violation.span;
        let touches = |other: &Span| other.start < span.end && span.start < other.end;
        match violation.problem {
            // What a merge key would have brought in.
            Problem::Missing(_) => self.merges.iter().any(|m| {
                let map = violation.node.span();
                map.start <= m.start && m.end <= map.end
            }),
            // A tag stands before its value.
            _ => {
                let is_before = |v: &Span| v.end <= span.start && Span { start: v.end, end: span.start }.of(self.text).trim().is_empty();
                self.values.iter().any(|v| *v == span || *v == violation.node.span() || is_before(v)) || self.characters.iter().any(touches)
            }
        }
    }
}
