//! The program's own words, language by language: `site-templates/text/<language>.yaml`, over those of the site's own language and
//! English for what it lacks, marked as such.
//!
//! Knows nothing of pages; words of the content are not here.

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Error, ErrorKind};
use serde::Deserialize;
use serde_json::Value as Json;

use super::marks;
use crate::embedded;
use crate::hours;
use crate::load::Snapshot;
use crate::source::Span;
use crate::yaml;

/// The words of one language.
pub(super) struct Locale {
    /// The language, as a tag.
    pub language: String,
    /// As templates see them.
    pub t: Value,
    /// For opening hours.
    pub hours: hours::Words,
    /// Whether some words are not in the language.
    pub has_gaps: bool,
    words: Json,
    /// The same with marks where they are not in the language.
    marked: Json,
}

impl Locale {
    /// The words for a language, a repository's own over the embedded ones; for what it lacks those of the site's own language.
    pub fn new(snapshot: &Snapshot, language: &str, original: &str) -> Self {
        let (mut words, mut marked) = (Json::Null, Json::Null);
        for tag in ["en", main(original), original, main(language), language] {
            let begin = match tag {
                _ if main(tag) == main(language) => None,
                "en" => Some(marks::ENGLISH),
                _ => Some(marks::ORIGINAL),
            };
            let own = snapshot.file(&format!("site-templates/text/{tag}.yaml"));
            let own = own.and_then(|f| f.data()).map_or(Json::Null, |d| d.to_json());
            for mut found in [embedded_words(tag), own] {
                merge(&mut words, found.clone());
                mark(&mut found, begin);
                merge(&mut marked, found);
            }
        }
        let hours = words.get("hours").and_then(|w| hours::Words::deserialize(w).ok()).unwrap_or_default();
        Self { language: language.to_owned(), t: Value::from(Serde(&marked)), hours, has_gaps: has_mark(&marked), words, marked }
    }

    /// One text: `word("topics.heading")`; its own key where there is none, so that a gap is seen.
    pub fn word<'s>(&'s self, key: &'s str) -> &'s str {
        key.split('.').try_fold(&self.words, |at, step| at.get(step)).and_then(Json::as_str).unwrap_or(key)
    }

    /// A list of texts; nothing where there is none.
    pub fn list<'s>(&'s self, key: &str) -> impl Iterator<Item = &'s str> {
        let found = key.split('.').try_fold(&self.words, |at, step| at.get(step)).and_then(Json::as_array);
        found.into_iter().flatten().filter_map(Json::as_str)
    }

    /// A text if there is one.
    pub fn find(&self, group: &str, key: &str) -> Option<&str> {
        self.words.get(group)?.get(key)?.as_str()
    }

    /// What speakers of the language call it; the tag where nobody says.
    pub fn own_name(&self) -> &str {
        let said = self.marked.get("language_names").and_then(|names| names.get(&self.language)).and_then(Json::as_str);
        let known = || OWN_NAMES.iter().find(|(tag, _)| *tag == main(&self.language)).map(|(_, name)| *name);
        said.filter(|name| !name.starts_with(marks::is_mark)).or_else(known).unwrap_or(&self.language)
    }

    /// Opening hours in words, marked where the words for them are not in the language.
    pub fn as_hours(&self, line: String) -> String {
        let word = self.marked.get("hours").and_then(|h| h.get("every_day")).and_then(Json::as_str);
        match word.and_then(|w| w.chars().next()).filter(|c| marks::is_mark(*c)) {
            Some(begin) => format!("{begin}{line}{}", marks::END),
            None => line,
        }
    }

    /// The language that a text was found in, and its direction; `original` is the site's own.
    pub fn source(&self, group: &str, key: &str, original: &str) -> (String, &'static str) {
        let text = self.marked.get(group).and_then(|g| g.get(key)).and_then(Json::as_str).unwrap_or_default();
        let language = match text.chars().next() {
            Some(marks::ENGLISH) => "en",
            Some(marks::ORIGINAL) => original,
            _ => self.language.as_str(),
        };
        (language.to_owned(), direction(language))
    }

    /// The script direction of the language: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        direction(&self.language)
    }
}

