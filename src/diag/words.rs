//! Lists and large numbers as findings write them.

use std::fmt::Display;

/// `a`, `a and b`, `a, b and c`.
pub fn list(parts: &[impl Display], last: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.to_string(),
        [first @ .., end] => {
            let first: Vec<String> = first.iter().map(ToString::to_string).collect();
            format!("{} {last} {end}", first.join(", "))
        }
    }
}

/// The same with every part in code quotes.
pub fn codes<T: Display>(parts: impl IntoIterator<Item = T>, last: &str) -> String {
    let parts: Vec<String> = parts.into_iter().map(|p| format!("`{p}`")).collect();
    list(&parts, last)
}

/// A whole number with commas: `16,384`.
pub fn number(number: impl Display) -> String {
    let digits = number.to_string();
    let (sign, digits) = digits.strip_prefix('-').map_or(("", digits.as_str()), |d| ("-", d));
    let mut out = String::from(sign);
    for (n, digit) in digits.chars().enumerate() {
        if n > 0 && (digits.len() - n).is_multiple_of(3) {
            out.push(',');
        }
        out.push(digit);
    }
    out
}

/// A count with its noun: `1 day`, `2 days`.
pub fn count(n: usize, noun: &str) -> String {
    if n == 1 { format!("1 {noun}") } else { format!("{} {noun}s", number(n)) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lists_and_numbers_read_like_sentences() {
        assert_eq!(codes(["a", "b", "c"], "and"), "`a`, `b` and `c`");
        assert_eq!(codes(["a"], "or"), "`a`");
        assert_eq!((number(16384), number(-1000), number(999)), ("16,384".into(), "-1,000".into(), "999".into()));
        assert_eq!(count(1200, "answer"), "1,200 answers");
    }
}
