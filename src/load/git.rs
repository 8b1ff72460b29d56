//! A git revision, and the few questions about history that other modules ask.

use std::collections::HashMap;
use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, ObjectType, Oid, Repository, TreeWalkMode, TreeWalkResult};

use super::{FOLDERS, File, LoadError, NotAFile, Raw, Refusal, almost_a_folder, max_bytes};

/// Opens the git repository around `root` and gives the path of `root` inside it.
///
/// # Errors
/// In words, with what to do.
pub fn open(root: &Path) -> Result<(Repository, PathBuf), LoadError> {
    let repo = Repository::discover(root).map_err(|e| LoadError::Git(in_words(&e, "")))?;
    let work = repo.workdir().ok_or_else(|| LoadError::Git("this git repository has no working tree".into()))?;
    let canonical = |p: &Path| p.canonicalize().map_err(|source| LoadError::Io { path: p.to_owned(), source });
    let prefix = canonical(root)?.strip_prefix(canonical(work)?).map(Path::to_owned).unwrap_or_default();
    Ok((repo, prefix))
}

/// The commit at which the checked-out branch left the main branch: the merge base of `HEAD` with the host's main branch, or
/// with `main` or `master` here.
///
/// # Errors
/// In words: where there is no git repository, no main branch, or a shallow clone that does not reach back that far.
pub fn fork_point(root: &Path) -> Result<String, LoadError> {
    let (repo, _) = open(root)?;
    let fail = |e: git2::Error| LoadError::Git(in_words(&e, "HEAD"));
    let head = repo.head().and_then(|h| h.peel_to_commit()).map_err(fail)?.id();
    let names =
        ["refs/remotes/origin/HEAD", "refs/remotes/origin/main", "refs/remotes/origin/master", "refs/heads/main", "refs/heads/master"];
    let main = names.iter().find_map(|name| repo.find_reference(name).ok()?.peel_to_commit().ok());
    let main =
        main.ok_or_else(|| LoadError::Git("there is no branch `main` to compare with; say a revision: `signpost diff BASE`".into()))?;
    common(&repo, head, main.id(), "this branch and the main branch")
}

/// The last commit that two revisions have in common.
///
/// # Errors
/// In words: where git does not know a revision, or they have no common history here.
pub fn merge_base(root: &Path, one: &str, other: &str) -> Result<String, LoadError> {
    let (repo, _) = open(root)?;
    let commit = |revision: &str| {
        let found = repo.revparse_single(revision).and_then(|o| o.peel_to_commit());
        found.map(|c| c.id()).map_err(|e| LoadError::Git(in_words(&e, revision)))
    };
    common(&repo, commit(one)?, commit(other)?, &format!("`{one}` and `{other}`"))
}

fn common(repo: &Repository, one: git2::Oid, other: git2::Oid, both: &str) -> Result<String, LoadError> {
    match repo.merge_base(one, other) {
        Ok(base) => Ok(base.to_string()),
        Err(_) if repo.is_shallow() => Err(LoadError::Git(
            "this clone is shallow and does not reach back to where the branch began; run `git fetch --unshallow`".into(),
        )),
        Err(_) => Err(LoadError::Git(format!("{both} have no common history; say a revision: `signpost diff BASE`"))),
    }
}

/// The path of `root` in its git repository, ending in `/`; empty where it is the repository's own root, or there is no git.
pub fn folder(root: &Path) -> String {
    open(root).map(|(_, prefix)| in_git(&prefix)).unwrap_or_default()
}

fn in_git(prefix: &Path) -> String {
    prefix.components().map(|c| format!("{}/", c.as_os_str().to_string_lossy())).collect()
}

/// The paths of the four folders that git tracks, each with whether it is a submodule; `None` where there is no git.
pub(super) fn tracked(root: &Path) -> Option<Vec<(String, bool)>> {
    let (repo, prefix) = open(root).ok()?;
    let prefix = in_git(&prefix);
    let index = repo.index().ok()?;
    let paths = index.iter().filter_map(|entry| {
        let path = std::str::from_utf8(&entry.path).ok()?.strip_prefix(&prefix)?;
        let is_read =
            path.split('/').next().is_some_and(|top| FOLDERS.contains(&top)) && path.split('/').all(|part| !part.starts_with('.'));
        is_read.then(|| (path.to_owned(), entry.mode == 0o160_000))
    });
    Some(paths.collect())
}

/// What a revision holds in the four folders.
pub(super) struct Found {
    /// The commit's full hash.
    pub(super) commit: String,
    /// The files that were read.
    pub(super) raw: Vec<Raw>,
    /// The paths of files that are known already.
    pub(super) known: Vec<String>,
}

