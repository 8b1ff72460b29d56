//! The journeys that can be answered on the site: their screens, and where the pages of the screens lie.
//!
//! A journey with more screens than the site allows has no pages for them: it is answered in one page, by script. That is refused
//! where one of its endings is urgent. Knows nothing of what stands on a page.

use std::collections::HashMap;

use rayon::prelude::*;

use super::BuildError;
use super::plan::Plan;
use crate::check::Context;
use crate::fingerprint;
use crate::journey::diagram;
use crate::journey::screens::{Screens, Shows};
use crate::model::{Card, Item, ItemText, Journey, Kind, Sensitive};

/// How many pages a journey may have where `site.yaml` does not say.
const PAGES: usize = 2_000;

/// What is answered on the site.
pub(super) struct Journeys<'a> {
    /// The journeys that can be answered, by name.
    pub walkable: HashMap<&'a str, Walkable<'a>>,
    /// For each outcome that one of them ends at eight hexadecimal digits that change with its content.
    pub versions: HashMap<String, String>,
}

/// A journey that can be answered.
pub(super) struct Walkable<'a> {
    /// Its screens.
    pub screens: Screens<'a>,
    /// For each screen the one before it, where that is always the same.
    pub before: Vec<Option<usize>>,
    /// Whether each screen is a page.
    pub has_pages: bool,
    /// What makes the journey or one of its endings sensitive.
    pub sensitive: Vec<Sensitive>,
}

/// Every visible journey that can be answered. One whose answers lead nowhere, or whose questions may not be published, keeps
/// its outline alone.
///
/// # Errors
/// Where a journey with an urgent ending would need more pages than the site allows.
pub(super) fn all<'c, 'a>(context: &'c Context<'a>, plan: &Plan<'c, 'a>) -> Result<Journeys<'a>, BuildError> {
    let content = &context.content;
    let limit = content.site.as_ref().and_then(|s| s.journey_pages).map_or(PAGES, |n| usize::try_from(n.value).unwrap_or(PAGES));
    let visible: Vec<(&'c Item<'a>, &'c Journey<'a>)> =
        plan.visible(Kind::Journey).filter_map(|item| Some((item, item.journey()?))).collect();
    let found: Vec<_> = visible.par_iter().map(|(item, journey)| (*item, walkable(context, plan, item, journey, limit))).collect();
    let mut journeys = Journeys { walkable: HashMap::new(), versions: HashMap::new() };
    for (item, found) in found {
        let Some(walkable) = found else { continue };
        for id in walkable.endings() {
            let Some(outcome) = content.get(id) else { continue };
            let is_urgent =
                outcome.outcome().and_then(|o| content.level_of(o)).is_some_and(|l| matches!(l.card, Card::Emergency | Card::Urgent));
            if is_urgent && !walkable.has_pages {
                let (journey, ending, pages) = (item.id(), outcome.id(), walkable.screens.list.len());
                return Err(BuildError::TooManyPages { journey, ending, pages, limit });
            }
            if outcome.kind == Kind::Outcome && !journeys.versions.contains_key(id) {
                let whole = fingerprint::of(outcome.file, &context.schemas).unwrap_or_default();
                journeys.versions.insert(id.to_owned(), whole.trim_start_matches("sha256:").chars().take(8).collect());
            }
        }
        journeys.walkable.insert(item.name, walkable);
    }
    Ok(journeys)
}

fn walkable<'c, 'a>(
    context: &'c Context<'a>,
    plan: &Plan<'c, 'a>,
    item: &Item<'a>,
    journey: &Journey<'a>,
    limit: usize,
) -> Option<Walkable<'a>> {
    let content = &context.content;
    let used = journey.steps.iter().filter_map(|(_, step)| content.get(step.uses?.value)?.instrument());
    if used.into_iter().any(|instrument| instrument.licence.item_text.value == ItemText::NotAllowed) {
        return None;
    }
    let screens = Screens::of(item.name, journey, content, diagram::limit(content)).ok()?;
    let mut before: Vec<Vec<usize>> = vec![Vec::new(); screens.list.len()];
    for (number, screen) in screens.list.iter().enumerate() {
        for next in screen.shows.next() {
            if before[next].last() != Some(&number) {
                before[next].push(number);
            }
        }
    }
    let before = before.iter().map(|all| if let [only] = all.as_slice() { Some(*only) } else { None }).collect();
    let has_pages = screens.list.len() <= limit;
    let mut walkable = Walkable { screens, before, has_pages, sensitive: item.common.sensitive.clone() };
    let endings: Option<Vec<&Item<'a>>> = walkable.endings().map(|id| plan.find(id, None)).collect();
    let sensitive: Vec<Sensitive> = endings?.iter().flat_map(|i| &i.common.sensitive).copied().collect();
    for one in sensitive {
        if !walkable.sensitive.contains(&one) {
            walkable.sensitive.push(one);
        }
    }
    Some(walkable)
}

impl Walkable<'_> {
    /// The ids of what it ends at, some more than once.
    pub fn endings(&self) -> impl Iterator<Item = &str> {
        self.screens.list.iter().filter_map(|screen| match &screen.shows {
            Shows::Ending(ending) => Some(ending.id.as_str()),
            _ => None,
        })
    }

    /// The folder of its screens.
    pub fn folder(&self, journey: &str) -> String {
        format!("{}{journey}/{}/", Kind::Journey.pages().unwrap_or_default(), self.screens.version)
    }

    /// The page of a screen.
    pub fn path(&self, journey: &str, screen: usize) -> String {
        format!("{}{}/", self.folder(journey), screen + 1)
    }

    /// The file with everything that is needed to answer the questions in one page.
    pub fn data_path(&self, journey: &str) -> String {
        format!("{}questions.json", self.folder(journey))
    }
}
