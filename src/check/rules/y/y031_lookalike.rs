//! A word or a web address with letters that only look like Latin ones.
//!
//! The Cyrillic `а` and the Latin `a` cannot be told apart by eye, but search, screen readers and browsers tell them
//! apart: a name is not found, a word is read out wrongly, and an address opens somebody else's site. The finding shows
//! the code point, and of an address the name by which machines know it (`xn--…`). Letters in disguise (𝐛𝐨𝐥𝐝) count
//! as well: screen readers pass over them.
//!
//! Text in Russian, Greek or any other language is not meant, only words that mix their letters with Latin ones.
//!
//! ## Example
//! ```md
//! Call Sаmaritans. (The first "а" is Cyrillic.)
//! ```
//!
//! ## Instead
//! ```md
//! Call Samaritans.
//! ```
//!
//! ## Where it comes from
//! Unicode Technical Standard 39.

use crate::check::{Check, FileContext, Rule, Sink, lookalike};
use crate::diag::Severity;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y031",
    name: "lookalike",
    severity: Severity::Error,
    source: include_str!("y031_lookalike.rs"),
    check: Check::File(check),
};

/// More than this in one file are the same mistake again.
const MOST: usize = 200;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let text = &file.file.text;
    for word in lookalike::words(text).into_iter().take(MOST) {
        let span = Span::new(word.range.start, word.range.end);
        let shown = &text[word.range.clone()];
        let letter = format!("`{}` is U+{:04X}", word.letter, u32::from(word.letter));
        sink.push(match word.looks_like {
            Some(plain) => {
                let finding = file.finding(span, format!("`{shown}` has letters in it that only look like Latin ones")).label(letter);
                finding.help(format!("write `{plain}` with plain letters")).fix(span, plain)
            }
            None => {
                let finding = file.finding(span, format!("`{shown}` mixes the letters of two alphabets")).label(letter);
                finding.help("write the word with the letters of one")
            }
        });
    }
    for host in lookalike::hosts(text).into_iter().take(MOST) {
        let span = Span::new(host.range.start, host.range.end);
        let shown = &text[host.range.clone()];
        let finding = file.finding(span, format!("`{shown}` is not the site that it looks like: it is `{}`", host.ascii));
        sink.push(match host.looks_like {
            Some(plain) => finding.help(format!("if `{plain}` is meant, type the address again with plain letters")),
            None => finding.help("type the address again with plain letters"),
        });
    }
}
