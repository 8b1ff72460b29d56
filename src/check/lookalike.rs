//! Letters that look like other letters: words and web addresses that read as one thing and are another.
//!
//! Knows nothing of findings.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;
use unicode_script::{Script, UnicodeScript};
use unicode_security::skeleton;

use crate::model::host;

/// A word with letters that are not what they seem.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Word {
    pub(super) range: Range<usize>,
    /// Its first letter that is not what it seems.
    pub(super) letter: char,
    /// What the word looks like, where that is plain Latin letters.
    pub(super) looks_like: Option<String>,
}

/// A host that looks like another.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Host {
    pub(super) range: Range<usize>,
    /// How machines know it.
    pub(super) ascii: String,
    /// The host that it looks like, where there is one in plain Latin letters.
    pub(super) looks_like: Option<String>,
}

/// Words that mix scripts, or are written in letters that only look like Latin ones. Words of addresses are left out.
pub(super) fn words(text: &str) -> Vec<Word> {
    if text.is_ascii() {
        return Vec::new();
    }
    let mut hosts = host::hosts(text).peekable();
    let (mut found, mut doubtful, mut is_foreign) = (Vec::new(), Vec::new(), false);
    for range in split(text) {
        while hosts.next_if(|h| h.end <= range.start).is_some() {}
        if hosts.peek().is_some_and(|h| h.start <= range.start) {
            continue;
        }
        let word = &text[range.clone()];
        if word.is_ascii() {
            continue;
        }
        let has_latin = word.chars().any(|c| c.is_ascii_alphabetic() || c.script() == Script::Latin);
        let Some(letter) = word.chars().find(|c| is_styled(*c) || is_suspect(*c, has_latin)) else {
            // Written in the other script in earnest, as far as one word shows.
            is_foreign |= word.chars().any(|c| is_other_script(c) && latin(c).is_none());
            continue;
        };
        let looks_like: Option<String> = word.chars().map(latin).collect();
        if has_latin || is_styled(letter) {
            found.push(Word { range, letter, looks_like });
        } else if looks_like.is_some() && word.chars().count() > 1 {
            doubtful.push(Word { range, letter, looks_like });
        } else {
            is_foreign |= looks_like.is_none();
        }
    }
    // In a text that is Russian or Greek anyway, a word of letters that look Latin is an ordinary word.
    if !is_foreign {
        found.append(&mut doubtful);
        found.sort_by_key(|w| w.range.start);
    }
    found
}

/// Hosts with a label that mixes scripts, or that only looks like plain Latin letters.
pub(super) fn hosts(text: &str) -> Vec<Host> {
    if text.is_ascii() {
        return Vec::new();
    }
    let hosts = host::hosts(text).filter(|range| text[range.clone()].split('.').any(is_deceptive));
    hosts
        .map(|range| {
            let name = &text[range.clone()];
            let looks_like = name.chars().map(|c| if c == '.' || c == '-' { Some(c) } else { latin(c) }).collect();
            Host { ascii: host::to_ascii(name), looks_like, range }
        })
        .collect()
}

fn is_deceptive(label: &str) -> bool {
    if label.is_ascii() {
        return false;
    }
    let has_latin = label.chars().any(|c| c.script() == Script::Latin);
    let plain = |c: char| c.is_ascii_alphanumeric() || c == '-';
    label.chars().all(|c| c == '-' || latin(c).is_some())
        || has_latin && label.chars().any(is_other_script)
        || label.chars().all(|c| plain(c) || is_styled(c))
        || !label.chars().any(|c| c.is_alphabetic())
}

fn split(text: &str) -> impl Iterator<Item = Range<usize>> {
    let mut chars = text.char_indices().peekable();
    std::iter::from_fn(move || {
        while chars.next_if(|(_, c)| !c.is_alphanumeric()).is_some() {}
        let (start, first) = chars.next()?;
        let mut end = start + first.len_utf8();
        while let Some((at, c)) = chars.next_if(|(_, c)| c.is_alphanumeric() || c.script() == Script::Inherited) {
            end = at + c.len_utf8();
        }
        Some(start..end)
    })
}

/// Scripts whose letters can pass for Latin ones.
fn is_other_script(c: char) -> bool {
    use Script as S;
    !c.is_ascii()
        && c.is_alphabetic()
        && matches!(c.script(), S::Cyrillic | S::Greek | S::Armenian | S::Cherokee | S::Coptic | S::Lisu | S::Georgian)
}

/// A letter that does not belong beside Latin letters, or that by itself passes for one.
fn is_suspect(c: char, beside_latin: bool) -> bool {
    is_other_script(c) && (latin(c).is_some() || beside_latin && c.script() == Script::Cyrillic)
}

/// Letters that are Latin letters in another dress: 𝐛𝐨𝐥𝐝, ｗｉｄｅ. Screen readers pass over them or spell them out.
fn is_styled(c: char) -> bool {
    matches!(c, '\u{1d400}'..='\u{1d7ff}' | '\u{ff10}'..='\u{ff19}' | '\u{ff21}'..='\u{ff3a}' | '\u{ff41}'..='\u{ff5a}')
}

/// The plain Latin letter or digit that a character is or looks like.
fn latin(c: char) -> Option<char> {
    if c.is_ascii_alphanumeric() {
        return Some(c);
    }
    let text = c.to_string();
    let plain: String = if is_styled(c) { text.nfkc().collect() } else { skeleton(&text).collect() };
    let mut plain = plain.chars();
    let found = plain.next().filter(|l| l.is_ascii_alphanumeric() && plain.next().is_none())?;
    // The table takes I, l, 1 and | for one and the same.
    Some(match found {
        'l' if c.is_uppercase() => 'I',
        l if c.is_uppercase() => l.to_ascii_uppercase(),
        l => l,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn seen(text: &str) -> Vec<(&str, Option<String>)> {
        words(text).into_iter().map(|w| (&text[w.range], w.looks_like)).collect()
    }

    #[test]
    fn mixed_words_are_found() {
        assert_eq!(seen("Call Sаmaritаns or Mіnd"), [("Sаmaritаns", Some("Samaritans".into())), ("Mіnd", Some("Mind".into()))]);
        assert_eq!(seen("Іmportant 𝗖𝗮𝗹𝗹 now"), [("Іmportant", Some("Important".into())), ("𝗖𝗮𝗹𝗹", Some("Call".into()))]);
        assert_eq!(seen("the сор said"), [("сор", Some("cop".into()))]);
        assert_eq!(seen("Mиnd"), [("Mиnd", None)]);
    }

    #[test]
    fn other_languages_are_left_alone() {
        for text in
            ["Это хорошо, а сор не сор. NHS", "Καλημέρα και οχι", "50 μg, café, naïve, Zoë", "যোগাযোগ NHS ১০", "睡眠 NHS", "Łódź", "T细胞"]
        {
            assert_eq!(seen(text), [], "{text}");
        }
    }

    #[test]
    fn hosts_that_deceive_are_found() {
        let text = "https://nhѕ.uk/x https://сор.uk https://bücher.example https://кто.рф https://www.nhs.uk";
        let found: Vec<_> = hosts(text).into_iter().map(|h| (h.ascii, h.looks_like)).collect();
        assert_eq!(found, [("xn--nh-foc.uk".into(), Some("nhs.uk".into())), ("xn--n1aeb.uk".into(), Some("cop.uk".into()))]);
        assert_eq!(seen(text), []);
    }
}
