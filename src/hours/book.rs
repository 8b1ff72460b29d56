//! Hours that were read before: a site has few different ones, and reading costs more than looking up.

use std::sync::{Arc, PoisonError, RwLock};

use foldhash::HashMap;

use super::{Hours, HoursError};

/// What each text was read as.
#[derive(Debug, Default)]
pub struct Book {
    read: RwLock<HashMap<String, Arc<Result<Hours, HoursError>>>>,
}

impl Book {
    /// Reads a text as [`Hours::parse`] does, once.
    pub fn read(&self, text: &str) -> Arc<Result<Hours, HoursError>> {
        if let Some(known) = self.read.read().unwrap_or_else(PoisonError::into_inner).get(text) {
            return Arc::clone(known);
        }
        let hours = Arc::new(Hours::parse(text));
        self.read.write().unwrap_or_else(PoisonError::into_inner).insert(text.to_owned(), Arc::clone(&hours));
        hours
    }
}
