//! Fingerprints: one hash of what a file means, the same however it is written (CONTENT.md, section 6).
//!
//! Comments, the order of keys, quoting and line wrapping never change it; any change of meaning does. Knows nothing of
//! reviews, which are about fingerprints.

pub(crate) mod canonical;

use std::borrow::Cow;

use sha2::{Digest, Sha256};

use canonical::Object;

use crate::load::{Content, File};
use crate::model::Identity;
use crate::schema::Schemas;
use crate::source::Span;
use crate::yaml::{Problem, ProblemKind};

/// Why a file has no fingerprint.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum Refused {
    /// Nothing that is reviewed: a confirmation, a record, a stray file.
    #[error("this file is nothing that is reviewed")]
    NotReviewed,
    /// The file, or something in it, could not be read.
    #[error("this file cannot be read; `signpost check` says why")]
    Unreadable,
    /// A number that JSON would round.
    #[error("a number that has too many digits to be exact")]
    Number(Span),
}

/// The fingerprint of a file: `sha256:` and 64 hexadecimal digits.
///
/// # Errors
/// Where the file is nothing that is reviewed, or cannot be read exactly.
pub fn of(file: &File, schemas: &Schemas) -> Result<String, Refused> {
    Ok(digest(&subject(file, schemas)?))
}

/// `sha256:` and the hexadecimal digest.
pub fn digest(bytes: &[u8]) -> String {
    const DIGITS: &[u8; 16] = b"0123456789abcdef";
    let digits =
        Sha256::digest(bytes).into_iter().flat_map(|byte| [byte >> 4, byte & 15]).map(|half| char::from(DIGITS[usize::from(half)]));
    let mut text = String::with_capacity(71);
    text.push_str("sha256:");
    text.extend(digits);
    text
}

/// What is hashed: canonical JSON.
fn subject(file: &File, schemas: &Schemas) -> Result<Vec<u8>, Refused> {
    let identity = Identity::of(&file.path);
    let (kind, name, language) = match identity {
        Identity::Item { kind, name, language } => (kind.word(), name, language),
        Identity::Singleton(singleton) => ("site", singleton.word(), None),
        Identity::Schema(name) => ("schema", name, None),
        Identity::Template(path) => ("template", path, None),
        Identity::Policy => ("review", "policy", None),
        Identity::Reviewers => ("review", "reviewers", None),
        _ => return Err(Refused::NotReviewed),
    };
    // Reading refuses numbers that JSON would round (RFC 7493, section 2.2).
    let number = |p: &Problem| matches!(p.kind, ProblemKind::InexactNumber(_));
    if file.refusal.is_some() || !file.problems.iter().all(number) {
        return Err(Refused::Unreadable);
    }
    if let Some(problem) = file.problems.first() {
        return Err(Refused::Number(problem.span));
    }
    let body = match &file.content {
        Content::Yaml(_) => Cow::Borrowed(""),
        Content::Markdown { body, .. } => body_of(body.of(&file.text)),
        Content::Text => body_of(&file.text),
        Content::Binary(bytes) => Cow::Owned(digest(bytes)),
        Content::Refused => return Err(Refused::Unreadable),
    };
    let mut out = Vec::with_capacity(file.text.len() + file.text.len() / 4 + 128);
    let mut object = Object::begin(&mut out);
    object.text("body", &body);
    let data = object.member("data");
    match file.data() {
        Some(node) => {
            let compiled = identity.schema().and_then(|s| schemas.builtin(s));
            canonical::node(compiled.map(|c| c.annotations.top()), node, data);
        }
        None => data.extend(b"null"),
    }
    object.text("kind", kind);
    object.text_or_null("language", language);
    object.text("name", name);
    object.end();
    Ok(out)
}

