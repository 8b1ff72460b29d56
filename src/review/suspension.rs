//! What is taken from every page until somebody says otherwise: services, and single ways to reach them (REVIEW.md, "When
//! something is wrong at 2 am").
//!
//! A suspension is about a service, not about a version of it: it holds for whatever revision is built. It ends when whoever
//! signed it withdraws it, or somebody else approves with `overrides`. A number that a later version no longer has is no longer
//! there to be suspended; what is renamed stays suspended under its new name.

use std::collections::{BTreeMap, BTreeSet};

use jiff::Timestamp;

use super::lineage::Lineage;
use super::policy;
use super::status::{Debt, hours_after};
use super::votes::{Vote, Votes};
use crate::load::{File, Snapshot};
use crate::model::{Channel, ChannelType, Content, Identity, Item, Kind, Policy};

/// The line of a record that suspends something.
const LINE: &str = "\ndecision: suspend\n";

/// What is suspended of one service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suspension {
    /// All of it, rather than single channels.
    pub is_whole: bool,
    /// The numbers and addresses that are out of use: those of the channels, or all that the service has now.
    pub contacts: Vec<(ChannelType, String)>,
    /// Why, in the words of those who signed.
    pub because: Vec<String>,
}

/// What is suspended, by the name of the service.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Suspensions {
    by_name: BTreeMap<String, Suspension>,
    /// Second signatures that are owed.
    pub debts: Vec<Debt>,
}

impl Suspensions {
    /// Reads the suspensions that stand from votes that count. `content` is what is there now: it knows the numbers of a service and
    /// the names that it had.
    pub fn of(votes: &Votes<'_>, policy: &Policy<'_>, content: &Content<'_>, now: Timestamp) -> Self {
        let mut by_name: BTreeMap<String, Suspension> = BTreeMap::new();
        let mut debts = Vec::new();
        for (id, votes) in &votes.by_item {
            let mut lineage = Lineage::new(policy.rules.len());
            for vote in votes.iter().filter(|v| v.ignored.is_none()) {
                lineage.take(vote, false);
            }
            let Some((Kind::Resource, name)) = Kind::split(policy::original(id)) else { continue };
            if lineage.suspensions.is_empty() {
                continue;
            }
            debts.extend(owed(id, &lineage.suspensions, policy, now).1);
            let item = content.named(Kind::Resource, name).or_else(|| content.renamed(&Kind::Resource.id(name)));
            let mut found = Suspension::default();
            for vote in &lineage.suspensions {
                let record = &vote.entry.record;
                found.because.extend(record.because.map(|b| b.value.to_owned()));
                match record.channel.and_then(|c| contact(c.value)) {
                    Some(contact) => found.contacts.push(contact),
                    None => {
                        found.is_whole = true;
                        let channels = item.and_then(Item::resource).into_iter().flat_map(|r| &r.channels);
                        found.contacts.extend(channels.filter_map(|c| Some((c.ty, c.contact()?.to_owned()))));
                    }
                }
            }
            let former = item.into_iter().flat_map(|i| i.common.was.iter().map(|w| w.value).chain([i.name]));
            for name in former.chain([name]).collect::<BTreeSet<_>>() {
                by_name.entry(name.to_owned()).or_default().join(found.clone());
            }
        }
        Self { by_name, debts }
    }

    /// The services on which a record says that something is suspended; whether it counts is not looked at.
    pub fn candidates(snapshot: &Snapshot) -> BTreeSet<&str> {
        records(snapshot).filter(|(_, file)| file.text.contains(LINE)).map(|(item, _)| item).collect()
    }

    /// The records on these items.
    pub fn records_on<'s>(snapshot: &'s Snapshot, items: &BTreeSet<String>) -> Vec<&'s File> {
        records(snapshot).filter(|(item, _)| items.contains(*item)).map(|(_, file)| file).collect()
    }

    /// Whether nothing is suspended.
    pub fn is_empty(&self) -> bool {
        self.by_name.is_empty()
    }

    /// What is suspended of a service.
    pub fn on(&self, name: &str) -> Option<&Suspension> {
        self.by_name.get(name)
    }

    /// All of them, by name.
    pub fn iter(&self) -> impl Iterator<Item = (&str, &Suspension)> {
        self.by_name.iter().map(|(name, suspension)| (name.as_str(), suspension))
    }

    /// Whether a channel of a service is out of use.
    pub fn takes(&self, name: &str, channel: &Channel<'_>) -> bool {
        self.on(name).is_some_and(|s| s.is_whole || channel.contact().is_some_and(|c| s.names(channel.ty, c)))
    }
}

impl Suspension {
    fn join(&mut self, other: Self) {
        self.is_whole |= other.is_whole;
        self.contacts.extend(other.contacts);
        self.because.extend(other.because);
    }

    fn names(&self, ty: ChannelType, contact: &str) -> bool {
        let plain = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '-' | '(' | ')' | '.' | '\u{a0}')).collect::<String>();
        self.contacts.iter().any(|(other, value)| *other == ty && (value == contact || (ty.is_number() && plain(value) == plain(contact))))
    }
}

/// What there is to say of the suspensions on an item, and the second signatures that are owed for them.
pub(super) fn owed(id: &str, suspensions: &[&Vote<'_>], policy: &Policy<'_>, now: Timestamp) -> (Vec<String>, Vec<Debt>) {
    let mut by_channel: BTreeMap<Option<&str>, Vec<&Vote<'_>>> = BTreeMap::new();
    for vote in suspensions {
        by_channel.entry(vote.entry.record.channel.map(|c| c.value)).or_default().push(vote);
    }
    let (mut notes, mut debts) = (Vec::new(), Vec::new());
    for (channel, votes) in by_channel {
        let people: BTreeSet<&str> = votes.iter().map(|v| v.person()).collect();
        let what = channel.map_or_else(|| "the service".to_owned(), |c| format!("the channel {c}"));
        let why: Vec<&str> = votes.iter().filter_map(|v| v.entry.record.because.map(|b| b.value)).collect();
        notes.push(format!("{what} is suspended: {}", why.join("; ")));
        if let (1, Some(first)) = (people.len(), votes.first()) {
            debts.push(Debt::of(id, format!("a second signature for suspending {what}"), hours_after(policy, first.at), now));
        }
    }
    (notes, debts)
}

fn records(snapshot: &Snapshot) -> impl Iterator<Item = (&str, &File)> {
    snapshot.files.iter().filter_map(|file| match Identity::of(&file.path) {
        Identity::Record(item) => Some((item, file)),
        _ => None,
    })
}

/// `phone:116 123`, taken apart.
fn contact(key: &str) -> Option<(ChannelType, String)> {
    let (word, value) = key.split_once(':')?;
    Some((ChannelType::from_word(word)?, value.to_owned()))
}
