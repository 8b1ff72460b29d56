//! One page's bodies, written event by event. What may nest without end (quotes, lists) is only counted, never recursed into.

use std::collections::{BTreeSet, HashMap, HashSet};

use pulldown_cmark::{Event, Parser, Tag, TagEnd};

use super::inline::{Destination, destination};
use super::state::{Flow, Open, State};
use crate::markdown::{self, Marker};
use crate::model::{Item, Kind};
use crate::site::context::{Block, Link};
use crate::site::marks;
use crate::site::plan::Plan;
use crate::site::shared::{Shared, Skin};
use crate::site::templates::{push_escaped, push_text};

/// Partials within partials, and cards within cards, deeper than anybody writes.
const DEPTH: usize = 8;

/// Ids that templates give to parts of pages.
const TAKEN: [&str; 4] = ["main", "urgent", "first", "silent"];

/// A part of a body under a heading of level two.
#[derive(Debug)]
pub(in crate::site) struct Section {
    pub id: String,
    pub heading: String,
    pub blocks: Vec<Block>,
}

/// Writes the bodies of one page.
pub(in crate::site) struct Writer<'p, 'c, 'a> {
    shared: &'p Shared<'c, 'a>,
    skin: &'p Skin<'a>,
    page: &'p str,
    root: &'p str,
    ids: HashSet<String>,
    /// Items whose text or card the page holds.
    pub embedded: BTreeSet<String>,
    /// Items that have a link card or a start button on the page.
    pub linked: BTreeSet<String>,
    /// Of the last heading.
    level: u8,
    /// The items whose text is being written, outermost first.
    within: Vec<(Kind, &'a str)>,
    notes: Vec<Note>,
    note_texts: HashMap<String, String>,
}

/// A footnote that the text refers to.
struct Note {
    key: String,
    id: String,
    back: String,
}

impl<'p, 'c, 'a> Writer<'p, 'c, 'a> {
    /// A writer for the page at a path, whose way back to the root is `root`.
    pub fn new(shared: &'p Shared<'c, 'a>, skin: &'p Skin<'a>, page: &'p str, root: &'p str) -> Self {
        Self {
            shared,
            skin,
            page,
            root,
            ids: TAKEN.into_iter().map(str::to_owned).collect(),
            embedded: BTreeSet::new(),
            linked: BTreeSet::new(),
            level: 1,
            within: Vec::new(),
            notes: Vec::new(),
            note_texts: HashMap::new(),
        }
    }

    /// The body of an item.
    pub fn body(&mut self, item: &Item<'a>) -> Vec<Block> {
        let (mut blocks, _) = self.document(item, false);
        blocks.extend(self.write_notes());
        blocks
    }

    /// The body of an item, cut at its headings of level two: what stands before the first, and the sections.
    pub fn sections(&mut self, item: &Item<'a>) -> (Vec<Block>, Vec<Section>) {
        let (mut intro, mut sections) = self.document(item, true);
        let last = sections.last_mut().map_or(&mut intro, |s| &mut s.blocks);
        last.extend(self.write_notes());
        (intro, sections)
    }

    /// A text that is no item's body.
    pub fn text(&mut self, text: &str) -> Vec<Block> {
        let (mut blocks, _) = self.write(text, false);
        blocks.extend(self.write_notes());
        blocks
    }

    fn document(&mut self, item: &Item<'a>, is_cut: bool) -> (Vec<Block>, Vec<Section>) {
        let Some((text, _)) = item.file.body() else { return Default::default() };
        self.shared.readers.note(&item.file.path, self.page);
        self.within.push((item.kind, item.name));
        let written = self.write(text, is_cut);
        self.within.pop();
        written
    }

    fn write(&mut self, text: &str, is_cut: bool) -> (Vec<Block>, Vec<Section>) {
        // About as many as a text of plain paragraphs has: the parser cannot say how many there will be.
        let mut events: Vec<Event<'_>> = Vec::with_capacity(text.len() / 24 + 8);
        events.extend(Parser::new_ext(text, markdown::options()));
        let mut state = State::new(is_cut);
        for event in &events {
            if let Event::Start(Tag::Heading { id: Some(id), .. }) = event
                && self.ids.insert(id.to_string())
            {
                state.given.insert(id.to_string());
            }
        }
        let mut at = 0;
        while at < events.len() {
            at += self.event(&events[at..], &mut state).max(1);
        }
        state.end()
    }

