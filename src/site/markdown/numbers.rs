//! Telephone numbers in running text become links, if a live service has them or the site lists them as short codes: what is
//! shown is what is dialled.

use std::collections::HashMap;

use crate::model::{ChannelType, Kind, Resource};
use crate::site::resources::dial;
use crate::site::shared::Facts;
use crate::site::templates::push_escaped;

/// Digits between which a number may have a space, at most.
const LONGEST: usize = 20;

/// The numbers that can be dialled, by their digits.
#[derive(Debug, Default)]
pub(in crate::site) struct Numbers {
    hrefs: HashMap<String, String>,
    /// Names with a number in them that reaches something else: "NHS 111 online" is no number to call.
    names: Vec<String>,
}

impl Numbers {
    /// Numbers of channels that are current, and the site's short codes. A number that is both called and texted is called.
    pub fn new(facts: &Facts<'_, '_>) -> Self {
        let mut hrefs: HashMap<String, String> = HashMap::new();
        let resources = || facts.plan.visible(Kind::Resource).filter_map(|i| Some((i, i.resource()?)));
        let channels = resources().flat_map(|(_, r)| &r.channels).filter(|c| facts.is_current(c.until.map(|d| d.value)));
        let mut texted = Vec::new();
        for channel in channels {
            let Some(number) = channel.value.map(|v| v.value) else { continue };
            match channel.ty {
                ChannelType::Phone | ChannelType::Textphone => {
                    hrefs.insert(digits(number), dial("tel:", number));
                }
                ChannelType::Text => texted.push(number),
                _ => {}
            }
        }
        for number in texted {
            hrefs.entry(digits(number)).or_insert_with(|| dial("sms:", number));
        }
        for number in facts.site.short_codes.iter().map(|c| c.value) {
            hrefs.entry(digits(number)).or_insert_with(|| dial("tel:", number));
        }
        hrefs.remove("");
        let reaches =
            |resource: &Resource<'_>, name: &str| resource.channels.iter().filter_map(|c| c.value).any(|v| name.contains(v.value));
        let named = resources().flat_map(|(item, r)| r.also_known_as.iter().map(|n| n.value).chain([item.title()]).map(move |n| (r, n)));
        let names = named.filter(|(r, name)| name.bytes().any(|b| b.is_ascii_digit()) && !reaches(r, name));
        let names = names.map(|(_, name)| name.to_owned()).collect();
        Self { hrefs, names }
    }

    /// Adds a text as HTML, with its numbers as links.
    pub fn push(&self, text: &str, out: &mut String) {
        let bytes = text.as_bytes();
        let (mut at, mut from) = (0, 0);
        while at < bytes.len() {
            if !(bytes[at].is_ascii_digit() || bytes[at] == b'+') {
                at += 1;
                continue;
            }
            let run = run(bytes, at);
            let is_word_before = text[..at]
                .chars()
                .next_back()
                .is_some_and(|c| c.is_alphanumeric() || matches!(c, '.' | ',' | ':' | '/' | '-' | '£' | '$' | '€'));
            if let Some((end, href)) = self.find(text, at, run).filter(|(end, _)| !is_word_before && !self.is_part_of_name(text, at, *end))
            {
                push_escaped(&text[from..at], out);
                out.push_str("<a href=\"");
                out.push_str(href);
                out.push_str("\">");
                // A number over two lines is easy to misread.
                out.push_str(&text[at..end].replace(' ', "\u{a0}"));
                out.push_str("</a>");
                (at, from) = (end, end);
            } else {
                at = run.max(at + 1);
            }
        }
        push_escaped(&text[from..], out);
    }

    fn is_part_of_name(&self, text: &str, at: usize, end: usize) -> bool {
        let number = &text[at..end];
        self.names
            .iter()
            .flat_map(|name| name.match_indices(number).map(move |(place, _)| (name, place)))
            .any(|(name, place)| at.checked_sub(place).is_some_and(|start| text.get(start..start + name.len()) == Some(name.as_str())))
    }

    /// The longest known number that starts at a place and ends at the end of a word.
    fn find(&self, text: &str, at: usize, run: usize) -> Option<(usize, &str)> {
        let bytes = text.as_bytes();
        let mut end = run;
        while end > at {
            if bytes[end - 1].is_ascii_digit()
                && ends_a_number(text, end)
                && let Some(href) = self.hrefs.get(&digits(&text[at..end]))
            {
                return Some((end, href));
            }
            end -= 1;
        }
        None
    }
}

/// Where a run of digits with single spaces or hyphens between ends.
fn run(bytes: &[u8], at: usize) -> usize {
    let mut end = at + 1;
    while end < bytes.len() && end - at < 2 * LONGEST {
        let goes_on = bytes[end].is_ascii_digit()
            || (matches!(bytes[end], b' ' | b'-') && bytes[end - 1].is_ascii_digit() && bytes.get(end + 1).is_some_and(u8::is_ascii_digit));
        if !goes_on {
            break;
        }
        end += 1;
    }
    end
}

/// Whether nothing follows that makes it another number: `111 24` is 111 and something else, `111 222` is neither.
fn ends_a_number(text: &str, end: usize) -> bool {
    let rest = &text[end..];
    let mut after = rest.chars();
    match after.next() {
        None => true,
        Some(c) if c.is_alphanumeric() || matches!(c, '%' | '/') => false,
        Some('-' | ',' | '.' | ':') => !after.next().is_some_and(|c| c.is_ascii_digit()),
        Some(' ') => rest[1..].bytes().take_while(u8::is_ascii_digit).count() < 3,
        Some(_) => true,
    }
}

fn digits(number: &str) -> String {
    number.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn linked(text: &str) -> String {
        let known = [
            ("999", "tel:999"),
            ("111", "tel:111"),
            ("116123", "tel:116123"),
            ("85258", "sms:85258"),
            ("18001111", "tel:18001111"),
            ("08001111", "tel:08001111"),
        ];
        let hrefs = known.map(|(d, h)| (d.to_owned(), h.to_owned())).into();
        let mut out = String::new();
        Numbers { hrefs, names: vec!["NHS 111 online".to_owned()] }.push(text, &mut out);
        out.replace('\u{a0}', "_")
    }

    #[test]
    fn known_numbers_become_links() {
        assert_eq!(linked("Call 999."), "Call <a href=\"tel:999\">999</a>.");
        assert_eq!(linked("111, or 116 123"), "<a href=\"tel:111\">111</a>, or <a href=\"tel:116123\">116_123</a>");
        assert_eq!(linked("text SHOUT to 85258"), "text SHOUT to <a href=\"sms:85258\">85258</a>");
        assert_eq!(linked("18001 111 & 0800 1111"), "<a href=\"tel:18001111\">18001_111</a> &amp; <a href=\"tel:08001111\">0800_1111</a>");
        assert_eq!(linked("111 24 hours a day"), "<a href=\"tel:111\">111</a> 24 hours a day");
    }

    #[test]
    fn other_numbers_stay_as_they_are() {
        for text in ["2026", "NHS 111 online", "£111", "1,111", "111 222 333", "0800 111 999", "A111", "111%", "1.999", "999-1", "9991"] {
            assert_eq!(linked(text), text);
        }
    }
}
