//! Translations: their pages, what is not in their language, and what becomes of them when the original changes.
//!
//! Layout is tested with two languages that nobody speaks, made from the small site: one accented and longer, one in Arabic letters
//! from right to left. Real words about a crisis are never made up.

use std::collections::BTreeMap;
use std::fs;
use std::path::Path;

use serde_json::Value;
use signpost::check::{self, Context};
use signpost::load::Snapshot;
use signpost::site::{self, BuildOptions};
use signpost::{embedded, fingerprint};

use super::site::{judge, workshop};

/// The two languages, as browsers' makers name them.
const PSEUDO: [&str; 2] = ["en-XA", "ar-XB"];

/// What stands for letters: accents, and Arabic letters in the order of the alphabet.
const ACCENTED: &str = "áƀçđéƒĝĥíĵķĺɱñóþɋŕšťúṽŵẋýž";
const ARABIC: &str = "ابتثجحخدذرزسشصضطظعغفقكلمنه";

/// A text in one of them; what stands in braces, and every third letter, tells it from a real language.
fn pseudo(language: &str, text: &str) -> String {
    let mut out = String::new();
    let mut chars = text.chars().peekable();
    let mut before = ' ';
    while let Some(c) = chars.next() {
        let close = match c {
            '{' => Some('}'),
            '(' if before == ']' => Some(')'),
            '[' if chars.peek() == Some(&'!') => Some(']'),
            '`' => Some('`'),
            _ => None,
        };
        out.push(letter(language, c));
        if language == "en-XA" && c.is_ascii_alphabetic() && matches!(c.to_ascii_lowercase(), 'a' | 'e' | 'i' | 'o' | 'u') {
            out.push(letter(language, c.to_ascii_lowercase()));
        }
        if let Some(close) = close {
            for inner in chars.by_ref() {
                out.push(inner);
                if inner == close {
                    break;
                }
            }
        }
        before = c;
    }
    out
}

fn letter(language: &str, c: char) -> char {
    let alphabet = if language == "en-XA" { ACCENTED } else { ARABIC };
    let place = c.to_ascii_lowercase() as usize;
    if c.is_ascii_alphabetic() { alphabet.chars().nth(place - 'a' as usize).unwrap() } else { c }
}

/// Adds a translation of every Markdown item, and of the program's words, into both.
pub(super) fn translate(root: &Path) {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
    for item in context.content.items.iter().filter(|i| i.file.body().is_some() && i.is_live()) {
        let original = fingerprint::of(item.file, &context.schemas).unwrap();
        for language in PSEUDO {
            let (body, span) = item.file.body().unwrap();
            let front = item.file.text[..span.start as usize].trim().trim_matches('-');
            let lines = front.lines().filter(|l| !l.starts_with("was:") && !l.trim().is_empty()).map(|line| match line.split_once(": ") {
                Some((key @ ("title" | "summary"), text)) => format!("{key}: {}\n", Value::from(pseudo(language, text))),
                _ => format!("{line}\n"),
            });
            let body: Vec<String> = body.lines().map(|line| with_id(line, &pseudo(language, line))).collect();
            let text = format!("---\n{}translates: {original}\n---\n{}\n", lines.collect::<String>(), body.join("\n"));
            fs::write(root.join(item.file.path.replace(".md", &format!(".{language}.md"))), text).unwrap();
        }
    }
    fs::create_dir_all(root.join("site-templates/text")).unwrap();
    for language in PSEUDO {
        let english = embedded::text(embedded::TEMPLATES, "text/en.yaml").unwrap();
        let mut words: Value = yaml_serde::from_str(english).unwrap();
        translate_words(language, &mut words);
        words["language_names"] = serde_json::json!({ language: pseudo(language, "Pseudo") });
        if language == "ar-XB" {
            // Words that nobody has translated yet.
            words.as_object_mut().unwrap().remove("review");
        }
        fs::write(root.join(format!("site-templates/text/{language}.yaml")), words.to_string()).unwrap();
    }
}

/// A heading keeps the id of the original's, so that links to it still lead there.
fn with_id(original: &str, line: &str) -> String {
    let id = |heading: &str| heading.trim().to_lowercase().replace(' ', "-");
    match original.strip_prefix("## ") {
        Some(heading) if !heading.contains("{#") => format!("{line} {{#{}}}", id(heading)),
        _ => line.to_owned(),
    }
}

