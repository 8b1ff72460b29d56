//! The working tree.

use std::collections::HashSet;
use std::fs::FileType;
use std::io::Read;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{FOLDERS, LoadError, NotAFile, Raw, Refusal, almost_a_folder, git, max_bytes};

/// The root of the content repository at or above `start`: the nearest folder with `content/site.yaml`, else the
/// nearest with a `content` folder.
///
/// # Errors
/// Where there is none.
pub fn find_root(start: &Path) -> Result<PathBuf, LoadError> {
    let start = std::path::absolute(start).map_err(|source| LoadError::Io { path: start.to_owned(), source })?;
    let above = |test: &dyn Fn(&Path) -> bool| start.ancestors().find(|dir| test(dir)).map(Path::to_owned);
    above(&|dir| dir.join("content/site.yaml").is_file())
        .or_else(|| above(&|dir| dir.join("content").is_dir()))
        .ok_or(LoadError::NoRepository(start.clone()))
}

/// A file that was met: its path in the repository and on disk, and why it is not read.
struct Found {
    path: String,
    file: PathBuf,
    refusal: Option<Refusal>,
}

/// Reads every file of the four folders; what git ignores is left out, as it would be from a revision.
pub(super) fn read(root: &Path) -> Result<Vec<Raw>, LoadError> {
    let failed = |source| LoadError::Io { path: root.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(other) = almost_a_folder(&name) {
            found.push(Found { path: name, file: entry.path(), refusal: Some(Refusal::Collides(other.to_owned())) });
        }
    }
    let walked = || FOLDERS.into_par_iter().map(|folder| walk(root, folder)).collect::<Vec<_>>();
    let (walked, tracked) = rayon::join(walked, || git::tracked(root));
    found.extend(walked.into_iter().flatten());
    add_tracked(root, tracked.unwrap_or_default(), &mut found);
    let read = |f: Found| Raw { bytes: f.refusal.map_or_else(|| read_file(&f.path, &f.file), Err), path: f.path };
    Ok(found.into_par_iter().map(read).collect())
}

/// The files below one of the four folders.
fn walk(root: &Path, folder: &str) -> Vec<Found> {
    let dir = root.join(folder);
    let Ok(meta) = std::fs::symlink_metadata(&dir) else { return Vec::new() };
    if meta.is_symlink() {
        return vec![Found { path: folder.to_owned(), file: dir, refusal: Some(Refusal::NotAFile(NotAFile::Link)) }];
    }
    let mut found = Vec::new();
    // Hidden files are the editors' and the system's: none of them is content. Files named `.ignore` are not git's.
    let walk = ignore::WalkBuilder::new(&dir).hidden(true).ignore(false).follow_links(false).require_git(true).build();
    let mut skipped: Option<PathBuf> = None;
    for entry in walk {
        let entry = match entry {
            Ok(entry) => entry,
            Err(error) => {
                let at = path_of(&error).unwrap_or(&dir).to_owned();
                found.push(Found { path: relative(root, &at).0, file: at, refusal: Some(unreadable(error.io_error())) });
                continue;
            }
        };
        let Some(kind) = entry.file_type() else { continue };
        if skipped.as_ref().is_some_and(|s| entry.path().starts_with(s)) {
            continue;
        }
        let (path, is_text) = relative(root, entry.path());
        if kind.is_dir() {
            if entry.path().join(".git").symlink_metadata().is_ok() {
                skipped = Some(entry.path().to_owned());
                found.push(Found { path, file: entry.into_path(), refusal: Some(Refusal::NotAFile(NotAFile::Submodule)) });
            }
        } else if !path.ends_with('~') {
            // (An editor's backup ends in `~`.)
            let refusal = if is_text { refusal_of(kind) } else { Some(Refusal::BadPath) };
            found.push(Found { path, file: entry.into_path(), refusal });
        }
    }
    found
}

fn refusal_of(kind: FileType) -> Option<Refusal> {
    if kind.is_symlink() {
        Some(Refusal::NotAFile(NotAFile::Link))
    } else if !kind.is_file() {
        Some(Refusal::NotAFile(NotAFile::Special))
    } else {
        None
    }
}

/// What git tracks is part of a revision even where an ignore pattern fits it, and a submodule even where it is empty.
fn add_tracked(root: &Path, mut tracked: Vec<(String, bool)>, found: &mut Vec<Found>) {
    let known: HashSet<&str> = found.iter().map(|f| f.path.as_str()).collect();
    tracked.retain(|(path, _)| !known.contains(path.as_str()));
    for (path, is_submodule) in tracked {
        let file = root.join(&path);
        let Ok(meta) = file.symlink_metadata() else { continue };
        let is_inside = found.iter().any(|f| f.refusal == Some(Refusal::NotAFile(NotAFile::Link)) && file.starts_with(&f.file));
        if is_submodule {
            found.push(Found { path, file, refusal: Some(Refusal::NotAFile(NotAFile::Submodule)) });
        } else if !meta.is_dir() && !is_inside {
            found.push(Found { path, file, refusal: refusal_of(meta.file_type()) });
        }
    }
}

/// The path in the repository, with `/`; and whether it is text as it is.
fn relative(root: &Path, file: &Path) -> (String, bool) {
    let relative = file.strip_prefix(root).unwrap_or(file);
    if let (Some(text), '/') = (relative.to_str(), std::path::MAIN_SEPARATOR) {
        return (text.to_owned(), true);
    }
    let parts: Vec<_> = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect();
    (parts.join("/"), relative.to_str().is_some())
}

fn path_of(error: &ignore::Error) -> Option<&Path> {
    match error {
        ignore::Error::WithPath { path, .. } => Some(path),
        ignore::Error::WithDepth { err, .. } | ignore::Error::WithLineNumber { err, .. } => path_of(err),
        _ => None,
    }
}

pub(super) fn read_file(path: &str, file: &Path) -> Result<Vec<u8>, Refusal> {
    let read = || {
        let mut file = std::fs::File::open(file)?;
        let size = file.metadata()?.len();
        if size > max_bytes(path) {
            return Ok(Err(Refusal::TooLarge(size)));
        }
        let mut bytes = Vec::with_capacity(usize::try_from(size).unwrap_or(0));
        file.read_to_end(&mut bytes)?;
        Ok(Ok(bytes))
    };
    read().unwrap_or_else(|e: std::io::Error| Err(unreadable(Some(&e))))
}

fn unreadable(error: Option<&std::io::Error>) -> Refusal {
    let words = error.map_or_else(|| "the folder cannot be listed".to_owned(), ToString::to_string);
    // The system's number helps nobody.
    let words = words.split(" (os error").next().unwrap_or(&words).to_owned();
    let mut chars = words.chars();
    Refusal::Unreadable(chars.next().map_or_else(String::new, |c| c.to_lowercase().chain(chars).collect()))
}
