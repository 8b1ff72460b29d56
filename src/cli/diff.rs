//! `signpost diff`.

use std::path::{Path, PathBuf};

use anyhow::{Context as _, Result};

use super::Verdict;
use super::session::{Session, unknown};
use crate::diff::{self, Change, Side, html, human, json, markdown, report};
use crate::load::{Snapshot, git};
use crate::model::{Kind, suggest};

/// Show what changed in meaning, item by item
///
/// Compares two versions: `signpost diff` the files on disk with where this branch left the main branch, `diff BASE` with
/// that revision, `diff BASE..HEAD` two revisions, `diff BASE...HEAD` the newer with where it left the older. Layout of YAML is no change. What may send people to less urgent help
/// comes first.
#[derive(clap::Args)]
pub(super) struct Args {
    /// BASE, BASE..HEAD, and items to which the output is limited
    #[arg(value_name = "BASE[..HEAD]|ITEM")]
    what: Vec<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Write it into this file instead
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people, at a terminal
    Human,
    /// For programs; schemas/cli/diff.schema.json describes it
    Json,
    /// For a comment on a pull request
    Markdown,
    /// One page that needs nothing else
    Html,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let root = session.root()?;
    let Compared { base, head, items } = versions(&root, &args.what)?;
    let newer = session.snapshot(head.as_deref())?;
    let older = session.working("Reading", || Snapshot::from_git_beside(&root, &base, &newer))?;
    let (old, new) = session.working("Comparing", || rayon::join(|| Side::of(&older), || Side::of(&newer)));
    let mut changes = session.working("Comparing", || diff::between(&old, &new));
    limit(&old, &new, items, &mut changes)?;
    let text = match args.format {
        Format::Json => json::render(&base, head.as_deref(), &changes),
        Format::Human => {
            let is_file = args.output.is_some();
            let options = human::Options { color: session.has_color() && !is_file, width: session.width(), is_whole: false };
            human::render(&report::of(&old, &new, &changes), options)
        }
        Format::Markdown => markdown::render(&report::of(&old, &new, &changes)),
        Format::Html => {
            let title = format!("Changes from {} to {}", name(&base), head.as_deref().map_or("the files on disk", name));
            html::render(&report::of(&old, &new, &changes), &title).context("the page cannot be filled")?
        }
    };
    session.deliver("the report", &text, args.output.as_deref())?;
    // The process ends here, and need not take apart what it holds.
    std::mem::forget(changes);
    std::mem::forget((old, new));
    std::mem::forget((older, newer));
    Ok(Verdict::Fine)
}

/// What is compared.
pub(super) struct Compared<'a> {
    /// The older version.
    pub(super) base: String,
    /// The newer; `None` for the files on disk.
    pub(super) head: Option<String>,
    /// The items to which it is limited; none for all.
    pub(super) items: &'a [String],
}

/// What `BASE[..HEAD]` and items say. As in git, `BASE...HEAD` compares with where the two parted.
pub(super) fn versions<'a>(root: &Path, what: &'a [String]) -> Result<Compared<'a>> {
    let (range, items) = match what.split_first() {
        Some((first, rest)) if !is_item(first) => (Some(first.as_str()), rest),
        _ => (None, what),
    };
    let head = |text: &str| if text.is_empty() { "HEAD" } else { text }.to_owned();
    if let Some((base, newer)) = range.and_then(|r| r.split_once("...")) {
        return Ok(Compared { base: git::merge_base(root, &head(base), &head(newer))?, head: Some(head(newer)), items });
    }
    let (base, newer) = range.map(|r| r.split_once("..").unwrap_or((r, ""))).unwrap_or_default();
    let base = if base.is_empty() { git::fork_point(root)? } else { base.to_owned() };
    Ok(Compared { base, head: (!newer.is_empty()).then(|| newer.to_owned()), items })
}

/// Keeps only the changes of these items, where any are named.
pub(super) fn limit(old: &Side<'_>, new: &Side<'_>, items: &[String], changes: &mut Vec<Change<'_, '_>>) -> Result<()> {
    if !items.is_empty() {
        known(old, new, items)?;
        changes.retain(|c| items.iter().any(|id| is_about(c, id)));
    }
    Ok(())
}

/// A revision in a title: a commit's hash with as many digits as git shows.
fn name(revision: &str) -> &str {
    let is_hash = revision.len() == 40 && revision.bytes().all(|b| b.is_ascii_hexdigit());
    if is_hash { &revision[..9] } else { revision }
}

/// An id, and no revision: `topic/sleep`, `site/acuity`.
fn is_item(text: &str) -> bool {
    let word = text.split('/').next().unwrap_or("");
    let is_kind = Kind::from_word(word).is_some() || ["site", "review", "schema", "template"].contains(&word);
    text.contains('/') && is_kind && !text.contains("..")
}

/// Whether a change is that of an item, or of a translation of it, or of one that had its name.
fn is_about(change: &Change<'_, '_>, id: &str) -> bool {
    let own = |other: &str| other == id || other.strip_prefix(id).is_some_and(|rest| rest.starts_with('.'));
    own(&change.id) || change.from.as_ref().is_some_and(|s| own(&s.id))
}

fn known(old: &Side<'_>, new: &Side<'_>, items: &[String]) -> Result<()> {
    let (old, new) = (old.subjects(), new.subjects());
    for id in items {
        if !old.contains_key(id) && !new.contains_key(id) {
            let near = suggest(id, new.keys().chain(old.keys()).map(String::as_str));
            let help = "an item is named by its kind and name, for example `topic/sleep`; a revision comes before the items";
            return Err(unknown(format!("there is no item `{id}` in either version"), near, help));
        }
    }
    Ok(())
}
