//! Which records count: signed by a reviewer's key that was good when the record came to the trusted branch.

use std::collections::{BTreeMap, HashMap};

use jiff::{SignedDuration, Timestamp};
use rayon::prelude::*;

use super::ledger::{Entry, Fault, Ledger};
use super::people::{self, People};
use crate::load::history::Arrival;
use crate::model::Policy;

/// A record whose signature is good.
#[derive(Debug)]
pub struct Vote<'a> {
    /// The record.
    pub entry: &'a Entry<'a>,
    /// When it counts from: the earlier of its date and its arrival.
    pub at: Timestamp,
    /// The step of the trusted branch that brought it; the last of all where it is not there yet.
    pub step: usize,
    /// Why it nevertheless does not count, in words.
    pub ignored: Option<String>,
}

impl<'a> Vote<'a> {
    /// The id of the person.
    pub fn person(&self) -> &'a str {
        self.entry.record.reviewer.value
    }

    /// The role that the person signed in.
    pub fn role(&self) -> &'a str {
        self.entry.record.role.value
    }
}

/// All votes by item, in the order in which they count; and the records that are none.
#[derive(Debug, Default)]
pub struct Votes<'a> {
    /// By item.
    pub by_item: BTreeMap<&'a str, Vec<Vote<'a>>>,
    /// Files among the records that count for nothing and ought not to be there.
    pub faults: Vec<(&'a str, Fault)>,
}

/// A reviewer's clock may be this much ahead.
pub(super) const CLOCKS_DIFFER: SignedDuration = SignedDuration::from_mins(10);

impl<'a> Votes<'a> {
    /// Holds every record against the trusted people and project.
    pub fn of(
        ledger: &'a Ledger<'a>,
        policy: &Policy<'_>,
        people: &People<'_>,
        arrivals: &HashMap<String, Arrival>,
        now: Timestamp,
    ) -> Self {
        let entries: Vec<&'a Entry<'a>> = ledger.entries.values().flatten().collect();
        let judged: Vec<Result<Vote<'a>, (&'a str, Fault)>> = entries
            .into_par_iter()
            .map(|entry| vote(entry, policy, people, arrivals.get(&entry.file.path), now).map_err(|f| (entry.file.path.as_str(), f)))
            .collect();
        let mut votes = Self { faults: ledger.faults.clone(), ..Self::default() };
        for vote in judged {
            match vote {
                Ok(vote) => votes.by_item.entry(vote.entry.record.item.value).or_default().push(vote),
                Err(fault) => votes.faults.push(fault),
            }
        }
        for votes in votes.by_item.values_mut() {
            votes.sort_by(|a, b| (a.step, a.entry.date, &a.entry.file.path).cmp(&(b.step, b.entry.date, &b.entry.file.path)));
        }
        votes.faults.sort_by(|a, b| a.0.cmp(b.0));
        votes
    }

    /// The votes on an item.
    pub fn on(&self, item: &str) -> &[Vote<'a>] {
        self.by_item.get(item).map_or(&[], Vec::as_slice)
    }
}

fn vote<'a>(
    entry: &'a Entry<'a>,
    policy: &Policy<'_>,
    people: &People<'_>,
    arrival: Option<&Arrival>,
    now: Timestamp,
) -> Result<Vote<'a>, Fault> {
    let key = entry.fault(Some(policy.project.value), people)?;
    if entry.date > now.saturating_add(CLOCKS_DIFFER).unwrap_or(now) {
        return Err(Fault::Future(entry.record.date.value.to_owned()));
    }
    let arrived = arrival.and_then(|a| Timestamp::from_second(a.time).ok()).unwrap_or(now);
    let role = entry.record.role.value;
    let person = people.get(entry.record.reviewer.value);
    let ignored = match person {
        Some(person) if !person.has_role(role) => Some(format!("{} does not have the role {role}", person.person.id.value)),
        Some(_) if policy.roles.iter().all(|(known, _)| known.value != role) => Some(format!("the policy knows no role {role}")),
        Some(person) => person.entry(key).and_then(|entry| people::objection(entry, arrived)),
        None => Some("nobody knows who signed it".to_owned()),
    };
    Ok(Vote { entry, at: entry.date.min(arrived), step: arrival.map_or(usize::MAX, |a| a.step), ignored })
}
