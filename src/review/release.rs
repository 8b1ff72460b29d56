//! Releases: what is signed of a site as a whole, the one way in which that is written, and whether enough people signed.
//!
//! A file is one person's signature under one release, as a record is one person's decision on one item: who signs later adds a
//! file and edits none. Files that say the same of commit, manifest, program, hazard log and debts are signatures under the same
//! release, which is signed once their people fill what the policy needs.

use std::collections::{BTreeMap, HashMap};

use jiff::Timestamp;
use rayon::prelude::*;
use serde::{Deserialize, Serialize};

use super::ledger::Fault;
use super::matching::{self, Missing};
use super::people::{self, People};
use super::record::scalar;
use super::signature;
use crate::fingerprint::{self, canonical};
use crate::load::history::Arrival;
use crate::load::{File, Snapshot};
use crate::model::{Identity, Policy, Release};
use crate::yaml::de::from_node;

/// What a release is, whoever signs it.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema `release`")]
pub struct Statement {
    pub project: String,
    pub commit: String,
    pub manifest: String,
    pub program: String,
    pub hazards: String,
    pub debts: Vec<String>,
}

/// One person's part of a release, without the signature.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema `release`")]
pub struct ReleaseDraft {
    pub release: u32,
    #[serde(flatten)]
    pub statement: Statement,
    pub reviewer: String,
    pub role: String,
    pub date: String,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub comment: Option<String>,
    pub tool: String,
}

impl ReleaseDraft {
    fn of(release: &Release<'_>) -> Self {
        let statement = Statement {
            project: release.project.value.to_owned(),
            commit: release.commit.value.to_owned(),
            manifest: release.manifest.value.to_owned(),
            program: release.program.value.to_owned(),
            hazards: release.hazards.value.to_owned(),
            debts: release.debts.iter().map(|d| d.value.to_owned()).collect(),
        };
        Self {
            release: u32::try_from(release.release).unwrap_or(0),
            statement,
            reviewer: release.reviewer.value.to_owned(),
            role: release.role.value.to_owned(),
            date: release.date.value.to_owned(),
            comment: release.comment.map(|c| c.value.to_owned()),
            tool: release.tool.value.to_owned(),
        }
    }

    /// The bytes that are signed.
    pub fn payload(&self) -> Vec<u8> {
        // Text and one small number are always JSON.
        canonical::bytes(&serde_json::to_value(self).unwrap_or_default())
    }

    /// Where its file lies.
    pub fn path(&self) -> String {
        let hash = fingerprint::digest(&self.payload());
        let short = hash.trim_start_matches("sha256:").get(..8).unwrap_or_default().to_owned();
        format!("reviews/releases/{}-{short}.yaml", self.date.replace(':', "-"))
    }

    /// Its file with this signature.
    pub fn file(&self, signature: &str) -> String {
        let statement = &self.statement;
        let mut out = format!("release: {}\n", self.release);
        let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {}\n", scalar(value)));
        line("project", &statement.project);
        line("commit", &statement.commit);
        line("manifest", &statement.manifest);
        line("program", &statement.program);
        line("hazards", &statement.hazards);
        if statement.debts.is_empty() {
            out.push_str("debts: []\n");
        } else {
            out.push_str("debts:\n");
            statement.debts.iter().for_each(|debt| out.push_str(&format!("  - {}\n", scalar(debt))));
        }
        let mut line = |key: &str, value: &str| out.push_str(&format!("{key}: {}\n", scalar(value)));
        line("reviewer", &self.reviewer);
        line("role", &self.role);
        line("date", &self.date);
        if let Some(comment) = &self.comment {
            line("comment", comment);
        }
        line("tool", &self.tool);
        out.push_str("signature: |\n");
        signature.lines().for_each(|l| out.push_str(&format!("  {l}\n")));
        out
    }
}

/// One signature under a release that is well formed.
#[derive(Debug)]
pub struct ReleaseEntry {
    /// Its file.
    pub path: String,
    /// What it says.
    pub draft: ReleaseDraft,
    signature: String,
    date: Timestamp,
}

/// The signatures under releases that a snapshot has, and the files that are none.
#[derive(Debug, Default)]
pub struct Releases {
    /// Well-formed ones, by path.
    pub entries: Vec<ReleaseEntry>,
    /// Files that are none, with why.
    pub faults: Vec<(String, Fault)>,
}

impl Releases {
    /// Reads all of them.
    pub fn of(snapshot: &Snapshot) -> Self {
        let files: Vec<&File> = snapshot.files.iter().filter(|f| matches!(Identity::of(&f.path), Identity::Release(_))).collect();
        let read: Vec<(&File, Result<ReleaseEntry, Fault>)> = files.into_par_iter().map(|f| (f, read(f))).collect();
        let mut releases = Self::default();
        for (file, entry) in read {
            match entry {
                Ok(entry) => releases.entries.push(entry),
                Err(fault) => releases.faults.push((file.path.clone(), fault)),
            }
        }
        releases
    }

    /// The signatures, by what they are under.
    pub fn by_statement(&self) -> BTreeMap<&Statement, Vec<&ReleaseEntry>> {
        let mut found: BTreeMap<&Statement, Vec<&ReleaseEntry>> = BTreeMap::new();
        for entry in &self.entries {
            found.entry(&entry.draft.statement).or_default().push(entry);
        }
        found
    }
}

