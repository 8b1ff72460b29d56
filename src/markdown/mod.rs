//! Markdown bodies: what stands where, and what is allowed.
//!
//! The parser's events become a [`Body`]: headings, links, cards, lists and the prose that people read, each with its
//! place in the file. Knows nothing of items or findings; turning a body into HTML is the site's work.

mod read;
mod slug;

use crate::source::Span;

pub use read::{options, read};
pub use slug::slug;

/// What a Markdown body holds.
#[derive(Debug, Default)]
pub struct Body {
    /// Headings in order.
    pub headings: Vec<Heading>,
    /// Links and pictures in order.
    pub links: Vec<Link>,
    /// Block quotes that open with a marker.
    pub cards: Vec<Card>,
    /// Lists in order of their end.
    pub lists: Vec<List>,
    /// What people read, piece by piece.
    pub prose: Vec<Prose>,
    /// What is refused.
    pub refusals: Vec<(Refusal, Span)>,
}

/// A heading.
#[derive(Debug)]
pub struct Heading {
    /// 1 to 6.
    pub level: u8,
    /// Its words.
    pub text: String,
    /// The id given with `{#id}`.
    pub id: Option<String>,
    /// The whole line.
    pub span: Span,
}

impl Heading {
    /// What a link to it says after `#`: the id given, or else one made of its words.
    pub fn anchor(&self) -> String {
        if let Some(id) = &self.id {
            return id.clone();
        }
        let words = self.text.split(|c: char| !c.is_alphanumeric() && c != '\'' && c != '’').filter(|w| !w.is_empty());
        let anchor = words.map(|w| w.to_lowercase().replace(['\'', '’'], "")).collect::<Vec<_>>().join("-");
        anchor.trim_matches('-').to_owned()
    }
}

/// A link or picture.
#[derive(Debug)]
pub struct Link {
    /// Where it leads, as written.
    pub to: String,
    /// Where the destination stands.
    pub to_span: Span,
    /// Its words (for a picture: the alternative text).
    pub text: String,
    /// The whole link.
    pub span: Span,
    /// A paragraph that is nothing but this link: it embeds what it leads to.
    pub is_standalone: bool,
    /// A picture.
    pub is_image: bool,
    /// The marker of the card around it.
    pub in_card: Option<Marker>,
}

/// The markers of care cards and callouts (CONTENT.md, section 2).
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Marker {
    /// `[!EMERGENCY]`: call 999 or go to A&E now.
    Emergency,
    /// `[!URGENT]`: help today.
    Urgent,
    /// `[!NON-URGENT]`: see a GP.
    NonUrgent,
    /// `[!CALLOUT]`: a warning that asks for no medical help.
    Callout,
    /// `[!INSET]`: an aside.
    Inset,
}

impl Marker {
    /// All of them, with their words.
    pub const ALL: [(&'static str, Self); 5] = [
        ("EMERGENCY", Self::Emergency),
        ("URGENT", Self::Urgent),
        ("NON-URGENT", Self::NonUrgent),
        ("CALLOUT", Self::Callout),
        ("INSET", Self::Inset),
    ];

    /// Whether it is a care card: tells people to get medical help.
    pub fn is_care_card(self) -> bool {
        matches!(self, Self::Emergency | Self::Urgent | Self::NonUrgent)
    }

    /// The word between `[!` and `]`.
    pub fn word(self) -> &'static str {
        Self::ALL.iter().find(|(_, m)| *m == self).map_or("", |(w, _)| w)
    }
}

/// A block quote that opens with a marker.
#[derive(Debug)]
pub struct Card {
    /// Which.
    pub marker: Marker,
    /// The text on the marker's line.
    pub heading: String,
    /// `[!MARKER]`.
    pub marker_span: Span,
    /// The whole quote.
    pub span: Span,
    /// It has a list inside.
    pub has_list: bool,
}

/// A list.
#[derive(Debug)]
pub struct List {
    /// Number of items.
    pub items: usize,
    /// The whole list.
    pub span: Span,
}

/// What a piece of prose is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Part {
    /// A paragraph.
    Paragraph,
    /// An item of a list.
    ListItem,
    /// A heading, also that of a card.
    Heading,
    /// A cell of a table.
    Cell,
}

/// A piece of what people read: words without markup, each byte of which has a place in the file.
#[derive(Debug)]
pub struct Prose {
    /// What it is.
    pub part: Part,
    /// Its words.
    pub text: String,
    /// (offset in `text`, offset in the file), ascending; between two entries both run in step.
    pub places: Vec<(u32, u32)>,
    /// The whole block.
    pub span: Span,
}

impl Prose {
    /// Where a part of `text` stands in the file.
    pub fn span_within(&self, part: std::ops::Range<usize>) -> Span {
        let at = |offset: usize| {
            let offset = Span::new(offset, offset).start;
            let index = self.places.partition_point(|(t, _)| *t <= offset);
            index.checked_sub(1).map_or(self.span.start, |i| self.places[i].1 + (offset - self.places[i].0))
        };
        Span { start: at(part.start), end: at(part.end.saturating_sub(1)) + 1 }
    }
}

/// What a body may not hold.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Raw HTML or an HTML comment.
    RawHtml,
    /// `[!WORD]` that is none of ours.
    UnknownMarker(String),
    /// A marker that is not the first thing in a block quote.
    StrayMarker,
    /// A heading attribute other than an id.
    HeadingAttribute,
    /// A link definition whose label was defined before.
    SecondDefinition {
        /// The label.
        label: String,
        /// Where it was defined first.
        first: Span,
    },
    /// Characters that cannot be seen, written as `&…;`.
    HiddenEntity(String),
}
