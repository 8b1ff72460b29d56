//! Renaming a few files of a site into their place, one by one.
//!
//! They are made in a folder beside the site, so that a host never publishes half a file, and a build that is stopped leaves nothing in
//! the site that does not belong there. Knows nothing of what the files hold.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::manifest;
use super::write::{WriteError, at, beside};

/// The files in a folder, by path with `/`; `None` where there is no folder, or something in it is no plain file: a link could lead
/// a rename elsewhere.
pub(super) fn there(out: &Path) -> Option<BTreeSet<String>> {
    if !fs::symlink_metadata(out).ok()?.is_dir() {
        return None;
    }
    let mut found = BTreeSet::new();
    let mut open: Vec<(PathBuf, String)> = vec![(out.to_owned(), String::new())];
    while !open.is_empty() {
        let listed: Option<Vec<Listed>> = open.par_iter().map(|(folder, path)| list(folder, path)).collect();
        open.clear();
        for listed in listed? {
            found.extend(listed.files);
            open.extend(listed.folders);
        }
    }
    Some(found)
}

/// What lies in one folder.
struct Listed {
    files: Vec<String>,
    folders: Vec<(PathBuf, String)>,
}

fn list(folder: &Path, path: &str) -> Option<Listed> {
    let mut listed = Listed { files: Vec::new(), folders: Vec::new() };
    for entry in fs::read_dir(folder).ok()? {
        let entry = entry.ok()?;
        let name = entry.file_name();
        let path = format!("{path}{}", name.to_str()?);
        let kind = entry.file_type().ok()?;
        if kind.is_dir() {
            listed.folders.push((entry.path(), format!("{path}/")));
        } else if kind.is_file() {
            listed.files.push(path);
        } else {
            return None;
        }
    }
    Some(listed)
}

/// The files that are there and belong to no site of these files.
pub(super) fn surplus(there: &BTreeSet<String>, files: &[(String, Vec<u8>)]) -> Vec<String> {
    let known = |path: &String| files.binary_search_by(|(other, _)| other.cmp(path)).is_ok();
    there.iter().filter(|path| !known(path)).cloned().collect()
}

/// Renames files into their places and takes out those that are surplus. What others refer to comes first, the manifest last.
///
/// # Errors
/// Where the disk says no. The folder may then hold some of the files.
pub(super) fn write(out: &Path, files: &[&(String, Vec<u8>)], surplus: &[String]) -> Result<(), WriteError> {
    let part = beside(out, "part");
    let result = rename(out, &part, files).and_then(|()| remove(out, surplus)).and_then(|()| rename_manifest(out, &part, files));
    let _ = fs::remove_dir_all(&part);
    result
}

fn is_manifest(path: &str) -> bool {
    path == manifest::FILE
}

fn rename(out: &Path, part: &Path, files: &[&(String, Vec<u8>)]) -> Result<(), WriteError> {
    fs::create_dir_all(part).map_err(at(part))?;
    files.par_iter().enumerate().try_for_each(|(number, (_, bytes))| {
        let made = part.join(number.to_string());
        fs::write(&made, bytes).map_err(at(&made))
    })?;
    // Pages come after what they may load or lead to: of what is new, files that are no pages, then new pages, then others.
    let order = |path: &str| (path.ends_with(".html"), path.ends_with(".html") && out.join(path).exists());
    let mut numbers: Vec<usize> = (0..files.len()).filter(|n| !is_manifest(&files[*n].0)).collect();
    numbers.sort_by_cached_key(|n| order(&files[*n].0));
    for number in numbers {
        place(out, part, number, &files[number].0)?;
    }
    Ok(())
}

fn rename_manifest(out: &Path, part: &Path, files: &[&(String, Vec<u8>)]) -> Result<(), WriteError> {
    match files.iter().position(|(path, _)| is_manifest(path)) {
        Some(number) => place(out, part, number, manifest::FILE),
        None => Ok(()),
    }
}

fn place(out: &Path, part: &Path, number: usize, path: &str) -> Result<(), WriteError> {
    let to = out.join(path);
    if let Some(folder) = to.parent() {
        fs::create_dir_all(folder).map_err(at(folder))?;
    }
    fs::rename(part.join(number.to_string()), &to).map_err(at(&to))
}

/// Takes files out, and folders that are empty then.
fn remove(out: &Path, surplus: &[String]) -> Result<(), WriteError> {
    for path in surplus {
        let file = out.join(path);
        fs::remove_file(&file).map_err(at(&file))?;
        let above = file.ancestors().skip(1).take_while(|folder| *folder != out);
        for folder in above {
            if fs::remove_dir(folder).is_err() {
                break;
            }
        }
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::super::write::write;
    use super::*;

    fn site(texts: &[(usize, &str)]) -> Vec<(String, Vec<u8>)> {
        let mut files: Vec<(String, Vec<u8>)> = (10..40).map(|n| (format!("{n}/index.html"), b"old".to_vec())).collect();
        files.push((manifest::FILE.to_owned(), b"{}".to_vec()));
        for (n, text) in texts {
            files[*n].1 = text.as_bytes().to_vec();
        }
        files
    }

    fn holds(out: &Path, files: &[(String, Vec<u8>)]) -> bool {
        let there = there(out).unwrap();
        there.len() == files.len() && files.iter().all(|(path, bytes)| fs::read(out.join(path)).is_ok_and(|b| b == *bytes))
    }

    #[test]
    fn few_files_are_renamed_into_place() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        write(&out, &site(&[])).unwrap();
        let before = fs::symlink_metadata(&out).unwrap().created().ok();
        let mut files = site(&[(3, "new")]);
        assert_eq!(write(&out, &files).unwrap(), 1);
        assert!(holds(&out, &files));
        assert_eq!(fs::symlink_metadata(&out).unwrap().created().ok(), before, "the folder is the same one");
        // One page goes and another comes.
        files.remove(7);
        files.insert(7, ("16a/b/index.html".to_owned(), b"new".to_vec()));
        files.sort();
        write(&out, &files).unwrap();
        assert!(holds(&out, &files) && !out.join("17").exists());
        // What a stopped build left behind, and what somebody put there, goes.
        fs::create_dir_all(beside(&out, "part")).unwrap();
        fs::write(out.join("17x.html"), "?").unwrap();
        fs::write(out.join("20/index.html"), "edited").unwrap();
        assert_eq!(write(&out, &files).unwrap(), 1);
        assert!(holds(&out, &files));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }

    #[cfg(unix)]
    #[test]
    fn nothing_is_written_through_a_link() {
        let dir = tempfile::tempdir().unwrap();
        let (out, other) = (dir.path().join("public"), dir.path().join("other"));
        write(&out, &site(&[])).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(other.join("index.html"), "mine").unwrap();
        fs::remove_dir_all(out.join("12")).unwrap();
        std::os::unix::fs::symlink(&other, out.join("12")).unwrap();
        write(&out, &site(&[])).unwrap();
        assert!(holds(&out, &site(&[])));
        assert_eq!(fs::read_to_string(other.join("index.html")).unwrap(), "mine");
    }
}
