//! `signpost due`: what is to be reviewed or confirmed again, by owner.

mod ics;

use std::fmt::Write as _;

use anyhow::Result;
use jiff::ToSpan;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use serde_json::json;

use super::session::{Session, date};
use super::{Verdict, review};
use crate::check::Context;
use crate::check::due::{self, Due, Sort};
use crate::diag::escape::{self, visible};
use crate::model::{Content, Kind};

/// List what is to be reviewed or confirmed again, and what is owed, by owner
///
/// Reviews that run out, services whose details have to be confirmed, ends of channels and assessments, and debts with their
/// deadlines. Exit status 1 where something is overdue: for a nightly job, so that nobody's pull request fails because of it.
#[derive(clap::Args)]
pub(super) struct Args {
    /// How many days ahead to look
    #[arg(long, value_name = "DAYS", default_value_t = 30, value_parser = clap::value_parser!(i64).range(0..=36500))]
    within: i64,
    /// Count from this day, YYYY-MM-DD [default: today]
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
    /// For programs: schema `cli/due`
    Json,
    /// For a calendar: iCalendar (RFC 5545)
    Ics,
}

/// What is due, with what all formats say of it.
struct List<'l> {
    site: &'l str,
    host: &'l str,
    project: &'l str,
    today: Date,
    within: i64,
    rows: Vec<Row>,
}

/// Something that is due, with the title of its item.
struct Row {
    due: Due,
    title: String,
}

impl List<'_> {
    fn is_overdue(&self, row: &Row) -> bool {
        row.due.on < self.today
    }

    fn overdue(&self) -> usize {
        self.rows.iter().filter(|r| self.is_overdue(r)).count()
    }
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(None)?;
    let today = session.today(args.now, &snapshot);
    let context = Context::new(&snapshot, today);
    let mut all = due::all(&context);
    for judgement in review::judgements(session, &snapshot, review::moment(args.now))? {
        let owner = owner(&context.content, &judgement.id);
        if let Some(on) = judgement.due {
            // The earlier of the policy's day and the editors' own.
            all.retain(|d| !(d.sort == Sort::Review && d.item == judgement.id && d.part == "review_by"));
            let last = judgement.reviewed.map_or_else(String::new, |day| format!(", last reviewed on {day}"));
            let says = format!("review all of it{last}");
            all.push(Due { on, item: judgement.id.clone(), sort: Sort::Review, part: String::new(), says, owner: owner.clone() });
        }
        for debt in judgement.debts.into_iter().filter(|d| !d.is_expiry) {
            let on = debt.due.to_zoned(TimeZone::UTC).date();
            all.push(Due { on, item: debt.item, sort: Sort::Debt, part: debt.owes.clone(), says: debt.owes, owner: owner.clone() });
        }
    }
    let last = today.saturating_add(args.within.days());
    all.retain(|d| d.on <= last);
    all.sort_by(|a, b| (&a.owner, a.on, &a.item, a.sort, &a.part).cmp(&(&b.owner, b.on, &b.item, b.sort, &b.part)));
    let content = &context.content;
    let rows = all.into_iter().map(|due| Row { title: title(content, &due.item), due }).collect();
    let site = content.site.as_ref();
    let host = site.and_then(|s| s.base_url.value.split("://").nth(1)?.split(['/', ':']).next()).unwrap_or("localhost");
    let list = List {
        site: site.map_or("", |s| s.name.value),
        host,
        project: content.policy.as_ref().map_or("", |p| p.project.value),
        today,
        within: args.within,
        rows,
    };
    session.print(&match args.format {
        Format::Human => human(&list),
        Format::Json => escape::json(&data(&list)),
        Format::Ics => ics::calendar(&list),
    })?;
    Ok(if list.overdue() == 0 { Verdict::Fine } else { Verdict::Findings })
}

fn owner(content: &Content<'_>, id: &str) -> Option<String> {
    content.get(without_language(id))?.common.owner.map(|o| o.value.to_owned())
}

fn title(content: &Content<'_>, id: &str) -> String {
    content.get(without_language(id)).map_or_else(|| id.to_owned(), |i| i.title().to_owned())
}

/// The id of the original of a translation.
fn without_language(id: &str) -> &str {
    match Kind::split(id) {
        Some((_, name)) => &id[..id.len() - name.split_once('.').map_or(0, |(_, language)| language.len() + 1)],
        None => id,
    }
}

fn human(list: &List<'_>) -> String {
    let mut out = String::new();
    let mut before: Option<&Option<String>> = None;
    for row in &list.rows {
        if before != Some(&row.due.owner) {
            let name = row.due.owner.as_deref().unwrap_or("nobody is named as owner");
            let _ = writeln!(out, "{}{}", if before.is_some() { "\n" } else { "" }, visible(name));
            before = Some(&row.due.owner);
        }
        let mark = if list.is_overdue(row) { "OVERDUE" } else { "due    " };
        let _ = writeln!(out, "  {mark} {}  {}: {}", row.due.on, visible(&row.due.item), visible(&row.due.says));
    }
    let overdue = list.overdue();
    let soon = list.rows.len() - overdue;
    let ahead = if list.within == 1 { "day".to_owned() } else { format!("{} days", list.within) };
    let _ = match list.rows.len() {
        0 => writeln!(out, "nothing is due within the next {ahead}"),
        _ => writeln!(out, "\n{overdue} overdue, {soon} due within the next {ahead}"),
    };
    out
}

fn data(list: &List<'_>) -> serde_json::Value {
    let rows = list.rows.iter().map(|row| {
        json!({
            "on": row.due.on.to_string(),
            "overdue": list.is_overdue(row),
            "sort": row.due.sort.word(),
            "item": row.due.item,
            "title": row.title,
            "owner": row.due.owner,
            "says": row.due.says,
        })
    });
    json!({
        "version": 1,
        "date": list.today.to_string(),
        "within": list.within,
        "due": rows.collect::<Vec<_>>(),
        "summary": {"overdue": list.overdue(), "soon": list.rows.len() - list.overdue()},
    })
}
