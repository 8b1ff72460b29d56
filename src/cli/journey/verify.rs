//! `signpost journey verify`: what is proved, as JSON; `proof` says the same to people.

use anyhow::Result;
use serde_json::{Map, Value, json};

use super::proof;
use crate::check::Context;
use crate::check::judged::{self, Judged};
use crate::cli::Verdict;
use crate::cli::prose::Style;
use crate::cli::session::Session;
use crate::diag::places::Places;
use crate::diag::{self, Severity, escape};
use crate::journey::trace::Answers;
use crate::journey::verify::{Problem, Verification};
use crate::journey::vignette::Replayed;
use crate::load::Snapshot;
use crate::model::{Item, Journey, Kind};

/// Prove journeys: where every combination of answers ends, and whether every safety rule holds
///
/// Every combination is looked at, none is sampled, and the counts are exact. A rule that does not hold is shown with the
/// shortest answers that break it.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The journeys: journey/low-mood [default: all]
    #[arg(value_name = "ID")]
    ids: Vec<String>,
    /// Prove a git revision instead of the files on disk
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// How to print what is proved
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// For people, such as a Clinical Safety Officer
    Human,
    /// For programs; schemas/cli/journey-verify.schema.json describes it
    Json,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(args.at.as_deref())?;
    let context = Context::new(&snapshot, session.today(None, &snapshot));
    let mut items: Vec<&Item<'_>> = match args.ids.as_slice() {
        [] => context.content.originals().filter(|i| i.kind == Kind::Journey).collect(),
        ids => ids.iter().map(|id| super::find(&context.content, id)).collect::<Result<_>>()?,
    };
    let mut seen = std::collections::HashSet::new();
    items.retain(|item| seen.insert(item.name));
    let started = std::time::Instant::now();
    let judged = session.working("Proving", || judged::journeys(&context, &items));
    session.detail(format_args!("proved {} journeys in {} ms", judged.len(), started.elapsed().as_millis()));
    session.print(&match args.format {
        Format::Human => {
            let style = Style { color: session.has_color(), width: session.width() };
            proof::Page { context: &context, snapshot: &snapshot, style }.write(&judged)
        }
        Format::Json => json(&judged, &snapshot),
    })?;
    Ok(if judged.iter().all(holds) { Verdict::Fine } else { Verdict::Findings })
}

/// Whether nothing is wrong with a journey that has to be put right; in a draft, nothing has to yet.
pub(super) fn holds(judged: &Judged<'_, '_>) -> bool {
    judged.findings.iter().all(|f| f.severity != Severity::Error)
}

/// Whether a vignette ends where it says.
pub(super) fn passes(says: &str, replayed: &Replayed) -> bool {
    matches!(replayed, Replayed::Ends(Some(end)) if end == says)
}

/// Whether too many situations had to be told apart for anything to be said.
pub(super) fn is_entangled(proof: &Verification<'_>) -> bool {
    proof.problems.iter().any(|p| matches!(p, Problem::Entangled(_)))
}

fn json(judged: &[Judged<'_, '_>], snapshot: &Snapshot) -> String {
    let mut places = Places::new(snapshot);
    let journeys: Vec<Value> = judged
        .iter()
        .map(|j| {
            let mut out = Map::new();
            out.insert("id".to_owned(), j.item.id().into());
            match &j.proved {
                Some((journey, proof)) => proved(journey, proof, &mut out),
                None => unread(&mut out),
            }
            out.insert("findings".to_owned(), j.findings.iter().map(|f| diag::json::finding(f, &mut places)).collect());
            out.into()
        })
        .collect();
    escape::json(&json!({ "version": 1, "journeys": journeys }))
}

