//! The parser's errors in words for somebody who writes content, each at the character at fault.
//!
//! The parser says where it could go no further; the cause often lies before that: a quotation mark or bracket that is
//! never closed, a space that is missing after a colon.

use std::ops::Range;

use granit_parser::ErrorKind;

use super::problem::{ProblemKind, Trouble};
use super::scalar::quoted;
use crate::source::{Span, is_hidden};

/// Where the parser stopped, and what it had read by then; offsets count from the start of `source`.
pub(super) struct Place<'a> {
    pub(super) source: &'a str,
    /// Where the parser points.
    pub(super) at: usize,
    /// The end of what it understood.
    pub(super) read_to: usize,
    /// The last scalar that it understood.
    pub(super) last: Range<usize>,
    /// The innermost bracket that is open.
    pub(super) bracket: Option<usize>,
    /// Where `source` starts in the file.
    pub(super) base: usize,
}

type Found = (ProblemKind, Range<usize>);

/// What is wrong and where.
pub(super) fn explain(place: &Place<'_>, kind: &ErrorKind) -> Found {
    use ErrorKind as K;
    let source = place.source;
    let at = floor(source, place.at);
    match kind {
        K::RecursionLimitExceeded => (ProblemKind::TooDeep, one(source, at)),
        K::DirectiveDisallowed => (ProblemKind::Directive, line_at(source, at)),
        K::TabNotAllowed
        | K::TabInBlockIndentation
        | K::TabAtBlockScalarStart
        | K::TabInIndentation
        | K::TabInPlainScalar
        | K::InvalidBlockEntryWhitespace
        | K::InvalidMappingValueWhitespace
            if source[at..].contains('\t') =>
        {
            tab(source, at)
        }
        K::UnclosedQuotedScalar | K::InvalidQuotedScalarIndent | K::DocumentIndicatorInQuotedScalar => {
            let at = opening_quote(place).unwrap_or(at);
            let says = "this quotation mark is not closed";
            trouble(says, "write the same mark again at the end of the text, or take this one out", one(source, at))
        }
        K::InvalidTrailingSingleQuotedScalar | K::InvalidTrailingDoubleQuotedScalar => after_quotes(place, at),
        K::UnexpectedCharacter { character } if is_hidden(*character) => (ProblemKind::HiddenCharacter, one(source, at)),
        K::BomInsideDocument => (ProblemKind::HiddenCharacter, one(source, at)),
        K::UnexpectedCharacter { .. } => bad_start(place, at),
        K::UnexpectedEofBlockMapping if source[at..].starts_with([',', ']', '}', '|', '>', '%', '@', '`']) => bad_start(place, at),
        K::MisplacedFlowCollectionEnd => trouble(
            "this bracket closes nothing",
            "take it out, or put quotation marks around the text that it belongs to",
            one(source, at),
        ),
        K::MismatchedFlowCollectionEnd { open, close } => {
            let right = if *open == '[' { ']' } else { '}' };
            let says = format!("this `{open}` is closed by `{close}`");
            trouble(says, format!("close it with `{right}`"), one(source, at))
        }
        K::UnclosedFlowCollection { open } => unclosed(source, at, *open),
        K::UnknownQuotedScalarEscape
        | K::InvalidQuotedScalarHexEscape
        | K::InvalidLowSurrogateHexEscape
        | K::InvalidLowSurrogate
        | K::MissingLowSurrogate
        | K::UnpairedLowSurrogate
        | K::InvalidUnicodeEscape => {
            let range = bad_escape(source, at);
            let says = format!("`{}` means nothing between double quotation marks", &source[range.clone()]);
            trouble(says, "write two backslashes for one that is part of the text", range)
        }
        _ if place.bracket.is_some_and(|b| !is_closed(source, b)) => {
            let at = place.bracket.unwrap_or(at);
            unclosed(source, at, if source[at..].starts_with('[') { '[' } else { '{' })
        }
        K::ExpectedFlowMappingSeparator | K::InvalidColonPlacement => in_braces(place, at),
        K::MappingValueNotAllowed => second_colon(place, at),
        K::SimpleKeyExpected | K::InvalidSimpleKey => no_key(place, at),
        K::ExpectedBlockMappingKey | K::InvalidIndentation => not_aligned(place, at),
        K::ExpectedBlockSequenceEntry => {
            let help = "an entry of the list above begins with `- `; a key begins in the column of the keys that it belongs with";
            trouble("this line is indented like neither an entry nor a key", help, text_of_line(source, at))
        }
        K::BlockSequenceEntryNotAllowed | K::BlockEntryInFlowCollection => {
            let help = "put each entry of the list on a line of its own below the key; if this is text, put quotation marks around it";
            trouble("a list cannot begin here", help, one(source, at))
        }
        K::InvalidBlockScalarHeader => {
            let end = line_at(source, at).end;
            let help = "put the text on the next line, indented; or put quotation marks around it";
            trouble("text after `|` or `>` begins on the line below", help, at..end)
        }
        K::InvalidBlockScalarIndent | K::ZeroBlockScalarIndent => {
            trouble("this text is not indented evenly", "indent all its lines alike", text_of_line(source, at))
        }
        K::CommentInterceptedScalar => {
            let help = "move the comment to a line of its own above, or put quotation marks around the text if `#` is part of it";
            trouble("a comment stands in the middle of a text", help, at..line_at(source, at).end)
        }
        K::CommentNotSeparated => trouble("a comment needs a space before its `#`", "put a space in between", one(source, at)),
        _ => {
            let help = "look for a quotation mark, colon or bracket too many or too few, here or in the line above";
            trouble("this cannot be read as YAML", help, one(source, at))
        }
    }
}

