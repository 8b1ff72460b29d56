//! `signpost review log`.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::{Value, json};

use super::docket::{self, Docket, Sources};
use crate::cli::Verdict;
use crate::cli::session::Session;
use crate::diag::escape::{self, visible};
use crate::load::history::{self, Arrival};
use crate::review::Entry;

/// Print the audit trail: who decided what on which version, when, with which key
///
/// From the records themselves and from when git says that they came to the branch that changes go to.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Only decisions on this item
    #[arg(value_name = "ITEM")]
    item: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: schema `cli/review-log`
    Json,
    /// For a spreadsheet
    Csv,
}

const COLUMNS: [&str; 17] = [
    "date",
    "arrived",
    "item",
    "decision",
    "class",
    "scope",
    "reviewer",
    "name",
    "registration",
    "role",
    "key",
    "fingerprint",
    "from",
    "comment",
    "because",
    "counts",
    "hash",
];

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let branch = docket::main_branch(session)?;
    let sources = Sources { tree: None, trusted: branch, branch, now: docket::moment(None), is_last: false };
    docket::open(session, &sources, |docket| {
        let arrivals = history::arrivals(docket.snapshot.root(), branch, "reviews/records")?;
        let mut entries: Vec<&Entry<'_>> = docket.ledger.entries.values().flatten().collect();
        entries.retain(|e| args.item.as_ref().is_none_or(|id| id == e.record.item.value));
        entries.sort_by(|a, b| (a.date, &a.file.path).cmp(&(b.date, &b.file.path)));
        let rows: Vec<Value> = entries.iter().map(|e| row(docket, e, arrivals.get(&e.file.path))).collect();
        session.print(&match args.format {
            Format::Human => rows.iter().map(human).collect(),
            Format::Json => escape::json(&json!({"version": 1, "records": rows})),
            Format::Csv => csv(&rows),
        })?;
        Ok(Verdict::Fine)
    })
}

fn row(docket: &Docket<'_>, entry: &Entry<'_>, arrival: Option<&Arrival>) -> Value {
    let draft = &entry.draft;
    let person = docket.court.people.get(&draft.reviewer).map(|s| s.person);
    let faults = docket.court.votes.faults.iter();
    let fault = faults.filter(|(path, _)| *path == entry.file.path).map(|(_, fault)| fault.to_string()).next();
    let vote = docket.court.votes.on(&draft.item).iter().find(|v| v.entry.hash == entry.hash);
    let counts = fault.or_else(|| vote.and_then(|v| v.ignored.clone()));
    let arrived = arrival.and_then(|a| jiff::Timestamp::from_second(a.time).ok()).map(|t| t.strftime("%Y-%m-%dT%H:%M:%SZ").to_string());
    json!({
        "date": draft.date,
        "arrived": arrived,
        "item": draft.item,
        "decision": draft.decision,
        "class": draft.class,
        "scope": draft.scope,
        "reviewer": draft.reviewer,
        "name": person.map(|p| p.name.value),
        "registration": person.and_then(|p| p.registration).map(|r| r.value),
        "role": draft.role,
        "key": entry.key(),
        "fingerprint": draft.fingerprint,
        "from": draft.from,
        "comment": draft.comment,
        "because": draft.because,
        "counts": counts.unwrap_or_else(|| "yes".to_owned()),
        "hash": entry.hash,
    })
}

fn human(row: &Value) -> String {
    let text = |key: &str| visible(row[key].as_str().unwrap_or("")).into_owned();
    let mut out = format!("{} {} {} by {} ({})\n", text("date"), text("decision"), text("item"), text("reviewer"), text("role"));
    let _ = writeln!(
        out,
        "  {} of class {}, {}",
        if row["fingerprint"].is_null() { "removal" } else { "version" },
        text("class"),
        text("fingerprint")
    );
    let arrived = row["arrived"].as_str().map_or_else(|| "not yet on the branch that changes go to".to_owned(), |t| format!("arrived {t}"));
    let _ = writeln!(out, "  {arrived}; {}; record {}", text("key"), text("hash"));
    for key in ["comment", "because"] {
        if row[key].is_string() {
            let _ = writeln!(out, "  {key}: {}", text(key));
        }
    }
    if row["counts"] != "yes" {
        let _ = writeln!(out, "  does not count: {}", text("counts"));
    }
    out
}

fn csv(rows: &[Value]) -> String {
    let mut out = COLUMNS.join(",") + "\n";
    for row in rows {
        let cells: Vec<String> = COLUMNS.iter().map(|column| cell(row[*column].as_str().unwrap_or(""))).collect();
        out.push_str(&(cells.join(",") + "\n"));
    }
    out
}

/// Always in quotation marks; what a spreadsheet would take for a formula begins with an apostrophe.
fn cell(text: &str) -> String {
    let guard = if text.starts_with(['=', '+', '-', '@']) { "'" } else { "" };
    format!("\"{guard}{}\"", visible(text).replace('"', "\"\""))
}
