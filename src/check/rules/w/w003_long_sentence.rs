//! A sentence with more words than the target.
//!
//! People lose the thread of a long sentence, the more so when they are frightened, tired or reading in a second
//! language. The target is 20 words unless `content/wording.yaml` sets another for the kind. Items of a list and
//! headings count as sentences of their own; a phone number counts as one word, an address as none.
//!
//! ## Example
//! ```md
//! If you feel that you cannot cope with things any more and you would like to talk to someone about it then you can
//! call us.
//! ```
//!
//! ## Instead
//! ```md
//! You may feel that you cannot cope. If you would like to talk to someone, you can call us.
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "How we write": sentences of up to 20 words.

use super::{language, limit, pieces, target};
use crate::check::readability::{sentences, words};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "W003",
    name: "long-sentence",
    severity: Severity::Advice,
    source: include_str!("w003_long_sentence.rs"),
    check: Check::File(check),
};

/// Languages that are written without spaces between words.
const WITHOUT_SPACES: [&str; 6] = ["zh", "ja", "th", "lo", "km", "my"];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if WITHOUT_SPACES.iter().any(|l| language(file).split('-').next() == Some(l)) {
        return;
    }
    let limit = limit(target(file).sentence_words);
    // A text with no more blanks than the limit cannot have a longer sentence.
    for piece in pieces(file).iter().filter(|p| p.is_running() && p.text.bytes().filter(u8::is_ascii_whitespace).count() >= limit) {
        for part in sentences(&piece.text) {
            let count = words(&piece.text[part.clone()]).count();
            if count > limit {
                sink.push(
                    file.finding(piece.span(part), format!("a sentence of {count} words; the target is {limit}"))
                        .help("make two sentences of it, or leave out what people can do without"),
                );
            }
        }
    }
}
