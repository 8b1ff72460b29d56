//! Events of the YAML parser into the tree, with everything that is refused on the way.

use std::borrow::Cow;
use std::collections::HashMap;

use granit_parser::{Event, Options, Parser, ScalarStyle};

use super::tree::{Node, Type, Yaml};
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
    Builder { text, base: range.start as usize, parsed: Parsed::default(), open: Vec::new() }.run(range.of(text))
}

struct Builder<'a> {
    text: &'a str,
    base: usize,
    parsed: Parsed,
    open: Vec<Open>,
}

struct Open {
    node: u32,
    is_map: bool,
    children: Vec<u32>,
}

impl Builder<'_> {
    fn run(mut self, source: &str) -> Parsed {
        let mut options = Options::default();
        options.set_emit_comments(false);
        options.emit_anchor_events = true;
        options.emit_unresolved_aliases = true;
        options.block_nesting_limit = 512;
        options.flow_nesting_limit = 512;
        let mut documents = 0;
        for next in Parser::new_from_str_with_options(source, options) {
            let (event, span) = match next {
                Ok(pair) => pair,
                Err(error) => {
                    self.syntax_error(source, &error);
                    break;
                }
            };
            let span = self.span(&span);
            match event {
                Event::DocumentStart(..) => {
                    documents += 1;
                    if documents > 1 {
                        self.refuse(ProblemKind::SecondDocument, span);
                        break;
                    }
                }
                Event::Anchor(..) => self.refuse(ProblemKind::Anchor, span),
                Event::Alias(_) | Event::UnresolvedAlias(_) => {
                    self.refuse(ProblemKind::Alias, span);
                    let id = self.push(Node { ty: Type::Null, is_decoded: false, span, from: 0, to: 0 });
                    self.attach(id);
                }
                Event::Scalar(value, style, _, tag) => {
                    if tag.is_some() {
                        self.refuse(ProblemKind::Tag, span);
                    }
                    self.scalar(source, value, style, span);
                }
                Event::SequenceStart(_, _, ref tag) | Event::MappingStart(_, _, ref tag) => {
                    if tag.is_some() {
                        self.refuse(ProblemKind::Tag, span);
                    }
                    self.start(span, matches!(event, Event::MappingStart(..)));
                }
                Event::SequenceEnd | Event::MappingEnd => self.end(span),
                _ => {}
            }
            if self.open.len() > MAX_DEPTH {
                self.refuse(ProblemKind::TooDeep, span);
                break;
            }
        }
        while !self.open.is_empty() {
            self.end(Span::default());
        }
        self.tabs(source);
        if self
            .parsed
            .problems
            .iter()
            .any(|p| matches!(p.kind, ProblemKind::Syntax(_) | ProblemKind::UnquotedColon | ProblemKind::Tab | ProblemKind::TooDeep))
        {
            self.parsed.yaml = Yaml::default(); // half a tree would only raise findings that are not true
        }
        self.parsed
    }

    fn span(&self, span: &granit_parser::Span) -> Span {
        let range = span.byte_range().unwrap_or(0..0);
        Span::new(range.start, range.end).shift(self.base)
    }

    fn refuse(&mut self, kind: ProblemKind, span: Span) {
        self.parsed.problems.push(Problem { kind, span });
    }

    fn push(&mut self, node: Node) -> u32 {
        let id = u32::try_from(self.parsed.yaml.nodes.len()).unwrap_or(u32::MAX);
        self.parsed.yaml.nodes.push(node);
        id
    }

    fn attach(&mut self, id: u32) {
        match self.open.last_mut() {
            Some(open) => open.children.push(id),
            None => self.parsed.yaml.root = Some(id),
        }
    }

    fn start(&mut self, span: Span, is_map: bool) {
        let ty = if is_map { Type::Map } else { Type::List };
        let node = self.push(Node { ty, is_decoded: false, span, from: 0, to: 0 });
        self.open.push(Open { node, is_map, children: Vec::new() });
    }

    fn end(&mut self, span: Span) {
        let Some(mut open) = self.open.pop() else { return };
        if open.is_map {
            open.children = self.check_keys(open.children);
        }
        // A collection ends where its last child does: the parser's own end may lie on a later line.
        let last = open.children.last().map(|id| self.parsed.yaml.nodes[*id as usize].span.end);
        let pool = &mut self.parsed.yaml.children;
        let from = u32::try_from(pool.len()).unwrap_or(u32::MAX);
        pool.extend(&open.children);
        let to = u32::try_from(pool.len()).unwrap_or(u32::MAX);
        let first = open.children.first().map(|id| self.parsed.yaml.nodes[*id as usize].span.start);
        let is_flow = self
            .text
            .as_bytes()
            .get(self.parsed.yaml.nodes[open.node as usize].span.start as usize)
            .is_some_and(|b| matches!(b, b'[' | b'{'))
            && first.is_none_or(|f| f > self.parsed.yaml.nodes[open.node as usize].span.start);
        let node = &mut self.parsed.yaml.nodes[open.node as usize];
        node.from = from;
        node.to = to;
        node.span.end =
            if is_flow { span.end.max(last.unwrap_or(0)).max(node.span.end) } else { last.unwrap_or(node.span.end).max(node.span.end) };
        self.attach(open.node);
    }

    /// Refuses keys given twice, and keys that are no scalars; keeps the first of each.
    fn check_keys(&mut self, children: Vec<u32>) -> Vec<u32> {
        let mut kept = Vec::with_capacity(children.len());
        let mut seen: HashMap<String, Span> = HashMap::new();
        let small = children.len() <= 32;
        for pair in children.chunks(2) {
            let [key, value] = *pair else { continue };
            let Some(name) = self.scalar_text(key) else {
                let span = self.parsed.yaml.nodes[key as usize].span;
                self.refuse(ProblemKind::ComplexKey, span);
                continue;
            };
            let span = self.parsed.yaml.nodes[key as usize].span;
            let before = if small {
                kept.chunks_exact(2)
                    .find(|k: &&[u32]| self.scalar_text(k[0]).as_deref() == Some(&*name))
                    .map(|k| self.parsed.yaml.nodes[k[0] as usize].span)
            } else {
                seen.get(&*name).copied()
            };
            let name = name.into_owned();
            if name == "<<" {
                self.refuse(ProblemKind::MergeKey, span);
                continue;
            }
            if let Some(first) = before {
                self.refuse(ProblemKind::DuplicateKey { key: name, first }, span);
                continue;
            }
            if !small {
                seen.insert(name, span);
            }
            kept.extend([key, value]);
        }
        kept
    }

    fn scalar_text(&self, id: u32) -> Option<Cow<'_, str>> {
        let node = &self.parsed.yaml.nodes[id as usize];
        if matches!(node.ty, Type::List | Type::Map) {
            return None;
        }
        let pool = if node.is_decoded { self.parsed.yaml.decoded.as_str() } else { self.text };
        pool.get(node.from as usize..node.to as usize).map(Cow::Borrowed)
    }

    fn scalar(&mut self, source: &str, value: Cow<'_, str>, style: ScalarStyle, span: Span) {
        let is_plain = style == ScalarStyle::Plain;
        let ty = if is_plain { plain_type(&value) } else { Type::String };
        if is_plain && ty == Type::Number && value.contains('.') && value.ends_with('0') {
            self.refuse(ProblemKind::TrailingZero, span);
        }
        let inside = match &value {
            Cow::Borrowed(v) => (v.as_ptr() as usize).checked_sub(source.as_ptr() as usize).filter(|at| at + v.len() <= source.len()),
            // The parser copies some scalars that stand in the source as they are.
            Cow::Owned(v) => self.find_verbatim(v, style, span).map(|at| at - self.base),
        };
        let (is_decoded, from) = match inside {
            Some(at) => (false, at + self.base),
            None => {
                let at = self.parsed.yaml.decoded.len();
                self.parsed.yaml.decoded.push_str(&value);
                (true, at)
            }
        };
        let range = Span::new(from, from + value.len());
        let span = if style == ScalarStyle::Literal || style == ScalarStyle::Folded { self.trim(span) } else { span };
        let id = self.push(Node { ty, is_decoded, span, from: range.start, to: range.end });
        self.attach(id);
    }

    fn find_verbatim(&self, value: &str, style: ScalarStyle, span: Span) -> Option<usize> {
        let quote = usize::from(matches!(style, ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted));
        let at = span.start as usize + quote;
        (self.text.get(at..at + value.len())? == value && at + value.len() + quote == span.end as usize).then_some(at)
    }

    /// A block scalar's span without the line breaks that follow it.
    fn trim(&self, span: Span) -> Span {
        let kept = span.of(self.text).trim_end().len();
        Span::new(span.start as usize, span.start as usize + kept)
    }

    fn syntax_error(&mut self, source: &str, error: &granit_parser::ScanError) {
        let at = error.marker().byte_offset().unwrap_or(0).min(source.len());
        if let Some(span) = unquoted_colon(source, at) {
            self.refuse(ProblemKind::UnquotedColon, span.shift(self.base));
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
        self.refuse(ProblemKind::Syntax(error.kind().to_string()), Span::new(start, end).shift(self.base));
    }

    /// Tabs that indent. The parser lets some pass that other YAML readers refuse.
    fn tabs(&mut self, source: &str) {
        let mut offset = 0;
        let mut found = Vec::new();
        for line in source.split_inclusive('\n') {
            let indent = line.len() - line.trim_start_matches([' ', '\t']).len();
            if let Some(tab) = line[..indent].find('\t')
                && !line.trim().is_empty()
            {
                let at = offset + tab;
                if !self.in_scalar(self.base + at) {
                    found.push(Span::new(at, at + 1).shift(self.base));
                }
            }
            offset += line.len();
        }
        if let Some(first) = found.first() {
            // The parser's own error about the same tab would be the same cause twice.
            self.parsed.problems.retain(|p| !matches!(p.kind, ProblemKind::Syntax(_)) || p.span.start < first.start);
        }
        for span in found {
            self.refuse(ProblemKind::Tab, span);
        }
    }

    fn in_scalar(&self, at: usize) -> bool {
        let at = Span::new(at, at).start;
        self.parsed.yaml.nodes.iter().any(|n| n.ty == Type::String && n.span.start < at && at < n.span.end)
    }
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

/// The type of a plain scalar: only these few words and plain decimal numbers are typed (CONTENT.md, section 3).
fn plain_type(value: &str) -> Type {
    match value {
        "" | "~" | "null" => Type::Null,
        "true" | "false" => Type::Bool,
        _ if is_plain_number(value) => Type::Number,
        _ => Type::String,
    }
}

fn is_plain_number(value: &str) -> bool {
    let digits = value.strip_prefix('-').unwrap_or(value);
    let (whole, fraction) = digits.split_once('.').map_or((digits, None), |(w, f)| (w, Some(f)));
    let all_digits = |s: &str| !s.is_empty() && s.bytes().all(|b| b.is_ascii_digit());
    all_digits(whole) && (whole.len() == 1 || !whole.starts_with('0')) && fraction.is_none_or(all_digits) && value != "-0"
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
