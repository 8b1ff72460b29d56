//! Numbers on a page: which are shown, and whether two are the same.

use super::site::Site;
use crate::phone;

/// The fewest digits at the end that have to be the same where the country's plan is not known.
const ENOUGH: usize = 7;

/// Whether two written numbers ring at the same place.
pub fn same(site: &Site<'_>, one: &str, other: &str) -> bool {
    let number = |text: &str| site.about.retired.as_ref().and_then(|r| r.numbers.number(text));
    if let (Some(one), Some(other)) = (number(one), number(other)) {
        return one == other;
    }
    let digits = |text: &str| text.chars().filter(char::is_ascii_digit).collect::<String>();
    let (one, other) = (digits(one), digits(other));
    let (short, long) = if one.len() < other.len() { (&one, &other) } else { (&other, &one) };
    // A country code in front stands for a zero.
    one == other || (short.len() > ENOUGH && long.ends_with(short.trim_start_matches('0')))
}

/// What in a text may be a number.
pub fn shown(text: &str) -> Vec<&str> {
    let (mut found, mut at) = (Vec::new(), 0);
    while let Some(groups) = phone::find(text, at) {
        at = groups.ranges().next().map_or(text.len(), |longest| longest.end);
        found.extend(groups.ranges().map(|range| &text[range]));
    }
    found
}

#[cfg(test)]
mod tests {
    use super::super::about::About;
    use super::*;

    #[test]
    fn numbers_are_the_same_however_they_are_written() {
        let about = About::default();
        let site = Site::new([], &about);
        assert!(same(&site, "+442079460123", "020 7946 0123") && same(&site, "116123", "116 123"));
        assert!(!same(&site, "116123", "116 132") && !same(&site, "999", "0999"));
        assert_eq!(shown("Call 116\u{a0}123 (Samaritans)"), ["116\u{a0}123", "116"]);
    }
}