fn proved(journey: &Journey<'_>, proof: &Verification<'_>, out: &mut Map<String, Value>) {
    // Where the journey is too entangled from the start, nothing was counted.
    let is_counted = !(is_entangled(proof) && proof.screens == 0);
    let answers = |answers: &Option<Answers<'_>>| answers.as_ref().map_or(Value::Null, Answers::to_json);
    let endings = proof.endings.as_ref().map(|all| {
        let ending = |e: &crate::journey::verify::Ending<'_>| {
            json!({ "id": e.id, "acuity": e.acuity, "paths": e.paths.to_string(), "example": e.example.to_json() })
        };
        all.iter().map(ending).collect::<Vec<_>>()
    });
    let safety = journey.safety.iter().zip(&proof.safety).map(|(rule, verdict)| {
        let mut out = json!({ "id": verdict.id, "holds": verdict.holds, "counterexample": answers(&verdict.counterexample) });
        if rule.monotone.is_some() {
            out["counterexample_more"] = answers(&verdict.counterexample_more);
        }
        out
    });
    let vignettes = journey.vignettes.iter().enumerate().map(|(n, vignette)| {
        let replayed = proof.vignettes.get(n);
        let ends = replayed.and_then(|r| if let Replayed::Ends(end) = r { end.as_deref() } else { None });
        json!({ "name": vignette.name.value, "passes": replayed.is_some_and(|r| passes(vignette.ends.value, r)), "ends": ends })
    });
    out.insert("questions".to_owned(), proof.questions.into());
    out.insert("screens".to_owned(), is_counted.then_some(proof.screens).into());
    out.insert("paths".to_owned(), is_counted.then(|| proof.paths.to_string()).into());
    out.insert("endings".to_owned(), endings.into());
    out.insert("safety".to_owned(), safety.collect());
    out.insert("vignettes".to_owned(), vignettes.collect());
}

fn unread(out: &mut Map<String, Value>) {
    for name in ["questions", "screens", "paths", "endings"] {
        out.insert(name.to_owned(), Value::Null);
    }
    out.insert("safety".to_owned(), Value::Array(Vec::new()));
    out.insert("vignettes".to_owned(), Value::Array(Vec::new()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_entangled_journey_never_passes() {
        let journey = "title: J\nstart: a\nsteps:\n  a: {ask: A?, answers: {x: {label: X}, y: {label: Y}}, go: b}\n  b: {ask: B?, answers: {x: {label: X}, y: {label: Y}}, go: c}\n  c:\n    decide: [{when: {all: [{answer: a, is: x}, {answer: b, is: x}]}, go: outcome/o}]\n    otherwise: outcome/o\nsafety: [{id: r, asks: a}]\n";
        let snapshot =
            Snapshot::from_texts([("content/journeys/j.yaml", journey), ("content/outcomes/o.md", "---\ntitle: O\nacuity: low\n---\n")]);
        let mut context = Context::new(&snapshot, jiff::civil::date(2026, 11, 22));
        context.journey_limit = 2;
        let items: Vec<&Item<'_>> = context.content.journeys().map(|(item, _)| item).collect();
        let judged = judged::journeys(&context, &items);
        assert!(!judged.iter().all(holds));
        let value: Value = serde_json::from_str(&json(&judged, &snapshot)).unwrap();
        let schema = serde_json::from_str(crate::schema::text("cli/journey-verify").unwrap()).unwrap();
        assert!(jsonschema::is_valid(&schema, &value), "{value:#}");
        let one = &value["journeys"][0];
        assert!(one["endings"].is_null() && one["paths"].is_null() && one["safety"][0]["holds"].is_null() && one["questions"] == 2);
        assert!(one["findings"].as_array().unwrap().iter().any(|f| f["code"] == "J039" && f["notes"][0].as_str().unwrap().contains("`a`")));
        let page = proof::Page { context: &context, snapshot: &snapshot, style: Style { color: false, width: 80 } };
        let text = page.write(&judged);
        assert!(text.contains("Too entangled") && text.contains("NOT PROVED: r") && text.contains("To be put right: journey/j"), "{text}");
        let own = text.lines().take_while(|l| !l.contains("What is wrong"));
        assert!(own.into_iter().all(|l| l.chars().count() <= 80), "{text}");
    }
}
