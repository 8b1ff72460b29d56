//! `build-manifest.json`: what was built, so that a folder can be told from what a revision gives, and a page from the items on it.
//!
//! `files` has every file but itself; `pages` the items on each page, those on `every_page` left out; `items` the fingerprint of
//! each of them (a translation as `topic/sleep.bn`) with its approvals and review dates; `settings` those of the site's own files,
//! templates and schemas included; `hazards` the fingerprint of the hazard log; `suspended` what no page shows; `debts` what is
//! owed, in a release also the reviews that have run out by its day; `release` what it was built of, `null` where it is none.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;
use serde_json::{Map, Value, json};

use super::pages::Rendered;
use super::shared::Shared;
use crate::check::Context;
use crate::fingerprint::{self, canonical};
use crate::load::File;
use crate::model::{Identity, Item, Kind, Singleton};
use crate::review::Published;

/// Its name; also how a build knows a folder that it may replace.
pub(super) const FILE: &str = "build-manifest.json";

/// The manifest of everything but the files.
pub(super) fn of_pages(context: &Context<'_>, shared: &Shared<'_, '_>, rendered: &[Rendered]) -> Map<String, Value> {
    let mut items: BTreeMap<String, &Item<'_>> = BTreeMap::new();
    let mut keys = |ids: &mut dyn Iterator<Item = &String>, language: Option<&str>| -> BTreeSet<String> {
        let found = ids.filter_map(|id| shared.facts.plan.find_any(id, language));
        found
            .map(|item| {
                let key = item.language.map_or_else(|| item.id(), |l| format!("{}.{l}", item.id()));
                items.insert(key.clone(), item);
                key
            })
            .collect()
    };
    let every_page = keys(&mut shared.every_page.iter(), None);
    let pages: Vec<Value> =
        rendered.iter().map(|page| json!({"path": page.path, "items": keys(&mut page.items.iter(), page.language.as_deref())})).collect();
    let items: Vec<(String, &File)> = items.into_iter().map(|(key, item)| (key, item.file)).collect();
    let is_setting =
        |file: &&File| matches!(Identity::of(&file.path), Identity::Singleton(_) | Identity::Template(_) | Identity::Schema(_));
    let settings: Vec<(String, &File)> = context.snapshot.files.iter().filter(is_setting).map(|f| (f.path.clone(), f)).collect();
    let (reviews, release) = (shared.facts.reviews, shared.release);
    let debts = reviews.debts.iter().filter(|d| release.is_some() || !d.is_expiry);
    // A number that is out of use stands in no file of the site, not in this one either.
    let owes = |text: &str| shared.scrub.as_ref().map_or_else(|| text.to_owned(), |scrub| scrub.text(text, "…"));
    let debts = debts.map(|d| json!({"item": d.item, "owes": owes(&d.owes), "due": d.due.strftime("%Y-%m-%dT%H:%M:%SZ").to_string()}));
    let suspended = reviews.suspensions.iter().map(|(name, s)| {
        let ways: BTreeSet<&str> = s.contacts.iter().map(|(ty, _)| ty.word()).collect();
        json!({"id": Kind::Resource.id(name), "whole": s.is_whole, "ways": ways})
    });
    let mut manifest = Map::new();
    manifest.insert("version".to_owned(), json!(1));
    manifest.insert("program".to_owned(), json!(concat!("signpost ", env!("CARGO_PKG_VERSION"))));
    manifest.insert("base_url".to_owned(), json!(shared.base_url));
    manifest.insert("preview".to_owned(), json!(shared.is_preview));
    manifest.insert("demonstration".to_owned(), json!(shared.facts.site.demonstration));
    let release = release.map(|r| json!({"project": r.project, "commit": r.commit, "as_of": r.as_of.to_string()}));
    manifest.insert("release".to_owned(), json!(release));
    manifest.insert("hazards".to_owned(), json!(hazard_log(context)));
    manifest.insert("debts".to_owned(), Value::Array(debts.collect()));
    manifest.insert("suspended".to_owned(), Value::Array(suspended.collect()));
    manifest.insert("every_page".to_owned(), json!(every_page));
    manifest.insert("settings".to_owned(), fingerprints(context, reviews, "file", &settings));
    manifest.insert("items".to_owned(), fingerprints(context, reviews, "id", &items));
    manifest.insert("pages".to_owned(), Value::Array(pages));
    manifest
}

/// What a file has no fingerprint for (it was refused) is left out: the checks say so.
fn fingerprints(context: &Context<'_>, reviews: &Published, key: &str, files: &[(String, &File)]) -> Value {
    let all: Vec<Option<Value>> = files
        .par_iter()
        .map(|(name, file)| {
            let mut entry = json!({key: name, "fingerprint": fingerprint::of(file, &context.schemas).ok()?});
            if let Some(signed) = Identity::of(&file.path).id().and_then(|id| reviews.items.get(&id)) {
                let approvals = signed.approvals.iter();
                let approvals = approvals.map(|a| json!({"reviewer": a.reviewer, "role": a.role, "date": a.date, "record": a.record}));
                entry["approvals"] = Value::Array(approvals.collect());
                entry["reviewed"] = json!(signed.reviewed.map(|d| d.to_string()));
                entry["due"] = json!(signed.due.map(|d| d.to_string()));
            }
            Some(entry)
        })
        .collect();
    Value::Array(all.into_iter().flatten().collect())
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

/// The manifest as a file.
pub(super) fn file(mut manifest: Map<String, Value>, files: &[(String, Vec<u8>)]) -> Vec<u8> {
    let files: Vec<Value> = files
        .par_iter()
        .map(
            |(path, bytes)| json!({"path": path, "sha256": fingerprint::digest(bytes).trim_start_matches("sha256:"), "bytes": bytes.len()}),
        )
        .collect();
    manifest.insert("files".to_owned(), Value::Array(files));
    let mut text = lines(&manifest);
    text.push('\n');
    text.into_bytes()
}

/// A line for each entry of the lists: a change of one page is a change of a few lines.
fn lines(manifest: &Map<String, Value>) -> String {
    let members = manifest.iter().map(|(name, value)| match value {
        Value::Array(items) if items.iter().any(Value::is_object) => {
            let items: Vec<String> = items.iter().map(|item| format!("    {item}")).collect();
            format!("  \"{name}\": [\n{}\n  ]", items.join(",\n"))
        }
        other => format!("  \"{name}\": {other}"),
    });
    format!("{{\n{}\n}}", members.collect::<Vec<_>>().join(",\n"))
}
