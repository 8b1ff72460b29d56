//! A text that may be hard to read for those it is meant for.
//!
//! Many adults read no better than a child of 11, and everybody reads worse when frightened or tired. The reading age is
//! worked out from the length of sentences and words: 0.39 × words per sentence + 11.8 × syllables per word − 10.59
//! (the Flesch-Kincaid grade plus 5, in years). Only English texts of 100 words or more are measured, without titles,
//! headings and labels. `content/wording.yaml` sets the target for each kind.
//!
//! A formula knows nothing of meaning: use it to decide where to look first, never as proof that a text is clear. The
//! finding points to the three hardest sentences.
//!
//! ## Example
//! ```md
//! Individuals experiencing psychological difficulties are encouraged to access appropriate professional support.
//! ```
//!
//! ## Instead
//! ```md
//! If you are finding things hard, ask for help. You can talk to a GP.
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "Health literacy": aim for a reading age of 9 to 11, at most 11 to 14, and use readability
//! scores only to set priorities. J. P. Kincaid and others, 1975, for the formula.

use super::{is_english, kind, limit, pieces, target};
use crate::check::readability::{Counts, ENOUGH_WORDS, sentences};
use crate::check::{Check, FileContext, Piece, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "W002",
    name: "reading-age",
    severity: Severity::Advice,
    source: include_str!("w002_reading_age.rs"),
    check: Check::File(check),
};

/// Beyond this the formula still counts, but means no age.
const OLDEST: f64 = 20.0;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let limit = limit(target(file).reading_age);
    let running: Vec<_> = pieces(file).iter().filter(|p| p.is_running()).collect();
    // Texts with too few blanks to part that many words are done here: most services, say.
    let blanks = |p: &&Piece<'_>| p.text.bytes().filter(|b| b.is_ascii_whitespace() || !b.is_ascii()).count();
    if !is_english(file) || running.iter().map(|p| 1 + blanks(p)).sum::<usize>() < ENOUGH_WORDS {
        return;
    }
    let mut each: Vec<(f64, Span)> = Vec::new();
    let mut all = Counts::default();
    for piece in running {
        for part in sentences(&piece.text) {
            let counts = Counts::of(&piece.text[part.clone()]);
            all = all.plus(counts);
            each.push((counts.reading_age(), piece.span(part)));
        }
    }
    let age = all.reading_age().round();
    if all.words < ENOUGH_WORDS || age <= years(limit) {
        return;
    }
    each.sort_by(|a, b| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1)));
    let place = file.item.map(|i| i.common.title_span()).unwrap_or_default();
    let kind = kind(file);
    let of_kind = if kind == "default" { String::new() } else { format!(" for a {kind}") };
    let age = if age > OLDEST { format!("over {OLDEST}") } else { format!("about {age}") };
    let mut finding = file
        .finding(place, format!("the text needs a reading age of {age}; the target{of_kind} is {limit}"))
        .note(format!("{} words in {} sentences, {} syllables", all.words, all.sentences, all.syllables))
        .help("look at the sentences marked: shorter sentences and everyday words bring the figure down");
    for ((_, span), text) in each.iter().zip(["the hardest sentence", "the next hardest", "the third hardest"]) {
        finding = finding.also(&file.file.path, *span, text);
    }
    sink.push(finding);
}

fn years(limit: usize) -> f64 {
    u32::try_from(limit).map_or(f64::INFINITY, f64::from)
}