    /// Writes one event, or several that belong together; says how many.
    fn event(&mut self, events: &[Event<'_>], state: &mut State) -> usize {
        match &events[0] {
            Event::Start(tag) => return self.start(tag, events, state),
            Event::End(tag) => self.end(*tag, state),
            Event::Text(text) if state.in_code || state.in_heading || !state.links.is_empty() => push_text(text, &mut state.flow.html),
            Event::Text(text) => self.shared.numbers.push(text, &mut state.flow.html),
            Event::Code(text) => {
                state.flow.html.push_str("<code>");
                push_text(text, &mut state.flow.html);
                state.flow.html.push_str("</code>");
            }
            Event::SoftBreak => state.flow.html.push('\n'),
            Event::HardBreak => state.flow.html.push_str("<br>\n"),
            Event::Rule => state.flow.html.push_str("<hr>\n"),
            Event::FootnoteReference(label) => self.refer(label, state),
            // Raw HTML never passes; what is left is not in our dialect.
            _ => {}
        }
        1
    }

    fn start(&mut self, tag: &Tag<'_>, events: &[Event<'_>], state: &mut State) -> usize {
        match tag {
            Tag::Paragraph => {
                if state.may_embed()
                    && let Some((to, count)) = standalone(events)
                    && self.embed(to, state)
                {
                    return count;
                }
                state.flow.html.push_str("<p>");
            }
            Tag::Heading { level, id, .. } => return self.heading(*level as u8, id.as_deref(), events, state),
            Tag::BlockQuote(_) => {
                if state.may_embed()
                    && state.cards.len() < DEPTH
                    && let Some(opening) = opening(&events[1..])
                {
                    return self.open_card(opening, state);
                }
                state.open_quote();
            }
            Tag::Link { dest_url, .. } => {
                let to = destination(&self.shared.facts, self.skin.language, self.root, dest_url);
                state.links.push(matches!(to, Destination::To(_)));
                if let Destination::To(href) = to {
                    state.flow.html.push_str("<a href=\"");
                    push_escaped(&href, &mut state.flow.html);
                    state.flow.html.push_str("\">");
                }
            }
            Tag::Image { dest_url, .. } => {
                let (words, count) = words_until(events, TagEnd::Image);
                self.picture(dest_url, &words, state);
                return count;
            }
            Tag::FootnoteDefinition(label) => state.open_note(self.note_key(label)),
            other => state.open_tag(other),
        }
        1
    }

    fn end(&mut self, tag: TagEnd, state: &mut State) {
        match tag {
            TagEnd::BlockQuote(_) => {
                if let Some(level) = state.close_quote() {
                    self.level = level;
                }
            }
            TagEnd::FootnoteDefinition => {
                if let Some((key, html)) = state.close_note() {
                    self.note_texts.insert(key, html);
                }
            }
            other => state.close_tag(other),
        }
    }

