//! Why a text is refused, in plain words, and where in it.

use std::ops::Range;

use opening_hours_syntax::Error;
use pest::error::InputLocation;

use super::HoursError;

/// What the syntax allows and a week in words cannot say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Unsupported {
    TooLong,
    NeverOpen,
    Fallback,
    Unknown,
    Comment,
    ClosedTimes,
    HolidaysFirst,
    AddedHolidays,
    Dates,
    Weeks,
    NthDay,
    Offset,
    SchoolHolidays,
    OpenEnd,
    Repeats,
    Sun,
    Empty,
    OverADay,
}

const EXAMPLES: &str = "write them like `24/7`, `Mo-Su 17:00-24:00` or `Mo-Fr 09:00-17:00; PH off`";
const NOTE: &str = "write the hours that people can count on, and say the rest in the `note` of the channel";

const MONTHS: [&str; 13] = ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec", "easter"];

pub(super) fn unsupported(text: &str, what: Unsupported) -> HoursError {
    let (message, help, marks): (&str, &str, &[&str]) = match what {
        Unsupported::TooLong => ("opening hours can have at most 255 characters", NOTE, &[]),
        Unsupported::NeverOpen => (
            "these hours are never open",
            "a channel that has closed gets its last day in `until`; one without set hours has no `hours`",
            &[],
        ),
        Unsupported::Fallback => ("hours with a second choice after `||` cannot be shown in words", NOTE, &["||"]),
        Unsupported::Unknown => ("hours that are not certain cannot be shown in words", NOTE, &["unknown"]),
        Unsupported::Comment => {
            ("words in quotation marks cannot stand in opening hours", "put the words in the `note` of the channel", &["\""])
        }
        Unsupported::ClosedTimes => (
            "times when it is closed cannot be shown in words",
            "write the times when it is open: `Mo-Fr 09:00-12:00,13:00-17:00`",
            &["off", "closed"],
        ),
        Unsupported::HolidaysFirst => (
            "the hours of bank holidays are undone by the days after them",
            "put the part with `PH` at the end: `Mo-Fr 09:00-17:00; PH off`",
            &["ph"],
        ),
        Unsupported::AddedHolidays => {
            ("the hours of bank holidays start with `;`, not with a comma", "write `; PH` instead of `, PH`", &["ph"])
        }
        Unsupported::Dates => (
            "hours that depend on the date cannot be shown in words",
            "give the channel `from` and `until` dates, or say it in its `note`",
            &MONTHS,
        ),
        Unsupported::Weeks => ("hours that depend on the number of the week cannot be shown in words", NOTE, &["week"]),
        Unsupported::NthDay => ("days counted within a month cannot be shown in words", NOTE, &["["]),
        Unsupported::Offset => ("hours for days before or after another day cannot be shown in words", NOTE, &["+", "-", "day"]),
        Unsupported::SchoolHolidays => ("school holidays are not known to the site", NOTE, &["sh"]),
        Unsupported::OpenEnd => {
            ("hours without a closing time cannot be shown in words", "write the time until which people can count on it", &["+"])
        }
        Unsupported::Repeats => ("times that repeat cannot be shown in words", NOTE, &["/"]),
        Unsupported::Sun => (
            "hours that depend on the sun cannot be shown in words",
            "write times of the clock, such as `09:00`",
            &["dawn", "sunrise", "sunset", "dusk"],
        ),
        Unsupported::Empty => ("opening and closing time are the same", "for the whole day write `00:00-24:00`", &[]),
        Unsupported::OverADay => {
            ("one opening can last 24 hours at most", "write each day's hours by themselves; for the whole day `00:00-24:00`", &[])
        }
    };
    HoursError { span: locate(text, marks), message: message.to_owned(), help: help.to_owned(), instead: None }
}

/// Where the first of some marks stands: whole words for letters. All of the text where none is found.
fn locate(text: &str, marks: &[&str]) -> Range<usize> {
    let lower = text.to_ascii_lowercase();
    let found = marks.iter().flat_map(|mark| lower.match_indices(mark)).filter(|(at, mark)| {
        let is_word = mark.starts_with(|c: char| c.is_ascii_alphabetic());
        !is_word || !lower[..*at].ends_with(|c: char| c.is_ascii_alphabetic())
    });
    let first = found.min_by_key(|(at, _)| *at);
    first.map_or(0..text.len(), |(at, mark)| at..at + mark.len())
}

/// Why a text breaks the syntax.
pub(super) fn syntax(text: &str, error: &Error) -> HoursError {
    let at = match error {
        Error::Syntax(e) => match e.location {
            InputLocation::Pos(at) | InputLocation::Span((at, _)) => Some(at),
        },
        _ => None,
    };
    let Some(at) = at else {
        return match error {
            Error::Unsupported("point in time") => {
                refuse(0..text.len(), "a time needs an opening and a closing time", "write both: `09:00-17:00`")
            }
            Error::Unsupported(_) | Error::InvertedYearRange { .. } | Error::InvertedWeekRange { .. } => {
                unsupported(text, Unsupported::Dates)
            }
            _ => refuse(0..text.len(), "these opening hours are not understood", EXAMPLES),
        };
    };
    if text.trim().is_empty() {
        return refuse(0..text.len(), "there are no opening hours here", EXAMPLES);
    }
    let mut span = token(text, at);
    let phrase = PHRASES.iter().find(|p| text[span.start..].get(..p.len()).is_some_and(|t| t.eq_ignore_ascii_case(p)));
    if let Some(phrase) = phrase {
        span.end = span.start + phrase.len();
    }
    let word = text.get(span.clone()).unwrap_or("");
    if !is_right(word)
        && let Some((message, instead)) = known_mistake(word)
    {
        let help = match instead.as_deref() {
            Some(instead) => format!("write `{instead}`"),
            None => EXAMPLES.to_owned(),
        };
        return HoursError { span, message, help, instead };
    }
    if at >= text.trim_end().len() {
        return refuse(span, "the opening hours stop in the middle", EXAMPLES);
    }
    refuse(span, &format!("`{word}` is not understood here"), EXAMPLES)
}

