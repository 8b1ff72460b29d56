//! Characters that cannot be seen, wherever they stand in a file: as themselves, or written as an escape.
//!
//! Knows nothing of findings.

use unicode_script::{Script, UnicodeScript};

use crate::source::{Span, is_hidden};
use crate::yaml::{NodeRef, Type};

/// A run of characters that cannot be seen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Hidden {
    pub(super) chars: Vec<char>,
    pub(super) span: Span,
}

impl Hidden {
    /// The characters by code point and name, those that are alike once.
    pub(super) fn names(&self) -> String {
        let mut names: Vec<String> = Vec::new();
        for c in &self.chars {
            let name = name(*c);
            if !names.contains(&name) {
                names.push(name);
            }
        }
        let more = names.len().saturating_sub(6);
        names.truncate(6);
        if more > 0 {
            names.push(format!("{more} others"));
        }
        names.join(", ")
    }

    /// Whether it is a line break in disguise.
    pub(super) fn is_line_break(&self) -> bool {
        self.chars.iter().all(|c| matches!(c, '\u{b}' | '\u{c}' | '\u{85}' | '\u{2028}' | '\u{2029}'))
    }

    /// Whether it shows the text that follows in another order.
    pub(super) fn turns_text(&self) -> bool {
        self.chars.iter().any(|c| matches!(c, '\u{61c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}'))
    }
}

/// `U+200B (zero-width space)`.
fn name(c: char) -> String {
    let name = match c {
        '\u{0}' => "null",
        '\u{7}' => "bell",
        '\u{8}' => "backspace",
        '\u{b}' => "vertical tab",
        '\u{c}' => "form feed",
        '\u{1b}' => "escape",
        '\u{7f}' => "delete",
        '\u{85}' => "next line",
        '\u{ad}' => "soft hyphen",
        '\u{61c}' => "Arabic letter mark",
        '\u{180e}' => "vowel separator",
        '\u{200b}' => "zero-width space",
        '\u{200c}' => "zero-width non-joiner",
        '\u{200d}' => "zero-width joiner",
        '\u{200e}' => "left-to-right mark",
        '\u{200f}' => "right-to-left mark",
        '\u{2028}' => "line separator",
        '\u{2029}' => "paragraph separator",
        '\u{202a}' => "left-to-right embedding",
        '\u{202b}' => "right-to-left embedding",
        '\u{202c}' => "end of direction",
        '\u{202d}' => "left-to-right override",
        '\u{202e}' => "right-to-left override",
        '\u{2060}' => "word joiner",
        '\u{2061}'..='\u{2064}' => "invisible operator",
        '\u{2066}' => "left-to-right isolate",
        '\u{2067}' => "right-to-left isolate",
        '\u{2068}' => "first strong isolate",
        '\u{2069}' => "end of isolate",
        '\u{feff}' => "zero-width no-break space",
        '\u{e0000}'..='\u{e007f}' => "tag",
        c if c.is_control() => "control character",
        _ => return format!("U+{:04X}", u32::from(c)),
    };
    format!("U+{:04X} ({name})", u32::from(c))
}

/// The runs in a text, without a byte order mark at its start.
pub(super) fn in_text(text: &str) -> Vec<Hidden> {
    let mut found: Vec<Hidden> = Vec::new();
    // Nearly every file is done here. Without a way out in the middle the loop looks at many bytes at a time.
    let is_plain = |b: &u8| matches!(b, b' '..=b'~' | b'\n' | b'\r' | b'\t');
    if text.as_bytes().iter().fold(true, |all, b| all & is_plain(b)) {
        return found;
    }
    let mut needs_joiner = false;
    for (at, c) in text.char_indices() {
        if needs_joiner && matches!(c, '\u{200c}' | '\u{200d}') {
            needs_joiner = false; // one is enough
        } else if is_hidden(c) && !(at == 0 && c == '\u{feff}') {
            let span = Span::new(at, at + c.len_utf8());
            match found.last_mut() {
                Some(last) if last.span.end == span.start => {
                    last.chars.push(c);
                    last.span.end = span.end;
                }
                _ => found.push(Hidden { chars: vec![c], span }),
            }
            needs_joiner = false;
        } else if c.is_ascii() {
            needs_joiner = false;
        } else if c.script() != Script::Inherited {
            needs_joiner = joins(c.script());
        }
    }
    found
}

