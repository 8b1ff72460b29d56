//! The files in `reviews/`: who decides what, who they are, and what they decided (REVIEW.md).

use std::collections::BTreeMap;

use serde::Deserialize;

use super::item::Text;
use crate::yaml::de::{Ordered, Spanned};

/// `reviews/policy.yaml`.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Policy<'a> {
    #[serde(borrow)]
    pub project: Text<'a>,
    pub version: Spanned<i64>,
    pub roles: Ordered<Text<'a>, Text<'a>>,
    pub rules: Vec<PolicyRule<'a>>,
    pub distinct_people: Option<bool>,
    pub authors_may_approve: Option<bool>,
    #[serde(default)]
    pub valid_for: BTreeMap<&'a str, Text<'a>>,
    #[serde(default)]
    pub on_expiry: BTreeMap<&'a str, OnExpiry>,
    #[serde(default)]
    pub dependency_changed: BTreeMap<&'a str, DependencyChanged>,
    pub emergency: Option<Emergency<'a>>,
    pub release: Option<ReleaseNeeds<'a>>,
}

/// Needs: how many people of which role.
pub type Needs<'a> = Ordered<Text<'a>, Spanned<i64>>;

/// One rule of the policy.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct PolicyRule<'a> {
    #[serde(rename = "for", borrow)]
    pub scope: Option<PolicyScope<'a>>,
    pub class: Option<Class>,
    pub less_urgent: Option<bool>,
    pub needs: Needs<'a>,
}

/// Which items a rule is for.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct PolicyScope<'a> {
    #[serde(borrow)]
    pub kind: Vec<Text<'a>>,
    pub item: Vec<Text<'a>>,
}

/// How much a change means, as the program finds it: never declared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum Class {
    /// The same fingerprint.
    None,
    /// Wording that carries no meaning of its own.
    Editorial,
    /// Everything between the two.
    Clinical,
    /// Who is sent where, what is counted, what the public sees at all.
    Logic,
}

impl Class {
    /// All classes, the least first.
    pub const ALL: [Self; 4] = [Self::None, Self::Editorial, Self::Clinical, Self::Logic];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::None => "none",
            Self::Editorial => "editorial",
            Self::Clinical => "clinical",
            Self::Logic => "logic",
        }
    }
}

/// What happens when the time of a review is over.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum OnExpiry {
    /// The item stays published and owes a review.
    Keep,
    /// The item needs approval.
    Block,
}

/// What the change of an embedded item means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum DependencyChanged {
    /// The approval stands once the embedded item is approved.
    Carry,
    /// The item needs approval of that change.
    Reapprove,
}

/// Who may publish at once.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Emergency<'a> {
    #[serde(borrow)]
    pub roles: Vec<Text<'a>>,
    pub hours: i64,
}

/// Who signs a release.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct ReleaseNeeds<'a> {
    #[serde(borrow)]
    pub needs: Needs<'a>,
}

/// `reviews/reviewers.yaml`.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Reviewers<'a> {
    pub version: Spanned<i64>,
    #[serde(borrow)]
    pub people: Vec<Person<'a>>,
}

/// One person who writes or approves.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Person<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub name: Text<'a>,
    #[serde(default)]
    pub emails: Vec<Text<'a>>,
    #[serde(default)]
    pub roles: Vec<Text<'a>>,
    pub registration: Option<Text<'a>>,
    #[serde(default)]
    pub keys: Vec<ReviewerKey<'a>>,
}

/// One key of a person.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct ReviewerKey<'a> {
    #[serde(borrow)]
    pub key: Text<'a>,
    pub status: KeyStatus,
    pub since: Text<'a>,
}

/// Where a key stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum KeyStatus {
    /// In use.
    Active,
    /// No longer used; what it signed before stands.
    Retired,
    /// Somebody else may have it.
    Compromised,
}

impl KeyStatus {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Active => "active",
            Self::Retired => "retired",
            Self::Compromised => "compromised",
        }
    }
}

/// One reviewer's signed decision.
#[derive(Clone, Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Record<'a> {
    pub record: i64,
    #[serde(borrow)]
    pub project: Text<'a>,
    pub item: Text<'a>,
    pub fingerprint: Option<Text<'a>>,
    pub dependencies: BTreeMap<&'a str, &'a str>,
    pub from: Option<Text<'a>>,
    pub class: Class,
    pub decision: Decision,
    pub scope: ReviewScope,
    pub reviewer: Text<'a>,
    pub role: Text<'a>,
    pub date: Text<'a>,
    pub comment: Option<Text<'a>>,
    pub because: Option<Text<'a>>,
    pub overrides: Option<Text<'a>>,
    pub emergency: Option<bool>,
    pub channel: Option<Text<'a>>,
    pub pack: Option<Text<'a>>,
    pub tool: Text<'a>,
    pub signature: Text<'a>,
}

/// What was decided.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the decision of its name")]
pub enum Decision {
    Approve,
    RequestChanges,
    Withdraw,
    Suspend,
}

impl Decision {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Approve => "approve",
            Self::RequestChanges => "request-changes",
            Self::Withdraw => "withdraw",
            Self::Suspend => "suspend",
        }
    }
}

/// What was read.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ReviewScope {
    /// What differs from the version compared with.
    Change,
    /// All of it, from top to bottom.
    Whole,
}

impl ReviewScope {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Change => "change",
            Self::Whole => "whole",
        }
    }
}

/// One reviewer's signature under a release.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Release<'a> {
    pub release: i64,
    #[serde(borrow)]
    pub project: Text<'a>,
    pub commit: Text<'a>,
    pub manifest: Text<'a>,
    pub program: Text<'a>,
    pub hazards: Text<'a>,
    pub debts: Vec<Text<'a>>,
    pub reviewer: Text<'a>,
    pub role: Text<'a>,
    pub date: Text<'a>,
    pub comment: Option<Text<'a>>,
    pub tool: Text<'a>,
    pub signature: Text<'a>,
}
