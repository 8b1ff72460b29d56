//! `build-manifest.json`: what was built, so that a folder can be told from what a revision gives, and a page from the items on it.
//!
//! `files` has every file but itself; `pages` the items on each page, those on `every_page` left out; `items` the fingerprint of
//! each of them (a translation as `topic/sleep.bn`) with its approvals and review dates; `settings` those of the site's own files,
//! templates and schemas included; `hazards` the fingerprint of the hazard log; `suspended` what no page shows; `debts` what is
//! owed, in a release also the reviews that have run out by its day; `release` what it was built of, `null` where it is none.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::{Value, json};

use super::pages::Rendered;
use super::shared::Shared;
use crate::check::Context;
use crate::fingerprint::{self, canonical};
use crate::load::File;
use crate::model::{Identity, Item, Kind, Singleton};
use crate::review::Published;

/// Its name; also how a build knows a folder that it may replace.
pub(super) const FILE: &str = "build-manifest.json";

/// The manifest, entry by entry: a change of one page is a change of a few lines.
pub(super) struct Manifest {
    /// What stands before the lists.
    head: Vec<(&'static str, Value)>,
    settings: Vec<String>,
    /// By id, those without a fingerprint too.
    items: BTreeMap<String, Option<String>>,
    pages: Vec<String>,
    /// By path.
    files: BTreeMap<String, String>,
}

impl Manifest {
    /// The manifest of a site, without its files.
    pub fn new(context: &Context<'_>, shared: &Shared<'_, '_>, rendered: &[Rendered]) -> Self {
        let reviews = shared.facts.reviews;
        let is_setting =
            |file: &&File| matches!(Identity::of(&file.path), Identity::Singleton(_) | Identity::Template(_) | Identity::Schema(_));
        let settings: Vec<&File> = context.snapshot.files.iter().filter(is_setting).collect();
        let settings = settings.par_iter().filter_map(|file| entry(context, reviews, "file", &file.path, file)).collect();
        let pages = rendered.iter().map(|page| page_entry(shared, page)).collect();
        let mut manifest = Self { head: head(context, shared), settings, items: BTreeMap::new(), pages, files: BTreeMap::new() };
        manifest.take_items(context, shared, rendered);
        manifest
    }

    /// Puts in what changed: pages by number, with whether other items are on them now, and items whose text changed, by file.
    pub fn update(
        &mut self,
        context: &Context<'_>,
        shared: &Shared<'_, '_>,
        rendered: &[Rendered],
        others: &[usize],
        files: &BTreeSet<String>,
    ) {
        for item in files.iter().filter_map(|path| context.item_at(path)) {
            let key = key(item);
            if let Some(known) = self.items.get_mut(&key) {
                *known = entry(context, shared.facts.reviews, "id", &key, item.file);
            }
        }
        for number in others {
            self.pages[*number] = page_entry(shared, &rendered[*number]);
        }
        if !others.is_empty() {
            self.take_items(context, shared, rendered);
        }
    }

    /// Puts in the digest of a file.
    pub fn put_file(&mut self, path: &str, bytes: &[u8]) {
        self.files.insert(path.to_owned(), file_entry(path, bytes));
    }

    /// Puts in the digests of all files.
    pub fn put_files(&mut self, files: &[(String, Vec<u8>)]) {
        self.files = files.par_iter().map(|(path, bytes)| (path.clone(), file_entry(path, bytes))).collect();
    }

    /// The manifest as a file.
    pub fn text(&self) -> Vec<u8> {
        let mut text = String::from("{");
        for (name, value) in &self.head {
            match value {
                Value::Array(all) if all.iter().any(Value::is_object) => list(&mut text, name, all.iter().map(Value::to_string)),
                other => text.push_str(&format!("\n  \"{name}\": {other},")),
            }
        }
        list(&mut text, "settings", self.settings.iter());
        list(&mut text, "items", self.items.values().flatten());
        list(&mut text, "pages", self.pages.iter());
        list(&mut text, "files", self.files.values());
        text.pop();
        text.push_str("\n}\n");
        text.into_bytes()
    }

