//! Changes for a terminal: readable in 80 columns, with colour and without.

use std::fmt::Write;

use unicode_width::UnicodeWidthStr;

use super::report::{Entry, Report, Told, short};
use super::words::Piece;
use crate::diag::Severity;
use crate::diag::escape::{visible, visible_lines};

/// How to draw.
#[derive(Debug, Clone, Copy)]
pub struct Options {
    /// Whether escape codes are wanted; without, what is gone stands in `[-…-]` and what is new in `{+…+}`.
    pub color: bool,
    /// Columns.
    pub width: usize,
    /// Whether long texts are shown with all that did not change.
    pub is_whole: bool,
}

/// Words kept on both sides of a change in a long text.
const CONTEXT: usize = 60;

/// Columns for a question of an example; its answer stands beside it.
const QUESTION: usize = 48;

const BOLD: &str = "1";
const RED: &str = "31";
const GREEN: &str = "32";
const YELLOW: &str = "33";
const CYAN: &str = "36";

/// One change.
pub fn one(entry: &Entry, options: Options) -> String {
    let mut page = Page { options, out: String::new() };
    page.entry(entry);
    page.out
}

/// All changes.
pub fn render(report: &Report, options: Options) -> String {
    let mut page = Page { options, out: String::new() };
    page.line(0, &page.paint(BOLD, &report.summary));
    for entry in &report.entries {
        page.out.push('\n');
        page.entry(entry);
    }
    page.out
}

struct Page {
    options: Options,
    out: String,
}

impl Page {
    fn paint(&self, code: &str, text: &str) -> String {
        if self.options.color { format!("\u{1b}[{code}m{text}\u{1b}[0m") } else { text.to_owned() }
    }

    fn line(&mut self, indent: usize, text: &str) {
        let room = self.options.width.saturating_sub(indent).max(20);
        for line in text.split('\n') {
            let mut used = 0;
            let _ = write!(self.out, "{:indent$}", "");
            for (n, word) in line.split(' ').enumerate() {
                let width = plain_width(word);
                if n > 0 && used + 1 + width > room {
                    let _ = write!(self.out, "\n{:indent$}", "");
                    used = 0;
                } else if n > 0 {
                    self.out.push(' ');
                    used += 1;
                }
                self.out.push_str(word);
                used += width;
            }
            self.out.truncate(self.out.trim_end_matches(' ').len());
            self.out.push('\n');
        }
    }

    fn entry(&mut self, entry: &Entry) {
        let head = format!("{} · {}", self.paint(BOLD, &visible(&entry.id)), visible(&entry.title));
        self.line(0, &head);
        let mut facts = format!("{} · {}", entry.class.word(), visible(&entry.what));
        if entry.is_less_urgent {
            facts = format!("{facts} · {}", self.paint(RED, "may be less urgent"));
        }
        self.line(2, &facts);
        for note in &entry.notes {
            let code = match note.severity {
                Severity::Error => RED,
                Severity::Warning => YELLOW,
                Severity::Advice => CYAN,
            };
            let head = self.paint(code, &format!("{}[{}]", note.severity.word(), note.code));
            self.line(2, &format!("{head} {}", visible(&note.text)));
        }
        self.moves(entry);
        for (name, from, to) in &entry.vignettes {
            self.line(2, &format!("worked example “{}”", visible(name)));
            self.line(4, &format!("{} → {}", visible(from), visible(to)));
        }
        for told in &entry.fields {
            self.told(told);
        }
        if !entry.appears.is_empty() {
            let shown: Vec<&str> = entry.appears.iter().take(8).map(String::as_str).collect();
            let more = entry.appears.len() - shown.len();
            let more = if more > 0 { format!(" and {more} more") } else { String::new() };
            self.line(2, &format!("appears in {}{more}", visible(&shown.join(", "))));
        }
    }

    fn moves(&mut self, entry: &Entry) {
        if let Some(counts) = &entry.counts {
            self.line(2, counts);
        }
        for one in &entry.moves {
            let direction = self.paint(if one.is_grave { RED } else { GREEN }, one.direction);
            self.line(4, &format!("{direction}: {}", one.count));
            self.line(6, &format!("{} → {}", visible(&one.from), visible(&one.to)));
            self.line(6, "for example:");
            for (question, answer) in &one.example {
                let question = short(&visible(question), QUESTION);
                let gap = QUESTION.saturating_sub(question.width());
                let _ = writeln!(self.out, "        {question}{:gap$}  {}", "", visible(answer));
            }
        }
    }

    fn told(&mut self, told: &Told) {
        self.line(2, &self.paint(CYAN, &visible(&told.path)));
        let pieces = if self.options.is_whole { told.pieces.clone() } else { shorten(&told.pieces) };
        let text: String = pieces.iter().map(|piece| self.piece(piece)).collect();
        self.line(4, &text);
    }

    fn piece(&self, piece: &Piece) -> String {
        // Every line is painted by itself: wrapping must not carry a colour over.
        let each = |code: &str, marks: (&str, &str), text: &str| {
            let text = visible_lines(text).into_owned();
            if !self.options.color {
                return format!("{}{text}{}", marks.0, marks.1);
            }
            let paint = |word: &str| if word.trim().is_empty() { word.to_owned() } else { self.paint(code, word) };
            text.split_inclusive([' ', '\n']).map(paint).collect()
        };
        match piece {
            Piece::Same(text) => visible_lines(text).into_owned(),
            Piece::Gone(text) => each("9;31", ("[-", "-]"), text),
            Piece::New(text) => each("4;32", ("{+", "+}"), text),
        }
    }
}

/// Long stretches that did not change are cut to what is needed to find the place.
pub(super) fn shorten(pieces: &[Piece]) -> Vec<Piece> {
    let last = pieces.len().saturating_sub(1);
    let cut = |(n, piece): (usize, &Piece)| match piece {
        Piece::Same(text) => Piece::Same(middle(text, n > 0, n < last)),
        other => other.clone(),
    };
    pieces.iter().enumerate().map(cut).collect()
}

/// A text without its middle: its end is kept where something follows, its beginning where something went before.
fn middle(text: &str, has_before: bool, has_after: bool) -> String {
    if text.chars().count() <= 2 * CONTEXT + 10 {
        return text.to_owned();
    }
    let head: String = text.chars().take(CONTEXT).collect();
    let tail: String = text.chars().skip(text.chars().count() - CONTEXT).collect();
    let head = head.rsplit_once(char::is_whitespace).map_or(head.as_str(), |(h, _)| h);
    let tail = tail.split_once(char::is_whitespace).map_or(tail.as_str(), |(_, t)| t);
    match (has_before, has_after) {
        (true, true) => format!("{head} … {tail}"),
        (true, false) => format!("{head} …"),
        (false, true) => format!("… {tail}"),
        (false, false) => text.to_owned(),
    }
}

/// The columns of a word without its escape codes.
fn plain_width(word: &str) -> usize {
    let mut plain = String::new();
    let mut rest = word;
    while let Some((before, after)) = rest.split_once('\u{1b}') {
        plain.push_str(before);
        rest = after.split_once('m').map_or("", |(_, r)| r);
    }
    plain.push_str(rest);
    plain.width()
}