fn trouble(says: impl Into<String>, help: impl Into<String>, range: Range<usize>) -> Found {
    (ProblemKind::Syntax(Trouble::new(says, help)), range)
}

fn mend(place: &Place<'_>, found: Found, part: Range<usize>, text: impl Into<String>) -> Found {
    let (ProblemKind::Syntax(trouble), range) = found else { return found };
    (ProblemKind::Syntax(trouble.fix(Span::new(part.start, part.end).shift(place.base), text)), range)
}

/// The next run of tabs.
fn tab(source: &str, at: usize) -> Found {
    let at = at + source[at..].find('\t').unwrap_or(0);
    let run = source[at..].len() - source[at..].trim_start_matches('\t').len();
    (ProblemKind::Tab, at..at + run)
}

fn unclosed(source: &str, at: usize, open: char) -> Found {
    let close = if open == '[' { ']' } else { '}' };
    let help = format!("write `{close}` where the list or map ends; if this is text, put quotation marks around it");
    trouble("this bracket is not closed", help, one(source, at))
}

/// The value begins with quotation marks and goes on after they were closed.
fn after_quotes(place: &Place<'_>, at: usize) -> Found {
    let source = place.source;
    let end = end_of_value(source, at, place.bracket.is_some());
    let help = "put the quotation marks around the whole text";
    let Some(open) = opening_quote(place).filter(|q| *q < at) else {
        return trouble("there is text after the closing quotation mark", help, at..end);
    };
    let raw = &source[open..end];
    let mark = &raw[..1];
    let inner = raw[1..].strip_suffix(mark).filter(|_| raw.len() > 2);
    let is_apostrophe = mark == "'" && source[..at].ends_with('\'');
    match inner {
        // `'it's'`: what is meant is plain. With a bracket open the end of the value is not.
        Some(inner) if is_apostrophe && place.bracket.is_none() && !inner.contains('\n') => {
            let found = trouble("this apostrophe closes the quotation", "put double quotation marks around the text", at - 1..at);
            mend(place, found, open..end, quoted(&inner.replace("''", "'")))
        }
        _ => trouble("there is text after the closing quotation mark", help, at..end),
    }
}

/// A value that begins with a character that means something in YAML.
fn bad_start(place: &Place<'_>, at: usize) -> Found {
    let source = place.source;
    let c = source[at..].chars().next().unwrap_or(' ');
    let found = trouble(format!("a text cannot begin with `{c}`"), "put quotation marks around it", one(source, at));
    let before = source[line_at(source, at).start..at].trim_end();
    if place.bracket.is_none() && (before.ends_with(':') || before.ends_with('-')) {
        let end = end_of_value(source, at, false);
        return mend(place, found, at..end, quoted(&source[at..end]));
    }
    found
}

