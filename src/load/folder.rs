//! A folder of generated files: what lies in it, and the text of what is read.
//!
//! Knows nothing of who generated it.

use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::LoadError;

/// One file of a folder.
#[derive(Debug)]
pub struct Entry {
    /// Relative to the folder, with `/`.
    pub path: String,
    /// Its bytes, where they were asked for.
    pub bytes: Option<Vec<u8>>,
}

/// Every file in a folder and those below, by path; `is_read` says of which the bytes are wanted. Links to files count as files,
/// links to folders are left out.
///
/// # Errors
/// Where the folder, or a file that is wanted, cannot be read.
pub fn read(folder: &Path, is_read: fn(&str) -> bool) -> Result<Vec<Entry>, LoadError> {
    let failed = |path: &Path| {
        let path = path.to_owned();
        move |source| LoadError::Io { path, source }
    };
    let mut found: Vec<(String, PathBuf)> = Vec::new();
    let mut open = vec![folder.to_owned()];
    while let Some(dir) = open.pop() {
        for entry in std::fs::read_dir(&dir).map_err(failed(&dir))? {
            let entry = entry.map_err(failed(&dir))?;
            let kind = entry.file_type().map_err(failed(&entry.path()))?;
            let path = entry.path();
            if kind.is_dir() {
                open.push(path);
            } else if kind.is_file() || path.is_file() {
                let parts = path.strip_prefix(folder).unwrap_or(&path).components();
                let name: Vec<_> = parts.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
                found.push((name.join("/"), path));
            }
        }
    }
    found.sort();
    let entries = found.into_par_iter().map(|(path, file)| {
        let bytes = if is_read(&path) { Some(std::fs::read(&file).map_err(failed(&file))?) } else { None };
        Ok(Entry { path, bytes })
    });
    entries.collect()
}
