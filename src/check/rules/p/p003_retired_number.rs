//! A text names a number or an address that no longer works.
//!
//! Numbers live on in texts long after a service has ended: whoever dials one hears nothing, or reaches a stranger. So the number of
//! a retired service, or of a channel whose last day is past, is wrong wherever people read it. The finding names what has
//! taken its place.
//!
//! ## Example
//! ```md
//! Call the crisis line on 0808 157 0999.     # `until: 2025-01-31` in resource/example-line
//! ```
//!
//! ## Instead
//! ```md
//! Call the [crisis line](resource/example-line).
//! ```
//!
//! ## Where it comes from
//! Crisis lines of several London trusts were withdrawn in favour of NHS 111 between 2024 and 2025; their numbers are still
//! printed on many pages.

use crate::check::numbers::Use;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Item, Status};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "P003",
    name: "retired-number",
    severity: Severity::Error,
    source: include_str!("p003_retired_number.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if file.item.is_some_and(|i| i.status() == Status::Retired) {
        return;
    }
    let numbers = file.site.numbers();
    for (at, mention) in file.mentions() {
        if let Some(retired) = numbers.retired(mention.number) {
            let piece = &file.pieces()[*at];
            sink.push(finding(file, piece.span(mention.range.clone()), &piece.text[mention.range.clone()], retired));
        }
    }
    for piece in file.pieces() {
        for (part, retired) in addresses(file, &piece.text).into_iter().chain(numbers.retired_places(&piece.text)) {
            sink.push(finding(file, piece.span(part.clone()), &piece.text[part], retired));
        }
    }
    for link in file.links() {
        let retired = match link.to.strip_prefix("tel:").or_else(|| link.to.strip_prefix("sms:")) {
            Some(number) => numbers.number(number).and_then(|n| numbers.retired(n)),
            None if link.to.contains(['.', '@']) => numbers.retired_address(&link.to),
            None => None,
        };
        if let Some(retired) = retired {
            sink.push(finding(file, link.to_span, &link.to, retired));
        }
    }
    own_channels(file, sink);
}

/// Words of a text that are a retired address.
fn addresses<'n>(file: &'n FileContext<'_, '_>, text: &str) -> Vec<(std::ops::Range<usize>, &'n Use)> {
    let numbers = file.site.numbers();
    if !numbers.has_retired_addresses() || !text.contains('.') {
        return Vec::new();
    }
    let words = text.split(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '<' | '>' | '"' | '“' | '”'));
    let found = words.filter_map(|word| {
        let word = word.trim_matches(|c: char| matches!(c, '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '‘' | '’'));
        // Nearly every word is done here.
        let start = word.contains('.').then(|| word.as_ptr() as usize - text.as_ptr() as usize)?;
        Some((start..start + word.len(), numbers.retired_address(word)?))
    });
    found.collect()
}

/// A channel of another service with the number of a retired one, which may be a mistake or a number that was handed on.
fn own_channels(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((item, resource)) = super::offered(file) else { return };
    let (numbers, content, today) = (file.site.numbers(), &file.site.content, file.site.today_text());
    for value in resource.channels.iter().filter(|c| c.ty.is_number() && !c.is_over_on(today)).filter_map(|c| c.value) {
        let Some(number) = numbers.number(value.value).filter(|n| numbers.short_code(*n).is_none()) else { continue };
        let handed_on = |retired: &Item<'_>| retired.name == item.name || content.replacement(retired).is_some_and(|r| r.name == item.name);
        let others = numbers.uses(number).iter().filter(|u| !u.is_live).map(|u| u.item(content));
        if let Some(retired) = others.into_iter().find(|i| i.status() == Status::Retired && !handed_on(i)) {
            let message = format!("the number `{}` is that of `{}`, which is retired", value.value, retired.id());
            let help = format!("check that it rings at this service; if it was handed on, write `replaced_by: {}` there", item.id());
            sink.push_as(
                Severity::Warning,
                file.finding(super::words(file.file, value), message)
                    .also(&retired.file.path, retired.common.title_span(), "retired")
                    .help(help),
            );
        }
    }
}

fn finding(file: &FileContext<'_, '_>, span: Span, text: &str, retired: &Use) -> Finding {
    let content = &file.site.content;
    let service = retired.item(content);
    let until = retired.channel(content).and_then(|c| c.until).filter(|u| u.value < file.site.today_text());
    let message = match until {
        Some(until) => format!("`{text}` has not worked since {}: it was a way to reach {}", until.value, service.title()),
        None => format!("`{text}` no longer works: it was a way to reach {}, which is retired", service.title()),
    };
    let mut finding = file.finding(span, message).label("out of use");
    if let Some(channel) = retired.channel(content)
        && let Some(value) = channel.value.or(channel.url)
    {
        finding = finding.also(&service.file.path, value.span, "retired here");
    }
    let help = match content.replacement(service) {
        _ if service.is_live() => format!("{} can be reached in other ways now: refer to `{}`", service.title(), service.id()),
        Some(now) => format!("people use {} now: refer to `{}`", now.title(), now.id()),
        None => format!("refer to a service that is there now, and say in `{}` which one with `replaced_by`", service.id()),
    };
    finding.help(help)
}
