//! Canonical JSON (RFC 8785): the one way of writing a value, so that a hash of the bytes is a hash of the meaning.
//!
//! Written straight from the tree that was read. Fingerprints are taken of every file at every commit since the last release: a
//! document in between would cost more than the hash.

use std::cmp::Ordering;

use serde_json::Value;

use crate::schema::Cursor;
use crate::yaml::{NodeRef, Type};

/// An object that is being written. Members come in the order of [`by_units`].
pub(crate) struct Object<'o> {
    out: &'o mut Vec<u8>,
    is_empty: bool,
}

impl<'o> Object<'o> {
    /// Begins an object.
    pub(crate) fn begin(out: &'o mut Vec<u8>) -> Self {
        out.push(b'{');
        Self { out, is_empty: true }
    }

    /// The name of the next member; the value goes into what is returned.
    pub(crate) fn member(&mut self, name: &str) -> &mut Vec<u8> {
        if !std::mem::take(&mut self.is_empty) {
            self.out.push(b',');
        }
        string(name, self.out);
        self.out.push(b':');
        self.out
    }

    /// A member that is a text.
    pub(crate) fn text(&mut self, name: &str, text: &str) {
        string(text, self.member(name));
    }

    /// A member that is a text or `null`.
    pub(crate) fn text_or_null(&mut self, name: &str, text: Option<&str>) {
        match text {
            Some(text) => self.text(name, text),
            None => self.member(name).extend(b"null"),
        }
    }

    /// Ends it.
    pub(crate) fn end(self) {
        self.out.push(b'}');
    }
}

/// The order of members: that of the names' UTF-16 units (RFC 8785, section 3.2.3).
pub(crate) fn by_units(a: &str, b: &str) -> Ordering {
    // Bytes are in the same order, but for characters above U+FFFF.
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Adds a string.
pub(crate) fn string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let short = match byte {
            b'"' | b'\\' => byte,
            0x08 => b'b',
            b'\t' => b't',
            b'\n' => b'n',
            0x0c => b'f',
            b'\r' => b'r',
            0..0x20 => 0,
            _ => continue,
        };
        out.extend(&text.as_bytes()[from..at]);
        from = at + 1;
        if short == 0 {
            out.extend(format!("\\u{byte:04x}").into_bytes());
        } else {
            out.extend([b'\\', short]);
        }
    }
    out.extend(&text.as_bytes()[from..]);
    out.push(b'"');
}

/// Adds a number as ECMAScript writes it; whole ones that are exact are their digits.
fn number(number: &serde_json::Number, out: &mut Vec<u8>) {
    let is_exact = |n: i64| n.unsigned_abs() <= 1 << 53;
    match number.as_i64() {
        Some(n) if is_exact(n) => out.extend(n.to_string().into_bytes()),
        _ => out.extend(ryu_js::Buffer::new().format(number.as_f64().unwrap_or_default()).bytes()),
    }
}

/// A document.
pub(crate) fn bytes(json: &Value) -> Vec<u8> {
    let mut out = Vec::new();
    value(json, &mut out);
    out
}

/// Adds a document.
fn value(json: &Value, out: &mut Vec<u8>) {
    match json {
        Value::Null => out.extend(b"null"),
        Value::Bool(true) => out.extend(b"true"),
        Value::Bool(false) => out.extend(b"false"),
        Value::Number(n) => number(n, out),
        Value::String(text) => string(text, out),
        Value::Array(items) => list(items, out, value),
        Value::Object(map) => {
            let mut members: Vec<(&String, &Value)> = map.iter().collect();
            members.sort_by(|(a, _), (b, _)| by_units(a, b));
            let mut object = Object::begin(out);
            members.into_iter().for_each(|(name, member)| value(member, object.member(name)));
            object.end();
        }
    }
}

/// Adds what was read of a file; a map whose order is seen or counted on becomes a list of `[key, value]` (CONTENT.md, section 6).
pub(super) fn node(place: Option<Cursor<'_>>, node: NodeRef<'_>, out: &mut Vec<u8>) {
    let below = |name: &str| place.map(|p| p.key(name));
    match node.ty() {
        Type::Map if place.is_some_and(Cursor::is_ordered) => list(node.entries(), out, |entry, out| {
            out.push(b'[');
            string(entry.name, out);
            out.push(b',');
            self::node(below(entry.name), entry.value, out);
            out.push(b']');
        }),
        Type::Map => {
            let mut entries: Vec<_> = node.entries().collect();
            entries.sort_by(|a, b| by_units(a.name, b.name));
            let mut object = Object::begin(out);
            entries.into_iter().for_each(|entry| self::node(below(entry.name), entry.value, object.member(entry.name)));
            object.end();
        }
        Type::List => list(node.items(), out, |item, out| self::node(place.map(Cursor::item), item, out)),
        Type::String => string(node.scalar().unwrap_or(""), out),
        Type::Null | Type::Bool | Type::Number => value(&node.to_json(), out),
    }
}

fn list<T>(items: impl IntoIterator<Item = T>, out: &mut Vec<u8>, mut write: impl FnMut(T, &mut Vec<u8>)) {
    out.push(b'[');
    for (number, item) in items.into_iter().enumerate() {
        if number > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn written(json: &Value) -> String {
        String::from_utf8(bytes(json)).unwrap()
    }

    fn any_json() -> impl Strategy<Value = Value> {
        let text = || "[ -~]{0,6}|\\PC{0,4}|[\u{0}-\u{1f}\u{7f}-\u{9f}\u{2028}\u{e000}\u{ffff}\u{10000}😀é\"\\\\]{0,4}";
        let whole = prop_oneof![any::<i64>(), -9i64..9, Just(1 << 53), Just(-(1 << 53)), Just((1 << 53) + 2)];
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            whole.prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_filter("JSON has no others", |n| n.is_finite()).prop_map(Value::from),
            (-1000i32..1000, 0i32..25).prop_map(|(n, e)| Value::from(f64::from(n) * 10f64.powi(e - 8))),
            text().prop_map(Value::from),
        ];
        leaf.prop_recursive(3, 24, 5, move |inner| {
            let members = proptest::collection::vec((text(), inner.clone()), 0..5);
            prop_oneof![
                proptest::collection::vec(inner, 0..4).prop_map(Value::from),
                members.prop_map(|m| m.into_iter().collect::<Value>())
            ]
        })
    }

    proptest! {
        /// Held against a library that was written by others.
        #[test]
        fn everybody_writes_it_so(json in any_json()) {
            prop_assert_eq!(written(&json), serde_json_canonicalizer::to_string(&json).unwrap());
        }
    }
}
