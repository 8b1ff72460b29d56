//! The tree: compact nodes in one vector per file, read through [`NodeRef`].
//!
//! Ten thousand files are held at once, so a node is 12 bytes and a scalar that stands in the source as it is
//! (nearly all do) is not copied: its value follows from its span.

use serde_json::{Map, Number, Value};

use crate::source::Span;

/// A parsed YAML document; needs the text it was parsed from to be read.
#[derive(Debug, Default, Clone)]
pub struct Yaml {
    pub(super) nodes: Vec<Node>,
    /// Children of sequences (items) and maps (key, value, key, value, …): how many there are, then each.
    pub(super) children: Vec<u32>,
    /// Scalars whose value differs from their source: escapes, folded lines.
    pub(super) decoded: String,
    /// Where each of them stands in `decoded`.
    pub(super) values: Vec<Span>,
    pub(super) root: Option<u32>,
}

/// What a node is. Strings are all that the product's YAML does not type.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Type {
    /// `null`, `~` or nothing.
    Null,
    /// `true` or `false`.
    Bool,
    /// A plain decimal number.
    Number,
    /// Everything else that is a scalar.
    String,
    /// A list.
    List,
    /// A map.
    Map,
}

#[derive(Clone, Copy, Debug)]
pub(super) struct Node {
    pub(super) span: Span,
    /// Three bits for the type, two for the form, the rest for the number.
    bits: u32,
}

/// How a scalar's value follows from its span.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Form {
    /// It is the text there.
    Plain,
    /// It is the text there without the quotation marks.
    Quoted,
    /// It stands in `decoded`.
    Decoded,
}

impl Node {
    const NUMBER: u32 = 5;

    /// A node; `number` says of a list or map where its children start, of a decoded scalar its place in `values`.
    pub(super) fn new(ty: Type, form: Form, span: Span, number: usize) -> Self {
        // Files are capped far below this many nodes.
        let number = u32::try_from(number).unwrap_or(u32::MAX).min(u32::MAX >> Self::NUMBER);
        Self { span, bits: ty as u32 | (form as u32) << 3 | number << Self::NUMBER }
    }

    pub(super) fn ty(self) -> Type {
        match self.bits & 7 {
            0 => Type::Null,
            1 => Type::Bool,
            2 => Type::Number,
            3 => Type::String,
            4 => Type::List,
            _ => Type::Map,
        }
    }

    fn form(self) -> Form {
        match self.bits >> 3 & 3 {
            0 => Form::Plain,
            1 => Form::Quoted,
            _ => Form::Decoded,
        }
    }

    fn number(self) -> usize {
        (self.bits >> Self::NUMBER) as usize
    }
}

/// A node, with the document and text it belongs to.
#[derive(Clone, Copy)]
pub struct NodeRef<'a> {
    yaml: &'a Yaml,
    text: &'a str,
    id: u32,
}

impl std::fmt::Debug for NodeRef<'_> {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:?}@{:?}", self.ty(), self.span())
    }
}

/// A key of a map with its value.
#[derive(Clone, Copy, Debug)]
pub struct Entry<'a> {
    /// The key as text.
    pub name: &'a str,
    /// Where the key stands.
    pub key: Span,
    /// The value.
    pub value: NodeRef<'a>,
}

/// The items of a list.
#[derive(Clone)]
pub struct Items<'a> {
    list: NodeRef<'a>,
    ids: std::slice::Iter<'a, u32>,
}

impl<'a> Iterator for Items<'a> {
    type Item = NodeRef<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.ids.next().map(|id| self.list.with(*id))
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.ids.size_hint()
    }
}

impl ExactSizeIterator for Items<'_> {}

/// The entries of a map.
#[derive(Clone)]
pub struct Entries<'a> {
    map: NodeRef<'a>,
    pairs: std::slice::ChunksExact<'a, u32>,
}

impl<'a> Iterator for Entries<'a> {
    type Item = Entry<'a>;

    fn next(&mut self) -> Option<Self::Item> {
        self.pairs.next().map(|pair| {
            let key = self.map.with(pair[0]);
            Entry { name: key.scalar().unwrap_or(""), key: key.span(), value: self.map.with(pair[1]) }
        })
    }

