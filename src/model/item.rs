//! The fields that every item may have, and the small kinds.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::source::Span;
use crate::yaml::NodeRef;
use crate::yaml::de::{Spanned, from_node};

/// Text with its place, borrowed from the file.
pub type Text<'a> = Spanned<&'a str>;

/// The fields that every item may have (CONTENT.md, section 1).
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schemas")]
pub struct Common<'a> {
    #[serde(borrow)]
    pub title: Option<Text<'a>>,
    pub summary: Option<Text<'a>>,
    pub status: Option<Status>,
    pub owner: Option<Text<'a>>,
    pub topics: Vec<Text<'a>>,
    pub evidence: Vec<Text<'a>>,
    pub hazards: Vec<Text<'a>>,
    pub sensitive: Vec<Sensitive>,
    pub was: Vec<Text<'a>>,
    pub translates: Option<Text<'a>>,
    pub review_by: Option<Text<'a>>,
    pub allow: Vec<Allow<'a>>,
}

impl<'a> Common<'a> {
    /// What can be read of an item whose common fields do not all fit: title and status.
    pub(super) fn lenient(data: Option<NodeRef<'a>>) -> Self {
        let title = data.and_then(|d| d.get("title")).and_then(|n| Some(Spanned { value: n.str()?, span: n.span() }));
        let status = data.and_then(|d| d.get("status")).and_then(|n| from_node(n).ok());
        Self { title, status, ..Self::default() }
    }
}

/// Whether the public sees an item.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Status {
    /// Still being written; never published.
    Draft,
    /// Published once approved.
    #[default]
    Live,
    /// No longer offered; kept for the record.
    Retired,
}

impl Status {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Draft => "draft",
            Self::Live => "live",
            Self::Retired => "retired",
        }
    }
}

/// Why a page needs help first, an exit control and no trace.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the subject of its name")]
pub enum Sensitive {
    Suicide,
    SelfHarm,
    Abuse,
}

impl Sensitive {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Suicide => "suicide",
            Self::SelfHarm => "self-harm",
            Self::Abuse => "abuse",
        }
    }
}

/// One rule silenced on one item, with the reason.
#[derive(Debug, Deserialize)]
pub struct Allow<'a> {
    /// The rule's code.
    #[serde(borrow)]
    pub rule: Text<'a>,
    /// Why the rule is wrong here.
    pub because: Text<'a>,
}

/// Guidance on one concern.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Topic<'a> {
    #[serde(borrow, default)]
    pub signposts: Vec<Text<'a>>,
    #[serde(default)]
    pub synonyms: Vec<Text<'a>>,
    pub order: Option<i64>,
}

/// About, privacy, accessibility statement and the like.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Page<'a> {
    #[serde(borrow, default)]
    pub signposts: Vec<Text<'a>>,
    #[serde(default)]
    pub synonyms: Vec<Text<'a>>,
}

/// Text that other items embed.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Partial<'a> {
    #[serde(borrow, default)]
    pub signposts: Vec<Text<'a>>,
}

/// Where a journey ends.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Outcome<'a> {
    #[serde(borrow)]
    pub acuity: Text<'a>,
    #[serde(default)]
    pub signposts: Vec<Text<'a>>,
    #[serde(default)]
    pub local: Vec<Text<'a>>,
}

/// Ages in whole years, both ends included.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Deserialize)]
pub struct Age {
    /// Youngest.
    pub min: Option<i64>,
    /// Oldest.
    pub max: Option<i64>,
}

/// A borough or the like.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Area<'a> {
    #[serde(borrow)]
    pub code: Text<'a>,
    pub postcodes: Vec<Text<'a>>,
    #[serde(default)]
    pub services: BTreeMap<&'a str, LocalService<'a>>,
}

/// Who fills a role in an area, and when.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct LocalService<'a> {
    #[serde(borrow)]
    pub resource: Text<'a>,
    pub from: Option<Text<'a>>,
    pub until: Option<Text<'a>>,
}

/// Search phrases, the adverts for them, and the page that they land on.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Campaign<'a> {
    #[serde(borrow)]
    pub phrases: Vec<Text<'a>>,
    #[serde(default)]
    pub adverts: Vec<Advert<'a>>,
    pub lands_on: Text<'a>,
    #[serde(default)]
    pub signposts: Vec<Text<'a>>,
}

/// One advert.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Advert<'a> {
    #[serde(borrow)]
    pub headlines: Vec<Text<'a>>,
    pub descriptions: Vec<Text<'a>>,
}

/// One entry of the clinical hazard log (DCB0129).
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Hazard<'a> {
    pub state: HazardState,
    #[serde(borrow)]
    pub cause: Option<Text<'a>>,
    pub effect: Option<Text<'a>>,
    pub harm: Option<Text<'a>>,
    #[serde(default)]
    pub existing_controls: Vec<Text<'a>>,
    pub initial: Option<Spanned<Risk>>,
    pub residual: Option<Spanned<Risk>>,
    pub accepted_by: Option<Text<'a>>,
    #[serde(default)]
    pub controls: Vec<Control<'a>>,
}

/// Where a hazard stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the state of its name")]
pub enum HazardState {
    Open,
    Transferred,
    Closed,
}

/// A severity and a likelihood, each 1 to 5.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[expect(missing_docs, reason = "scores of the risk matrix")]
pub struct Risk {
    pub severity: i64,
    pub likelihood: i64,
}

/// Something that makes a hazard less likely or less harmful.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Control<'a> {
    #[serde(borrow)]
    pub text: Text<'a>,
    #[serde(rename = "type")]
    pub ty: ControlType,
    pub by: Option<Text<'a>>,
    pub effective: Option<Text<'a>>,
}

/// The four types of control of DCB0129.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the type of its name")]
pub enum ControlType {
    Design,
    Testing,
    Training,
    BusinessProcess,
}

/// A source.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Evidence<'a> {
    #[serde(borrow, rename = "type")]
    pub ty: &'a str,
    pub publisher: Text<'a>,
    pub url: Option<Text<'a>>,
    pub published: Option<Text<'a>>,
    pub accessed: Option<Text<'a>>,
    pub confidence: Confidence,
    pub says: Text<'a>,
}

/// How good a source is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "described value by value in the schema")]
pub enum Confidence {
    Owner,
    Secondary,
    Weak,
    Unconfirmed,
}

/// That somebody checked a resource's details on a day.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Confirmation<'a> {
    #[serde(borrow)]
    pub date: Text<'a>,
    pub by: Text<'a>,
    pub against: Text<'a>,
}

impl Common<'_> {
    /// The place of the title, or the start of the file.
    pub fn title_span(&self) -> Span {
        self.title.map(|t| t.span).unwrap_or_default()
    }
}
