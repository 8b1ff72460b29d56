//! Everything in a file that names another place: links, pictures, scripts, style sheets, entries of lists.

use std::ops::Range;

use serde_json::Value;

use super::address;
use super::css;
use super::element::{Attribute, Element};
use super::site::Site;
use super::view::View;
use crate::source::Span;

/// One address in a file.
#[derive(Debug)]
pub struct Reference {
    /// As it stands there.
    pub address: String,
    /// Where it stands.
    pub span: Span,
    /// What it is for.
    pub kind: Kind,
    /// Where it leads.
    pub target: Target,
    /// What is there, where it leads to this site.
    pub found: Found,
}

/// What an address is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kind {
    /// People follow it.
    Link,
    /// The browser fetches it with the page.
    Load,
    /// The browser gets ready to fetch from there.
    Hint,
    /// It says where something is, for programs: the page's own address, another language.
    Say,
    /// An entry of a list for search engines.
    Entry,
    /// What people fill in goes there.
    Send,
    /// The browser goes there by itself.
    Refresh,
}

/// Where an address leads.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Target {
    /// To the page that it stands on.
    Same {
        /// The part of it.
        fragment: Option<String>,
    },
    /// To this site.
    Here {
        /// The path from its root, as a person would write it.
        path: String,
        /// The part of the page.
        fragment: Option<String>,
    },
    /// To the same host, outside the folder that the site lies in.
    Outside {
        /// The path on the host.
        path: String,
    },
    /// To another host.
    Elsewhere {
        /// Its name.
        host: String,
        /// Whether over `https:`.
        is_encrypted: bool,
    },
    /// To no web address.
    Other {
        /// `tel`, `mailto`, `javascript`, …
        scheme: String,
    },
}

/// What there is where an address leads to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Found {
    /// This file.
    File(usize),
    /// This file, if the host adds a slash.
    WithSlash(usize),
    /// This file, if the host adds `.html`.
    WithEnding(usize),
    /// Nothing.
    Nothing,
}

/// All addresses in a file.
pub(super) fn all(view: &View<'_, '_>) -> Vec<Reference> {
    let mut collector = Collector { site: view.site, folder: folder(view), number: view.number, found: Vec::new() };
    if view.path.ends_with(".css") {
        collector.styles(view.text, 0);
    } else if view.path.ends_with(".webmanifest") || view.path == "manifest.json" {
        collector.manifest(view.text);
    } else if view.is_page() {
        view.page.elements.iter().for_each(|e| collector.element(view, e));
    } else {
        view.page.elements.iter().for_each(|e| collector.entry(view, e));
    }
    collector.found
}

/// The folder that addresses of a file start from.
fn folder(view: &View<'_, '_>) -> String {
    let own = view.path.rfind('/').map_or("", |at| &view.path[..=at]);
    let base = view.page.first("base").and_then(|(_, e)| view.page.value(e, "href")).filter(|_| view.is_page());
    match base.map(|href| address::resolve(view.site, own, href)) {
        Some(Target::Here { path, .. }) => path.rfind('/').map_or("", |at| &path[..=at]).to_owned(),
        _ => own.to_owned(),
    }
}

struct Collector<'c, 'a> {
    site: &'c Site<'a>,
    folder: String,
    number: usize,
    found: Vec<Reference>,
}

impl Collector<'_, '_> {
    fn add(&mut self, address: &str, span: Span, kind: Kind) {
        let target = address::resolve(self.site, &self.folder, address);
        let found = match &target {
            Target::Here { path, .. } => address::find(self.site, path),
            Target::Same { .. } => Found::File(self.number),
            _ => Found::Nothing,
        };
        self.found.push(Reference { address: address.to_owned(), span, kind, target, found });
    }

