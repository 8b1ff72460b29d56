//! What a rule sees of one file, and what is kept of it for rules that look at the whole site.

use std::borrow::Cow;

use super::element::Element;
use super::landmarks;
use super::page::Page;
use super::read;
use super::reference::{self, Found, Kind, Reference, Target};
use super::site::Site;
use crate::diag::Finding;
use crate::source::Span;

/// One file with text, parsed.
pub struct View<'v, 'a> {
    /// The site that it is part of.
    pub site: &'v Site<'a>,
    /// Its number in the site.
    pub number: usize,
    /// Its path.
    pub path: &'v str,
    /// Its source.
    pub text: &'v str,
    /// Its elements; none where it is no page.
    pub page: Page<'v>,
    /// Everything in it that names another place.
    pub references: Vec<Reference>,
    /// The elements that are its main part.
    pub mains: Vec<usize>,
}

impl<'v, 'a> View<'v, 'a> {
    /// Parses a file.
    pub fn new(site: &'v Site<'a>, number: usize) -> Self {
        let file = site.file(number);
        let text = file.text.as_deref().unwrap_or("");
        let is_marked_up = file.is_page() || [".xml", ".svg", ".atom"].iter().any(|end| file.path.ends_with(end));
        let page = if is_marked_up { read::page(text) } else { Page::default() };
        let mains = if file.is_page() { landmarks::mains(&page) } else { Vec::new() };
        let mut view = Self { site, number, path: file.path, text, page, references: Vec::new(), mains };
        view.references = reference::all(&view);
        view
    }

    /// Whether it is read in a browser.
    pub fn is_page(&self) -> bool {
        self.site.file(self.number).is_page()
    }

    /// A finding in this file.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(self.path, span, message)
    }

    /// A finding about the page as a whole, shown at an element of this name, else where the page begins.
    pub fn finding_at(&self, element: &str, message: impl Into<String>) -> Finding {
        let place = self.page.first(element).or_else(|| self.page.first("html")).map(|(_, e)| e.tag);
        self.finding(place.unwrap_or_default(), message)
    }

    /// Whether the page tells people how urgent it is: a care card of the two most urgent colours holds its heading, or it is the
    /// page with all urgent help.
    pub fn is_pressing(&self) -> bool {
        let Some((heading, _)) = self.page.first("h1") else { return false };
        let is_card = |n: usize| {
            let element = &self.page.elements[n];
            ["care--emergency", "care--urgent"].iter().any(|class| self.page.has_word(element, "class", class))
        };
        self.is_urgent_page() || self.page.above(heading).any(|(n, _)| is_card(n))
    }

    /// The element that holds the page's Content-Security-Policy, with its number.
    pub fn policy(&self) -> Option<(usize, &Element<'v>)> {
        let is_policy =
            |e: &Element<'v>| self.page.value(e, "http-equiv").is_some_and(|v| v.eq_ignore_ascii_case("content-security-policy"));
        self.page.named("meta").find(|(_, e)| is_policy(e))
    }

    /// Whether it is the page with all urgent help, or a translation of it.
    pub fn is_urgent_page(&self) -> bool {
        let page = self.site.about.urgent_page.as_deref().unwrap_or("urgent/");
        let translated = || self.in_its_language(page).is_some_and(|path| path == self.path);
        self.path.strip_suffix("index.html") == Some(page) || translated()
    }

    /// The file of a page in the language of this one, by the first part of its path, where it is a translation: `cy/urgent/index.html`.
    pub fn in_its_language(&self, page: &str) -> Option<String> {
        let (language, _) = self.path.split_once('/')?;
        let is_said = self.page.first("html").and_then(|(_, html)| self.page.value(html, "lang")).is_some_and(|lang| lang == language);
        is_said.then(|| format!("{language}/{page}index.html"))
    }
}

/// What is kept of a file when its elements are let go.
pub struct Kept<'v> {
    /// Its path.
    pub path: &'v str,
    /// Its number in the site.
    pub number: usize,
    /// The words of its title, and where they stand; none where it is no page, has none, or only sends people on.
    pub title: Option<(String, Span)>,
    /// The ids on it, and the names of old-fashioned anchors.
    pub ids: Vec<Cow<'v, str>>,
    /// Parts of other pages that it links to: page, part, and where it says so.
    pub anchors: Vec<(usize, String, Span)>,
    /// Whether search engines are asked to leave it out.
    pub is_noindex: bool,
    /// Pages that it lists for search engines.
    pub listed: Vec<(usize, Span)>,
}

impl<'v> Kept<'v> {
    pub(super) fn of(view: View<'v, '_>) -> Self {
        let is_page = view.is_page();
        let title = view.page.first("title").filter(|_| is_page && !view.page.is_redirect());
        let title = title.map(|(_, e)| (squeezed(&view.page.text(e)), e.tag)).filter(|(t, _)| !t.is_empty());
        let (mut anchors, mut listed) = (Vec::new(), Vec::new());
        for reference in view.references {
            match (reference.kind, reference.found, reference.target) {
                (Kind::Entry, Found::File(to), _) => listed.push((to, reference.span)),
                (_, Found::File(to), Target::Here { fragment: Some(fragment), .. }) if to != view.number => {
                    anchors.push((to, fragment, reference.span));
                }
                _ => {}
            }
        }
        let is_noindex = is_page && view.page.is_noindex();
        let ids = if is_page { ids(&view.page) } else { Vec::new() };
        Self { path: view.path, number: view.number, title, ids, anchors, is_noindex, listed }
    }
}

/// The ids of a page, in order of the alphabet.
fn ids<'v>(page: &Page<'v>) -> Vec<Cow<'v, str>> {
    let is_anchor = |e: &Element<'v>, name: &str| name == "id" || (name == "name" && e.name == "a");
    let of = |e| page.attributes(e).iter().filter(move |a| is_anchor(e, &a.name)).map(|a| a.value.clone());
    let mut ids: Vec<Cow<'v, str>> = page.elements.iter().flat_map(of).collect();
    ids.sort_unstable();
    ids
}

/// Text without line breaks and double spaces.
pub(super) fn squeezed(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}
