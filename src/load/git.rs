//! A git revision, and the few questions about history that other modules ask.

use std::path::{Path, PathBuf};

use git2::{ErrorClass, ErrorCode, ObjectType, Repository, TreeWalkMode, TreeWalkResult};

use super::{FOLDERS, LoadError, MAX_BYTES, Raw, Refusal};

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

/// Every file of the four folders at a revision, with the commit's hash.
pub(super) fn read(root: &Path, revision: &str) -> Result<(String, Vec<Raw>), LoadError> {
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
    let mut raw = Vec::new();
    let mut trouble = None;
    let walked = tree.walk(TreeWalkMode::PreOrder, |folder, entry| {
        let (Ok(name), Ok(folder)) = (entry.name(), std::str::from_utf8(folder.as_bytes())) else {
            let name = String::from_utf8_lossy(entry.name_bytes()).into_owned();
            raw.push(Raw { path: format!("{folder}{name}"), bytes: Err(Refusal::BadPath) });
            return TreeWalkResult::Skip;
        };
        let path = format!("{folder}{name}");
        let top = path.split('/').next().unwrap_or("");
        if !FOLDERS.contains(&top) || name.starts_with('.') {
            return TreeWalkResult::Skip;
        }
        let bytes = match (entry.kind(), entry.filemode()) {
            (Some(ObjectType::Tree), _) => return TreeWalkResult::Ok,
            (Some(ObjectType::Commit), _) => Err(Refusal::NotAFile("a git submodule")),
            (_, 0o120_000) => Err(Refusal::NotAFile("a symbolic link")),
            _ => match repo.find_blob(entry.id()) {
                Ok(blob) if blob.size() as u64 > MAX_BYTES && !path.starts_with("site-templates/assets/") => {
                    Err(Refusal::TooLarge(blob.size() as u64))
                }
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
        (None, Ok(())) => Ok((commit.id().to_string(), raw)),
    }
}

/// Git's errors in words, with the remedy where there is one.
fn in_words(error: &git2::Error, what: &str) -> String {
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