    fn heading(&mut self, level: u8, id: Option<&str>, events: &[Event<'_>], state: &mut State) -> usize {
        let (words, count) = words_until(events, TagEnd::Heading(pulldown_cmark::HeadingLevel::H1));
        // The title is the only heading of level one.
        let level = level.clamp(2, 6);
        let id = match id {
            Some(id) if state.given.remove(id) => id.to_owned(),
            Some(id) => self.unique(id),
            None => self.unique(&markdown::slug(&words)),
        };
        self.level = level;
        if state.is_cut && level == 2 && state.may_embed() && state.cards.is_empty() {
            state.begin(Section { id, heading: words, blocks: Vec::new() });
            return count;
        }
        state.in_heading = true;
        state.heading_level = level;
        let html = &mut state.flow.html;
        html.push_str(["", "", "<h2 id=\"", "<h3 id=\"", "<h4 id=\"", "<h5 id=\"", "<h6 id=\""][level as usize]);
        push_escaped(&id, html);
        html.push_str("\">");
        1
    }

    fn unique(&mut self, id: &str) -> String {
        let mut unique = id.to_owned();
        let mut number = 2;
        while !self.ids.insert(unique.clone()) {
            unique = format!("{id}-{number}");
            number += 1;
        }
        unique
    }

    /// The level of a heading that comes next and belongs to what was said last.
    fn next_level(&self) -> u8 {
        (self.level + 1).min(6)
    }

    fn open_card(&mut self, opening: Opening, state: &mut State) -> usize {
        let level = self.next_level();
        state.open_card(Open { marker: opening.marker, heading: opening.heading, level, level_before: self.level, outer: Flow::default() });
        self.level = level;
        if opening.goes_on {
            state.flow.html.push_str("<p>");
        }
        1 + opening.count
    }

    /// Puts an item where its standalone link stands; `false` where that is not possible.
    fn embed(&mut self, to: &str, state: &mut State) -> bool {
        let Some((kind, _)) = Kind::split(to) else { return false };
        let plan = &self.shared.facts.plan;
        let Some(item) = plan.find(to, self.skin.language).or_else(|| plan.find_page(to, self.skin.language)) else { return false };
        match kind {
            Kind::Partial => {
                // A circle ends where it began; the checks say so.
                if self.within.len() < DEPTH && !self.within.contains(&(item.kind, item.name)) {
                    self.embedded.insert(item.id());
                    let (blocks, _) = self.document(item, false);
                    let is_foreign = item.language != self.skin.language;
                    let own = self.shared.facts.site.language.value;
                    state.flow.extend(if is_foreign { blocks.into_iter().map(|b| b.spoken_in(own)).collect() } else { blocks });
                }
            }
            Kind::Resource if plan.is_visible(item) || plan.is_gap(item) => {
                let Some(resource) = self.skin.resources.get(item.name) else { return false };
                self.embedded.insert(item.id());
                state.flow.push(Block::Resource { resource: resource.clone(), level: self.next_level() });
            }
            Kind::Journey => {
                self.linked.insert(item.id());
                state.flow.push(Block::Journey { journey: link(item, self.skin.language) });
            }
            _ if plan.has_page(item) => {
                self.linked.insert(item.id());
                state.flow.push(Block::Link { link: link(item, self.skin.language) });
            }
            _ => return false,
        }
        true
    }

    fn picture(&self, to: &str, words: &str, state: &mut State) {
        let html = &mut state.flow.html;
        // A picture of somebody else's would tell them who reads this page.
        match to.strip_prefix("assets/").and_then(|name| self.shared.theme.assets.path(name)) {
            Some(path) => {
                html.push_str("<img src=\"");
                push_escaped(self.root, html);
                push_escaped(path, html);
                html.push_str("\" alt=\"");
                push_escaped(words, html);
                html.push_str("\">");
            }
            None => push_text(words, html),
        }
    }

    fn note_key(&self, label: &str) -> String {
        let within = self.within.last().map_or("", |(_, name)| name);
        format!("{within}/{label}")
    }

    fn refer(&mut self, label: &str, state: &mut State) {
        let key = self.note_key(label);
        let known = self.notes.iter().position(|n| n.key == key);
        let number = known.map_or(self.notes.len() + 1, |n| n + 1);
        if known.is_none() {
            let (id, back) = (self.unique(&format!("note-{number}")), self.unique(&format!("note-{number}-back")));
            self.notes.push(Note { key, id, back });
        }
        let note = &self.notes[number - 1];
        let back = if known.is_none() { format!(" id=\"{}\"", note.back) } else { String::new() };
        state.flow.html.push_str(&format!("<sup><a href=\"#{}\"{back}>{number}</a></sup>", note.id));
    }

    fn write_notes(&mut self) -> Option<Block> {
        if self.notes.is_empty() {
            return None;
        }
        let locale = &self.skin.locale;
        let mut html = String::from("<section class=\"notes\" aria-label=\"");
        push_escaped(locale.word("site.notes"), &mut html);
        html.push_str("\">\n<ol>\n");
        for note in std::mem::take(&mut self.notes) {
            let text = self.note_texts.get(&note.key).map_or("", |t| t.trim_end());
            html.push_str(&format!("<li id=\"{}\">{text}\n<a href=\"#{}\">", note.id, note.back));
            push_escaped(locale.word("site.note_back"), &mut html);
            html.push_str("</a></li>\n");
        }
        html.push_str("</ol>\n</section>");
        Some(Block::Html { html })
    }
}

/// The link card of an item.
pub(in crate::site) fn link(item: &Item<'_>, language: Option<&str>) -> Link {
    let summary = item.common.summary.map(|s| marks::of(item, language, s.value));
    Link { kind: item.kind.word(), title: marks::title(item, language), path: Plan::path(item), summary }
}

/// Where a paragraph leads that is nothing but a link, and how many events it has.
fn standalone<'e>(events: &'e [Event<'_>]) -> Option<(&'e str, usize)> {
    let Some(Event::Start(Tag::Link { dest_url, .. })) = events.get(1) else { return None };
    let end = events.iter().position(|e| matches!(e, Event::End(TagEnd::Link)))?;
    matches!(events.get(end + 1), Some(Event::End(TagEnd::Paragraph))).then_some((dest_url, end + 2))
}

/// How a card opens.
struct Opening {
    marker: Marker,
    heading: String,
    /// Events of the line with the marker.
    count: usize,
    /// Whether the paragraph has further lines.
    goes_on: bool,
}

/// The marker and heading that a quote's first line holds.
fn opening(events: &[Event<'_>]) -> Option<Opening> {
    let Some(Event::Start(Tag::Paragraph)) = events.first() else { return None };
    let mut line = String::new();
    let end = events.iter().position(|event| match event {
        Event::Text(text) | Event::Code(text) => {
            line.push_str(text);
            false
        }
        event => matches!(event, Event::SoftBreak | Event::HardBreak | Event::End(TagEnd::Paragraph)),
    })?;
    let (word, heading) = line.strip_prefix("[!")?.split_once(']')?;
    let (_, marker) = Marker::ALL.into_iter().find(|(w, _)| *w == word)?;
    let goes_on = !matches!(events[end], Event::End(_));
    Some(Opening { marker, heading: heading.trim().to_owned(), count: end + 1, goes_on })
}

/// The words up to the end of an element, and how many events it has. Headings end alike, whatever their level.
fn words_until(events: &[Event<'_>], until: TagEnd) -> (String, usize) {
    let mut words = String::new();
    for (at, event) in events.iter().enumerate() {
        match event {
            Event::Text(text) | Event::Code(text) => words.push_str(text),
            Event::SoftBreak | Event::HardBreak => words.push(' '),
            Event::End(end) if std::mem::discriminant(end) == std::mem::discriminant(&until) => return (words.trim().to_owned(), at + 1),
            _ => {}
        }
    }
    (words.trim().to_owned(), events.len())
}
