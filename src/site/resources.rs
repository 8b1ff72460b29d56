//! Services as templates see them: channels with what they dial and their hours in words, who may use them, when they were
//! last confirmed.
//!
//! Knows nothing of the pages that show them.

use std::collections::BTreeMap;

use super::context::{Action, Age, Assurance, Channel, Hours, Place, Resource};
use super::marks;
use super::plan::Plan;
use super::search::words;
use super::shared::Facts;
use super::suspended;
use super::text::Locale;
use crate::hours;
use crate::model::{self, ChannelType, Item, Kind, Status, Text};

/// A service, ready for templates.
pub(super) struct Prepared {
    types: Vec<ChannelType>,
    pub data: Resource,
}

/// Every service that has a page, by name.
pub(super) fn all<'c, 'a>(facts: &Facts<'c, 'a>, locale: &Locale, language: Option<&'a str>) -> BTreeMap<&'a str, Prepared> {
    let originals = facts.content.originals().filter(|i| i.kind == Kind::Resource);
    let pages = originals.filter_map(|i| facts.plan.find_page(&i.id(), language));
    pages.filter_map(|item| Some((item.name, prepare(facts, locale, language, item)?))).collect()
}

/// The ways to reach a service that are of these types, in its own order, the first of each type; without one number.
pub(super) fn actions(resource: &Prepared, types: &[ChannelType], without: Option<&str>) -> Vec<Action> {
    let mut seen = Vec::new();
    let mut actions = Vec::new();
    for (ty, channel) in resource.types.iter().zip(&resource.data.channels) {
        let is_left_out = without.is_some() && channel.value.as_deref() == without;
        if types.contains(ty) && !seen.contains(ty) && !is_left_out && channel.href.is_some() {
            seen.push(*ty);
            let title = resource.data.title.clone();
            actions.push(Action { title, path: resource.data.path.clone(), channel: channel.clone() });
        }
    }
    actions
}

/// `tel:` or `sms:` with a number as a telephone wants it.
pub(super) fn dial(scheme: &str, number: &str) -> String {
    let digits = number.chars().filter(|c| c.is_ascii_digit() || matches!(c, '+' | '*' | '#'));
    scheme.chars().chain(digits).collect()
}

/// One service.
pub(super) fn prepare<'c, 'a>(facts: &Facts<'c, 'a>, locale: &Locale, language: Option<&'a str>, item: &'c Item<'a>) -> Option<Prepared> {
    let resource = item.resource()?;
    let suspensions = &facts.reviews.suspensions;
    let offered = || resource.channels.iter().filter(|c| facts.is_current(c.until.map(|d| d.value)));
    let is_whole = facts.plan.is_gap(item);
    let current = || offered().filter(|c| !is_whole && !suspensions.takes(item.name, c));
    let eligibility = &resource.eligibility;
    let places = |ids: &[Text<'a>]| -> Vec<Place> { ids.iter().filter_map(|id| facts.place(id.value, language)).collect() };
    let confirmation = facts.content.confirmations.get(item.name);
    let said = |text: Option<Text<'a>>| text.map(|t| marks::of(item, language, t.value));
    let data = Resource {
        id: item.id(),
        path: Plan::path(item),
        title: marks::title(item, language),
        ty: resource.ty.word(),
        provider: said(Some(resource.provider)).unwrap_or_default(),
        summary: said(item.common.summary),
        who: said(eligibility.who),
        confidentiality: said(resource.confidentiality),
        cost: said(resource.cost),
        free: says_free(locale, resource.cost.into_iter().chain(current().filter_map(|c| c.cost))),
        accessibility: said(resource.accessibility),
        last_confirmed: confirmation.map(|(_, c)| c.date.value.to_owned()),
        channels: current().map(|c| channel(facts, locale, c, &said)).collect(),
        age: age(eligibility.age),
        for_others: eligibility.for_others.unwrap_or(false),
        retired: item.status() == Status::Retired,
        areas: places(&eligibility.areas),
        topics: places(&item.common.topics),
        languages: resource.languages.iter().map(|l| l.value.to_owned()).collect(),
        also_known_as: resource.also_known_as.iter().map(|n| marks::of(item, language, n.value)).collect(),
        assurance: resource.assurance.as_ref().map(|a| Assurance {
            scheme: marks::of(item, language, a.scheme.value),
            date: owned(a.date),
            until: owned(a.until),
            url: owned(a.url),
        }),
        replaced_by: resource
            .replaced_by
            .and_then(|id| facts.plan.find(id.value, language))
            .map(|i| Place { title: marks::title(i, language), path: Plan::path(i) }),
        suspended: suspended::notice(facts, locale, language, item, offered().filter(|c| suspensions.takes(item.name, c))),
    };
    Some(Prepared { types: current().map(|c| c.ty).collect(), data })
}

/// Ages, where there is a limit at all.
pub(super) fn age(age: model::Age) -> Option<Age> {
    (age.min.is_some() || age.max.is_some()).then_some(Age { min: age.min, max: age.max })
}

/// A text of its own, for a template.
pub(super) fn owned(text: Option<Text<'_>>) -> Option<String> {
    text.map(|t| t.value.to_owned())
}

fn channel<'a>(
    facts: &Facts<'_, '_>,
    locale: &Locale,
    channel: &model::Channel<'a>,
    said: &impl Fn(Option<Text<'a>>) -> Option<String>,
) -> Channel {
    let value = channel.value.map(|v| v.value);
    let url = channel.url.map(|u| u.value.to_owned());
    let href = match (channel.ty, value) {
        (ChannelType::Phone | ChannelType::Textphone, Some(number)) => Some(dial("tel:", number)),
        (ChannelType::Text, Some(number)) => {
            let body = channel
                .message
                .map(|m| format!("?body={}", percent_encoding::utf8_percent_encode(m.value, percent_encoding::NON_ALPHANUMERIC)));
            Some(dial("sms:", number) + &body.unwrap_or_default())
        }
        (ChannelType::Whatsapp, Some(number)) if url.is_none() => international(number).map(|n| format!("https://wa.me/{n}")),
        (ChannelType::Email, Some(address)) => Some(format!("mailto:{address}")),
        _ => url,
    };
    Channel {
        ty: channel.ty.word(),
        label: said(channel.label),
        value: value.map(str::to_owned),
        message: owned(channel.message),
        href,
        hours: channel.hours.map(|h| hours_of(h.value, channel, facts, locale)),
        cost: said(channel.cost),
        shows_on_bill: channel.shows_on_bill,
        usual_wait: said(channel.usual_wait),
        from: facts.ahead(channel.from.map(|d| d.value)),
        until: owned(channel.until),
        note: said(channel.note),
        voice: matches!(channel.ty, ChannelType::Phone | ChannelType::Video),
    }
}

/// The digits of a number that is written with its country's code.
fn international(number: &str) -> Option<String> {
    number.starts_with('+').then(|| number.chars().filter(char::is_ascii_digit).collect())
}

/// Opening hours as sentences and for a script; what is no opening hours is shown as it is, and the checks say so.
fn hours_of(text: &str, channel: &model::Channel<'_>, facts: &Facts<'_, '_>, locale: &Locale) -> Hours {
    let (words, table) = match hours::Hours::parse(text) {
        Ok(hours) => (hours.in_words(&locale.hours).into_iter().map(|line| locale.as_hours(capital(&line))).collect(), Some(hours.table())),
        Err(_) => (vec![text.to_owned()], None),
    };
    Hours { words, data: text.to_owned(), table, from: facts.ahead(channel.from.map(|d| d.value)), until: owned(channel.until) }
}

/// Whether one of these texts about what something costs says that it costs nothing. One with a number in it does not: `£15, or
/// free if you get benefits`.
fn says_free<'a>(locale: &Locale, costs: impl Iterator<Item = Text<'a>>) -> bool {
    let spoken = |text: &str| format!(" {} ", words(text).join(" "));
    let has_any = |text: &str, key: &str| locale.list(key).any(|phrase| text.contains(&spoken(phrase)));
    let mut texts = costs.map(|cost| spoken(cost.value)).filter(|text| !text.contains(|c: char| c.is_numeric()));
    texts.any(|text| has_any(&text, "directory.free_words") && !has_any(&text, "directory.not_free_words"))
}

/// A sentence begins with a capital letter, where its script has them.
fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
