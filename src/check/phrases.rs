//! House style as one automaton: every phrase to avoid, every exception, all of them found in a single pass.
//!
//! Capital letters, kinds of apostrophe and kinds of white space make no difference. What is a whole word is judged by
//! Unicode, much as UAX 29 does: hyphens part words, apostrophes and decimal points do not. Knows nothing of findings.

use std::borrow::Cow;
use std::ops::Range;

use aho_corasick::AhoCorasick;
use unicode_normalization::char::is_combining_mark;

use super::names::names;
use super::readability::is_address;
use crate::model::Content;

/// The house style of a site, ready to search with.
#[derive(Debug, Default)]
pub struct HouseStyle {
    automaton: Option<AhoCorasick>,
    patterns: Vec<Pattern>,
}

/// A phrase to avoid that stands in a text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hit {
    /// The rule that avoids it, as a place in `wording.yaml`.
    pub rule: usize,
    /// Where it stands.
    pub at: Range<usize>,
}

#[derive(Clone, Debug)]
struct Pattern {
    text: String,
    whole_words: bool,
    role: Role,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Role {
    /// Avoided by the rule at this place.
    Avoid(usize),
    /// An exception of the rule at this place.
    Exception(usize),
    /// A proper name, in which every rule is silent; capital letters count.
    Name,
}

impl HouseStyle {
    /// The house style of a site. Names of services and the like that hold an avoided word become exceptions.
    pub fn of(content: &Content<'_>) -> Self {
        let Some(wording) = &content.wording else { return Self::default() };
        let mut patterns = Vec::new();
        for (index, rule) in wording.rules.iter().enumerate() {
            let whole_words = rule.whole_words.unwrap_or(true);
            patterns.extend(rule.avoid.iter().map(|t| Pattern { text: plain(t.value), whole_words, role: Role::Avoid(index) }));
            patterns.extend(rule.exceptions.iter().map(|t| Pattern { text: plain(t.value), whole_words, role: Role::Exception(index) }));
        }
        let style = Self::build(patterns);
        let names = names(content).filter(|name| !style.search(name, |_| true).is_empty());
        let names: Vec<Pattern> = names.map(|n| Pattern { text: plain(n), whole_words: true, role: Role::Name }).collect();
        if names.is_empty() {
            return style;
        }
        let patterns = style.patterns.into_iter().chain(names).collect();
        Self::build(patterns)
    }

    fn build(mut patterns: Vec<Pattern>) -> Self {
        patterns.retain(|p| !p.text.trim().is_empty());
        // A phrase with an apostrophe is found with the curly one too. ASCII is searched in any case; of other scripts a
        // phrase is found as written and in small letters.
        let is_word = |p: &&Pattern| p.text.contains(char::is_alphanumeric);
        let curly = patterns.iter().filter(|p| p.text.contains('\'')).filter(is_word).map(|p| p.with(p.text.replace('\'', "’")));
        let curly: Vec<Pattern> = curly.collect();
        patterns.extend(curly);
        let small: Vec<Pattern> = patterns.iter().filter(|p| !p.text.is_ascii()).map(|p| p.with(p.text.to_lowercase())).collect();
        patterns.extend(small);
        let automaton = AhoCorasick::builder().ascii_case_insensitive(true).build(patterns.iter().map(|p| &p.text)).ok();
        Self { automaton, patterns }
    }

    /// The phrases to avoid in `text`, from left to right, the longest at each place, none overlapping another. `applies` says
    /// of a rule, by its place in `wording.yaml`, whether it counts here.
    pub fn search(&self, text: &str, applies: impl Fn(usize) -> bool) -> Vec<Hit> {
        let Some(automaton) = &self.automaton else { return Vec::new() };
        let flat = Flat::of(text);
        let (mut hits, mut covers) = (Vec::new(), Vec::new());
        for found in automaton.find_overlapping_iter(flat.text.as_ref()) {
            let pattern = &self.patterns[found.pattern().as_usize()];
            let at = found.range();
            if pattern.whole_words && !is_whole(&flat.text, &at) {
                continue;
            }
            match pattern.role {
                Role::Avoid(rule) => hits.push(Hit { rule, at }),
                Role::Exception(rule) => covers.push((Some(rule), at)),
                Role::Name if flat.text.get(at.clone()) == Some(pattern.text.as_str()) => covers.push((None, at)),
                Role::Name => {}
            }
        }
        hits.retain(|hit| {
            let is_covered =
                covers.iter().any(|(rule, c)| rule.is_none_or(|r| r == hit.rule) && c.start <= hit.at.start && hit.at.end <= c.end);
            !is_covered && !in_address(&flat.text, &hit.at) && applies(hit.rule)
        });
        hits.sort_by(|a, b| a.at.start.cmp(&b.at.start).then(b.at.end.cmp(&a.at.end)).then(a.rule.cmp(&b.rule)));
        let mut end = 0;
        hits.retain(|hit| {
            let is_free = hit.at.start >= end;
            end = if is_free { hit.at.end } else { end };
            is_free
        });
        hits.into_iter().map(|hit| Hit { at: flat.origin(hit.at), ..hit }).collect()
    }
}

impl Pattern {
    fn with(&self, text: String) -> Self {
        Self { text, ..self.clone() }
    }
}

/// A phrase with straight apostrophes and single spaces; a lone sign is itself.
fn plain(phrase: &str) -> String {
    let phrase = if phrase.contains(char::is_alphanumeric) { phrase.replace('’', "'") } else { phrase.to_owned() };
    phrase.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// A text in the form in which phrases are searched, and the way back.
struct Flat<'t> {
    text: Cow<'t, str>,
    /// (offset here, offset in the original), for all that is shifted; empty where nothing is.
    shifts: Vec<(usize, usize)>,
}

impl<'t> Flat<'t> {
    fn of(text: &'t str) -> Self {
        let bytes = text.as_bytes();
        let is_plain = text.is_ascii() && !bytes.contains(&b'\n') && !bytes.contains(&b'\t') && !text.contains("  ");
        if is_plain {
            return Self { text: Cow::Borrowed(text), shifts: Vec::new() };
        }
        let mut flat = String::with_capacity(text.len());
        let mut shifts = Vec::new();
        for (at, c) in text.char_indices() {
            shifts.push((flat.len(), at));
            match c {
                '\u{ad}' | '\u{200b}'..='\u{200d}' | '\u{2060}' => {}
                '\u{2010}' | '\u{2011}' => flat.push('-'),
                c if c.is_whitespace() && flat.ends_with(' ') => {}
                c if c.is_whitespace() => flat.push(' '),
                c => flat.push(c),
            }
        }
        shifts.push((flat.len(), text.len()));
        Self { text: Cow::Owned(flat), shifts }
    }

