//! Telephone numbers: how a country numbers its phones, whether a number can be one, how it is written, and where
//! numbers stand in running text.
//!
//! The plans of all countries are taken from Google's libphonenumber when Signpost is built
//! (docs/decisions/0005-phone-numbers.md); one country's is turned into a matcher when it is asked for. Knows nothing of
//! resources, findings or which numbers are in use.

mod fiction;
mod find;
mod plan;

pub use fiction::is_fictional;
pub use find::{Groups, find};
pub use plan::{Fault, Plan};

/// A number as it is dialled, however it is written. Two numbers are equal where a phone would ring at the same place.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Number(u64);

/// Digits in front that tell international numbers from short codes and keep leading zeros.
const INTERNATIONAL: u64 = 1;
const SHORT: u64 = 2;
const MOST_DIGITS: usize = 17;

impl Number {
    /// A number with its country code, in one piece or two: `442079460123`.
    fn international(code: &str, rest: &str) -> Option<Self> {
        Self::tagged(INTERNATIONAL, code, rest)
    }

    /// A number that only works inside the country: `999`, `116123`.
    fn short(digits: &str) -> Option<Self> {
        Self::tagged(SHORT, digits, "")
    }

    fn tagged(tag: u64, digits: &str, more: &str) -> Option<Self> {
        let bytes = || digits.bytes().chain(more.bytes());
        let fits = (1..=MOST_DIGITS).contains(&(digits.len() + more.len())) && bytes().all(|b| b.is_ascii_digit());
        if !fits {
            return None;
        }
        Some(Self(bytes().fold(tag, |n, b| n * 10 + u64::from(b - b'0'))))
    }

    /// Its digits, an international number's with the country code.
    fn digits(self) -> String {
        self.0.to_string().split_off(1)
    }

    /// Whether it only works inside the country.
    pub fn is_short(self) -> bool {
        self.0 / 10_u64.pow(self.0.ilog10()) == SHORT
    }

    /// What a link dials: `tel:+442079460123`, `tel:999`.
    pub fn tel(self) -> String {
        format!("tel:{}{}", if self.is_short() { "" } else { "+" }, self.digits())
    }
}

/// The digits of a written number, and whether a `+` stands before them. `None` where anything else stands in it than
/// digits and the signs that people put between them.
fn digits(text: &str) -> Option<(bool, String)> {
    let text = text.trim();
    let (is_international, rest) = text.strip_prefix('+').map_or((false, text), |rest| (true, rest));
    // The zero in "+44 (0)20" is not dialled.
    let (before, after) = rest.split_once("(0)").filter(|_| is_international).unwrap_or((rest, ""));
    let mut digits = String::with_capacity(rest.len());
    for c in before.chars().chain(after.chars()) {
        match c {
            '0'..='9' => digits.push(c),
            ' ' | '\u{a0}' | '\u{2009}' | '\u{202f}' | '-' | '\u{2010}' | '\u{2011}' | '\u{2013}' | '.' | '(' | ')' | '/' => {}
            _ => return None,
        }
    }
    (!digits.is_empty()).then_some((is_international, digits))
}

#[cfg(test)]
mod tests;
