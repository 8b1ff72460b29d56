//! Anchors: the ids of headings, given with `{#id}` or derived from their words.

use std::collections::HashSet;

use super::Body;

/// The id that a heading without one gets: its words in lower case with hyphens between, in any script.
pub fn slug(words: &str) -> String {
    let mut slug = String::with_capacity(words.len());
    for c in words.chars().flat_map(char::to_lowercase) {
        match c {
            // An apostrophe parts no word: "can't" is `cant`.
            '\'' | '\u{2018}' | '\u{2019}' => {}
            // Vowel signs and the like are no letters to Unicode, and belong to the word all the same.
            _ if c.is_alphanumeric() || !(c.is_ascii() || is_outside_words(c)) => slug.push(c),
            _ if slug.is_empty() || slug.ends_with('-') => {}
            _ => slug.push('-'),
        }
    }
    slug.truncate(slug.trim_end_matches('-').len());
    if slug.is_empty() { "section".to_owned() } else { slug }
}

/// Spaces, punctuation and signs beyond ASCII, as far as headings have them.
fn is_outside_words(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}')
        || matches!(c, '\u{2000}'..='\u{206f}' | '\u{20a0}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{ff00}'..='\u{ff0f}')
}

impl Body {
    /// The id of every heading, in order. A derived id that is taken already gets a number: `sleep-2`.
    pub fn anchors(&self) -> Vec<String> {
        let mut taken: HashSet<String> = self.headings.iter().filter_map(|h| h.id.clone()).collect();
        let mut anchors = Vec::with_capacity(self.headings.len());
        for heading in &self.headings {
            let anchor = heading.id.clone().unwrap_or_else(|| {
                let first = slug(&heading.text);
                let mut anchor = first.clone();
                let mut number = 2;
                while !taken.insert(anchor.clone()) {
                    anchor = format!("{first}-{number}");
                    number += 1;
                }
                anchor
            });
            anchors.push(anchor);
        }
        anchors
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::markdown::read;
    use crate::source::Span;

    #[test]
    fn words_become_ids() {
        assert_eq!(slug("What to do, now & here?"), "what-to-do-now-here");
        assert_eq!(slug("If you can\u{2019}t talk"), "if-you-cant-talk");
        assert_eq!(slug("A&E \u{2013} what it does"), "a-e-what-it-does");
        assert_eq!(slug("মানসিক স্বাস্থ্য"), "মানসিক-স্বাস্থ্য");
        assert_eq!(slug("!?"), "section");
    }

    #[test]
    fn every_heading_has_an_id_of_its_own() {
        let text = "## Sleep\n\n## Rest {#sleep-2}\n\n### Sleep\n";
        assert_eq!(read(text, Span::new(0, text.len())).anchors(), ["sleep", "sleep-2", "sleep-3"]);
    }
}
