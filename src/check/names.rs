//! Names that are nobody's to reword: of services, who provides them, questionnaires, sources and places.
//!
//! Gathered when first asked for, since few sites need all of it.

use std::sync::OnceLock;

use aho_corasick::AhoCorasick;
use foldhash::HashSet;

use super::phrases::is_whole;
use crate::model::{Content, Item, Kind, ResourceType};

/// What is known of a site's names.
#[derive(Debug, Default)]
pub struct Names {
    capitals: OnceLock<HashSet<String>>,
    /// The titles, and what has them, by place in `content.items`.
    charities: OnceLock<Option<(AhoCorasick, Vec<usize>)>>,
}

/// Whether a kind's titles are proper names.
pub fn is_named(kind: Kind) -> bool {
    matches!(kind, Kind::Resource | Kind::Instrument | Kind::Evidence | Kind::Area)
}

/// Every proper name of a site.
pub fn names<'c>(content: &'c Content<'_>) -> impl Iterator<Item = &'c str> {
    let titles = content.items.iter().filter(|i| is_named(i.kind)).map(|i| i.title());
    let others = content.resources().flat_map(|(_, r)| r.also_known_as.iter().map(|n| n.value).chain([r.provider.value]));
    let site = content.site.iter().flat_map(|s| [s.name.value, s.organisation.value]);
    titles.chain(others).chain(site)
}

impl Names {
    /// Whether a word in capitals is a name, part of one, or a word that people are told to send.
    pub fn has_capitals(&self, content: &Content<'_>, word: &str) -> bool {
        self.capitals.get_or_init(|| capitals(content)).contains(word)
    }

    /// The live service that `text` names and that gives no medical help.
    pub fn charity<'c, 'a>(&self, content: &'c Content<'a>, text: &str) -> Option<&'c Item<'a>> {
        let (automaton, items) = self.charities.get_or_init(|| charities(content)).as_ref()?;
        let mut found = automaton.find_overlapping_iter(text).filter(|m| is_whole(text, &m.range()));
        found.find_map(|m| content.items.get(*items.get(m.pattern().as_usize())?))
    }
}

fn capitals(content: &Content<'_>) -> HashSet<String> {
    let sent = content.resources().flat_map(|(_, r)| r.channels.iter().flat_map(|c| [c.value, c.message, c.label]).flatten());
    let short = content.instruments().filter_map(|(_, i)| i.abbreviation);
    let texts = names(content).chain(sent.chain(short).map(|t| t.value));
    let words = texts.flat_map(|text| text.split(|c: char| !c.is_alphanumeric()));
    words.filter(|w| w.len() > 1 && w.chars().all(char::is_uppercase)).map(str::to_owned).collect()
}

fn charities(content: &Content<'_>) -> Option<(AhoCorasick, Vec<usize>)> {
    let is_medical = |ty| matches!(ty, ResourceType::NhsService | ResourceType::CrisisService | ResourceType::StatutoryService);
    let is_charity = |item: &Item<'_>| item.is_live() && item.resource().is_some_and(|r| !is_medical(r.ty));
    let items: Vec<usize> = (0..content.items.len()).filter(|n| is_charity(&content.items[*n])).collect();
    let titles = items.iter().map(|n| content.items[*n].title());
    Some((AhoCorasick::builder().ascii_case_insensitive(true).build(titles).ok()?, items))
}
