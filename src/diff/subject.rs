//! What is compared: everything that decides what the public sees, each under the id that reviews know it by.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use crate::fingerprint;
use crate::load::{self, File, Snapshot};
use crate::model::{Content, Identity, Item, Kind};
use crate::schema::{Cursor, Mark, Schemas};

/// One version of a content repository.
pub struct Side<'s> {
    /// Its files.
    pub snapshot: &'s Snapshot,
    /// What they mean.
    pub content: Content<'s>,
    /// The schemas that apply.
    pub schemas: Arc<Schemas>,
}

impl<'s> Side<'s> {
    /// Understands a snapshot.
    pub fn of(snapshot: &'s Snapshot) -> Self {
        Self::with(snapshot, Arc::new(Schemas::of(snapshot)))
    }

    /// Understands a snapshot by schemas that are at hand.
    pub fn with(snapshot: &'s Snapshot, schemas: Arc<Schemas>) -> Self {
        Self { snapshot, content: Content::of(snapshot), schemas }
    }

    /// Everything with an id, by id.
    pub fn subjects(&self) -> BTreeMap<String, Subject<'_, 's>> {
        let items: BTreeMap<&str, &Item<'s>> = self.content.items.iter().map(|i| (i.file.path.as_str(), i)).collect();
        let mut subjects = BTreeMap::new();
        for file in &self.snapshot.files {
            let identity = Identity::of(&file.path);
            let (Some(mut id), Some(sort)) = (identity.id(), Sort::of(identity)) else { continue };
            if subjects.contains_key(&id) {
                // `check` refuses this; until it is put right, no change of either file may go unseen.
                id = format!("{id} ({})", file.path);
            }
            subjects.insert(id.clone(), Subject { id, sort, file, item: items.get(file.path.as_str()).copied() });
        }
        subjects
    }

    /// The marks of the schema that a subject has to fit.
    pub fn cursor(&self, subject: &Subject<'_, '_>) -> Option<Cursor<'_>> {
        let name = Identity::of(&subject.file.path).schema()?;
        Some(self.schemas.builtin(name)?.annotations.top())
    }

    /// A subject's fingerprint, where it can be read.
    pub fn fingerprint(&self, subject: &Subject<'_, '_>) -> Option<String> {
        fingerprint::of(subject.file, &self.schemas).ok()
    }
}

/// One thing that is reviewed.
#[derive(Debug, Clone)]
pub struct Subject<'c, 's> {
    /// `topic/sleep`, `topic/sleep.bn`, `site/acuity`, `review/policy`, `schema/topic`, `template/page.html`.
    pub id: String,
    /// What it is.
    pub sort: Sort,
    /// The file.
    pub file: &'s File,
    /// The item, of content.
    pub item: Option<&'c Item<'s>>,
}

/// What sort of thing is reviewed.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Sort {
    /// An item of content.
    Item(Kind),
    /// A singleton of content, by its word.
    Site(&'static str),
    /// Policy or reviewers.
    Review,
    /// A schema of the repository's own.
    Schema,
    /// A template or asset.
    Template,
}

impl Sort {
    fn of(identity: Identity<'_>) -> Option<Self> {
        match identity {
            Identity::Item { kind, .. } => Some(Self::Item(kind)),
            Identity::Singleton(singleton) => Some(Self::Site(singleton.word())),
            Identity::Schema(_) => Some(Self::Schema),
            Identity::Template(_) => Some(Self::Template),
            Identity::Policy | Identity::Reviewers => Some(Self::Review),
            Identity::Confirmation(_) | Identity::Record(_) | Identity::Release(_) | Identity::Stray => None,
        }
    }
}

impl Subject<'_, '_> {
    /// What people call it.
    pub fn title(&self) -> &str {
        self.item.map_or(self.id.as_str(), |i| i.title())
    }

    /// Its text below the front matter, or all of a file that is no YAML; `None` for YAML and for what cannot be shown.
    pub fn body(&self) -> Option<&str> {
        match &self.file.content {
            load::Content::Markdown { .. } => self.file.body().map(|(text, _)| text),
            load::Content::Text => Some(&self.file.text),
            _ => None,
        }
    }
}

/// The ids that a subject names, in its fields and in the links of its text.
pub(super) fn named(side: &Side<'_>, subject: &Subject<'_, '_>) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    let compiled = Identity::of(&subject.file.path).schema().and_then(|name| side.schemas.builtin(name));
    if let (Some(compiled), Some(data)) = (compiled, subject.file.data()) {
        let marked = compiled.annotations.marked(data);
        let texts = marked.iter().filter(|m| matches!(m.mark, Mark::Reference(_))).filter_map(|m| m.node.str());
        found.extend(texts.map(|text| text.split('#').next().unwrap_or(text).to_owned()));
    }
    let links = subject.item.map(Item::links).unwrap_or_default();
    found.extend(links.iter().map(|l| l.to.split('#').next().unwrap_or("").to_owned()));
    found
}