/// `{type: phone value: x}`: a comma is missing, or a text with a colon has no quotation marks.
fn in_braces(place: &Place<'_>, at: usize) -> Found {
    let source = place.source;
    if place.last.start < place.last.end && place.last.end <= at {
        let before = &source[place.last.clone()];
        if !before.contains(char::is_whitespace) {
            let end = end_of_value(source, at, true);
            return (ProblemKind::UnquotedColon, place.last.start..end);
        }
        let word = place.last.end - before.len() + before.rfind(char::is_whitespace).map_or(0, |n| n + 1);
        let says = format!("a comma is missing before `{}`", &source[word..place.last.end]);
        let help = "put a comma between one value and the next key; a text that has a colon in it needs quotation marks";
        return trouble(says, help, word..place.last.end);
    }
    let help = "put a comma between one value and the next key, and quotation marks around a text that has a colon in it";
    trouble("a comma is missing here", help, one(source, at))
}

/// A colon where no key can be.
fn second_colon(place: &Place<'_>, at: usize) -> Found {
    let source = place.source;
    if let Some(range) = unquoted_colon(source, at) {
        return (ProblemKind::UnquotedColon, range);
    }
    let line = text_of_line(source, at);
    if place.last.start < line.start && place.last.end > line.start {
        // The key of this line was read as more of the value above.
        if let Some(found) = missing_space(place, place.last.start) {
            return found;
        }
        let says = "this line is indented more than the line above, so it reads as more of that line's text";
        return trouble(says, "indent it like the line above", line.start..at.max(line.start));
    }
    let last = &source[place.last.clone()];
    if last.starts_with(['"', '\'']) && place.last.end <= at {
        let end = end_of_value(source, at, false);
        return trouble("there is text after the closing quotation mark", "put the quotation marks around the whole text", at..end);
    }
    let help = "put quotation marks around the text that this colon belongs to, or begin a new line for the key before it";
    trouble("there cannot be a colon here", help, one(source, at))
}

/// A line that is neither `key: value` nor an entry of a list.
fn no_key(place: &Place<'_>, at: usize) -> Found {
    let source = place.source;
    let line = text_of_line(source, at);
    if let Some(found) = missing_space(place, line.start) {
        return found;
    }
    let help = "write a key and a colon before it; if it belongs to the text above, indent it more than that line's key";
    trouble("this line has no key", help, line)
}

/// `key:value` or `-entry`, at the start of a line.
fn missing_space(place: &Place<'_>, at: usize) -> Option<Found> {
    let source = place.source;
    let text = &source[text_of_line(source, at)];
    let start = text_of_line(source, at).start;
    if text.starts_with('-') && !text[1..].starts_with([' ', '-']) && text.len() > 1 {
        let found = trouble("a space is missing after the hyphen", "an entry of a list begins with `- `", start..start + 1);
        return Some(mend(place, found, start..start + 1, "- "));
    }
    let key = text.find(':')?;
    let is_key = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-');
    if key == 0 || !text[..key].chars().all(is_key) || text[key + 1..].starts_with([' ', '/']) || key + 1 == text.len() {
        return None;
    }
    let colon = start + key..start + key + 1;
    let found = trouble("a space is missing after the colon", "a key ends with a colon and a space", colon.clone());
    Some(mend(place, found, colon, ": "))
}

/// A line that begins in a column in which no line above it does.
fn not_aligned(place: &Place<'_>, at: usize) -> Found {
    let source = place.source;
    let line = text_of_line(source, at);
    if source[line.clone()].starts_with("- ") {
        let help = "give the list a key of its own, or indent it like the list that it belongs to";
        return trouble("an entry of a list stands where a key is needed", help, line);
    }
    if line.start < place.read_to && place.read_to <= at {
        let help = "put quotation marks around the whole text";
        return trouble("there is something after the end of the value", help, at..end_of_value(source, at, false));
    }
    let end = source[line.clone()].find(':').map_or(line.end, |n| line.start + n);
    let help = "begin lines that belong together in the same column";
    trouble("this line is not indented like the lines around it", help, line.start..end)
}

/// A plain text over several lines of which one begins with a hyphen: an entry of a list without its space, or one that
/// is indented too far.
pub(super) fn joined_entry(raw: &str) -> Option<(Trouble, Range<usize>)> {
    let mut at = 0;
    for line in raw.split_inclusive('\n') {
        let text = line.trim_start();
        let start = at + line.len() - text.len();
        if at > 0 && text.starts_with('-') {
            let help = "begin each entry with `- `, in the same column as the others; if it is text, put quotation marks around all of it";
            return Some(if raw.starts_with('-') {
                (Trouble::new("a space is missing after the hyphen", help), 0..1)
            } else {
                let says = "this line reads as more of the text above, not as an entry of a list";
                (Trouble::new(says, help), start..start + text.trim_end().len())
            });
        }
        at += line.len();
    }
    None
}

