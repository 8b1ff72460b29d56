//! The program's own words, language by language: `site-templates/text/<language>.yaml`, over English for what it lacks.
//!
//! Knows nothing of pages; words of the content are not here.

use std::collections::BTreeMap;

use minijinja::value::{Kwargs, Serde, Value};
use minijinja::{Error, ErrorKind};
use serde::Deserialize;
use serde_json::Value as Json;

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
    words: Json,
}

impl Locale {
    /// The words for a language, a repository's own over the embedded ones.
    pub fn new(snapshot: &Snapshot, language: &str) -> Self {
        let mut words = Json::Null;
        for tag in ["en", language.split('-').next().unwrap_or(language), language] {
            merge(&mut words, embedded_words(tag));
            let own = snapshot.file(&format!("site-templates/text/{tag}.yaml"));
            merge(&mut words, own.and_then(|f| f.data()).map_or(Json::Null, |d| d.to_json()));
        }
        let hours = words.get("hours").and_then(|w| hours::Words::deserialize(w).ok()).unwrap_or_default();
        Self { language: language.to_owned(), t: Value::from(Serde(&words)), hours, words }
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

    /// The script direction of the language: `ltr` or `rtl`.
    pub fn direction(&self) -> &'static str {
        direction(&self.language)
    }
}

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
    let mut out = String::with_capacity(text.len() + 16);
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('{') {
        let Some((name, tail)) = after.split_once('}') else { break };
        let value = values.get(name).filter(|v| !v.is_undefined()).ok_or_else(|| {
            Error::new(ErrorKind::MissingArgument, format!("the text \"{text}\" has a place `{{{name}}}` that nothing fills"))
        })?;
        out.push_str(before);
        out.push_str(&value.to_string());
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
        let locale = Locale::new(&snapshot, "xx");
        assert_eq!((locale.word("topics.heading"), locale.word("journeys.heading")), ("Xx", "Check what could help"));
        assert_eq!(locale.word("no.such"), "no.such");
    }
}
