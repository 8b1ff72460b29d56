//! Who read the text of which file: noted while it is read, so that after a save only what rests on it is made again.
//!
//! Knows nothing of who reads: a page by its address, a file by its path.

use std::collections::{BTreeSet, HashMap};
use std::sync::{Mutex, PoisonError};

/// Readers by the path of the file.
#[derive(Debug, Default)]
pub struct Readers(Mutex<HashMap<String, BTreeSet<String>>>);

impl Readers {
    /// Notes that somebody read the text of a file.
    pub fn note(&self, file: &str, reader: &str) {
        let mut all = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        match all.get_mut(file) {
            Some(readers) if readers.contains(reader) => {}
            Some(readers) => drop(readers.insert(reader.to_owned())),
            None => drop(all.insert(file.to_owned(), BTreeSet::from([reader.to_owned()]))),
        }
    }

    /// Those who read the text of a file, now or before.
    pub fn of(&self, file: &str) -> BTreeSet<String> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).get(file).cloned().unwrap_or_default()
    }
}
