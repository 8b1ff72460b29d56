//! The gate: what keeps a tree from being published, held against a trusted revision (REVIEW.md, Trust).

use super::court::Court;
use super::items::Items;
use super::people::People;
use super::status::{Judgement, State};
use crate::load::Snapshot;
use crate::model::{Content, Identity};

/// One reason to say no.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Objection {
    /// The item or file that it is about.
    pub about: String,
    /// Why.
    pub says: String,
    /// What to do.
    pub help: Option<String>,
}

impl Objection {
    pub(super) fn new(about: &str, says: impl Into<String>) -> Self {
        Self { about: about.to_owned(), says: says.into(), help: None }
    }

    fn help(mut self, text: impl Into<String>) -> Self {
        self.help = Some(text.into());
        self
    }
}

/// What speaks against a tree whatever its items say: records lost or edited, versions that do not count up, people deleted.
pub fn against(tree: (&Snapshot, &Content<'_>), trusted: (&Snapshot, &Content<'_>)) -> Vec<Objection> {
    let mut found = Vec::new();
    unreadable(tree.0, &mut found);
    append_only(tree.0, trusted.0, &mut found);
    versions(tree, trusted, &mut found);
    people(tree.1, trusted.1, &mut found);
    found
}

/// A file that is refused, or in which something is: nobody can say what it means.
fn unreadable(tree: &Snapshot, found: &mut Vec<Objection>) {
    for file in tree.files.iter().filter(|f| f.refusal.is_some() || !f.problems.is_empty()) {
        found.push(Objection::new(&file.path, "cannot be read as it stands").help("`signpost check` says where and why"));
    }
    let stray = tree.files.iter().filter(|f| f.path.starts_with("reviews/") && Identity::of(&f.path) == Identity::Stray);
    found.extend(stray.map(|f| Objection::new(&f.path, "is no file of a review")));
}

fn append_only(tree: &Snapshot, trusted: &Snapshot, found: &mut Vec<Objection>) {
    let is_kept = |path: &str| matches!(Identity::of(path), Identity::Record(_) | Identity::Release(_));
    for file in trusted.files.iter().filter(|f| is_kept(&f.path)) {
        match tree.file(&file.path) {
            None => found.push(Objection::new(&file.path, "was deleted; records are kept for ever").help("put the file back as it was")),
            Some(now) if now.text != file.text => {
                found.push(Objection::new(&file.path, "was changed; records are never edited").help("put the file back as it was"));
            }
            Some(_) => {}
        }
    }
}

/// Policy and reviewers: the trusted version, or one more.
fn versions(tree: (&Snapshot, &Content<'_>), trusted: (&Snapshot, &Content<'_>), found: &mut Vec<Objection>) {
    let project = |content: &Content<'_>| content.policy.as_ref().map(|p| p.project.value.to_owned());
    if project(tree.1) != project(trusted.1) {
        found.push(
            Objection::new("review/policy", "has another project number than the trusted revision").help("a project keeps its number"),
        );
    }
    let of = |content: &Content<'_>| {
        [
            ("review/policy", "reviews/policy.yaml", content.policy.as_ref().map(|p| p.version.value)),
            ("review/reviewers", "reviews/reviewers.yaml", content.reviewers.as_ref().map(|r| r.version.value)),
        ]
    };
    for ((id, path, now), (_, _, before)) in of(tree.1).into_iter().zip(of(trusted.1)) {
        let data = |snapshot: &Snapshot| snapshot.file(path).and_then(|f| f.data()).map(|d| d.to_json());
        let (Some(now), Some(before)) = (now, before) else {
            found.push(Objection::new(id, format!("`{path}` is not there, or cannot be read, here or in the trusted revision")));
            continue;
        };
        let is_same = data(tree.0) == data(trusted.0);
        if is_same || now == before + 1 {
            continue;
        }
        let says = if now < before {
            format!("goes back to version {now}; the trusted revision has {before}")
        } else {
            format!("has version {now} where {} is due after {before}", before + 1)
        };
        found.push(Objection::new(id, says).help(format!("every change of `{path}` counts `version` up by one")));
    }
}

