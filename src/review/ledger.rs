//! All records of a snapshot, read strictly: one that is not exactly as the program writes it is a fault, never an approval.

use std::collections::BTreeMap;

use jiff::Timestamp;
use rayon::prelude::*;

use super::record::{self, Draft};
use super::signature::{self, SignatureTrouble};
use super::{People, key};
use crate::load::{File, Snapshot};
use crate::model::{Decision, Identity, Record};
use crate::yaml::de::from_node;

/// One record that is well formed.
#[derive(Debug)]
pub struct Entry<'a> {
    /// Its file.
    pub file: &'a File,
    /// What it says.
    pub record: Record<'a>,
    /// The same without its signature.
    pub draft: Draft,
    /// The bytes that are signed.
    pub payload: Vec<u8>,
    /// How other records name it.
    pub hash: String,
    /// When it was signed, by the reviewer's clock.
    pub date: Timestamp,
}

/// Why a record is none.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Fault {
    /// Refused by the reader or not of the form of a record.
    #[error("this record cannot be read")]
    Malformed,
    /// Not in the folder of its item, or under another name.
    #[error("this record belongs elsewhere: `{0}`")]
    Misplaced(String),
    /// Not byte for byte as the program writes it.
    #[error("this record was changed after it was written")]
    Altered,
    /// Fields that contradict each other.
    #[error("{0}")]
    Incoherent(&'static str),
    /// For another repository.
    #[error("this record was signed for another repository")]
    OtherProject,
    /// By somebody who is not in `reviewers.yaml`.
    #[error("there is no reviewer `{0}`")]
    UnknownReviewer(String),
    /// Dated after now.
    #[error("this record is dated {0}, which has not come yet")]
    Future(String),
    /// The signature does not count.
    #[error("{0}")]
    Signature(#[from] SignatureTrouble),
}

/// The records of a snapshot by item, and the files that are none.
#[derive(Debug, Default)]
pub struct Ledger<'a> {
    /// Well-formed records by the item they are about.
    pub entries: BTreeMap<&'a str, Vec<Entry<'a>>>,
    /// Files among the records that are none, with why.
    pub faults: Vec<(&'a str, Fault)>,
}

impl<'a> Ledger<'a> {
    /// Reads every record.
    pub fn of(snapshot: &'a Snapshot) -> Self {
        Self::of_files(snapshot.files.iter().filter(|f| matches!(Identity::of(&f.path), Identity::Record(_))).collect())
    }

    /// Reads these records.
    pub fn of_files(files: Vec<&'a File>) -> Self {
        let read: Vec<(&File, Result<Entry<'a>, Fault>)> = files.into_par_iter().map(|f| (f, read(f))).collect();
        let mut ledger = Self::default();
        for (file, entry) in read {
            match entry {
                Ok(entry) => ledger.entries.entry(entry.record.item.value).or_default().push(entry),
                Err(fault) => ledger.faults.push((file.path.as_str(), fault)),
            }
        }
        ledger
    }
}

/// Reads one record.
fn read(file: &File) -> Result<Entry<'_>, Fault> {
    let data = file.data().filter(|_| file.refusal.is_none() && file.problems.is_empty()).ok_or(Fault::Malformed)?;
    let record: Record<'_> = from_node(data).map_err(|_| Fault::Malformed)?;
    let draft = Draft::of(&record);
    // Whatever a key the reader does not know, a comment or another way of quoting would hide: it is not what was written.
    if draft.file(record.signature.value) != file.text {
        return Err(Fault::Altered);
    }
    let payload = draft.payload();
    let hash = record::hash(&payload);
    let path = draft.path_by(&hash);
    if path != file.path {
        return Err(Fault::Misplaced(path));
    }
    let date: Timestamp = record.date.value.parse().map_err(|_| Fault::Malformed)?;
    if let Some(why) = incoherence(&record) {
        return Err(Fault::Incoherent(why));
    }
    Ok(Entry { file, record, draft, payload, hash, date })
}

fn incoherence(record: &Record<'_>) -> Option<&'static str> {
    let is = |decision| record.decision == decision;
    let is_reason_missing = record.because.is_none() && (is(Decision::Suspend) || record.emergency.is_some());
    if record.record != 1 {
        Some("this record is of a form that this version of the program does not know")
    } else if record.emergency == Some(false) || (record.emergency.is_some() && !is(Decision::Approve)) {
        Some("only an approval can be an emergency")
    } else if is_reason_missing {
        Some("an emergency and a suspension need `because`")
    } else if record.channel.is_some() && !is(Decision::Suspend) {
        Some("only a suspension has a `channel`")
    } else if is(Decision::Suspend) && !record.item.value.starts_with("resource/") {
        Some("only a service can be suspended")
    } else {
        None
    }
}

/// What is wrong with records, by path, as far as the people and the project of their own tree can tell.
pub fn faults(snapshot: &Snapshot, project: Option<&str>, people: &People<'_>) -> Vec<(String, Fault)> {
    let fault = |file: &File| match read(file) {
        Ok(entry) => entry.fault(project, people).err(),
        Err(fault) => Some(fault),
    };
    let records = snapshot.files.par_iter().filter(|f| matches!(Identity::of(&f.path), Identity::Record(_)));
    records.filter_map(|file| Some((file.path.clone(), fault(file)?))).collect()
}

impl Entry<'_> {
    /// Holds the record against project and people; gives the key that signed it.
    pub(super) fn fault<'k>(&self, project: Option<&str>, people: &'k People<'_>) -> Result<&'k ssh_key::PublicKey, Fault> {
        if project.is_some_and(|p| p != self.record.project.value) {
            return Err(Fault::OtherProject);
        }
        let reviewer = self.record.reviewer.value;
        let person = people.get(reviewer).ok_or_else(|| Fault::UnknownReviewer(reviewer.to_owned()))?;
        Ok(signature::verify(self.record.signature.value, &self.payload, &person.keys)?)
    }

    /// The key that the signature names, as `ssh-keygen -l` writes it.
    pub fn key(&self) -> Option<String> {
        signature::signer(self.record.signature.value).map(|k| key::fingerprint(&k))
    }
}
