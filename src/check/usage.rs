//! Who refers to whom: every reference and link of the site, gathered file by file.
//!
//! Judges nothing. What counts as a reference is decided in [`FileContext::references`].

use rayon::prelude::*;

use super::context::{Context, FileContext};

/// For every item, by its place in `content.items`, the files that refer to it, by their place in the snapshot.
#[derive(Debug, Default)]
pub struct Usage(Vec<Vec<usize>>);

impl Usage {
    /// Gathers it.
    pub fn of(context: &Context<'_>) -> Self {
        let uses = context.snapshot.files.par_iter().map(|file| uses(&FileContext::new(context, file)));
        Self::from_uses(context.content.items.len(), &uses.collect::<Vec<_>>())
    }

    /// Turns what each file refers to into who refers to each item.
    pub(super) fn from_uses(items: usize, uses: &[Vec<usize>]) -> Self {
        let mut usage = Self(vec![Vec::new(); items]);
        for (file, used) in uses.iter().enumerate() {
            for item in used {
                if let Some(files) = usage.0.get_mut(*item).filter(|files| files.last() != Some(&file)) {
                    files.push(file);
                }
            }
        }
        usage
    }

    /// The files that refer to an item, each once; its own and its translations' among them.
    pub(super) fn files(&self, item: usize) -> &[usize] {
        self.0.get(item).map_or(&[], Vec::as_slice)
    }
}

/// The items that a file refers to, by place.
pub(super) fn uses(file: &FileContext<'_, '_>) -> Vec<usize> {
    file.references().filter_map(|r| r.position()).collect()
}
