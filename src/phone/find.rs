//! Where numbers may stand in running text.

use std::ops::Range;

/// Groups of digits that stand together and may be a number: `0800 123 456`, `+44 (0)20 7946 0123`, `116 123`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Groups {
    start: usize,
    ends: [usize; MOST_GROUPS],
    count: usize,
}

const MOST_GROUPS: usize = 8;

impl Groups {
    /// Byte ranges of what may be the number: all groups first, then fewer, because a number may stand right before another.
    pub fn ranges(&self) -> impl Iterator<Item = Range<usize>> + '_ {
        self.ends[..self.count].iter().rev().map(|end| self.start..*end)
    }
}

/// Finds what may be numbers in a text, from `from` on: the next groups of digits.
pub fn find(text: &str, from: usize) -> Option<Groups> {
    let bytes = text.as_bytes();
    let mut at = from;
    while let Some(offset) = bytes.get(at..)?.iter().position(u8::is_ascii_digit) {
        let digit = at + offset;
        let start = start(text, digit);
        let groups = groups(text, start, digit);
        if is_apart(text, start) && groups.count > 0 {
            return Some(groups);
        }
        // No number: go past all digits that stand together here.
        at = digit + bytes[digit..].iter().take_while(|b| b.is_ascii_digit()).count();
    }
    None
}

/// Where the number begins whose first digit stands at `digit`: at a `+` or a bracket before it.
fn start(text: &str, digit: usize) -> usize {
    let before = &text[..digit];
    if before.ends_with('+') || (before.ends_with('(') && text[digit..].split(')').next().is_some_and(|d| d.len() <= 6)) {
        return digit - 1;
    }
    digit
}

/// Whether what stands before is no part of a word, an amount, a date or a time.
fn is_apart(text: &str, start: usize) -> bool {
    let before = text[..start].chars().next_back();
    !before.is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '£' | '$' | '€' | '#' | '_' | '+' | '%' | '='))
}

fn groups(text: &str, start: usize, digit: usize) -> Groups {
    let mut groups = Groups { start, ends: [0; MOST_GROUPS], count: 0 };
    let mut at = digit;
    while groups.count < MOST_GROUPS {
        let end = at + text[at..].bytes().take_while(u8::is_ascii_digit).count();
        if end == at {
            break;
        }
        if ends_well(text, end) {
            groups.ends[groups.count] = end;
            groups.count += 1;
        }
        let Some(next) = separator(text, end) else { break };
        at = next;
    }
    groups
}

/// Whether the digits that end here are no part of a word, an amount, a date or a time.
fn ends_well(text: &str, end: usize) -> bool {
    let mut after = text[end..].chars();
    match after.next() {
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '/' | '_' | '@') => false,
        Some(':' | '.' | ',' | '-') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        _ => true,
    }
}

/// Where the next group begins: after one sign or a bracket.
fn separator(text: &str, end: usize) -> Option<usize> {
    let mut rest = text[end..].chars();
    let mut at = end;
    let mut signs = 0;
    loop {
        let c = rest.next()?;
        match c {
            '0'..='9' => return (signs > 0).then_some(at),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '.' | '(' | ')' if signs < 3 => signs += 1,
            _ => return None,
        }
        at += c.len_utf8();
    }
}
