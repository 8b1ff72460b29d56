//! Scalars: which of them are typed, and how a text is written in quotes.

use super::tree::Type;

/// The type of a plain scalar: only these few words and plain decimal numbers are typed (CONTENT.md, section 3).
pub(super) fn plain_type(value: &str) -> Type {
    match value.as_bytes().first() {
        None => Type::Null,
        Some(b'-' | b'0'..=b'9') if is_plain_number(value) => Type::Number,
        Some(b'~' | b'n') if matches!(value, "~" | "null") => Type::Null,
        Some(b't' | b'f') if matches!(value, "true" | "false") => Type::Bool,
        _ => Type::String,
    }
}

fn is_plain_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && (whole.len() == 1 || !whole.starts_with('0')) && fraction.is_none_or(all_digits) && value != "-0"
}

/// How a number reads once it is no more than a number, where that is not how it is written: `1.10` reads `1.1`.
pub(super) fn inexact(value: &str) -> Option<String> {
    if let Ok(whole) = value.parse::<i64>() {
        // JSON's numbers are exact up to here, and fingerprints are made from JSON (CONTENT.md, section 6).
        return (whole.unsigned_abs() > 1 << 53).then(|| short(whole as f64));
    }
    let number: f64 = value.parse().ok()?;
    let reads = short(number);
    (reads != value).then_some(reads)
}

fn short(number: f64) -> String {
    if number.abs() < 1e20 { number.to_string() } else { format!("{number:e}") }
}

/// A text as a YAML value in quotes.
pub fn quoted(text: &str) -> String {
    let plain = |c: char| !c.is_control();
    if text.chars().all(|c| plain(c) && c != '"' && c != '\\') {
        format!("\"{text}\"")
    } else if text.chars().all(plain) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        // Every JSON text is a YAML text.
        serde_json::Value::from(text).to_string()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_that_lose_something_are_known() {
        for exact in ["0", "12", "-1.5", "9007199254740992", "0.1", "100"] {
            assert_eq!(inexact(exact), None, "{exact}");
        }
        assert_eq!(inexact("1.10").as_deref(), Some("1.1"));
        assert_eq!(inexact("1.0").as_deref(), Some("1"));
        assert_eq!(inexact("12345678901234567890").as_deref(), Some("12345678901234567000"));
        assert_eq!(inexact(&"9".repeat(400)).as_deref(), Some("inf"));
    }

    #[test]
    fn quotes_fit_what_is_inside() {
        assert_eq!(quoted("a: b"), "\"a: b\"");
        assert_eq!(quoted("say \"hi\", it's"), "'say \"hi\", it''s'");
        assert_eq!(quoted("a\nb"), "\"a\\nb\"");
    }
}
