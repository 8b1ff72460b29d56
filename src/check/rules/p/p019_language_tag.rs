//! A language that is not written as a language tag.
//!
//! Pages tell browsers and screen readers which language a text is in, and people look for help in theirs: both need the short
//! tag, `cy`, not the name, Welsh.
//!
//! ## Example
//! ```yaml
//! languages: [English, en_GB]
//! ```
//!
//! ## Instead
//! ```yaml
//! languages: [en, en-GB]
//! ```
//!
//! ## Where it comes from
//! Language tags are those of BCP 47: a language of two or three small letters, then perhaps a script and a region.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Mark;

pub const RULE: Rule = Rule {
    code: "P019",
    name: "language-tag",
    severity: Severity::Error,
    source: include_str!("p019_language_tag.rs"),
    check: Check::File(check),
};

/// Names that people write instead.
const NAMES: [(&str, &str); 29] = [
    ("english", "en"),
    ("welsh", "cy"),
    ("cymraeg", "cy"),
    ("scottish gaelic", "gd"),
    ("gaelic", "gd"),
    ("irish", "ga"),
    ("bsl", "bfi"),
    ("british sign language", "bfi"),
    ("arabic", "ar"),
    ("bengali", "bn"),
    ("bangla", "bn"),
    ("chinese", "zh"),
    ("cantonese", "yue"),
    ("dari", "prs"),
    ("farsi", "fa"),
    ("persian", "fa"),
    ("french", "fr"),
    ("gujarati", "gu"),
    ("hindi", "hi"),
    ("kurdish", "ku"),
    ("pashto", "ps"),
    ("polish", "pl"),
    ("portuguese", "pt"),
    ("punjabi", "pa"),
    ("romanian", "ro"),
    ("somali", "so"),
    ("spanish", "es"),
    ("turkish", "tr"),
    ("urdu", "ur"),
];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for marked in file.marked().iter().filter(|m| matches!(m.mark, Mark::Format(f) if f == "language-tag")) {
        let Some(text) = marked.node.str().filter(|t| !is_tag(t)) else { continue };
        let place = marked.node.span_within(0..text.len());
        let finding = file.finding(place, format!("`{text}` is no language tag")).label("not a language tag");
        sink.push(match meant(text) {
            Some(tag) => finding.did_you_mean(Some(&tag)).fix(place, tag),
            None => finding.help("write the short tag of the language, such as `en`, `cy` or `bn`"),
        });
    }
}

/// Whether a text has the form of a tag: language, script, region and variants, in the usual capitals.
fn is_tag(text: &str) -> bool {
    let all = |part: &str, test: fn(&u8) -> bool| part.as_bytes().iter().all(test);
    let mut parts = text.split('-').peekable();
    if !parts.next().is_some_and(|p| matches!(p.len(), 2 | 3) && all(p, u8::is_ascii_lowercase)) {
        return false;
    }
    parts.next_if(|p| p.len() == 4 && p.as_bytes()[0].is_ascii_uppercase() && all(&p[1..], u8::is_ascii_lowercase));
    parts.next_if(|p| (p.len() == 2 && all(p, u8::is_ascii_uppercase)) || (p.len() == 3 && all(p, u8::is_ascii_digit)));
    parts.all(|p| (4..=8).contains(&p.len()) && all(p, u8::is_ascii_alphanumeric))
}

/// The tag that was most likely meant.
fn meant(text: &str) -> Option<String> {
    let lower = text.trim().to_lowercase();
    if let Some((_, tag)) = NAMES.iter().find(|(name, _)| *name == lower) {
        return Some((*tag).to_owned());
    }
    let cased = lower.split(['-', '_']).enumerate().map(|(n, part)| match part.len() {
        2 if n > 0 => part.to_uppercase(),
        4 if n > 0 => part.char_indices().map(|(i, c)| if i == 0 { c.to_ascii_uppercase() } else { c }).collect(),
        _ => part.to_owned(),
    });
    let tag = cased.collect::<Vec<_>>().join("-");
    is_tag(&tag).then_some(tag)
}
