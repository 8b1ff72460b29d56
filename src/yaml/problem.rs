//! What is refused in YAML, with its place.

use crate::source::Span;

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
    /// Not YAML.
    Syntax(Trouble),
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
    /// A colon with no key before it.
    NoKey,
    /// `&name`.
    Anchor,
    /// `*name`.
    Alias,
    /// `<<:`.
    MergeKey,
    /// `!tag`.
    Tag,
    /// A second document.
    SecondDocument,
    /// A `%` directive.
    Directive,
    /// Tabs that indent.
    Tab,
    /// Nested deeper than is read.
    TooDeep,
    /// A character that cannot be seen stops the parser.
    HiddenCharacter,
    /// A number that would not be kept as it is written, such as `1.10`; how it would read.
    InexactNumber(String),
}

/// What keeps a text from being YAML, in words for somebody who writes content.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trouble {
    /// What is wrong, without a full stop.
    pub says: String,
    /// What to do.
    pub help: String,
    /// What puts it right, where there is one answer: a part of the file, and what it becomes.
    pub fix: Option<(Span, String)>,
}

impl Trouble {
    pub(super) fn new(says: impl Into<String>, help: impl Into<String>) -> Self {
        Self { says: says.into(), help: help.into(), fix: None }
    }

    pub(super) fn fix(mut self, span: Span, text: impl Into<String>) -> Self {
        self.fix = Some((span, text.into()));
        self
    }
}
