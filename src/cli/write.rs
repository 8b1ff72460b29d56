//! Files written whole or not at all.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result, bail};

/// One file that is to be written.
pub(super) struct Change {
    /// Where.
    pub(super) path: PathBuf,
    /// What it held when it was read; `None` where there must be no file yet.
    pub(super) before: Option<String>,
    /// What it will hold.
    pub(super) after: String,
}

/// Writes all of them: first every new text beside its file, then one renaming after the other.
pub(super) fn all(changes: &[Change]) -> Result<()> {
    let mut written: Vec<(PathBuf, &Path)> = Vec::new();
    let staged = changes.iter().try_for_each(|change| {
        let aside = stage(change).with_context(|| format!("cannot write {}; nothing was changed", change.path.display()))?;
        written.push((aside, &change.path));
        Ok(())
    });
    if staged.is_err() {
        written.iter().for_each(|(aside, _)| drop(fs::remove_file(aside)));
        return staged;
    }
    for (aside, path) in &written {
        fs::rename(aside, path)
            .with_context(|| format!("cannot replace {}; what was written lies in {}", path.display(), aside.display()))?;
    }
    Ok(())
}

/// Writes a result where somebody asked for it, over what was there.
pub(super) fn result(path: &Path, text: &str) -> Result<()> {
    let written = aside(path, text).and_then(|aside| Ok(fs::rename(&aside, path).inspect_err(|_| drop(fs::remove_file(&aside)))?));
    written.with_context(|| format!("cannot write {}; nothing was changed", path.display()))
}

/// Removes files that were renamed, unless somebody changed them meanwhile.
pub(super) fn remove(files: &[(PathBuf, String)]) -> Result<()> {
    for (path, before) in files {
        if fs::read(path).is_ok_and(|found| found != before.as_bytes()) {
            bail!("somebody changed {} meanwhile; it was left beside its renamed copy", path.display());
        }
        fs::remove_file(path).with_context(|| format!("cannot remove {}, which was renamed", path.display()))?;
    }
    Ok(())
}

/// Writes the new text into a hidden file beside the one that it will replace.
fn stage(change: &Change) -> Result<PathBuf> {
    let found = fs::read(&change.path).ok();
    match (&change.before, &found) {
        (None, Some(_)) => bail!("it exists already"),
        (Some(before), found) if found.as_deref() != Some(before.as_bytes()) => bail!("somebody changed it meanwhile"),
        _ => {}
    }
    aside(&change.path, &change.after)
}

/// Writes a text beside the file that it is for, with that file's permissions.
fn aside(path: &Path, text: &str) -> Result<PathBuf> {
    let folder = path.parent().unwrap_or(Path::new("."));
    fs::create_dir_all(folder)?;
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    let aside = folder.join(format!(".{name}.{}.tmp", std::process::id()));
    let mut file = fs::File::create(&aside)?;
    let wrote = file.write_all(text.as_bytes()).and_then(|()| file.sync_all());
    let wrote = wrote.and_then(|()| fs::metadata(path).map_or(Ok(()), |m| fs::set_permissions(&aside, m.permissions())));
    wrote.inspect_err(|_| drop(fs::remove_file(&aside)))?;
    Ok(aside)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn all_or_nothing() {
        let dir = tempfile::tempdir().unwrap();
        let (one, two) = (dir.path().join("one"), dir.path().join("deep/two"));
        fs::write(&one, "1").unwrap();
        let change = |path: &Path, before: Option<&str>, after: &str| Change {
            path: path.to_owned(),
            before: before.map(str::to_owned),
            after: after.to_owned(),
        };
        assert!(all(&[change(&two, None, "2"), change(&one, Some("other"), "x")]).is_err());
        assert_eq!((fs::read_to_string(&one).unwrap().as_str(), two.exists()), ("1", false));
        assert_eq!(fs::read_dir(dir.path().join("deep")).unwrap().count(), 0);
        assert!(all(&[change(&one, None, "x")]).is_err());
        all(&[change(&two, None, "2"), change(&one, Some("1"), "one")]).unwrap();
        assert_eq!((fs::read_to_string(&one).unwrap(), fs::read_to_string(&two).unwrap()), ("one".to_owned(), "2".to_owned()));
    }
}
