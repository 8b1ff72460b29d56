//! `signpost serve`.

use std::path::Path;
use std::time::Instant;

use anyhow::{Context as _, Result};
use jiff::civil::Date;

use super::session::{Session, advised, date};
use super::{Verdict, review};
use crate::check::{self, Context};
use crate::diag::escape::visible;
use crate::diag::words::count;
use crate::diag::{Finding, Severity, human};
use crate::load::Snapshot;
use crate::review::Published;
use crate::serve::watch::Watch;
use crate::serve::{self, Told, Turn};
use crate::site::{self, BuildOptions};
use crate::source::Lines;

/// Columns of an excerpt over a page.
const WIDTH: usize = 100;

/// Show the site as you write it: drafts marked, rebuilt and reloaded on save, with what is wrong over the page
///
/// Only this machine can reach it, and only with the address that is printed, which is another one each time. Nothing is written
/// to disk. While there is an error the last good version stays.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The port; 0 takes a free one
    #[arg(long, value_name = "PORT", default_value = "8111")]
    port: u16,
    /// Hold dates against this day when checking, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let root = session.root()?;
    let mut watch = Watch::of(&root).context("files cannot be watched")?;
    let preview = serve::start(args.port, token()?).map_err(|error| {
        let help = "another preview may be running; `--port 0` takes a port that is free";
        advised(format!("nothing can be served on port {}: {error}", args.port), help)
    })?;
    let address = preview.address();
    let mut is_first = true;
    let mut known = Published::default();
    loop {
        let started = Instant::now();
        let turn = turn(session, &root, args.now, &address, &known);
        let words = in_words(&turn);
        let is_built = turn.files.is_some();
        preview.show(turn);
        session.note(format_args!("{words} ({} ms)", started.elapsed().as_millis()));
        if is_first {
            session.print(&format!("{address}\n"))?;
            session.note("Ctrl+C stops it");
            is_first = false;
        }
        // Judging takes the whole history: what was saved is shown first, and once more only where what is approved changed.
        if is_built
            && let Some(judged) = judged(session, &root, args.now)
            && judged.items != known.items
        {
            known = judged;
            preview.show(self::turn(session, &root, args.now, &address, &known));
        }
        if !watch.wait() {
            return Ok(Verdict::Fine);
        }
    }
}

/// What reviews say of the files as they are now; `None` where that cannot be told, or nobody has reviewed anything.
fn judged(session: &Session, root: &Path, now: Option<Date>) -> Option<Published> {
    if !root.join("reviews/records").is_dir() {
        return None;
    }
    let snapshot = Snapshot::from_disk(root).ok()?;
    review::published(session, &snapshot, None, None, review::moment(now)).ok()
}

/// Reads, checks and renders once.
fn turn(session: &Session, root: &Path, now: Option<Date>, address: &str, known: &Published) -> Turn {
    let failed = |failure: String| Turn { failure: Some(failure), ..Turn::default() };
    let snapshot = match Snapshot::from_disk(root) {
        Ok(snapshot) => snapshot,
        Err(error) => return failed(error.to_string()),
    };
    let context = Context::new(&snapshot, session.today(now, &snapshot));
    let report = check::run(&context);
    let mut findings: Vec<&Finding> = report.findings.iter().collect();
    findings.sort_by_key(|finding| finding.severity);
    let told: Vec<Told> = findings.into_iter().map(|finding| tell(finding, &snapshot)).collect();
    if report.findings.iter().any(|finding| finding.severity == Severity::Error) {
        return Turn { findings: told, ..Turn::default() };
    }
    // What is suspended is out at once; what else reviews say is as it was when they were last judged.
    let reviews = match review::suspensions(session, Some(&snapshot), review::moment(now)) {
        Ok(suspensions) => Published { suspensions, ..known.clone() },
        Err(error) => return Turn { findings: told, ..failed(error.to_string()) },
    };
    let options = BuildOptions { base_url: Some(address.to_owned()), preview: true, reviews, ..BuildOptions::default() };
    match site::render(&context, &options) {
        Ok(rendered) => Turn { files: Some(rendered.files), findings: told, failure: None },
        Err(error) => Turn { findings: told, ..failed(error.to_string()) },
    }
}

fn tell(finding: &Finding, snapshot: &Snapshot) -> Told {
    let text = snapshot.file(&finding.place.file).map_or("", |file| file.text.as_str());
    let line = Lines::new(text).position(finding.place.span.start).line;
    let options = human::Options { color: false, width: WIDTH };
    Told {
        severity: finding.severity,
        message: visible(&finding.message).into_owned(),
        place: format!("{}:{line}", visible(&finding.place.file)),
        text: human::findings([finding], snapshot, options).trim_end().to_owned(),
    }
}

fn in_words(turn: &Turn) -> String {
    let of = |severity: Severity| turn.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")];
    let counts: Vec<String> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(n, noun)).collect();
    let counts = if counts.is_empty() { "nothing is wrong".to_owned() } else { counts.join(", ") };
    match (&turn.failure, &turn.files) {
        (Some(failure), _) => format!("not built: {failure}"),
        (None, None) => format!("not built: {counts}; the last good version stays"),
        (None, Some(_)) => format!("built: {counts}"),
    }
}

/// What another page in the same browser cannot guess.
fn token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gives no random numbers: {e}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
