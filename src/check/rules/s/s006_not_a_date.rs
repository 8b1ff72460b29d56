//! A date that does not exist, or that is not written year-month-day.
//!
//! Whether a service is still open, or a page due for review, is worked out from dates. 03/04/2026 is a day in March to
//! some and a day in April to others; 2026-04-03 is the same to all.
//!
//! ## Example
//! ```yaml
//! review_by: 31/03/2027
//! ```
//!
//! ## Instead
//! ```yaml
//! review_by: 2027-03-31
//! ```
//!
//! ## Where it comes from
//! ISO 8601, as RFC 3339 uses it.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::{Problem, is_date};

pub const RULE: Rule = Rule {
    code: "S006",
    name: "not-a-date",
    severity: Severity::Error,
    source: include_str!("s006_not_a_date.rs"),
    check: Check::File(check),
};

const MONTHS: [&str; 12] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        if violation.problem != Problem::Format("date".into()) {
            continue;
        }
        let text = violation.node.scalar().unwrap_or("");
        let is_written_right =
            text.len() == 10 && text.bytes().enumerate().all(|(n, b)| if n == 4 || n == 7 { b == b'-' } else { b.is_ascii_digit() });
        let message = if is_written_right {
            format!("there is no day {text}")
        } else {
            format!("`{text}` is no date that is written year-month-day")
        };
        let finding = violation.owned(file.finding(violation.span, message));
        let meant = meant(text);
        sink.push(match meant.as_slice() {
            _ if is_written_right => finding.help(calendar(text)),
            [one] => finding.did_you_mean(Some(one)).fix(violation.span, one.clone()),
            [one, other] => finding.help(format!("write `{one}` or `{other}`, whichever is meant")),
            _ => finding.help("write it like this: 2026-11-21"),
        });
    }
}

/// Why a day that is written right does not exist.
fn calendar(text: &str) -> String {
    let number = |range: std::ops::Range<usize>| text.get(range).and_then(|t| t.parse::<i16>().ok());
    let (Some(year), Some(month)) = (number(0..4), number(5..7)) else { return "write it like this: 2026-11-21".into() };
    match i8::try_from(month).ok().and_then(|m| jiff::civil::Date::new(year, m, 1).ok()) {
        Some(first) => format!("{} has {} days", first.strftime("%B %Y"), first.days_in_month()),
        None => "months are numbered from 01 to 12".to_owned(),
    }
}

/// The days that a date written in another way may mean.
fn meant(text: &str) -> Vec<String> {
    // A date with a time of day behind it.
    if let Some(date) = text.get(..10).filter(|date| is_date(date)) {
        return vec![date.to_owned()];
    }
    let parts: Vec<&str> = text.split(|c: char| !c.is_alphanumeric()).filter(|p| !p.is_empty()).collect();
    let numbers: Vec<Option<u16>> = parts.iter().map(|p| p.trim_end_matches(|c: char| c.is_ascii_alphabetic()).parse().ok()).collect();
    let month = |word: &str| MONTHS.iter().position(|m| word.to_lowercase().starts_with(m)).and_then(|n| u16::try_from(n + 1).ok());
    let day = |y: u16, m: u16, d: u16| Some(format!("{y:04}-{m:02}-{d:02}")).filter(|t| y >= 1900 && is_date(t));
    let days: Vec<Option<String>> = match (parts.as_slice(), numbers.as_slice()) {
        ([_, word, _], [Some(d), None, Some(y)]) => vec![month(word).and_then(|m| day(*y, m, *d))],
        ([word, _, _], [None, Some(d), Some(y)]) => vec![month(word).and_then(|m| day(*y, m, *d))],
        ([year, ..], [Some(y), Some(m), Some(d), ..]) if year.len() == 4 => vec![day(*y, *m, *d)],
        ([_, _, year], [Some(a), Some(b), Some(y)]) if year.len() == 4 => vec![day(*y, *b, *a), day(*y, *a, *b)],
        _ => Vec::new(),
    };
    let mut days: Vec<String> = days.into_iter().flatten().collect();
    days.dedup();
    days
}

#[cfg(test)]
mod tests {
    use super::meant;

    #[test]
    fn dates_in_other_forms_are_understood() {
        for (text, days) in [
            ("31/03/2027", vec!["2027-03-31"]),
            ("3.4.2026", vec!["2026-04-03", "2026-03-04"]),
            ("2026-1-5", vec!["2026-01-05"]),
            ("21st November 2026", vec!["2026-11-21"]),
            ("Nov 21, 2026", vec!["2026-11-21"]),
            ("2026-11-21T10:00:00Z", vec!["2026-11-21"]),
            ("5/5/2026", vec!["2026-05-05"]),
            ("soon", vec![]),
            ("2026", vec![]),
        ] {
            assert_eq!(meant(text), days, "{text}");
        }
    }
}
