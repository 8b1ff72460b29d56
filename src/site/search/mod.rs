//! The search index: one small file that says which pages have which words, read by `site-templates/assets/search.js` when
//! somebody first searches.
//!
//! It comes whole: a file for each letter would be smaller to fetch, and each request would tell the host what somebody looks
//! for. Knows nothing of how results are ordered or shown.

mod words;

use std::collections::{BTreeSet, HashMap};

use foldhash::fast::FixedState;
use rayon::prelude::*;
use serde::Serialize;

use super::plan::{Plan, What};
use super::shared::Shared;
use crate::markdown::Part;
use crate::model::{Item, Kind};

pub(super) use words::{Language, words};

/// Where the index is published.
pub(super) const FILE: &str = "search/index.json";

/// The kinds that are found, in the order in which equals are shown.
const KINDS: [Kind; 6] = [Kind::Topic, Kind::Journey, Kind::Campaign, Kind::Resource, Kind::Page, Kind::Area];

/// Up to how many guides and pages their whole text is searched; where there are more, titles, summaries and search words
/// alone, so that the index stays light for somebody on a phone.
const WITH_TEXT: usize = 1_000;

/// How much a word says of a page, by where it stands.
const TEXT: u32 = 0;
const HEADING: u32 = 1;
const SUMMARY: u32 = 2;
const NAME: u32 = 3;

/// Words of at least so many letters are found with one letter wrong.
const FORGIVEN: usize = 5;

/// The index as it is written.
#[derive(Serialize)]
struct Index<'s> {
    /// For each page the place of its kind in [`KINDS`], path, title, summary, and the language where it is a translation.
    pages: Vec<(usize, &'s str, &'s str, &'s str, &'s str)>,
    /// Stems in order.
    terms: Vec<&'s str>,
    /// For each stem where it stands: four times the number of the page plus how much it says, each less the one before.
    hits: Vec<Vec<u32>>,
    /// Longer words that pages are known by, against slips of the keyboard.
    words: BTreeSet<&'s str>,
}

/// What is known of one page.
struct Found {
    kind: usize,
    path: String,
    title: String,
    summary: String,
    language: String,
    /// Stems, each once, with how much it says.
    terms: Vec<(String, u32)>,
    words: Vec<String>,
}

/// Whether the text of pages is in the index too.
pub(super) fn has_text(shared: &Shared<'_, '_>) -> bool {
    holds_text(&found_items(shared))
}

/// The items that are found, in the order of their kinds.
fn found_items<'c, 'a>(shared: &Shared<'c, 'a>) -> Vec<(usize, &'c Item<'a>)> {
    let plan = &shared.facts.plan;
    let mut items = Vec::new();
    for page in &plan.pages {
        if let What::Item(item) = page.what
            && plan.is_visible(item)
            && let Some(kind) = KINDS.iter().position(|k| *k == item.kind)
        {
            items.push((kind, item));
        }
    }
    items.sort_by_key(|(kind, _)| *kind);
    items
}

fn holds_text(items: &[(usize, &Item<'_>)]) -> bool {
    items.iter().filter(|(_, i)| i.file.body().is_some()).count() <= WITH_TEXT
}

/// The index of the pages that people can be led to.
pub(super) fn file(shared: &Shared<'_, '_>) -> (String, Vec<u8>) {
    let language = Language::of(&shared.skin(None).locale);
    let items = found_items(shared);
    let with_text = holds_text(&items);
    let phrases = phrases(shared);
    let found: Vec<Found> = items.par_iter().map(|(kind, item)| found(shared, &language, &phrases, *kind, item, with_text)).collect();
    let index = index(&found);
    // Nothing in it can fail to be written as JSON.
    (FILE.to_owned(), serde_json::to_vec(&index).unwrap_or_default())
}

fn index(found: &[Found]) -> Index<'_> {
    let mut hits: HashMap<&str, Vec<u32>, FixedState> = HashMap::default();
    for (number, page) in found.iter().enumerate() {
        let number = u32::try_from(number).unwrap_or(u32::MAX / 4);
        for (term, says) in &page.terms {
            hits.entry(term).or_default().push(number * 4 + says);
        }
    }
    let mut hits: Vec<(&str, Vec<u32>)> = hits.into_iter().collect();
    hits.sort_unstable_by_key(|(term, _)| *term);
    for (_, places) in &mut hits {
        let mut before = 0;
        for place in places {
            (*place, before) = (*place - before, *place);
        }
    }
    let (terms, hits) = hits.into_iter().unzip();
    Index {
        pages: found.iter().map(|f| (f.kind, f.path.as_str(), f.title.as_str(), f.summary.as_str(), f.language.as_str())).collect(),
        terms,
        hits,
        words: found.iter().flat_map(|f| &f.words).map(String::as_str).collect(),
    }
}

/// The phrases of campaigns, by the id of what each leads to.
fn phrases<'a>(shared: &Shared<'_, 'a>) -> HashMap<&'a str, Vec<&'a str>, FixedState> {
    let mut phrases: HashMap<&str, Vec<&str>, FixedState> = HashMap::default();
    for campaign in shared.facts.plan.visible(Kind::Campaign).filter_map(Item::campaign) {
        phrases.entry(campaign.lands_on.value).or_default().extend(campaign.phrases.iter().map(|p| p.value));
    }
    phrases
}

