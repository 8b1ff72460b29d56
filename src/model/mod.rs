//! What the files mean: typed items and singletons, found by id.
//!
//! Everything borrows from the [`Snapshot`] it was read from. A type mirrors the schema of the
//! same name in `schemas/` (a test holds the two together). Nothing here reads, writes or judges.

pub mod host;
mod id;
mod item;
mod journey;
mod links;
mod resource;
mod review;
mod site;

use std::collections::HashSet;

use foldhash::HashMap;
use rayon::prelude::*;
use serde::Deserialize;

use crate::load::{File, Snapshot};
use crate::markdown::{self, Body};
use crate::yaml::{NodeRef, de};

pub use id::{Identity, Kind, Singleton, is_name, suggest, to_name};
pub use item::{
    Advert, Age, Allow, Area, Campaign, Common, Confidence, Confirmation, Control, ControlType, Evidence, Hazard, HazardState,
    LocalService, Outcome, Page, Partial, Risk, Sensitive, Status, Text, Topic,
};
pub use journey::{
    Answer, Audience, Band, Branch, Condition, Direction, Instrument, InstrumentAnswer, InstrumentItem, ItemText, Journey, Licence,
    NoneAnswer, NumberRange, OutcomeBound, Personalise, ReportAs, SafetyRule, Step, Vector, Vignette,
};
pub use resource::{Assurance, Channel, ChannelType, Eligibility, Resource, ResourceType};
pub use review::{
    Class, Decision, DependencyChanged, Emergency, KeyStatus, Needs, OnExpiry, Person, Policy, PolicyRule, PolicyScope, Record, Release,
    ReleaseNeeds, ReviewScope, ReviewerKey, Reviewers,
};
pub use site::{
    Acuity, Card, EmergencyHelp, Feedback, Holidays, IntendedPurpose, JourneyNeeds, JourneyRule, Level, MedicalDevice, OutcomeNeeds,
    OutcomeRule, PageNeeds, PageRule, RiskCells, RiskLevel, RiskMatrix, Role, Safety, Scale, Scope, ScopeAcuity, Site, Target, Wording,
    WordingRule, WordingScope,
};

/// One item, or one translation of it.
#[derive(Debug)]
pub struct Item<'a> {
    /// Its kind.
    pub kind: Kind,
    /// Its name.
    pub name: &'a str,
    /// The language of a translation; `None` for the original.
    pub language: Option<&'a str>,
    /// The file it stands in.
    pub file: &'a File,
    /// Its YAML or front matter; `None` where that could not be read.
    pub data: Option<NodeRef<'a>>,
    /// The fields that every kind may have.
    pub common: Common<'a>,
    /// The kind's own fields; `None` where they do not fit the kind.
    pub model: Option<Model<'a>>,
}

