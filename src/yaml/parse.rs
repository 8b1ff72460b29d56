//! Events of the YAML parser into the tree, with everything that is refused on the way.

use std::borrow::Cow;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::build::{Builder, has_trailing_zero, plain_type};
use super::plain;
use super::tree::{Type, Yaml};
use crate::source::Span;

/// Nesting deeper than this is refused (CONTENT.md, section 3).
pub const MAX_DEPTH: usize = 64;

/// A parsed document and what was wrong with it.
#[derive(Debug, Default)]
pub struct Parsed {
    /// The tree; without a root where the text could not be read at all.
    pub yaml: Yaml,
    /// What is refused, in the order found.
    pub problems: Vec<Problem>,
}

/// Something in the YAML that is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Problem {
    /// What it is.
    pub kind: ProblemKind,
    /// Where it is.
    pub span: Span,
}

/// The kinds of refusal of CONTENT.md, section 3.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum ProblemKind {
    /// Not YAML; with the parser's words.
    Syntax(String),
    /// A plain value that contains `: ` and so needs quotes.
    UnquotedColon,
    /// A key given before in the same map.
    DuplicateKey {
        /// The key.
        key: String,
        /// Where it was given first.
        first: Span,
    },
    /// A key that is a list or a map.
    ComplexKey,
    /// `&name`.
    Anchor,
    /// `*name`.
    Alias,
    /// `<<:`.
    MergeKey,
    /// `!tag`.
    Tag,
    /// A `%` directive or a second document.
    SecondDocument,
    /// A tab that indents.
    Tab,
    /// Nested deeper than [`MAX_DEPTH`].
    TooDeep,
    /// A number such as `1.10` whose last zeros would be lost.
    TrailingZero,
}

/// Parses `text[range]`; spans count from the start of `text`.
pub fn parse(text: &str, range: Span) -> Parsed {
    plain::read(text, range).unwrap_or_else(|| parse_any(text, range))
}

/// Parses any YAML. What [`plain`] reads it reads as well, and gives the same.
pub(super) fn parse_any(text: &str, range: Span) -> Parsed {
    let builder = Builder::new(text, range.of(text).len());
    Reader { source: range.of(text), base: range.start as usize, builder }.run()
}

struct Reader<'a> {
    source: &'a str,
    base: usize,
    builder: Builder<'a>,
}

impl<'a> Reader<'a> {
    fn run(mut self) -> Parsed {
        let mut options = Options::default();
        options.set_emit_comments(false);
        options.emit_anchor_events = true;
        options.emit_unresolved_aliases = true;
        options.block_nesting_limit = 512;
        options.flow_nesting_limit = 512;
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(self.source, options) {
            let (event, span) = match next {
                Ok(pair) => pair,
                Err(error) => {
                    self.syntax_error(&error);
                    break;
                }
            };
            let span = self.span(&span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.builder.refuse(ProblemKind::SecondDocument, span);
                        break;
                    }
                }
                Event::Anchor(..) => self.builder.refuse(ProblemKind::Anchor, span),
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.builder.refuse(ProblemKind::Alias, span);
                    self.builder.nothing(span);
                }
                Event::Scalar(value, style, _, tag) => {
                    if tag.is_some() {
                        self.builder.refuse(ProblemKind::Tag, span);
                    }
                    self.scalar(value, style, span);
                }
                Event::SequenceStart(_, _, ref tag) | Event::MappingStart(_, _, ref tag) => {
                    if tag.is_some() {
                        self.builder.refuse(ProblemKind::Tag, span);
                    }
                    self.builder.start(span, matches!(event, Event::MappingStart(..)));
                }
                Event::SequenceEnd | Event::MappingEnd => self.builder.end(span),
                _ => {}
            }
            if self.builder.depth() > MAX_DEPTH {
                self.builder.refuse(ProblemKind::TooDeep, span);
                break;
            }
        }
        self.tabs();
        let mut parsed = self.builder.finish();
        let is_half =
            |p: &Problem| matches!(p.kind, ProblemKind::Syntax(_) | ProblemKind::UnquotedColon | ProblemKind::Tab | ProblemKind::TooDeep);
        if parsed.problems.iter().any(is_half) {
            parsed.yaml = Yaml::default(); // half a tree would only raise findings that are not true
        }
        parsed
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(range.start, range.end).shift(self.base)
    }

    fn scalar(&mut self, value: Cow<'_, str>, style: ScalarStyle, span: Span) {
        let is_plain = style == ScalarStyle::Plain;
        let ty = if is_plain { plain_type(&value) } else { Type::String };
        if is_plain && has_trailing_zero(&value, ty) {
            self.builder.refuse(ProblemKind::TrailingZero, span);
        }
        let inside = match &value {
            Cow::Borrowed(v) => {
                let at = (v.as_ptr() as usize).checked_sub(self.source.as_ptr() as usize);
                at.filter(|at| at + v.len() <= self.source.len()).map(|at| at + self.base)
            }
            // The parser copies some scalars that stand in the source as they are.
            Cow::Owned(v) => self.find_verbatim(v, style, span),
        };
        let is_block = style == ScalarStyle::Literal || style == ScalarStyle::Folded;
        let span = if is_block { trim(self.builder.text, span) } else { span };
        match inside {
            Some(at) => self.builder.verbatim(ty, span, Span::new(at, at + value.len())),
            None => self.builder.decoded(ty, span, &value),
        }
    }

    fn find_verbatim(&self, value: &str, style: ScalarStyle, span: Span) -> Option<usize> {
        let quote = usize::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
        let at = span.start as usize + quote;
        (self.builder.text.get(at..at + value.len())? == value && at + value.len() + quote == span.end as usize).then_some(at)
    }

    fn syntax_error(&mut self, error: &granit_parser::ScanError) {
        let source = self.source;
        let at = error.marker().byte_offset().unwrap_or(0).min(source.len());
        if let Some(span) = unquoted_colon(source, at) {
            self.builder.refuse(ProblemKind::UnquotedColon, span.shift(self.base));
            return;
        }
        let mut end = (at + 1).min(source.len());
        while !source.is_char_boundary(end) {
            end += 1;
        }
        let mut start = at;
        while !source.is_char_boundary(start) {
            start -= 1;
        }
        if matches!(source.as_bytes().get(start), Some(b'\n') | None) && start > 0 {
            end = start;
        }
        self.builder.refuse(ProblemKind::Syntax(error.kind().to_string()), Span::new(start, end).shift(self.base));
    }

    /// Tabs that indent. The parser lets some pass that other YAML readers refuse.
    fn tabs(&mut self) {
        let mut offset = 0;
        let mut found = Vec::new();
        for line in self.source.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..indent].find('\t')
                && !line.trim().is_empty()
            {
                let at = offset + tab;
                if !self.builder.in_scalar(self.base + at) {
                    found.push(Span::new(at, at + 1).shift(self.base));
                }
            }
            offset += line.len();
        }
        if let Some(first) = found.first() {
            // The parser's own error about the same tab would be the same cause twice.
            self.builder.parsed.problems.retain(|p| !matches!(p.kind, ProblemKind::Syntax(_)) || p.span.start < first.start);
        }
        for span in found {
            self.builder.refuse(ProblemKind::Tab, span);
        }
    }
}