/// People and keys are never deleted: what they signed has to stay checkable.
fn people(tree: &Content<'_>, trusted: &Content<'_>, found: &mut Vec<Objection>) {
    let (now, before) = (People::of(tree.reviewers.as_ref()), People::of(trusted.reviewers.as_ref()));
    for person in &before.all {
        let id = person.person.id.value;
        let Some(same) = now.get(id) else {
            found.push(
                Objection::new("review/reviewers", format!("{id} was deleted; people are kept for ever"))
                    .help("take the roles away and retire the keys instead"),
            );
            continue;
        };
        for key in &person.person.keys {
            if !same.person.keys.iter().any(|k| k.key.value == key.key.value) {
                let finding = Objection::new("review/reviewers", format!("a key of {id} was deleted; keys are kept for ever"));
                found.push(finding.help("give it the status retired, or compromised, instead"));
            }
        }
    }
}

impl Court<'_> {
    /// What speaks against one step of the trusted branch: the items that it changed, or whose dependencies it changed, and the
    /// records that it brought. What had been wrong before is not its doing.
    pub fn session_of_step(&self, before: &Snapshot) -> Vec<Objection> {
        let is_new = |path: &str| before.file(path).is_none();
        let faults = self.votes.faults.iter().filter(|(path, _)| is_new(path));
        let mut found: Vec<Objection> = faults.map(|(path, fault)| Objection::new(path, fault.to_string())).collect();
        found.extend(self.items.doubles.iter().map(|path| Objection::new(path, "takes a name that another file has")));
        let changed: Vec<String> = self.subjects().into_iter().filter(|id| self.is_touched(id)).collect();
        let judgements = self.judge_all(&changed).into_iter().filter(|j| !j.is_approved);
        found.extend(judgements.map(|j| {
            let help = "records that came later do not count for this step; `--root` pins a later commit that you have looked at";
            Objection::new(&j.id, j.words()).help(help)
        }));
        found
    }

    /// Whether an item, or something that it embeds, is otherwise than in the trusted revision.
    fn is_touched(&self, id: &str) -> bool {
        let print = |items: Option<&Items<'_>>, id: &str| items.and_then(|i| i.get(id)).and_then(|i| i.fingerprint.clone());
        let is_changed = |id: &str| print(Some(self.items), id) != print(self.trusted, id);
        let dependencies = self.embeds.dependencies(id, self.items);
        is_changed(id)
            || dependencies.keys().any(|key| match key.strip_suffix("#acuity") {
                Some(outcome) => is_changed(outcome) || is_changed("site/acuity"),
                None => is_changed(key),
            })
    }

    /// The judgements of all items that have to be approved, and what speaks against publishing them.
    pub fn session(&self) -> (Vec<Judgement>, Vec<Objection>) {
        let judgements = self.judge_all(&self.subjects());
        let mut found: Vec<Objection> = self.votes.faults.iter().map(|(path, fault)| Objection::new(path, fault.to_string())).collect();
        found.extend(self.items.doubles.iter().map(|path| Objection::new(path, "takes a name that another file has")));
        found.extend(judgements.iter().filter(|j| !j.is_approved).map(|j| Objection::new(&j.id, j.words())));
        (judgements, found)
    }
}

impl Judgement {
    /// Its state and what is missing, in one line.
    pub fn words(&self) -> String {
        let mut words = match &self.state {
            State::Approved => "approved".to_owned(),
            State::PartlyApproved => "partly approved".to_owned(),
            State::Unreviewed => "never approved".to_owned(),
            State::Changed(class) if self.fingerprint.is_none() => format!("removed since its approval ({})", class.word()),
            State::Changed(class) => format!("changed since its approval ({})", class.word()),
            State::Recheck(ids) => format!("recheck: {} changed", ids.join(", ")),
            State::Expired => "its review has expired".to_owned(),
            State::ChangesRequested(people) => format!("{} asked for changes", people.join(", ")),
            State::Suspended(channels) if channels.is_empty() => "suspended".to_owned(),
            State::Suspended(channels) => format!("suspended: {}", channels.join(", ")),
            State::Retired => "retired".to_owned(),
        };
        let needs: Vec<String> = self
            .needs
            .iter()
            .map(|n| {
                let from = if n.from.is_empty() { "nobody there can".to_owned() } else { n.from.join(" or ") };
                format!("{} {} ({from})", n.missing.count, n.missing.role)
            })
            .collect();
        if !needs.is_empty() {
            words.push_str(&format!("; needs {}", needs.join(" and ")));
        }
        words
    }
}
