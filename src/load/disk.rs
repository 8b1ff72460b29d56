//! The working tree.

use std::collections::HashSet;
use std::fs::FileType;
use std::io::Read;
use std::path::{Path, PathBuf};
use std::sync::{Mutex, PoisonError};

use ignore::{DirEntry, WalkState};

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

/// A file that was met: its path in the repository and on disk, and its bytes or why there are none.
struct Found {
    path: String,
    file: PathBuf,
    bytes: Result<Vec<u8>, Refusal>,
}

impl Found {
    /// Reads a file, unless there is a reason not to.
    fn new(path: String, file: PathBuf, refusal: Option<Refusal>) -> Self {
        let bytes = refusal.map_or_else(|| read_file(&path, &file), Err);
        Self { path, file, bytes }
    }

    fn is_link(&self) -> bool {
        matches!(self.bytes, Err(Refusal::NotAFile(NotAFile::Link)))
    }
}

/// Reads every file of the four folders; what git ignores is left out, as it would be from a revision.
pub(super) fn read(root: &Path) -> Result<Vec<Raw>, LoadError> {
    let failed = |source| LoadError::Io { path: root.to_owned(), source };
    let mut found = Vec::new();
    for entry in std::fs::read_dir(root).map_err(failed)? {
        let entry = entry.map_err(failed)?;
        let name = entry.file_name().to_string_lossy().into_owned();
        if let Some(other) = almost_a_folder(&name) {
            found.push(Found::new(name, entry.path(), Some(Refusal::Collides(other.to_owned()))));
        }
    }
    let mut folders = Vec::new();
    for folder in FOLDERS {
        let dir = root.join(folder);
        match std::fs::symlink_metadata(&dir) {
            Ok(meta) if meta.is_symlink() => {
                found.push(Found::new(folder.to_owned(), dir, Some(Refusal::NotAFile(NotAFile::Link))));
            }
            Ok(_) => folders.push(dir),
            Err(_) => {}
        }
    }
    let (walked, tracked) = rayon::join(|| walk(root, &folders), || git::tracked(root));
    found.extend(walked);
    add_tracked(root, tracked.unwrap_or_default(), &mut found);
    Ok(found.into_iter().map(|f| Raw { path: f.path, bytes: f.bytes }).collect())
}

/// The files below these folders, in no order. Whichever thread meets a file reads it.
fn walk(root: &Path, folders: &[PathBuf]) -> Vec<Found> {
    let Some((first, others)) = folders.split_first() else { return Vec::new() };
    // Hidden files are the editors' and the system's: none of them is content. Files named `.ignore` are not git's.
    let mut walk = ignore::WalkBuilder::new(first);
    walk.hidden(true).ignore(false).follow_links(false).require_git(true).threads(rayon::current_num_threads());
    for folder in others {
        walk.add(folder);
    }
    let all = Mutex::new(Vec::new());
    walk.build_parallel().run(|| {
        let mut own = Own { all: &all, found: Vec::new() };
        Box::new(move |entry| match entry {
            Ok(entry) => own.meet(root, entry),
            Err(error) => {
                let at = path_of(&error).unwrap_or(root).to_owned();
                own.found.push(Found::new(relative(root, &at).0, at, Some(unreadable(error.io_error()))));
                WalkState::Continue
            }
        })
    });
    all.into_inner().unwrap_or_else(PoisonError::into_inner)
}

/// What one thread meets, handed over when it ends.
struct Own<'w> {
    all: &'w Mutex<Vec<Found>>,
    found: Vec<Found>,
}

impl Own<'_> {
    fn meet(&mut self, root: &Path, entry: DirEntry) -> WalkState {
        let Some(kind) = entry.file_type() else { return WalkState::Continue };
        let (path, is_text) = relative(root, entry.path());
        if kind.is_dir() {
            if entry.path().join(".git").symlink_metadata().is_ok() {
                self.found.push(Found::new(path, entry.into_path(), Some(Refusal::NotAFile(NotAFile::Submodule))));
                return WalkState::Skip;
            }
        } else if !path.ends_with('~') {
            // (An editor's backup ends in `~`.)
            let refusal = if is_text { refusal_of(kind) } else { Some(Refusal::BadPath) };
            self.found.push(Found::new(path, entry.into_path(), refusal));
        }
        WalkState::Continue
    }
}

impl Drop for Own<'_> {
    fn drop(&mut self) {
        self.all.lock().unwrap_or_else(PoisonError::into_inner).append(&mut self.found);
    }
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
        let is_inside = found.iter().any(|f| f.is_link() && file.starts_with(&f.file));
        if is_submodule {
            found.push(Found::new(path, file, Some(Refusal::NotAFile(NotAFile::Submodule))));
        } else if !meta.is_dir() && !is_inside {
            found.push(Found::new(path, file, refusal_of(meta.file_type())));
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
