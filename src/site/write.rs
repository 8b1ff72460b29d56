//! Writing: a whole new folder is made beside the old one and takes its place in one step.
//!
//! A file whose bytes did not change is the old one, by hard link, so its modification time stays. If nothing changed at all
//! the folder is not touched. Whatever fails, the old folder stays as it was.
//!
//! Where only few files of many differ, these are made beside the folder and renamed into it one by one ([`patch`]): first what pages
//! may refer to, then the pages, the manifest last. A build that is stopped in between leaves each file whole, the old or the new one;
//! the next build, which compares all files, puts the rest right.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::{Path, PathBuf};

use rayon::prelude::*;

use super::{manifest, patch};

/// Of so many files one may differ at most for them to be renamed one by one: with more, people could meet a mixture for longer.
const PATCHED: usize = 8;

/// Why the site could not be written.
#[derive(Debug, thiserror::Error)]
pub enum WriteError {
    /// The folder holds something that no build put there.
    #[error("{} is not empty and is no earlier build (it has no {}); choose another folder with --out, or empty it", .0.display(), manifest::FILE)]
    NotOurs(PathBuf),
    /// The place is taken by a file.
    #[error("{} is a file; choose another folder with --out", .0.display())]
    NotAFolder(PathBuf),
    /// The disk said no.
    #[error("cannot write {}: {source}", path.display())]
    Io {
        /// What was to be written.
        path: PathBuf,
        /// Why not.
        source: io::Error,
    },
}

pub(super) fn at(path: &Path) -> impl FnOnce(io::Error) -> WriteError + '_ {
    move |source| WriteError::Io { path: path.to_owned(), source }
}

/// Refuses a folder that no build made.
///
/// # Errors
/// Where something else is there.
pub(super) fn ensure_ours(out: &Path) -> Result<(), WriteError> {
    recover(out)?;
    let meta = match fs::symlink_metadata(out) {
        Ok(meta) => meta,
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(()),
        Err(error) => return Err(at(out)(error)),
    };
    if !meta.is_dir() {
        return Err(WriteError::NotAFolder(out.to_owned()));
    }
    let is_empty = fs::read_dir(out).map_err(at(out))?.next().is_none();
    if is_empty || out.join(manifest::FILE).is_file() { Ok(()) } else { Err(WriteError::NotOurs(out.to_owned())) }
}

/// Puts the files, sorted by path, in place of what is in `out`; says how many differ from what was there.
///
/// # Errors
/// Where the disk says no; `out` is then as it was.
pub(super) fn write(out: &Path, files: &[(String, Vec<u8>)]) -> Result<usize, WriteError> {
    clear(out)?;
    let (is_same, there) =
        rayon::join(|| files.par_iter().map(|(path, bytes)| holds(&out.join(path), bytes)).collect::<Vec<bool>>(), || patch::there(out));
    let changed = is_same.iter().filter(|same| !**same).count();
    let surplus = there.as_ref().map(|there| patch::surplus(there, files));
    if changed == 0 && surplus.as_ref().is_some_and(Vec::is_empty) {
        return Ok(0);
    }
    if let Some(surplus) = surplus.filter(|surplus| (changed + surplus.len()) * PATCHED <= files.len()) {
        let differing: Vec<&(String, Vec<u8>)> = files.iter().zip(&is_same).filter(|(_, same)| !**same).map(|(file, _)| file).collect();
        // Where that is not possible (a file stands where a folder has to be), a whole folder is.
        if patch::write(out, &differing, &surplus).is_ok() {
            return Ok(changed);
        }
    }
    let new = beside(out, "new");
    let result = fill(&new, out, files, &is_same).and_then(|()| swap(out, &new));
    if result.is_err() {
        let _ = fs::remove_dir_all(&new);
    }
    result.map(|()| changed)
}

fn fill(new: &Path, old: &Path, files: &[(String, Vec<u8>)], is_same: &[bool]) -> Result<(), WriteError> {
    fs::create_dir_all(new).map_err(at(new))?;
    let folders: BTreeSet<&str> = files.iter().filter_map(|(path, _)| path.rsplit_once('/')).map(|(folder, _)| folder).collect();
    for folder in folders {
        let path = new.join(folder);
        fs::create_dir(&path).or_else(|_| fs::create_dir_all(&path)).map_err(at(&path))?;
    }
    files.par_iter().zip(is_same).try_for_each(|((path, bytes), is_same)| {
        let to = new.join(path);
        // Some file systems have no hard links, or too few: then the file is written.
        if *is_same && fs::hard_link(old.join(path), &to).is_ok() {
            return Ok(());
        }
        fs::write(&to, bytes).map_err(at(&to))
    })
}

