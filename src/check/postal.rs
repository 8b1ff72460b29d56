//! Postal addresses of services: which are out of use, and where a text names one.
//!
//! People write an address with more or less of its town and postcode, so what counts is its first part: the house and the
//! street. Knows nothing of numbers to dial or web addresses.

use std::ops::Range;

/// Addresses, each as the words that a text has to name.
#[derive(Debug)]
pub(super) struct Addresses<T> {
    known: Vec<(Vec<String>, T)>,
}

impl<T> Default for Addresses<T> {
    fn default() -> Self {
        Self { known: Vec::new() }
    }
}

impl<T> Addresses<T> {
    /// Adds an address as a service writes it.
    pub(super) fn add(&mut self, address: &str, of: T) {
        let words = telling(address);
        if words.len() > 1 {
            self.known.push((words, of));
        }
    }

    /// Takes out an address that somebody else still has.
    pub(super) fn remove(&mut self, address: &str) {
        let words = telling(address);
        self.known.retain(|(known, _)| *known != words);
    }

    /// Whether there is none.
    pub(super) fn is_empty(&self) -> bool {
        self.known.is_empty()
    }

    /// Where a text names one.
    pub(super) fn mentions(&self, text: &str) -> Vec<(Range<usize>, &T)> {
        if self.known.is_empty() {
            return Vec::new();
        }
        let words: Vec<(Range<usize>, String)> = words(text).collect();
        let mut found: Vec<(Range<usize>, &T)> = Vec::new();
        for (known, of) in &self.known {
            for window in words.windows(known.len()).filter(|w| w.iter().map(|(_, word)| word).eq(known)) {
                found.push((window[0].0.start..window[window.len() - 1].0.end, of));
            }
        }
        found
    }
}

/// The words of an address that tell it from others: its first part, if that names a house and a street, or else all.
fn telling(address: &str) -> Vec<String> {
    let of = |text: &str| words(text).map(|(_, word)| word).collect::<Vec<_>>();
    let first = address.split([',', '\n']).map(of).find(|w| w.len() > 2 && w[0].starts_with(|c: char| c.is_ascii_digit()));
    first.unwrap_or_else(|| of(address))
}

fn words(text: &str) -> impl Iterator<Item = (Range<usize>, String)> {
    let words = text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty());
    words.map(move |word| {
        let start = word.as_ptr() as usize - text.as_ptr() as usize;
        (start..start + word.len(), word.replace('’', "'").to_lowercase())
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
