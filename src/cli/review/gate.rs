//! The gate, for whoever asks: `review verify`, `build --release`, `release prepare`. One way for all of them.

use std::collections::HashMap;
use std::fmt::Write as _;

use anyhow::Result;
use jiff::Timestamp;

use super::docket::{self, Docket, Sources};
use super::standing;
use crate::cli::session::{Session, advised};
use crate::diag::escape::visible;
use crate::load::{Snapshot, history};
use crate::model::Content;
use crate::review::{Judgement, Objection, People, Releases, Signing};

/// What the gate found.
#[derive(Default)]
pub(in crate::cli) struct Found {
    /// The commit that is trusted.
    pub(in crate::cli) trusted: String,
    pub(in crate::cli) judgements: Vec<Judgement>,
    pub(in crate::cli) objections: Vec<Objection>,
}

/// What is judged on the branch itself.
pub(in crate::cli) struct Tip<'t> {
    /// Its newest commit.
    pub(in crate::cli) commit: &'t str,
    /// With what is on disk but not committed.
    pub(in crate::cli) is_disk: bool,
    /// The moment that dates are held against.
    pub(in crate::cli) now: Timestamp,
    /// Nothing follows but the end of the process.
    pub(in crate::cli) is_last: bool,
}

/// One tree against one trusted revision: a change against the branch that it goes to.
pub(super) fn change(session: &Session, sources: &Sources<'_>) -> Result<Found> {
    docket::open(session, sources, |docket: &Docket<'_>| {
        let (judgements, mut of_items) = docket.court.session();
        let mut objections = docket.objections.clone();
        objections.append(&mut of_items);
        Ok(Found { trusted: docket.trusted.to_owned(), judgements, objections })
    })
}

/// The branch itself: every first-parent step since a commit, each by the policy and the people of the commit before it, and then
/// all that is live at its end.
pub(in crate::cli) fn branch(session: &Session, from: &str, tip: &Tip<'_>) -> Result<Found> {
    let root = session.root()?;
    let Some(steps) = history::steps_since(&root, from, tip.commit)? else {
        return Err(advised(
            format!("{} is no step of this branch", short(from)),
            "a root is a commit that the branch itself went through, not one of a branch that was merged",
        ));
    };
    let mut objections = Vec::new();
    for step in &steps {
        // What had run out on the day of the step counts, not what has run out since.
        let as_of = Timestamp::from_second(step.time).unwrap_or(tip.now).min(tip.now);
        let sources = Sources { tree: Some(&step.child), trusted: &step.parent, branch: &step.child, now: as_of, is_last: false };
        let found = docket::open(session, &sources, |docket| {
            let of_items = docket.court.session_of_step(docket.trusted_tree);
            Ok([docket.objections.clone(), of_items].concat())
        })?;
        objections.extend(found.into_iter().map(|o| Objection { about: format!("{} in {}", o.about, short(&step.child)), ..o }));
    }
    let tree = if tip.is_disk { None } else { Some(tip.commit) };
    let mut found = change(session, &Sources { tree, trusted: tip.commit, branch: tip.commit, now: tip.now, is_last: tip.is_last })?;
    objections.append(&mut found.objections);
    Ok(Found { trusted: from.to_owned(), judgements: found.judgements, objections })
}

