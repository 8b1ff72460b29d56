//! A country's numbering plan: which numbers can be, and how they are written.

use std::sync::OnceLock;

use regex::{Regex, RegexBuilder};

use super::{Number, digits};

/// One country, as the build script writes it from the metadata.
struct Data {
    /// Two capital letters.
    id: &'static str,
    /// The country code, which several countries may share.
    code: u16,
    /// What is dialled before a number inside the country: `0`.
    prefix: &'static str,
    /// How many digits a number can have, without code and prefix.
    lengths: &'static [u16],
    /// The pattern of all numbers, without code and prefix.
    valid: &'static str,
    /// How numbers are written: how they begin, their groups, and the groups' order with prefix and signs (`0$1 $2`);
    /// and whether that has the prefix.
    formats: &'static [(&'static str, &'static str, &'static str, bool)],
}

include!(concat!(env!("OUT_DIR"), "/number_plans.rs"));

/// A country's numbering plan, ready to use.
#[derive(Debug)]
pub struct Plan {
    data: &'static Data,
    code: String,
    valid: Regex,
    /// Made ready when a number is first to be written.
    formats: OnceLock<Vec<Format>>,
    needs_prefix: bool,
}

#[derive(Debug)]
struct Format {
    begins: Regex,
    groups: Regex,
    written: &'static str,
}

impl std::fmt::Debug for Data {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.id)
    }
}

/// Why something written is no number that can be dialled.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Something else than digits and the signs between them.
    NotDigits,
    /// Digits are missing at the end.
    TooShort,
    /// There are digits too many at the end.
    TooLong,
    /// The prefix is missing: `20 7946 0123`.
    NoPrefix,
    /// The right number of digits, but none is given out that begin so.
    NoSuchRange,
    /// A `+` with a code that no country has.
    NoSuchCountry,
}

/// A pattern of digits. Without Unicode `\d` stands for ten characters, not for hundreds: it is made ready in a tenth of the time.
fn regex(pattern: &str) -> Option<Regex> {
    RegexBuilder::new(pattern).unicode(false).build().ok()
}

impl Plan {
    /// The plan of a country by its two letters, `GB`; `None` where there is none.
    pub fn of(country: &str) -> Option<Self> {
        let index = PLANS.binary_search_by(|d| d.id.cmp(country)).ok()?;
        Self::ready(&PLANS[index])
    }

    fn ready(data: &'static Data) -> Option<Self> {
        Some(Self {
            data,
            code: data.code.to_string(),
            valid: regex(&format!("^(?:{})$", data.valid))?,
            formats: OnceLock::new(),
            needs_prefix: data.formats.iter().any(|f| f.3),
        })
    }

    fn formats(&self) -> &[Format] {
        self.formats.get_or_init(|| {
            let format = |(begins, groups, written, _): &(&str, &str, &'static str, bool)| {
                Some(Format { begins: regex(&format!("^(?:{begins})"))?, groups: regex(&format!("^(?:{groups})$"))?, written })
            };
            self.data.formats.iter().filter_map(format).collect()
        })
    }

    /// The number that a text is, whether or not it can be one; `None` where it is no digits at all.
    pub fn number(&self, text: &str) -> Option<Number> {
        let (is_international, digits) = digits(text)?;
        match self.national(is_international, &digits) {
            Some(national) => Number::international(&self.code, national),
            None if is_international => Number::international(&digits, ""),
            None => Number::short(&digits),
        }
    }

