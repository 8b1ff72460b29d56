//! A web address that does not show plainly where it leads.
//!
//! A user name in front of the host (`https://nhs.uk@example.com`), a bare IP address, letters in disguise (`xn--…`) or a missing domain are how people are led to a site that is not the one they think. No service that people are signposted to needs one.
//!
//! ## Example
//! ```yaml
//! url: https://www.nhs.uk@example.org/help
//! ```
//!
//! ## Instead
//! ```yaml
//! url: https://www.nhs.uk/help
//! ```

use std::net::IpAddr;

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

pub const RULE: Rule = Rule {
    code: "P018",
    name: "suspicious-address",
    severity: Severity::Error,
    source: include_str!("p018_suspicious_address.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item else { return };
    for link in file.links().iter().filter(|l| !l.is_image) {
        // A user name in a link has a rule of its own.
        if !link.to.contains('@') {
            one(file, &link.to, |part| within(link.to_span, part), sink);
        }
    }
    if let Some(data) = item.data {
        fields(file, data, sink);
    }
}

/// Every `url` of the file, at any depth.
fn fields(file: &FileContext<'_, '_>, node: NodeRef<'_>, sink: &mut Sink<'_>) {
    match node.ty() {
        Type::Map => {
            for entry in node.entries() {
                match entry.value.str().filter(|_| entry.name == "url") {
                    Some(address) => one(file, address, |part| entry.value.span_within(part), sink),
                    None => fields(file, entry.value, sink),
                }
            }
        }
        Type::List => node.items().for_each(|item| fields(file, item, sink)),
        _ => {}
    }
}

fn within(span: Span, part: std::ops::Range<usize>) -> Span {
    Span::new(span.start as usize + part.start, span.start as usize + part.end)
}

fn one(file: &FileContext<'_, '_>, address: &str, place: impl Fn(std::ops::Range<usize>) -> Span, sink: &mut Sink<'_>) {
    let Some(start) = ["https://", "http://"].iter().find_map(|s| address.starts_with(s).then_some(s.len())) else { return };
    let end = address[start..].find(['/', '?', '#']).map_or(address.len(), |n| start + n);
    let authority = &address[start..end];
    let (user, host) = authority.rsplit_once('@').map_or((None, authority), |(user, host)| (Some(user), host));
    let at = |part: &str| {
        let offset = part.as_ptr() as usize - address.as_ptr() as usize;
        place(offset..offset + part.len())
    };
    let name = host.rsplit_once(':').filter(|(_, port)| port.bytes().all(|b| b.is_ascii_digit())).map_or(host, |(name, _)| name);
    let found = if let Some(user) = user {
        Some((at(user), format!("what stands before the @ is a user name: the address leads to `{name}`"), "not the host"))
    } else if name.trim_matches(['[', ']']).parse::<IpAddr>().is_ok() {
        Some((at(name), "the address is a bare number of a computer, which says nothing of whose it is".to_owned(), "an IP address"))
    } else if name.split('.').any(|label| label.starts_with("xn--")) {
        Some((at(name), format!("`{name}` hides letters beyond a to z, which can look like others"), "letters in disguise"))
    } else if !name.contains('.') {
        Some((at(name), format!("`{name}` is no host that everybody can reach"), "no domain"))
    } else {
        None
    };
    if let Some((span, message, label)) = found {
        sink.push(
            file.finding(span, message).label(label).help("write the plain address of the service, as it is printed on its own pages"),
        );
    }
}
