//! Events of the YAML parser into the tree, with everything that is refused on the way.

use std::borrow::Cow;
use std::ops::Range;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::build::Builder;
use super::problem::{Problem, ProblemKind};
use super::scalar::{inexact, plain_type};
use super::tree::{Type, Yaml};
use super::{plain, syntax, tabs};
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

/// Parses `text[range]`; spans count from the start of `text`.
pub fn parse(text: &str, range: Span) -> Parsed {
    plain::read(text, range).unwrap_or_else(|| parse_any(text, range))
}

/// Parses any YAML. What [`plain`] reads it reads as well, and gives the same.
pub(super) fn parse_any(text: &str, range: Span) -> Parsed {
    let builder = Builder::new(text, range.of(text).len());
    let reader =
        Reader { source: range.of(text), base: range.start as usize, builder, texts: Vec::new(), read_to: 0, last: 0..0, is_broken: false };
    reader.run()
}

struct Reader<'a> {
    source: &'a str,
    base: usize,
    builder: Builder<'a>,
    /// Scalars over several lines, as ranges of the source.
    texts: Vec<Range<usize>>,
    /// How far the source was read.
    read_to: usize,
    /// The last scalar, as a range of the source.
    last: Range<usize>,
    /// Only half a tree could be read, and it would raise findings that are not true.
    is_broken: bool,
}

impl<'a> Reader<'a> {
    fn run(mut self) -> Parsed {
        let mut options = Options::default();
        options.set_emit_comments(false);
        options.emit_anchor_events = true;
        options.emit_unresolved_aliases = true;
        options.disallow_directives = true;
        options.block_nesting_limit = MAX_DEPTH;
        options.flow_nesting_limit = MAX_DEPTH;
        let mut documents = 0;
        let mut stopped_at = self.source.len();
        for next in Parser::new_from_str_with_options(self.source, options) {
            let (event, span) = match next {
                Ok(pair) => pair,
                Err(error) => {
                    self.syntax_error(&error);
                    stopped_at = self.read_to;
                    break;
                }
            };
            let range = span.byte_range().unwrap_or(0..0);
            if matches!(event, Event::DocumentStart(..)) {
                documents += 1;
                if documents > 1 {
                    self.refuse(ProblemKind::SecondDocument, syntax::line_at(self.source, range.start));
                    break;
                }
            }
            self.event(event, &range);
            if self.builder.depth() > MAX_DEPTH {
                self.refuse(ProblemKind::TooDeep, range);
                self.is_broken = true;
                break;
            }
        }
        self.tabs(stopped_at);
        let mut parsed = self.builder.finish();
        if self.is_broken {
            parsed.yaml = Yaml::default();
        }
        parsed
    }

    fn event(&mut self, event: Event<'_>, range: &Range<usize>) {
        let span = self.span(range);
        match event {
            // Its place lies before the node that has been read already.
            Event::Anchor(..) => return self.refuse(ProblemKind::Anchor, range.clone()),
            Event::Alias(_) | Event::UnresolvedAlias(_) => {
                // What a merge key would bring in is said with the merge key.
                if !self.builder.follows("<<") {
                    self.refuse(ProblemKind::Alias, range.clone());
                }
                self.builder.nothing(span);
            }
            Event::Scalar(value, style, _, tag) => {
                self.tag(tag.is_some(), range.start);
                self.scalar(value, style, span);
                self.last = range.clone();
            }
            Event::SequenceStart(_, _, tag) => {
                self.tag(tag.is_some(), range.start);
                self.builder.start(span, false);
            }
            Event::MappingStart(_, _, tag) => {
                self.tag(tag.is_some(), range.start);
                self.builder.start(span, true);
            }
            Event::SequenceEnd | Event::MappingEnd => self.builder.end(span),
            _ => {}
        }
        self.read_to = self.read_to.max(range.end);
    }

    fn span(&self, range: &Range<usize>) -> Span {
        Span::new(range.start, range.end).shift(self.base)
    }

