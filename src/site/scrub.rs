//! Takes the contact details of what is suspended out of finished pages: out of running text, links and what is read aloud, so
//! that no template and no text can show a number that somebody has taken back.
//!
//! Details that another service on the site still has stay. Works on the HTML of the templates, whatever they are.

use std::collections::HashSet;

use super::shared::Facts;
use crate::model::{ChannelType, Kind};
use crate::phone::{self, Plan};

/// Attributes whose text people read or hear.
const READ: [&str; 5] = ["content", "title", "alt", "aria-label", "data-label"];

/// What must not stand on any page.
pub(super) struct Scrub {
    plan: Option<Plan>,
    /// Numbers in one form.
    numbers: HashSet<String>,
    /// Web and e-mail addresses in one form.
    addresses: HashSet<String>,
    /// Postal addresses, as HTML has them.
    places: Vec<String>,
    /// Titles with a number in them that is part of the name.
    names: Vec<String>,
}

impl Scrub {
    /// What is suspended and nobody else has; `None` where that is nothing.
    pub fn new(facts: &Facts<'_, '_>) -> Option<Self> {
        let suspensions = &facts.reviews.suspensions;
        if suspensions.is_empty() {
            return None;
        }
        let plan = Plan::of(facts.site.country.value);
        let mut scrub = Self { plan, numbers: HashSet::new(), addresses: HashSet::new(), places: Vec::new(), names: Vec::new() };
        for (ty, contact) in suspensions.iter().flat_map(|(_, s)| &s.contacts) {
            scrub.add(*ty, contact);
        }
        // An older version of a service may have numbers that the one of today has not.
        let resources = || facts.content.resources();
        for (item, resource) in resources() {
            for channel in resource.channels.iter().filter(|c| suspensions.takes(item.name, c)) {
                if let Some(contact) = channel.contact() {
                    scrub.add(channel.ty, contact);
                }
            }
        }
        let alive = resources().filter(|(item, _)| facts.plan.is_visible(item));
        for (item, resource) in alive {
            let current = |c: &&crate::model::Channel<'_>| facts.is_current(c.until.map(|d| d.value)) && !suspensions.takes(item.name, c);
            for (ty, contact) in resource.channels.iter().filter(current).filter_map(|c| Some((c.ty, c.contact()?))) {
                scrub.remove(ty, contact);
            }
        }
        let titles = facts.content.items.iter().filter(|i| i.kind != Kind::Evidence).map(|i| i.title());
        let has_number = |title: &&str| title.bytes().any(|b| b.is_ascii_digit()) && scrub.text(title, "").as_str() != *title;
        // A long number in a title is there to be called; `NHS 111` is a name.
        let is_name = |title: &&str| title.bytes().filter(u8::is_ascii_digit).count() <= 3;
        scrub.names = titles.filter(is_name).filter(has_number).map(escaped).collect();
        Some(scrub)
    }

    fn add(&mut self, ty: ChannelType, contact: &str) {
        if ty.is_number() && !contact.contains("://") {
            self.numbers.insert(self.number(contact));
        } else if matches!(ty, ChannelType::Post | ChannelType::InPerson) {
            self.places.push(escaped(contact));
        } else {
            self.addresses.insert(plain(contact));
        }
    }

    fn remove(&mut self, ty: ChannelType, contact: &str) {
        if ty.is_number() && !contact.contains("://") {
            self.numbers.remove(&self.number(contact));
        } else if matches!(ty, ChannelType::Post | ChannelType::InPerson) {
            self.places.retain(|place| *place != escaped(contact));
        } else {
            self.addresses.remove(&plain(contact));
        }
    }

    /// Whether a written number is one that is out of use.
    pub fn is_dead_number(&self, text: &str) -> bool {
        self.numbers.contains(&self.number(text))
    }

