//! `signpost new`.

use anyhow::Result;
use serde_json::Value;

use super::Verdict;
use super::session::{Session, advised, unknown};
use super::skeleton;
use super::write::{self, Change};
use crate::model::{Content, Kind, is_name, suggest};

/// Begin a new item: a file that says what each field is for
///
/// What is required is filled in for you to replace. The item is a draft until you take `status: draft` out.
#[derive(clap::Args)]
pub(super) struct Args {
    /// topic, page, partial, outcome, resource, journey, instrument, area, campaign, hazard or evidence
    #[arg(value_name = "KIND")]
    kind: String,
    /// Its name: lower-case letters, digits and hyphens, such as low-mood
    #[arg(value_name = "NAME")]
    name: String,
    /// Its title; without one, its name in words
    #[arg(long, value_name = "T")]
    title: Option<String>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let kind = kind(&args.kind)?;
    let name = args.name.as_str();
    if !is_name(name) {
        let help = "a name is lower-case letters, digits and single hyphens, at most 64 of them, such as `low-mood`";
        return Err(unknown(format!("`{name}` is no name"), Some(slug(name).as_str()).filter(|s| is_name(s)), help));
    }
    let snapshot = session.snapshot(None)?;
    let content = Content::of(&snapshot);
    if let Some(item) = content.named(kind, name) {
        return Err(advised(format!("`{}` is there already: {}", item.id(), item.file.path), "choose another name, or change that file"));
    }
    if let Some(item) = content.renamed(&kind.id(name)) {
        return Err(advised(
            format!("`{}` is the former name of `{}`", kind.id(name), item.id()),
            "links to it lead there: choose another name",
        ));
    }
    let title = args.title.clone().unwrap_or_else(|| in_words(name));
    let path = format!("content/{}/{name}.{}", kind.folder(), kind.extension());
    let after = skeleton::write(kind, &Value::String(title), &content);
    write::all(&[Change { path: snapshot.root().join(&path), before: None, after }])?;
    session.print(&format!("{path}\n"))?;
    Ok(Verdict::Fine)
}

fn kind(word: &str) -> Result<Kind> {
    let words = || Kind::ALL.into_iter().map(Kind::word);
    let folder = Kind::ALL.into_iter().find(|k| k.folder() == word);
    let all = words().collect::<Vec<_>>().join(", ");
    let near = folder.map(Kind::word).or_else(|| suggest(word, words()));
    Kind::from_word(word).ok_or_else(|| unknown(format!("there is no kind `{word}`"), near, &format!("the kinds are {all}")))
}

fn slug(text: &str) -> String {
    let lower: String = text.to_lowercase().chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '-' }).collect();
    lower.split('-').filter(|part| !part.is_empty()).collect::<Vec<_>>().join("-")
}

fn in_words(name: &str) -> String {
    let mut words = name.replace('-', " ");
    if let Some(first) = words.get_mut(..1) {
        first.make_ascii_uppercase();
    }
    words
}
