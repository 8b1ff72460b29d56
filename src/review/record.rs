//! Records: what is signed, and the one way in which it is written.
//!
//! The signed bytes are the canonical JSON (RFC 8785) of the record without its signature. The file is a function of those and
//! of the signature: every byte of it is determined, so none can be changed unnoticed.

use std::borrow::Cow;
use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::fingerprint::{self, canonical, canonical::Object};
use crate::model::Record;

/// A record without its signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
#[expect(missing_docs, reason = "described property by property in the schema `record`")]
pub struct Draft {
    pub record: u32,
    pub project: String,
    pub item: String,
    pub fingerprint: Option<String>,
    pub dependencies: BTreeMap<String, String>,
    pub from: Option<String>,
    pub class: String,
    pub decision: String,
    pub scope: String,
    pub reviewer: String,
    pub role: String,
    pub date: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub because: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub overrides: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub emergency: Option<bool>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub channel: Option<String>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub pack: Option<String>,
    pub tool: String,
}

impl Draft {
    /// What a record says, without its signature.
    pub fn of(record: &Record<'_>) -> Self {
        let owned = |text: Option<crate::model::Text<'_>>| text.map(|t| t.value.to_owned());
        Self {
            record: u32::try_from(record.record).unwrap_or(0),
            project: record.project.value.to_owned(),
            item: record.item.value.to_owned(),
            fingerprint: owned(record.fingerprint),
            dependencies: record.dependencies.iter().map(|(id, print)| ((*id).to_owned(), (*print).to_owned())).collect(),
            from: owned(record.from),
            class: record.class.word().to_owned(),
            decision: record.decision.word().to_owned(),
            scope: record.scope.word().to_owned(),
            reviewer: record.reviewer.value.to_owned(),
            role: record.role.value.to_owned(),
            date: record.date.value.to_owned(),
            comment: owned(record.comment),
            because: owned(record.because),
            overrides: owned(record.overrides),
            emergency: record.emergency,
            channel: owned(record.channel),
            pack: owned(record.pack),
            tool: record.tool.value.to_owned(),
        }
    }

    /// The bytes that are signed.
    pub fn payload(&self) -> Vec<u8> {
        let mut out = Vec::with_capacity(512 + 128 * self.dependencies.len());
        let mut object = Object::begin(&mut out);
        let optional = |object: &mut Object<'_>, name: &str, text: &Option<String>| {
            if let Some(text) = text {
                object.text(name, text);
            }
        };
        optional(&mut object, "because", &self.because);
        optional(&mut object, "channel", &self.channel);
        object.text("class", &self.class);
        optional(&mut object, "comment", &self.comment);
        object.text("date", &self.date);
        object.text("decision", &self.decision);
        let mut dependencies: Vec<(&String, &String)> = self.dependencies.iter().collect();
        dependencies.sort_by(|(a, _), (b, _)| canonical::by_units(a, b));
        let mut prints = Object::begin(object.member("dependencies"));
        dependencies.into_iter().for_each(|(id, print)| prints.text(id, print));
        prints.end();
        if let Some(emergency) = self.emergency {
            object.member("emergency").extend(emergency.to_string().bytes());
        }
        object.text_or_null("fingerprint", self.fingerprint.as_deref());
        object.text_or_null("from", self.from.as_deref());
        object.text("item", &self.item);
        optional(&mut object, "overrides", &self.overrides);
        optional(&mut object, "pack", &self.pack);
        object.text("project", &self.project);
        object.member("record").extend(self.record.to_string().bytes());
        object.text("reviewer", &self.reviewer);
        object.text("role", &self.role);
        object.text("scope", &self.scope);
        object.text("tool", &self.tool);
        object.end();
        out
    }

    /// The SHA-256 of the signed bytes, 64 hexadecimal digits: how other records name this one.
    pub fn hash(&self) -> String {
        hash(&self.payload())
    }

    /// Where its file lies.
    pub fn path(&self) -> String {
        self.path_by(&self.hash())
    }

    /// The same, where its hash is known.
    pub(super) fn path_by(&self, hash: &str) -> String {
        let time = self.date.replace(':', "-");
        format!("reviews/records/{}/{time}-{}-{}.yaml", self.item, self.reviewer, hash.get(..8).unwrap_or_default())
    }

    /// Its file with this signature.
    pub fn file(&self, signature: &str) -> String {
        let mut out = String::with_capacity(1024 + 128 * self.dependencies.len());
        let mut line = |key: &str, value: &str| {
            out.push_str(key);
            out.push_str(if value.starts_with('\n') { ":" } else { ": " });
            out.push_str(value);
            out.push('\n');
        };
        line("record", &self.record.to_string());
        line("project", &scalar(&self.project));
        line("item", &scalar(&self.item));
        line("fingerprint", &or_null(self.fingerprint.as_deref()));
        let pairs = self.dependencies.iter().map(|(id, print)| format!("\n  {}: {}", scalar(id), scalar(print)));
        let pairs: String = pairs.collect();
        line("dependencies", if pairs.is_empty() { "{}" } else { &pairs });
        line("from", &or_null(self.from.as_deref()));
        for (key, value) in [
            ("class", &self.class),
            ("decision", &self.decision),
            ("scope", &self.scope),
            ("reviewer", &self.reviewer),
            ("role", &self.role),
            ("date", &self.date),
        ] {
            line(key, &scalar(value));
        }
        let optional = [("comment", &self.comment), ("because", &self.because), ("overrides", &self.overrides)];
        optional.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))).for_each(|(key, value)| line(key, &scalar(value)));
        if let Some(emergency) = self.emergency {
            line("emergency", if emergency { "true" } else { "false" });
        }
        let optional = [("channel", &self.channel), ("pack", &self.pack)];
        optional.iter().filter_map(|(key, value)| Some((key, value.as_ref()?))).for_each(|(key, value)| line(key, &scalar(value)));
        line("tool", &scalar(&self.tool));
        line("signature", "|");
        for l in signature.lines() {
            out.push_str("  ");
            out.push_str(l);
            out.push('\n');
        }
        out
    }
}

