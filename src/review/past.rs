//! Earlier versions of items: found by their fingerprints in what git keeps, with who wrote what came between.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, PoisonError};

use super::class::{self, Change};
use super::items::Items;
use super::losses;
use super::surroundings::Surroundings;
use crate::fingerprint;
use crate::load::history::{Author, Blob, History};
use crate::load::{File, Snapshot};
use crate::model::Identity;
use crate::schema::Schemas;

/// What the judgement of an item asks of the past.
pub trait Past {
    /// What changed between two versions of an item, by fingerprint; `None` is no version at all.
    fn change(&self, item: &str, from: Option<&str>, to: Option<&str>) -> Change;
    /// Whether a service lost something that people in an urgent situation rely on.
    fn loses(&self, item: &str, from: &str, to: &str) -> bool;
    /// The version of an item with this fingerprint.
    fn version(&self, item: &str, print: &str) -> Option<File>;
    /// Who wrote what is in one version and was not in the other.
    fn authors(&self, item: &str, from: Option<&str>, to: Option<&str>) -> Vec<Author>;
}

/// A file of one item at some commit.
#[derive(Clone, Debug)]
struct Event {
    commit: usize,
    path: String,
    blob: Option<Blob>,
}

/// The past as git and the snapshots at hand know it.
pub struct Versions<'a> {
    history: Option<&'a History>,
    events: HashMap<String, Vec<Event>>,
    now: &'a Items<'a>,
    schemas: Arc<Schemas>,
    around: Surroundings<'a>,
    /// Who changes the working tree, where that is what is judged.
    worker: Option<Author>,
    read: Mutex<HashMap<(String, Blob), Known>>,
}

/// What became of reading an earlier version.
type Known = Option<Arc<Old>>;

/// An earlier version.
struct Old {
    file: File,
    print: String,
}

impl<'a> Versions<'a> {
    /// The past of these items. Without a history everything is new and nobody knows its author.
    pub fn new(history: Option<&'a History>, now: &'a Items<'a>, schemas: Arc<Schemas>, worker: Option<Author>) -> Self {
        let mut events: HashMap<String, Vec<Event>> = HashMap::new();
        for (commit, facts) in history.into_iter().flat_map(|h| &h.commits).enumerate() {
            for (path, blob) in &facts.changed {
                let Some(id) = Identity::of(path).id() else { continue };
                let of_item = events.entry(id).or_default();
                let event = Event { commit, path: path.clone(), blob: *blob };
                match of_item.iter_mut().rev().find(|e| e.commit == commit) {
                    // A file that was moved goes and comes in one commit: what counts is that it came.
                    Some(other) if other.blob.is_none() => *other = event,
                    Some(_) => {}
                    None => of_item.push(event),
                }
            }
        }
        let around = Surroundings::new(now, schemas.clone());
        Self { history, events, now, schemas, around, worker, read: Mutex::default() }
    }

    fn events(&self, item: &str) -> &[Event] {
        self.events.get(item).map_or(&[], Vec::as_slice)
    }

    fn old(&self, path: &str, blob: Blob) -> Option<Arc<Old>> {
        let key = (path.to_owned(), blob);
        if let Some(known) = self.read.lock().unwrap_or_else(PoisonError::into_inner).get(&key) {
            return known.clone();
        }
        let bytes = self.history.and_then(|h| h.bytes(blob).ok());
        let old = bytes.and_then(|bytes| {
            let file = Snapshot::from_bytes([(path, Ok(bytes))]).files.pop()?;
            let print = fingerprint::of(&file, &self.schemas).ok()?;
            Some(Arc::new(Old { file, print }))
        });
        self.read.lock().unwrap_or_else(PoisonError::into_inner).insert(key, old.clone());
        old
    }

    fn print(&self, item: &str, event: &Event) -> Option<String> {
        let now = self.now.get(item).filter(|now| now.file.path == event.path && Blob::of(now.file) == event.blob);
        if let Some(now) = now {
            return now.fingerprint.clone();
        }
        self.old(&event.path, event.blob?).map(|old| old.print.clone())
    }

    /// The version of an item with this fingerprint.
    fn find(&self, item: &str, print: &str) -> Option<Arc<Old>> {
        if let Some(now) = self.now.get(item).filter(|i| i.fingerprint.as_deref() == Some(print)) {
            return Some(Arc::new(Old { file: now.file.clone(), print: print.to_owned() }));
        }
        self.events(item).iter().filter_map(|e| self.old(&e.path, e.blob?)).find(|old| old.print == print)
    }
}

impl Past for Versions<'_> {
    fn change(&self, item: &str, from: Option<&str>, to: Option<&str>) -> Change {
        let (from, to) = match (from, to) {
            (None, None) => return Change::NONE,
            (None, Some(_)) => return class::whole(item, false),
            (Some(_), None) => return class::whole(item, true),
            (Some(from), Some(to)) if from == to => return Change::NONE,
            (Some(from), Some(to)) => (self.find(item, from), self.find(item, to)),
        };
        from.zip(to).map_or(Change::UNKNOWN, |(from, to)| self.around.change(item, &from.file, &to.file))
    }

    fn loses(&self, item: &str, from: &str, to: &str) -> bool {
        let (from, to) = (self.find(item, from), self.find(item, to));
        from.zip(to).is_none_or(|(from, to)| losses::between(&from.file, &to.file))
    }

    fn version(&self, item: &str, print: &str) -> Option<File> {
        self.find(item, print).map(|old| old.file.clone())
    }

    fn authors(&self, item: &str, from: Option<&str>, to: Option<&str>) -> Vec<Author> {
        let Some(history) = self.history else { return Vec::new() };
        let events = self.events(item);
        let prints: Vec<Option<String>> = events.iter().map(|e| self.print(item, e)).collect();
        let newest = prints.iter().position(|print| print.as_deref() == to);
        let start = match newest {
            Some(at) => history.ancestors([events[at].commit]),
            None => (0..history.commits.len()).collect(),
        };
        let stops = events.iter().zip(&prints).filter(|(e, print)| from.is_some() && print.as_deref() == from && start.contains(&e.commit));
        let before = history.ancestors(stops.map(|(e, _)| e.commit));
        let between = events.iter().filter(|e| start.contains(&e.commit) && !before.contains(&e.commit));
        let mut authors: Vec<Author> = between.flat_map(|e| history.commits[e.commit].people.iter().cloned()).collect();
        if newest.is_none() {
            // Not committed yet: whoever would commit it.
            authors.extend(self.worker.clone());
        }
        authors.sort();
        authors.dedup();
        authors
    }
}
