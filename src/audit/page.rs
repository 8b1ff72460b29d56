//! A parsed page: its elements in the order of the source, with what stands in each.
//!
//! A tree as simple as the rules need: an end tag ends the nearest element of its name. What browsers do with tags that are nested
//! wrongly is not imitated.

use super::element::{Attribute, Element, Words};

/// A parsed page.
#[derive(Debug, Default)]
pub struct Page<'a> {
    /// In the order of their start tags.
    pub elements: Vec<Element<'a>>,
    pub(super) attributes: Vec<Attribute<'a>>,
    /// The pieces of text, in order.
    pub words: Vec<Words<'a>>,
    /// Whether it begins with `<!DOCTYPE html>`.
    pub has_doctype: bool,
}

impl<'a> Page<'a> {
    /// The attributes of an element.
    pub fn attributes(&self, element: &Element<'a>) -> &[Attribute<'a>] {
        &self.attributes[element.attributes.start as usize..element.attributes.end as usize]
    }

    /// An attribute of an element.
    pub fn attribute(&self, element: &Element<'a>, name: &str) -> Option<&Attribute<'a>> {
        self.attributes(element).iter().find(|a| a.name == name)
    }

    /// The value of an attribute.
    pub fn value(&self, element: &Element<'a>, name: &str) -> Option<&str> {
        self.attribute(element, name).map(|a| a.value.as_ref())
    }

    /// Whether an attribute that holds a list of words holds this one.
    pub fn has_word(&self, element: &Element<'a>, name: &str, word: &str) -> bool {
        self.value(element, name).is_some_and(|v| v.split_ascii_whitespace().any(|w| w.eq_ignore_ascii_case(word)))
    }

    /// The elements of a name, in order, with their numbers.
    pub fn named<'p>(&'p self, name: &'p str) -> impl Iterator<Item = (usize, &'p Element<'a>)> {
        self.elements.iter().enumerate().filter(move |(_, e)| e.name == name)
    }

    /// The first element of a name.
    pub fn first<'p>(&'p self, name: &'p str) -> Option<(usize, &'p Element<'a>)> {
        self.named(name).next()
    }

    /// The element with this id.
    pub fn by_id(&self, id: &str) -> Option<usize> {
        self.elements.iter().position(|e| self.value(e, "id") == Some(id))
    }

    /// The numbers of the elements in an element, through all levels.
    pub fn inside(&self, element: usize) -> std::ops::Range<usize> {
        element + 1..self.elements[element].end as usize
    }

    /// The element that holds another, and so on up.
    pub fn above(&self, element: usize) -> impl Iterator<Item = (usize, &Element<'a>)> {
        let up = |n: &u32| self.elements[*n as usize].parent;
        std::iter::successors(self.elements[element].parent, up).map(|n| (n as usize, &self.elements[n as usize]))
    }

    /// Whether an element or one above it says that it is not shown.
    pub fn is_hidden(&self, element: usize) -> bool {
        let hides = |e: &Element<'a>| self.attribute(e, "hidden").is_some();
        hides(&self.elements[element]) || self.above(element).any(|(_, e)| hides(e))
    }

    /// Whether an element or one above it is kept from those who listen to the page.
    pub fn is_silent(&self, element: usize) -> bool {
        let hides = |e: &Element<'a>| self.attribute(e, "hidden").is_some() || self.value(e, "aria-hidden") == Some("true");
        hides(&self.elements[element]) || self.above(element).any(|(_, e)| hides(e))
    }

    /// All text in an element, as it stands.
    pub fn text(&self, element: &Element<'a>) -> String {
        self.words[element.words.start as usize..element.words.end as usize].iter().map(|w| w.text.as_ref()).collect()
    }

    /// Whether a page only sends people on: it has a refresh without delay.
    pub fn is_redirect(&self) -> bool {
        self.refresh().is_some_and(|(_, delay, to)| delay == 0.0 && to.is_some())
    }

    /// The refresh of a page: its element, the seconds until then, and where to.
    pub fn refresh(&self) -> Option<(&Element<'a>, f64, Option<&str>)> {
        let is_refresh = |e: &&Element<'a>| self.value(e, "http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("refresh"));
        let element = self.named("meta").map(|(_, e)| e).find(is_refresh)?;
        let content = self.value(element, "content").unwrap_or("");
        let (delay, rest) = content.split_once([';', ',']).unwrap_or((content, ""));
        let rest = rest.trim();
        let to = if rest.get(..3).is_some_and(|s| s.eq_ignore_ascii_case("url")) { rest[3..].trim_start().strip_prefix('=') } else { None };
        let to = to.map(|t| t.trim().trim_matches(['"', '\'']));
        Some((element, delay.trim().parse().unwrap_or(f64::INFINITY), to))
    }

    /// Whether search engines are asked to leave the page out.
    pub fn is_noindex(&self) -> bool {
        let is_robots = |e: &Element<'a>| self.value(e, "name").is_some_and(|v| v.eq_ignore_ascii_case("robots"));
        let says = |e: &Element<'a>| self.value(e, "content").is_some_and(|v| v.split(',').any(|w| matches!(w.trim(), "noindex" | "none")));
        self.named("meta").any(|(_, e)| is_robots(e) && says(e))
    }
}
