//! What `ITEM` and `PATH` on the command line stand for.

use std::collections::BTreeSet;
use std::path::{Component, Path};

use anyhow::Result;

use super::session::{Session, advised, unknown};
use crate::load::Snapshot;
use crate::model::{Content, Item, Singleton, suggest};

/// The items and files that a command was asked for.
#[derive(Debug, Default)]
pub(super) struct Selection {
    files: BTreeSet<String>,
}

impl Selection {
    /// What these arguments stand for; an error names the first that stands for nothing.
    pub(super) fn of(session: &Session, snapshot: &Snapshot, content: &Content<'_>, args: &[String]) -> Result<Self> {
        let mut selection = Self::default();
        for arg in args {
            if content.get(arg).is_some() {
                selection.add_item(content, arg);
            } else if let Some(file) = singleton(arg) {
                selection.files.insert(file);
            } else {
                selection.add_path(session, snapshot, content, arg)?;
            }
        }
        Ok(selection)
    }

    fn add_item(&mut self, content: &Content<'_>, id: &str) {
        self.files.extend(content.items.iter().filter(|i| i.id() == id).map(|i| i.file.path.clone()));
        let name = id.strip_prefix("resource/").unwrap_or("");
        self.files.extend(content.confirmations.get(name).map(|(file, _)| file.path.clone()));
    }

    fn add_path(&mut self, session: &Session, snapshot: &Snapshot, content: &Content<'_>, arg: &str) -> Result<()> {
        let seen_from_here = relative(&session.start()?.join(arg), snapshot.root());
        for path in seen_from_here.into_iter().chain([arg.trim_end_matches('/').to_owned()]) {
            let folder = if path.is_empty() { String::new() } else { format!("{path}/") };
            let found = snapshot.files.iter().filter(|f| f.path == path || f.path.starts_with(&folder));
            let found: Vec<String> = found.map(|f| f.path.clone()).collect();
            if !found.is_empty() {
                self.files.extend(found);
                return Ok(());
            }
        }
        Err(no_such(content, Some(snapshot), arg))
    }

    /// The files that belong to what was asked for.
    pub(super) fn files(&self) -> &BTreeSet<String> {
        &self.files
    }

    /// The number of items among what was asked for.
    pub(super) fn items(&self, content: &Content<'_>) -> usize {
        content.originals().filter(|i| self.files.contains(&i.file.path)).count()
    }
}

/// The item with this id; an error that says what was probably meant.
pub(super) fn item<'c, 'a>(content: &'c Content<'a>, id: &str) -> Result<&'c Item<'a>> {
    content.get(id).ok_or_else(|| no_such(content, None, id))
}

fn no_such(content: &Content<'_>, snapshot: Option<&Snapshot>, arg: &str) -> anyhow::Error {
    if let Some(item) = content.renamed(arg) {
        return advised(format!("`{arg}` has another name now"), format!("it is `{}`", item.id()));
    }
    let ids: Vec<String> = content.originals().map(Item::id).collect();
    let by_name = || ids.iter().find(|id| id.split_once('/').is_some_and(|(_, name)| name == arg));
    let paths = snapshot.into_iter().flat_map(|s| &s.files).map(|f| f.path.as_str());
    let near = suggest(arg, ids.iter().map(String::as_str)).or_else(|| by_name().map(String::as_str)).or_else(|| suggest(arg, paths));
    let what = if snapshot.is_some() { "no item and no file of the content" } else { "no item" };
    unknown(format!("there is {what} `{arg}`"), near, "an item is named by its kind and name, for example `topic/sleep`")
}

/// The file of `site/acuity` and the like.
pub(super) fn singleton(id: &str) -> Option<String> {
    let word = id.strip_prefix("site/")?;
    Singleton::ALL.into_iter().find(|s| s.word() == word).map(|s| format!("content/{}.yaml", s.word()))
}

/// A path as seen from the root, `..` taken out; `None` where it lies outside.
fn relative(path: &Path, root: &Path) -> Option<String> {
    let mut parts = Vec::new();
    for part in path.components() {
        match part {
            Component::ParentDir => drop(parts.pop()),
            Component::CurDir => {}
            part => parts.push(part),
        }
    }
    let path: std::path::PathBuf = parts.iter().collect();
    let inside = path.strip_prefix(root).ok()?;
    Some(inside.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/"))
}
