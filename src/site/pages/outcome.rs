//! Outcomes, as preview pages: where a journey can end.

use minijinja::context;
use minijinja::value::Value;

use super::journey::journeys_that_end_at;
use super::{Filled, Scope, is_pressing};
use crate::model::{self, ChannelType};
use crate::site::context::{Action, Block, Level, Service, value};
use crate::site::markdown::Writer;
use crate::site::resources;
use crate::site::shared::place;
use crate::site::suspended;
use crate::site::templates::push_text;

/// Ways that need no voice.
const SILENT: [ChannelType; 5] = [ChannelType::Text, ChannelType::Webchat, ChannelType::Whatsapp, ChannelType::Textphone, ChannelType::Bsl];
/// Ways that need a voice.
const VOICE: [ChannelType; 2] = [ChannelType::Phone, ChannelType::Video];

pub(super) fn outcome(scope: &Scope<'_, '_, '_>) -> Filled {
    let facts = &scope.shared.facts;
    let item = scope.item;
    let level = item.outcome().and_then(|o| facts.content.level_of(o));
    let card = level.map_or(model::Card::None, |l| l.card);
    let mut writer = Writer::new(scope.shared, scope.skin, scope.root);
    let (mut intro, mut sections) = writer.sections(item);
    if intro.is_empty()
        && let Some(at) = sections.iter().position(|s| s.id == "what-to-do")
    {
        intro = sections.remove(at).blocks;
    }
    let intro = unframed(intro, card);
    let mut items = writer.embedded;
    items.insert(item.id());
    let ids: Vec<&str> = item.signposts().iter().map(|s| s.value).collect();
    let (mut voice, mut silent): (Vec<Action>, Vec<Action>) = Default::default();
    if is_pressing(card) {
        let call = facts.site.emergency_help.as_ref().and_then(|h| h.call).map(|c| c.value);
        let shown = suspended::stand_ins(facts, scope.skin.language, &ids);
        for resource in shown.into_iter().filter_map(|i| resources::prepare(facts, &scope.skin.locale, scope.skin.language, i)) {
            voice.extend(resources::actions(&resource, &VOICE, call));
            silent.extend(resources::actions(&resource, &SILENT, None));
        }
    }
    let roles = item.outcome().map_or(&[][..], |o| &o.local);
    let local: Vec<Service> = roles
        .iter()
        .filter_map(|role| {
            let (_, about) = facts.site.roles.iter().find(|(id, _)| id.value == role.value)?;
            let resource = scope.card(about.fallback.value)?;
            items.insert(about.fallback.value.to_owned());
            Some(Service {
                role: role.value.to_owned(),
                label: about.label.value.to_owned(),
                resource,
                fallback: true,
                from: None,
                until: None,
            })
        })
        .collect();
    let signposts = scope.resources(ids.iter().copied(), &mut items);
    let page = scope.page_data("outcome", "");
    let sections: Vec<Value> =
        sections.into_iter().map(|s| context! { id => s.id, heading => s.heading, blocks => value(s.blocks) }).collect();
    let data = context! {
        level => value(level.map(level_data)),
        preview => true,
        intro => value(intro),
        sections,
        voice => value(voice),
        silent => value(silent),
        local => value(local),
        signposts,
        journeys => value(journeys_that_end_at(scope).into_iter().map(place).collect::<Vec<_>>()),
    };
    Filled { template: "outcome.html", page, name: "outcome", data, items, is_inlined: is_pressing(card) }
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
pub(super) fn level_data(level: &model::Level<'_>) -> Level {
    Level {
        id: level.id.value.to_owned(),
        label: level.label.value.to_owned(),
        says: level.says.value.to_owned(),
        card: level.card.word(),
        within: Some(level.within.value.to_owned()).filter(|w| !w.is_empty()),
    }
}
