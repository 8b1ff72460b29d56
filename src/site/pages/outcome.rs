//! Outcomes, as preview pages: where a journey can end.

use std::collections::BTreeSet;

use minijinja::context;
use minijinja::value::Value;

use super::journey::journeys_that_end_at;
use super::{Filled, Scope, is_pressing};
use crate::journey::screens::{Ending, Reported};
use crate::model::{self, ChannelType, Item, Kind};
use crate::site::context::{Action, Block, Level, Score, Service, value};
use crate::site::markdown::Writer;
use crate::site::marks;
use crate::site::plan::Plan;
use crate::site::resources;
use crate::site::shared;
use crate::site::suspended;
use crate::site::templates::push_text;

/// Ways that need no voice.
const SILENT: [ChannelType; 5] = [ChannelType::Text, ChannelType::Webchat, ChannelType::Whatsapp, ChannelType::Textphone, ChannelType::Bsl];
/// Ways that need a voice.
const VOICE: [ChannelType; 2] = [ChannelType::Phone, ChannelType::Video];

/// The ending of a journey that an outcome is shown as.
pub(super) struct Shown<'s, 'a> {
    pub ending: &'s Ending<'a>,
    pub journey: &'s Item<'a>,
    /// The page before, where it is always the same one.
    pub back_path: Option<String>,
}

/// As a page of its own, of an ending that nobody was led to.
pub(super) fn outcome(scope: &Scope<'_, '_, '_>) -> Filled {
    let (data, items, is_inlined) = data(scope, None);
    Filled { template: "outcome.html", page: scope.page_data("outcome", ""), name: "outcome", data, items, is_inlined }
}

/// What the template receives, the items that it shows, and whether it has to come in one round trip.
pub(super) fn data<'a>(scope: &Scope<'_, '_, 'a>, shown: Option<&Shown<'_, 'a>>) -> (Value, BTreeSet<String>, bool) {
    let facts = &scope.shared.facts;
    let item = scope.item;
    let level = item.outcome().and_then(|o| facts.content.level_of(o));
    let card = level.map_or(model::Card::None, |l| l.card);
    let mut writer = Writer::new(scope.shared, scope.skin, &scope.page.path, scope.root);
    let (mut intro, mut sections) = writer.sections(item);
    if intro.is_empty()
        && let Some(at) = sections.iter().position(|s| s.id == "what-to-do")
    {
        intro = sections.remove(at).blocks;
    }
    let intro = unframed(intro, card);
    let mut items = writer.embedded;
    items.insert(item.id());
    let first = shown.map_or(&[][..], |s| &s.ending.first);
    let mut ids: Vec<&str> = item.signposts().iter().map(|s| s.value).collect();
    let (mut voice, mut silent): (Vec<Action>, Vec<Action>) = Default::default();
    if is_pressing(card) {
        let call = facts.site.emergency_help.as_ref().and_then(|h| h.call).map(|c| c.value);
        let shown = suspended::stand_ins(facts, scope.skin.language, &ids);
        for resource in shown.into_iter().filter_map(|i| resources::prepare(facts, &scope.skin.locale, scope.skin.language, i)) {
            voice.extend(resources::actions(&resource, &VOICE, call));
            silent.extend(resources::actions(&resource, &SILENT, None));
        }
    }
    // What suits this person comes first; nothing is left out.
    let place = |path: &str| {
        first.iter().position(|id| facts.plan.find_card(id, None).is_some_and(|i| Plan::path(i) == path)).unwrap_or(usize::MAX)
    };
    voice.sort_by_key(|a| place(&a.path));
    silent.sort_by_key(|a| place(&a.path));
    ids.sort_by_key(|id| first.iter().position(|f| f == id).unwrap_or(usize::MAX));
    let roles = item.outcome().map_or(&[][..], |o| &o.local);
    let local: Vec<Service> = roles
        .iter()
        .filter_map(|role| {
            let (_, about) = facts.site.roles.iter().find(|(id, _)| id.value == role.value)?;
            let resource = scope.card(about.fallback.value)?;
            items.insert(about.fallback.value.to_owned());
            Some(Service {
                role: role.value.to_owned(),
                label: marks::original(scope.skin.language, about.label.value),
                resource,
                fallback: true,
                from: None,
                until: None,
            })
        })
        .collect();
    let signposts = scope.resources(ids.iter().copied(), &mut items);
    let sections: Vec<Value> =
        sections.into_iter().map(|s| context! { id => s.id, heading => s.heading, blocks => value(s.blocks) }).collect();
    let data = context! {
        title => item.title(),
        level => value(level.map(|l| level_data(l, scope.skin.language))),
        preview => shown.is_none(),
        intro => value(intro),
        sections,
        voice => value(voice),
        silent => value(silent),
        local => value(local),
        signposts,
        journeys => value(if shown.is_none() { journeys_that_end_at(scope).into_iter().map(shared::place).collect::<Vec<_>>() } else { Vec::new() }),
        report => value(shown.map_or_else(Vec::new, |s| report(scope, s.ending))),
        back_path => shown.and_then(|s| s.back_path.as_deref()),
        start_path => shown.map(|s| Plan::path(s.journey)),
        feedback => shown.and_then(|_| feedback(scope)),
    };
    (data, items, is_pressing(card))
}

