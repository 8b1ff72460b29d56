//! `signpost check`.

use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;

use super::baseline::Baseline;
use super::report::{self, By, Deny, Format};
use super::select::Selection;
use super::session::{Session, date};
use super::write::{self, Change};
use super::{Verdict, review};
use crate::check::{self, Context};
use crate::diag::{Finding, Report, Severity, Texts, fix};
use crate::load::{Snapshot, git};
use crate::site;

/// Check the content: everything that can be known of it without approval
///
/// Checks schemas, references, journeys, safety rules, wording, reading age and dates, and prints all that it finds, in the
/// order of the files. `signpost explain CODE` tells more of a finding.
#[derive(clap::Args)]
pub(super) struct Args {
    /// Show only findings of these items, files or folders; everything is read all the same
    #[arg(value_name = "ITEM|PATH")]
    only: Vec<String>,
    /// Check a git revision instead of the files on disk
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// Hold dates against this day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Let warnings, too, count as findings for the exit status
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
    /// Put right what has one right answer, then check again
    #[arg(long, conflicts_with = "at")]
    fix: bool,
    /// Take what this file lists as known: the JSON of an earlier check, families W, D and P only
    #[arg(long, value_name = "FILE")]
    baseline: Option<PathBuf>,
}

/// The finding of a file that the system does not let us read: no fault of the content (CLI.md: exit status 2).
const UNREADABLE: &str = "Y006";

/// How often fixes are applied and looked for again: one may uncover another.
const ROUNDS: usize = 8;

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let baseline = args.baseline.as_ref().map(|path| Baseline::read(&session.path(path))).transpose()?;
    let mut snapshot = session.snapshot(args.at.as_deref())?;
    let mut report = find(session, &snapshot, args)?;
    let mut fixed = 0;
    for _ in 0..ROUNDS {
        let changes = if args.fix { put_right(&snapshot, &report) } else { Vec::new() };
        if changes.is_empty() {
            break;
        }
        write::all(&changes)?;
        changes
            .iter()
            .for_each(|c| session.note(format_args!("fixed {}", c.path.strip_prefix(snapshot.root()).unwrap_or(&c.path).display())));
        let before = report.findings.len();
        snapshot = session.snapshot(None)?;
        report = find(session, &snapshot, args)?;
        fixed += before.saturating_sub(report.findings.len());
    }
    if fixed > 0 {
        session.note(format_args!("{fixed} {} put right", if fixed == 1 { "finding" } else { "findings" }));
    }
    if let Some(gone) = baseline.map(|b| b.mark(&mut report.findings)).filter(|gone| *gone > 0) {
        session.note(format_args!("{gone} of the findings that the baseline lists are no longer there: take them out of it"));
    }
    let gate = Deny::gate(args.deny);
    let folder = git::folder(snapshot.root());
    session.print(&report::render(session, &report, &snapshot, args.format, gate, By::Check, &folder))?;
    let verdict = verdict(&report, gate);
    // The process ends here. To take apart what it holds first takes time, and helps nobody.
    std::mem::forget((snapshot, report));
    Ok(verdict)
}

fn verdict(report: &Report, gate: Severity) -> Verdict {
    let denies = |f: &Finding| !f.is_known && f.severity <= gate;
    if report.findings.iter().any(|f| f.code == UNREADABLE) {
        Verdict::Unreadable
    } else if report.findings.iter().any(denies) {
        Verdict::Findings
    } else {
        Verdict::Fine
    }
}

fn find(session: &Session, snapshot: &Snapshot, args: &Args) -> Result<Report> {
    let today = session.today(args.now, snapshot);
    let started = std::time::Instant::now();
    // A suspended service counts for no safety rule. Without the history nobody can tell who suspended it, and the gate says so.
    let here = args.at.is_none().then_some(snapshot);
    let suspensions = || review::suspensions(session, here, review::moment(args.now));
    let context = || Context::new(snapshot, today);
    let (suspensions, context) = session.working("Checking", || rayon::join(suspensions, context));
    let suspensions =
        suspensions.inspect_err(|error| session.detail(format_args!("nothing counts as suspended: {error}"))).unwrap_or_default();
    let last = site::last_manifest(&session.root()?.join("public"));
    let mut context = context.with_suspensions(suspensions).with_last_manifest(last);
    let selection = match args.only.as_slice() {
        [] => None,
        only => Some(Selection::of(session, snapshot, &context.content, only)?),
    };
    if let Some(selection) = &selection {
        context.look_only_at(selection.files().clone());
    }
    let mut report = session.working("Checking", || check::run(&context));
    session.detail(format_args!("checked {} items as of {today} in {} ms", report.items, started.elapsed().as_millis()));
    if let Some(selection) = selection {
        report.items = selection.items(&context.content);
    }
    std::mem::forget(context); // as `run` does with the rest
    Ok(report)
}

fn put_right(snapshot: &Snapshot, report: &Report) -> Vec<Change> {
    let fixed = fix::apply_fixes(snapshot, &report.findings);
    let changes = fixed.into_iter().map(|(path, after)| Change {
        before: snapshot.text(&path).map(str::to_owned),
        path: snapshot.root().join(path),
        after,
    });
    changes.collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn what_cannot_be_read_is_no_finding_of_the_content() {
        let finding = |code, severity| {
            let mut finding = Finding::new("content/topics/a.md", Span::new(0, 0), "words");
            (finding.code, finding.severity) = (code, severity);
            finding
        };
        let verdict = |findings| verdict(&Report { findings, items: 1 }, Severity::Error);
        assert_eq!(verdict(vec![finding("W001", Severity::Warning)]), Verdict::Fine);
        assert_eq!(verdict(vec![finding("R001", Severity::Error)]), Verdict::Findings);
        assert_eq!(verdict(vec![finding("R001", Severity::Error), finding("Y006", Severity::Error)]), Verdict::Unreadable);
    }
}
