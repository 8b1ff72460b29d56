//! What reviews say to a build: suspensions, whatever revision is built; dates, approvals and debts of the version that is built.

use std::collections::{BTreeSet, HashMap};

use anyhow::Result;
use jiff::Timestamp;

use super::docket::{self, Sources};
use super::gate;
use crate::check::{Context, due};
use crate::cli::session::Session;
use crate::load::{File, Snapshot, history};
use crate::model::{Content, Identity};
use crate::review::{Debt, Judgement, Ledger, People, Published, Suspensions, Votes};

/// What a build of `snapshot` has to know. `at` is the revision that it was read from, `None` for the working tree; `by` the one whose
/// policy and people count, `None` for the branch that changes go to.
pub(in crate::cli) fn published(
    session: &Session,
    snapshot: &Snapshot,
    at: Option<&str>,
    by: Option<&str>,
    now: Timestamp,
) -> Result<Published> {
    let suspensions = suspensions(session, if at.is_none() { Some(snapshot) } else { None }, now)?;
    let has_records = snapshot.files.iter().any(|f| matches!(Identity::of(&f.path), Identity::Record(_)));
    let main = trusted(session)?;
    let mut published = match by.or(main).filter(|_| has_records) {
        Some(trusted) => {
            let sources = Sources { tree: at, trusted, branch: trusted, now, is_last: false };
            docket::open_on(session, snapshot, &sources, |docket| Ok(docket.court.published()))?
        }
        None => Published::default(),
    };
    let new = suspensions.debts.iter().filter(|debt| !published.debts.contains(debt)).cloned().collect::<Vec<_>>();
    published.debts.extend(new);
    Ok(Published { suspensions, ..published })
}

/// Confirmations that have run out, as debts of a release.
pub(in crate::cli) fn overdue_confirmations(context: &Context<'_>) -> Vec<Debt> {
    let all = due::all(context).into_iter().filter(|d| d.sort == due::Sort::Confirmation && d.on < context.today);
    all.map(|d| Debt { item: d.item, owes: d.says, due: docket::moment(Some(d.on)), is_overdue: true, is_expiry: true }).collect()
}

/// What is suspended now, by the records of the working tree and of the branch that changes go to: also for a build of an old
/// revision, which knows nothing of them. `here` is the working tree, where it has been read.
pub(in crate::cli) fn suspensions(session: &Session, here: Option<&Snapshot>, now: Timestamp) -> Result<Suspensions> {
    let root = session.root()?;
    let read;
    let here = match here {
        Some(here) => here,
        None => {
            read = Snapshot::from_disk(&root)?;
            &read
        }
    };
    let branch = trusted(session)?;
    // A record on the branch counts, whatever became of it here.
    let text = |path: &str| here.file(path).map(|f| f.text.as_str());
    // Mostly the branch has nothing that is not here.
    let records = "reviews/records";
    let is_elsewhere = |b: &&str| history::folder(&root, b, records) != history::folder(&root, "HEAD", records);
    let unlike = branch.filter(is_elsewhere).map_or_else(|| Ok(Vec::new()), |b| history::files_unlike(&root, b, records, text))?;
    let elsewhere = Snapshot::from_bytes(unlike.iter().map(|(path, bytes)| (path.as_str(), Ok(bytes.clone()))));
    let items: BTreeSet<String> = [&elsewhere, here].into_iter().flat_map(Suspensions::candidates).map(str::to_owned).collect();
    if items.is_empty() {
        return Ok(Suspensions::default());
    }
    let content = Content::of(here);
    let judge = branch.map(|b| gate::Judge::of(session, b)).transpose()?;
    let judge = judge.as_ref().map(gate::Judge::content);
    let judge = judge.as_ref().unwrap_or(&content);
    let Some(policy) = &judge.policy else { return Ok(Suspensions::default()) };
    let people = People::of(judge.reviewers.as_ref());
    let arrivals = branch.map_or_else(|| Ok(HashMap::new()), |b| history::arrivals(&root, b, records))?;
    let mut files: Vec<&File> = Suspensions::records_on(&elsewhere, &items);
    let own = Suspensions::records_on(here, &items);
    files.extend(own.into_iter().filter(|f| elsewhere.file(&f.path).is_none()));
    let ledger = Ledger::of_files(files);
    let votes = Votes::of(&ledger, policy, &people, &arrivals, Timestamp::now());
    Ok(Suspensions::of(&votes, policy, &content, now))
}

/// The branch whose policy and people count; `None` without git, or before it has a policy.
fn trusted(session: &Session) -> Result<Option<&'static str>> {
    let root = session.root()?;
    let branch = docket::main_branch(session)?;
    Ok(history::folder(&root, branch, "reviews/policy.yaml").map(|_| branch))
}

/// How every item of the working tree stands; nothing without git, or before the branch that changes go to has a policy.
pub(in crate::cli) fn judgements(session: &Session, snapshot: &Snapshot, now: Timestamp) -> Result<Vec<Judgement>> {
    let Some(trusted) = trusted(session)? else { return Ok(Vec::new()) };
    let sources = Sources { tree: None, trusted, branch: trusted, now, is_last: false };
    docket::open_on(session, snapshot, &sources, |docket| Ok(docket.court.judge_all(&docket.court.subjects())))
}
