//! The language of parts: what a translated page shows in the site's own language, or in English for want of words, says so.
//!
//! A text that is not in the language of its page carries marks, characters that no text may have, from where it is made to the
//! finished page. There they become `span`s with `lang` and `dir`; in attributes and titles, which cannot say it, they go. So templates
//! need know nothing of it.

use super::text::direction;
use crate::model::Item;

/// Begins a text in the site's own language.
pub(super) const ORIGINAL: char = '\u{fdd0}';
/// Begins a text in English.
pub(super) const ENGLISH: char = '\u{fdd1}';
/// Ends either.
pub(super) const END: char = '\u{fddf}';

/// Elements that hold text alone.
const PLAIN: [&str; 4] = ["title", "option", "textarea", "script"];

/// Whether a character is a mark.
pub(super) fn is_mark(c: char) -> bool {
    matches!(c, ORIGINAL | ENGLISH | END)
}

/// The title of an item, for a page in a language.
pub(super) fn title(item: &Item<'_>, language: Option<&str>) -> String {
    of(item, language, item.title())
}

/// A text of an item, for a page in a language.
pub(super) fn of(item: &Item<'_>, language: Option<&str>, text: &str) -> String {
    if item.language == language { text.to_owned() } else { original(language, text) }
}

/// A text in the site's own language, for a page in a language.
pub(super) fn original(language: Option<&str>, text: &str) -> String {
    if language.is_none() || text.is_empty() { text.to_owned() } else { format!("{ORIGINAL}{text}{END}") }
}

/// A text without marks.
pub(super) fn bare(text: &str) -> String {
    text.chars().filter(|c| !is_mark(*c)).collect()
}

/// A page with the language of its parts; `own` is the site's.
pub(super) fn html(html: String, own: &str) -> String {
    if !html.contains([ORIGINAL, ENGLISH, END]) {
        return html;
    }
    let mut out = String::with_capacity(html.len() + 512);
    let mut rest = html.as_str();
    let mut plain: Option<&str> = None;
    while let Some(open) = rest.find('<') {
        text(&rest[..open], own, plain.is_some(), &mut out);
        let end = tag_end(&rest[open..]);
        let tag = &rest[open..open + end];
        out.extend(tag.chars().filter(|c| !is_mark(*c)));
        let name = tag[1..].trim_start_matches('/').split(|c: char| !c.is_ascii_alphanumeric()).next().unwrap_or("");
        match plain {
            Some(within) if tag.starts_with("</") && name == within => plain = None,
            None if !tag.starts_with("</") && PLAIN.contains(&name) => plain = Some(name),
            _ => {}
        }
        rest = &rest[open + end..];
    }
    text(rest, own, plain.is_some(), &mut out);
    out
}

/// A run of text between two tags. Every part that is begun is ended in it, whatever the marks say.
fn text(run: &str, own: &str, is_plain: bool, out: &mut String) {
    let mut is_open = false;
    for c in run.chars() {
        match c {
            END if is_open => {
                out.push_str("</span>");
                is_open = false;
            }
            ORIGINAL | ENGLISH if !is_open && !is_plain => {
                let language = if c == ORIGINAL { own } else { "en" };
                out.push_str(&format!("<span lang=\"{language}\" dir=\"{}\">", direction(language)));
                is_open = true;
            }
            c if is_mark(c) => {}
            c => out.push(c),
        }
    }
    if is_open {
        out.push_str("</span>");
    }
}

/// The length of the tag at the start of a text.
fn tag_end(text: &str) -> usize {
    let mut quote = None;
    for (at, c) in text.char_indices() {
        match (quote, c) {
            (None, '"' | '\'') => quote = Some(c),
            (Some(open), c) if c == open => quote = None,
            (None, '>') => return at + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn parts_in_another_language_say_so() {
        let marked = |text: &str| html(text.replace('[', "\u{fdd0}").replace('{', "\u{fdd1}").replace(']', "\u{fddf}"), "cy");
        assert_eq!(marked("<p>a [b] {c]</p>"), "<p>a <span lang=\"cy\" dir=\"ltr\">b</span> <span lang=\"en\" dir=\"ltr\">c</span></p>");
        assert_eq!(marked("<a title=\"[a > b]\">c</a><title>[d]</title>"), "<a title=\"a > b\">c</a><title>d</title>");
        assert_eq!(marked("<p>[a</p>b] [[c]]"), "<p><span lang=\"cy\" dir=\"ltr\">a</span></p>b <span lang=\"cy\" dir=\"ltr\">c</span>");
    }
}
