//! `signpost review verify`: the gate.

use std::fmt::Write as _;

use anyhow::Result;
use jiff::Timestamp;
use jiff::civil::Date;
use serde_json::json;

use super::docket::{self, Docket, Sources};
use super::standing;
use crate::cli::Verdict;
use crate::cli::session::{Session, advised, date};
use crate::diag::escape::{self, visible};
use crate::load::{Snapshot, history};
use crate::model::Content;
use crate::review::{self, Judgement, Objection};

/// Say no unless everything that is live is approved, by the policy and the people of a trusted revision
///
/// For a change, the trusted revision is the branch that it goes to: `--trust origin/main`. On that branch itself, `--root` pins a
/// commit that you have looked at, and every step since then is verified.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The revision that supplies policy, people and records: the branch that the change goes to
    #[arg(long, value_name = "REV", conflicts_with = "root")]
    trust: Option<String>,
    /// The commit from which on every step of this branch is verified
    #[arg(long, value_name = "COMMIT")]
    root: Option<String>,
    /// Hold dates against this day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: schema `cli/review-verify`
    Json,
}

/// What the gate found.
#[derive(Default)]
struct Found {
    trusted: String,
    judgements: Vec<Judgement>,
    objections: Vec<Objection>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let now = docket::moment(args.now);
    let found = match (&args.trust, &args.root) {
        (Some(trust), _) => step(session, &Sources { tree: None, trusted: trust, branch: trust, now }),
        (None, Some(root)) => since(session, root, now),
        (None, None) => Err(advised(
            "nothing is said to be trusted",
            "for a change: `--trust origin/main`, the branch that it goes to; on that branch: `--root COMMIT`, one that you have looked at",
        )),
    }?;
    let text = match args.format {
        Format::Human => human(&found),
        Format::Json => escape::json(&json!({
            "version": 1,
            "approved": found.objections.is_empty(),
            "trusted": found.trusted,
            "objections": found.objections.iter().map(standing::objection_data).collect::<Vec<_>>(),
            "items": found.judgements.iter().map(standing::data).collect::<Vec<_>>(),
            "debts": found.judgements.iter().flat_map(|j| &j.debts).map(standing::debt_data).collect::<Vec<_>>(),
        })),
    };
    session.print(&text)?;
    Ok(if found.objections.is_empty() { Verdict::Fine } else { Verdict::Findings })
}

/// One tree against one trusted revision.
fn step(session: &Session, sources: &Sources<'_>) -> Result<Found> {
    docket::open(session, sources, |docket: &Docket<'_>| {
        let (judgements, mut of_items) = docket.court.session();
        let mut objections = docket.objections.clone();
        objections.append(&mut of_items);
        Ok(Found { trusted: docket.trusted.to_owned(), judgements, objections })
    })
}

/// Every first-parent step since a commit, and what is on disk against the last of them.
fn since(session: &Session, root: &str, now: Timestamp) -> Result<Found> {
    let repository = session.root()?;
    let pinned = history::resolve(&repository, root)?;
    let steps = history::steps(&repository, "HEAD")?;
    let Some(start) = steps.iter().position(|s| *s == pinned) else {
        return Err(advised(
            format!("{} is no step of this branch", short(&pinned)),
            "a root is a commit that the branch itself went through, not one of a branch that was merged",
        ));
    };
    let mut objections = Vec::new();
    let mut before = Snapshot::from_git(&repository, &pinned)?;
    for pair in steps[start..].windows(2) {
        let (parent, child) = (&pair[0], &pair[1]);
        let tree = Snapshot::from_git(&repository, child)?;
        let mut found = {
            let contents = (Content::of(&tree), Content::of(&before));
            review::against((&tree, &contents.0), (&before, &contents.1))
        };
        let text = |snapshot: &Snapshot, path: &str| snapshot.file(path).map(|f| f.text.clone());
        let is_changed = ["reviews/policy.yaml", "reviews/reviewers.yaml"].iter().any(|p| text(&tree, p) != text(&before, p));
        if is_changed {
            // Who decides from here on was decided by those who decided before.
            found = step(session, &Sources { tree: Some(child), trusted: parent, branch: "HEAD", now })?.objections;
        }
        objections.extend(found.into_iter().map(|o| Objection { about: format!("{} in {}", o.about, short(child)), ..o }));
        before = tree;
    }
    let mut found = step(session, &Sources { tree: None, trusted: "HEAD", branch: "HEAD", now })?;
    objections.append(&mut found.objections);
    // What the root had live and nobody has now went away in some step: its removal needs approval like any other.
    let last = step(session, &Sources { tree: None, trusted: &pinned, branch: "HEAD", now })?;
    let gone = last.judgements.into_iter().filter(|j| j.fingerprint.is_none() && !j.is_approved);
    objections.extend(gone.map(|j| Objection { about: j.id.clone(), says: j.words(), help: None }));
    Ok(Found { trusted: pinned, judgements: found.judgements, objections })
}

fn short(commit: &str) -> &str {
    commit.get(..10).unwrap_or(commit)
}

fn human(found: &Found) -> String {
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
