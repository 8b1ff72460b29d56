//! The working tree.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{FOLDERS, LoadError, MAX_BYTES, Raw, Refusal};

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

/// Reads every file of the four folders; what git ignores is left out, as it would be from a revision.
pub(super) fn read(root: &Path) -> Result<Vec<Raw>, LoadError> {
    std::fs::metadata(root).map_err(|source| LoadError::Io { path: root.to_owned(), source })?;
    let mut found = Vec::new();
    for folder in FOLDERS {
        let dir = root.join(folder);
        let Ok(meta) = std::fs::symlink_metadata(&dir) else { continue };
        if meta.is_symlink() {
            found.push((folder.to_owned(), dir, Some(Refusal::NotAFile("a symbolic link"))));
            continue;
        }
        // Hidden files are the editors' and the system's: none of them is content.
        let walk = ignore::WalkBuilder::new(&dir).hidden(true).follow_links(false).require_git(true).build();
        for entry in walk {
            let entry = entry.map_err(|e| LoadError::Io { path: dir.clone(), source: std::io::Error::other(e.to_string()) })?;
            let Some(kind) = entry.file_type() else { continue };
            if kind.is_dir() {
                continue;
            }
            let relative = entry.path().strip_prefix(root).unwrap_or(entry.path());
            let path = relative.components().map(|c| c.as_os_str().to_string_lossy()).collect::<Vec<_>>().join("/");
            if path.ends_with('~') {
                continue; // an editor's backup
            }
            let refusal = if kind.is_symlink() {
                Some(Refusal::NotAFile("a symbolic link"))
            } else if !kind.is_file() {
                Some(Refusal::NotAFile("a special file"))
            } else {
                None
            };
            found.push((path, entry.into_path(), refusal));
        }
    }
    Ok(found
        .into_par_iter()
        .map(|(path, file, refusal)| Raw { bytes: refusal.map_or_else(|| read_file(&path, &file), Err), path })
        .collect())
}

fn read_file(path: &str, file: &Path) -> Result<Vec<u8>, Refusal> {
    let unreadable = |e: std::io::Error| Refusal::Unreadable(e.to_string());
    let size = std::fs::metadata(file).map_err(unreadable)?.len();
    if size > MAX_BYTES && !path.starts_with("site-templates/assets/") {
        return Err(Refusal::TooLarge(size));
    }
    std::fs::read(file).map_err(unreadable)
}