    /// The entries of all items on pages; of those that are known already, the ones that are known.
    fn take_items(&mut self, context: &Context<'_>, shared: &Shared<'_, '_>, rendered: &[Rendered]) {
        let mut known = std::mem::take(&mut self.items);
        let mut items: BTreeMap<String, &Item<'_>> = BTreeMap::new();
        let every_page = shared.every_page.iter().map(|id| (id, None));
        let on_pages = rendered.iter().flat_map(|page| page.items.iter().map(|id| (id, page.language.as_deref())));
        for item in every_page.chain(on_pages).filter_map(|(id, language)| shared.facts.plan.find_any(id, language)) {
            items.insert(key(item), item);
        }
        let items: Vec<(String, Option<Option<String>>, &Item<'_>)> =
            items.into_iter().map(|(key, item)| (known.remove(&key), key, item)).map(|(known, key, item)| (key, known, item)).collect();
        let reviews = shared.facts.reviews;
        let entry = |(key, known, item): (String, Option<Option<String>>, &Item<'_>)| {
            let entry = known.unwrap_or_else(|| entry(context, reviews, "id", &key, item.file));
            (key, entry)
        };
        self.items = items.into_par_iter().map(entry).collect();
    }
}

/// What stands before the lists of settings, items, pages and files.
fn head(context: &Context<'_>, shared: &Shared<'_, '_>) -> Vec<(&'static str, Value)> {
    let (reviews, release) = (shared.facts.reviews, shared.release);
    let debts = reviews.debts.iter().filter(|d| release.is_some() || !d.is_expiry);
    // A number that is out of use stands in no file of the site, not in this one either.
    let owes = |text: &str| shared.scrub.as_ref().map_or_else(|| text.to_owned(), |scrub| scrub.text(text, "…"));
    let debts = debts.map(|d| json!({"item": d.item, "owes": owes(&d.owes), "due": d.due.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()}));
    let suspended = reviews.suspensions.iter().map(|(name, s)| {
        let ways: BTreeSet<&str> = s.contacts.iter().map(|(ty, _)| ty.word()).collect();
        json!({"id": Kind::Resource.id(name), "whole": s.is_whole, "ways": ways})
    });
    let release = release.map(|r| json!({"project": r.project, "commit": r.commit, "as_of": r.as_of.to_string()}));
    vec![
        ("version", json!(1)),
        ("program", json!(concat!("signpost ", env!("CARGO_PKG_VERSION")))),
        ("base_url", json!(shared.base_url)),
        ("preview", json!(shared.is_preview)),
        ("demonstration", json!(shared.facts.site.demonstration)),
        ("release", json!(release)),
        ("hazards", json!(hazard_log(context))),
        ("debts", Value::Array(debts.collect())),
        ("suspended", Value::Array(suspended.collect())),
        ("every_page", json!(keys(shared, shared.every_page.iter(), None))),
    ]
}

/// What an item is listed as: a translation as `topic/sleep.bn`.
fn key(item: &Item<'_>) -> String {
    item.language.map_or_else(|| item.id(), |l| format!("{}.{l}", item.id()))
}

fn keys<'i>(shared: &Shared<'_, '_>, ids: impl Iterator<Item = &'i String>, language: Option<&str>) -> BTreeSet<String> {
    ids.filter_map(|id| shared.facts.plan.find_any(id, language)).map(key).collect()
}

fn page_entry(shared: &Shared<'_, '_>, page: &Rendered) -> String {
    json!({"path": page.path, "items": keys(shared, page.items.iter(), page.language.as_deref())}).to_string()
}

fn file_entry(path: &str, bytes: &[u8]) -> String {
    json!({"path": path, "sha256": fingerprint::digest(bytes).trim_start_matches("sha256:"), "bytes": bytes.len()}).to_string()
}

/// A file with its fingerprint and reviews. What has no fingerprint (it was refused) is left out: the checks say so.
fn entry(context: &Context<'_>, reviews: &Published, key: &str, name: &str, file: &File) -> Option<String> {
    let mut entry = json!({key: name, "fingerprint": fingerprint::of(file, &context.schemas).ok()?});
    if let Some(signed) = Identity::of(&file.path).id().and_then(|id| reviews.items.get(&id)) {
        let approvals = signed.approvals.iter();
        let approvals = approvals.map(|a| json!({"reviewer": a.reviewer, "role": a.role, "date": a.date, "record": a.record}));
        entry["approvals"] = Value::Array(approvals.collect());
        entry["reviewed"] = json!(signed.reviewed.map(|d| d.to_string()));
        entry["due"] = json!(signed.due.map(|d| d.to_string()));
    }
    Some(entry.to_string())
}

/// The fingerprint of the hazard log as a whole: of every entry and of the matrix.
fn hazard_log(context: &Context<'_>) -> String {
    let is_part =
        |identity: Identity<'_>| matches!(identity, Identity::Item { kind: Kind::Hazard, .. } | Identity::Singleton(Singleton::RiskMatrix));
    let files = context.snapshot.files.iter().filter(|f| is_part(Identity::of(&f.path)));
    let prints = files.filter_map(|f| Some((Identity::of(&f.path).id()?, fingerprint::of(f, &context.schemas).ok()?)));
    let prints: BTreeMap<String, String> = prints.collect();
    fingerprint::digest(&canonical::bytes(&json!(prints)))
}

/// Adds a list with a line for each entry.
fn list<S: AsRef<str>>(text: &mut String, name: &str, entries: impl Iterator<Item = S>) {
    text.push_str(&format!("\n  \"{name}\": ["));
    let mut is_empty = true;
    for entry in entries {
        text.push_str(if is_empty { "\n    " } else { ",\n    " });
        text.push_str(entry.as_ref());
        is_empty = false;
    }
    text.push_str(if is_empty { "]," } else { "\n  ]," });
}
