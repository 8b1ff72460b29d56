//! The words of a link show one number or address, and the link opens another.
//!
//! People trust what they read: a link that shows one number and dials another sends them to somebody else without their noticing,
//! and a reviewer who reads the page approves what is not there. What is shown has to be what is dialled or opened.
//!
//! ## Example
//! ```md
//! Call [116 123](tel:08081570999).
//! ```
//!
//! ## Instead
//! ```md
//! Call [116 123](tel:116123).
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::Link;
use crate::model::{Item, Kind};
use crate::phone::Number;

pub const RULE: Rule = Rule {
    code: "P009",
    name: "shows-another",
    severity: Severity::Error,
    source: include_str!("p009_shows_another.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for link in file.links().iter().filter(|l| !l.is_image) {
        if let Some((shown, opened)) = difference(file, link) {
            let message = format!("the link shows `{shown}` and {opened}");
            sink.push(
                file.finding(link.span, message)
                    .label("shows one thing, opens another")
                    .help("make the words and the address of the link agree"),
            );
        }
    }
}

/// What the link shows, and what it does instead.
fn difference(file: &FileContext<'_, '_>, link: &Link) -> Option<(String, String)> {
    let numbers = file.site.numbers();
    if let Some(dialled) = ["tel:", "sms:"].iter().find_map(|s| link.to.strip_prefix(s)) {
        let dialled_number = numbers.number(dialled);
        let shown = shown_numbers(file, link).into_iter().find(|(_, n)| Some(*n) != dialled_number)?;
        return Some((shown.0, format!("dials `{dialled}`")));
    }
    if let Some(address) = link.to.strip_prefix("mailto:") {
        let address = address.split('?').next().unwrap_or(address);
        let shown = words(&link.text).find(|w| w.contains('@') && !w.eq_ignore_ascii_case(address))?;
        return Some((shown.to_owned(), format!("writes to `{address}`")));
    }
    if let Some((Kind::Resource, name)) = Kind::split(&link.to) {
        let service = file.site.content.named(Kind::Resource, name)?;
        let names = [service.title()].into_iter().chain(service.resource()?.also_known_as.iter().map(|n| n.value));
        // "NHS 111 online" is a name.
        let is_named = |shown: &str| names.clone().any(|name| name.contains(shown));
        let shown = shown_numbers(file, link).into_iter().find(|(shown, n)| !has_number(file, service, *n) && !is_named(shown))?;
        return Some((shown.0, format!("leads to `{}`, which does not have that number", service.id())));
    }
    let opened = host_and_path(link.to.strip_prefix("https://").or_else(|| link.to.strip_prefix("http://"))?);
    let shown = words(&link.text).find(|word| {
        let Some((host, path)) = shown_address(word) else { return false };
        host != opened.0 || (!path.is_empty() && path != opened.1)
    })?;
    Some((shown.to_owned(), format!("opens `{}`", link.to)))
}

fn shown_numbers(file: &FileContext<'_, '_>, link: &Link) -> Vec<(String, Number)> {
    let mentions = file.site.numbers().mentions(&link.text);
    mentions.into_iter().map(|m| (link.text[m.range].to_owned(), m.number)).collect()
}

fn has_number(file: &FileContext<'_, '_>, service: &Item<'_>, number: Number) -> bool {
    let numbers = file.site.numbers();
    let own = service.resource().into_iter().flat_map(|r| &r.channels).filter_map(|c| c.value);
    own.into_iter().any(|value| numbers.number(value.value) == Some(number))
}

fn words(text: &str) -> impl Iterator<Item = &str> {
    text.split_whitespace().map(|w| w.trim_matches(|c: char| !c.is_alphanumeric() && c != '/'))
}

/// Host and path of a word that looks like a web address, without `www.`.
fn shown_address(word: &str) -> Option<(String, String)> {
    let bare = word.strip_prefix("https://").or_else(|| word.strip_prefix("http://"));
    let (host, path) = host_and_path(bare.unwrap_or(word));
    let end = host.rsplit('.').next().unwrap_or("");
    let looks_so = host.contains('.') && !host.contains('@') && end.len() >= 2 && end.bytes().all(|b| b.is_ascii_alphabetic());
    // "Sleep.Help" in a sentence without a space is no address; one with a known start or end is.
    let is_address = bare.is_some() || word.starts_with("www.") || ["uk", "org", "com", "net", "info", "health"].contains(&end);
    (looks_so && is_address).then_some((host, path))
}

fn host_and_path(address: &str) -> (String, String) {
    let (host, path) = address.split_at(address.find(['/', '?', '#']).unwrap_or(address.len()));
    let host = host.to_lowercase();
    (host.strip_prefix("www.").unwrap_or(&host).to_owned(), path.trim_end_matches('/').to_owned())
}
