//! Lines of source as they are shown above a mark: escaped, tabs expanded, cropped to fit.
//!
//! Knows nothing of findings or colours.

use std::ops::Range;

use unicode_width::UnicodeWidthChar;

use super::escape;
use crate::source::Span;

/// A tab is shown as this many spaces.
const TAB: usize = 4;

/// A part of one line of a text that is to be underlined.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Part {
    /// Bytes of the whole line, without its line break.
    pub line: Range<usize>,
    /// Bytes of the marked part within the text; may be empty.
    pub mark: Range<usize>,
}

/// What of a span is shown: its first line and, where it has several, its last.
pub(super) fn parts(text: &str, span: Span) -> (Part, Option<Part>) {
    let start = text.floor_char_boundary(span.start as usize);
    let mut end = text.ceil_char_boundary(span.end as usize).max(start);
    if text[start..end].contains('\n') {
        end = start + text[start..end].trim_end().len();
    }
    let first = line_at(text, start);
    let start = start.min(first.end);
    let last = line_at(text, end);
    if last.start == first.start {
        return (Part { mark: start..end.clamp(start, first.end), line: first }, None);
    }
    let indent = text[last.clone()].len() - text[last.clone()].trim_start().len();
    let from = (last.start + indent).min(end);
    (Part { mark: start..first.end, line: first }, Some(Part { mark: from..end.min(last.end), line: last }))
}

/// The bytes of the line that holds this offset.
fn line_at(text: &str, at: usize) -> Range<usize> {
    let start = text[..at].rfind('\n').map_or(0, |i| i + 1);
    let end = text[at..].find('\n').map_or(text.len(), |i| at + i);
    let end = if text[start..end].ends_with('\r') { end - 1 } else { end };
    // A byte order mark takes no room on the screen.
    let start = if start == 0 && text.starts_with('\u{feff}') { '\u{feff}'.len_utf8() } else { start };
    start.min(end)..end
}

/// A line as shown, and the window of it that is.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Excerpt {
    /// What is printed.
    pub shown: String,
    window: Range<usize>,
    is_cut: bool,
}

impl Excerpt {
    /// The line of `part` in at most `room` columns, cropped around its mark with `…`.
    pub fn new(text: &str, part: &Part, room: usize) -> Self {
        let line = part.line.clone();
        let window = crop(text, part, room);
        let is_cut = window.start > line.start;
        let mut shown = String::new();
        if is_cut {
            shown.push('…');
        }
        text[window.clone()].chars().for_each(|c| push(&mut shown, c));
        if window.end < line.end {
            shown.push('…');
        }
        Self { shown, window, is_cut }
    }

    /// Whether this mark can be seen in full.
    pub fn holds(&self, mark: &Range<usize>) -> bool {
        self.window.start <= mark.start && mark.end <= self.window.end
    }

    /// The columns before a mark and those under it, at least one.
    pub fn columns(&self, text: &str, mark: &Range<usize>) -> (usize, usize) {
        let clamp = |at: usize| at.clamp(self.window.start, self.window.end);
        let before = width(&text[self.window.start..clamp(mark.start)]);
        let under = width(&text[clamp(mark.start)..clamp(mark.end)]);
        (before + usize::from(self.is_cut), under.max(1))
    }
}

/// The bytes of the line that fit: the mark from its start, with as much before it as there is room for.
fn crop(text: &str, part: &Part, room: usize) -> Range<usize> {
    let (line, at) = (part.line.clone(), part.mark.start.max(part.line.start));
    if take(text[line.clone()].chars(), room).1 == line.len() {
        return line;
    }
    let room = room.saturating_sub(2).max(1); // for `…` on either side
    let (after, _) = take(text[at..line.end].chars(), room * 2 / 3);
    let (before, back) = take(text[line.start..at].chars().rev(), room - after);
    let (_, ahead) = take(text[at..line.end].chars(), room - before);
    at - back..at + ahead
}

/// The columns and the bytes of those characters that fit into `room`.
fn take(chars: impl Iterator<Item = char>, room: usize) -> (usize, usize) {
    let (mut columns, mut bytes) = (0, 0);
    for c in chars {
        let wide = char_width(c);
        if columns + wide > room {
            break;
        }
        columns += wide;
        bytes += c.len_utf8();
    }
    (columns, bytes)
}

/// The columns that text takes when it is shown.
pub(super) fn width(text: &str) -> usize {
    text.chars().map(char_width).sum()
}

fn char_width(c: char) -> usize {
    match c {
        '\t' => TAB,
        ' '..='~' => 1,
        _ if escape::is_hidden(c) => c.escape_unicode().len(),
        _ => c.width().unwrap_or(0),
    }
}

fn push(out: &mut String, c: char) {
    match c {
        '\t' => out.push_str(&" ".repeat(TAB)),
        _ if escape::is_hidden(c) => out.extend(c.escape_unicode()),
        _ => out.push(c),
    }
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::span;
    use super::*;

    /// The excerpt and the mark under it.
    fn draw(text: &str, span: Span, room: usize) -> String {
        let part = parts(text, span).0;
        let excerpt = Excerpt::new(text, &part, room);
        let (before, under) = excerpt.columns(text, &part.mark);
        format!("{}\n{}{}", excerpt.shown, " ".repeat(before), "^".repeat(under))
    }

    #[test]
    fn columns_stay_aligned() {
        let text = "\t睡眠\u{202e}: e\u{301}x\r\n";
        assert_eq!(draw(text, span(text, "x"), 80), "    睡眠\\u{202e}: e\u{301}x\n                   ^");
        assert_eq!(draw(text, span(text, "睡眠"), 80), "    睡眠\\u{202e}: e\u{301}x\n    ^^^^");
        assert_eq!(draw(text, span(text, "\u{202e}"), 80), "    睡眠\\u{202e}: e\u{301}x\n        ^^^^^^^^");
    }

    #[test]
    fn odd_spans_have_one_caret() {
        assert_eq!(draw("", Span::new(0, 0), 80), "\n^");
        assert_eq!(draw("ab", Span::new(7, 9), 80), "ab\n  ^");
        assert_eq!(draw("ab\ncd", Span::new(2, 3), 80), "ab\n  ^");
        assert_eq!(draw("\u{feff}ab", Span::new(0, 3), 80), "ab\n^");
        assert_eq!(draw("é!", Span::new(1, 1), 80), "é!\n^");
    }

    #[test]
    fn long_lines_are_cropped_around_the_mark() {
        let text = format!("{}MARK{}", "a".repeat(50), "b".repeat(50));
        assert_eq!(draw(&text, span(&text, "MARK"), 20), "…aaaaaaMARKbbbbbbbb…\n       ^^^^");
        assert_eq!(draw(&text, span(&text, "aa"), 20), "aaaaaaaaaaaaaaaaaa…\n^^");
        let end = format!("{}MARK", "a".repeat(50));
        assert_eq!(draw(&end, span(&end, "MARK"), 20), "…aaaaaaaaaaaaaaMARK\n               ^^^^");
        let wide = "睡".repeat(30);
        assert_eq!(draw(&wide, Span::new(30, 33), 10), "…睡睡睡睡…\n     ^^");
    }

    #[test]
    fn several_lines_show_the_first_and_the_last() {
        let text = "- a: 1\n  b: 2\n  c: 3\n";
        let (first, last) = parts(text, Span::new(2, text.len()));
        assert_eq!(&text[first.mark], "a: 1");
        assert_eq!(last.map(|p| &text[p.mark]), Some("c: 3"));
    }
}