fn found<'a>(
    shared: &Shared<'_, 'a>,
    language: &Language,
    phrases: &HashMap<&'a str, Vec<&'a str>, FixedState>,
    kind: usize,
    item: &Item<'a>,
    with_text: bool,
) -> Found {
    let mut page = Terms { language, terms: Vec::new(), words: Vec::new() };
    let summary = item.common.summary.map_or("", |s| s.value);
    page.add(item.title(), NAME);
    page.add(summary, SUMMARY);
    for phrase in phrases.get(item.id().as_str()).into_iter().flatten().chain(&known_as(item)) {
        page.add(phrase, NAME);
    }
    for topic in item.common.topics.iter().filter_map(|id| shared.facts.plan.find(id.value, None)) {
        page.add(topic.title(), SUMMARY);
    }
    if let Some(resource) = item.resource() {
        let who = resource.eligibility.who.map(|w| w.value);
        for text in [Some(resource.provider.value), who].into_iter().flatten() {
            page.add(text, SUMMARY);
        }
        page.add(shared.skin(None).locale.find("type", resource.ty.word()).unwrap_or_default(), HEADING);
    }
    if with_text {
        for prose in item.body().into_iter().flat_map(|body| body.prose) {
            page.add(&prose.text, if prose.part == Part::Heading { HEADING } else { TEXT });
        }
    }
    let mut terms = page.terms;
    terms.sort_unstable_by(|(a, x), (b, y)| a.cmp(b).then(y.cmp(x)));
    terms.dedup_by(|(a, _), (b, _)| a == b);
    Found {
        kind,
        path: Plan::path(item),
        title: shown(shared, item.title()),
        summary: shown(shared, summary),
        language: item.language.unwrap_or_default().to_owned(),
        terms,
        words: page.words,
    }
}

/// What else people call what a page is about.
fn known_as<'a>(item: &Item<'a>) -> Vec<&'a str> {
    let texts = match item.kind {
        Kind::Topic => item.topic().map(|t| &t.synonyms),
        Kind::Page => item.page().map(|p| &p.synonyms),
        Kind::Resource => item.resource().map(|r| &r.also_known_as),
        Kind::Campaign => item.campaign().map(|c| &c.phrases),
        Kind::Area => item.area().map(|a| &a.postcodes),
        _ => None,
    };
    texts.into_iter().flatten().map(|text| text.value).collect()
}

/// A text without what is suspended, as on pages.
fn shown(shared: &Shared<'_, '_>, text: &str) -> String {
    match &shared.scrub {
        Some(scrub) => scrub.plain_text(text, shared.skin(None).locale.word("suspended.detail")),
        None => text.to_owned(),
    }
}

/// The stems of one page, as they are found.
struct Terms<'l> {
    language: &'l Language,
    terms: Vec<(String, u32)>,
    words: Vec<String>,
}

impl Terms<'_> {
    fn add(&mut self, text: &str, says: u32) {
        for word in words(text) {
            self.take(word, says);
        }
        // `self-harm` is also searched for as `selfharm`.
        if says >= SUMMARY {
            for word in text.split_whitespace().filter(|w| w.trim_matches('-').contains('-')) {
                self.take(words(word).concat(), says);
            }
        }
    }

    fn take(&mut self, word: String, says: u32) {
        if word.is_empty() || self.language.is_ignored(&word) {
            return;
        }
        self.terms.push((self.language.stem(&word).to_owned(), says));
        if says == NAME && word.chars().count() >= FORGIVEN {
            self.words.push(word);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn page(terms: &[(&str, u32)]) -> Found {
        let terms = terms.iter().map(|(term, says)| ((*term).to_owned(), *says)).collect();
        let (path, title, words) = ("topics/a/".to_owned(), "A".to_owned(), vec!["sleepless".to_owned()]);
        Found { kind: 0, path, title, summary: String::new(), language: String::new(), terms, words }
    }

    #[test]
    fn places_are_written_as_steps() {
        let found = [page(&[("sleep", NAME), ("tir", TEXT)]), page(&[]), page(&[("sleep", SUMMARY)])];
        let index = index(&found);
        assert_eq!(index.terms, ["sleep", "tir"]);
        assert_eq!(index.hits, [vec![3, 2 * 4 + 2 - 3], vec![0]]);
        assert_eq!(index.words, BTreeSet::from(["sleepless"]));
    }
}
