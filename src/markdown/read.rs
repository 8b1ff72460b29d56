//! Events of the Markdown parser into a [`Body`].

use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::ops::Range;

use pulldown_cmark::{Event, Options, Parser, Tag, TagEnd};

use super::{Body, Card, Heading, Link, List, Marker, Part, Prose, Refusal};
use crate::source::{Span, is_hidden};

/// The dialect: CommonMark with tables, heading ids and footnotes.
pub fn options() -> Options {
    Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES | Options::ENABLE_HEADING_ATTRIBUTES
}

/// Reads `text[range]`; spans count from the start of `text`.
pub fn read(text: &str, range: Span) -> Body {
    let source = range.of(text);
    let mut reader = Reader { source, base: range.start as usize, ..Reader::default() };
    for (event, at) in Parser::new_ext(source, options()).into_offset_iter() {
        reader.event(event, at);
    }
    reader.definitions();
    reader.body
}

#[derive(Default)]
struct Reader<'a> {
    source: &'a str,
    base: usize,
    body: Body,
    prose: Option<Prose>,
    links: Vec<(usize, usize)>,
    /// Open lists, as places in `body.lists`.
    lists: Vec<usize>,
    quotes: Vec<Option<usize>>,
    in_item: usize,
    in_code: bool,
    /// Bytes of a card's marker, which are no prose.
    marker_end: usize,
}

