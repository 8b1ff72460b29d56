//! What a browser keeps for when there is no network: the page for urgent help, and journeys that were opened.
//!
//! Nothing that is sensitive, and no single screen of a journey: those that somebody opened would tell what was answered. A preview is
//! kept nowhere. How copies are kept and shown is the worker's to know, `site-templates/sw.js`.

use std::collections::BTreeSet;

use minijinja::context;

use super::journeys::Journeys;
use super::plan::Plan;
use super::shared::{Facts, Shared};
use super::templates::TemplateError;
use crate::fingerprint;
use crate::model::Kind;

/// The worker's file. At the root: it may see what lies below it and nothing else.
const FILE: &str = "sw.js";

/// Assets that kept pages need.
const ASSETS: [&str; 4] = ["hours.js", "journey.js", "offline.js", "site.css"];

/// What is kept.
pub(super) struct Offline {
    /// The page for urgent help.
    at_once: BTreeSet<String>,
    /// Where journeys start, and what the script reads that walks them: kept when they are opened.
    opened: BTreeSet<String>,
}

impl Offline {
    /// What a site keeps; `None` where that is nothing.
    pub fn new<'a>(facts: &Facts<'_, 'a>, journeys: &Journeys<'a>, is_preview: bool) -> Option<Self> {
        let help = facts.site.emergency_help.as_ref().and_then(|h| h.page).and_then(|page| facts.plan.find(page.value, None));
        let at_once: BTreeSet<String> = help.into_iter().filter(|item| item.common.sensitive.is_empty()).map(Plan::path).collect();
        let mut opened = BTreeSet::new();
        for item in facts.plan.visible(Kind::Journey) {
            if let Some(walkable) = journeys.walkable.get(item.name).filter(|w| w.sensitive.is_empty()) {
                opened.extend([Plan::path(item), walkable.data_path(item.name)]);
            }
        }
        let is_anything = !at_once.is_empty() || !opened.is_empty();
        (is_anything && !is_preview).then_some(Self { at_once, opened })
    }

    /// Whether copies of a page are kept.
    pub fn keeps(&self, path: &str) -> bool {
        self.at_once.contains(path) || self.opened.contains(path)
    }
}

/// The worker, of files that have been made: its version changes with what it keeps.
pub(super) fn file<'f>(
    shared: &Shared<'_, '_>,
    files: impl Iterator<Item = (&'f String, &'f [u8])>,
) -> Result<Option<(String, Vec<u8>)>, TemplateError> {
    let Some(offline) = &shared.offline else { return Ok(None) };
    let assets = ASSETS.into_iter().filter_map(|name| shared.theme.assets.path(name).map(str::to_owned));
    let assets: Vec<String> = assets.collect();
    let mut seen = String::new();
    for (path, bytes) in files {
        let is_kept = assets.contains(path) || offline.keeps(path) || offline.keeps(path.trim_end_matches("index.html"));
        if is_kept {
            seen.push_str(path);
            seen.push_str(&fingerprint::digest(bytes));
        }
    }
    let version: String = fingerprint::digest(seen.as_bytes()).trim_start_matches("sha256:").chars().take(16).collect();
    let list = |paths: &BTreeSet<String>| paths.iter().cloned().collect::<Vec<String>>();
    let worker = context! { version, at_once => list(&offline.at_once), opened => list(&offline.opened), assets };
    let text = shared.theme.render(FILE, FILE, context! { worker })?;
    Ok(Some((FILE.to_owned(), text.into_bytes())))
}