    fn refuse(&mut self, kind: ProblemKind, range: Range<usize>) {
        self.builder.refuse(kind, self.span(&range));
    }

    /// A tag has no event of its own: it stands between what was read last and the node.
    fn tag(&mut self, is_there: bool, node: usize) {
        if !is_there {
            return;
        }
        let source = self.source;
        let from = self.read_to.min(node);
        let mut at = from;
        for line in source[from..node].split_inclusive('\n') {
            let code = line.find(" #").map_or(line, |n| &line[..n]);
            if let Some(n) = code.find('!') {
                let start = at + n;
                let is_end = |c: char| c.is_whitespace() || matches!(c, ',' | ']' | '}');
                let end = source[start..].find(is_end).map_or(source.len(), |n| start + n);
                return self.refuse(ProblemKind::Tag, start..end);
            }
            at += line.len();
        }
        self.refuse(ProblemKind::Tag, node..node);
    }

    fn scalar(&mut self, value: Cow<'_, str>, style: ScalarStyle, span: Span) {
        let is_plain = style == ScalarStyle::Plain;
        let ty = if is_plain { plain_type(&value) } else { Type::String };
        if ty == Type::Number
            && let Some(reads) = inexact(&value)
        {
            self.builder.refuse(ProblemKind::InexactNumber(reads), span);
        }
        let raw = span.of(self.builder.text);
        if raw.contains('\n') {
            let start = span.start as usize - self.base;
            self.texts.push(start..start + raw.len());
            if is_plain && let Some((trouble, range)) = syntax::joined_entry(raw) {
                self.refuse(ProblemKind::Syntax(trouble), start + range.start..start + range.end);
                self.is_broken = true;
            }
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
        self.is_broken = true;
        let place = syntax::Place {
            source: self.source,
            at: error.marker().byte_offset().unwrap_or(0).min(self.source.len()),
            read_to: self.read_to,
            last: self.last.clone(),
            bracket: self.builder.bracket().map(|at| at as usize - self.base),
            base: self.base,
        };
        // `*` at the start of a text reads as an alias, and what follows it then makes no sense: one cause.
        let line = self.span(&syntax::line_at(self.source, place.at));
        let is_said = self.builder.parsed.problems.iter().any(|p| {
            let is_mark = matches!(p.kind, ProblemKind::Alias | ProblemKind::Anchor | ProblemKind::Tag);
            is_mark && line.contains(p.span.start)
        });
        if !is_said {
            let (kind, range) = syntax::explain(&place, error.kind());
            self.refuse(kind, range);
        }
    }

    /// Tabs that indent. The parser lets some pass that other YAML readers refuse.
    fn tabs(&mut self, stopped_at: usize) {
        let found = tabs::find(self.source, &self.texts, stopped_at);
        let Some(first) = found.first().map(|tab| self.span(tab).start) else { return };
        // The parser's own error about the same tab would be the same cause twice.
        let is_same = |p: &Problem| p.span.start >= first && matches!(p.kind, ProblemKind::Syntax(_) | ProblemKind::Tab);
        self.builder.parsed.problems.retain(|p| !is_same(p));
        self.is_broken = true;
        for tab in found {
            self.refuse(ProblemKind::Tab, tab);
        }
    }
}

/// A block scalar's span without the line breaks that follow it.
pub(super) fn trim(text: &str, span: Span) -> Span {
    let kept = span.of(text).trim_end().len();
    Span::new(span.start as usize, span.start as usize + kept)
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
        assert_eq!(kinds("v: 1.10\n"), [ProblemKind::InexactNumber("1.1".into())]);
        assert_eq!(kinds("a:\n  label: Helpline: out of hours\n"), [ProblemKind::UnquotedColon]);
        assert_eq!(kinds(&format!("{}1{}", "[".repeat(70), "]".repeat(70))), [ProblemKind::TooDeep]);
        assert_eq!(kinds("<<: {a: 1}\n"), [ProblemKind::MergeKey]);
    }
}
