//! To which outcomes and journeys a rule of the whole site applies.

use crate::check::Context;
use crate::check::outline::{Outline, targets};
use crate::model::{Item, Kind, Scope};

/// Whether a rule for this scope applies to an item: an outcome by its own urgency, a journey by that of its endings.
pub fn applies(site: &Context<'_>, scope: &Scope<'_>, item: &Item<'_>) -> bool {
    let Scope::Some { acuity, topics } = scope else { return true };
    let has_topic = topics.is_empty() || item.common.topics.iter().any(|t| topics.iter().any(|s| s.value == t.value));
    let has_urgency = acuity.as_ref().is_none_or(|from| {
        let limit = rank(site, from.at_least.value);
        // A level that does not exist is said at the rule; until then it applies to nothing.
        limit.is_some_and(|limit| ranks(site, item).into_iter().any(|rank| rank <= limit))
    });
    has_topic && has_urgency
}

fn rank(site: &Context<'_>, level: &str) -> Option<usize> {
    site.content.acuity.as_ref()?.rank(level)
}

fn ranks(site: &Context<'_>, item: &Item<'_>) -> Vec<usize> {
    if let Some(outcome) = item.outcome() {
        return rank(site, outcome.acuity.value).into_iter().collect();
    }
    let Some(outline) = Outline::of(site, item) else { return Vec::new() };
    let endings = outline.steps().flat_map(|(_, step)| targets(step)).filter_map(|t| Kind::split(t.value));
    let outcomes = endings.filter_map(|(kind, name)| site.content.named(kind, name)?.outcome());
    outcomes.filter_map(|o| rank(site, o.acuity.value)).collect()
}