/// Takes away what builds that were stopped left beside the folder.
pub(super) fn clear(out: &Path) -> Result<(), WriteError> {
    for left in ["new", "part"].map(|what| beside(out, what)) {
        if left.exists() {
            fs::remove_dir_all(&left).map_err(at(&left))?;
        }
    }
    Ok(())
}

/// Whether a file holds exactly these bytes.
fn holds(path: &Path, bytes: &[u8]) -> bool {
    let Ok(meta) = fs::symlink_metadata(path) else { return false };
    meta.is_file() && meta.len() == bytes.len() as u64 && fs::read(path).is_ok_and(|old| old == bytes)
}

/// Puts the new folder in the place of the old one: in one step where the system can exchange two folders, so that the site
/// is never missing; otherwise in two, and the next build recovers one that was stopped in between.
fn swap(out: &Path, new: &Path) -> Result<(), WriteError> {
    if exchange(out, new) {
        // The new site stands, and the old one lies where the new one was; what is left of it can go later.
        let _ = fs::remove_dir_all(new);
        return Ok(());
    }
    let old = beside(out, "old");
    if old.exists() {
        fs::remove_dir_all(&old).map_err(at(&old))?;
    }
    let had_one = match fs::rename(out, &old) {
        Ok(()) => true,
        Err(error) if error.kind() == io::ErrorKind::NotFound => false,
        Err(error) => return Err(at(out)(error)),
    };
    if let Err(error) = fs::rename(new, out) {
        if had_one {
            let _ = fs::rename(&old, out);
        }
        return Err(at(out)(error));
    }
    if had_one {
        let _ = fs::remove_dir_all(&old);
    }
    Ok(())
}

/// Exchanges two folders at once; `false` where there is nothing to exchange, or the system or file system cannot.
#[cfg(target_os = "linux")]
fn exchange(one: &Path, other: &Path) -> bool {
    use rustix::fs::{CWD, RenameFlags, renameat_with};
    renameat_with(CWD, one, CWD, other, RenameFlags::EXCHANGE).is_ok()
}

#[cfg(not(target_os = "linux"))]
fn exchange(_: &Path, _: &Path) -> bool {
    false
}

/// A build that was stopped between the two renames left the old site beside its place: put it back.
fn recover(out: &Path) -> Result<(), WriteError> {
    let old = beside(out, "old");
    if fs::symlink_metadata(out).is_err() && old.is_dir() {
        fs::rename(&old, out).map_err(at(out))?;
    }
    Ok(())
}

/// A folder beside `out`, so on the same disk, that no host publishes.
pub(super) fn beside(out: &Path, what: &str) -> PathBuf {
    let name = out.file_name().map_or_else(|| "public".into(), |n| n.to_string_lossy().into_owned());
    out.with_file_name(format!(".{name}.signpost-{what}"))
}

#[cfg(all(test, target_os = "linux"))]
mod tests {
    use std::sync::atomic::{AtomicBool, Ordering};

    use super::*;

    #[test]
    fn the_site_is_never_missing_while_it_is_replaced() {
        let dir = tempfile::tempdir().unwrap();
        let out = dir.path().join("public");
        let files = |n: u8| vec![("index.html".to_owned(), vec![n]), (manifest::FILE.to_owned(), b"{}".to_vec())];
        write(&out, &files(0)).unwrap();
        let (is_done, index) = (AtomicBool::new(false), out.join("index.html"));
        let missing = std::thread::scope(|scope| {
            let watcher = scope.spawn(|| {
                let mut missing = 0;
                while !is_done.load(Ordering::Relaxed) {
                    missing += usize::from(!index.exists());
                }
                missing
            });
            (1..=100).for_each(|n| assert_eq!(write(&out, &files(n)).unwrap(), 1));
            is_done.store(true, Ordering::Relaxed);
            watcher.join().unwrap()
        });
        assert_eq!((missing, fs::read(&index).unwrap()), (0, vec![100]));
        assert_eq!(fs::read_dir(dir.path()).unwrap().count(), 1);
    }
}
