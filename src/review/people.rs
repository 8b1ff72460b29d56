//! The people of `reviewers.yaml`: who has which key, and who wrote what git says was written.

use jiff::Timestamp;
use jiff::tz::TimeZone;
use ssh_key::PublicKey;

use super::key;
use crate::load::history::Author;
use crate::model::{KeyStatus, Person, ReviewerKey, Reviewers};

/// Everybody, with their keys read.
#[derive(Default)]
pub struct People<'p> {
    /// In the order of the file.
    pub all: Vec<Somebody<'p>>,
}

/// One person with their keys read; keys that cannot be read are left out, which the checks say.
pub struct Somebody<'p> {
    /// The entry of the file.
    pub person: &'p Person<'p>,
    /// The keys that can be checked, beside their entries.
    pub keys: Vec<PublicKey>,
    entries: Vec<&'p ReviewerKey<'p>>,
}

impl<'p> People<'p> {
    /// Reads the keys of everybody.
    pub fn of(reviewers: Option<&'p Reviewers<'p>>) -> Self {
        let all = reviewers.into_iter().flat_map(|r| &r.people).map(|person| {
            let read = person.keys.iter().filter_map(|entry| Some((key::read(entry.key.value).ok()?, entry)));
            let (keys, entries) = read.unzip();
            Somebody { person, keys, entries }
        });
        Self { all: all.collect() }
    }

    /// The person with this id.
    pub fn get(&self, id: &str) -> Option<&Somebody<'p>> {
        self.all.iter().find(|s| s.person.id.value == id)
    }

    /// Who this author is, by address or name; several where it cannot be told.
    pub fn who<'s>(&'s self, author: &'s Author) -> impl Iterator<Item = &'s Somebody<'p>> {
        self.all.iter().filter(|s| s.is(author))
    }
}

impl Somebody<'_> {
    /// Whether git's author is this person: one of the addresses, the name or the id.
    pub fn is(&self, author: &Author) -> bool {
        let same = |a: &str, b: &str| a.trim().to_lowercase() == b.trim().to_lowercase();
        self.person.emails.iter().any(|e| same(e.value, &author.email))
            || same(self.person.name.value, &author.name)
            || same(self.person.id.value, &author.name)
    }

    /// Whether the person has this role.
    pub fn has_role(&self, role: &str) -> bool {
        self.person.roles.iter().any(|r| r.value == role)
    }

    /// Whether the person could sign now.
    pub fn has_active_key(&self) -> bool {
        self.entries.iter().any(|k| k.status == KeyStatus::Active)
    }

    /// The file's entry of a key.
    pub fn entry(&self, key: &PublicKey) -> Option<&ReviewerKey<'_>> {
        self.keys.iter().position(|k| k.key_data() == key.key_data()).map(|n| self.entries[n])
    }
}

/// Why what a key signed does not count at that moment; nothing where it does.
pub(super) fn objection(entry: &ReviewerKey<'_>, at: Timestamp) -> Option<String> {
    let day = at.to_zoned(TimeZone::UTC).date().to_string();
    let since = entry.since.value;
    match entry.status {
        KeyStatus::Active if *day < *since => Some(format!("its key counts only from {since} on, and it is there since {day}")),
        KeyStatus::Retired if *day >= *since => Some(format!("its key was retired on {since}, and it is there since {day}")),
        KeyStatus::Compromised if *day >= *since => {
            Some(format!("somebody else may have had its key from {since} on, and it is there since {day}"))
        }
        _ => None,
    }
}