/// What speakers call their language, where `text/<language>.yaml` does not say.
const OWN_NAMES: [(&str, &str); 32] = [
    ("ar", "العربية"),
    ("bg", "Български"),
    ("bn", "বাংলা"),
    ("cs", "Čeština"),
    ("cy", "Cymraeg"),
    ("de", "Deutsch"),
    ("en", "English"),
    ("es", "Español"),
    ("fa", "فارسی"),
    ("fr", "Français"),
    ("ga", "Gaeilge"),
    ("gd", "Gàidhlig"),
    ("gu", "ગુજરાતી"),
    ("he", "עברית"),
    ("hi", "हिन्दी"),
    ("hu", "Magyar"),
    ("it", "Italiano"),
    ("lt", "Lietuvių"),
    ("ne", "नेपाली"),
    ("pa", "ਪੰਜਾਬੀ"),
    ("pl", "Polski"),
    ("ps", "پښتو"),
    ("pt", "Português"),
    ("ro", "Română"),
    ("ru", "Русский"),
    ("so", "Soomaali"),
    ("ta", "தமிழ்"),
    ("tr", "Türkçe"),
    ("uk", "Українська"),
    ("ur", "اردو"),
    ("vi", "Tiếng Việt"),
    ("zh", "中文"),
];

/// The direction in which a language is usually written.
pub(super) fn direction(language: &str) -> &'static str {
    const RIGHT_TO_LEFT: [&str; 12] = ["ar", "arc", "ckb", "dv", "fa", "he", "ps", "sd", "syr", "ug", "ur", "yi"];
    let (main, rest) = language.split_once('-').unwrap_or((language, ""));
    match rest.split('-').find(|part| part.len() == 4) {
        Some(script) => {
            if matches!(script, "Arab" | "Hebr" | "Thaa" | "Syrc") {
                "rtl"
            } else {
                "ltr"
            }
        }
        None if RIGHT_TO_LEFT.contains(&main) => "rtl",
        None => "ltr",
    }
}

/// A tag's language, without script and region.
fn main(tag: &str) -> &str {
    tag.split('-').next().unwrap_or(tag)
}

/// Marks every text.
fn mark(words: &mut Json, begin: Option<char>) {
    match (words, begin) {
        (Json::String(text), Some(begin)) => *text = format!("{begin}{text}{}", marks::END),
        (Json::Array(all), _) => all.iter_mut().for_each(|one| mark(one, begin)),
        (Json::Object(map), _) => map.values_mut().for_each(|one| mark(one, begin)),
        _ => {}
    }
}

fn has_mark(words: &Json) -> bool {
    match words {
        Json::String(text) => text.starts_with(marks::is_mark),
        Json::Array(all) => all.iter().any(has_mark),
        Json::Object(map) => map.values().any(has_mark),
        _ => false,
    }
}

fn embedded_words(tag: &str) -> Json {
    let Some(text) = embedded::text(embedded::TEMPLATES, &format!("text/{tag}.yaml")) else { return Json::Null };
    let parsed = yaml::parse(text, Span::new(0, text.len()));
    parsed.yaml.root(text).map_or(Json::Null, |root| root.to_json())
}

fn merge(into: &mut Json, from: Json) {
    match (into, from) {
        (_, Json::Null) => {}
        (Json::Object(into), Json::Object(from)) => {
            from.into_iter().for_each(|(key, value)| merge(into.entry(key).or_insert(Json::Null), value))
        }
        (into, from) => *into = from,
    }
}

/// The filter `fill`: replaces each `{name}` of a text in one pass.
pub(super) fn fill(text: &str, places: Kwargs) -> Result<String, Error> {
    let values: BTreeMap<String, Value> =
        places.args().map(|name| Ok((name.to_owned(), places.get::<Value>(name)?))).collect::<Result<_, Error>>()?;
    // What fills a place is not in the language of the text around it.
    let begin = text.chars().next().filter(|c| marks::is_mark(*c));
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        let value = values.get(name).filter(|v| !v.is_undefined()).ok_or_else(|| {
            Error::new(ErrorKind::MissingArgument, format!("the text \"{text}\" has a place `{{{name}}}` that nothing fills"))
        })?;
        out.push_str(before);
        out.extend(begin.map(|_| marks::END));
        out.push_str(&value.to_string());
        out.extend(begin);
        rest = tail;
    }
    out.push_str(rest);
    Ok(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn languages_have_a_direction() {
        assert_eq!((direction("en"), direction("ar"), direction("ur-PK"), direction("pa-Arab")), ("ltr", "rtl", "rtl", "rtl"));
        assert_eq!((direction("az-Latn"), direction("ur-Latn")), ("ltr", "ltr"));
    }

    #[test]
    fn a_language_has_english_for_what_it_lacks() {
        let snapshot = Snapshot::from_texts([("site-templates/text/xx.yaml", "topics: {heading: Xx}\n")]);
        let locale = Locale::new(&snapshot, "xx", "en");
        assert_eq!((locale.word("topics.heading"), locale.word("journeys.heading")), ("Xx", "Check what could help"));
        assert_eq!(locale.word("no.such"), "no.such");
    }
}
