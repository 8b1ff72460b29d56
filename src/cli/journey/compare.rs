//! `signpost journey compare`.

use std::fmt::Write;

use anyhow::Result;
use num_bigint::BigUint;

use super::find;
use crate::cli::Verdict;
use crate::cli::prose::wrap;
use crate::cli::session::{Session, advised};
use crate::diag::escape::{json, visible};
use crate::diag::words::number;
use crate::journey::compare::{Behaviour, Direction, Move, Version, compare};
use crate::journey::diagram::limit;
use crate::model::{Content, Item, Kind};

/// Say which answers end elsewhere than in another revision, how many, and whether that is more urgent or less
///
/// Compares the working tree with a revision, for every complete answer to the questions of both. A difference is no
/// finding: the exit status is 0 unless a version cannot be compared.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The journey: journey/low-mood, or its name alone
    #[arg(value_name = "ID")]
    id: String,
    /// The git revision to compare with
    #[arg(long, value_name = "REV")]
    against: String,
    /// How to print what differs
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// In words, the less urgent first
    Human,
    /// For programs; schemas/cli/compare.schema.json describes it
    Json,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let (now, then) = (session.snapshot(None)?, session.snapshot(Some(&args.against))?);
    let (new, old) = (Content::of(&now), Content::of(&then));
    let item = find(&new, &args.id)?;
    let before = former(item, &old).ok_or_else(|| {
        let message = format!("there is no `{}` at {}", item.id(), args.against);
        advised(message, "compare with a later revision, or say in `was` which journey it was before")
    })?;
    let limit = limit(&new);
    let (old, new) = (version(before, &old)?, version(item, &new)?);
    let behaviour = match session.working("Comparing", || compare(&old, &new, limit)) {
        Ok(behaviour) => behaviour,
        Err(problem) => {
            let help = "`signpost check` says more; `signpost check --at REV` does for the old version";
            session.error(&advised(format!("`{}` cannot be compared: {problem}", item.id()), help));
            return Ok(Verdict::Findings);
        }
    };
    let text = match args.format {
        Format::Json => json(&versioned(&behaviour)),
        Format::Human => Page { old: &old, new: &new, width: session.width(), out: String::new() }.tell(&behaviour, item, &args.against),
    };
    session.print(&text)?;
    Ok(Verdict::Fine)
}

/// The journey as it was, under the same name or under one that it had.
fn former<'c, 'a>(item: &Item<'_>, old: &'c Content<'a>) -> Option<&'c Item<'a>> {
    let names = std::iter::once(item.name).chain(item.common.was.iter().map(|was| was.value));
    names.into_iter().find_map(|name| old.named(Kind::Journey, name))
}

fn version<'c, 'a>(item: &'c Item<'a>, content: &'c Content<'a>) -> Result<Version<'c, 'a>> {
    let journey = item.journey().ok_or_else(|| {
        advised(format!("`{}` cannot be read as a journey in {}", item.id(), item.file.path), "`signpost check` says what is wrong")
    })?;
    Ok(Version { name: item.name, journey, content })
}

fn versioned(behaviour: &Behaviour<'_>) -> serde_json::Value {
    let mut value = serde_json::json!({ "version": 1 });
    if let (Some(all), serde_json::Value::Object(own)) = (value.as_object_mut(), behaviour.to_json()) {
        all.extend(own);
    }
    value
}

struct Page<'p, 'a> {
    old: &'p Version<'p, 'a>,
    new: &'p Version<'p, 'a>,
    width: usize,
    out: String,
}

impl Page<'_, '_> {
    fn tell(mut self, behaviour: &Behaviour<'_>, item: &Item<'_>, against: &str) -> String {
        self.line(0, &format!("{}: what differs from {against}", item.id()));
        self.out.push('\n');
        let all = number(&behaviour.combinations);
        if behaviour.is_same() {
            self.line(0, &format!("Nothing: each of the {all} combinations of answers ends where it did. This is proved."));
        } else {
            let share = percent(&behaviour.changed, &behaviour.combinations);
            self.line(0, &format!("{} of {all} combinations of answers end elsewhere ({share}).", number(&behaviour.changed)));
            self.line(0, "These are combinations of answers, not people: some are far more common than others.");
        }
        let mut last = None;
        for moved in &behaviour.moves {
            if last != Some(moved.direction) {
                self.out.push('\n');
                self.line(0, heading(moved.direction));
                last = Some(moved.direction);
            }
            self.moved(moved, &behaviour.combinations);
        }
        if !behaviour.vignettes.is_empty() {
            self.out.push('\n');
            self.line(0, "Vignettes that end elsewhere");
            for vignette in &behaviour.vignettes {
                let (from, to) = (self.ending(self.old, vignette.from.as_deref()), self.ending(self.new, vignette.to.as_deref()));
                self.line(2, &format!("“{}”: {from} → {to}", vignette.name));
            }
        }
        self.out
    }

    fn moved(&mut self, moved: &Move<'_>, all: &BigUint) {
        let (from, to) = (self.ending(self.old, moved.from.as_deref()), self.ending(self.new, moved.to.as_deref()));
        self.line(2, &format!("{from} → {to}"));
        let noun = if moved.combinations == BigUint::from(1_u8) { "combination" } else { "combinations" };
        self.line(4, &format!("{} {noun} ({}), for example", number(&moved.combinations), percent(&moved.combinations, all)));
        if moved.words.is_empty() {
            self.line(6, "whatever is answered");
        }
        for (question, answer) in &moved.words {
            self.line(6, &format!("{question} {answer}"));
        }
    }

    /// An ending with the level that a version gives it.
    fn ending(&self, version: &Version<'_, '_>, id: Option<&str>) -> String {
        let Some(id) = id else { return "no ending".to_owned() };
        let outcome = version.content.get(id).and_then(|item| item.outcome());
        let level = outcome.and_then(|outcome| version.content.level_of(outcome)).map(|level| level.label.value);
        level.map_or_else(|| id.to_owned(), |level| format!("{id} ({level})"))
    }

    fn line(&mut self, indent: usize, text: &str) {
        for (n, line) in wrap(text, self.width.min(80).saturating_sub(indent + 2)).iter().enumerate() {
            let lead = " ".repeat(if n > 0 && indent > 0 { indent + 2 } else { indent });
            let _ = writeln!(self.out, "{lead}{}", visible(line));
        }
    }
}

fn heading(direction: Direction) -> &'static str {
    match direction {
        Direction::LessUrgent => "Less urgent than before",
        Direction::Unknown => "More urgent or less: cannot be said (counts as less urgent in a review)",
        Direction::SameUrgency => "As urgent as before",
        Direction::MoreUrgent => "More urgent than before",
    }
}

/// A part in a hundred, to one place; never all of it where something is left.
fn percent(part: &BigUint, whole: &BigUint) -> String {
    let thousandths: u64 = ((part * 2_000_u32 + whole) / (whole * 2_u32)).try_into().unwrap_or(1_000);
    match thousandths {
        1_000 if part < whole => "more than 99.9%".to_owned(),
        0 => "less than 0.1%".to_owned(),
        n if n.is_multiple_of(10) => format!("{}%", n / 10),
        n => format!("{}.{}%", n / 10, n % 10),
    }
}
