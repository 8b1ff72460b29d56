//! The same word twice in a row.
//!
//! It is nearly always left over from a change, and a screen reader says it twice. English texts only; "had had" and
//! "that that" are left alone, and so are names and numbers.
//!
//! ## Example
//! ```md
//! Call the the helpline.
//! ```
//!
//! ## Instead
//! ```md
//! Call the helpline.
//! ```

use super::{is_english, pieces};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "W019",
    name: "repeated-word",
    severity: Severity::Warning,
    source: include_str!("w019_repeated_word.rs"),
    check: Check::File(check),
};

/// Words that rightly stand twice in a row at times.
const RIGHT: [&str; 7] = ["had", "that", "bye", "so", "very", "no", "now"];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if !is_english(file) {
        return;
    }
    for piece in pieces(file) {
        let text = piece.text.as_ref();
        let mut last: Option<(usize, &str)> = None;
        for word in text.split_whitespace() {
            let at = word.as_ptr() as usize - text.as_ptr() as usize;
            let is_possible = last.is_some_and(|(_, w)| w.len() <= word.len() && w.as_bytes()[0].eq_ignore_ascii_case(&word.as_bytes()[0]));
            // What ends the first word or begins the second parts the two: "is it? It is".
            let bare = if is_possible { word.trim_end_matches(|c: char| !c.is_alphanumeric()) } else { "" };
            if let Some((first, _)) = last.filter(|(_, w)| is_possible && is_same(w, bare)) {
                let span = piece.span(at..at + bare.len());
                let finding = file.finding(span, format!("`{bare}` stands twice")).help("take one of them out");
                let between = Span::new(piece.span(first..first + bare.len()).end as usize, span.end as usize);
                let as_written = between.of(&file.file.text) == &text[first + bare.len()..at + bare.len()];
                sink.push(if as_written { finding.fix(between, "") } else { finding });
            }
            last = Some((at, word));
        }
    }
}

fn is_same(first: &str, second: &str) -> bool {
    let is_plain = |w: &str| w.chars().all(char::is_alphabetic);
    let is_capital = |w: &str| w.starts_with(char::is_uppercase);
    is_plain(first)
        && is_plain(second)
        && !second.is_empty()
        && first.eq_ignore_ascii_case(second)
        && !(is_capital(first) && is_capital(second))
        && !RIGHT.contains(&second.to_ascii_lowercase().as_str())
}