    fn origin(&self, at: Range<usize>) -> Range<usize> {
        if self.shifts.is_empty() {
            return at;
        }
        let start = self.shifts.partition_point(|(f, _)| *f <= at.start).saturating_sub(1);
        let end = self.shifts.partition_point(|(f, _)| *f < at.end);
        self.shifts[start].1..self.shifts.get(end).map_or(at.end, |s| s.1)
    }
}

/// Whether what stands at `at` begins and ends where words do.
pub(super) fn is_whole(text: &str, at: &Range<usize>) -> bool {
    let (before, found, after) = (&text[..at.start], &text[at.clone()], &text[at.end..]);
    let parts = |left: &str, right: &str| {
        let (Some(l), Some(r)) = (left.chars().next_back(), right.chars().next()) else { return true };
        if is_word(l) && is_word(r) || is_combining_mark(r) {
            return false;
        }
        // Within 5.30, 12:15 and don't there is no end of a word.
        let joins = |mid: char, l: Option<char>, r: Option<char>| {
            let (Some(l), Some(r)) = (l, r) else { return false };
            matches!(mid, '.' | ',' | ':') && l.is_ascii_digit() && r.is_ascii_digit()
                || matches!(mid, '\'' | '’') && l.is_alphabetic() && r.is_alphabetic()
        };
        let possessive =
            |rest: &str| rest.strip_prefix(['\'', '’']).and_then(|r| r.strip_prefix('s')).is_some_and(|rest| !rest.starts_with(is_word));
        if is_word(l) && !is_word(r) {
            return possessive(right) || !joins(r, Some(l), right.chars().nth(1));
        }
        !(is_word(r) && joins(l, left.chars().rev().nth(1), Some(r)))
    };
    parts(before, found) && parts(found, after)
}

fn is_word(c: char) -> bool {
    c.is_alphanumeric() || c == '_'
}

/// Whether the word around `at` is a web or e-mail address, which nobody can reword.
fn in_address(text: &str, at: &Range<usize>) -> bool {
    let start = text[..at.start].rfind(char::is_whitespace).map_or(0, |n| n + 1);
    let end = text[at.end..].find(char::is_whitespace).map_or(text.len(), |n| at.end + n);
    is_address(text[start..end].trim_start_matches(|c: char| !c.is_alphanumeric()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_end_where_unicode_says() {
        let whole = |text: &str, phrase: &str| {
            let at = text.find(phrase).unwrap();
            is_whole(text, &(at..at + phrase.len()))
        };
        assert!(whole("see a clinician.", "clinician"));
        assert!(whole("the clinician's view", "clinician"));
        assert!(whole("self-seeking", "seeking"));
        assert!(whole("(12am)", "12am"));
        assert!(!whole("chronically", "chronic"));
        assert!(!whole("5:12am", "12am"));
        assert!(!whole("option 2.5", "option 2"));
        assert!(!whole("don't", "don"));
        assert!(!whole("métier", "tier"));
        assert!(!whole("cafe\u{301}", "cafe"));
    }

    #[test]
    fn places_are_those_of_the_original() {
        let flat = Flat::of("don’t\n  wait\u{a0}here");
        assert_eq!(flat.text, "don’t wait here");
        assert_eq!(flat.origin(0..7), 0..7);
        assert_eq!(&"don’t\n  wait\u{a0}here"[flat.origin(8..12)], "wait");
        assert_eq!(&"don’t\n  wait\u{a0}here"[flat.origin(8..17)], "wait\u{a0}here");
    }
}
