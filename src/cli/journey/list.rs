//! `signpost journey list`.

use std::fmt::Write;

use anyhow::Result;
use serde_json::{Value, json};

use super::verify::passes;
use crate::check::Context;
use crate::check::judged::{self, Judged};
use crate::cli::Verdict;
use crate::cli::session::Session;
use crate::diag::escape::{json as print_json, visible};
use crate::diag::words::{count, number};
use crate::model::{Item, Kind};

/// List every journey: its questions, screens and endings, safety rules that hold and vignettes that pass
#[derive(clap::Args)]
pub(super) struct Args {
    /// How to print the list
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A few lines each, for people
    Human,
    /// For programs; schemas/cli/journey-list.schema.json describes it
    Json,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(None)?;
    // Nothing that a list shows depends on the day.
    let context = Context::new(&snapshot, session.today(None, &snapshot));
    let items: Vec<&Item<'_>> = context.content.originals().filter(|i| i.kind == Kind::Journey).collect();
    let judged = session.working("Proving", || judged::journeys(&context, &items));
    let entries: Vec<Entry<'_>> = judged.iter().map(Entry::of).collect();
    session.print(&match args.format {
        Format::Human => human(&entries),
        Format::Json => print_json(&json!({ "version": 1, "journeys": entries.iter().map(Entry::json).collect::<Vec<Value>>() })),
    })?;
    Ok(Verdict::Fine)
}

/// One journey of the list.
struct Entry<'a> {
    id: String,
    title: &'a str,
    status: &'static str,
    /// Nothing where the file does not read as a journey.
    facts: Option<Facts>,
}

struct Facts {
    questions: usize,
    screens: usize,
    /// Nothing where some answers come to no ending that can be told.
    endings: Option<usize>,
    /// Safety rules that hold, of so many.
    rules: (usize, usize),
    /// Vignettes that pass, of so many.
    vignettes: (usize, usize),
}

impl<'a> Entry<'a> {
    fn of(judged: &Judged<'_, 'a>) -> Self {
        let facts = judged.proved.as_ref().map(|(journey, proof)| Facts {
            questions: proof.questions,
            screens: proof.screens,
            endings: proof.endings.as_ref().map(Vec::len),
            rules: (proof.safety.iter().filter(|v| v.holds == Some(true)).count(), proof.safety.len()),
            vignettes: (
                journey.vignettes.iter().zip(&proof.vignettes).filter(|(v, r)| passes(v.ends.value, r)).count(),
                journey.vignettes.len(),
            ),
        });
        Self { id: judged.item.id(), title: judged.item.title(), status: judged.item.status().word(), facts }
    }

    fn json(&self) -> Value {
        let facts = self.facts.as_ref();
        json!({
            "id": self.id,
            "title": self.title,
            "status": self.status,
            "questions": facts.map(|f| f.questions),
            "screens": facts.map(|f| f.screens),
            "endings": facts.and_then(|f| f.endings),
            "safety_rules": facts.map(|f| f.rules.1),
            "safety_rules_held": facts.map(|f| f.rules.0),
            "vignettes": facts.map(|f| f.vignettes.1),
            "vignettes_passed": facts.map(|f| f.vignettes.0),
        })
    }
}

fn human(entries: &[Entry<'_>]) -> String {
    let mut out = String::new();
    for entry in entries {
        let status = if entry.status == "live" { String::new() } else { format!(" ({})", entry.status) };
        let _ = writeln!(out, "{}  {}{status}", visible(&entry.id), visible(entry.title));
        let words = entry.facts.as_ref().map_or_else(|| "cannot be read: `signpost check` says why".to_owned(), Facts::words);
        words.lines().for_each(|line| out.push_str(&format!("  {line}\n")));
    }
    out.push_str(if entries.is_empty() {
        "There are no journeys.\n"
    } else {
        "\n`signpost journey verify` proves them and says what does not hold.\n"
    });
    out
}

impl Facts {
    fn words(&self) -> String {
        let endings = self.endings.map_or_else(|| "endings unknown".to_owned(), |n| count(n, "ending"));
        let of = |(good, all): (usize, usize), what: &str, does: &str| match all {
            0 => format!("no {what}"),
            _ => format!("{what}: {} of {} {does}", number(good), number(all)),
        };
        let (rules, vignettes) = (of(self.rules, "safety rules", "hold"), of(self.vignettes, "vignettes", "pass"));
        let size = format!("{}, {}, {endings}", count(self.questions, "question"), count(self.screens, "screen"));
        format!("{size}\n{rules}; {vignettes}")
    }
}
