//! What people read, wherever it stands: YAML fields and Markdown bodies alike, each byte with its place.

use std::borrow::Cow;
use std::ops::Range;

use super::context::FileContext;
use crate::markdown::{self, Part, Prose};
use crate::model::{Identity, Kind, Singleton};
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

/// A piece of text that people read.
#[derive(Debug)]
pub struct Piece<'a> {
    /// Its words, without markup.
    pub text: Cow<'a, str>,
    /// What it is.
    pub role: Role,
    places: Places<'a>,
}

#[derive(Debug)]
enum Places<'a> {
    Node(NodeRef<'a>),
    /// Markdown; `within` is the YAML text that it stands in, from whose start its places then count.
    Prose {
        within: Option<NodeRef<'a>>,
        span: Span,
        places: Vec<(u32, u32)>,
    },
}

/// What a piece of text is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Role {
    /// A title.
    Title,
    /// A value of a YAML field, by the field's name.
    Field(&'static str),
    /// A part of a Markdown body.
    Body(Part),
}

impl Piece<'_> {
    /// Whether a piece is text to be read on end, not a title, name or label.
    pub fn is_running(&self) -> bool {
        const FIELDS: [&str; 20] = [
            "summary",
            "note",
            "cost",
            "usual_wait",
            "who",
            "confidentiality",
            "accessibility",
            "ask",
            "help",
            "text",
            "says",
            "cause",
            "effect",
            "harm",
            "existing_controls",
            "effective",
            "purpose",
            "users",
            "exclusions",
            "reason",
        ];
        match self.role {
            Role::Body(part) => part != Part::Heading,
            Role::Field(field) => FIELDS.contains(&field),
            Role::Title => false,
        }
    }

    /// Where a part of the text stands in the file.
    pub fn span(&self, part: Range<usize>) -> Span {
        match &self.places {
            Places::Node(node) => node.span_within(part),
            Places::Prose { within, span, places } => {
                let prose = Prose { part: Part::Paragraph, text: String::new(), places: places.clone(), span: *span };
                let place = prose.span_within(part);
                within.map_or(place, |node| node.span_within(place.range()))
            }
        }
    }

    /// Where the whole piece stands.
    pub fn whole(&self) -> Span {
        match &self.places {
            Places::Node(node) => node.span(),
            Places::Prose { within, span, .. } => within.map_or(*span, |node| node.span_within(span.range())),
        }
    }
}

/// The name of a YAML field that people read, whatever the kind. Fields of a source, a licence or a rule are not among them.
fn read_field(name: &str) -> Option<&'static str> {
    // A `match`, not a list to search: every key of every file is looked up.
    Some(match name {
        "title" => "title",
        "summary" => "summary",
        "label" => "label",
        "note" => "note",
        "cost" => "cost",
        "usual_wait" => "usual_wait",
        "who" => "who",
        "confidentiality" => "confidentiality",
        "accessibility" => "accessibility",
        "provider" => "provider",
        "ask" => "ask",
        "help" => "help",
        "say" => "say",
        "unit" => "unit",
        "headlines" => "headlines",
        "descriptions" => "descriptions",
        "text" => "text",
        "heading" => "heading",
        "says" => "says",
        "within" => "within",
        "name" => "name",
        "organisation" => "organisation",
        "cause" => "cause",
        "effect" => "effect",
        "harm" => "harm",
        "existing_controls" => "existing_controls",
        "effective" => "effective",
        "purpose" => "purpose",
        "users" => "users",
        "exclusions" => "exclusions",
        "reason" => "reason",
        "obliges" => "obliges",
        "means" => "means",
        _ => return None,
    })
}

pub(super) fn pieces<'a>(file: &FileContext<'_, 'a>) -> Vec<Piece<'a>> {
    let mut found = Vec::new();
    let is_read = match file.identity {
        // The questions, answers and bands of an instrument are fixed text: nobody may reword them.
        Identity::Item { kind: Kind::Instrument, .. } => {
            for name in ["title", "summary"] {
                if let Some(node) = file.file.data().and_then(|d| d.get(name)) {
                    fields(node, Some(name), &mut found);
                }
            }
            false
        }
        Identity::Item { kind, .. } => kind != Kind::Evidence,
        Identity::Singleton(singleton) => singleton != Singleton::Wording && singleton != Singleton::Safety,
        _ => false,
    };
    if let (true, Some(data)) = (is_read, file.file.data()) {
        fields(data, None, &mut found);
    }
    if let Some(body) = file.body() {
        found.extend(body.prose.iter().map(|p| Piece {
            text: Cow::Owned(p.text.clone()),
            role: Role::Body(p.part),
            places: Places::Prose { within: None, span: p.span, places: p.places.clone() },
        }));
    }
    found
}

/// What an information screen of a journey says is Markdown.
fn say<'a>(node: NodeRef<'a>, text: &'a str, found: &mut Vec<Piece<'a>>) {
    let body = markdown::read(text, Span::new(0, text.len()));
    found.extend(body.prose.into_iter().map(|p| Piece {
        text: Cow::Owned(p.text),
        role: Role::Body(p.part),
        places: Places::Prose { within: Some(node), span: p.span, places: p.places },
    }));
}

fn fields<'a>(node: NodeRef<'a>, field: Option<&'static str>, found: &mut Vec<Piece<'a>>) {
    match node.ty() {
        Type::Map => {
            // What an `allow` or a vignette says is for colleagues, not for readers.
            for entry in node.entries().filter(|e| !matches!(e.name, "allow" | "vignettes" | "brand" | "licence")) {
                fields(entry.value, read_field(entry.name), found);
            }
        }
        Type::List => node.items().for_each(|item| fields(item, field, found)),
        Type::String => {
            if let (Some("say"), Some(text)) = (field, node.str()) {
                say(node, text, found);
            } else if let (Some(field), Some(text)) = (field, node.str()) {
                let role = if field == "title" { Role::Title } else { Role::Field(field) };
                found.push(Piece { text: Cow::Borrowed(text), role, places: Places::Node(node) });
            }
        }
        _ => {}
    }
}
