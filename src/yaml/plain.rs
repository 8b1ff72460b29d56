//! The plainest YAML, read in one pass: nearly all of what editors write.
//!
//! Block maps and lists, values on one line (plain, or in quotes without escapes), lists and maps in brackets on one
//! line, block scalars without surprises, comments. Whatever is not of that sort, wrong or merely unusual, makes it
//! give up, and the full parser reads the file instead: so every refusal, and every doubt, is decided in one place.
//! What it does read it reads exactly as the full parser would; tests hold the two against each other.

use super::build::Builder;
use super::parse::{Parsed, trim};
use super::problem::ProblemKind;
use super::scalar::{inexact, plain_type};
use super::tree::Type;
use crate::source::Span;

/// Deeper nesting is left to the full parser.
const MAX_DEPTH: usize = 32;

/// Keys longer than this are left to the full parser, which has a limit of its own.
const MAX_KEY: usize = 256;

/// Reads `text[range]`, or gives up.
pub(super) fn read(text: &str, range: Span) -> Option<Parsed> {
    let source = range.of(text);
    if !is_plain_text(source) {
        return None;
    }
    let bytes = &text.as_bytes()[..range.range().end];
    let mut reader = Reader { bytes, at: range.start as usize, line: range.start as usize, builder: Builder::new(text, source.len()) };
    reader.next_line();
    if reader.column() != 0 {
        return None;
    }
    reader.map(0, 0)?;
    (reader.at == bytes.len()).then(|| reader.builder.finish())
}

/// Only characters that mean nothing to YAML but themselves: no tabs, carriage returns or other controls, no byte
/// order mark, nothing that some take for a line break.
fn is_plain_text(source: &str) -> bool {
    // Without a way out in the middle the loop looks at many bytes at a time.
    let is_ascii = |b: &u8| (b' '..0x7f).contains(b) || *b == b'\n';
    source.as_bytes().iter().fold(true, |all, b| all & is_ascii(b))
        || source.chars().all(|c| match c {
            '\n' | ' '..='~' => true,
            '\u{2028}' | '\u{2029}' | '\u{feff}' | '\u{fffe}' | '\u{ffff}' => false,
            _ => c >= '\u{a0}',
        })
}

struct Reader<'a> {
    /// The text up to the end of what is read.
    bytes: &'a [u8],
    /// The next byte.
    at: usize,
    /// Where the line of `at` starts.
    line: usize,
    builder: Builder<'a>,
}

