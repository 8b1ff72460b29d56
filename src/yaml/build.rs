//! The tree as it grows: nodes are attached to the collection that is open, and keys are checked when it closes.

use std::collections::HashMap;

use super::parse::Parsed;
use super::problem::{Problem, ProblemKind};
use super::tree::{Form, Node, Type, Yaml};
use crate::source::Span;

/// Maps up to this length are searched for a key given twice pair by pair.
const FEW: usize = 32;

/// More problems than this in one document are not recorded: nobody reads them, and a hostile file must not cost memory.
const MAX_PROBLEMS: usize = 1000;

/// Builds a tree over `text` from the events of a reader.
pub(super) struct Builder<'a> {
    pub text: &'a str,
    pub parsed: Parsed,
    open: Vec<Open>,
    /// Children of all open collections, those of the innermost last.
    pending: Vec<u32>,
}

struct Open {
    node: u32,
    is_map: bool,
    /// Where its children start in `pending`.
    first: usize,
}

impl<'a> Builder<'a> {
    /// `size` is the number of bytes that will be read: room for most files, so that little grows and moves.
    pub fn new(text: &'a str, size: usize) -> Self {
        let mut parsed = Parsed::default();
        parsed.yaml.nodes.reserve(size / 8 + 8);
        parsed.yaml.children.reserve(size / 8 + 8);
        Self { text, parsed, open: Vec::with_capacity(8), pending: Vec::with_capacity(64) }
    }

    /// How many collections are open.
    pub fn depth(&self) -> usize {
        self.open.len()
    }

    pub fn refuse(&mut self, kind: ProblemKind, span: Span) {
        if self.parsed.problems.len() < MAX_PROBLEMS {
            self.parsed.problems.push(Problem { kind, span });
        }
    }

    /// Whether what comes next is the value of this key.
    pub fn follows(&self, key: &str) -> bool {
        let Some(open) = self.open.last().filter(|o| o.is_map && (self.pending.len() - o.first) % 2 == 1) else { return false };
        self.pending[open.first..].last().and_then(|id| scalar_text(&self.parsed.yaml, self.text, *id)) == Some(key)
    }

    /// Where the innermost bracket that is open stands.
    pub fn bracket(&self) -> Option<u32> {
        let starts = self.open.iter().rev().map(|o| self.parsed.yaml.nodes[o.node as usize].span.start);
        starts.into_iter().find(|at| matches!(self.text.as_bytes().get(*at as usize), Some(b'[' | b'{')))
    }

    /// A scalar whose value stands in the text as it is, at `value`.
    pub fn verbatim(&mut self, ty: Type, span: Span, value: Span) {
        if value == span {
            self.leaf(Node::new(ty, Form::Plain, span, 0));
        } else if value.start == span.start + 1 && value.end + 1 == span.end {
            self.leaf(Node::new(ty, Form::Quoted, span, 0));
        } else {
            self.decoded(ty, span, value.of(self.text));
        }
    }

    /// A scalar whose value is not in the text.
    pub fn decoded(&mut self, ty: Type, span: Span, value: &str) {
        let yaml = &mut self.parsed.yaml;
        let at = yaml.decoded.len();
        yaml.decoded.push_str(value);
        yaml.values.push(Span::new(at, at + value.len()));
        let node = Node::new(ty, Form::Decoded, span, yaml.values.len() - 1);
        self.leaf(node);
    }

    /// Something that gives no value, such as an alias.
    pub fn nothing(&mut self, span: Span) {
        self.decoded(Type::Null, span, "");
    }

    fn leaf(&mut self, node: Node) {
        let id = self.push(node);
        self.attach(id);
    }

    fn push(&mut self, node: Node) -> u32 {
        let id = u32::try_from(self.parsed.yaml.nodes.len()).unwrap_or(u32::MAX);
        self.parsed.yaml.nodes.push(node);
        id
    }

    fn attach(&mut self, id: u32) {
        if self.open.is_empty() {
            self.parsed.yaml.root = Some(id);
        } else {
            self.pending.push(id);
        }
    }