/// A block scalar's span without the line breaks that follow it.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let kept = span.of(text).trim_end().len();
    Span::new(span.start as usize, span.start as usize + kept)
}

/// The span of the value where the line of an error reads `key: value: more`.
fn unquoted_colon(source: &str, at: usize) -> Option<Span> {
    let mut at = at.min(source.len());
    while !source.is_char_boundary(at) {
        at -= 1;
    }
    let start = source[..at].rfind('\n').map_or(0, |n| n + 1);
    let line = source[start..].lines().next()?;
    let indent = line.len() - line.trim_start_matches([' ', '-']).len();
    let key_end = indent + line[indent..].find(": ")?;
    let value = line[key_end + 1..].trim_start();
    let value_at = line.len() - value.len();
    let value = value.split(" #").next()?.trim_end();
    let is_plain = !value.starts_with(['"', '\'', '[', '{', '|', '>', '&', '*', '!']);
    (is_plain && (value.contains(": ") || value.ends_with(':'))).then(|| Span::new(start + value_at, start + value_at + value.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> Parsed {
        parse(text, Span::new(0, text.len()))
    }

    #[test]
    fn only_a_few_scalars_are_typed() {
        let text = "a: no\nb: 12:30\nc: 0800\nd: 08\ne: 1e3\nf: 0x10\ng: 12\nh: -1.5\ni: ~\nj:\nk: true\nl: '12'\nm: 2026-11-21\nn: +44\n";
        let parsed = read(text);
        assert_eq!(parsed.problems, []);
        let root = parsed.yaml.root(text).unwrap();
        let types: Vec<_> = root.entries().map(|e| e.value.ty()).collect();
        use Type::{Bool, Null, Number, String};
        assert_eq!(types, [String, String, String, String, String, String, Number, Number, Null, Null, Bool, String, String, String]);
    }

    #[test]
    fn spans_are_exact_and_duplicates_are_found() {
        let text = "title: Sleep\nchannels:\n  - {type: phone, value: \"0808 157 0123\"}\ntitle: Again\n";
        let parsed = read(text);
        let root = parsed.yaml.root(text).unwrap();
        assert_eq!(root.at(["channels", "0", "value"]).unwrap().span().of(text), "\"0808 157 0123\"");
        assert_eq!(root.at(["channels", "0"]).unwrap().span().of(text), "{type: phone, value: \"0808 157 0123\"}");
        assert_eq!(root.get("title").unwrap().str(), Some("Sleep"));
        assert_eq!(parsed.problems.len(), 1);
        assert_eq!(parsed.problems[0].span, Span::new(text.len() - 13, text.len() - 8));
    }

    #[test]
    fn a_part_of_a_folded_scalar_is_found_in_the_source() {
        let text = "summary: >-\n  One line and\n  another word here.\n";
        let parsed = read(text);
        let node = parsed.yaml.root(text).unwrap().get("summary").unwrap();
        let value = node.str().unwrap();
        let at = value.find("another").unwrap();
        assert_eq!(node.span_within(at..at + 7).of(text), "another");
    }

    #[test]
    fn refusals() {
        let kinds = |text: &str| read(text).problems.into_iter().map(|p| p.kind).collect::<Vec<_>>();
        assert_eq!(kinds("a: &x 1\nb: *x\n"), [ProblemKind::Anchor, ProblemKind::Alias]);
        assert_eq!(kinds("a: !!str 1\n"), [ProblemKind::Tag]);
        assert_eq!(kinds("a: 1\n---\nb: 1\n"), [ProblemKind::SecondDocument]);
        assert_eq!(kinds("a:\n\tb: 1\n"), [ProblemKind::Tab]);
        assert_eq!(kinds("v: 1.10\n"), [ProblemKind::TrailingZero]);
        assert_eq!(kinds("a:\n  label: Helpline: out of hours\n"), [ProblemKind::UnquotedColon]);
        assert_eq!(kinds(&format!("{}1{}", "[".repeat(70), "]".repeat(70))), [ProblemKind::TooDeep]);
        assert_eq!(kinds("<<: {a: 1}\n"), [ProblemKind::MergeKey]);
    }
}
