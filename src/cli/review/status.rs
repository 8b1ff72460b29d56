//! `signpost review status`.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::Result;
use jiff::civil::Date;
use serde_json::json;

use super::docket::{self, Docket, Sources};
use super::standing;
use crate::cli::Verdict;
use crate::cli::session::{Session, date, unknown};
use crate::diag::escape::{self, visible};
use crate::model::suggest;
use crate::review::Judgement;

/// Show what is approved, what still needs whose approval, and what is owed
///
/// Judged by the policy and the people of the branch that changes go to. Exit status 1 while an approval is missing.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Only these items
    #[arg(value_name = "ITEM")]
    items: Vec<String>,
    /// Only what this person could approve
    #[arg(long = "for", value_name = "REVIEWER")]
    reviewer: Option<String>,
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
    /// For programs: schema `cli/review-status`
    Json,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let branch = docket::main_branch(session)?;
    let sources = Sources { tree: None, trusted: branch, branch, now: docket::moment(args.now), is_last: true };
    docket::open(session, &sources, |docket| {
        let judgements = chosen(docket, args)?;
        let faults: Vec<_> = docket.court.votes.faults.iter().collect();
        let text = match args.format {
            Format::Human => human(docket, args, &judgements),
            Format::Json => escape::json(&json!({
                "version": 1,
                "trusted": docket.trusted,
                "items": judgements.iter().map(standing::data).collect::<Vec<_>>(),
                "debts": judgements.iter().flat_map(|j| &j.debts).map(standing::debt_data).collect::<Vec<_>>(),
                "faults": faults.iter().map(|(path, fault)| json!({"file": path, "says": fault.to_string()})).collect::<Vec<_>>(),
            })),
        };
        session.print(&text)?;
        let is_missing = judgements.iter().any(|j| !j.is_approved) || (args.items.is_empty() && !faults.is_empty());
        Ok(if is_missing { Verdict::Findings } else { Verdict::Fine })
    })
}

fn chosen(docket: &Docket<'_>, args: &Args) -> Result<Vec<Judgement>> {
    let court = docket.court;
    let subjects = court.subjects();
    for id in &args.items {
        if court.items.get(id).is_none() && !subjects.contains(id) {
            let near = suggest(id, court.items.by_id.keys().map(String::as_str));
            return Err(unknown(
                format!("there is no item `{}`", visible(id)),
                near,
                "an item is named by its kind and name, for example `topic/sleep`",
            ));
        }
    }
    if let Some(id) = &args.reviewer
        && court.people.get(id).is_none()
    {
        let near = suggest(id, court.people.all.iter().map(|s| s.person.id.value));
        return Err(unknown(format!("there is no reviewer `{}`", visible(id)), near, "people are in reviews/reviewers.yaml"));
    }
    let ids = if args.items.is_empty() { &subjects } else { &args.items };
    let could = |j: &Judgement| args.reviewer.as_ref().is_none_or(|id| j.needs.iter().any(|n| n.from.contains(id)));
    Ok(court.judge_all(ids).into_iter().filter(could).collect())
}

fn human(docket: &Docket<'_>, args: &Args, judgements: &[Judgement]) -> String {
    let mut out = String::new();
    let is_asked = !args.items.is_empty();
    for judgement in judgements.iter().filter(|j| is_asked || !j.is_approved || !matches!(j.state.word(), "approved" | "retired")) {
        out.push_str(&standing::words(judgement));
    }
    for (path, fault) in &docket.court.votes.faults {
        let _ = writeln!(out, "{}: {}", visible(path), visible(&fault.to_string()));
    }
    out.push_str(&standing::debts(judgements.iter().flat_map(|j| &j.debts)));
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    judgements.iter().for_each(|j| *counts.entry(j.state.word()).or_default() += 1);
    let counts: Vec<String> = counts.iter().map(|(word, count)| format!("{count} {word}")).collect();
    let counts = if counts.is_empty() { "nothing".to_owned() } else { counts.join(", ") };
    let _ = writeln!(out, "{counts}");
    out
}
