//! HTML → [`Page`], in one pass over html5gum's tokens.
//!
//! Names and values are borrowed from the source wherever they stand there as they are read, which is nearly always.

use std::borrow::Cow;
use std::convert::Infallible;

use html5gum::emitters::callback::{Callback, CallbackEmitter, CallbackEvent};
use html5gum::{Span as Bytes, Tokenizer};

use super::element::{Attribute, Element, Words};
use super::page::Page;
use crate::source::Span;

/// Elements that never hold anything.
const VOID: [&str; 14] = ["area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track", "wbr"];

/// Parses a page.
pub fn page(text: &str) -> Page<'_> {
    let mut reader = Reader { text, page: Page::default(), open: Vec::new(), is_tag_open: false };
    let mut emitter = CallbackEmitter::new(&mut reader);
    emitter.naively_switch_states(true);
    // Nothing is yielded: everything happens in the callback.
    Tokenizer::new_with_emitter(text, emitter).for_each(drop);
    reader.finish()
}

struct Reader<'a> {
    text: &'a str,
    page: Page<'a>,
    /// Elements whose end tag has not come.
    open: Vec<u32>,
    /// Whether the last element's start tag is still being read.
    is_tag_open: bool,
}

impl Callback<Infallible, usize> for &mut Reader<'_> {
    fn handle_event(&mut self, event: CallbackEvent<'_>, span: Bytes<usize>) -> Option<Infallible> {
        match event {
            CallbackEvent::OpenStartTag { name } => self.start(name, span),
            CallbackEvent::AttributeName { name } if self.is_tag_open => self.name(name, span),
            CallbackEvent::AttributeValue { value } if self.is_tag_open => self.value(value, span),
            CallbackEvent::CloseStartTag { self_closing } => self.started(self_closing, span),
            CallbackEvent::EndTag { name } => self.end(name),
            CallbackEvent::String { value } => self.words(value, span),
            CallbackEvent::Doctype { name, .. } => self.page.has_doctype |= name.eq_ignore_ascii_case(b"html"),
            _ => {}
        }
        None
    }
}

impl<'a> Reader<'a> {
    fn start(&mut self, name: &[u8], span: Bytes<usize>) {
        let element = Element {
            name: self.borrowed(name, span.start + 1..span.start + 1 + name.len()),
            tag: Span::new(span.start, span.end),
            parent: self.open.last().copied(),
            attributes: self.attributes()..self.attributes(),
            end: 0,
            words: self.count()..self.count(),
        };
        self.page.elements.push(element);
        self.is_tag_open = true;
    }

    fn name(&mut self, name: &[u8], span: Bytes<usize>) {
        let name = self.borrowed(name, span.start..span.end);
        let span = Span::new(span.start, span.end);
        self.page.attributes.push(Attribute { name, value: Cow::Borrowed(""), name_span: span, span });
    }

    fn value(&mut self, value: &[u8], span: Bytes<usize>) {
        let value = self.borrowed(value, span.start..span.end);
        if let Some(last) = self.page.attributes.last_mut() {
            last.value = value;
            last.span = Span::new(span.start, span.end);
        }
    }

    fn started(&mut self, is_closed: bool, span: Bytes<usize>) {
        self.is_tag_open = false;
        let (attributes, count) = (self.attributes(), self.page.elements.len());
        let number = Span::new(count.saturating_sub(1), 0).start;
        let is_foreign = self.open.iter().any(|n| matches!(self.page.elements[*n as usize].name.as_ref(), "svg" | "math"));
        let Some(element) = self.page.elements.last_mut() else { return };
        element.attributes.end = attributes;
        element.tag.end = Span::new(span.end, span.end).end;
        element.end = number + 1;
        let name = element.name.as_ref();
        let is_empty = VOID.contains(&name) || (is_closed && (is_foreign || matches!(name, "svg" | "math")));
        if !is_empty {
            self.open.push(number);
        }
    }

    fn end(&mut self, name: &[u8]) {
        let is_it = |n: &u32| self.page.elements[*n as usize].name.as_bytes() == name;
        let Some(at) = self.open.iter().rposition(is_it) else { return };
        while self.open.len() > at {
            self.close();
        }
    }

    /// Ends the innermost element.
    fn close(&mut self) {
        let Some(number) = self.open.pop() else { return };
        let (count, words) = (Span::new(self.page.elements.len(), 0).start, self.count());
        let element = &mut self.page.elements[number as usize];
        (element.end, element.words.end) = (count, words);
        if element.name == "template" {
            // What stood in it is no part of the page until a script puts it there.
            element.end = number + 1;
            let (attributes, words) = (element.attributes.end as usize, element.words.start);
            element.words.end = words;
            self.page.elements.truncate(number as usize + 1);
            self.page.attributes.truncate(attributes);
            self.page.words.truncate(words as usize);
        }
    }

    fn words(&mut self, value: &[u8], span: Bytes<usize>) {
        if value.iter().all(u8::is_ascii_whitespace) && self.page.words.last().is_none_or(|w| w.text.ends_with(char::is_whitespace)) {
            return;
        }
        let words = Words {
            text: self.borrowed(value, span.start..span.end),
            span: Span::new(span.start, span.end),
            parent: self.open.last().copied(),
        };
        self.page.words.push(words);
    }

    fn finish(mut self) -> Page<'a> {
        while !self.open.is_empty() {
            self.close();
        }
        self.page
    }

    fn attributes(&self) -> u32 {
        Span::new(self.page.attributes.len(), 0).start
    }

    fn count(&self) -> u32 {
        Span::new(self.page.words.len(), 0).start
    }

    /// What was read, borrowed from the source where it is the same there.
    fn borrowed(&self, read: &[u8], at: std::ops::Range<usize>) -> Cow<'a, str> {
        match self.text.get(at) {
            Some(source) if source.as_bytes() == read => Cow::Borrowed(source),
            _ => Cow::Owned(String::from_utf8_lossy(read).into_owned()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_with_its_places() {
        let text =
            "<!DOCTYPE html>\n<p Class='a &amp; b' hidden>é <A href=x>Link</a> &lt;1<br/>end<template><p id=no></template></p><p>last";
        let page = page(text);
        let names: Vec<&str> = page.elements.iter().map(|e| e.name.as_ref()).collect();
        assert_eq!(names, ["p", "a", "br", "template", "p"]);
        assert!(page.has_doctype);
        let p = &page.elements[0];
        assert_eq!((page.value(p, "class"), page.value(p, "hidden")), (Some("a & b"), Some("")));
        assert_eq!(page.attribute(p, "class").map(|a| a.span.of(text)), Some("a &amp; b"));
        assert_eq!(page.text(p), "é Link <1end");
        assert_eq!((page.inside(0), page.is_hidden(1)), (1..4, true));
        assert_eq!(page.elements[1].tag.of(text), "<A href=x>");
        assert_eq!(page.words[1].span.of(text), "Link");
        assert_eq!(page.text(&page.elements[4]), "last");
    }

    #[test]
    fn nothing_makes_it_fail() {
        for text in ["", "<", "<a", "<a b", "<a b=", "</a>", "<!--", "<template>", "<script>if (a<b) </scr", "<svg/><p/>x", "\u{0}<\u{0}>"]
        {
            page(text);
        }
    }
}
