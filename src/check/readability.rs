//! Sentences, words and syllables of running text, and the reading age that follows from them.
//!
//! The reading age is the Flesch-Kincaid grade plus 5: `0.39 × words per sentence + 11.8 × syllables per word − 15.59 + 5`,
//! in years. It holds for English only, and it only says where to look first: a short word can be a hard one. The
//! syllable counter is the module [`syllables`]. Knows nothing of kinds or findings.

mod syllables;

use std::ops::Range;

pub use syllables::syllables;

/// Fewer words than this say nothing about how hard a text is.
pub const ENOUGH_WORDS: usize = 100;

/// Counts of a text, or of one sentence.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Counts {
    /// Sentences.
    pub sentences: usize,
    /// Words.
    pub words: usize,
    /// Syllables of those words.
    pub syllables: usize,
}

impl Counts {
    /// The counts of one sentence.
    pub fn of(sentence: &str) -> Self {
        let (count, syllables) = words(sentence).fold((0, 0), |(n, sum), w| (n + 1, sum + syllables(w)));
        Self { sentences: 1, words: count, syllables }
    }

    /// Adds the counts of more text.
    #[must_use]
    pub fn plus(self, other: Self) -> Self {
        Self { sentences: self.sentences + other.sentences, words: self.words + other.words, syllables: self.syllables + other.syllables }
    }

    /// The age in years at which people read such text with ease.
    #[expect(clippy::cast_precision_loss, reason = "counts of words are far below 2^52")]
    pub fn reading_age(self) -> f64 {
        let (sentences, words) = (self.sentences.max(1) as f64, self.words.max(1) as f64);
        0.39 * (words / sentences) + 11.8 * (self.syllables as f64 / words) - 15.59 + 5.0
    }
}

/// The words of a text as people count them: a number in groups (`116 123`) is one word; an address and a lone sign are none.
pub fn words(text: &str) -> impl Iterator<Item = &str> {
    let mut after_number = false;
    text.split(|c: char| c.is_whitespace() || matches!(c, '—' | '–')).filter(move |token| {
        if is_address(token) || !token.contains(char::is_alphanumeric) {
            return false;
        }
        let is_number = token.chars().all(|c| c.is_numeric() || !c.is_alphanumeric());
        let is_counted = !(is_number && after_number);
        // "999, 111" are two numbers, "0808 157 0123" is one.
        after_number = is_number && token.ends_with(char::is_numeric);
        is_counted
    })
}

/// Whether a token is a web or e-mail address.
pub fn is_address(token: &str) -> bool {
    // Most words are done here.
    if !token.bytes().any(|b| matches!(b, b'.' | b':' | b'@')) {
        return false;
    }
    const ENDINGS: [&str; 9] = [".org", ".com", ".net", ".uk", ".info", ".lgbt", ".wales", ".scot", ".london"];
    let ends = |part: &str| ENDINGS.iter().any(|e| part.len() > e.len() && part.ends_with(e));
    token.contains("://")
        || token.starts_with("www.")
        || token.split_once('@').is_some_and(|(_, host)| host.contains('.'))
        || token.split('/').next().is_some_and(|host| ends(host.trim_end_matches(|c: char| !c.is_alphanumeric())))
}

/// The sentences of a text, trimmed, each as its place in it. A blank line always ends one.
pub fn sentences(text: &str) -> Vec<Range<usize>> {
    let mut found = Vec::new();
    let mut start = 0;
    let mut chars = text.char_indices().peekable();
    while let Some((at, c)) = chars.next() {
        let end = match c {
            '\n' if text[at + 1..].trim_start_matches([' ', '\t']).starts_with('\n') => at,
            '。' | '！' | '？' => at + c.len_utf8(),
            '.' | '!' | '?' | '…' | '؟' | '۔' | '।' | '॥' => {
                let mut end = at + c.len_utf8();
                while let Some((next, closer)) = chars.next_if(|(_, c)| is_closer(*c)) {
                    end = next + closer.len_utf8();
                }
                let rest = &text[end..];
                if !rest.is_empty() && !rest.starts_with(char::is_whitespace) || c == '.' && !ends_here(&text[start..at], rest) {
                    continue;
                }
                // "Are you safe?" she asked: the sentence goes on. After a lone full stop it does not: jo@example.org is free.
                let is_lone_stop = &text[at..end] == ".";
                if !is_lone_stop
                    && rest.trim_start().starts_with(char::is_lowercase)
                    && !rest.trim_start_matches([' ', '\t']).starts_with('\n')
                {
                    continue;
                }
                end
            }
            _ => continue,
        };
        push(text, start..end, &mut found);
        start = end;
    }
    push(text, start..text.len(), &mut found);
    found
}

