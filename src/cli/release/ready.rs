//! A commit that may be published: the gate says yes, and what a build of it needs is at hand.

use anyhow::Result;
use jiff::civil::Date;

use crate::check::Context;
use crate::cli::review::gate::{self, Found, Tip};
use crate::cli::review::{self, moment};
use crate::cli::session::{Session, advised};
use crate::load::{Snapshot, history, past};
use crate::model::Content;
use crate::site::{BuildOptions, ReleaseOf};

/// What is asked for.
pub(in crate::cli) struct Wanted<'w> {
    /// The revision; the newest commit where none is named.
    pub(in crate::cli) at: Option<&'w str>,
    /// The commit that is trusted where no release was signed yet.
    pub(in crate::cli) root: Option<&'w str>,
    /// The day that dates are held against.
    pub(in crate::cli) now: Option<Date>,
    /// Where it will be published.
    pub(in crate::cli) base_url: Option<String>,
}

/// A commit that may be published.
pub(in crate::cli) struct Ready {
    pub(in crate::cli) snapshot: Snapshot,
    pub(in crate::cli) options: BuildOptions,
    pub(in crate::cli) today: Date,
}

/// Asks the gate; gives the commit, or what it found.
///
/// # Errors
/// Where nothing is trusted, or git says no.
pub(in crate::cli) fn ready(session: &Session, wanted: &Wanted<'_>) -> Result<Result<Ready, Found>> {
    let commit = history::resolve(&session.root()?, wanted.at.unwrap_or("HEAD"))?;
    let snapshot = session.snapshot(Some(&commit))?;
    let today = session.today(wanted.now, &snapshot);
    // To the day, so that the same day gives the same folder.
    let now = moment(Some(today));
    let Some(anchor) = gate::anchor(session, wanted.root, &commit)? else {
        return Err(advised(
            "nothing is said to be trusted: no release was signed yet",
            "pin a commit of this branch that you have looked at: `--root COMMIT`",
        ));
    };
    let found = gate::branch(session, &anchor, &Tip { commit: &commit, is_disk: false, now, is_last: false })?;
    if !found.objections.is_empty() {
        return Ok(Err(found));
    }
    let project = Content::of(&snapshot).policy.map(|p| p.project.value.to_owned()).unwrap_or_default();
    let mut reviews = review::published(session, &snapshot, Some(&commit), Some(&commit), now)?;
    reviews.debts.extend(review::overdue_confirmations(&Context::new(&snapshot, today)));
    reviews.debts.sort_by(|a, b| (&a.item, &a.owes).cmp(&(&b.item, &b.owes)));
    // The gate has refused a clone that hides its past.
    let past = past::read(&session.root()?, &commit)?.unwrap_or_default();
    let release = Some(ReleaseOf { project, commit, as_of: today });
    let options = BuildOptions { base_url: wanted.base_url.clone(), reviews, past, release, ..BuildOptions::default() };
    Ok(Ok(Ready { snapshot, options, today }))
}