/// The typed fields of an item, by kind.
#[derive(Debug)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum Model<'a> {
    Topic(Topic<'a>),
    Page(Page<'a>),
    Partial(Partial<'a>),
    Outcome(Outcome<'a>),
    Resource(Box<Resource<'a>>),
    Journey(Box<Journey<'a>>),
    Instrument(Box<Instrument<'a>>),
    Area(Area<'a>),
    Campaign(Campaign<'a>),
    Hazard(Box<Hazard<'a>>),
    Evidence(Evidence<'a>),
}

/// Everything in a content repository that has a meaning of its own, found by id.
#[derive(Debug, Default)]
pub struct Content<'a> {
    /// All items, translations included, by path.
    pub items: Vec<Item<'a>>,
    originals: HashMap<(Kind, &'a str), usize>,
    /// Files that took a name that another file of the kind has: (the later, the first), as positions in `items`.
    pub duplicates: Vec<(usize, usize)>,
    /// Former names, to the item that has them now.
    pub former: HashMap<(Kind, &'a str), usize>,
    /// `site.yaml`.
    pub site: Option<Site<'a>>,
    /// `acuity.yaml`.
    pub acuity: Option<Acuity<'a>>,
    /// `safety.yaml`.
    pub safety: Option<Safety<'a>>,
    /// `wording.yaml`.
    pub wording: Option<Wording<'a>>,
    /// `risk-matrix.yaml`.
    pub risk_matrix: Option<RiskMatrix<'a>>,
    /// `intended-purpose.yaml`.
    pub intended_purpose: Option<IntendedPurpose<'a>>,
    /// `reviews/policy.yaml`.
    pub policy: Option<Policy<'a>>,
    /// `reviews/reviewers.yaml`.
    pub reviewers: Option<Reviewers<'a>>,
    /// Confirmations by the resource's name.
    pub confirmations: HashMap<&'a str, (&'a File, Confirmation<'a>)>,
}

impl<'a> Item<'a> {
    /// The id as people write it: `topic/sleep`.
    pub fn id(&self) -> String {
        self.kind.id(self.name)
    }

    /// The title, or the name where there is none.
    pub fn title(&self) -> &'a str {
        self.common.title.as_deref().copied().unwrap_or(self.name)
    }

    /// The status; `live` where none is given.
    pub fn status(&self) -> Status {
        self.common.status.unwrap_or_default()
    }

    /// Whether the public sees it.
    pub fn is_live(&self) -> bool {
        self.status() == Status::Live
    }

    /// Reads its Markdown body; `None` for YAML kinds.
    pub fn body(&self) -> Option<Body> {
        self.file.body().map(|(_, span)| markdown::read(&self.file.text, span))
    }

    /// Its resources, where it is one of the kinds that list them under `signposts`.
    pub fn signposts(&self) -> &[Text<'a>] {
        match &self.model {
            Some(Model::Topic(m)) => &m.signposts,
            Some(Model::Page(m)) => &m.signposts,
            Some(Model::Partial(m)) => &m.signposts,
            Some(Model::Outcome(m)) => &m.signposts,
            Some(Model::Campaign(m)) => &m.signposts,
            _ => &[],
        }
    }
}

macro_rules! typed {
    ($($method:ident, $all:ident, $variant:ident, $ty:ty;)*) => {
        impl<'a> Item<'a> {
            $(
                #[doc = concat!("The fields of its kind, where it is a ", stringify!($method), ".")]
                pub fn $method(&self) -> Option<&$ty> {
                    match &self.model { Some(Model::$variant(m)) => Some(m), _ => None }
                }
            )*
        }
        impl<'a> Content<'a> {
            $(
                #[doc = concat!("Every original ", stringify!($method), " that could be read, with its fields.")]
                pub fn $all(&self) -> impl Iterator<Item = (&Item<'a>, &$ty)> {
                    self.items.iter().filter(|i| i.language.is_none()).filter_map(|i| i.$method().map(|m| (i, m)))
                }
            )*
        }
    };
}

typed! {
    topic, topics, Topic, Topic<'a>;
    page, pages, Page, Page<'a>;
    partial, partials, Partial, Partial<'a>;
    outcome, outcomes, Outcome, Outcome<'a>;
    resource, resources, Resource, Resource<'a>;
    journey, journeys, Journey, Journey<'a>;
    instrument, instruments, Instrument, Instrument<'a>;
    area, areas, Area, Area<'a>;
    campaign, campaigns, Campaign, Campaign<'a>;
    hazard, hazards, Hazard, Hazard<'a>;
    evidence, all_evidence, Evidence, Evidence<'a>;
}

impl<'a> Content<'a> {
    /// Understands a snapshot. What does not fit its type is left out of the model; saying so is the checks' work.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        let items: Vec<Item<'a>> = snapshot.files.par_iter().filter_map(Item::of).collect();
        let mut content = Content { items, ..Content::default() };
        for (index, item) in content.items.iter().enumerate().filter(|(_, i)| i.language.is_none()) {
            if let Some(first) = content.originals.get(&(item.kind, item.name)) {
                content.duplicates.push((index, *first));
            } else {
                content.originals.insert((item.kind, item.name), index);
            }
            for former in &item.common.was {
                content.former.insert((item.kind, former.value), index);
            }
        }
        for file in &snapshot.files {
            match (id::identify(&file.path), file.data()) {
                (Identity::Singleton(singleton), Some(data)) => content.read_singleton(singleton, data),
                (Identity::Policy, Some(data)) => content.policy = de::from_node(data).ok(),
                (Identity::Reviewers, Some(data)) => content.reviewers = de::from_node(data).ok(),
                (Identity::Confirmation(name), Some(data)) => {
                    if let Ok(confirmation) = de::from_node(data) {
                        content.confirmations.insert(name, (file, confirmation));
                    }
                }
                _ => {}
            }
        }
        content
    }

    fn read_singleton(&mut self, singleton: Singleton, data: NodeRef<'a>) {
        fn read<'a, T: Deserialize<'a>>(data: NodeRef<'a>) -> Option<T> {
            de::from_node(data).ok()
        }
        match singleton {
            Singleton::Site => self.site = read(data),
            Singleton::Acuity => self.acuity = read(data),
            Singleton::Safety => self.safety = read(data),
            Singleton::Wording => self.wording = read(data),
            Singleton::RiskMatrix => self.risk_matrix = read(data),
            Singleton::IntendedPurpose => self.intended_purpose = read(data),
        }
    }

    /// The original item with this id (`topic/sleep`).
    pub fn get(&self, id: &str) -> Option<&Item<'a>> {
        let (kind, name) = Kind::split(id)?;
        self.named(kind, name)
    }

    /// The original item of a kind with this name.
    pub fn named(&self, kind: Kind, name: &str) -> Option<&Item<'a>> {
        self.position(kind, name).map(|i| &self.items[i])
    }

    /// Its place in `items`.
    pub fn position(&self, kind: Kind, name: &str) -> Option<usize> {
        self.originals.get(&(kind, name)).copied()
    }

    /// The item that had this id before.
    pub fn renamed(&self, id: &str) -> Option<&Item<'a>> {
        let (kind, name) = Kind::split(id)?;
        self.former.get(&(kind, name)).map(|i| &self.items[*i])
    }

    /// The live service that a retired one was replaced by, if need be through several.
    pub fn replacement(&self, retired: &Item<'a>) -> Option<&Item<'a>> {
        let mut seen = HashSet::from([retired.name]);
        let mut next = retired.resource()?.replaced_by?.value;
        loop {
            let item = self.get(next)?;
            if item.is_live() {
                return Some(item);
            }
            if !seen.insert(item.name) {
                return None;
            }
            next = item.resource()?.replaced_by?.value;
        }
    }

    /// The originals, in the order of their files.
    pub fn originals(&self) -> impl Iterator<Item = &Item<'a>> {
        self.items.iter().filter(|i| i.language.is_none())
    }

    /// Whether the site says that it is a demonstration.
    pub fn is_demonstration(&self) -> bool {
        self.site.as_ref().is_some_and(|s| s.demonstration)
    }

    /// The acuity level of an outcome.
    pub fn level_of(&self, outcome: &Outcome<'a>) -> Option<&Level<'a>> {
        self.acuity.as_ref()?.levels.iter().find(|l| l.id.value == outcome.acuity.value)
    }
}

impl<'a> Item<'a> {
    fn of(file: &'a File) -> Option<Self> {
        let Identity::Item { kind, name, language } = id::identify(&file.path) else { return None };
        let data = file.data();
        let common = data.and_then(|d| de::from_node(d).ok()).unwrap_or_else(|| Common::lenient(data));
        let model = data.and_then(|d| Model::read(kind, d));
        Some(Self { kind, name, language, file, data, common, model })
    }
}

impl<'a> Model<'a> {
    fn read(kind: Kind, data: NodeRef<'a>) -> Option<Self> {
        match kind {
            Kind::Topic => de::from_node(data).ok().map(Model::Topic),
            Kind::Page => de::from_node(data).ok().map(Model::Page),
            Kind::Partial => de::from_node(data).ok().map(Model::Partial),
            Kind::Outcome => de::from_node(data).ok().map(Model::Outcome),
            Kind::Resource => de::from_node(data).ok().map(Model::Resource),
            Kind::Journey => de::from_node(data).ok().map(Model::Journey),
            Kind::Instrument => de::from_node(data).ok().map(Model::Instrument),
            Kind::Area => de::from_node(data).ok().map(Model::Area),
            Kind::Campaign => de::from_node(data).ok().map(Model::Campaign),
            Kind::Hazard => de::from_node(data).ok().map(Model::Hazard),
            Kind::Evidence => de::from_node(data).ok().map(Model::Evidence),
        }
    }
}

/// Reads one document as the named kind or singleton, to hold schema and model together in tests.
///
/// # Errors
/// In serde's words, where the data does not fit.
pub fn reads_as(schema: &str, data: NodeRef<'_>) -> Result<(), de::Error> {
    if let Some(kind) = Kind::from_word(schema) {
        de::from_node::<Common<'_>>(data)?;
        return match kind {
            Kind::Topic => de::from_node::<Topic<'_>>(data).map(drop),
            Kind::Page => de::from_node::<Page<'_>>(data).map(drop),
            Kind::Partial => de::from_node::<Partial<'_>>(data).map(drop),
            Kind::Outcome => de::from_node::<Outcome<'_>>(data).map(drop),
            Kind::Resource => de::from_node::<Resource<'_>>(data).map(drop),
            Kind::Journey => de::from_node::<Journey<'_>>(data).map(drop),
            Kind::Instrument => de::from_node::<Instrument<'_>>(data).map(drop),
            Kind::Area => de::from_node::<Area<'_>>(data).map(drop),
            Kind::Campaign => de::from_node::<Campaign<'_>>(data).map(drop),
            Kind::Hazard => de::from_node::<Hazard<'_>>(data).map(drop),
            Kind::Evidence => de::from_node::<Evidence<'_>>(data).map(drop),
        };
    }
    match schema {
        "site" => de::from_node::<Site<'_>>(data).map(drop),
        "acuity" => de::from_node::<Acuity<'_>>(data).map(drop),
        "safety" => de::from_node::<Safety<'_>>(data).map(drop),
        "wording" => de::from_node::<Wording<'_>>(data).map(drop),
        "risk-matrix" => de::from_node::<RiskMatrix<'_>>(data).map(drop),
        "intended-purpose" => de::from_node::<IntendedPurpose<'_>>(data).map(drop),
        "confirmation" => de::from_node::<Confirmation<'_>>(data).map(drop),
        "policy" => de::from_node::<Policy<'_>>(data).map(drop),
        "reviewers" => de::from_node::<Reviewers<'_>>(data).map(drop),
        "record" => de::from_node::<Record<'_>>(data).map(drop),
        "release" => de::from_node::<Release<'_>>(data).map(drop),
        _ => Err(serde::de::Error::custom(format!("no model for `{schema}`"))),
    }
}
