//! The state of every item: what is approved, what is missing and from whom, and what is owed.

use std::collections::BTreeMap;

use jiff::Timestamp;
use jiff::civil::Date;

use super::class::Change;
use super::matching::Missing;
use super::published::Approval;
use crate::model::{Class, Policy};

/// Where an item stands.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum State {
    /// Everything that it needs is there.
    Approved,
    /// Some of what it needs is there.
    PartlyApproved,
    /// Nobody has approved any version.
    Unreviewed,
    /// Changed since its approval, by so much.
    Changed(Class),
    /// These embedded items changed.
    Recheck(Vec<String>),
    /// The time of its review is over.
    Expired,
    /// These people asked for changes.
    ChangesRequested(Vec<String>),
    /// Taken from every page, as a whole or by these channels.
    Suspended(Vec<String>),
    /// No longer offered, and approved as such.
    Retired,
}

impl State {
    /// The word for it.
    pub fn word(&self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::PartlyApproved => "partly-approved",
            Self::Unreviewed => "unreviewed",
            Self::Changed(_) => "changed",
            Self::Recheck(_) => "recheck",
            Self::Expired => "expired",
            Self::ChangesRequested(_) => "changes-requested",
            Self::Suspended(_) => "suspended",
            Self::Retired => "retired",
        }
    }
}

/// An approval that is missing, and who could give it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Need {
    /// The role, and how many.
    pub missing: Missing,
    /// The ids of people who could.
    pub from: Vec<String>,
}

/// Something that is published and owes something.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Debt {
    /// The item.
    pub item: String,
    /// What is owed, in words.
    pub owes: String,
    /// Until when it was, or is, to be paid.
    pub due: Timestamp,
    /// That time is over.
    pub is_overdue: bool,
    /// Nothing but the clock brought it about: a review ran out.
    pub is_expiry: bool,
}

/// What is known of an item.
#[derive(Clone, Debug)]
pub struct Judgement {
    /// Its id.
    pub id: String,
    /// Where it stands.
    pub state: State,
    /// Whether it may be published.
    pub is_approved: bool,
    /// What it is now; `None` where it is gone.
    pub fingerprint: Option<String>,
    /// What it depends on now.
    pub dependencies: BTreeMap<String, String>,
    /// The version that was approved last.
    pub from: Option<String>,
    /// What that version depended on.
    pub from_dependencies: BTreeMap<String, String>,
    /// What changed since then.
    pub change: Change,
    /// What is missing.
    pub needs: Vec<Need>,
    /// What else there is to say, in words.
    pub notes: Vec<String>,
    /// What is owed.
    pub debts: Vec<Debt>,
    /// The day of the last review of the whole item.
    pub reviewed: Option<Date>,
    /// The day by which the next one is due.
    pub due: Option<Date>,
    /// Who approved the version that is there.
    pub approvals: Vec<Approval>,
}

impl Debt {
    pub(super) fn of(id: &str, owes: String, due: Timestamp, now: Timestamp) -> Self {
        Self { item: id.to_owned(), owes, due, is_overdue: now > due, is_expiry: false }
    }
}

/// The end of the hours that the policy gives until somebody else signs.
pub(super) fn hours_after(policy: &Policy<'_>, at: Timestamp) -> Timestamp {
    let hours = policy.emergency.as_ref().map_or(0, |e| e.hours);
    at.checked_add(jiff::SignedDuration::from_hours(hours)).unwrap_or(at)
}
