//! A paragraph with more sentences than the target.
//!
//! A wall of text is skipped, and what people need may stand at its end. The target is 3 sentences unless
//! `content/wording.yaml` sets another for the kind.
//!
//! ## Example
//! ```md
//! Grief takes time. It comes and goes. There is no right way. Some days are easier. Talk to someone.
//! ```
//!
//! ## Instead
//! ```md
//! Grief takes time. It comes and goes.
//!
//! There is no right way, and some days are easier. Talk to someone.
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "How we write": paragraphs of up to 3 sentences.

use std::ops::Range;

use super::{limit, pieces, target};
use crate::check::readability::sentences;
use crate::check::{Check, FileContext, Piece, Role, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::Part;

pub const RULE: Rule = Rule {
    code: "W004",
    name: "long-paragraph",
    severity: Severity::Advice,
    source: include_str!("w004_long_paragraph.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let limit = limit(target(file).paragraph_sentences);
    let is_paragraph = |p: &&Piece<'_>| p.is_running() && !matches!(p.role, Role::Body(Part::ListItem | Part::Cell));
    // Only a text with more signs that may end a sentence can be too long.
    let ends = |p: &Piece<'_>| p.text.bytes().filter(|b| matches!(b, b'.' | b'!' | b'?') || !b.is_ascii()).count();
    for piece in pieces(file).iter().filter(is_paragraph).filter(|p| ends(p) >= limit) {
        for paragraph in paragraphs(file, piece) {
            let sentences = sentences(&piece.text[paragraph.clone()]);
            if let (Some(first_too_many), Some(last)) = (sentences.get(limit), sentences.last()) {
                let span = piece.span(paragraph.start + first_too_many.start..paragraph.start + last.end);
                sink.push(
                    file.finding(span, format!("a paragraph of {} sentences; the target is {limit}", sentences.len()))
                        .label("begin a new paragraph here, or earlier")
                        .help("begin a new paragraph, or make a list of what are several things"),
                );
            }
        }
    }
}

/// A blank line of YAML begins a new paragraph, as in Markdown; in a folded or plain text it is read as one line break.
fn paragraphs(file: &FileContext<'_, '_>, piece: &Piece<'_>) -> Vec<Range<usize>> {
    let breaks = |text: &str| text.trim_end().matches('\n').count();
    let is_literal = breaks(&piece.text) == breaks(piece.whole().of(&file.file.text));
    let parting = if is_literal { "\n\n" } else { "\n" };
    let mut start = 0;
    let mut found = Vec::new();
    for part in piece.text.split(parting) {
        found.push(start..start + part.len());
        start += part.len() + parting.len();
    }
    found
}