/// The scores that an ending shows.
pub(super) fn report(scope: &Scope<'_, '_, '_>, ending: &Ending<'_>) -> Vec<Score> {
    let name = |score: &str| {
        let item = scope.shared.facts.content.named(Kind::Instrument, score);
        let short = item.and_then(|i| i.instrument()?.abbreviation).map(|a| a.value);
        short.or_else(|| item.map(Item::title)).unwrap_or(score).to_owned()
    };
    let score = |reported: &Reported<'_>| match reported {
        Reported::Points(score, points) => Score { name: name(score), value: points.to_string() },
        Reported::Band(score, band) => Score { name: name(score), value: (*band).to_owned() },
    };
    ending.reported.iter().map(score).collect()
}

/// Where people can say what they think of an ending: with the outcome and the version of its content, and none of the answers.
fn feedback(scope: &Scope<'_, '_, '_>) -> Option<Value> {
    let feedback = scope.shared.facts.site.feedback.as_ref().filter(|f| f.email.is_some() || f.url.is_some())?;
    let id = scope.item.id();
    let version = scope.shared.journeys.versions.get(&id).map_or("", String::as_str);
    let subject = scope.skin.locale.word("outcome.feedback_subject").replace("{outcome}", &id).replace("{version}", version);
    let subject = percent_encoding::utf8_percent_encode(&subject, percent_encoding::NON_ALPHANUMERIC);
    let email = feedback.email.map(|e| format!("mailto:{}?subject={subject}", e.value));
    let url = feedback.url.map(|u| {
        let sign = if u.value.contains('?') { '&' } else { '?' };
        format!("{}{sign}outcome={}&version={version}", u.value, scope.item.name)
    });
    Some(context! { email_href => email, url_href => url })
}

/// The page is a card itself: a card as urgent as the page needs no frame of its own within it.
fn unframed(intro: Vec<Block>, card: model::Card) -> Vec<Block> {
    let mut blocks = Vec::with_capacity(intro.len());
    for block in intro {
        match block {
            Block::CareCard { care, heading, blocks: inner, .. } if care == card.word() => {
                let mut html = String::from("<h2>");
                push_text(&heading, &mut html);
                html.push_str("</h2>");
                blocks.push(Block::Html { html });
                blocks.extend(inner);
            }
            other => blocks.push(other),
        }
    }
    blocks
}

/// A level as templates see it.
pub(super) fn level_data(level: &model::Level<'_>, language: Option<&str>) -> Level {
    Level {
        id: level.id.value.to_owned(),
        label: marks::original(language, level.label.value),
        says: marks::original(language, level.says.value),
        card: level.card.word(),
        within: Some(marks::original(language, level.within.value)).filter(|w| !w.is_empty()),
    }
}