impl Reader<'_> {
    fn peek(&self) -> Option<u8> {
        self.bytes.get(self.at).copied()
    }

    fn peek_at(&self, at: usize) -> Option<u8> {
        self.bytes.get(at).copied()
    }

    fn text(&self, from: usize, to: usize) -> &str {
        self.builder.text.get(from..to).unwrap_or("")
    }

    fn column(&self) -> usize {
        self.at - self.line
    }

    fn skip_spaces(&mut self) {
        while self.peek() == Some(b' ') {
            self.at += 1;
        }
    }

    /// From a line's start to its first word, past empty lines and comments, or to the end of the text.
    fn next_line(&mut self) {
        loop {
            self.line = self.at;
            self.skip_spaces();
            match self.peek() {
                Some(b'\n') => self.at += 1,
                Some(b'#') => self.skip_line(),
                _ => return,
            }
        }
    }

    /// Whether the line that [`Reader::next_line`] came to is no part of a collection of this indentation.
    fn is_over(&self, indent: usize) -> bool {
        self.at == self.bytes.len() || self.column() < indent
    }

    fn skip_line(&mut self) {
        let rest = &self.bytes[self.at..];
        self.at += rest.iter().position(|b| *b == b'\n').map_or(rest.len(), |n| n + 1);
    }

    /// What follows a value on its line: nothing, or a comment. Goes to the next line with something on it.
    fn end_of_line(&mut self) -> Option<()> {
        let before = self.at;
        self.skip_spaces();
        match self.peek() {
            None => {}
            Some(b'\n') => self.at += 1,
            Some(b'#') if self.at > before => self.skip_line(),
            _ => return None,
        }
        self.next_line();
        Some(())
    }

    /// Whether a list item starts here.
    fn is_item(&self) -> bool {
        self.peek() == Some(b'-') && matches!(self.peek_at(self.at + 1), Some(b' ' | b'\n') | None)
    }

    /// The end of the key that starts here, if one does.
    fn key(&self) -> Option<usize> {
        let rest = &self.bytes[self.at..];
        if !rest.first()?.is_ascii_alphanumeric() {
            return None;
        }
        let len = rest.iter().position(|b| !(b.is_ascii_alphanumeric() || matches!(b, b'_' | b'-' | b'/')))?;
        let is_key = rest[len] == b':' && matches!(rest.get(len + 1), None | Some(b' ' | b'\n')) && len <= MAX_KEY;
        is_key.then_some(self.at + len)
    }

    /// The entries of a map whose first key stands here, at this column.
    fn map(&mut self, indent: usize, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        self.builder.start(Span::new(self.at, self.at), true);
        loop {
            let end = self.key()?;
            self.plain_scalar(self.at, end);
            self.at = end + 1;
            self.skip_spaces();
            match self.peek() {
                None | Some(b'\n' | b'#') => self.value_below(indent, end, depth)?,
                Some(_) => self.value(indent, depth)?,
            }
            if self.is_over(indent) {
                break;
            }
            if self.column() > indent {
                return None;
            }
        }
        self.builder.end(Span::default());
        Some(())
    }

    /// The value of a key with nothing after it: a map or list on the lines below, or nothing. `colon` is where the key ends.
    fn value_below(&mut self, indent: usize, colon: usize, depth: usize) -> Option<()> {
        self.at = colon + 1;
        self.end_of_line()?;
        let column = self.column();
        if self.is_over(indent) || (column == indent && !self.is_item()) {
            self.builder.decoded(Type::Null, Span::new(colon, colon), "~"); // as the full parser has it
            return Some(());
        }
        if self.is_item() { self.list(column, column == indent, depth + 1) } else { self.map(column, depth + 1) }
    }

    /// The items of a list whose first dash stands here. An indentless one stands in the column of the key above it.
    fn list(&mut self, indent: usize, is_indentless: bool, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        let dash = self.at;
        let mut is_first = true;
        loop {
            self.at += 1;
            self.skip_spaces();
            if matches!(self.peek(), None | Some(b'\n' | b'#')) || self.is_item() {
                return None;
            }
            if std::mem::take(&mut is_first) {
                // The full parser lets an indentless list start at its first item.
                let start = if is_indentless { self.at } else { dash };
                self.builder.start(Span::new(start, start), false);
            }
            if self.key().is_some() {
                self.map(self.column(), depth + 1)?
            } else {
                self.value(indent, depth)?
            }
            if self.is_over(indent) || (is_indentless && self.column() == indent && !self.is_item()) {
                break;
            }
            if self.column() != indent || !self.is_item() {
                return None;
            }
        }
        self.builder.end(Span::default());
        Some(())
    }

    /// A value that starts on this line, in a map or list of this indentation, up to the next line that is no part of it.
    fn value(&mut self, indent: usize, depth: usize) -> Option<()> {
        match self.peek()? {
            b'|' | b'>' => return self.block_scalar(indent),
            b'[' | b'{' => self.flow(depth)?,
            b'"' | b'\'' => self.quoted()?,
            _ => self.plain(false)?,
        }
        self.end_of_line()?;
        // A deeper line would go on with the value, or be wrong.
        self.is_over(indent + 1).then_some(())
    }

    fn plain_scalar(&mut self, from: usize, to: usize) {
        let ty = plain_type(self.text(from, to));
        let span = Span::new(from, to);
        if ty == Type::Number
            && let Some(reads) = inexact(self.text(from, to))
        {
            self.builder.refuse(ProblemKind::InexactNumber(reads), span);
        }
        self.builder.verbatim(ty, span, span);
    }

    /// A plain value on one line; `in_flow`: inside brackets.
    fn plain(&mut self, in_flow: bool) -> Option<()> {
        let from = self.at;
        match self.peek()? {
            b'-' if self.peek_at(from + 1).is_some_and(|b| b.is_ascii_digit()) => {}
            b'-' | b'?' | b':' | b',' | b'[' | b']' | b'{' | b'}' | b'#' | b'&' | b'*' | b'!' | b'|' | b'>' | b'\'' | b'"' | b'%'
            | b'@' | b'`' => return None,
            _ => {}
        }
        let mut at = from;
        while let Some(byte) = self.peek_at(at) {
            match byte {
                b'\n' => break,
                b':' => match self.peek_at(at + 1) {
                    None | Some(b' ' | b'\n') => return None,
                    Some(b',' | b'[' | b']' | b'{' | b'}') if in_flow => return None,
                    Some(_) => {}
                },
                b'#' if self.bytes[at - 1] == b' ' => break,
                b',' | b']' | b'}' if in_flow => break,
                b'[' | b'{' if in_flow => return None,
                _ => {}
            }
            at += 1;
        }
        let mut to = at;
        while self.bytes[to - 1] == b' ' {
            to -= 1;
        }
        self.plain_scalar(from, to);
        self.at = to;
        Some(())
    }

    /// A value in quotes on one line, without escapes.
    fn quoted(&mut self) -> Option<()> {
        let quote = self.peek()?;
        let from = self.at + 1;
        let len = self.bytes[from..].iter().position(|b| *b == quote || matches!(b, b'\\' | b'\n'))?;
        if self.bytes[from + len] != quote || self.peek_at(from + len + 1) == Some(quote) {
            return None;
        }
        self.builder.verbatim(Type::String, Span::new(self.at, from + len + 1), Span::new(from, from + len));
        self.at = from + len + 1;
        Some(())
    }

    /// A list or map in brackets, on one line.
    fn flow(&mut self, depth: usize) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        let is_map = self.peek()? == b'{';
        let close = if is_map { b'}' } else { b']' };
        self.builder.start(Span::new(self.at, self.at + 1), is_map);
        self.at += 1;
        self.skip_spaces();
        if self.peek()? != close {
            loop {
                if is_map {
                    let end = self.key()?;
                    self.plain_scalar(self.at, end);
                    self.at = end + 1;
                    self.skip_spaces();
                }
                match self.peek()? {
                    b'[' | b'{' => self.flow(depth + 1)?,
                    b'"' | b'\'' => self.quoted()?,
                    _ => self.plain(true)?,
                }
                self.skip_spaces();
                let next = self.peek()?;
                if next == close {
                    break;
                }
                // A bracket right after the comma would be an item left out.
                if next != b',' || self.peek_at(self.at + 1) != Some(b' ') {
                    return None;
                }
                self.at += 1;
                self.skip_spaces();
            }
        }
        self.builder.end(Span::new(self.at, self.at + 1));
        self.at += 1;
        Some(())
    }

    /// `>` or `|`, with or without `-`, and the indented lines below.
    fn block_scalar(&mut self, indent: usize) -> Option<()> {
        let is_folded = self.peek()? == b'>';
        self.at += 1;
        let is_stripped = self.peek()? == b'-';
        self.at += usize::from(is_stripped);
        if self.peek()? != b'\n' {
            return None;
        }
        self.at += 1;
        let column = self.bytes[self.at..].iter().position(|b| *b != b' ')?;
        let from = self.at + column;
        if column <= indent || self.peek_at(from) == Some(b'\n') {
            return None;
        }
        let mut value = String::new();
        let mut to = from;
        // Line breaks since the last line with something on it.
        let mut breaks = 0;
        loop {
            self.line = self.at;
            self.skip_spaces();
            match self.peek() {
                None if self.column() == 0 => break,
                Some(b'\n') if self.column() == 0 => {
                    breaks += 1;
                    self.at += 1;
                    continue;
                }
                // Spaces on a line without words may count as text.
                None | Some(b'\n') => return None,
                Some(_) if self.column() < column => break,
                Some(_) => {}
            }
            let rest = &self.bytes[self.at..];
            to = self.at + rest.iter().position(|b| *b == b'\n').unwrap_or(rest.len());
            if is_folded && (self.column() > column || self.bytes[to - 1] == b' ') {
                return None;
            }
            match breaks {
                0 => {}
                1 if is_folded => value.push(' '),
                n => (usize::from(is_folded)..n).for_each(|_| value.push('\n')),
            }
            value.push_str(self.builder.text.get(self.line + column..to)?);
            breaks = 0;
            self.at = to;
            if self.peek().is_some() {
                self.at += 1;
                breaks = 1;
            }
        }
        if !is_stripped {
            value.push('\n');
        }
        self.builder.decoded(Type::String, trim(self.builder.text, Span::new(from, to)), &value);
        self.at = self.line;
        self.next_line();
        self.is_over(indent + 1).then_some(())
    }
}
