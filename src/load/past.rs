//! When each file of the content last changed on a branch, and what its newest steps changed: for the dates of a site and its feed.
//!
//! One walk along the first parents, which compares folders by git's names for them and opens only those that differ. A change
//! counts from the step that brought it to the branch, not from when somebody wrote it. Knows nothing of items.

use std::collections::HashMap;
use std::path::Path;

use git2::{Commit, Delta, Oid, Repository, Tree};

use super::LoadError;
use super::git::{in_words, open};

/// How many changed files are kept with their bytes, the newest first.
const EDITS: usize = 300;

/// What git says of the past of the content.
#[derive(Clone, Debug, Default)]
pub struct Past {
    /// For each file of `content/` when it last changed, in seconds since 1970.
    pub times: HashMap<String, i64>,
    /// The newest changes of files, the newest first and by path within a step. How the content began is none.
    pub edits: Vec<Edit>,
    /// When the content last changed, in seconds since 1970.
    pub newest: Option<i64>,
}

/// A file that a step changed.
#[derive(Clone, Debug)]
pub struct Edit {
    /// Its path.
    pub path: String,
    /// When the step came to the branch, in seconds since 1970.
    pub time: i64,
    /// The full hash of the commit.
    pub commit: String,
    /// What it held before; `None` where it was not there.
    pub before: Option<Vec<u8>>,
    /// What it held after; `None` where it was taken away.
    pub after: Option<Vec<u8>>,
}

/// The past of a revision; `None` in a shallow clone, which hides it.
///
/// # Errors
/// Where there is no git repository or no such revision, or git cannot read something.
pub fn read(root: &Path, revision: &str) -> Result<Option<Past>, LoadError> {
    let (repo, prefix) = open(root)?;
    if repo.is_shallow() {
        return Ok(None);
    }
    let fail = |e: git2::Error| LoadError::Git(in_words(&e, revision));
    let mut commit = repo.revparse_single(revision).and_then(|o| o.peel_to_commit()).map_err(fail)?;
    let folder = prefix.join("content");
    let mut past = Past::default();
    let mut here = name_of(&commit, &folder).map_err(fail)?;
    loop {
        let parent = if commit.parent_count() == 0 { None } else { Some(commit.parent(0).map_err(fail)?) };
        let before = parent.as_ref().map(|p| name_of(p, &folder)).transpose().map_err(fail)?.flatten();
        if here != before {
            past.newest.get_or_insert(commit.time().seconds());
            past.step(&repo, &commit, before, here).map_err(fail)?;
        }
        let Some(parent) = parent else { return Ok(Some(past)) };
        (commit, here) = (parent, before);
    }
}

impl Past {
    fn step(&mut self, repo: &Repository, commit: &Commit<'_>, before: Option<Oid>, after: Option<Oid>) -> Result<(), git2::Error> {
        let tree = |id: Option<Oid>| id.map(|id| repo.find_tree(id)).transpose();
        let (old, new): (Option<Tree<'_>>, Option<Tree<'_>>) = (tree(before)?, tree(after)?);
        let time = commit.time().seconds();
        let bytes = |id: Oid| repo.find_blob(id).map(|blob| blob.content().to_vec());
        for delta in repo.diff_tree_to_tree(old.as_ref(), new.as_ref(), None)?.deltas() {
            let (was, is) = (delta.status() != Delta::Added, delta.status() != Delta::Deleted);
            let file = if is { delta.new_file() } else { delta.old_file() };
            let Some(path) = file.path() else { continue };
            let path = format!("content/{}", path.to_string_lossy());
            // A submodule has no bytes here, and nobody reads it.
            let is_file = ![delta.old_file().mode(), delta.new_file().mode()].contains(&git2::FileMode::Commit);
            if old.is_some() && is_file && self.edits.len() < EDITS {
                self.edits.push(Edit {
                    path: path.clone(),
                    time,
                    commit: commit.id().to_string(),
                    before: was.then(|| bytes(delta.old_file().id())).transpose()?,
                    after: is.then(|| bytes(delta.new_file().id())).transpose()?,
                });
            }
            self.times.entry(path).or_insert(time);
        }
        Ok(())
    }
}

/// Git's name for a folder of a commit.
fn name_of(commit: &Commit<'_>, folder: &Path) -> Result<Option<Oid>, git2::Error> {
    Ok(commit.tree()?.get_path(folder).ok().map(|entry| entry.id()))
}
