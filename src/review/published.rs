//! What reviews say to whoever builds the site: what is suspended, when each item was reviewed and by whom, what is owed.

use std::collections::BTreeMap;

use jiff::civil::Date;

use super::court::Court;
use super::status::{Debt, State};
use super::suspension::Suspensions;
use super::votes::Vote;

/// What a build has to know of reviews.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Published {
    /// What no page shows.
    pub suspensions: Suspensions,
    /// By id, as it is reviewed: `topic/sleep`, `topic/sleep.bn`, `site/site`, `template/base.html`.
    pub items: BTreeMap<String, Signed>,
    /// What is published and owes something.
    pub debts: Vec<Debt>,
}

/// The reviews of one item.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Signed {
    /// Whether it may be published as it is.
    pub is_approved: bool,
    /// The day of the last review of the whole item.
    pub reviewed: Option<Date>,
    /// The day by which the next is due.
    pub due: Option<Date>,
    /// The approvals of the version that is built.
    pub approvals: Vec<Approval>,
}

/// One approval.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Approval {
    /// Who approved.
    pub reviewer: String,
    /// In which role.
    pub role: String,
    /// When, by the reviewer's clock.
    pub date: String,
    /// The hash of the record.
    pub record: String,
}

impl Approval {
    pub(super) fn of(vote: &Vote<'_>) -> Self {
        let draft = &vote.entry.draft;
        let (reviewer, role, date) = (draft.reviewer.clone(), draft.role.clone(), draft.date.clone());
        Self { reviewer, role, date, record: vote.entry.hash.clone() }
    }
}

impl Court<'_> {
    /// What a build has to know, suspensions left out: those do not depend on what is built.
    pub fn published(&self) -> Published {
        let mut published = Published::default();
        for judgement in self.judge_all(&self.subjects()) {
            // A review that has expired was one, and whether it has is the clock's to say: no page depends on that.
            let is_signed = judgement.is_approved || judgement.state == State::Expired;
            let (reviewed, due) = if is_signed { (judgement.reviewed, judgement.due) } else { (None, None) };
            published.items.insert(judgement.id, Signed { is_approved: is_signed, reviewed, due, approvals: judgement.approvals });
            published.debts.extend(judgement.debts);
        }
        published
    }
}
