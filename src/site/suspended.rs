//! Services that are suspended: what stands where they stood, and what a site must not be published without.
//!
//! A suspended service has no card, no place in a list and no number anywhere. Where somebody put its card, people read that it
//! is not available and what to use instead: the service that stands in for it in its role, else what `safety.yaml` requires and
//! the help that is on every page.

use std::collections::HashSet;

use super::BuildError;
use super::context;
use super::resources::{actions, prepare};
use super::shared::{Facts, Shared};
use super::text::Locale;
use crate::model::{self, Channel, ChannelType, Content, Item, Kind};
use crate::review::Suspensions;

/// Ways to reach what stands in for a service, the quickest first.
const WAYS: [ChannelType; 6] =
    [ChannelType::Phone, ChannelType::Text, ChannelType::Webchat, ChannelType::Textphone, ChannelType::Whatsapp, ChannelType::Website];

/// The services that are suspended as a whole, or of which no way is left, by name.
pub(super) fn whole<'a>(content: &Content<'a>, suspensions: &Suspensions, as_of: Option<&str>) -> HashSet<&'a str> {
    if suspensions.is_empty() {
        return HashSet::new();
    }
    let is_left = |item: &Item<'a>, channel: &Channel<'a>| {
        !suspensions.takes(item.name, channel) && !as_of.is_some_and(|day| channel.is_over_on(day))
    };
    let resources = content.resources().filter(|(item, _)| suspensions.on(item.name).is_some());
    resources.filter(|(item, r)| !r.channels.iter().any(|c| is_left(item, c))).map(|(item, _)| item.name).collect()
}

/// What the card of a service says about what is suspended; nothing where nothing is.
pub(super) fn notice<'c, 'a>(
    facts: &Facts<'c, 'a>,
    locale: &Locale,
    language: Option<&'a str>,
    item: &'c Item<'a>,
    out_of_use: impl Iterator<Item = &'c Channel<'a>>,
) -> Option<context::Suspended>
where
    'a: 'c,
{
    let is_whole = facts.plan.is_gap(item);
    let mut ways: Vec<&'static str> = out_of_use.map(|c| c.ty.word()).collect();
    ways.dedup();
    if !is_whole && ways.is_empty() {
        return None;
    }
    let ids = instead(facts, item.name);
    let is_one = ids.len() == 1;
    let instead = ids.into_iter().filter_map(|id| facts.plan.find(&id, language)).filter(|i| i.name != item.name);
    let mut shown: Vec<context::Action> = Vec::new();
    for other in instead.filter_map(|i| prepare(facts, locale, language, i)) {
        // Many stand in: one way each, so that nobody has to read a list.
        let most = if is_one { usize::MAX } else { 1 };
        let one_of_each = actions(&other, &WAYS, None).into_iter().take(most);
        shown.extend(one_of_each.filter(|a| !shown.iter().any(|s| s.channel.href == a.channel.href)).collect::<Vec<_>>());
    }
    let help = facts.site.emergency_help.as_ref().and_then(|h| h.page).and_then(|page| facts.place(page.value, language));
    Some(context::Suspended { whole: is_whole, ways, instead: shown, help })
}

/// These services, and for each that is suspended what stands in for it.
pub(super) fn stand_ins<'c, 'a>(facts: &Facts<'c, 'a>, language: Option<&'a str>, ids: &[&str]) -> Vec<&'c Item<'a>> {
    let mut found: Vec<&'c Item<'a>> = Vec::new();
    for id in ids {
        let Some(item) = facts.plan.find_card(id, language) else { continue };
        let ids = if facts.plan.is_gap(item) { instead(facts, item.name) } else { vec![(*id).to_owned()] };
        for item in ids.iter().filter_map(|id| facts.plan.find(id, language)) {
            if !found.iter().any(|f| f.name == item.name) {
                found.push(item);
            }
        }
    }
    found
}

/// The ids of what to use instead of a service: what stands in for it in the roles that it fills, else help for everybody.
fn instead(facts: &Facts<'_, '_>, name: &str) -> Vec<String> {
    let id = Kind::Resource.id(name);
    let is_usable = |id: &str| facts.plan.find(id, None).is_some_and(|i| i.kind == Kind::Resource && i.name != name);
    let fills = |role: &str| facts.content.areas().any(|(_, area)| area.services.get(role).is_some_and(|s| s.resource.value == id));
    let roles = facts.site.roles.iter().filter(|(role, about)| is_usable(about.fallback.value) && fills(role.value));
    let mut ids: Vec<String> = roles.map(|(_, about)| about.fallback.value.to_owned()).collect();
    ids.dedup();
    if ids.is_empty() {
        let required = facts.content.safety.iter().flat_map(|s| &s.required);
        let everywhere = facts.site.emergency_help.iter().flat_map(|h| &h.signposts);
        for id in required.chain(everywhere).map(|id| id.value).filter(|id| is_usable(id)) {
            if !ids.iter().any(|known| known == id) {
                ids.push(id.to_owned());
            }
        }
    }
    ids
}

/// Refuses a site that lacks what it must never lack because it is suspended.
///
/// # Errors
/// Names the first that is missing.
pub(super) fn refuse_gaps(shared: &Shared<'_, '_>) -> Result<(), BuildError> {
    let facts = &shared.facts;
    for id in facts.content.safety.iter().flat_map(|s: &model::Safety<'_>| &s.required) {
        if facts.content.get(id.value).is_some_and(|item| facts.plan.is_gap(item)) {
            return Err(BuildError::Required { what: format!("`{}`", id.value), why: "content/safety.yaml requires it" });
        }
    }
    let call = facts.site.emergency_help.as_ref().and_then(|h| h.call);
    if let (Some(call), Some(scrub)) = (call, &shared.scrub)
        && scrub.is_dead_number(call.value)
    {
        return Err(BuildError::Required { what: format!("the number {}", call.value), why: "content/site.yaml shows it on every page" });
    }
    Ok(())
}
