//! Words as the search compares them: without capitals, accents, apostrophes and endings.
//!
//! `site-templates/assets/search.js` does the same, letter by letter, with the same lists of `text/<language>.yaml`
//! (`docs/decisions/0012-search.md`); a browser test holds the two together. Knows nothing of pages.

use std::collections::BTreeSet;

use unicode_normalization::UnicodeNormalization;

use crate::site::text::Locale;

/// Shorter stems would mean too many words.
const SHORTEST: usize = 3;

/// What a language says of its words.
pub(crate) struct Language {
    /// Endings that do not matter, the longest first.
    endings: Vec<String>,
    /// Last letters that do not matter.
    letters: String,
    /// Words that say nothing of what somebody looks for.
    ignored: BTreeSet<String>,
}

impl Language {
    /// The lists of a language.
    pub fn of(locale: &Locale) -> Self {
        Self::new(locale.list("search.endings"), locale.word("search.letters"), locale.list("search.ignored"))
    }

    fn new<'s>(endings: impl Iterator<Item = &'s str>, letters: &str, ignored: impl Iterator<Item = &'s str>) -> Self {
        let mut endings: Vec<String> = endings.map(str::to_owned).collect();
        endings.sort_by(|a, b| b.len().cmp(&a.len()).then_with(|| a.cmp(b)));
        Self { endings, letters: letters.to_owned(), ignored: ignored.flat_map(words).collect() }
    }

    /// Whether a word is left out of the index and of what is looked for.
    pub fn is_ignored(&self, word: &str) -> bool {
        self.ignored.contains(word)
    }

    /// A word without its ending: `sleeping` and `sleepless` become `sleep`.
    pub fn stem<'w>(&self, word: &'w str) -> &'w str {
        let is_long = |stem: &str| stem.chars().count() >= SHORTEST;
        let without = |ending: &String| word.strip_suffix(ending.as_str()).filter(|stem| is_long(stem));
        let mut stem = self.endings.iter().find_map(without).unwrap_or(word);
        if let Some(shorter) = stem.strip_suffix(|c| self.letters.contains(c)).filter(|s| is_long(s)) {
            stem = shorter;
        }
        // `panicked`, `stopping`: the last letter is there twice because of the ending.
        let mut last = stem.char_indices().rev();
        if let (Some((at, one)), Some((_, other))) = (last.next(), last.next())
            && one == other
            && is_long(&stem[..at])
        {
            stem = &stem[..at];
        }
        stem
    }
}

/// The words of a text.
pub(crate) fn words(text: &str) -> Vec<String> {
    let plain: String = if text.is_ascii() {
        text.chars().filter(|c| !is_dropped(*c)).map(|c| c.to_ascii_lowercase()).collect()
    } else {
        text.to_lowercase().nfd().filter(|c| !is_dropped(*c)).collect()
    };
    plain.split(is_between).filter(|word| !word.is_empty()).map(str::to_owned).collect()
}

/// Accents, and what joins the halves of a word: `can't` is `cant`.
fn is_dropped(c: char) -> bool {
    matches!(c, '\'' | '`' | '\u{2018}' | '\u{2019}' | '\u{2bc}' | '\u{300}'..='\u{36f}')
}

/// What stands between words: spaces, punctuation, pictures.
fn is_between(c: char) -> bool {
    match c {
        '\0'..='\u{7f}' => !c.is_ascii_alphanumeric(),
        '\u{80}'..='\u{bf}' | '\u{d7}' | '\u{f7}' | '\u{60c}' | '\u{61b}' | '\u{61f}' | '\u{6d4}' | '\u{964}' | '\u{965}' => true,
        '\u{2000}'..='\u{2bff}' | '\u{3000}'..='\u{303f}' | '\u{fe00}'..='\u{fe0f}' | '\u{ff00}'..='\u{ff0f}' => true,
        '\u{1f000}'..='\u{1fbff}' => true,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;

    #[test]
    fn a_text_falls_into_words() {
        assert_eq!(words("Can\u{2019}t sleep - 3am?"), ["cant", "sleep", "3am"]);
        assert_eq!(words("Café\u{301}, naïve; A&E"), ["cafe", "naive", "a", "e"]);
        assert_eq!(words("😀sad\u{fe0f}😀 نوم، قلق"), ["sad", "نوم", "قلق"]);
        assert!(words("<>!? ").is_empty());
    }

    #[test]
    fn forms_of_a_word_meet() {
        let english = Language::of(&Locale::new(&Snapshot::from_texts([("content/site.yaml", "")]), "en", "en"));
        for forms in [
            &["sleep", "sleeps", "sleeping", "sleepless", "sleepy", "sleepiness"][..],
            &["anxious", "anxiety", "anxieties"],
            &["worry", "worries", "worried", "worrying"],
            &["depressed", "depression", "depressing", "depressive"],
            &["suicide", "suicidal", "suicides"],
            &["stress", "stressed", "stressing", "stresses"],
            &["race", "racing"],
            &["lonely", "loneliness"],
            &["happy", "happiness"],
            &["stop", "stopped", "stopping", "stops"],
            &["smoke", "smoking", "smokes"],
            &["abuse", "abused", "abusive"],
            &["bereaved", "bereavement"],
            &["hope", "hopeless", "hopelessness"],
            &["cry", "crying"],
        ] {
            let stems: BTreeSet<&str> = forms.iter().map(|form| english.stem(form)).collect();
            assert_eq!(stems.len(), 1, "{stems:?}");
        }
        assert_ne!(english.stem("numb"), english.stem("number"));
        assert_eq!((english.stem("is"), english.stem("ed"), english.stem("نوم")), ("is", "ed", "نوم"));
    }
}