fn is_closer(c: char) -> bool {
    matches!(c, '.' | '!' | '?' | '…' | ')' | ']' | '"' | '\'' | '’' | '”' | '»')
}

fn push(text: &str, part: Range<usize>, found: &mut Vec<Range<usize>>) {
    let words = &text[part.clone()];
    let start = part.start + words.len() - words.trim_start().len();
    let end = part.start + words.trim_end().len();
    if start < end && text[start..end].contains(char::is_alphanumeric) {
        found.push(start..end);
    }
}

/// Whether a full stop after `before` ends the sentence, `rest` being what follows.
fn ends_here(before: &str, rest: &str) -> bool {
    /// Never at the end of a sentence.
    const BEFORE_A_NAME: [&str; 14] = ["dr", "mr", "mrs", "ms", "mx", "prof", "rev", "st", "vs", "e.g", "eg", "i.e", "ie", "cf"];
    /// At the end of a sentence only where a new one clearly begins.
    const SHORT: [&str; 10] = ["etc", "approx", "tel", "dept", "ltd", "inc", "jr", "sr", "ext", "no"];
    let token = before.rsplit(char::is_whitespace).next().unwrap_or("");
    let token = token.trim_start_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let next = rest.trim_start();
    if next.is_empty() {
        return true;
    }
    if BEFORE_A_NAME.contains(&token.as_str()) {
        return false;
    }
    let is_initial = token.chars().count() == 1 && token.starts_with(char::is_alphabetic) && token != "i";
    let has_dots = token.contains('.') && token.split('.').all(|part| part.chars().count() == 1);
    match token.as_str() {
        "no" => !next.starts_with(|c: char| c.is_ascii_digit()),
        _ if is_initial => false,
        _ if has_dots || SHORT.contains(&token.as_str()) => next.starts_with(|c: char| c.is_uppercase() || matches!(c, '"' | '“')),
        _ => true,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn split(text: &str) -> Vec<&str> {
        sentences(text).into_iter().map(|r| &text[r]).collect()
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        let whole = [
            "Ask Dr. Shah, e.g. by email.",
            "Open 9 a.m. to 5.30pm on weekdays.",
            "Go to www.example.org/help.html or call 111.",
            "It costs 3.50 a minute, i.e. more than other lines.",
            "\"Are you safe?\" she asked.",
            "See section No. 5 of the form",
            "Ask J. Smith about it.",
        ];
        for text in whole {
            assert_eq!(split(text), [text]);
        }
        assert_eq!(split("Call 111. Select the option."), ["Call 111.", "Select the option."]);
        assert_eq!(split("We close at 5 p.m. Call then."), ["We close at 5 p.m.", "Call then."]);
        assert_eq!(split("Say \"no.\" Then go!  Now?"), ["Say \"no.\"", "Then go!", "Now?"]);
        assert_eq!(split("First part\n\nsecond part"), ["First part", "second part"]);
        assert_eq!(split("Not today, thanks... Then maybe."), ["Not today, thanks...", "Then maybe."]);
        assert_eq!(split("(You can stop.) 999 is free."), ["(You can stop.)", "999 is free."]);
        assert_eq!(split("Text us. e-mail us."), ["Text us.", "e-mail us."]);
        assert_eq!(split("আমি ভালো। তুমি?"), ["আমি ভালো।", "তুমি?"]);
        assert_eq!(split(" … "), Vec::<&str>::new());
    }

    #[test]
    fn words_are_counted_as_people_do() {
        let count = |text: &str| words(text).count();
        assert_eq!(count("Call 0808 157 0123 or 111, at any time"), 7);
        assert_eq!(count("Write to jo@samaritans.org — or not"), 4);
        assert_eq!(count("Do not wait (really), it's self-care & help."), 7);
        assert_eq!(count("See www.example.org/x and e.g. nhs.uk."), 3);
    }

    #[test]
    fn reading_age_grows_with_long_words_and_sentences() {
        let age = |text: &str| sentences(text).into_iter().fold(Counts::default(), |c, s| c.plus(Counts::of(&text[s]))).reading_age();
        let plain = age("You can call us at any time. We will listen to you. It is free.");
        let hard = age("Individuals experiencing psychological difficulties are encouraged to access appropriate professional support.");
        assert!(plain < 8.0, "{plain}");
        assert!(hard > 18.0, "{hard}");
    }
}
