//! Files that were saved after a snapshot was read, while all others stay as they are.
//!
//! Knows how to tell that only the text of a file changed: its front matter is byte for byte the same, at the same place, so that
//! everything that was understood of it still holds.

use std::path::Path;
use std::sync::OnceLock;

use super::{Content, File, Raw, disk};

/// Newer versions of files, kept for as long as the snapshot whose files they replace.
#[derive(Debug, Default)]
pub struct Later {
    files: OnceLock<Vec<File>>,
    next: OnceLock<Box<Later>>,
}

impl Later {
    /// Keeps these files beside those that are kept already.
    pub fn keep(&self, mut files: Vec<File>) -> &[File] {
        let mut at = self;
        loop {
            match at.files.set(files) {
                Ok(()) => return at.files.get().map_or(&[], Vec::as_slice),
                Err(back) => files = back,
            }
            at = at.next.get_or_init(Box::default);
        }
    }
}

impl File {
    /// Whether this is the same file with another text, or the same, after the same front matter.
    pub fn differs_in_text_alone(&self, older: &Self) -> bool {
        let head = |file: &Self| match &file.content {
            Content::Markdown { front: Some(_), body } if file.refusal.is_none() => Some(body.start),
            _ => None,
        };
        let (Some(own), Some(other)) = (head(self), head(older)) else { return false };
        self.path == older.path && own == other && self.text.as_bytes()[..own as usize] == older.text.as_bytes()[..other as usize]
    }
}

/// What stands at a path of the working tree now.
#[derive(Debug)]
pub enum Found {
    /// A plain file, as a snapshot would have it.
    File(Box<File>),
    /// Something else.
    Other,
    /// Nothing.
    Nothing,
}

/// Looks at one path of the working tree.
pub fn read(root: &Path, path: &str) -> Found {
    let file = root.join(path);
    match file.symlink_metadata() {
        Ok(meta) if meta.is_file() => {
            let bytes = disk::read_file(path, &file);
            Found::File(Box::new(File::from_raw(Raw { path: path.to_owned(), bytes })))
        }
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => Found::Nothing,
        _ => Found::Other,
    }
}

/// Whether a path is of a kind that is never read unless git tracks it: hidden, or an editor's backup.
pub fn is_passed_over(path: &str) -> bool {
    path.ends_with('~') || path.split('/').any(|part| part.starts_with('.'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;

    fn file(text: &str) -> File {
        Snapshot::from_texts([("content/topics/a.md", text)]).files.remove(0)
    }

    #[test]
    fn only_the_text_may_differ() {
        let old = file("---\ntitle: A\n---\nOne.\n");
        assert!(file("---\ntitle: A\n---\nTwo, and more.\n").differs_in_text_alone(&old));
        assert!(file("---\ntitle: A\n---\n").differs_in_text_alone(&old));
        for other in
            ["---\ntitle: B\n---\nOne.\n", "---\ntitle: A \n---\nOne.\n", "---\ntitle: A\n--- \nOne.\n", "One.\n", "---\ntitle: A\n"]
        {
            assert!(!file(other).differs_in_text_alone(&old), "{other}");
        }
    }

    #[test]
    fn what_is_kept_stays_where_it_is() {
        let later = Later::default();
        let first = later.keep(vec![file("one")]);
        let second = later.keep(vec![file("two"), file("three")]);
        assert_eq!((first[0].text.as_str(), second[1].text.as_str(), second.len()), ("one", "three", 2));
    }
}