    fn size_hint(&self) -> (usize, Option<usize>) {
        self.pairs.size_hint()
    }
}

impl ExactSizeIterator for Entries<'_> {}

impl Yaml {
    /// The text of a scalar; `None` for lists and maps.
    pub(super) fn scalar<'t>(&'t self, node: Node, text: &'t str) -> Option<&'t str> {
        if matches!(node.ty(), Type::List | Type::Map) {
            return None;
        }
        match node.form() {
            Form::Plain => text.get(node.span.range()),
            Form::Quoted => text.get(node.span.start as usize + 1..(node.span.end as usize).saturating_sub(1)),
            Form::Decoded => self.decoded.get(self.values.get(node.number())?.range()),
        }
    }

    /// The top node, or `None` for an empty document. `text` is the whole file that was parsed.
    pub fn root<'a>(&'a self, text: &'a str) -> Option<NodeRef<'a>> {
        self.root.map(|id| NodeRef { yaml: self, text, id })
    }

    /// Becomes a document that is nothing but this text.
    pub fn set_word(&mut self, word: &str) -> NodeRef<'_> {
        self.decoded.clear();
        self.decoded.push_str(word);
        self.nodes.clear();
        self.nodes.push(Node::new(Type::String, Form::Decoded, Span::default(), 0));
        self.values.clear();
        self.values.push(Span::new(0, word.len()));
        NodeRef { yaml: self, text: "", id: 0 }
    }
}

impl<'a> NodeRef<'a> {
    fn node(self) -> Node {
        self.yaml.nodes[self.id as usize]
    }

    /// What tells this node from every other: the address of its document, and its number there.
    pub fn address(self) -> (usize, u32) {
        (std::ptr::from_ref(self.yaml).addr(), self.id)
    }

    fn with(self, id: u32) -> Self {
        Self { id, ..self }
    }

    /// What the node is.
    pub fn ty(self) -> Type {
        self.node().ty()
    }

    /// Where it stands; a quoted scalar's span has its quotes.
    pub fn span(self) -> Span {
        self.node().span
    }