    /// A page without what is suspended; `instead` stands where it stood in text.
    pub fn html(&self, html: &str, instead: &str) -> String {
        let instead = escaped(instead);
        let mut out = String::with_capacity(html.len());
        let mut rest = html;
        let mut is_dead_link = false;
        while let Some(open) = rest.find('<') {
            out.push_str(&self.text(&rest[..open], &instead));
            let tag = tag(&rest[open..]);
            rest = &rest[open + tag.len()..];
            match tag {
                "</a>" if is_dead_link => {
                    out.push_str("</span>");
                    is_dead_link = false;
                }
                _ if tag.starts_with("<a ") && attribute(tag, "href").is_some_and(|href| self.is_dead_link(href)) => {
                    out.push_str("<span>");
                    is_dead_link = true;
                }
                _ => out.push_str(&self.tag(tag, &instead)),
            }
            if tag.starts_with("<style") {
                let end = rest.find("</style").unwrap_or(rest.len());
                out.push_str(&rest[..end]);
                rest = &rest[end..];
            }
        }
        out.push_str(&self.text(rest, &instead));
        out
    }

    /// A tag, with the attributes that are read put right.
    fn tag(&self, tag: &str, instead: &str) -> String {
        let mut out = tag.to_owned();
        for value in READ.iter().filter_map(|name| attribute(tag, name)) {
            let now = self.text(value, instead);
            if now != value {
                out = out.replace(&format!("\"{value}\""), &format!("\"{now}\""));
            }
        }
        out
    }

    fn is_dead_link(&self, href: &str) -> bool {
        let href = href.replace("&amp;", "&");
        let number = |text: &str| self.is_dead_number(text.split('?').next().unwrap_or(text));
        match href.split_once(':') {
            Some(("tel" | "sms", rest)) => number(rest),
            Some(("mailto", rest)) => self.addresses.contains(&plain(rest)),
            Some(("https", rest)) if rest.starts_with("//wa.me/") => number(&format!("+{}", &rest["//wa.me/".len()..])),
            Some(_) => self.addresses.contains(&plain(&href)),
            None => false,
        }
    }

    /// A text that is no HTML, with what is out of use replaced.
    pub fn plain_text(&self, text: &str, instead: &str) -> String {
        let shown = self.text(&escaped(text), &escaped(instead));
        let plain = [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#39;", "'"), ("&amp;", "&")];
        plain.iter().fold(shown, |text, (entity, letter)| text.replace(entity, letter))
    }

    /// A text, as HTML has it, with what is out of use replaced.
    pub fn text(&self, text: &str, instead: &str) -> String {
        let mut text = text.to_owned();
        for place in &self.places {
            text = text.replace(place.as_str(), instead);
        }
        if !self.addresses.is_empty() {
            text = self.without_addresses(&text, instead);
        }
        // `Phone:0800 …`: what is meant for the eye may stand close.
        text.split_inclusive(':').map(|part| self.without_numbers(part, instead)).collect()
    }

    fn without_addresses(&self, text: &str, instead: &str) -> String {
        let mut out = String::with_capacity(text.len());
        for word in text.split_inclusive(char::is_whitespace) {
            let core = word.trim().trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '(' | ')'));
            let is_dead = core.contains('.') && self.addresses.contains(&plain(&core.replace("&amp;", "&")));
            if is_dead { out.push_str(&word.replace(core, instead)) } else { out.push_str(word) }
        }
        out
    }

    fn without_numbers(&self, text: &str, instead: &str) -> String {
        let mut out = String::with_capacity(text.len());
        let (mut from, mut at) = (0, 0);
        while !self.numbers.is_empty()
            && let Some(groups) = phone::find(text, at)
        {
            let dead = groups.ranges().find(|range| self.is_dead_number(&text[range.clone()]));
            match dead {
                Some(range) => {
                    if !self.is_in_name(text, range.start) {
                        out.push_str(&text[from..range.start]);
                        out.push_str(instead);
                        from = range.end;
                    }
                    at = range.end;
                }
                // The next group may begin a number of its own.
                None => at = groups.ranges().last().map_or(text.len(), |shortest| shortest.end),
            }
        }
        out.push_str(&text[from..]);
        out
    }

    fn is_in_name(&self, text: &str, at: usize) -> bool {
        let spans = |name: &String| text.match_indices(name.as_str()).any(|(start, found)| (start..start + found.len()).contains(&at));
        self.names.iter().any(spans)
    }

    /// A number in one form, however it is written.
    fn number(&self, text: &str) -> String {
        let digits = || text.chars().filter(|c| c.is_ascii_digit() || *c == '+').collect();
        self.plan.as_ref().and_then(|plan| plan.number(text)).map_or_else(digits, phone::Number::tel)
    }
}

