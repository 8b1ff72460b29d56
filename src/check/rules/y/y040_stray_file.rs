//! A file that nothing reads: in the wrong folder, or with the wrong ending.
//!
//! What an editor believes to be published would be missing, and nobody would notice. Each kind of item has its folder
//! and its ending: Markdown (`.md`) for topics, pages, partials and outcomes, YAML (`.yaml`) for all others.
//!
//! ## Example
//! `content/topic/sleep.md`, `content/resources/shout.yml`
//!
//! ## Instead
//! `content/topics/sleep.md`, `content/resources/shout.yaml`

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Kind, Singleton, suggest};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y040",
    name: "stray-file",
    severity: Severity::Error,
    source: include_str!("y040_stray_file.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let path = file.file.path.as_str();
    if file.identity != Identity::Stray || file.file.refusal.is_some() {
        return; // what is refused is said as such
    }
    let finding = file.finding(Span::default(), "nothing reads this file");
    match meant(path) {
        Some(meant) => sink.push(finding.help(format!("did you mean `{meant}`?"))),
        None if [".md", ".yaml", ".yml", ".json"].iter().any(|e| path.ends_with(e)) => {
            sink.push(finding.help("move it into the folder of its kind, such as `content/topics/`, or out of here"));
        }
        // Pictures, spreadsheets and the like are no content that could be missed.
        None => sink.push_as(Severity::Warning, finding.help("remove it, or keep it outside the folders that are published")),
    }
}

/// The path that was probably meant.
fn meant(path: &str) -> Option<String> {
    let mut parts = path.split('/');
    let top = parts.next()?;
    let rest: Vec<&str> = parts.collect();
    let (file, folders) = rest.split_last()?;
    let (stem, extension) = file.rsplit_once('.')?;
    let is_text = matches!(extension.to_lowercase().as_str(), "md" | "markdown" | "yaml" | "yml" | "json" | "txt");
    if !is_text {
        return None;
    }
    match (top, folders) {
        ("content", []) => {
            let word = suggest(&stem.replace('_', "-"), Singleton::ALL.into_iter().map(Singleton::word))?;
            Some(format!("content/{word}.yaml"))
        }
        ("content", [folder, below @ ..]) => {
            let folder = suggest(folder, Kind::ALL.into_iter().map(Kind::folder))?;
            let kind = Kind::ALL.into_iter().find(|k| k.folder() == folder)?;
            let below: String = below.iter().map(|f| format!("{f}/")).collect();
            Some(format!("content/{folder}/{below}{stem}.{}", kind.extension()))
        }
        ("reviews", []) => suggest(stem, ["policy", "reviewers"]).map(|word| format!("reviews/{word}.yaml")),
        ("reviews", [folder, ..]) => {
            let folder = suggest(folder, ["confirmations", "records", "releases"])?;
            let below: String = folders.iter().skip(1).map(|f| format!("{f}/")).collect();
            Some(format!("reviews/{folder}/{below}{stem}.yaml"))
        }
        ("schemas", []) => Some(format!("schemas/{}.schema.json", stem.trim_end_matches(".schema"))),
        _ => None,
    }
}
