//! `signpost review verify`: the gate.

use anyhow::Result;
use jiff::civil::Date;
use serde_json::json;

use super::docket::{self, Sources};
use super::gate::{self, Tip};
use super::standing;
use crate::cli::Verdict;
use crate::cli::session::{Session, advised, date};
use crate::diag::escape;
use crate::load::history;

/// Say no unless everything that is live is approved, by the policy and the people of a trusted revision
///
/// For a change, the trusted revision is the branch that it goes to: `--trust origin/main`. On that branch itself it is the last
/// signed release, before the first one the commit that `--root` pins because you have looked at it: every step since then is
/// verified, by the policy and the people of the commit before it and with the records that it holds.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The revision that supplies policy, people and records: the branch that the change goes to
    #[arg(long, value_name = "REV", conflicts_with = "root")]
    trust: Option<String>,
    /// The commit from which on every step of this branch is verified, unless a release was signed since
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

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let now = docket::moment(args.now);
    let found = match &args.trust {
        Some(trust) => gate::change(session, &Sources { tree: None, trusted: trust, branch: trust, now, is_last: true })?,
        None => {
            let head = history::resolve(&session.root()?, "HEAD")?;
            let Some(anchor) = gate::anchor(session, args.root.as_deref(), &head)? else {
                return Err(advised(
                    "nothing is said to be trusted",
                    "for a change: `--trust origin/main`, the branch that it goes to; on that branch, before its first signed release: `--root COMMIT`, one that you have looked at",
                ));
            };
            gate::branch(session, &anchor, &Tip { commit: &head, is_disk: true, now, is_last: true })?
        }
    };
    let text = match args.format {
        Format::Human => gate::human(&found),
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
