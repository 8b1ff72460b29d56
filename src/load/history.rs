//! What git knows of the past: who changed which file when, and when a file first came to a branch.
//!
//! One walk over the commits gives facts as plain values. Knows nothing of items, reviews or rules; a clone that hides its
//! past is refused.

use std::collections::{HashMap, HashSet};
use std::path::Path;
use std::sync::{Mutex, PoisonError};

use git2::{Commit, Delta, DiffOptions, Oid, Repository, Sort, Tree};

use super::git::{in_words, name, open};
use super::{FOLDERS, File, LoadError};

/// A person as git names them.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Author {
    /// The name.
    pub name: String,
    /// The e-mail address.
    pub email: String,
}

/// One commit.
#[derive(Debug)]
pub struct CommitFacts {
    /// Its full hash.
    pub id: String,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
    /// Author, committer and co-authors.
    pub people: Vec<Author>,
    /// Its parents, as positions in [`History::commits`].
    pub parents: Vec<usize>,
    /// The files of the four folders that it changed against every parent: path, and the blob that it has there now.
    pub changed: Vec<(String, Option<Blob>)>,
}

/// The contents of a file at some moment, by git's name for it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub struct Blob(Oid);

impl Blob {
    /// Git's name for the bytes of a file that was not refused.
    pub fn of(file: &File) -> Option<Self> {
        name(file).map(Self)
    }
}

/// The past of a revision.
pub struct History {
    repo: Mutex<Repository>,
    /// Every commit that led to it, children before their parents.
    pub commits: Vec<CommitFacts>,
}

/// When a file first came to a branch.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Arrival {
    /// Counts the steps of the branch, the oldest being 0.
    pub step: usize,
    /// The time of that step, never earlier than that of a step before it.
    pub time: i64,
    /// The commit.
    pub commit: String,
}

impl History {
    /// Walks the commits that lead to `revision`.
    ///
    /// # Errors
    /// Where the clone is shallow, or git cannot read something.
    pub fn read(root: &Path, revision: &str) -> Result<Self, LoadError> {
        let (repo, prefix) = open(root)?;
        refuse_shallow(&repo)?;
        let fail = |e: git2::Error| LoadError::Git(in_words(&e, revision));
        let commits = {
            let head = commit_of(&repo, revision)?;
            let mut walk = repo.revwalk().map_err(fail)?;
            walk.set_sorting(Sort::TOPOLOGICAL).map_err(fail)?;
            walk.push(head.id()).map_err(fail)?;
            let order: Vec<Oid> = walk.collect::<Result<_, _>>().map_err(fail)?;
            let places: HashMap<Oid, usize> = order.iter().enumerate().map(|(n, id)| (*id, n)).collect();
            let mut commits = Vec::with_capacity(order.len());
            for id in &order {
                let commit = repo.find_commit(*id).map_err(fail)?;
                commits.push(CommitFacts {
                    id: id.to_string(),
                    time: commit.time().seconds(),
                    people: people(&commit),
                    parents: commit.parent_ids().filter_map(|p| places.get(&p).copied()).collect(),
                    changed: changed(&repo, &commit, &prefix).map_err(fail)?,
                });
            }
            commits
        };
        Ok(Self { repo: Mutex::new(repo), commits })
    }

    /// The bytes of a file at some moment.
    ///
    /// # Errors
    /// Where git cannot read it.
    pub fn bytes(&self, blob: Blob) -> Result<Vec<u8>, LoadError> {
        let repo = self.repo.lock().unwrap_or_else(PoisonError::into_inner);
        repo.find_blob(blob.0).map(|b| b.content().to_vec()).map_err(|e| LoadError::Git(in_words(&e, "")))
    }

    /// These commits and all that led to them.
    pub fn ancestors(&self, from: impl IntoIterator<Item = usize>) -> HashSet<usize> {
        let mut open: Vec<usize> = from.into_iter().collect();
        let mut seen: HashSet<usize> = open.iter().copied().collect();
        while let Some(next) = open.pop() {
            open.extend(self.commits[next].parents.iter().copied().filter(|p| seen.insert(*p)));
        }
        seen
    }
}

/// The first-parent steps of a branch, the oldest first: full hashes.
///
/// # Errors
/// Where the clone is shallow or the revision unknown.
pub fn steps(root: &Path, revision: &str) -> Result<Vec<String>, LoadError> {
    let (repo, _) = open(root)?;
    refuse_shallow(&repo)?;
    let mut next = Some(commit_of(&repo, revision)?);
    let mut steps = Vec::new();
    while let Some(commit) = next {
        steps.push(commit.id().to_string());
        next = match commit.parent_count() {
            0 => None,
            _ => Some(commit.parent(0).map_err(|e| LoadError::Git(in_words(&e, revision)))?),
        };
    }
    steps.reverse();
    Ok(steps)
}

/// A first-parent step of a branch that changed something that is read.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// The commit before.
    pub parent: String,
    /// The commit.
    pub child: String,
    /// When it was committed, in seconds since 1970.
    pub time: i64,
}