/// Whether words of a script may need a joiner or non-joiner after a letter (RFC 5892, appendix A).
fn joins(script: Script) -> bool {
    use Script as S;
    matches!(
        script,
        S::Arabic
            | S::Syriac
            | S::Nko
            | S::Mongolian
            | S::Devanagari
            | S::Bengali
            | S::Gurmukhi
            | S::Gujarati
            | S::Oriya
            | S::Tamil
            | S::Telugu
            | S::Kannada
            | S::Malayalam
            | S::Sinhala
            | S::Khmer
            | S::Myanmar
            | S::Tibetan
    )
}

/// Those that a YAML document writes as escapes in double quotes.
pub(super) fn in_escapes(text: &str, data: NodeRef<'_>) -> Vec<Hidden> {
    let mut found = Vec::new();
    if text.contains('\\') {
        walk(data, &mut found);
    }
    found
}

fn walk(node: NodeRef<'_>, found: &mut Vec<Hidden>) {
    match node.ty() {
        Type::Map => {
            for entry in node.entries() {
                escapes(node.source(entry.key), entry.key, found);
                walk(entry.value, found);
            }
        }
        Type::List => node.items().for_each(|item| walk(item, found)),
        Type::String => escapes(node.source(node.span()), node.span(), found),
        _ => {}
    }
}

fn escapes(source: &str, span: Span, found: &mut Vec<Hidden>) {
    if !source.starts_with('"') || !source.contains('\\') {
        return;
    }
    let mut chars = source.char_indices();
    let mut high: Option<(usize, u32)> = None;
    while let Some((at, c)) = chars.next() {
        if c != '\\' {
            high = None;
            continue;
        }
        let Some((_, escape)) = chars.next() else { return };
        let mut hex = |digits: usize| {
            let text: String = chars.by_ref().take(digits).map(|(_, c)| c).collect();
            u32::from_str_radix(&text, 16).ok()
        };
        let code = match escape {
            '0' => Some(0),
            'a' => Some(7),
            'b' => Some(8),
            'v' => Some(0xb),
            'f' => Some(0xc),
            'r' => Some(0xd),
            'e' => Some(0x1b),
            'N' => Some(0x85),
            'L' => Some(0x2028),
            'P' => Some(0x2029),
            'x' => hex(2),
            'u' => hex(4),
            'U' => hex(8),
            _ => None,
        };
        let end = chars.clone().next().map_or(source.len(), |(n, _)| n);
        let (start, code) = match (high.take(), code) {
            (Some((start, first)), Some(second @ 0xdc00..=0xdfff)) => (start, Some(0x10000 + ((first - 0xd800) << 10) + (second - 0xdc00))),
            (_, code) => (at, code),
        };
        if let Some(first @ 0xd800..=0xdbff) = code {
            high = Some((start, first));
        }
        if let Some(c) = code.and_then(char::from_u32).filter(|c| is_hidden(*c) || *c == '\r') {
            found.push(Hidden { chars: vec![c], span: Span::new(start, end).shift(span.start as usize) });
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn runs(text: &str) -> Vec<(usize, String)> {
        in_text(text).into_iter().map(|h| (h.span.start as usize, h.chars.into_iter().collect())).collect()
    }

    #[test]
    fn joiners_are_allowed_where_a_script_needs_them() {
        assert_eq!(runs("می\u{200c}خواهم"), []);
        assert_eq!(runs("র\u{200d}্যাব"), []);
        assert_eq!(runs("a\u{200c}b می\u{200b}"), [(1, "\u{200c}".to_owned()), (10, "\u{200b}".to_owned())]);
        assert_eq!(runs("می\u{200c}\u{200c}"), [(7, "\u{200c}".to_owned())]);
    }

    #[test]
    fn runs_are_grouped_and_named() {
        let found = in_text("a\u{202e}\u{2066}\u{202e}b\u{0}");
        assert_eq!(found.len(), 2);
        assert_eq!(found[0].names(), "U+202E (right-to-left override), U+2066 (left-to-right isolate)");
        assert!(found[0].turns_text());
        assert_eq!(found[1].names(), "U+0000 (null)");
    }
}
