//! The life of one item as its votes tell it, in their order: which version met which rule, what is asked for, what is suspended.
//!
//! A version counts for the rules that it met only where everything that it needed was there, so that no person can fill two needs
//! by way of two versions. The approval of a version ends that of every other.

use std::collections::BTreeMap;

use super::votes::Vote;
use crate::model::{Decision, ReviewScope};

/// One version of an item: its own fingerprint and those of its dependencies.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Version {
    /// `None`: removed.
    pub(super) print: Option<String>,
    pub(super) dependencies: BTreeMap<String, String>,
}

impl Version {
    pub(super) fn of(vote: &Vote<'_>) -> Self {
        let draft = &vote.entry.draft;
        Self { print: draft.fingerprint.clone(), dependencies: draft.dependencies.clone() }
    }
}

/// Where the votes have led so far.
#[derive(Clone, Debug)]
pub(super) struct Lineage<'v, 'a> {
    /// For every rule of the policy the last version that met it.
    pub(super) bases: Vec<Option<Version>>,
    /// The version that was approved last.
    pub(super) last: Option<Version>,
    /// The same before that, to return to where an approval is withdrawn.
    before: Option<(Vec<Option<Version>>, Option<Version>)>,
    /// Approvals that have not been ended.
    pub(super) pending: Vec<&'v Vote<'a>>,
    /// The emergency approvals since the last full approval.
    pub(super) emergencies: Vec<&'v Vote<'a>>,
    /// Requests for changes that stand.
    pub(super) requests: Vec<&'v Vote<'a>>,
    /// Suspensions that stand.
    pub(super) suspensions: Vec<&'v Vote<'a>>,
    /// Reviews of the whole item that count for its age.
    pub(super) whole: Vec<&'v Vote<'a>>,
}

impl<'v, 'a> Lineage<'v, 'a> {
    pub(super) fn new(rules: usize) -> Self {
        Self {
            bases: vec![None; rules],
            last: None,
            before: None,
            pending: Vec::new(),
            emergencies: Vec::new(),
            requests: Vec::new(),
            suspensions: Vec::new(),
            whole: Vec::new(),
        }
    }

    /// Takes a vote; true where it is an approval after which the version may have all that it needs.
    pub(super) fn take(&mut self, vote: &'v Vote<'a>, may_in_emergency: bool) -> bool {
        let record = &vote.entry.record;
        let is_own = |other: &&'v Vote<'a>| other.person() == vote.person();
        match record.decision {
            Decision::RequestChanges => {
                self.take_back(vote);
                self.requests.push(vote);
            }
            Decision::Suspend => self.suspensions.push(vote),
            Decision::Withdraw => {
                self.requests.retain(|v| !is_own(v));
                self.suspensions.retain(|v| !is_own(v));
                self.take_back(vote);
            }
            Decision::Approve => {
                let overridden = record.overrides.map(|o| o.value);
                let names = |v: &&'v Vote<'a>| overridden == Some(v.entry.hash.as_str());
                self.requests.retain(|v| !(is_own(v) || names(v) && v.role() == vote.role()));
                self.suspensions.retain(|v| !names(v) || is_own(v));
                if record.emergency == Some(true) {
                    if may_in_emergency {
                        // It is published, so the approval of other versions ends.
                        self.pending.retain(|v| v.entry.draft.fingerprint == vote.entry.draft.fingerprint);
                        self.emergencies.push(vote);
                    }
                    return false;
                }
                self.pending.push(vote);
                return true;
            }
        }
        false
    }

    /// Takes back what this person approved of the version that the vote is about.
    fn take_back(&mut self, vote: &Vote<'_>) {
        let print = &vote.entry.draft.fingerprint;
        let is_same = |v: &&'v Vote<'a>| v.person() == vote.person() && v.entry.draft.fingerprint == *print;
        let count = self.pending.len();
        self.pending.retain(|v| !is_same(v));
        self.emergencies.retain(|v| !is_same(v));
        self.whole.retain(|v| !is_same(v));
        if self.pending.len() < count && self.last.as_ref().is_some_and(|last| last.print == *print) {
            self.reconsider();
        }
    }

    /// A version has all that it needs: it is the one that counts from now on, for the rules that it met.
    pub(super) fn approve(&mut self, version: Version, met: &[usize], by: &[&'v Vote<'a>]) {
        let is_first = self.last.is_none();
        if self.last.as_ref() != Some(&version) {
            self.before = Some((self.bases.clone(), self.last.clone()));
        }
        met.iter().for_each(|rule| self.bases[*rule] = Some(version.clone()));
        for vote in by {
            let counts = is_first || vote.entry.record.scope == ReviewScope::Whole;
            if counts && !self.whole.iter().any(|v| v.entry.hash == vote.entry.hash) {
                self.whole.push(vote);
            }
        }
        self.pending.retain(|v| v.entry.draft.fingerprint == version.print);
        self.emergencies.clear();
        self.last = Some(version);
    }

    /// The version approved last lost an approval: what was before it counts again, for comparing only. What had ended stays so.
    fn reconsider(&mut self) {
        if let Some((bases, last)) = self.before.take() {
            self.bases = bases;
            self.last = last;
        } else {
            self.bases.iter_mut().for_each(|b| *b = None);
            self.last = None;
        }
    }

    /// The version that an unpaid emergency published.
    pub(super) fn emergency(&self) -> Option<Version> {
        self.emergencies.last().map(|v| Version::of(v))
    }
}