/// The commit from which on the steps of a branch are verified: that of the last signed release, else the one that is pinned.
///
/// A release counts by the policy and the people of the one before it, the first by those of the commit that is pinned, or its own
/// where none is: so nobody can add themselves and sign past the gate. One that only newer people signed is no anchor; the steps
/// since an older one are verified instead.
pub(in crate::cli) fn anchor(session: &Session, pinned: Option<&str>, tip: &str) -> Result<Option<String>> {
    let root = session.root()?;
    // Signatures under an older commit came after it: they are looked for to the end of the branch.
    let mut steps = history::steps(&root, "HEAD")?;
    let mut end = "HEAD";
    match steps.iter().position(|s| s == tip) {
        Some(last) => steps.truncate(last + 1),
        None => (steps, end) = (history::steps(&root, tip)?, tip),
    }
    let places: HashMap<&str, usize> = steps.iter().enumerate().map(|(n, id)| (id.as_str(), n)).collect();
    let mut anchor = pinned.map(|commit| history::resolve(&root, commit)).transpose()?;
    if let Some(commit) = anchor.as_deref().filter(|c| !places.contains_key(c)) {
        return Ok(Some(commit.to_owned()));
    }
    // Read from the commit that brought it: a signature that was deleted since was there all the same.
    let arrivals = history::arrivals(&root, end, "reviews/releases")?;
    let mut files = Vec::new();
    for (path, arrival) in &arrivals {
        files.extend(history::file(&root, &arrival.commit, path)?.map(|bytes| (path.as_str(), Ok(bytes))));
    }
    let releases = Releases::of(&Snapshot::from_bytes(files));
    let by_statement = releases.by_statement();
    let mut candidates: Vec<_> =
        by_statement.iter().filter_map(|(s, entries)| Some((*places.get(s.commit.as_str())?, *s, entries))).collect();
    candidates.sort_by_key(|(place, ..)| *place);
    for (place, statement, entries) in candidates {
        let before = anchor.as_deref().and_then(|commit| places.get(commit)).copied();
        if before.is_some_and(|before| place < before) {
            continue;
        }
        let judge = Judge::of(session, anchor.as_deref().unwrap_or(&statement.commit))?;
        if judge.signing(entries, &arrivals).is_some_and(|s| s.is_complete()) {
            anchor = Some(statement.commit.clone());
        }
    }
    Ok(anchor)
}

/// The policy and the people of a revision, and nothing else of it.
pub(in crate::cli) struct Judge {
    snapshot: Snapshot,
}

impl Judge {
    /// Reads two files.
    pub(in crate::cli) fn of(session: &Session, revision: &str) -> Result<Self> {
        let root = session.root()?;
        let mut files = Vec::new();
        for path in ["reviews/policy.yaml", "reviews/reviewers.yaml"] {
            files.extend(history::file(&root, revision, path)?.map(|bytes| (path, Ok(bytes))));
        }
        Ok(Self { snapshot: Snapshot::from_bytes(files) })
    }

    /// Their meaning.
    pub(in crate::cli) fn content(&self) -> Content<'_> {
        Content::of(&self.snapshot)
    }

    /// How signatures under one release stand; nothing where the policy does not say who signs one.
    pub(in crate::cli) fn signing(
        &self,
        entries: &[&crate::review::ReleaseEntry],
        arrivals: &HashMap<String, history::Arrival>,
    ) -> Option<Signing> {
        let content = self.content();
        let people = People::of(content.reviewers.as_ref());
        Signing::of(entries, content.policy.as_ref()?, &people, arrivals, Timestamp::now())
    }
}

/// Enough of a commit's hash to tell it.
pub(in crate::cli) fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

/// What the gate found, for people.
pub(in crate::cli) fn human(found: &Found) -> String {
    let mut out = String::new();
    for objection in &found.objections {
        let _ = writeln!(out, "{}: {}", visible(&objection.about), visible(&objection.says));
        if let Some(help) = &objection.help {
            let _ = writeln!(out, "  help: {}", visible(help));
        }
        let notes = found.judgements.iter().filter(|j| j.id == objection.about).flat_map(|j| &j.notes);
        notes.for_each(|note| out.push_str(&format!("  {}\n", visible(note))));
    }
    out.push_str(&standing::debts(found.judgements.iter().flat_map(|j| &j.debts)));
    let items = found.judgements.len();
    let trusted = short(&found.trusted);
    let _ = match found.objections.len() {
        0 => writeln!(out, "approved: {items} items, by the policy of {trusted}"),
        1 => writeln!(out, "not approved: 1 objection, by the policy of {trusted}"),
        n => writeln!(out, "not approved: {n} objections, by the policy of {trusted}"),
    };
    out
}
