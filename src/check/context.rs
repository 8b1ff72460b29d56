//! What rules look at: the whole site, and one file of it.

use std::collections::BTreeSet;
use std::sync::OnceLock;

use foldhash::HashMap;
use jiff::civil::Date;

use super::names::Names;
use super::numbers::{Mention, Numbers};
use super::phrases::HouseStyle;
use super::proof;
use super::prose::{self, Piece};
use super::reference::{self, Reference};
use super::unread;
use super::usage::Usage;
use crate::diag::Finding;
use crate::hours::Book;
use crate::journey::verify::Verification;
use crate::load::readers::Readers;
use crate::load::{File, Snapshot};
use crate::markdown::{Body, Link};
use crate::model::{Content, Identity, Item, Kind};
use crate::review::{self, Fault, People, Suspensions};
use crate::schema::{Mark, Marked, Problem, Schemas, Violation};
use crate::source::Span;

/// The whole site, as rules see it.
pub struct Context<'a> {
    /// The files.
    pub snapshot: &'a Snapshot,
    /// Their meaning.
    pub content: Content<'a>,
    /// The schemas that apply.
    pub schemas: Schemas,
    /// The day that dates are held against.
    pub today: Date,
    today_text: String,
    /// How many situations of a journey are told apart before it counts as too entangled to prove.
    pub journey_limit: usize,
    /// Opening hours, each read once.
    pub hours: Book,
    items: HashMap<&'a str, usize>,
    only: Option<BTreeSet<String>>,
    usage: OnceLock<Usage>,
    house_style: OnceLock<HouseStyle>,
    /// What is known of proper names.
    pub names: Names,
    numbers: OnceLock<Numbers>,
    record_faults: OnceLock<Vec<(String, Fault)>>,
    /// Which files have findings that rest on the text of which other file.
    pub(super) readers: Readers,
    /// What is suspended, which counts for no safety rule.
    pub suspensions: Suspensions,
    /// The manifest of the site that was built last, where there is one.
    pub last_manifest: Option<String>,
}

impl<'a> Context<'a> {
    /// Understands a snapshot, to be judged as of `today`.
    pub fn new(snapshot: &'a Snapshot, today: Date) -> Self {
        let content = Content::of(snapshot);
        let items = content.items.iter().enumerate().map(|(n, i)| (i.file.path.as_str(), n)).collect();
        let journey_limit = crate::journey::diagram::limit(&content);
        Self {
            snapshot,
            content,
            schemas: Schemas::of(snapshot),
            today,
            today_text: today.to_string(),
            hours: Book::default(),
            journey_limit,
            items,
            only: None,
            usage: OnceLock::new(),
            house_style: OnceLock::new(),
            names: Names::default(),
            numbers: OnceLock::new(),
            record_faults: OnceLock::new(),
            readers: Readers::default(),
            suspensions: Suspensions::default(),
            last_manifest: None,
        }
    }

    /// The same with what is suspended.
    pub fn with_suspensions(self, suspensions: Suspensions) -> Self {
        Self { suspensions, ..self }
    }

    /// The same with the manifest of the site that was built last.
    pub fn with_last_manifest(self, last_manifest: Option<String>) -> Self {
        Self { last_manifest, ..self }
    }

    /// Puts newer versions of files in the place of those of the snapshot, which they differ from in their text alone: nothing that was
    /// understood of their front matter changes. Who refers to whom is not known any more.
    pub fn put(&mut self, files: &'a [File]) {
        for file in files {
            if let Some(at) = self.items.get(file.path.as_str()) {
                self.content.items[*at].file = file;
            }
        }
        self.usage = OnceLock::new();
    }

    /// The text of a file as it is now.
    pub fn text(&self, path: &str) -> Option<&str> {
        self.item_at(path).map_or_else(|| self.snapshot.file(path), |item| Some(item.file)).map(|file| file.text.as_str())
    }

    /// From now on, only findings in these files are asked for. They are the same as those that a run over everything has there.
    pub fn look_only_at(&mut self, files: BTreeSet<String>) {
        self.only = Some(files);
    }

    /// Whether findings in a file are asked for. A rule that costs much may ask; what else it finds is left out for it.
    pub fn is_looked_at(&self, path: &str) -> bool {
        self.only.as_ref().is_none_or(|files| files.contains(path))
    }

    /// The house style, ready to search with.
    pub fn house_style(&self) -> &HouseStyle {
        self.house_style.get_or_init(|| HouseStyle::of(&self.content))
    }

    /// The numbers and addresses of all services.
    pub fn numbers(&self) -> &Numbers {
        self.numbers.get_or_init(|| Numbers::of(&self.content, self.today))
    }

    /// The records that count for nothing, by path, held against the tree's own people. Not for rules over single files: see
    /// [`Context::users`].
    pub fn record_faults(&self) -> &[(String, Fault)] {
        self.record_faults.get_or_init(|| {
            let people = People::of(self.content.reviewers.as_ref());
            let project = self.content.policy.as_ref().map(|p| p.project.value);
            review::faults(self.snapshot, project, &people)
        })
    }

