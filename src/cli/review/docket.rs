//! Everything that judging needs, read once: the tree, the trusted revision, the records, the past.

use std::sync::Arc;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use crate::cli::session::{Session, advised};
use crate::load::{LoadError, Snapshot, history};
use crate::model::Content;
use crate::review::{self, Court, Embeds, Items, Ledger, Objection, People, Versions, Votes};
use crate::schema::Schemas;

/// Branches that changes usually go to, the likeliest first.
const MAIN: [&str; 5] = ["origin/HEAD", "origin/main", "origin/master", "main", "master"];

/// Where the trees that are judged and trusted come from.
pub(super) struct Sources<'s> {
    /// The revision that is judged; the working tree where there is none.
    pub(super) tree: Option<&'s str>,
    /// The revision whose policy and people count.
    pub(super) trusted: &'s str,
    /// The branch on which records arrive.
    pub(super) branch: &'s str,
    /// The moment that dates are held against.
    pub(super) now: Timestamp,
    /// Nothing follows but the end of the process: what was read is not taken apart first, which takes a tenth of the time.
    pub(super) is_last: bool,
}

/// What a judgement is made of, for as long as it is needed.
pub(super) struct Docket<'d> {
    pub(super) snapshot: &'d Snapshot,
    pub(super) ledger: &'d Ledger<'d>,
    pub(super) court: &'d Court<'d>,
    /// The full hash of the trusted commit.
    pub(super) trusted: &'d str,
    /// The trusted tree.
    pub(super) trusted_tree: &'d Snapshot,
    /// What speaks against the tree whatever its items say.
    pub(super) objections: Vec<Objection>,
}

/// The revision that counts as trusted where none is named: the branch that changes go to.
pub(in crate::cli) fn main_branch(session: &Session) -> Result<&'static str> {
    Ok(history::first_known(&session.root()?, &MAIN).unwrap_or("HEAD"))
}

/// The moment that `--now` means: the end of that day, or this moment.
pub(in crate::cli) fn moment(now: Option<Date>) -> Timestamp {
    let end = now.and_then(|day| day.at(23, 59, 59, 0).to_zoned(TimeZone::UTC).ok());
    end.map_or_else(Timestamp::now, |z| z.timestamp())
}

/// Reads everything and hands it on.
pub(super) fn open<T>(session: &Session, sources: &Sources<'_>, use_it: impl FnOnce(&Docket<'_>) -> Result<T>) -> Result<T> {
    let snapshot = session.snapshot(sources.tree)?;
    let result = open_on(session, &snapshot, sources, use_it);
    if sources.is_last {
        std::mem::forget(snapshot);
    }
    result
}

/// The same for a tree that has been read.
pub(super) fn open_on<T>(
    session: &Session,
    snapshot: &Snapshot,
    sources: &Sources<'_>,
    use_it: impl FnOnce(&Docket<'_>) -> Result<T>,
) -> Result<T> {
    let root = session.root()?;
    let trusted_commit = history::resolve(&root, sources.trusted)?;
    // Walking the history is git's and takes one processor; reading and understanding what is there takes the others.
    let walk = || -> Result<_, LoadError> {
        let past = history::History::read(&root, sources.tree.unwrap_or("HEAD"))?;
        Ok((past, history::arrivals(&root, sources.branch, "reviews/records")?))
    };
    let read = || Snapshot::from_git_beside(&root, &trusted_commit, snapshot);
    let (walked, trusted) = session.working("Reading the history", || rayon::join(walk, read));
    let trusted = trusted?;
    let (content, schemas) = (Content::of(snapshot), Arc::new(Schemas::of(snapshot)));
    let items = Items::of(snapshot, &content, &schemas);
    let embeds = Embeds::of(&content);
    let (trusted_content, trusted_schemas) = (Content::of(&trusted), Schemas::of(&trusted));
    let trusted_items = Items::beside(&trusted, &trusted_content, &trusted_schemas, &items);
    let Some(policy) = &trusted_content.policy else {
        return Err(no_policy(sources.trusted, trusted.file("reviews/policy.yaml").is_some()));
    };
    let people = People::of(trusted_content.reviewers.as_ref());
    let (past, arrivals) = walked?;
    let ledger = Ledger::of(snapshot);
    let votes = session.working("Checking signatures", || {
        // What is signed today is not in the future because somebody asks about yesterday.
        Votes::of(&ledger, policy, &people, &arrivals, sources.now.max(Timestamp::now()))
    });
    let worker = if sources.tree.is_none() { history::committer(&root) } else { None };
    let versions = Versions::new(Some(&past), &items, schemas.clone(), worker);
    let court = Court {
        policy,
        people: &people,
        votes: &votes,
        items: &items,
        content: &content,
        embeds: &embeds,
        trusted: Some(&trusted_items),
        past: &versions,
        now: sources.now,
    };
    let objections = review::against((snapshot, &content), (&trusted, &trusted_content));
    let result = use_it(&Docket { snapshot, ledger: &ledger, court: &court, trusted: &trusted_commit, trusted_tree: &trusted, objections });
    if sources.is_last {
        // Each before what it refers to.
        std::mem::forget(versions);
        std::mem::forget(votes);
        std::mem::forget((ledger, past, trusted_items));
        std::mem::forget((items, trusted_content, content));
        std::mem::forget(trusted);
    }
    result
}

fn no_policy(trusted: &str, is_there: bool) -> anyhow::Error {
    if is_there {
        advised(format!("reviews/policy.yaml of {trusted} cannot be read"), "`signpost check` says why")
    } else {
        advised(
            format!("{trusted} has no reviews/policy.yaml, so nobody can say who has to approve what"),
            "`signpost init` writes one; commit it to the branch that changes go to",
        )
    }
}

/// Reads one file of the command line.
pub(super) fn read(session: &Session, path: &std::path::Path) -> Result<Vec<u8>> {
    let path = session.path(path);
    std::fs::read(&path).with_context(|| format!("cannot read {}", path.display()))
}