/// The SHA-256 of signed bytes, 64 hexadecimal digits.
pub(super) fn hash(payload: &[u8]) -> String {
    fingerprint::digest(payload).trim_start_matches("sha256:").to_owned()
}

fn or_null(text: Option<&str>) -> Cow<'_, str> {
    text.map_or(Cow::Borrowed("null"), scalar)
}

/// A text as it stands in a record. Never to be changed: the bytes of every record ever written depend on it.
pub(super) fn scalar(text: &str) -> Cow<'_, str> {
    let is_word = text.starts_with(|c: char| c.is_ascii_lowercase())
        && text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'-' | b'.' | b'/' | b':' | b'@' | b'_'))
        && !text.ends_with(':')
        && !["true", "false", "null", "yes", "no", "on", "off", "y", "n"].contains(&text);
    if is_word {
        return Cow::Borrowed(text);
    }
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            ' '..='~' => out.push(c),
            c => out.push_str(&format!("\\U{:08X}", u32::from(c))),
        }
    }
    out.push('"');
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;
    use crate::model::Identity;
    use crate::yaml::de::from_node;
    use proptest::prelude::*;

    fn draft() -> Draft {
        Draft {
            record: 1,
            project: "5f0c9c0e".to_owned(),
            item: "topic/sleep".to_owned(),
            fingerprint: Some(format!("sha256:{}", "0".repeat(64))),
            dependencies: BTreeMap::from([("resource/samaritans".to_owned(), format!("sha256:{}", "1".repeat(64)))]),
            from: None,
            class: "clinical".to_owned(),
            decision: "approve".to_owned(),
            scope: "whole".to_owned(),
            reviewer: "a-nurse".to_owned(),
            role: "clinical-reviewer".to_owned(),
            date: "2026-11-21T12:00:00Z".to_owned(),
            comment: None,
            because: None,
            overrides: None,
            emergency: None,
            channel: None,
            pack: None,
            tool: "signpost 0.1.0".to_owned(),
        }
    }

    #[test]
    fn a_worked_example() {
        let zeros = "0".repeat(64);
        let ones = "1".repeat(64);
        let expected = format!(
            r#"{{"class":"clinical","date":"2026-11-21T12:00:00Z","decision":"approve","dependencies":{{"resource/samaritans":"sha256:{ones}"}},"fingerprint":"sha256:{zeros}","from":null,"item":"topic/sleep","project":"5f0c9c0e","record":1,"reviewer":"a-nurse","role":"clinical-reviewer","scope":"whole","tool":"signpost 0.1.0"}}"#
        );
        assert_eq!(String::from_utf8(draft().payload()).unwrap(), expected);
        let hash = draft().hash();
        assert_eq!(draft().path(), format!("reviews/records/topic/sleep/2026-11-21T12-00-00Z-a-nurse-{}.yaml", &hash[..8]));
        let file = draft().file("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n");
        assert!(file.contains("dependencies:\n  resource/samaritans: sha256:1111"), "{file}");
        assert!(file.ends_with("signature: |\n  -----BEGIN SSH SIGNATURE-----\n  AAAA\n  -----END SSH SIGNATURE-----\n"), "{file}");
    }

    proptest! {
        /// Held against a library that was written by others, which sees every field.
        #[test]
        fn what_is_signed_is_the_whole_record(texts in proptest::collection::vec("\\PC{0,6}", 9), which in 0u32..512, emergency: Option<bool>) {
            let mut signed = draft();
            let of = |n: usize| (which & (1 << n) != 0).then(|| texts[n].clone());
            (signed.comment, signed.because, signed.overrides) = (of(0), of(1), of(2));
            (signed.channel, signed.pack, signed.from, signed.fingerprint) = (of(3), of(4), of(5), of(6));
            signed.emergency = emergency;
            signed.dependencies.extend(of(7).into_iter().chain(of(8)).map(|id| (id.clone(), id)));
            prop_assert_eq!(String::from_utf8(signed.payload()).unwrap(), serde_json_canonicalizer::to_string(&signed).unwrap());
        }

        #[test]
        fn what_is_written_is_read_back(comment in "\\PC{0,20}|[ -~\n]{0,20}", dependency in "[a-z0-9/. é-]{1,12}", emergency: bool) {
            let mut written = draft();
            written.comment = Some(comment);
            written.because = Some("no".to_owned());
            written.emergency = emergency.then_some(true);
            written.dependencies.insert(dependency, "urgent@1".to_owned());
            let signature = "-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n";
            let text = written.file(signature);
            let snapshot = Snapshot::from_texts([("reviews/records/topic/sleep/a.yaml", text.as_str())]);
            prop_assert_eq!(Identity::of(&snapshot.files[0].path), Identity::Record("topic/sleep"));
            prop_assert!(snapshot.files[0].problems.is_empty(), "{:?}\n{}", snapshot.files[0].problems, text);
            let read: Record<'_> = from_node(snapshot.files[0].data().unwrap()).unwrap();
            prop_assert_eq!(Draft::of(&read), written);
            prop_assert_eq!(read.signature.value, signature);
        }
    }
}