/// The steps from one commit of a branch to its end that changed any of the four folders; `None` where the branch never went
/// through that commit.
///
/// # Errors
/// Where the clone is shallow or the revision unknown.
pub fn steps_since(root: &Path, from: &str, revision: &str) -> Result<Option<Vec<Step>>, LoadError> {
    let (repo, prefix) = open(root)?;
    let steps = steps(root, revision)?;
    let Some(start) = steps.iter().position(|s| s == from) else { return Ok(None) };
    let mut found = Vec::new();
    for pair in steps[start..].windows(2) {
        let (parent, child) = (commit_of(&repo, &pair[0])?, commit_of(&repo, &pair[1])?);
        let folders = |commit: &Commit<'_>| {
            let tree = commit.tree().ok();
            FOLDERS.map(|folder| tree.as_ref().and_then(|t| t.get_path(&prefix.join(folder)).ok()).map(|e| e.id()))
        };
        if folders(&parent) != folders(&child) {
            found.push(Step { parent: pair[0].clone(), child: pair[1].clone(), time: child.time().seconds() });
        }
    }
    Ok(Some(found))
}

/// The files below a folder in a revision that are not exactly as in `here`, the bytes of which it gives by path.
///
/// # Errors
/// Where the revision is unknown, or git cannot read it.
pub fn files_unlike<'h>(
    root: &Path,
    revision: &str,
    folder: &str,
    here: impl Fn(&str) -> Option<&'h str>,
) -> Result<Vec<(String, Vec<u8>)>, LoadError> {
    let (repo, prefix) = open(root)?;
    let fail = |e: git2::Error| LoadError::Git(in_words(&e, revision));
    let tree = commit_of(&repo, revision)?.tree().map_err(fail)?;
    let Some(tree) = tree.get_path(&prefix.join(folder)).ok().and_then(|entry| repo.find_tree(entry.id()).ok()) else {
        return Ok(Vec::new());
    };
    let mut unlike = Vec::new();
    tree.walk(git2::TreeWalkMode::PreOrder, |within, entry| {
        if entry.kind() == Some(git2::ObjectType::Blob)
            && let Ok(name) = entry.name()
        {
            let path = format!("{folder}/{within}{name}");
            let same = here(&path).and_then(|text| Oid::hash_object(git2::ObjectType::Blob, text.as_bytes()).ok());
            if same != Some(entry.id()) {
                unlike.push((path, entry.id()));
            }
        }
        git2::TreeWalkResult::Ok
    })
    .map_err(fail)?;
    unlike.into_iter().map(|(path, id)| Ok((path, repo.find_blob(id).map_err(fail)?.content().to_vec()))).collect()
}

/// The bytes of a file in a revision; `None` where it is not there.
///
/// # Errors
/// Where the revision is unknown, or git cannot read it.
pub fn file(root: &Path, revision: &str, path: &str) -> Result<Option<Vec<u8>>, LoadError> {
    let (repo, prefix) = open(root)?;
    let fail = |e: git2::Error| LoadError::Git(in_words(&e, revision));
    let tree = commit_of(&repo, revision)?.tree().map_err(fail)?;
    let Ok(entry) = tree.get_path(&prefix.join(path)) else { return Ok(None) };
    Ok(Some(repo.find_blob(entry.id()).map_err(fail)?.content().to_vec()))
}

/// When each file below `folder` first came to the branch `revision`, by path.
///
/// # Errors
/// Where the clone is shallow or the revision unknown.
pub fn arrivals(root: &Path, revision: &str, folder: &str) -> Result<HashMap<String, Arrival>, LoadError> {
    let (repo, prefix) = open(root)?;
    let fail = |e: git2::Error| LoadError::Git(in_words(&e, revision));
    let mut found: HashMap<String, Arrival> = HashMap::new();
    let (mut before, mut time): (Option<Oid>, i64) = (None, i64::MIN);
    for (step, id) in steps(root, revision)?.into_iter().enumerate() {
        let commit = repo.find_commit(Oid::from_str(&id).map_err(fail)?).map_err(fail)?;
        // A time before that of an earlier step is not believed.
        time = time.max(commit.time().seconds());
        let tree = commit.tree().map_err(fail)?;
        let now = tree.get_path(&prefix.join(folder)).ok().and_then(|entry| repo.find_tree(entry.id()).ok());
        if now.as_ref().map(Tree::id) == before {
            continue;
        }
        let old = before.and_then(|id| repo.find_tree(id).ok());
        let diff = repo.diff_tree_to_tree(old.as_ref(), now.as_ref(), None).map_err(fail)?;
        for delta in diff.deltas().filter(|d| d.status() == Delta::Added) {
            if let Some(path) = delta.new_file().path().map(Path::to_string_lossy) {
                let arrival = Arrival { step, time, commit: id.clone() };
                found.entry(format!("{folder}/{path}")).or_insert(arrival);
            }
        }
        before = now.map(|tree| tree.id());
    }
    Ok(found)
}

