//! Dependencies: the fingerprints of what an item embeds, through all levels; for a journey also the acuity and rank of every
//! ending (CONTENT.md, section 6).
//!
//! A link card shows the title and summary of what it leads to and nothing that is embedded there, so what it leads to is a
//! dependency and what that embeds is none. It is the only way in which items may embed each other in a circle.

use std::cmp::Ordering;
use std::collections::{BTreeMap, BTreeSet, HashMap};

use rayon::prelude::*;

use super::items::Items;
use crate::markdown;
use crate::model::{Content, Item, Kind};
use crate::source::Span;
use crate::yaml::NodeRef;

/// What every item embeds.
#[derive(Debug, Default)]
pub struct Embeds {
    edges: HashMap<String, Vec<Embed>>,
    ends: HashMap<String, BTreeSet<String>>,
    ranks: HashMap<String, String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
struct Embed {
    id: String,
    is_card: bool,
}

impl Embeds {
    /// Looks through all items.
    pub fn of(content: &Content<'_>) -> Self {
        let edges: Vec<(String, Vec<Embed>)> =
            content.items.par_iter().map(|item| (item.kind.id_in(item.name, item.language), embedded(item, content))).collect();
        let mut edges: HashMap<String, Vec<Embed>> = edges.into_iter().collect();
        edges.insert("site/site".to_owned(), of_site(content));
        let journeys = content.items.iter().filter(|i| i.kind == Kind::Journey);
        let ends = journeys.map(|item| (item.kind.id_in(item.name, item.language), targets(item))).collect();
        let ranks = content.outcomes().map(|(item, outcome)| {
            let level = outcome.acuity.value;
            let rank = content.acuity.as_ref().and_then(|a| a.rank(level)).map_or_else(|| "unknown".to_owned(), |r| r.to_string());
            (item.id(), format!("{level}@{rank}"))
        });
        Self { edges, ends, ranks: ranks.collect() }
    }

    /// What an item depends on, as a record says it.
    pub fn dependencies(&self, id: &str, items: &Items<'_>) -> BTreeMap<String, String> {
        let mut found = BTreeMap::new();
        let mut open = vec![id];
        let mut entered = BTreeSet::from([id]);
        while let Some(next) = open.pop() {
            for embed in self.edges.get(next).into_iter().flatten() {
                if embed.id != id {
                    let print = items.get(&embed.id).map_or("missing", |i| i.fingerprint.as_deref().unwrap_or("unreadable"));
                    found.insert(embed.id.clone(), print.to_owned());
                }
                if !embed.is_card && entered.insert(embed.id.as_str()) {
                    open.push(embed.id.as_str());
                }
            }
        }
        for outcome in self.endings(id) {
            let rank = self.ranks.get(&outcome).map_or("missing", String::as_str);
            found.insert(format!("{outcome}#acuity"), rank.to_owned());
        }
        found
    }

    /// The places of these items in groups of which none embeds anything of another, those of a group in order.
    pub(super) fn together(&self, ids: &[String]) -> Vec<Vec<usize>> {
        fn root<'e>(above: &HashMap<&'e str, &'e str>, mut id: &'e str) -> &'e str {
            while let Some(next) = above.get(id) {
                id = next;
            }
            id
        }
        let mut above: HashMap<&str, &str> = HashMap::new();
        for (id, embeds) in &self.edges {
            for embed in embeds {
                let (one, other) = (root(&above, id), root(&above, &embed.id));
                // By name: which of two stands above the other must not depend on the order of a hash map.
                match one.cmp(other) {
                    Ordering::Less => above.insert(other, one),
                    Ordering::Greater => above.insert(one, other),
                    Ordering::Equal => None,
                };
            }
        }
        let mut groups: BTreeMap<&str, Vec<usize>> = BTreeMap::new();
        for (place, id) in ids.iter().enumerate() {
            groups.entry(root(&above, id)).or_default().push(place);
        }
        groups.into_values().collect()
    }

    /// Whether an item embeds another only by link cards.
    pub(super) fn is_card(&self, id: &str, of: &str) -> bool {
        let direct = self.edges.get(id).into_iter().flatten().filter(|e| e.id == of);
        let kinds: Vec<bool> = direct.map(|e| e.is_card).collect();
        matches!(Kind::split(of), Some((Kind::Topic | Kind::Page, _))) || (!kinds.is_empty() && kinds.iter().all(|is_card| *is_card))
    }

    /// Where a journey can end, through all that it hands over to.
    fn endings(&self, id: &str) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        let mut open = vec![id];
        let mut entered = BTreeSet::from([id]);
        while let Some(next) = open.pop() {
            for target in self.ends.get(next).into_iter().flatten() {
                if target.starts_with("journey/") {
                    if entered.insert(target) {
                        open.push(target);
                    }
                } else {
                    found.insert(target.clone());
                }
            }
        }
        found
    }
}

fn embedded(item: &Item<'_>, content: &Content<'_>) -> Vec<Embed> {
    let mut ids: Vec<String> = item.signposts().iter().map(|s| s.value.to_owned()).collect();
    if let Some(body) = item.body() {
        ids.extend(standalone(&body));
    }
    if let Some(area) = item.area() {
        ids.extend(area.services.values().map(|s| s.resource.value.to_owned()));
    }
    if item.kind == Kind::Journey
        && let Some(steps) = item.data.and_then(|d| d.get("steps"))
    {
        for step in steps.entries() {
            ids.extend(step.value.get("use").and_then(NodeRef::str).map(str::to_owned));
            if let Some(text) = step.value.get("say").and_then(NodeRef::str) {
                ids.extend(standalone(&markdown::read(text, Span::new(0, text.len()))));
            }
        }
    }
    embeds(ids, item.language, content)
}

