//! Postal addresses of services: which are out of use, and where a text names one.
//!
//! People write an address with more or less of its town and postcode, so what counts is its first part: the house and the
//! street. Knows nothing of numbers to dial or web addresses.

use std::borrow::Cow;
use std::ops::Range;

use foldhash::{HashMap, HashMapExt};

/// Addresses, each as the words that a text has to name, by the first of them.
#[derive(Debug)]
pub(super) struct Addresses<T> {
    known: HashMap<String, Vec<(Vec<String>, T)>>,
    /// The bytes that a first word may begin with: house numbers are digits, and most words begin with something else.
    begins: [bool; 256],
}

impl<T> Default for Addresses<T> {
    fn default() -> Self {
        Self { known: HashMap::new(), begins: [false; 256] }
    }
}

impl<T> Addresses<T> {
    /// Adds an address as a service writes it.
    pub(super) fn add(&mut self, address: &str, of: T) {
        let mut words = telling(address);
        if words.len() > 1 {
            let first = words.remove(0);
            let begin = first.as_bytes()[0];
            self.begins[usize::from(begin)] = true;
            self.begins[usize::from(begin.to_ascii_uppercase())] = true;
            self.known.entry(first).or_default().push((words, of));
        }
    }

    /// Takes out an address that somebody else still has.
    pub(super) fn remove(&mut self, address: &str) {
        let words = telling(address);
        if let Some((first, rest)) = words.split_first()
            && let Some(known) = self.known.get_mut(first)
        {
            known.retain(|(known, _)| known != rest);
        }
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.known.values().all(Vec::is_empty)
    }

    /// Whether a word that begins here could be the first of an address. What a letter beyond ASCII is in small letters takes
    /// more to say.
    fn may_begin(&self, text: &str, start: usize) -> bool {
        let byte = text.as_bytes()[start];
        (self.begins[usize::from(byte)] || !byte.is_ascii() && text.is_char_boundary(start))
            && text[..start].chars().next_back().is_none_or(|c| !is_of_word(c))
    }

    /// Where a text names one.
    pub(super) fn mentions(&self, text: &str) -> Vec<(Range<usize>, &T)> {
        let mut found = Vec::new();
        if self.known.is_empty() {
            return found;
        }
        for start in 0..text.len() {
            if !self.may_begin(text, start) {
                continue;
            }
            let Some((place, word)) = words(&text[start..]).next().filter(|(place, _)| place.start == 0) else { continue };
            let at = start..start + place.end;
            // Hardly any word begins an address, so only then are the words after it looked at.
            for (rest, of) in self.known.get(word.as_ref()).into_iter().flatten() {
                let mut end = at.end;
                let mut after = words(&text[at.end..]);
                let is_next = |known: &String| {
                    after.next().is_some_and(|(place, word)| {
                        end = at.end + place.end;
                        word == known.as_str()
                    })
                };
                if rest.iter().all(is_next) {
                    found.push((at.start..end, of));
                }
            }
        }
        found
    }
}

/// The words of an address that tell it from others: its first part, if that names a house and a street, or else all.
fn telling(address: &str) -> Vec<String> {
    let of = |text: &str| words(text).map(|(_, word)| word.into_owned()).collect::<Vec<_>>();
    let first = address.split([',', '\n']).map(of).find(|w| w.len() > 2 && w[0].starts_with(|c: char| c.is_ascii_digit()));
    first.unwrap_or_else(|| of(address))
}

fn is_of_word(c: char) -> bool {
    c.is_alphanumeric() || matches!(c, '\'' | '’')
}

/// The words of a text, each with its place, in small letters and with straight apostrophes.
fn words(text: &str) -> impl Iterator<Item = (Range<usize>, Cow<'_, str>)> {
    let words = text.split(|c| !is_of_word(c)).filter(|w| !w.is_empty());
    words.map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        let is_plain = word.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase());
        (start..start + word.len(), if is_plain { Cow::Borrowed(word) } else { word.replace('’', "'").to_lowercase().into() })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_address_is_found_however_it_is_written() {
        let mut addresses = Addresses::default();
        addresses.add("The Old Mill, 12 St Mary’s Road, Exampletown EX1 1AA", 1);
        addresses.add("Freepost EXAMPLE LETTERS", 2);
        let text = "Come to 12 St Mary's Road (EX1). Write to: FREEPOST Example Letters. 12 St Mary's is a church.";
        let found: Vec<(&str, i32)> = addresses.mentions(text).into_iter().map(|(range, of)| (&text[range], *of)).collect();
        assert_eq!(found, [("12 St Mary's Road", 1), ("FREEPOST Example Letters", 2)]);
        addresses.remove("12 St Mary's Road, Exampletown");
        assert_eq!(addresses.mentions(text).len(), 1);
    }
}