fn refuse(span: Range<usize>, message: &str, help: &str) -> HoursError {
    HoursError { span, message: message.to_owned(), help: help.to_owned(), instead: None }
}

/// The word or sign at a place; the word before it, where that is not right as it stands or nothing follows.
fn token(text: &str, at: usize) -> Range<usize> {
    let at = (0..=at.min(text.len())).rev().find(|n| text.is_char_boundary(*n)).unwrap_or(0);
    let belongs = |c: char| c.is_alphanumeric() || matches!(c, ':' | '.');
    let start_of = |at: usize| text[..at].trim_end_matches(belongs).len();
    let end_of = |at: usize| at + text[at..].len() - text[at..].trim_start_matches(belongs).len();
    let before = start_of(at);
    if end_of(at) > at || (before < at && !is_right(&text[before..at])) {
        return before..end_of(at);
    }
    let next = at + text[at..].len() - text[at..].trim_start().len();
    match text[next..].chars().next() {
        Some(c) if belongs(c) => next..end_of(next),
        Some(c) => next..next + c.len_utf8(),
        None => {
            let end = text.trim_end().len();
            let sign = text[..end].chars().next_back().map_or(0, char::len_utf8);
            start_of(end).min(end - sign)..end
        }
    }
}

/// Whether a word stands in the syntax as it is.
fn is_right(word: &str) -> bool {
    let is_time = word.split_once(':').is_some_and(|(h, m)| m.len() == 2 && h.parse::<u8>().is_ok() && m.parse::<u8>().is_ok());
    is_time || matches!(word, "Mo" | "Tu" | "We" | "Th" | "Fr" | "Sa" | "Su" | "PH" | "off" | "closed")
}

/// What people often write in more words than one, longer before shorter.
const PHRASES: [&str; 7] =
    ["every day", "bank holidays", "bank holiday", "public holidays", "public holiday", "24 hours a day", "24 hours"];

/// What people often write, and what it is called here.
fn known_mistake(word: &str) -> Option<(String, Option<String>)> {
    let lower = word.to_lowercase();
    let named = |message: &str, instead: &str| Some((message.to_owned(), Some(instead.to_owned())));
    match lower.as_str() {
        "–" | "—" | "−" => return named("this dash is not a hyphen", "-"),
        "&" | "and" => return named("several days or times are joined with a comma", ","),
        "to" | "until" | "till" => return named("from and to are joined with a hyphen", "-"),
        "daily" | "everyday" | "every day" => return named("every day is written from Monday to Sunday", "Mo-Su"),
        "weekday" | "weekdays" => return named("days are written with two letters", "Mo-Fr"),
        "weekend" | "weekends" => return named("days are written with two letters", "Sa-Su"),
        "always" | "24h" | "24hrs" | "24hours" | "24 hours" | "24 hours a day" => {
            return named("open all day, every day is written as below", "24/7");
        }
        "midday" | "noon" => return named("times are written on the 24-hour clock", "12:00"),
        "midnight" => return named("times are written on the 24-hour clock", "24:00"),
        "bank holiday" | "bank holidays" | "public holiday" | "public holidays" => {
            return named("bank holidays are written with two letters", "PH");
        }
        _ => {}
    }
    let days = ["monday", "tuesday", "wednesday", "thursday", "friday", "saturday", "sunday"];
    let singular = lower.strip_suffix('s').filter(|w| days.contains(w)).unwrap_or(&lower);
    if let Some(day) = days.iter().find(|d| singular.len() > 2 && d.starts_with(singular)) {
        let short: String = day[..2].char_indices().map(|(n, c)| if n == 0 { c.to_ascii_uppercase() } else { c }).collect();
        return Some(("days are written with two letters".to_owned(), Some(short)));
    }
    time(&lower)
}

/// A time in another notation: `9am`, `9.30`, `9`, `0930`, `25:00`.
fn time(word: &str) -> Option<(String, Option<String>)> {
    let (digits, half) = match (word.strip_suffix("am"), word.strip_suffix("pm")) {
        (Some(digits), _) => (digits, Some(0)),
        (_, Some(digits)) => (digits, Some(12)),
        _ => (word, None),
    };
    let split = digits.split_once([':', '.']);
    let (hour, minute) = match split {
        Some(parts) => parts,
        None if digits.len() == 4 && digits.is_ascii() => digits.split_at(2),
        None => (digits, "00"),
    };
    let (Ok(mut hour), Ok(minutes)) = (hour.parse::<u8>(), minute.parse::<u8>()) else { return None };
    if hour > 48 || minutes > 59 {
        return Some((format!("`{word}` is no time of day"), None));
    }
    if let Some(half) = half {
        if hour > 12 {
            return Some((format!("`{word}` is no time of day"), None));
        }
        hour = hour % 12 + half;
    }
    Some(("times are written on the 24-hour clock, with a colon".to_owned(), Some(format!("{hour:02}:{minutes:02}"))))
}
