//! `signpost hazards`: the hazard log as a table, one file a format.

mod csv;
mod html;
mod human;

use anyhow::Result;
use jiff::civil::Date;
use serde_json::{Value, json};

use super::Verdict;
use super::prose::Style;
use super::session::{Session, date};
use crate::check::hazards::acceptance::Rated;
use crate::check::hazards::{self, Entry, state_word};
use crate::check::{self, Context};
use crate::diag::escape;

/// Print the hazard log: risks, who accepted them, and whether each control holds now
///
/// A control names what holds the hazard down: a safety rule, an item, a check. This looks whether that is there, live, proved
/// or without findings today. The table is made for a safety case.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The log of a git revision instead of the files on disk
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// Hold dates against this day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
    /// How to print the log
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For reading in a terminal
    Human,
    /// For programs; schemas/cli/hazards.schema.json describes it
    Json,
    /// A line for each control, for spreadsheets
    Csv,
    /// One page that prints well on A4 landscape
    Html,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(args.at.as_deref())?;
    let context = Context::new(&snapshot, session.today(args.now, &snapshot));
    let log = session.working("Proving", || hazards::log(&context, &check::run(&context).findings));
    let page = Page::of(&context, &log);
    session.print(&match args.format {
        Format::Human => human::render(&page, Style { color: session.has_color(), width: session.width() }),
        Format::Json => escape::json(&page.json()),
        Format::Csv => csv::render(&page),
        Format::Html => html::render(&page)?,
    })?;
    Ok(if log.iter().all(Entry::is_in_order) { Verdict::Fine } else { Verdict::Findings })
}

/// The log with what stands above and below it.
struct Page<'p, 'c, 'a> {
    site: &'a str,
    day: Date,
    entries: &'p [Entry<'c, 'a>],
}

/// How many there are of what.
struct Counts {
    open: usize,
    not_accepted: usize,
    controls: usize,
    held: usize,
    failing: usize,
    unseen: usize,
}

impl<'p, 'c, 'a> Page<'p, 'c, 'a> {
    fn of(context: &Context<'a>, entries: &'p [Entry<'c, 'a>]) -> Self {
        Self { site: context.content.site.as_ref().map_or("", |s| s.name.value), day: context.today, entries }
    }

    fn counts(&self) -> Counts {
        let controls = || self.entries.iter().flat_map(|e| &e.controls);
        Counts {
            open: self.entries.iter().filter(|e| state_word(e.hazard.state) == "open").count(),
            not_accepted: self.entries.iter().filter(|e| !e.acceptance.is_in_order()).count(),
            controls: controls().count(),
            held: controls().filter(|c| c.holds == Some(true)).count(),
            failing: controls().filter(|c| c.holds == Some(false)).count(),
            unseen: controls().filter(|c| c.holds.is_none()).count(),
        }
    }

    /// The whole log as data; the HTML page is written from the same.
    fn json(&self) -> Value {
        let counts = self.counts();
        json!({
            "version": 1,
            "site": self.site,
            "date": self.day.to_string(),
            "hazards": self.entries.iter().map(entry).collect::<Vec<Value>>(),
            "summary": {
                "hazards": self.entries.len(),
                "open": counts.open,
                "not_accepted": counts.not_accepted,
                "controls": counts.controls,
                "controls_held": counts.held,
                "controls_failing": counts.failing,
                "controls_not_checked": counts.unseen,
            },
        })
    }
}

fn entry(entry: &Entry<'_, '_>) -> Value {
    let (item, hazard) = (entry.item, entry.hazard);
    let controls = entry
        .controls
        .iter()
        .map(|c| json!({ "text": c.text, "type": c.ty, "by": c.by, "holds": c.holds, "evidence": c.evidence, "effective": c.effective }));
    json!({
        "id": item.id(),
        "title": item.title(),
        "status": item.status().word(),
        "state": state_word(hazard.state),
        "owner": item.common.owner.map(|o| o.value),
        "cause": hazard.cause.map(|t| t.value),
        "effect": hazard.effect.map(|t| t.value),
        "harm": hazard.harm.map(|t| t.value),
        "existing_controls": hazard.existing_controls.iter().map(|t| t.value).collect::<Vec<_>>(),
        "initial": entry.initial.as_ref().map(rated),
        "residual": entry.residual.as_ref().map(rated),
        "accepted_by": hazard.accepted_by.map(|r| r.value),
        "acceptance": entry.acceptance.word(),
        "controls": controls.collect::<Vec<Value>>(),
        "safety_rules": entry.rules.iter().map(|(rule, holds)| json!({ "rule": rule, "holds": holds })).collect::<Vec<Value>>(),
        "in_order": entry.is_in_order(),
    })
}

fn rated(rated: &Rated<'_, '_>) -> Value {
    json!({
        "severity": rated.risk.severity,
        "severity_label": rated.severity,
        "likelihood": rated.risk.likelihood,
        "likelihood_label": rated.likelihood,
        "risk": rated.level.map(|l| l.level),
        "risk_label": rated.level.map(|l| l.label.value),
        "obliges": rated.level.map(|l| l.obliges.value),
        "may_accept": rated.level.map(|l| l.accepted_by.iter().map(|r| r.value).collect::<Vec<_>>()),
    })
}

/// Whether a control holds, for people.
fn holds_in_words(holds: Option<bool>) -> &'static str {
    match holds {
        Some(true) => "holds",
        Some(false) => "DOES NOT HOLD",
        None => "not checked here",
    }
}
