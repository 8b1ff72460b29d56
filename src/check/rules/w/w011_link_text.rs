//! A link whose words do not say where it leads.
//!
//! A screen reader can list the links of a page on their own; "here" and "read more" then say nothing, and a bare
//! address is read out letter by letter. Nor may two links with the same words lead to different places.
//!
//! ## Example
//! ```md
//! To find help near you, [click here](resource/hub-of-hope).
//! ```
//!
//! ## Instead
//! ```md
//! Find help near you with [Hub of Hope](resource/hub-of-hope).
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "Links". Web Content Accessibility Guidelines 2.2, success criterion 2.4.4.

use std::collections::HashMap;

use super::is_retired;
use crate::check::readability::is_address;
use crate::check::vague::is_vague;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::markdown::Link;

pub const RULE: Rule = Rule {
    code: "W011",
    name: "link-text",
    severity: Severity::Warning,
    source: include_str!("w011_link_text.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if is_retired(file) {
        return;
    }
    let mut seen: HashMap<String, &Link> = HashMap::new();
    // Of a picture that is a link, W012 speaks.
    let has_picture = |link: &Link| file.links().iter().any(|l| l.is_image && link.span.contains(l.span.start));
    for link in file.links().iter().filter(|l| !(l.is_image || l.text.is_empty() && has_picture(l))) {
        if let Some(finding) = words(file, link) {
            sink.push(finding);
            continue;
        }
        match seen.get(&link.text.to_lowercase()) {
            Some(first) if first.to != link.to => sink.push(
                file.finding(link.span, format!("`{}` leads to `{}` here and to `{}` before", link.text, link.to, first.to))
                    .also(&file.file.path, first.span, "the same words, to another place")
                    .help("say in the words where each of them leads"),
            ),
            Some(_) => {}
            None => {
                seen.insert(link.text.to_lowercase(), link);
            }
        }
    }
}

fn words(file: &FileContext<'_, '_>, link: &Link) -> Option<Finding> {
    let text = link.text.trim();
    let title = file.site.content.get(link.to.split('#').next().unwrap_or("")).map(|i| i.title());
    let suggestion = match title {
        Some(title) => format!("write where it leads, such as `{title}`"),
        None => "write where it leads: the title of the page behind it".to_owned(),
    };
    if text.is_empty() {
        Some(file.finding(link.span, "a link without words").help(suggestion))
    } else if is_vague(text) {
        Some(file.finding(link.span, format!("`{text}` does not say where the link leads")).help(suggestion))
    } else if is_address(text) && !text.contains('@') && !text.contains(char::is_whitespace) {
        Some(file.finding(link.span, "a bare address as the words of a link").help(suggestion))
    } else {
        None
    }
}
