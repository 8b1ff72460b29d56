//! Text that shows one thing and is another, made visible.
//!
//! Messages and excerpts carry what people wrote. A character that shows nothing, turns the line around or drives
//! the terminal is printed as `\u{202e}`, so that what is read is what is there. Knows nothing of findings.

use std::borrow::Cow;
use std::fmt::Write;

use crate::source;

/// Whether a character cannot be seen for what it is; in one line of output that goes for line breaks and tabs as well.
pub fn is_hidden(c: char) -> bool {
    matches!(c, '\n' | '\r' | '\t') || source::is_hidden(c)
}

/// The text on one line, with hidden characters (line breaks too) as `\u{…}`.
pub fn visible(text: &str) -> Cow<'_, str> {
    replace(text, |c| is_hidden(c).then(|| c.escape_unicode().to_string()))
}

/// The same for text that may have several lines.
pub fn visible_lines(text: &str) -> Cow<'_, str> {
    replace(text, |c| (is_hidden(c) && c != '\n').then(|| c.escape_unicode().to_string()))
}

/// JSON text with every hidden character escaped: the same data to a program, and nothing unseen to a reader.
pub fn json(value: &serde_json::Value) -> String {
    // A value always has a text: its keys are strings.
    let mut text = serde_json::to_string_pretty(value).unwrap_or_default();
    text.push('\n');
    replace(&text, |c| (is_hidden(c) && c != '\n').then(|| utf16(c))).into_owned()
}

/// `\u202e`, as a surrogate pair where JSON needs one.
fn utf16(c: char) -> String {
    let mut out = String::new();
    for unit in c.encode_utf16(&mut [0; 2]) {
        // Writing to a string cannot fail.
        let _ = write!(out, "\\u{unit:04x}");
    }
    out
}

fn replace(text: &str, with: impl Fn(char) -> Option<String>) -> Cow<'_, str> {
    let (mut out, mut from) = (String::new(), 0);
    for (at, c) in text.char_indices() {
        if let Some(replacement) = with(c) {
            out.push_str(&text[from..at]);
            out.push_str(&replacement);
            from = at + c.len_utf8();
        }
    }
    if from == 0 {
        return Cow::Borrowed(text);
    }
    out.push_str(&text[from..]);
    Cow::Owned(out)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hidden_characters_become_visible() {
        assert_eq!(visible("a\u{202e}b\u{1b}[31m\u{200b}\tc\nd"), r"a\u{202e}b\u{1b}[31m\u{200b}\u{9}c\u{a}d");
        assert_eq!(visible("café, наïve, 睡眠, e\u{301}, 🙂"), "café, наïve, 睡眠, e\u{301}, 🙂");
        assert_eq!(visible_lines("a\n\u{2066}b\r\n"), "a\n\\u{2066}b\\u{d}\n");
    }

    #[test]
    fn json_stays_the_same_data() {
        let value = serde_json::json!({ "a": "x\u{202e}\u{e0041}\u{7f}\u{0}é" });
        let text = json(&value);
        assert_eq!(text, "{\n  \"a\": \"x\\u202e\\udb40\\udc41\\u007f\\u0000é\"\n}\n");
        assert_eq!(serde_json::from_str::<serde_json::Value>(&text).unwrap(), value);
    }
}
