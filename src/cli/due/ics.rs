//! What is due as a calendar (RFC 5545): one all-day event each, which keeps its identity when its day moves.

use super::{List, Row};
use crate::diag::escape::visible;
use crate::fingerprint;

/// Octets that a line may have, its end left out.
const LONGEST: usize = 75;

/// The calendar.
pub(super) fn calendar(list: &List<'_>) -> String {
    let mut out = String::new();
    for text in ["BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//Signpost//due//EN", "CALSCALE:GREGORIAN", "METHOD:PUBLISH"] {
        line(text, &mut out);
    }
    line(&format!("X-WR-CALNAME:{}", text(&format!("Due: {}", list.site))), &mut out);
    list.rows.iter().for_each(|row| event(list, row, &mut out));
    line("END:VCALENDAR", &mut out);
    out
}

fn event(list: &List<'_>, row: &Row, out: &mut String) {
    let due = &row.due;
    // The same thing has the same identity tomorrow, when it may be due on another day.
    let identity = [list.project, due.sort.word(), &due.item, &due.part].join("\n");
    let hash = fingerprint::digest(identity.as_bytes());
    let hash = hash.trim_start_matches("sha256:").get(..32).unwrap_or_default();
    let end = due.on.tomorrow().unwrap_or(due.on);
    line("BEGIN:VEVENT", out);
    line(&format!("UID:{hash}@{}", list.host), out);
    line(&format!("DTSTAMP:{}T000000Z", list.today.strftime("%Y%m%d")), out);
    line(&format!("DTSTART;VALUE=DATE:{}", due.on.strftime("%Y%m%d")), out);
    line(&format!("DTEND;VALUE=DATE:{}", end.strftime("%Y%m%d")), out);
    line(&format!("SUMMARY:{}", text(&format!("{}: {}", row.title, due.says))), out);
    let owner = due.owner.as_deref().unwrap_or("nobody is named");
    line(&format!("DESCRIPTION:{}", text(&format!("{}\nOwner: {owner}", due.item))), out);
    line(&format!("CATEGORIES:{}", text(due.sort.word())), out);
    line("TRANSP:TRANSPARENT", out);
    line("END:VEVENT", out);
}

/// A text value: what has a meaning in the format is escaped, line breaks are `\n`, other control characters are made visible.
fn text(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for (number, part) in text.split('\n').enumerate() {
        if number > 0 {
            out.push_str("\\n");
        }
        for c in visible(part).chars() {
            if matches!(c, '\\' | ';' | ',') {
                out.push('\\');
            }
            out.push(c);
        }
    }
    out
}

/// A line, folded where it is too long: never within a character.
fn line(text: &str, out: &mut String) {
    let mut room = LONGEST;
    for c in text.chars() {
        if c.len_utf8() > room {
            out.push_str("\r\n ");
            room = LONGEST - 1;
        }
        out.push(c);
        room -= c.len_utf8();
    }
    out.push_str("\r\n");
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn lines_are_folded_between_characters() {
        let mut out = String::new();
        line(&"é".repeat(100), &mut out);
        assert!(out.split("\r\n").all(|l| l.len() <= LONGEST), "{out}");
        assert_eq!(out.replace("\r\n ", "").trim_end(), "é".repeat(100));
        let mut out = String::new();
        line(&"x".repeat(75), &mut out);
        assert_eq!(out, format!("{}\r\n", "x".repeat(75)));
    }

    #[test]
    fn values_are_escaped() {
        assert_eq!(text("a, b; c\\d\ne"), "a\\, b\\; c\\\\d\\ne");
        assert!(!text("a\rb\u{7}").contains(['\r', '\u{7}']));
    }
}