    /// The text of the file at a span.
    pub fn source(self, span: Span) -> &'a str {
        span.of(self.text)
    }

    /// The text of a scalar as read, whatever its type; `None` for lists and maps.
    pub fn scalar(self) -> Option<&'a str> {
        self.yaml.scalar(self.node(), self.text)
    }

    /// Whether it is a scalar of this text.
    fn is(self, text: &str) -> bool {
        let node = self.node();
        // Most are told apart by their length.
        (node.form() != Form::Plain || node.span.range().len() == text.len()) && self.yaml.scalar(node, self.text) == Some(text)
    }

    /// The text of a string.
    pub fn str(self) -> Option<&'a str> {
        (self.ty() == Type::String).then(|| self.scalar()).flatten()
    }

    /// A whole number.
    pub fn int(self) -> Option<i64> {
        (self.ty() == Type::Number).then(|| self.scalar()?.parse().ok()).flatten()
    }

    /// A boolean.
    pub fn bool(self) -> Option<bool> {
        (self.ty() == Type::Bool).then(|| self.scalar().map(|s| s == "true")).flatten()
    }

    /// What a collection of this type holds; nothing for anything else.
    fn children(self, ty: Type) -> &'a [u32] {
        let node = self.node();
        let held = if node.ty() == ty { self.yaml.children.get(node.number()..) } else { None };
        let held = held.and_then(<[u32]>::split_first).and_then(|(count, rest)| rest.get(..*count as usize));
        held.unwrap_or_default()
    }

    /// The items of a list; empty for anything else.
    pub fn items(self) -> Items<'a> {
        Items { list: self, ids: self.children(Type::List).iter() }
    }

    /// The entries of a map in their order; empty for anything else. A key given twice appears once (the first).
    pub fn entries(self) -> Entries<'a> {
        Entries { map: self, pairs: self.children(Type::Map).chunks_exact(2) }
    }

    /// The entry of a map with this key.
    pub fn entry(self, name: &str) -> Option<Entry<'a>> {
        let mut pairs = self.children(Type::Map).chunks_exact(2);
        let pair = pairs.find(|pair| self.with(pair[0]).is(name))?;
        let key = self.with(pair[0]);
        Some(Entry { name: key.scalar().unwrap_or(""), key: key.span(), value: self.with(pair[1]) })
    }

    /// The value of a map at this key.
    pub fn get(self, name: &str) -> Option<NodeRef<'a>> {
        self.entry(name).map(|e| e.value)
    }

    /// The node at a path of keys and list positions.
    pub fn at<'p>(self, path: impl IntoIterator<Item = &'p str>) -> Option<NodeRef<'a>> {
        path.into_iter().try_fold(self, |node, step| match node.ty() {
            Type::Map => node.get(step),
            Type::List => node.items().nth(step.parse().ok()?),
            _ => None,
        })
    }

    /// The same data as JSON, for schemas and fingerprints. Order of keys is kept.
    pub fn to_json(self) -> Value {
        match self.ty() {
            Type::Null => Value::Null,
            Type::Bool => Value::Bool(self.bool().unwrap_or(false)),
            Type::Number => self.number().map_or(Value::Null, Value::Number),
            Type::String => Value::String(self.scalar().unwrap_or("").to_owned()),
            Type::List => Value::Array(self.items().map(Self::to_json).collect()),
            Type::Map => {
                let mut map = Map::with_capacity(self.entries().len());
                map.extend(self.entries().map(|e| (e.name.to_owned(), e.value.to_json())));
                Value::Object(map)
            }
        }
    }

    /// A number as JSON has it.
    pub fn number(self) -> Option<Number> {
        let text = (self.ty() == Type::Number).then(|| self.scalar()).flatten()?;
        if let Ok(n) = text.parse::<i64>() {
            return Some(n.into());
        }
        if let Ok(n) = text.parse::<u64>() {
            return Some(n.into());
        }
        // Digits without end are more than JSON can hold: the largest number stands for them.
        text.parse().ok().and_then(|n: f64| Number::from_f64(n.clamp(f64::MIN, f64::MAX)))
    }

    /// Where a part of a scalar's value (a byte range of [`NodeRef::scalar`]) stands in the file. Exact for
    /// scalars that stand in the source as they are; through folds and escapes the two are walked side by side.
    pub fn span_within(self, part: std::ops::Range<usize>) -> Span {
        let node = self.node();
        if node.form() != Form::Decoded {
            let start = node.span.start as usize + usize::from(node.form() == Form::Quoted);
            return Span::new(start + part.start, start + part.end);
        }
        let (Some(value), source) = (self.scalar(), node.span.of(self.text)) else { return node.span };
        let map = align(value, source);
        let find = |at: usize| map.iter().rev().find(|(v, _)| *v <= at).map_or(0, |(v, s)| s + (at - v));
        let (start, end) = (find(part.start), find(part.end.saturating_sub(1)) + 1);
        let mut end = end.min(source.len());
        while !source.is_char_boundary(end) {
            end += 1;
        }
        Span::new(start.min(end), end).shift(node.span.start as usize)
    }
}

/// Pairs of (offset in value, offset in source) for every character that both have, in order.
fn align(value: &str, source: &str) -> Vec<(usize, usize)> {
    let mut pairs = Vec::new();
    let start = match source.as_bytes().first() {
        Some(b'"' | b'\'') => 1,
        Some(b'>' | b'|') => source.find('\n').map_or(0, |n| n + 1),
        _ => 0,
    };
    let mut rest = source.char_indices().skip_while(|(i, _)| *i < start).peekable();
    for (at, wanted) in value.char_indices() {
        if wanted.is_whitespace() {
            if let Some((s, _)) = rest.next_if(|(_, c)| c.is_whitespace()) {
                pairs.push((at, s));
            }
            continue;
        }
        // Skip what only the source has (indentation, line breaks, backslashes) up to the wanted character.
        let ahead = rest.clone().take_while(|(_, c)| c.is_whitespace() || *c == '\\').count();
        let mut probe = rest.clone();
        if ahead > 0 {
            probe.nth(ahead - 1);
        }
        if let Some((s, c)) = probe.next()
            && c == wanted
        {
            pairs.push((at, s));
            rest = probe;
        }
    }
    pairs
}