fn read(file: &File) -> Result<ReleaseEntry, Fault> {
    let data = file.data().filter(|_| file.refusal.is_none() && file.problems.is_empty()).ok_or(Fault::Malformed)?;
    let release: Release<'_> = from_node(data).map_err(|_| Fault::Malformed)?;
    let draft = ReleaseDraft::of(&release);
    if draft.file(release.signature.value) != file.text {
        return Err(Fault::Altered);
    }
    let path = draft.path();
    if path != file.path {
        return Err(Fault::Misplaced(path));
    }
    let date: Timestamp = release.date.value.parse().map_err(|_| Fault::Malformed)?;
    if release.release != 1 {
        return Err(Fault::Incoherent("this release is of a form that this version of the program does not know"));
    }
    Ok(ReleaseEntry { path, signature: release.signature.value.to_owned(), date, draft })
}

impl ReleaseEntry {
    /// Holds it against the people and the project.
    ///
    /// # Errors
    /// Why it does not count, whenever it came.
    pub fn held(&self, project: Option<&str>, people: &People<'_>) -> Result<(), Fault> {
        if project.is_some_and(|p| p != self.draft.statement.project) {
            return Err(Fault::OtherProject);
        }
        let reviewer = &self.draft.reviewer;
        let person = people.get(reviewer).ok_or_else(|| Fault::UnknownReviewer(reviewer.clone()))?;
        signature::verify(&self.signature, &self.draft.payload(), &person.keys)?;
        Ok(())
    }

    /// Whether it counts by this policy and these people, who had the key when it came; if not, why, in words.
    ///
    /// # Errors
    /// Why it does not count.
    pub fn counts(&self, policy: &Policy<'_>, people: &People<'_>, arrived: Timestamp) -> Result<(), String> {
        self.held(Some(policy.project.value), people).map_err(|fault| fault.to_string())?;
        let (reviewer, role) = (&self.draft.reviewer, &self.draft.role);
        let Some(person) = people.get(reviewer) else { return Err(Fault::UnknownReviewer(reviewer.clone()).to_string()) };
        if !person.has_role(role) {
            return Err(format!("{reviewer} does not have the role {role}"));
        }
        let used = signature::verify(&self.signature, &self.draft.payload(), &person.keys).map_err(|e| e.to_string())?;
        match person.entry(used).and_then(|entry| people::objection(entry, arrived)) {
            Some(why) => Err(why),
            None => Ok(()),
        }
    }
}

/// What is known of a release.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Signing {
    /// Who signed in which role, as far as it counts.
    pub signed: Vec<(String, String)>,
    /// What is still missing.
    pub missing: Vec<Missing>,
    /// Signatures that do not count: the file, and why.
    pub ignored: Vec<(String, String)>,
}

impl Signing {
    /// Counts signatures under one release. Without `release.needs` in the policy nobody can sign one.
    pub fn of(
        entries: &[&ReleaseEntry],
        policy: &Policy<'_>,
        people: &People<'_>,
        arrivals: &HashMap<String, Arrival>,
        now: Timestamp,
    ) -> Option<Self> {
        let needs = policy.release.as_ref()?.needs.iter();
        let needs: BTreeMap<&str, usize> = needs.map(|(role, n)| (role.value, usize::try_from(n.value).unwrap_or(usize::MAX))).collect();
        let (mut signed, mut ignored) = (Vec::new(), Vec::new());
        for entry in entries {
            let arrived = arrivals.get(&entry.path).and_then(|a| Timestamp::from_second(a.time).ok()).unwrap_or(now);
            match entry.counts(policy, people, arrived) {
                Ok(()) if entry.date > now.saturating_add(super::votes::CLOCKS_DIFFER).unwrap_or(now) => {
                    ignored.push((entry.path.clone(), Fault::Future(entry.draft.date.clone()).to_string()));
                }
                Ok(()) => signed.push((entry.draft.reviewer.clone(), entry.draft.role.clone())),
                Err(why) => ignored.push((entry.path.clone(), why)),
            }
        }
        // Files are named by time and hash: of two signed in one second either may come first.
        signed.sort();
        let pairs: Vec<(&str, &str)> = signed.iter().map(|(person, role)| (person.as_str(), role.as_str())).collect();
        let missing = matching::fill(&needs, &pairs, policy.distinct_people != Some(false));
        Some(Self { missing, signed, ignored })
    }

    /// Whether everybody whom the policy needs has signed.
    pub fn is_complete(&self) -> bool {
        self.missing.is_empty() && !self.signed.is_empty()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_is_written_is_read_as_it_was() {
        for debts in [vec![], vec!["topic/sleep: \"a review\" \u{202e} due".to_owned(), "b".to_owned()]] {
            let statement = Statement {
                project: "5f0c9c0e".to_owned(),
                commit: "0".repeat(40),
                manifest: format!("sha256:{}", "1".repeat(64)),
                program: "signpost 0.1.0".to_owned(),
                hazards: format!("sha256:{}", "2".repeat(64)),
                debts,
            };
            let draft = ReleaseDraft {
                release: 1,
                statement,
                reviewer: "a-nurse".to_owned(),
                role: "clinical-reviewer".to_owned(),
                date: "2026-11-21T12:00:00Z".to_owned(),
                comment: Some("Go: live\n".to_owned()),
                tool: "signpost 0.1.0".to_owned(),
            };
            let text = draft.file("-----BEGIN SSH SIGNATURE-----\nAAAA\n-----END SSH SIGNATURE-----\n");
            let (path, spaced) = (draft.path(), text.replace("role: ", "role:  "));
            let releases = Releases::of(&Snapshot::from_texts([(path.as_str(), text.as_str())]));
            assert_eq!(releases.faults, []);
            assert_eq!(releases.entries[0].draft, draft);
            let faults = Releases::of(&Snapshot::from_texts([(path.as_str(), spaced.as_str())])).faults;
            assert_eq!(faults[0].1, Fault::Altered);
        }
    }
}
