//! Everything that decides what the public sees, as items with an id and a fingerprint (REVIEW.md, Files).

use std::collections::BTreeMap;

use rayon::prelude::*;

use crate::fingerprint;
use crate::load::{File, Snapshot};
use crate::model::{Content, Identity, Status};
use crate::schema::Schemas;

/// One item that is reviewed.
#[derive(Debug)]
pub struct Reviewed<'a> {
    /// `topic/sleep`, `topic/sleep.bn`, `site/acuity`, `review/policy`, `schema/topic`, `template/base.html`.
    pub id: String,
    /// Its file.
    pub file: &'a File,
    /// What it means; nothing where it cannot be read.
    pub fingerprint: Option<String>,
    /// Where it is to be seen; what has no status is live.
    pub status: Status,
}

/// The items of a snapshot by id.
#[derive(Debug, Default)]
pub struct Items<'a> {
    /// By id.
    pub by_id: BTreeMap<String, Reviewed<'a>>,
    /// Files that take an id that another file has.
    pub doubles: Vec<&'a str>,
}

impl<'a> Items<'a> {
    /// The items of a snapshot.
    pub fn of(snapshot: &'a Snapshot, content: &Content<'a>, schemas: &Schemas) -> Self {
        Self::beside(snapshot, content, schemas, &Items::default())
    }

    /// The same, beside those of another snapshot: what is written alike there means the same.
    pub fn beside(snapshot: &'a Snapshot, content: &Content<'a>, schemas: &Schemas, other: &Items<'_>) -> Self {
        let statuses: BTreeMap<&str, Status> = content.items.iter().map(|i| (i.file.path.as_str(), i.status())).collect();
        let all: Vec<Reviewed<'a>> = snapshot
            .files
            .par_iter()
            .filter_map(|file| {
                let id = Identity::of(&file.path).id()?;
                let status = statuses.get(file.path.as_str()).copied().unwrap_or_default();
                let alike = other.get(&id).filter(|o| o.file.path == file.path && o.file.text == file.text && !file.text.is_empty());
                let fingerprint = alike.map_or_else(|| fingerprint::of(file, schemas).ok(), |o| o.fingerprint.clone());
                Some(Reviewed { id, file, fingerprint, status })
            })
            .collect();
        let mut items = Self::default();
        for item in all {
            if items.by_id.contains_key(&item.id) {
                items.doubles.push(&item.file.path);
            } else {
                items.by_id.insert(item.id.clone(), item);
            }
        }
        items
    }

    /// The item with this id.
    pub fn get(&self, id: &str) -> Option<&Reviewed<'a>> {
        self.by_id.get(id)
    }
}

impl Reviewed<'_> {
    /// Whether the public sees it, or sees what it decides.
    pub fn is_live(&self) -> bool {
        self.status == Status::Live
    }
}