    /// Opens a list or a map; all that follows is in it, until [`Builder::end`].
    pub fn start(&mut self, span: Span, is_map: bool) {
        let ty = if is_map { Type::Map } else { Type::List };
        let node = self.push(Node::new(ty, Form::Plain, span, 0));
        self.open.push(Open { node, is_map, first: self.pending.len() });
    }

    /// Closes the innermost collection.
    pub fn end(&mut self, span: Span) {
        let Some(open) = self.open.pop() else { return };
        if open.is_map {
            self.check_keys(open.first);
        }
        let Yaml { nodes, children: pool, .. } = &mut self.parsed.yaml;
        let children = &self.pending[open.first..];
        let first = children.first().map(|id| nodes[*id as usize].span.start);
        // A collection ends where its last child does: the parser's own end may lie on a later line.
        let last = children.last().map(|id| nodes[*id as usize].span.end);
        let held = pool.len();
        pool.push(u32::try_from(children.len()).unwrap_or(u32::MAX));
        pool.extend_from_slice(children);
        self.pending.truncate(open.first);
        let node = &mut nodes[open.node as usize];
        let mut whole = node.span;
        let opens_with_bracket = self.text.as_bytes().get(whole.start as usize).is_some_and(|b| matches!(b, b'[' | b'{'));
        let is_flow = opens_with_bracket && first.is_none_or(|f| f > whole.start);
        whole.end = if is_flow { span.end.max(last.unwrap_or(0)).max(whole.end) } else { last.unwrap_or(whole.end).max(whole.end) };
        *node = Node::new(node.ty(), Form::Plain, whole, held);
        self.attach(open.node);
    }

    /// Refuses keys given twice, and keys that are no scalars, among the pairs from `first` on; keeps the first of each.
    fn check_keys(&mut self, first: usize) {
        let pairs = (self.pending.len() - first) / 2;
        let mut refused = Vec::new();
        let mut kept = first;
        let mut seen: HashMap<&str, Span> = HashMap::with_capacity(if pairs > FEW { pairs } else { 0 });
        let mut names = [""; FEW];
        let Self { parsed, pending, text, .. } = self;
        let (yaml, all) = (&parsed.yaml, &mut pending[..first + 2 * pairs]);
        for at in (first..all.len()).step_by(2) {
            let span = yaml.nodes[all[at] as usize].span;
            let Some(name) = scalar_text(yaml, text, all[at]) else {
                refused.push(Problem { kind: ProblemKind::ComplexKey, span });
                continue;
            };
            let before = if pairs > FEW {
                seen.get(name).copied()
            } else {
                let before = names[..(kept - first) / 2].iter().position(|n| *n == name);
                before.map(|n| yaml.nodes[all[first + 2 * n] as usize].span)
            };
            if span.start == span.end {
                refused.push(Problem { kind: ProblemKind::NoKey, span });
            } else if name == "<<" {
                refused.push(Problem { kind: ProblemKind::MergeKey, span });
            } else if let Some(first) = before {
                refused.push(Problem { kind: ProblemKind::DuplicateKey { key: name.to_owned(), first }, span });
            } else {
                if pairs > FEW {
                    seen.insert(name, span);
                } else {
                    names[(kept - first) / 2] = name;
                }
                all.copy_within(at..at + 2, kept);
                kept += 2;
            }
        }
        self.pending.truncate(kept);
        refused.truncate(MAX_PROBLEMS.saturating_sub(self.parsed.problems.len()));
        self.parsed.problems.append(&mut refused);
    }

    /// The tree, and what was refused.
    pub fn finish(mut self) -> Parsed {
        while !self.open.is_empty() {
            self.end(Span::default());
        }
        let yaml = &mut self.parsed.yaml;
        fit(&mut yaml.nodes);
        fit(&mut yaml.children);
        fit(&mut yaml.values);
        yaml.decoded.shrink_to_fit();
        self.parsed
    }
}

fn scalar_text<'t>(yaml: &'t Yaml, text: &'t str, id: u32) -> Option<&'t str> {
    yaml.scalar(yaml.nodes[id as usize], text)
}

/// Gives back what a list does not need. Shrinking in place would leave that to the allocator, and some keep up to half.
fn fit<T: Copy>(list: &mut Vec<T>) {
    if list.capacity() > list.len() {
        *list = list.as_slice().to_vec();
    }
}