fn translate_words(language: &str, words: &mut Value) {
    match words {
        Value::String(text) => *text = pseudo(language, text),
        Value::Array(all) => all.iter_mut().for_each(|one| translate_words(language, one)),
        Value::Object(map) => map.values_mut().for_each(|one| translate_words(language, one)),
        _ => {}
    }
}

fn files(root: &Path) -> BTreeMap<String, String> {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
    let rendered = site::render(&context, &BuildOptions::default()).unwrap();
    rendered.files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

fn findings(root: &Path, code: &str) -> Vec<String> {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
    check::run(&context).findings.into_iter().filter(|f| f.code == code).map(|f| f.message).collect()
}

#[test]
fn pages_in_two_languages_that_nobody_speaks() {
    let (_temp, root, _) = workshop();
    translate(&root);
    assert_eq!(findings(&root, "R012"), Vec::<String>::new());
    assert_eq!(findings(&root, "Y043"), Vec::<String>::new());
    let files = files(&root);
    let long = &files["en-XA/topics/sleep/index.html"];
    let mirrored = &files["ar-XB/topics/sleep/index.html"];
    assert!(long.contains("<html lang=\"en-XA\" dir=\"ltr\">") && mirrored.contains("<html lang=\"ar-XB\" dir=\"rtl\">"));
    // The switcher, with the languages' own names.
    let original = &files["topics/sleep/index.html"];
    for language in PSEUDO {
        assert!(original.contains(&format!("hreflang=\"{language}\" href=\"../../{language}/topics/sleep/\"")), "{original}");
        assert!(original.contains(&format!(">{}</a>", pseudo(language, "Pseudo"))), "{original}");
    }
    assert!(mirrored.contains(">English</a>") && mirrored.contains("hreflang=\"en\" href=\"../../../topics/sleep/\""));
    // What is not in the page's language says so: words that nobody translated, and a service that has one language only.
    assert!(mirrored.contains("<span lang=\"en\" dir=\"ltr\">This page has not been reviewed yet.</span>"), "{mirrored}");
    assert!(mirrored.contains("<span lang=\"en\" dir=\"ltr\">Example Text Line</span>"), "{mirrored}");
    assert!(!original.contains("<span lang"));
    // Links stay in the language where they can, and journeys are asked in the original.
    assert!(mirrored.contains("href=\"../../../ar-XB/topics/self-harm/\""), "{mirrored}");
    for (path, text) in &files {
        assert!(!text.contains(['\u{fdd0}', '\u{fdd1}', '\u{fddf}']), "{path} still has marks");
    }
    let topics: Value = serde_json::from_str(&files["api/v1/topics.json"]).unwrap();
    let sleep = topics["topics"].as_array().unwrap().iter().find(|t| t["id"] == "topic/sleep").unwrap();
    assert_eq!(sleep["translations"].as_array().unwrap().len(), 2);
    judge(&root);
}

#[test]
fn a_translation_that_is_out_of_date_gives_way_where_it_matters() {
    let (_temp, root, _) = workshop();
    translate(&root);
    for file in ["outcomes/emergency.md", "outcomes/self-care.md"] {
        let path = root.join("content").join(file);
        let text = fs::read_to_string(&path).unwrap();
        fs::write(&path, format!("{text}\nOther words than before.\n")).unwrap();
    }
    let found = findings(&root, "R012");
    assert_eq!(found.len(), 4, "{found:#?}");
    assert_eq!(found.iter().filter(|f| f.contains("people are shown the original instead")).count(), 2, "{found:#?}");
    let files = files(&root);
    let page = &files["ar-XB/outcomes/emergency/index.html"];
    assert!(page.contains("<html lang=\"en\" dir=\"ltr\">") && page.contains("Other words than before."), "{page}");
    let notice = pseudo("ar-XB", "This page is in its original language because the translation is older than an urgent change.");
    assert!(page.contains(&format!("<p class=\"inset\" lang=\"ar-XB\" dir=\"rtl\">{notice}</p>")), "{page}");
    assert!(page.contains("noindex") && page.contains("rel=\"canonical\" href=\"https://wellbeing.example.org/outcomes/emergency/\""));
    // Nobody is offered it as a translation, and where it does not matter as much the old words stay.
    assert!(!files["outcomes/emergency/index.html"].contains("ar-XB/outcomes/emergency/"));
    assert!(!files["ar-XB/outcomes/self-care/index.html"].contains("Other words than before."));
    judge(&root);
}