/// Line ends as LF, white space at the very end dropped.
fn body_of(text: &str) -> Cow<'_, str> {
    let text = text.trim_end();
    if text.contains('\r') { Cow::Owned(text.replace("\r\n", "\n")) } else { Cow::Borrowed(text) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;
    use proptest::prelude::*;

    fn print(path: &str, text: &str) -> Result<String, Refused> {
        let snapshot = Snapshot::from_texts([(path, text)]);
        of(&snapshot.files[0], &Schemas::of(&snapshot))
    }

    fn canonical(path: &str, text: &str) -> String {
        let snapshot = Snapshot::from_texts([(path, text)]);
        let subject = subject(&snapshot.files[0], &Schemas::of(&snapshot)).unwrap();
        let text = String::from_utf8(subject).unwrap();
        // Held against a library that was written by others.
        let json: serde_json::Value = serde_json::from_str(&text).unwrap();
        assert_eq!(text, serde_json_canonicalizer::to_string(&json).unwrap());
        text
    }

    #[test]
    fn a_worked_example() {
        let text = "---\n# why\ntitle: 'Sleep'\norder: 10\ntopics: [topic/stress]\n---\nRest.\r\n\r\nMore.  \n\n";
        let expected = r#"{"body":"Rest.\n\nMore.","data":{"order":10,"title":"Sleep","topics":["topic/stress"]},"kind":"topic","language":null,"name":"sleep"}"#;
        assert_eq!(canonical("content/topics/mind/sleep.md", text), expected);
        // printf '%s' '…' | sha256sum
        let hash = "sha256:deee3067fdc44f92073d42813ab8538f779df6fca950fb4e5e780c35ca9eafac";
        assert_eq!(print("content/topics/sleep.md", text).unwrap(), hash);
        assert!(canonical("content/topics/sleep.bn.md", text).contains(r#""language":"bn""#));
    }

    #[test]
    fn maps_whose_order_counts_are_lists() {
        let text =
            "title: T\nstart: a\nsteps:\n  b: {say: Hi, go: a}\n  a:\n    ask: Q\n    answers: {y: {label: Y, points: 1}, n: {label: N}}\n";
        let steps =
            r#""steps":[["b",{"go":"a","say":"Hi"}],["a",{"answers":[["y",{"label":"Y","points":1}],["n",{"label":"N"}]],"ask":"Q"}]]"#;
        let found = canonical("content/journeys/j.yaml", text);
        assert!(found.contains(steps) && found.contains(r#""body":"","#), "{found}");
    }

    #[test]
    fn what_is_no_item_has_one_too() {
        assert!(canonical("content/acuity.yaml", "levels: []\n").contains(r#""kind":"site","language":null,"name":"acuity""#));
        assert!(canonical("site-templates/a/b.html", "<p>\r\n").contains(r#""body":"<p>","data":null,"kind":"template""#));
        assert!(canonical("reviews/policy.yaml", "version: 1\n").contains(r#""data":{"version":1},"kind":"review""#));
        assert_eq!(print("reviews/confirmations/a.yaml", "date: 2026-01-01\n"), Err(Refused::NotReviewed));
        assert_eq!(print("content/areas/a.yaml", "a: 1\na: 2\n"), Err(Refused::Unreadable));
    }

    #[test]
    fn numbers_are_exact_or_refused() {
        let area = |number: &str| print("content/areas/a.yaml", &format!("x: {number}\n"));
        assert!(area("9007199254740992").is_ok() && area("-9007199254740992").is_ok() && area("0.123456789").is_ok());
        for number in ["9007199254740993", "-9007199254740993", "99999999999999999999999", "0.1000000000000000055"] {
            assert_eq!(area(number), Err(Refused::Number(Span::new(3, 3 + number.len()))), "{number}");
        }
    }

    proptest! {
        #[test]
        fn writing_it_otherwise_changes_nothing(title in "[a-z]{1,8}( [a-z]{1,8}){0,6}", number in 0u32..1000, comment in "[ -~]{0,20}") {
            let path = "content/resources/a.yaml";
            let plain = format!("title: {title}\ncheck_every: {number}\nlanguages: [en, cy]\nwho: \"{number}\"\n");
            let folded = title.replace(' ', "\n  ");
            let other = format!("# {comment}\nwho: '{number}' # {comment}\nlanguages:\n  - \"en\"\n  - cy\n\ntitle: >-\n  {folded}\ncheck_every: {number}\n");
            let windows = plain.replace('\n', "\r\n");
            prop_assert_eq!(print(path, &plain), print(path, &other));
            prop_assert_eq!(print(path, &plain), print(path, &windows));
        }

        #[test]
        fn any_digit_changes_it(digits in "[1-9][0-9]{1,14}", at in 0usize..15, by in 1u8..10) {
            let at = at % digits.len();
            let mut other = digits.clone().into_bytes();
            other[at] = b'0' + (other[at] - b'0' + by) % 10;
            let other = String::from_utf8(other).unwrap();
            prop_assume!(!other.starts_with('0'));
            for form in ["x: N\n", "x: \"N\"\n", "x: 1.N1\n", "---\nx: y\n---\ncall N now\n"] {
                let path = if form.starts_with("---") { "content/topics/a.md" } else { "content/areas/a.yaml" };
                let (one, two) = (print(path, &form.replace('N', &digits)), print(path, &form.replace('N', &other)));
                prop_assert!(one != two || one.is_err());
            }
        }
    }
}