/// The help that stands on every page.
fn of_site(content: &Content<'_>) -> Vec<Embed> {
    let help = content.site.as_ref().and_then(|s| s.emergency_help.as_ref());
    embeds(help.into_iter().flat_map(|h| &h.signposts).map(|s| s.value.to_owned()).collect(), None, content)
}

/// With the translation that a page in this language shows.
fn embeds(ids: Vec<String>, language: Option<&str>, content: &Content<'_>) -> Vec<Embed> {
    let mut found = Vec::new();
    for id in ids {
        let Some((kind, name)) = Kind::split(&id) else { continue };
        let is_card = !matches!(kind, Kind::Resource | Kind::Partial | Kind::Journey | Kind::Instrument);
        if language.is_some() {
            let translation = content.items.iter().find(|i| i.language == language && (i.kind, i.name) == (kind, name));
            found.extend(translation.map(|t| Embed { id: t.kind.id_in(t.name, t.language), is_card }));
        }
        found.push(Embed { id, is_card });
    }
    found
}

fn standalone(body: &markdown::Body) -> impl Iterator<Item = String> {
    let links = body.links.iter().filter(|l| l.is_standalone && !l.is_image);
    links.filter_map(|l| l.to.split('#').next()).map(str::to_owned)
}

/// Every ending and handover that the steps of a journey name.
fn targets(item: &Item<'_>) -> BTreeSet<String> {
    fn collect(node: NodeRef<'_>, found: &mut BTreeSet<String>) {
        for entry in node.entries() {
            if let Some(target) = entry.value.str().filter(|_| matches!(entry.name, "go" | "otherwise"))
                && (target.starts_with("outcome/") || target.starts_with("journey/"))
            {
                found.insert(target.to_owned());
            }
            collect(entry.value, found);
        }
        node.items().for_each(|item| collect(item, found));
    }
    let mut found = BTreeSet::new();
    if let Some(steps) = item.data.and_then(|d| d.get("steps")) {
        collect(steps, &mut found);
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;
    use crate::schema::Schemas;

    const FILES: [(&str, &str); 9] = [
        (
            "content/acuity.yaml",
            "levels:\n  - {id: now, label: N, says: s, within: w, card: emergency}\n  - {id: later, label: L, says: s, within: w, card: none}\n",
        ),
        ("content/topics/sleep.md", "---\ntitle: Sleep\nsignposts: [resource/line]\n---\n[Help](partial/help)\n\n[Mood](topic/mood)\n"),
        ("content/topics/mood.md", "---\ntitle: Mood\n---\n[Sleep](topic/sleep)\n\nA [link](partial/help) in a sentence.\n"),
        ("content/partials/help.md", "---\ntitle: Help\n---\n[Chat](resource/chat)\n"),
        ("content/resources/line.yaml", "title: Line\ntype: helpline\nprovider: E\nchannels: []\n"),
        ("content/resources/chat.yaml", "title: Chat\ntype: helpline\nprovider: E\nchannels: []\n"),
        ("content/outcomes/rest.md", "---\ntitle: Rest\nacuity: later\n---\n"),
        ("content/journeys/one.yaml", "title: One\nstart: a\nsteps:\n  a: {say: Hi, go: journey/two}\n"),
        (
            "content/journeys/two.yaml",
            "title: Two\nstart: a\nsteps:\n  a: {decide: [{when: {asked: a}, go: outcome/rest}], otherwise: outcome/gone}\n",
        ),
    ];

    fn dependencies(id: &str) -> Vec<String> {
        let snapshot = Snapshot::from_texts(FILES);
        let content = Content::of(&snapshot);
        let items = Items::of(&snapshot, &content, &Schemas::of(&snapshot));
        Embeds::of(&content)
            .dependencies(id, &items)
            .into_iter()
            .map(|(id, print)| format!("{id} {}", print.split(':').next().unwrap()))
            .collect()
    }

    #[test]
    fn embeds_count_through_all_levels_but_not_through_link_cards() {
        assert_eq!(
            dependencies("topic/sleep"),
            ["partial/help sha256", "resource/chat sha256", "resource/line sha256", "topic/mood sha256"]
        );
        assert_eq!(dependencies("topic/mood"), ["topic/sleep sha256"]);
    }

    #[test]
    fn a_journey_depends_on_the_rank_of_every_ending() {
        assert_eq!(dependencies("journey/two"), ["outcome/gone#acuity missing", "outcome/rest#acuity later@1"]);
        assert_eq!(dependencies("journey/one"), dependencies("journey/two"));
    }

    #[test]
    fn what_embeds_each_other_is_judged_together() {
        let snapshot = Snapshot::from_texts(FILES);
        let embeds = Embeds::of(&Content::of(&snapshot));
        let ids = ["topic/sleep", "outcome/rest", "resource/chat", "site/acuity", "topic/mood"].map(str::to_owned);
        // Mood leads to sleep, which shows a partial, which shows the chat.
        assert_eq!(embeds.together(&ids), [vec![1], vec![0, 2, 4], vec![3]]);
    }
}
