//! Holds a built folder against its manifest: what is missing, what was added, what was altered.
//!
//! Only what lies in the folder is looked at; whether the manifest itself is the one that was signed is for the caller to say.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

use serde_json::Value;

use super::manifest;
use super::write::{WriteError, at};
use crate::fingerprint;

/// The manifest of a folder that was built, as text.
pub fn last_manifest(folder: &Path) -> Option<String> {
    fs::read_to_string(folder.join(manifest::FILE)).ok()
}

/// A built folder, read.
#[derive(Debug)]
pub struct Folder {
    /// Its manifest.
    pub manifest: Value,
    /// The digest of the manifest's bytes.
    pub digest: String,
    /// What is not as the manifest says, by path.
    pub differences: Vec<Difference>,
}

/// One file that is not as the manifest says.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Difference {
    /// The file, relative to the folder.
    pub path: String,
    /// What is wrong with it.
    pub kind: Kind,
}

/// What can be wrong with a file.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    /// The manifest has it and the folder has not.
    Missing,
    /// The folder has it and the manifest has not.
    Added,
    /// It has other bytes.
    Altered,
}

impl Kind {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Missing => "missing",
            Self::Added => "added",
            Self::Altered => "altered",
        }
    }
}

/// Reads a built folder; `None` where it has no manifest that can be read.
///
/// # Errors
/// Where the disk says no.
pub fn folder(out: &Path) -> Result<Option<Folder>, WriteError> {
    let path = out.join(manifest::FILE);
    let Ok(bytes) = fs::read(&path) else { return Ok(None) };
    let Ok(manifest) = serde_json::from_slice::<Value>(&bytes) else { return Ok(None) };
    let listed = manifest["files"].as_array().into_iter().flatten().filter_map(|f| Some((f["path"].as_str()?, f["sha256"].as_str()?)));
    let mut listed: BTreeMap<&str, &str> = listed.collect();
    let mut differences = Vec::new();
    for (path, kind) in files(out)? {
        if path == manifest::FILE {
            continue;
        }
        let expected = listed.remove(path.as_str());
        let Some(expected) = expected else {
            differences.push(Difference { path, kind: Kind::Added });
            continue;
        };
        // A link is no file of a build, wherever it leads.
        let is_same = kind.is_file() && {
            let bytes = fs::read(out.join(&path)).map_err(at(&out.join(&path)))?;
            fingerprint::digest(&bytes).trim_start_matches("sha256:") == expected
        };
        if !is_same {
            differences.push(Difference { path, kind: Kind::Altered });
        }
    }
    differences.extend(listed.keys().map(|path| Difference { path: (*path).to_owned(), kind: Kind::Missing }));
    differences.sort();
    Ok(Some(Folder { digest: fingerprint::digest(&bytes), manifest, differences }))
}

/// Everything in a folder that is no folder, by path with `/`.
fn files(out: &Path) -> Result<Vec<(String, fs::FileType)>, WriteError> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![out.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).map_err(at(&folder))? {
            let entry = entry.map_err(at(&folder))?;
            let kind = entry.file_type().map_err(at(&entry.path()))?;
            if kind.is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path();
                let parts = path.strip_prefix(out).unwrap_or(&path).components();
                let name: Vec<_> = parts.map(|c| c.as_os_str().to_string_lossy().into_owned()).collect();
                found.push((name.join("/"), kind));
            }
        }
    }
    Ok(found)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_difference_is_named() {
        let dir = tempfile::tempdir().unwrap();
        let write = |path: &str, text: &str| {
            fs::create_dir_all(dir.path().join(path).parent().unwrap()).unwrap();
            fs::write(dir.path().join(path), text).unwrap();
        };
        assert!(folder(dir.path()).unwrap().is_none());
        let entry =
            |path: &str, text: &str| format!("{{\"path\":\"{path}\",\"sha256\":\"{}\"}}", &fingerprint::digest(text.as_bytes())[7..]);
        write("index.html", "1");
        write("a/index.html", "2");
        write(manifest::FILE, &format!("{{\"files\":[{},{}]}}", entry("index.html", "1"), entry("a/index.html", "2")));
        assert_eq!(folder(dir.path()).unwrap().unwrap().differences, []);
        write("a/index.html", "3");
        write("b.html", "4");
        fs::remove_file(dir.path().join("index.html")).unwrap();
        let found = folder(dir.path()).unwrap().unwrap().differences;
        let words: Vec<String> = found.iter().map(|d| format!("{} {}", d.kind.word(), d.path)).collect();
        assert_eq!(words, ["altered a/index.html", "added b.html", "missing index.html"]);
    }
}
