//! The search page: without script it is a list of everything from A to Z.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;

use super::{Filled, plain};
use crate::model::{Item, Kind};
use crate::site::context::value;
use crate::site::plan::{Page, Plan};
use crate::site::shared::{Shared, Skin};

/// More than that is no list that somebody reads: the lists of each kind are linked instead.
const LONGEST: usize = 1_000;

/// What does not begin with a letter.
const OTHER: &str = "#";

pub(super) fn search(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>) -> Filled {
    let plan = &shared.facts.plan;
    let mut entries: Vec<(&str, &Item<'_>)> = Vec::new();
    for kind in [Kind::Topic, Kind::Journey, Kind::Resource, Kind::Page] {
        entries.extend(plan.visible(kind).map(|item| (item.title(), item)));
    }
    for (item, campaign) in plan.visible(Kind::Campaign).filter_map(|i| Some((i, i.campaign()?))) {
        entries.extend(campaign.phrases.iter().map(|phrase| (phrase.value, item)));
    }
    if entries.len() > LONGEST {
        entries.clear();
    }
    entries.sort_by_cached_key(|(words, item)| (words.to_lowercase(), item.name));
    let mut letters: BTreeMap<String, Vec<Value>> = BTreeMap::new();
    for (words, item) in entries {
        let first: String = words.chars().take(1).filter(|c| c.is_alphabetic()).flat_map(char::to_uppercase).collect();
        let letter = if first.is_empty() { OTHER.to_owned() } else { first };
        letters.entry(letter).or_default().push(context! { title => words, path => Plan::path(item), kind => item.kind.word() });
    }
    let letters = letters.into_iter().enumerate().map(|(number, (letter, entries))| context! { number, letter, entries });
    let data = context! { urgent => value(&skin.urgent), letters => letters.collect::<Vec<_>>() };
    let head = plain(shared, skin, page, "search", skin.locale.word("search.heading"));
    super::lists::filled("search.html", "search", data, head, false)
}
