//! Words in block capitals.
//!
//! Capitals read as shouting, they are harder to read, and a screen reader may spell them out. Names that are written in
//! capitals, words to send by text, initials and words with digits are left alone; a long set of initials is known once
//! it stands in brackets after its words.
//!
//! ## Example
//! ```md
//! You are NOT wasting anyone's time.
//! ```
//!
//! ## Instead
//! ```md
//! You are not wasting anyone's time.
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "Formatting": no block capitals.

use std::collections::HashSet;
use std::ops::Range;

use super::pieces;
use crate::check::{Check, FileContext, Piece, Role, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "W014",
    name: "block-capitals",
    severity: Severity::Advice,
    source: include_str!("w014_block_capitals.rs"),
    check: Check::File(check),
};

/// Initials are mostly shorter than this.
const LETTERS: usize = 5;

/// Shorter words that are no initials.
const SHORT: [&str; 9] = ["ALWAYS", "DO", "MUST", "NEVER", "NOT", "NOW", "ONLY", "STOP", "VERY"];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let mut initials: Option<HashSet<String>> = None;
    let is_text = |p: &&Piece<'_>| !matches!(p.role, Role::Field("provider" | "organisation" | "name"));
    // Nearly every text is done once it has no two capitals side by side.
    let has_capitals = |p: &&Piece<'_>| !p.text.is_ascii() || p.text.as_bytes().windows(2).any(|w| w.iter().all(u8::is_ascii_uppercase));
    for piece in pieces(file).iter().filter(is_text).filter(has_capitals) {
        for at in capitals(&piece.text) {
            let word = &piece.text[at.clone()];
            let is_name = file.site.names.has_capitals(&file.site.content, word);
            if is_name || is_sent(&piece.text[..at.start]) || initials.get_or_insert_with(|| explained(file)).contains(word) {
                continue;
            }
            sink.push(
                file.finding(piece.span(at.clone()), format!("`{word}` is in block capitals"))
                    .help("use small letters; the words themselves make it clear"),
            );
        }
    }
}

/// Words in capitals that may be meant as emphasis.
fn capitals(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = None;
    for (at, c) in text.char_indices().chain([(text.len(), ' ')]) {
        let is_part = c.is_alphanumeric() || matches!(c, '@' | '.' | '/' | '&' | '_');
        match start {
            None if is_part => start = Some(at),
            Some(from) if !is_part => {
                let word = text[from..at].trim_end_matches('.');
                if word.chars().all(|c| c.is_uppercase()) && (word.chars().count() >= LETTERS || SHORT.contains(&word)) {
                    found.push(from..from + word.len());
                }
                start = None;
            }
            _ => {}
        }
    }
    found
}

/// Initials that this file explains: "Example Trust (SWLSTG)".
fn explained(file: &FileContext<'_, '_>) -> HashSet<String> {
    let brackets = file.pieces().iter().flat_map(|p| p.text.split('(').skip(1).filter_map(|rest| rest.split(')').next()));
    brackets.filter(|w| w.chars().all(char::is_uppercase)).map(str::to_owned).collect()
}

/// Whether the next word is one to send: "text SHOUT to".
fn is_sent(before: &str) -> bool {
    let last = before.split_whitespace().next_back().unwrap_or("").trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(last.as_str(), "text" | "send" | "texting" | "sending" | "reply" | "word")
}