/// The span of the value where the line of an error reads `key: value: more`.
fn unquoted_colon(source: &str, at: usize) -> Option<Range<usize>> {
    let range = line_at(source, at);
    let line = &source[range.clone()];
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let key_end = indent + line[indent..].find(": ")?;
    let value = line[key_end + 1..].trim_start();
    let value_at = line.len() - value.len();
    let value = value.split(" #").next()?.trim_end();
    let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
    let start = range.start + value_at;
    (is_plain && (value.contains(": ") || value.ends_with(':'))).then(|| start..start + value.len())
}

/// The first quotation mark after what was understood.
fn opening_quote(place: &Place<'_>) -> Option<usize> {
    let from = place.read_to.min(place.source.len());
    let mut at = from;
    for line in place.source[from..].split_inclusive('\n') {
        let code = line.find(" #").map_or(line, |n| &line[..n]);
        if let Some(n) = code.find(['"', '\'']) {
            return Some(at + n);
        }
        at += line.len();
    }
    place.source[from..].find(['"', '\'']).map(|n| from + n)
}

/// The first backslash of a double-quoted text that begins no escape of YAML.
fn bad_escape(source: &str, at: usize) -> Range<usize> {
    let mut rest = source[at..].char_indices().skip(1);
    while let Some((n, c)) = rest.next() {
        if c == '"' {
            break;
        }
        if c != '\\' {
            continue;
        }
        let Some((m, escape)) = rest.next() else { break };
        let digits = match escape {
            'x' => 2,
            'u' => 4,
            'U' => 8,
            c if "0abt\tnvfre \"/\\N_LP\r\n".contains(c) => continue,
            c => return at + n..at + m + c.len_utf8(),
        };
        let hex: String = source[at + m + 1..].chars().take(digits).take_while(char::is_ascii_hexdigit).collect();
        let is_char = u32::from_str_radix(&hex, 16).ok().and_then(char::from_u32).is_some();
        if hex.len() < digits || !is_char {
            return at + n..at + m + 1 + hex.len();
        }
    }
    one(source, at)
}

/// Whether the bracket at `at` has its partner, as far as brackets outside quotation marks tell.
fn is_closed(source: &str, at: usize) -> bool {
    let mut depth = 0_usize;
    let mut quote: Option<u8> = None;
    let mut before = b' ';
    for byte in source[at..].bytes() {
        match (quote, byte) {
            (Some(q), b) if q == b => quote = None,
            (Some(_), _) => {}
            // An apostrophe inside a word is none.
            (None, b'"' | b'\'') if !before.is_ascii_alphanumeric() => quote = Some(byte),
            (None, b'[' | b'{') => depth += 1,
            (None, b']' | b'}') => {
                depth = depth.saturating_sub(1);
                if depth == 0 {
                    return true;
                }
            }
            _ => {}
        }
        before = byte;
    }
    false
}

/// The end of a value that starts on this line: of its text, without a comment; between brackets up to the next comma.
fn end_of_value(source: &str, at: usize, in_brackets: bool) -> usize {
    let line = line_at(source, at);
    let rest = &source[at..line.end];
    let rest = rest.find(" #").map_or(rest, |n| &rest[..n]);
    let rest = if in_brackets { rest.find([',', '}', ']']).map_or(rest, |n| &rest[..n]) } else { rest };
    at + rest.trim_end().len()
}

/// The line around an offset, without its line break.
pub(super) fn line_at(source: &str, at: usize) -> Range<usize> {
    let at = floor(source, at);
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let end = source[at..].find('\n').map_or(source.len(), |n| at + n);
    start..start + source[start..end].trim_end_matches('\r').len()
}

/// The text of that line, without indentation and comment.
fn text_of_line(source: &str, at: usize) -> Range<usize> {
    let line = line_at(source, at);
    let text = &source[line.clone()];
    let start = line.start + text.len() - text.trim_start().len();
    let rest = &source[start..line.end];
    let rest = rest.find(" #").map_or(rest, |n| &rest[..n]);
    start..start + rest.trim_end().len()
}

/// The character at an offset; at the end of a line nothing.
fn one(source: &str, at: usize) -> Range<usize> {
    let at = floor(source, at);
    let len = source[at..].chars().next().filter(|c| !matches!(c, '\n' | '\r')).map_or(0, char::len_utf8);
    at..at + len
}

fn floor(source: &str, at: usize) -> usize {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    at
}