    fn element(&mut self, view: &View<'_, '_>, element: &Element<'_>) {
        for attribute in view.page.attributes(element) {
            let value = attribute.value.as_ref();
            match (element.name.as_ref(), attribute.name.as_ref()) {
                ("a" | "area", "href") => self.add(value, attribute.span, Kind::Link),
                ("link", "href") => self.add(value, attribute.span, of_link(view.page.value(element, "rel").unwrap_or(""))),
                ("form", "action") | (_, "formaction") => self.add(value, attribute.span, Kind::Send),
                ("object", "data") | (_, "poster" | "src") | ("image" | "use", "href" | "xlink:href") => {
                    self.add(value, attribute.span, Kind::Load);
                }
                (_, "srcset" | "imagesrcset") => self.candidates(attribute),
                (_, "style") => self.styles(value, attribute.span.start as usize),
                _ => {}
            }
        }
        if element.name == "style" {
            for words in &view.page.words[element.words.start as usize..element.words.end as usize] {
                self.styles(&words.text, words.span.start as usize);
            }
        }
        if element.name == "meta"
            && let Some((refresh, _, Some(to))) = view.page.refresh()
            && refresh.tag == element.tag
        {
            let place = view.page.attribute(refresh, "content").map_or(refresh.tag, |a| a.span);
            self.add(to, place, Kind::Refresh);
        }
    }

    /// The addresses of `srcset`: before each comma, without width or density.
    fn candidates(&mut self, attribute: &Attribute<'_>) {
        for candidate in attribute.value.split(',') {
            if let Some(address) = candidate.split_ascii_whitespace().next().filter(|a| !a.starts_with("data:")) {
                self.add(address, attribute.span, Kind::Load);
            }
        }
    }

    fn styles(&mut self, css: &str, at: usize) {
        for (range, _) in css::addresses(css) {
            let Range { start, end } = range;
            if !css[start..end].starts_with('#') {
                self.add(&css[start..end], Span::new(at + start, at + end), Kind::Load);
            }
        }
    }

    /// Lists for programs: `loc` of a sitemap, `link` of a feed.
    fn entry(&mut self, view: &View<'_, '_>, element: &Element<'_>) {
        if element.name == "loc" || element.name.ends_with(":loc") {
            let kind = if element.name == "loc" { Kind::Entry } else { Kind::Say };
            if let Some(words) = view.page.words.get(element.words.start as usize).filter(|_| !element.words.is_empty()) {
                self.add(words.text.trim(), words.span, kind);
            }
        } else if (element.name == "link" || element.name.ends_with(":link"))
            && let Some(href) = view.page.attribute(element, "href")
        {
            self.add(&href.value, href.span, Kind::Say);
        }
    }

    /// The pictures and pages of a web manifest.
    fn manifest(&mut self, text: &str) {
        let Ok(manifest) = serde_json::from_str::<Value>(text) else { return };
        let of = |key: &'static str, field: &'static str| {
            manifest[key].as_array().into_iter().flatten().filter_map(move |e| e[field].as_str().map(str::to_owned))
        };
        let pages = manifest["start_url"].as_str().map(str::to_owned);
        let pages = pages.into_iter().chain(of("shortcuts", "url")).map(|a| (a, Kind::Say));
        let pictures = of("icons", "src").chain(of("screenshots", "src")).map(|a| (a, Kind::Load));
        for (address, kind) in pages.chain(pictures).collect::<Vec<_>>() {
            let at = text.find(&format!("\"{address}\"")).map_or(0, |at| at + 1);
            self.add(&address, Span::new(at, at + address.len()), kind);
        }
    }
}

/// What a `link` element is for.
fn of_link(rel: &str) -> Kind {
    let is = |words: &[&str]| rel.split_ascii_whitespace().any(|w| words.iter().any(|word| w.eq_ignore_ascii_case(word)));
    if is(&["preconnect", "dns-prefetch"]) {
        Kind::Hint
    } else if is(&["canonical", "alternate", "next", "prev", "author", "license", "help", "search", "me", "shortlink"])
        && !is(&["stylesheet"])
    {
        Kind::Say
    } else {
        Kind::Load
    }
}
