//! Curly quotation marks and apostrophes, and dashes that stand for "to".
//!
//! One form of the apostrophe everywhere means that a search finds every word, and that what is copied into a text
//! message arrives as it was. A dash between two times, ages or amounts is skipped by many screen readers: "9am–5pm" is
//! heard as "9am 5pm", so write "9am to 5pm". English texts only.
//!
//! ## Example
//! ```md
//! It’s open 9am–5pm.
//! ```
//!
//! ## Instead
//! ```md
//! It is open 9am to 5pm.
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "Punctuation": straight apostrophes and quotation marks, "to" for ranges.

use std::ops::Range;

use super::{is_english, pieces};
use crate::check::{Check, FileContext, Piece, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "W018",
    name: "punctuation",
    severity: Severity::Advice,
    source: include_str!("w018_punctuation.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if !is_english(file) {
        return;
    }
    for piece in pieces(file).iter().filter(|p| !p.text.is_ascii() || p.text.contains('-')) {
        for (at, c) in piece.text.char_indices() {
            match c {
                '’' | '‘' | '“' | '”' => sink.push(quote(file, piece, at..at + c.len_utf8(), c)),
                '–' | '—' | '-' => range(file, piece, at, c, sink),
                _ => {}
            }
        }
    }
}

fn quote(file: &FileContext<'_, '_>, piece: &Piece<'_>, at: Range<usize>, c: char) -> Finding {
    let (what, straight) = if matches!(c, '’' | '‘') { ("apostrophe", '\'') } else { ("quotation mark", '"') };
    let span = piece.span(at);
    let finding = file.finding(span, format!("a curly {what} `{c}`")).help(format!("write `{straight}`"));
    if can_stand(file, piece, span, straight) { finding.fix(span, straight) } else { finding }
}

/// Whether the straight mark can stand there without more ado: not in a YAML text that is quoted with the same mark, nor
/// where it would begin a quoted text, together with the mark that would end it.
fn can_stand(file: &FileContext<'_, '_>, piece: &Piece<'_>, span: Span, straight: char) -> bool {
    if file.file.data().is_none_or(|data| span.start >= data.span().end) {
        return true; // Markdown
    }
    let whole = piece.whole();
    match whole.of(&file.file.text).chars().next() {
        Some(quote @ ('"' | '\'')) => quote != straight,
        Some('“' | '”') => straight != '"',
        Some('‘' | '’') => span.start != whole.start,
        _ => true,
    }
}

/// A dash from one number to another: a range.
fn range(file: &FileContext<'_, '_>, piece: &Piece<'_>, at: usize, dash: char, sink: &mut Sink<'_>) {
    let (before, after) = (&piece.text[..at], &piece.text[at + dash.len_utf8()..]);
    let (left, right) = (before.trim_end_matches([' ', '\u{a0}']), after.trim_start_matches([' ', '\u{a0}']));
    let last = left.rsplit(char::is_whitespace).next().unwrap_or("").trim_start_matches(|c: char| !c.is_alphanumeric() && c != '£');
    let first = right.split(char::is_whitespace).next().unwrap_or("").trim_end_matches(|c: char| !c.is_alphanumeric());
    // A hyphen joins numbers of many kinds; only between two times is it surely a range.
    let is_range = if dash == '-' { is_time(last) && is_time(first) } else { is_amount(last) && is_amount(first) };
    if is_range {
        let span = piece.span(left.len()..piece.text.len() - right.len());
        let finding = file.finding(span, "a dash that stands for \"to\"").help(format!("write `{last} to {first}`"));
        sink.push(finding.fix(span, " to "));
    }
}

fn is_amount(word: &str) -> bool {
    is_time(word)
        || word.starts_with(|c: char| c.is_ascii_digit() || c == '£')
            && word.ends_with(|c: char| c.is_ascii_digit())
            && !word.contains(['–', '—', '-'])
}

fn is_time(word: &str) -> bool {
    let digits = |w: &str| w.starts_with(|c: char| c.is_ascii_digit()) && w.chars().all(|c| c.is_ascii_digit() || matches!(c, ':' | '.'));
    matches!(word, "midnight" | "midday" | "noon")
        || ["am", "pm"].iter().any(|end| word.strip_suffix(end).is_some_and(digits))
        || digits(word) && word.contains(':')
}
