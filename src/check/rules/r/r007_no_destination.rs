//! A link that leads to neither an item nor an address.
//!
//! Addresses of pages are made by the program, so a path that is written by hand breaks when a page is renamed. A link
//! to our own content is the id of the item, `topic/sleep`; a link elsewhere is a full address, `https://…`.
//!
//! ## Example
//! ```md
//! Read about [sleep](/topics/sleep/).
//! ```
//!
//! ## Instead
//! ```md
//! Read about [sleep](topic/sleep).
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::markdown::Link;
use crate::model::{Kind, is_name, suggest};

pub const RULE: Rule = Rule {
    code: "R007",
    name: "no-destination",
    severity: Severity::Error,
    source: include_str!("r007_no_destination.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for link in file.links().iter().filter(|l| !l.is_image) {
        if !is_id(&link.to) && !has_scheme(&link.to) && !link.to.starts_with('#') {
            one(file, link, sink);
        }
    }
}

fn is_id(to: &str) -> bool {
    Kind::split(to.split('#').next().unwrap_or("")).is_some_and(|(_, name)| is_name(name))
}

/// Which schemes are allowed is for the rules on reading Markdown to say.
fn has_scheme(to: &str) -> bool {
    to.split_once(':').is_some_and(|(scheme, _)| {
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c))
    })
}

fn one(file: &FileContext<'_, '_>, link: &Link, sink: &mut Sink<'_>) {
    if link.to.is_empty() {
        let finding = file.finding(link.span, format!("the link \"{}\" leads nowhere", link.text));
        sink.push(finding.help("write the id of an item or an address between the brackets"));
        return;
    }
    let finding = file.finding(link.to_span, format!("`{}` is neither the id of an item nor an address", link.to)).label("leads nowhere");
    let meant = meant(file, &link.to);
    sink.push(match meant.as_slice() {
        [one] if link.to_span.of(&file.file.text) == link.to => finding.did_you_mean(Some(one)).fix(link.to_span, one.clone()),
        [_, ..] => finding.help(format!("did you mean {}?", codes(&meant, "or"))),
        [] => match near(file, &link.to) {
            Some(near) => finding.did_you_mean(Some(&near)),
            None if link.to.contains("www.") || link.to.contains(".uk") || link.to.contains(".org") || link.to.contains(".com") => {
                finding.help("write the whole address, beginning with `https://`")
            }
            None => finding.help("write the id of an item, such as `topic/sleep`, or an address that begins with `https://`"),
        },
    });
}

/// The words of a path, with the anchor: folder or kind, and name.
fn parts(to: &str) -> (Option<Kind>, String, String) {
    let (path, anchor) = to.split_once('#').map_or((to, String::new()), |(p, a)| (p, format!("#{a}")));
    let mut parts = path.split(['/', '?']).filter(|p| !matches!(*p, "" | "." | ".."));
    let name = parts.next_back().unwrap_or("").to_lowercase().replace([' ', '_'], "-");
    let name = [".md", ".yaml", ".html"].iter().find_map(|e| name.strip_suffix(e)).unwrap_or(&name);
    // The directory of services is called "help" on the site.
    let kind = parts.next_back().map(str::to_lowercase).and_then(|folder| {
        let is_help = folder == "help";
        Kind::ALL.into_iter().find(|k| k.word() == folder || k.folder() == folder || (is_help && *k == Kind::Resource))
    });
    (kind, name.to_owned(), anchor)
}

fn meant(file: &FileContext<'_, '_>, to: &str) -> Vec<String> {
    let (kind, name, anchor) = parts(to);
    let kinds = Kind::ALL.into_iter().filter(|k| kind.is_none_or(|wanted| wanted == *k) && has_page(*k));
    kinds.filter(|k| file.site.content.named(*k, &name).is_some()).map(|k| k.id(&name) + &anchor).collect()
}

fn near(file: &FileContext<'_, '_>, to: &str) -> Option<String> {
    let (kind, name, anchor) = parts(to);
    let kind = kind.filter(|k| has_page(*k))?;
    let names = file.site.content.originals().filter(|i| i.kind == kind).map(|i| i.name);
    suggest(&name, names).map(|n| kind.id(n) + &anchor)
}

fn has_page(kind: Kind) -> bool {
    !matches!(kind, Kind::Instrument | Kind::Hazard | Kind::Evidence)
}