/// Every file of the four folders at a revision; those are not read again of which git's name for their bytes is known.
pub(super) fn read(root: &Path, revision: &str, names: &HashMap<&str, Oid>) -> Result<Found, LoadError> {
    let (repo, prefix) = open(root)?;
    let fail = |e: git2::Error| LoadError::Git(in_words(&e, revision));
    let commit = repo.revparse_single(revision).and_then(|o| o.peel_to_commit()).map_err(fail)?;
    let tree = commit.tree().map_err(fail)?;
    let tree = if prefix.as_os_str().is_empty() {
        tree
    } else {
        let entry = tree.get_path(&prefix).map_err(fail)?;
        repo.find_tree(entry.id()).map_err(fail)?
    };
    let (mut raw, mut known) = (Vec::new(), Vec::new());
    let mut trouble = None;
    let walked = tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        let folder = String::from_utf8_lossy(folder.as_bytes());
        let name = String::from_utf8_lossy(entry.name_bytes());
        let path = format!("{folder}{name}");
        let top = path.split('/').next().unwrap_or("");
        if !FOLDERS.contains(&top) {
            if folder.is_empty()
                && let Some(other) = almost_a_folder(top)
            {
                raw.push(Raw { path, bytes: Err(Refusal::Collides(other.to_owned())) });
            }
            return TreeWalkResult::Skip;
        }
        // Git would not make such an entry; somebody else may have. (Two names that are not UTF-8 may look alike here.)
        if matches!(&*name, "." | "..") || name.eq_ignore_ascii_case(".git") || entry.name().is_err() {
            raw.push(Raw { path, bytes: Err(Refusal::BadPath) });
            return TreeWalkResult::Skip;
        }
        if name.starts_with('.') {
            return TreeWalkResult::Skip;
        }
        let bytes = match (entry.kind(), entry.filemode()) {
            (Some(ObjectType::Tree), _) => return TreeWalkResult::Ok,
            (Some(ObjectType::Commit), _) => Err(Refusal::NotAFile(NotAFile::Submodule)),
            (_, 0o120_000) => Err(Refusal::NotAFile(NotAFile::Link)),
            _ if names.get(path.as_str()) == Some(&entry.id()) => {
                known.push(path);
                return TreeWalkResult::Ok;
            }
            _ => match repo.find_blob(entry.id()) {
                Ok(blob) if blob.size() as u64 > max_bytes(&path) => Err(Refusal::TooLarge(blob.size() as u64)),
                Ok(blob) => Ok(blob.content().to_vec()),
                Err(error) => {
                    trouble = Some(LoadError::Git(in_words(&error, &path)));
                    return TreeWalkResult::Abort;
                }
            },
        };
        raw.push(Raw { path, bytes });
        TreeWalkResult::Ok
    });
    match (trouble, walked) {
        (Some(error), _) => Err(error),
        (None, Err(error)) => Err(fail(error)),
        (None, Ok(())) => Ok(Found { commit: commit.id().to_string(), raw, known }),
    }
}

/// Git's name for the bytes of a file that was not refused.
pub(super) fn name(file: &File) -> Option<Oid> {
    let bytes = file.bytes()?;
    if let Some(known) = file.name.get() {
        return Some(*known);
    }
    let name = Oid::hash_object(ObjectType::Blob, bytes).ok()?;
    Some(*file.name.get_or_init(|| name))
}

/// Git's errors in words, with the remedy where there is one.
pub(super) fn in_words(error: &git2::Error, what: &str) -> String {
    match (error.code(), error.class()) {
        (ErrorCode::Owner, _) => {
            "git refuses this repository because it belongs to another user; run `git config --global --add safe.directory PATH` if you trust it".into()
        }
        (ErrorCode::NotFound, ErrorClass::Repository) => "this folder is not in a git repository; `git init` makes one".into(),
        (ErrorCode::NotFound, ErrorClass::Reference | ErrorClass::Invalid | ErrorClass::None) | (ErrorCode::InvalidSpec | ErrorCode::Ambiguous, _) => {
            format!("git knows no revision `{what}`; in a shallow clone it may be missing: fetch it, or clone with its whole history")
        }
        (ErrorCode::NotFound, ErrorClass::Odb) => {
            format!("an object that `{what}` needs is not in this clone (shallow or partial); run `git fetch --unshallow` or clone without a filter")
        }
        _ => format!("git: {}", error.message()),
    }
}