/// The full hash of the commit that a revision names.
///
/// # Errors
/// Where there is none.
pub fn resolve(root: &Path, revision: &str) -> Result<String, LoadError> {
    let (repo, _) = open(root)?;
    Ok(commit_of(&repo, revision)?.id().to_string())
}

/// When a commit was made, in seconds since 1970.
///
/// # Errors
/// Where there is none.
pub fn time(root: &Path, revision: &str) -> Result<i64, LoadError> {
    let (repo, _) = open(root)?;
    Ok(commit_of(&repo, revision)?.time().seconds())
}

/// What a revision has at a path, as git names it; the same name is the same content. `None` where there is nothing, or no git.
pub fn folder(root: &Path, revision: &str, path: &str) -> Option<String> {
    let (repo, prefix) = open(root).ok()?;
    let tree = commit_of(&repo, revision).ok()?.tree().ok()?;
    Some(tree.get_path(&prefix.join(path)).ok()?.id().to_string())
}

/// The first of these revisions that there is.
pub fn first_known<'r>(root: &Path, revisions: &[&'r str]) -> Option<&'r str> {
    let (repo, _) = open(root).ok()?;
    revisions.iter().copied().find(|r| commit_of(&repo, r).is_ok())
}

/// Who a commit made here now would be by.
pub fn committer(root: &Path) -> Option<Author> {
    let (repo, _) = open(root).ok()?;
    let signature = repo.signature().ok()?;
    Some(Author { name: text(signature.name_bytes()), email: text(signature.email_bytes()) })
}

fn commit_of<'r>(repo: &'r Repository, revision: &str) -> Result<Commit<'r>, LoadError> {
    repo.revparse_single(revision).and_then(|o| o.peel_to_commit()).map_err(|e| LoadError::Git(in_words(&e, revision)))
}

/// A shallow clone ends where nobody can see what was before: nothing can be said of the past.
fn refuse_shallow(repo: &Repository) -> Result<(), LoadError> {
    if repo.is_shallow() {
        return Err(LoadError::Git(
            "this clone is shallow and hides the history that reviews are judged by; run `git fetch --unshallow`, or in CI fetch with depth 0 (GitHub Actions: `fetch-depth: 0`, GitLab: `GIT_DEPTH: 0`)".into(),
        ));
    }
    Ok(())
}

fn people(commit: &Commit<'_>) -> Vec<Author> {
    let of = |s: &git2::Signature<'_>| Author { name: text(s.name_bytes()), email: text(s.email_bytes()) };
    let mut people = vec![of(&commit.author()), of(&commit.committer())];
    let message = text(commit.message_bytes());
    people.extend(message.lines().filter_map(co_author));
    people.sort();
    people.dedup();
    people
}

/// `Co-authored-by: Name <address>`.
fn co_author(line: &str) -> Option<Author> {
    let (key, value) = line.split_once(':')?;
    if !key.trim().eq_ignore_ascii_case("co-authored-by") {
        return None;
    }
    let (name, rest) = value.split_once('<').unwrap_or((value, ""));
    Some(Author { name: name.trim().to_owned(), email: rest.trim().trim_end_matches('>').to_owned() })
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// The files that a commit has otherwise than each of its parents.
fn changed(repo: &Repository, commit: &Commit<'_>, prefix: &Path) -> Result<Vec<(String, Option<Blob>)>, git2::Error> {
    let tree = commit.tree()?;
    let against = |parent: Option<&Tree<'_>>| -> Result<HashMap<String, Option<Blob>>, git2::Error> {
        let mut options = DiffOptions::new();
        options.disable_pathspec_match(true);
        for folder in FOLDERS {
            options.pathspec(prefix.join(folder));
        }
        let diff = repo.diff_tree_to_tree(parent, Some(&tree), Some(&mut options))?;
        let files = diff.deltas().filter_map(|delta| {
            let file = if delta.status() == Delta::Deleted { delta.old_file() } else { delta.new_file() };
            let path = file.path()?.strip_prefix(prefix).ok()?.to_string_lossy().into_owned();
            Some((path, (delta.status() != Delta::Deleted).then(|| Blob(file.id()))))
        });
        Ok(files.collect())
    };
    let mut common = match commit.parent_count() {
        0 => against(None)?,
        _ => against(Some(&commit.parent(0)?.tree()?))?,
    };
    for parent in commit.parents().skip(1) {
        let other = against(Some(&parent.tree()?))?;
        common.retain(|path, _| other.contains_key(path));
    }
    let mut changed: Vec<(String, Option<Blob>)> = common.into_iter().collect();
    changed.sort_by(|a, b| a.0.cmp(&b.0));
    Ok(changed)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn co_authors_are_found() {
        let found = co_author("Co-Authored-By: A Nurse <a-nurse@example.org>").unwrap();
        assert_eq!((found.name.as_str(), found.email.as_str()), ("A Nurse", "a-nurse@example.org"));
        assert_eq!(co_author("Reviewed-by: A Nurse <a-nurse@example.org>"), None);
    }
}