/// The tag at the start of a text, to its `>`; the `<` alone where none closes it.
fn tag(text: &str) -> &str {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return &text[..=at],
            _ => {}
        }
    }
    &text[..1]
}

fn attribute<'t>(tag: &'t str, name: &str) -> Option<&'t str> {
    let start = tag.find(&format!(" {name}=\""))? + name.len() + 3;
    tag[start..].split('"').next()
}

/// An address in one form: without scheme, `www.` and the slash at its end.
fn plain(address: &str) -> String {
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.trim_start_matches("www.").trim_end_matches('/').to_lowercase()
}

/// A text as the templates escape it.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    super::templates::push_escaped(text, &mut out);
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    fn scrub() -> Scrub {
        let mut scrub =
            Scrub { plan: Plan::of("GB"), numbers: HashSet::new(), addresses: HashSet::new(), places: Vec::new(), names: Vec::new() };
        scrub.add(ChannelType::Phone, "0808 157 0123");
        scrub.add(ChannelType::Text, "85258");
        scrub.add(ChannelType::Webchat, "https://www.example.org/chat");
        scrub.add(ChannelType::Email, "help@example.org");
        scrub.add(ChannelType::InPerson, "1 Example Street & Lane");
        scrub
    }

    #[test]
    fn however_it_is_written() {
        let page = |html: &str| scrub().html(html, "(gone)");
        assert_eq!(page("Phone:0808 157 0123"), "Phone:(gone)");
        for number in ["0808 157 0123", "08081570123", "+44 808 157 0123", "0808-157-0123", "0808\u{a0}157\u{a0}0123"] {
            assert_eq!(page(&format!("<p>Call {number}.</p>")), "<p>Call (gone).</p>", "{number}");
        }
        assert_eq!(page("<a class=\"way\" href=\"tel:08081570123\">Call 0808\u{a0}157\u{a0}0123</a>"), "<span>Call (gone)</span>");
        assert_eq!(page("<a href=\"sms:85258?body=HI\">Text HI to 85258</a> now"), "<span>Text HI to (gone)</span> now");
        assert_eq!(page("<a href=\"https://example.org/chat/\">Chat</a>"), "<span>Chat</span>");
        assert_eq!(page("<a href=\"mailto:help@example.org\">Email help@example.org</a>"), "<span>Email (gone)</span>");
        assert_eq!(page("<p>Go to 1 Example Street &amp; Lane, or www.example.org/chat.</p>"), "<p>Go to (gone), or (gone).</p>");
        assert_eq!(
            page("<meta name=\"description\" content=\"Ring 0808 157 0123 now\">"),
            "<meta name=\"description\" content=\"Ring (gone) now\">"
        );
    }

    #[test]
    fn plain_text_stays_plain() {
        assert_eq!(scrub().plain_text("It's <b> & 0808 157 0123", "(gone & over)"), "It's <b> & (gone & over)");
        assert_eq!(scrub().plain_text("Go to 1 Example Street & Lane, &amp;", "(gone)"), "Go to (gone), &amp;");
    }

    #[test]
    fn everything_else_stays() {
        for html in [
            "<a href=\"tel:999\">Call 999</a>",
            "<p>0808 157 01234 and 0808 157 012</p>",
            "<style>.a{content:\"0808 157 0123\"}</style>",
            "<p title=\"a > b\">x</p> < y",
            "<a href=\"https://example.org/other\">example.org/other</a>",
        ] {
            assert_eq!(scrub().html(html, "(gone)"), html);
        }
    }
}
