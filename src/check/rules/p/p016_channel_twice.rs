//! The same number or address twice.
//!
//! In one service it is a slip: the card would show the same button two times, and one of the two is left behind when the
//! number changes. In two services of different providers one of them is often wrong.
//!
//! ## Example
//! ```yaml
//! channels:
//!   - {type: phone, value: "0808 157 0123"}
//!   - {type: phone, value: "08081570123", hours: 24/7}
//! ```
//!
//! ## Instead
//! ```yaml
//! channels:
//!   - {type: phone, value: "0808 157 0123", hours: 24/7}
//! ```

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Channel, Item, Status};

pub const RULE: Rule = Rule {
    code: "P016",
    name: "channel-twice",
    severity: Severity::Warning,
    source: include_str!("p016_channel_twice.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let today = site.today_text();
    for (item, resource) in site.content.resources().filter(|(i, _)| i.status() != Status::Retired) {
        let channels: Vec<&Channel<'_>> = resource.channels.iter().filter(|c| !c.is_over_on(today)).collect();
        for (n, channel) in channels.iter().enumerate() {
            if let Some(first) = channels[..n].iter().find(|c| is_same(site, c, channel)) {
                within(item, first, channel, sink);
            }
        }
    }
    between(site, sink);
}

/// Whether two channels are one: the same way to the same place, with the same word to send.
fn is_same(site: &Context<'_>, a: &Channel<'_>, b: &Channel<'_>) -> bool {
    let number = |c: &Channel<'_>| c.value.filter(|_| c.ty.is_number()).and_then(|v| site.numbers().number(v.value));
    let text = |t: Option<crate::model::Text<'_>>| t.map(|t| t.value.trim().to_lowercase());
    let is_alike = match (number(a), number(b)) {
        (Some(one), Some(other)) => one == other,
        _ => text(a.value) == text(b.value) && text(a.url) == text(b.url),
    };
    // One that ends before the other begins is a change of hours, say, not a slip.
    let is_apart = |a: &Channel<'_>, b: &Channel<'_>| a.until.zip(b.from).is_some_and(|(until, from)| until.value < from.value);
    a.ty == b.ty && is_alike && text(a.message) == text(b.message) && text(a.label) == text(b.label) && !is_apart(a, b) && !is_apart(b, a)
}

fn within(item: &Item<'_>, first: &Channel<'_>, second: &Channel<'_>, sink: &mut Sink<'_>) {
    let (Some(one), Some(other)) = (first.value.or(first.url), second.value.or(second.url)) else { return };
    let finding = Finding::new(
        &item.file.path,
        super::words(item.file, other),
        format!("`{}` is a {} channel of this service already", other.value, second.ty.word()),
    );
    sink.push(
        finding
            .label("again")
            .also(&item.file.path, one.span, "first here")
            .help("make one channel of the two, or tell them apart by `label`"),
    );
}

/// Numbers that services of different providers have.
fn between(site: &Context<'_>, sink: &mut Sink<'_>) {
    let content = &site.content;
    for uses in site.numbers().by_number().filter(|uses| uses.len() > 1) {
        let live: Vec<_> = uses.iter().filter(|u| u.is_live).collect();
        let Some((first, others)) = live.split_first() else { continue };
        let provider = |item: &Item<'_>| item.resource().map(|r| r.provider.value.to_lowercase());
        for other in others.iter().filter(|o| provider(o.item(content)) != provider(first.item(content))) {
            let (Some(one), Some(value)) = (first.channel(content).and_then(|c| c.value), other.channel(content).and_then(|c| c.value))
            else {
                continue;
            };
            if site.numbers().number(value.value).is_some_and(|n| site.numbers().short_code(n).is_some()) {
                continue;
            }
            let (service, twin) = (first.item(content), other.item(content));
            let message = format!("`{}` has the number `{}` as well, and another provider", service.id(), value.value);
            let finding = Finding::new(&twin.file.path, super::words(twin.file, value), message).label("the same number");
            let finding = finding.also(&service.file.path, one.span, "here too");
            sink.push_as(Severity::Advice, finding.help("check with both which of them answers there"));
        }
    }
}