    /// The files that refer to an item, by path; its own and its translations' among them. Not for rules over single
    /// files: it is gathered in parallel with them, and a thread that asks within such a loop could come to wait for itself.
    pub fn users(&self, item: &Item<'_>) -> impl Iterator<Item = &'a File> {
        let usage = self.usage.get_or_init(|| Usage::of(self));
        let files = self.position(item).map_or(&[] as &[usize], |at| usage.files(at));
        files.iter().filter_map(|file| self.snapshot.files.get(*file))
    }

    /// Takes what has been gathered on the way.
    pub(super) fn knows_usage(&self, usage: Usage) {
        self.usage.get_or_init(|| usage);
    }

    /// The place of an item among all.
    pub(super) fn position(&self, item: &Item<'_>) -> Option<usize> {
        self.items.get(item.file.path.as_str()).copied()
    }

    /// The item that a file holds.
    pub fn item_at(&self, path: &str) -> Option<&Item<'a>> {
        self.items.get(path).map(|n| &self.content.items[*n])
    }

    /// Today as `YYYY-MM-DD`, to compare with dates in files.
    pub fn today_text(&self) -> &str {
        &self.today_text
    }
}

/// One file, as rules see it. What is costly is worked out when first asked for.
pub struct FileContext<'c, 'a> {
    /// The whole site.
    pub site: &'c Context<'a>,
    /// The file.
    pub file: &'a File,
    /// What it stands for.
    pub identity: Identity<'a>,
    /// The item that it holds.
    pub item: Option<&'c Item<'a>>,
    body: OnceLock<Option<Body>>,
    links: OnceLock<Vec<Link>>,
    pieces: OnceLock<Vec<Piece<'a>>>,
    verification: OnceLock<Option<Verification<'a>>>,
    violations: OnceLock<Vec<Violation<'a>>>,
    marked: OnceLock<Vec<Marked<'a, 'c>>>,
    fields: OnceLock<Vec<Reference<'c>>>,
    mentions: OnceLock<Vec<(usize, Mention)>>,
}

impl<'c, 'a> FileContext<'c, 'a> {
    /// One file of the site.
    pub fn new(site: &'c Context<'a>, file: &'a File) -> Self {
        let identity = Identity::of(&file.path);
        Self {
            site,
            file,
            identity,
            item: site.item_at(&file.path),
            body: OnceLock::new(),
            links: OnceLock::new(),
            pieces: OnceLock::new(),
            verification: OnceLock::new(),
            violations: OnceLock::new(),
            marked: OnceLock::new(),
            fields: OnceLock::new(),
            mentions: OnceLock::new(),
        }
    }

    /// Its Markdown body, taken apart.
    pub fn body(&self) -> Option<&Body> {
        self.body.get_or_init(|| self.item.and_then(Item::body)).as_ref()
    }

    /// Its links and pictures: those of the body, and those of the Markdown in a journey's information screens.
    pub fn links(&self) -> &[Link] {
        match self.body() {
            Some(body) => &body.links,
            None => self.links.get_or_init(|| self.item.map(Item::links_in_steps).unwrap_or_default()),
        }
    }

    /// What people read of it, piece by piece, each with its place.
    pub fn pieces(&self) -> &[Piece<'a>] {
        self.pieces.get_or_init(|| prose::pieces(self))
    }

    /// What is proved of its journey, where it holds one.
    pub fn verification(&self) -> Option<&Verification<'a>> {
        self.verification.get_or_init(|| proof::of(self.site, self.item)).as_ref()
    }

    /// The same, for whoever needs nothing else of the file.
    pub(super) fn into_verification(self) -> Option<Verification<'a>> {
        self.verification();
        self.verification.into_inner().flatten()
    }

    /// Where it breaks its schema.
    pub fn violations(&self) -> &[Violation<'a>] {
        self.violations.get_or_init(|| match (self.identity.schema(), self.file.data()) {
            (Some(schema), Some(data)) => {
                let mut found = self.site.schemas.violations(schema, data);
                found.retain(|v| v.is_own || !matches!(v.problem, Problem::Pattern(_)) || !self.is_reference(v.node.span()));
                if !found.is_empty() {
                    let unread = unread::of(self.file);
                    found.retain(|v| !unread.explains(v));
                }
                found
            }
            _ => Vec::new(),
        })
    }

    /// Whether a value is a reference: that one is badly written is said once, by the rules for references.
    fn is_reference(&self, span: Span) -> bool {
        let is_journey = matches!(self.identity, Identity::Item { kind: Kind::Journey, .. });
        self.marked().iter().filter(|m| m.node.span() == span).any(|m| match m.mark {
            Mark::Reference(kinds) => is_journey || kinds.iter().any(|k| k != "step"),
            Mark::Format(_) => false,
        })
    }

    /// Its values that the schema marks: references, and texts with a syntax of their own.
    pub fn marked(&self) -> &[Marked<'a, 'c>] {
        self.marked.get_or_init(|| {
            let compiled = self.identity.schema().and_then(|s| self.site.schemas.builtin(s));
            match (compiled, self.file.data()) {
                (Some(compiled), Some(data)) => compiled.annotations.marked(data),
                _ => Vec::new(),
            }
        })
    }

    /// Those of its values that name an item, or ought to.
    pub(super) fn fields(&self) -> &[Reference<'c>] {
        self.fields.get_or_init(|| reference::in_fields(&self.site.content, self.marked()))
    }

    /// The numbers that its texts name, each with the place of the text among [`FileContext::pieces`].
    pub fn mentions(&self) -> &[(usize, Mention)] {
        self.mentions.get_or_init(|| {
            let numbers = self.site.numbers();
            let of_piece = |(at, piece): (usize, &Piece<'_>)| numbers.mentions(&piece.text).into_iter().map(move |m| (at, m));
            self.pieces().iter().enumerate().flat_map(of_piece).collect()
        })
    }

    /// A finding in this file.
    pub fn finding(&self, span: Span, message: impl Into<String>) -> Finding {
        Finding::new(&self.file.path, span, message)
    }
}
