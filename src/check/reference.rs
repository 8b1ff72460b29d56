//! Every place of a file that names an item: fields that the schema marks, and links in Markdown.

use super::context::FileContext;
use crate::markdown::Link;
use crate::model::{Content, Item, Kind, is_name};
use crate::schema::{Mark, Marked};
use crate::source::Span;
use crate::yaml::NodeRef;

/// A place that names an item.
#[derive(Debug, Clone, Copy)]
pub struct Reference<'f> {
    /// What is written there: an id, perhaps with `#` and a part of the item.
    pub text: &'f str,
    place: Place<'f>,
    target: Option<(Kind, &'f str)>,
    item: Option<usize>,
}

#[derive(Debug, Clone, Copy)]
enum Place<'f> {
    Field(NodeRef<'f>, &'f [String]),
    Link(&'f Link),
}

impl<'f> Reference<'f> {
    fn new(content: &Content<'_>, text: &'f str, place: Place<'f>) -> Self {
        let id = text.split('#').next().unwrap_or(text);
        let fits = |kind: Kind| match place {
            Place::Field(_, kinds) => kinds.iter().any(|k| k == "any" || k == kind.word()),
            Place::Link(_) => true,
        };
        let target = Kind::split(id).filter(|(kind, name)| fits(*kind) && is_name(name));
        let item = target.and_then(|(kind, name)| content.position(kind, name));
        Self { text, place, target, item }
    }

    /// The id, without what follows a `#`.
    pub fn id(&self) -> &'f str {
        self.text.split('#').next().unwrap_or(self.text)
    }

    /// What follows the `#`.
    pub fn anchor(&self) -> Option<&'f str> {
        self.text.split_once('#').map(|(_, anchor)| anchor)
    }

    /// Where all of it stands.
    pub fn span(&self) -> Span {
        self.part(0..self.text.len())
    }

    /// Where the id stands.
    pub fn id_span(&self) -> Span {
        self.part(0..self.id().len())
    }

    /// Where the part after the `#` stands.
    pub fn anchor_span(&self) -> Span {
        self.part(self.text.len() - self.anchor().map_or(0, str::len)..self.text.len())
    }

    fn part(&self, part: std::ops::Range<usize>) -> Span {
        match self.place {
            Place::Field(node, _) => node.span_within(part),
            Place::Link(link) => {
                let start = link.to_span.start as usize;
                Span::new(start + part.start, start + part.end)
            }
        }
    }

    /// The link, where it is one.
    pub fn link(&self) -> Option<&'f Link> {
        match self.place {
            Place::Link(link) => Some(link),
            Place::Field(..) => None,
        }
    }

    /// What can stand in the field; nothing for links.
    pub fn kinds(&self) -> &'f [String] {
        match self.place {
            Place::Field(_, kinds) => kinds,
            Place::Link(_) => &[],
        }
    }

    /// Kind and name, where the id is well formed and of a kind that can stand here.
    pub fn target(&self) -> Option<(Kind, &'f str)> {
        self.target
    }

    /// The item of that kind and name, by its place in `content.items`.
    pub(super) fn position(&self) -> Option<usize> {
        self.item
    }

    /// The item of that kind and name.
    pub fn item<'c, 'a>(&self, content: &'c Content<'a>) -> Option<&'c Item<'a>> {
        self.item.and_then(|at| content.items.get(at))
    }
}

impl FileContext<'_, '_> {
    /// Every place of the file that names an item, or ought to.
    pub fn references(&self) -> impl Iterator<Item = Reference<'_>> {
        let content = &self.site.content;
        let links = self.links().iter().filter(|l| !l.is_image);
        self.fields().iter().copied().chain(links.map(|link| Reference::new(content, &link.to, Place::Link(link))))
    }
}

/// The places among the values that the schema marks.
pub(super) fn in_fields<'c>(content: &Content<'_>, marked: &[Marked<'c, 'c>]) -> Vec<Reference<'c>> {
    let fields = marked.iter().filter_map(|marked| match marked.mark {
        Mark::Reference(kinds) if kinds.iter().any(|k| k == "any" || Kind::from_word(k).is_some()) => {
            Some(Reference::new(content, marked.node.str()?, Place::Field(marked.node, kinds)))
        }
        _ => None,
    });
    fields.collect()
}