impl Reader<'_> {
    fn span(&self, at: &Range<usize>) -> Span {
        Span::new(at.start, at.end).shift(self.base)
    }

    fn event(&mut self, event: Event<'_>, at: Range<usize>) {
        match event {
            Event::Start(tag) => self.start(tag, at),
            Event::End(tag) => self.end(tag),
            Event::Text(words) if !self.in_code => {
                self.entity(&words, &at);
                self.words(&words, at.start);
            }
            Event::Code(words) => self.words(&words, at.start + at.len().saturating_sub(words.len()) / 2),
            Event::SoftBreak | Event::HardBreak => self.words(" ", at.start),
            Event::Html(_) | Event::InlineHtml(_) => {
                let span = self.trimmed(&at);
                // A block of HTML arrives line by line: one refusal for the block.
                match self.body.refusals.last_mut() {
                    Some((Refusal::RawHtml, last)) if span.start <= last.end + 2 => last.end = span.end.max(last.end),
                    _ => self.body.refusals.push((Refusal::RawHtml, span)),
                }
            }
            _ => {}
        }
    }

    fn trimmed(&self, at: &Range<usize>) -> Span {
        let text = self.source.get(at.clone()).unwrap_or("");
        self.span(&(at.start..at.start + text.trim_end().len()))
    }

    /// What the parser made of `&…;`: characters that the source does not have as they are.
    fn entity(&mut self, words: &str, at: &Range<usize>) {
        if words.bytes().all(|byte| matches!(byte, b' '..=b'~')) {
            return;
        }
        let source = self.source.get(at.clone()).unwrap_or("");
        let hidden: String = words.chars().filter(|c| is_hidden(*c) && !source.contains(*c)).collect();
        if !hidden.is_empty() {
            let span = self.span(at);
            self.body.refusals.push((Refusal::HiddenEntity(hidden), span));
        }
    }

    /// The braces after a heading's words.
    fn braces(&self, at: &Range<usize>) -> Span {
        let text = self.source.get(at.clone()).unwrap_or("");
        match text.rfind('{').and_then(|open| Some((open, open + text[open..].find('}')? + 1))) {
            Some((open, close)) => self.span(&(at.start + open..at.start + close)),
            None => self.trimmed(at),
        }
    }

    fn start(&mut self, tag: Tag<'_>, at: Range<usize>) {
        match tag {
            Tag::Paragraph => self.open(self.part_of_paragraph(&at), &at),
            Tag::Heading { level, id, classes, attrs, .. } => {
                if !classes.is_empty() || !attrs.is_empty() {
                    let span = self.braces(&at);
                    self.body.refusals.push((Refusal::HeadingAttribute, span));
                }
                let span = self.trimmed(&at);
                self.body.headings.push(Heading { level: level as u8, text: String::new(), id: id.map(|i| i.to_string()), span });
                self.open(Part::Heading, &at);
            }
            Tag::Item => {
                self.in_item += 1;
                if let Some(list) = self.lists.last() {
                    self.body.lists[*list].items += 1;
                }
                // A tight list's item has no paragraph of its own.
                self.open(Part::ListItem, &at);
            }
            Tag::TableCell => self.open(Part::Cell, &at),
            Tag::List(_) => {
                self.close();
                self.lists.push(self.body.lists.len());
                self.body.lists.push(List { items: 0, span: self.trimmed(&at) });
                if let Some(Some(card)) = self.quotes.last() {
                    self.body.cards[*card].has_list = true;
                }
            }
            Tag::BlockQuote(_) => self.quote(&at),
            Tag::Link { dest_url, title, .. } => {
                self.entity(&dest_url, &at);
                self.entity(&title, &at);
                self.link(&dest_url, &at, false);
            }
            Tag::Image { dest_url, title, .. } => {
                self.entity(&dest_url, &at);
                self.entity(&title, &at);
                self.link(&dest_url, &at, true);
            }
            Tag::CodeBlock(_) => self.in_code = true,
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph | TagEnd::TableCell => {
                self.mark_standalone();
                self.close();
            }
            TagEnd::Heading(_) => {
                let text = self.prose.as_ref().map(|p| p.text.trim().to_owned());
                if let (Some(heading), Some(text)) = (self.body.headings.last_mut(), text) {
                    heading.text = text;
                }
                self.close();
            }
            TagEnd::Item => {
                self.in_item = self.in_item.saturating_sub(1);
                self.close();
            }
            TagEnd::List(_) => {
                self.lists.pop();
            }
            TagEnd::BlockQuote(_) => {
                self.close();
                self.quotes.pop();
            }
            TagEnd::Link | TagEnd::Image => {
                if let (Some((index, from)), Some(prose)) = (self.links.pop(), &self.prose) {
                    self.body.links[index].text = prose.text.get(from..).unwrap_or("").trim().to_owned();
                }
            }
            TagEnd::CodeBlock => self.in_code = false,
            _ => {}
        }
    }

    fn part_of_paragraph(&self, at: &Range<usize>) -> Part {
        let is_one_line = || self.source.get(at.clone()).is_some_and(|s| !s.trim_end().contains('\n'));
        if self.in_item > 0 {
            Part::ListItem
        } else if at.start < self.marker_end && is_one_line() {
            Part::Heading // the words on the line of a card's marker
        } else {
            Part::Paragraph
        }
    }

    fn open(&mut self, part: Part, at: &Range<usize>) {
        self.close();
        self.prose = Some(Prose { part, text: String::new(), places: Vec::new(), span: self.trimmed(at) });
    }

    fn close(&mut self) {
        if let Some(prose) = self.prose.take()
            && !prose.text.trim().is_empty()
        {
            self.body.prose.push(prose);
        }
    }

    fn words(&mut self, words: &str, at: usize) {
        let (mut words, mut at) = (words, at);
        if at < self.marker_end {
            // The marker itself is no prose: skip it, however the parser split it.
            let skip = (self.marker_end - at).min(words.len());
            if !words.is_char_boundary(skip) {
                return;
            }
            words = &words[skip..];
            at += skip;
        }
        if self.prose.as_ref().is_some_and(|p| p.text.is_empty()) {
            at += words.len() - words.trim_start().len();
            words = words.trim_start();
        }
        if words.is_empty() {
            return;
        }
        let file = Span::new(at, at).shift(self.base).start;
        let is_first = self.prose.as_ref().is_some_and(|p| p.text.is_empty());
        if is_first && let Some(len) = marker_at(&self.source[at..]) {
            self.body.refusals.push((Refusal::StrayMarker, self.span(&(at..at + len))));
        }
        let Some(prose) = &mut self.prose else { return };
        let offset = Span::new(prose.text.len(), prose.text.len()).start;
        prose.places.push((offset, file));
        prose.text.push_str(words);
    }

    fn quote(&mut self, at: &Range<usize>) {
        self.close();
        let source = &self.source[at.clone()];
        let line = source.lines().next().unwrap_or("");
        let inner = line.trim_start_matches(['>', ' ']);
        let inner_at = at.start + line.len() - inner.len();
        let marker = inner.strip_prefix("[!").and_then(|rest| rest.split_once(']'));
        let Some((word, heading)) = marker else {
            self.quotes.push(None);
            return;
        };
        let marker_span = self.span(&(inner_at..inner_at + word.len() + 3));
        self.marker_end = inner_at + word.len() + 3;
        let Some((_, marker)) = Marker::ALL.iter().find(|(w, _)| *w == word) else {
            self.body.refusals.push((Refusal::UnknownMarker(word.to_owned()), marker_span));
            self.quotes.push(None);
            return;
        };
        self.quotes.push(Some(self.body.cards.len()));
        let span = self.trimmed(at);
        self.body.cards.push(Card { marker: *marker, heading: heading.trim().to_owned(), marker_span, span, has_list: false });
    }

    fn link(&mut self, to: &str, at: &Range<usize>, is_image: bool) {
        let source = &self.source[at.clone()];
        let to_span = match source.rfind(to).filter(|_| !to.is_empty()) {
            Some(n) => self.span(&(at.start + n..at.start + n + to.len())),
            None => self.span(at),
        };
        let in_card = self.quotes.iter().rev().flatten().next().map(|c| self.body.cards[*c].marker);
        let link = Link { to: to.to_owned(), to_span, text: String::new(), span: self.span(at), is_standalone: false, is_image, in_card };
        self.links.push((self.body.links.len(), self.prose.as_ref().map_or(0, |p| p.text.len())));
        self.body.links.push(link);
    }

    fn mark_standalone(&mut self) {
        let (Some(prose), Some(link)) = (&self.prose, self.body.links.last_mut()) else { return };
        if prose.part == Part::Paragraph && link.span == prose.span && !link.is_image {
            link.is_standalone = true;
        }
    }

    /// Link definitions are resolved by the parser; of two with one label it takes the first in silence.
    fn definitions(&mut self) {
        let mut seen: HashMap<String, Span> = HashMap::new();
        let (mut at, mut fenced, mut may_start) = (0, false, true);
        for line in self.source.split_inclusive('\n') {
            // A definition counts wherever it stands, in a quotation or a list as well.
            let trimmed = line.trim_start_matches([' ', '>', '-', '*', '+']);
            let is_definition = !fenced && trimmed.starts_with('[') && (may_start || line.len() != trimmed.len());
            let label = trimmed.strip_prefix('[').filter(|_| is_definition).and_then(|r| r.split_once("]:"));
            may_start = trimmed.trim().is_empty();
            if trimmed.starts_with("```") || trimmed.starts_with("~~~") {
                fenced = !fenced;
            } else if let Some((label, _)) = label
                && !label.contains(['[', ']'])
                && !label.trim().is_empty()
            {
                may_start = true;
                let start = at + line.len() - trimmed.len();
                let span = self.span(&(start..start + label.len() + 3));
                let key = label.split_whitespace().collect::<Vec<_>>().join(" ").to_lowercase();
                match seen.entry(key) {
                    Entry::Occupied(first) => {
                        let refusal = Refusal::SecondDefinition { label: label.to_owned(), first: *first.get() };
                        self.body.refusals.push((refusal, span));
                    }
                    Entry::Vacant(free) => {
                        free.insert(span);
                    }
                }
            }
            at += line.len();
        }
    }
}