    /// The part after code and prefix, of a number of this country; `None` for short codes and other countries.
    fn national<'d>(&self, is_international: bool, digits: &'d str) -> Option<&'d str> {
        if is_international {
            return digits.strip_prefix(self.code.as_str());
        }
        // "0044 20" is what people dial from abroad.
        if self.data.prefix == "0"
            && let Some(rest) = digits.strip_prefix("00").and_then(|d| d.strip_prefix(self.code.as_str()))
        {
            return Some(rest);
        }
        if let Some(rest) = digits.strip_prefix(self.data.prefix).filter(|_| !self.data.prefix.is_empty())
            && (self.needs_prefix || self.valid.is_match(rest))
        {
            return Some(rest);
        }
        let is_whole = !self.needs_prefix && digits.len() >= self.data.lengths.first().map_or(1, |l| usize::from(*l));
        is_whole.then_some(digits)
    }

    /// The number that a text is, where it can be one in its country: [`Plan::check`] for texts that mostly are none, without
    /// the search for what is wrong with them.
    pub fn possible(&self, text: &str) -> Option<Number> {
        let (is_international, digits) = digits(text)?;
        match self.national(is_international, &digits) {
            Some(national) if self.valid.is_match(national) => Number::international(&self.code, national),
            Some(_) => None,
            None => self.check(text).ok().flatten(),
        }
    }

    /// Whether a text is a number that can be one in its country. Short codes are nobody's but the site's: `None`.
    ///
    /// # Errors
    /// Says why it is none.
    pub fn check(&self, text: &str) -> Result<Option<Number>, Fault> {
        let (is_international, digits) = digits(text).ok_or(Fault::NotDigits)?;
        if let Some(national) = self.national(is_international, &digits) {
            return match self.fault(national) {
                None => Ok(self.number(text)),
                Some(fault) => Err(fault),
            };
        }
        if is_international {
            // Another country's number: as long as its numbers are, which is all that can be said without its matcher.
            let rest = |d: &Data| digits.strip_prefix(d.code.to_string().as_str()).map(|r| r.len() as u16);
            let lengths: Vec<(u16, &[u16])> = PLANS.iter().filter_map(|d| Some((rest(d)?, d.lengths))).collect();
            let longest = lengths.iter().flat_map(|(_, l)| l.last()).max();
            let length = lengths.first().ok_or(Fault::NoSuchCountry)?.0;
            return match lengths.iter().any(|(_, possible)| possible.contains(&length)) {
                true => Ok(Number::international(&digits, "")),
                false if longest.is_some_and(|most| length > *most) => Err(Fault::TooLong),
                false => Err(Fault::TooShort),
            };
        }
        if self.needs_prefix && self.valid.is_match(&digits) { Err(Fault::NoPrefix) } else { Ok(None) }
    }

    /// Why the part after code and prefix can be no number.
    fn fault(&self, national: &str) -> Option<Fault> {
        if self.valid.is_match(national) {
            return None;
        }
        let lengths = self.data.lengths;
        let fits = |digits: &str| self.valid.is_match(digits);
        let missing = (0..100).any(|n| fits(&format!("{national}{n:02}")) || (n < 10 && fits(&format!("{national}{n}"))));
        let shorter = |by: usize| national.len().checked_sub(by).and_then(|n| national.get(..n));
        let spare = [1, 2].into_iter().filter_map(shorter).any(fits);
        Some(match (lengths.first(), lengths.last()) {
            (Some(least), _) if national.len() < usize::from(*least) => Fault::TooShort,
            (_, Some(most)) if national.len() > usize::from(*most) => Fault::TooLong,
            _ if missing => Fault::TooShort,
            _ if spare => Fault::TooLong,
            _ => Fault::NoSuchRange,
        })
    }

    /// The number as people in this country write it; `None` for short codes, other countries and numbers that are none.
    pub fn written(&self, text: &str) -> Option<String> {
        let (is_international, digits) = digits(text)?;
        let national = self.national(is_international, &digits)?;
        let format = self.formats().iter().find(|f| f.begins.is_match(national) && f.groups.is_match(national))?;
        Some(format.groups.replace(national, format.written).into_owned())
    }

    /// The prefix that numbers are written with inside the country; empty where there is none.
    pub fn prefix(&self) -> &'static str {
        if self.needs_prefix { self.data.prefix } else { "" }
    }
}
