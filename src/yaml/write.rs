//! Data as YAML that our own reader reads as that data, for the few files that the program writes.

use serde_json::Value;

use super::{Type, parse};
use crate::source::{Span, is_hidden};

/// The text plain where that is safe on a line of its own or after `key:`, else in double quotes.
pub fn quote(text: &str) -> String {
    if is_safe_plain(text) { text.to_owned() } else { double_quoted(text) }
}

/// A value as it stands after `key:`, with what comes before it: ` text`, or further lines set in by `indent` spaces.
pub fn block(value: &Value, indent: usize) -> String {
    let margin = " ".repeat(indent);
    match value {
        Value::Array(items) if items.is_empty() => " []\n".to_owned(),
        Value::Object(map) if map.is_empty() => " {}\n".to_owned(),
        Value::Array(items) => items.iter().fold("\n".to_owned(), |out, item| {
            let lines = block(item, indent + 2);
            // A map in a list begins on the line of its dash.
            let first = lines.strip_prefix('\n').map_or_else(|| lines.clone(), |l| format!(" {}", l.trim_start()));
            out + &margin + "-" + &first
        }),
        Value::Object(map) => {
            map.iter().fold("\n".to_owned(), |out, (key, value)| out + &margin + &key_text(key) + ":" + &block(value, indent + 2))
        }
        Value::String(text) => format!(" {}\n", quote(text)),
        Value::Null => " null\n".to_owned(),
        Value::Bool(_) | Value::Number(_) => format!(" {value}\n"),
    }
}

/// `yes` and `no` are common ids of answers and are written plain where they are keys.
fn key_text(key: &str) -> String {
    let is_id = key.bytes().all(|b| b.is_ascii_lowercase() || matches!(b, b'-' | b'_')) && !key.is_empty() && !key.starts_with('-');
    if is_id { key.to_owned() } else { quote(key) }
}

fn is_safe_plain(text: &str) -> bool {
    // Words that other YAML readers type are quoted although ours does not: people use both.
    let is_word = !["yes", "no", "on", "off", "y", "n", "true", "false", "null", "~"].contains(&text.to_lowercase().as_str());
    let starts_well = text.starts_with(|c: char| c.is_alphabetic()) || is_date(text);
    is_word && starts_well && !text.contains(['\n', '\t']) && reads_as(&format!("a: {text}\n"), text)
}

/// A date is a string to our reader and looks odd in quotes.
fn is_date(text: &str) -> bool {
    text.len() == 10 && text.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() })
}

fn reads_as(document: &str, text: &str) -> bool {
    let parsed = parse(document, Span::new(0, document.len()));
    let value = parsed.yaml.root(document).and_then(|root| root.get("a"));
    parsed.problems.is_empty() && value.is_some_and(|v| v.ty() == Type::String && v.scalar() == Some(text))
}

fn double_quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            c if is_hidden(c) || c == '\r' || c == '\u{85}' => out.push_str(&format!("\\U{:08X}", u32::from(c))),
            c => out.push(c),
        }
    }
    out + "\""
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn quotes_only_where_needed() {
        for plain in ["Sleep", "content-lead", "https://example.org/a?b=c", "2026-11-21", "Can't sleep"] {
            assert_eq!(quote(plain), plain);
        }
        for (text, quoted) in [("no", "\"no\""), ("0800 1111", "\"0800 1111\""), ("a: b", "\"a: b\""), ("a #b", "\"a #b\""), ("", "\"\"")] {
            assert_eq!(quote(text), quoted);
        }
        assert_eq!(quote("say \"hi\"\n"), r#""say \"hi\"\n""#);
    }

    #[test]
    fn nested_data_is_read_back() {
        let value = serde_json::json!({
            "a": [{"type": "phone", "value": "0808 157 0123", "deep": {"x": [1, null, true]}}, "b", [["c"], {}], []],
            "yes": {"go": "outcome/a"}, "empty": {}, "none": null,
        });
        let text = block(&value, 0);
        let parsed = parse(&text, Span::new(0, text.len()));
        assert_eq!((parsed.yaml.root(&text).map(|r| r.to_json()), parsed.problems.len()), (Some(value), 0), "{text}");
    }

    proptest! {
        #[test]
        fn any_text_is_read_back(text in "\\PC{0,12}|[ -~\n\t]{0,12}|[\u{0}-\u{2100}]{0,6}") {
            let quoted = quote(&text);
            prop_assert!(reads_as(&format!("a: {quoted}\n"), &text) || text.contains('\0'), "{}", quoted);
        }
    }
}