/// The length of one of the markers, where the text begins with one.
fn marker_at(text: &str) -> Option<usize> {
    let word = text.strip_prefix("[!")?.split(']').next()?;
    Marker::ALL.iter().any(|(w, _)| w.eq_ignore_ascii_case(word)).then_some(word.len() + 3)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn body(text: &str) -> Body {
        read(text, Span::new(0, text.len()))
    }

    #[test]
    fn reads_headings_links_cards_and_prose() {
        let text = "## What to do {#do}\n\nSee [Sleep](topic/sleep) and\nmore **now**.\n\n[Help](resource/shout)\n\n> [!URGENT] Call 111 if:\n>\n> - you *cannot* wait\n> - two\n\n- a\n  - b\n  - c\n- d\n";
        let b = body(text);
        assert_eq!((b.headings[0].level, b.headings[0].text.as_str(), b.headings[0].id.as_deref()), (2, "What to do", Some("do")));
        assert_eq!(b.links[0].to_span.of(text), "topic/sleep");
        assert!(!b.links[0].is_standalone && b.links[1].is_standalone);
        assert_eq!((b.cards[0].marker, b.cards[0].heading.as_str(), b.cards[0].has_list), (Marker::Urgent, "Call 111 if:", true));
        let words: Vec<_> = b.prose.iter().map(|p| p.text.as_str()).collect();
        assert_eq!(words, ["What to do", "See Sleep and more now.", "Help", "Call 111 if:", "you cannot wait", "two", "a", "b", "c", "d"]);
        assert_eq!(b.prose[3].part, Part::Heading);
        let p = &b.prose[1];
        let at = p.text.find("now").unwrap();
        assert_eq!(p.span_within(at..at + 3).of(text), "now");
        let mut items: Vec<_> = b.lists.iter().map(|l| l.items).collect();
        items.sort_unstable();
        assert_eq!(items, [2, 2, 2]);
    }

    #[test]
    fn refuses_html_and_unknown_markers() {
        let text = "<b>x</b>\n\na <i>y</i> <!-- z -->\n\n> [!DANGER] x\n\n[a]: topic/x\n[A]: topic/y\n";
        let kinds: Vec<_> = body(text).refusals.into_iter().map(|(r, s)| (r, s.of(text).to_owned())).collect();
        assert!(kinds.contains(&(Refusal::UnknownMarker("DANGER".into()), "[!DANGER]".into())));
        let first = Span::new(text.find("[a]:").unwrap(), text.find("[a]:").unwrap() + 4);
        assert!(kinds.contains(&(Refusal::SecondDefinition { label: "A".into(), first }, "[A]:".into())));
        assert!(kinds.iter().filter(|(r, _)| *r == Refusal::RawHtml).count() >= 2);
    }
}
