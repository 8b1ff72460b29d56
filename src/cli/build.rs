//! `signpost build`.

use std::path::PathBuf;

use anyhow::Result;
use jiff::civil::Date;

use super::release::ready::{self, Ready, Wanted};
use super::review::gate::{self, Found};
use super::session::{Session, date};
use super::{Verdict, audit, review};
use crate::audit::About;
use crate::check::{self, Context};
use crate::diag::words::count;
use crate::diag::{self, Report, Severity};
use crate::load::past::{self, Past};
use crate::load::{LoadError, Snapshot};
use crate::site::{self, BuildError, BuildOptions, Built};

/// Build the site: a folder of files that any host can serve
///
/// Checks the content first, and builds nothing while it has an error. The folder appears whole or not at all: a build that
/// fails leaves the last one as it was. Where only few files differ from those that are there, these take their places one by one,
/// and the rest are not touched; the next build puts right what a stop in between left. What somebody has suspended is on no page
/// of any build.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder for the site [default: public, at the top of the repository]
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
    /// With drafts, marked as such and kept out of search engines
    #[arg(long)]
    preview: bool,
    /// Only what the gate lets through: the newest commit, or the one of `--at`, never what is not committed
    #[arg(long, conflicts_with = "preview")]
    release: bool,
    /// With `--release`: the commit that is trusted where no release was signed yet
    #[arg(long, value_name = "COMMIT", requires = "release")]
    root: Option<String>,
    /// Where the site will be published, instead of `base_url` of site.yaml
    #[arg(long, value_name = "URL", value_parser = address)]
    base_url: Option<String>,
    /// Build a git revision instead of the files on disk
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// Hold dates against this day when checking, YYYY-MM-DD [default: today]; pages do not depend on it
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let out = match &args.out {
        Some(out) => session.path(out),
        None => session.root()?.join("public"),
    };
    let started = std::time::Instant::now();
    let Ready { snapshot, options, today } = match prepared(session, args)? {
        Ok(ready) => ready,
        Err(found) => {
            session.print(&gate::human(&found))?;
            session.note("nothing was built: a release holds nothing that is not approved");
            return Ok(Verdict::Findings);
        }
    };
    let options = BuildOptions { out: out.clone(), ..options };
    session.detail(format_args!("read the reviews in {} ms", started.elapsed().as_millis()));
    let (report, built, judged) = session.working("Building", || {
        let last = site::last_manifest(&out).filter(|_| !options.preview);
        let context = Context::new(&snapshot, today).with_last_manifest(last);
        let report = check::run_to(&context, Severity::Warning);
        session.detail(format_args!("checked {} items in {} ms", report.items, started.elapsed().as_millis()));
        let has_errors = report.findings.iter().any(|f| f.severity == Severity::Error);
        let mut judged = None;
        let judge = |rendered: &site::Rendered| {
            session.detail(format_args!("rendered {} pages in {} ms", rendered.pages, started.elapsed().as_millis()));
            let now = audit::judge(session, &rendered.files, &About::of_build(&context, options.base_url.as_deref(), options.preview));
            session.detail(format_args!("audited {} pages in {} ms", rendered.pages, started.elapsed().as_millis()));
            judged.insert(now).errors.is_empty()
        };
        let built = (!has_errors).then(|| site::build_if(&context, &options, judge));
        (report, built, judged)
    });
    let broken = broken_by_suspensions(&snapshot, today, &options, &report);
    let Some(built) = built else {
        session.print(&errors(session, report, &snapshot))?;
        session.note("nothing was built: put the errors right first");
        return Ok(Verdict::Findings);
    };
    let judged = judged.unwrap_or_default();
    match built {
        Ok(None) => {
            session.print(&judged.errors)?;
            session.note("nothing was written: what these pages would be is wrong, so the last good ones stay");
            return Ok(Verdict::Findings);
        }
        Ok(Some(built)) => {
            session.note(format_args!("{}", in_words(&built, &report, &out.display().to_string())));
            if judged.warnings > 0 {
                session.note(format_args!("{} on pages: `signpost audit {}` shows them", count(judged.warnings, "warning"), out.display()));
            }
            if let Some(release) = &options.release {
                session
                    .note(format_args!("a release of commit {}, to be signed with `signpost release sign`", gate::short(&release.commit)));
            }
            for id in &built.scripted {
                session
                    .note(format_args!("{id} has more screens than may be pages: without JavaScript people can only print its questions"));
            }
            let owed = review::owed(&options.reviews) + &broken;
            if !owed.is_empty() {
                session.note(owed.trim_end());
            }
        }
        // What is written in the repository is at fault, not the call.
        Err(
            error @ (BuildError::Template(_)
            | BuildError::Collision { .. }
            | BuildError::NoSite
            | BuildError::Required { .. }
            | BuildError::TooManyPages { .. }),
        ) => {
            session.error(&error.into());
            return Ok(Verdict::Findings);
        }
        Err(error @ BuildError::Write(_)) => return Err(error.into()),
    }
    session.detail(format_args!("built in {} ms", started.elapsed().as_millis()));
    Ok(Verdict::Fine)
}

/// What is to be built; of a release, what the gate found where it says no.
fn prepared(session: &Session, args: &Args) -> Result<Result<Ready, Found>> {
    let (at, base_url) = (args.at.as_deref(), args.base_url.clone());
    if args.release {
        return ready::ready(session, &Wanted { at, root: args.root.as_deref(), now: args.now, base_url });
    }
    let snapshot = session.snapshot(at)?;
    let today = session.today(args.now, &snapshot);
    let reviews = review::published(session, &snapshot, at, None, review::moment(args.now))?;
    let past = past(session, at)?;
    let options = BuildOptions { base_url, preview: args.preview, reviews, past, ..BuildOptions::default() };
    Ok(Ok(Ready { snapshot, options, today }))
}

/// What git says of the past. A site can do without: its feed is then empty, and its pages have no dates.
fn past(session: &Session, at: Option<&str>) -> Result<Past> {
    let without = |why: &str| {
        session.note(format_args!("the feed of changes is empty and pages carry no date of change: {why}"));
        Ok(Past::default())
    };
    match past::read(&session.root()?, at.unwrap_or("HEAD")) {
        Ok(Some(past)) => Ok(past),
        Ok(None) => without("this clone is shallow; `git fetch --unshallow` brings the history"),
        Err(LoadError::Git(_)) => without("there is no git history here"),
        Err(error) => Err(error.into()),
    }
}

/// What no longer holds because of what is suspended. It is said and stops nothing: at night a page without a dead number is
/// better than the page as it was, and `check` says no until somebody has found another way.
fn broken_by_suspensions(snapshot: &Snapshot, today: Date, options: &BuildOptions, report: &Report) -> String {
    let suspensions = &options.reviews.suspensions;
    if suspensions.is_empty() {
        return String::new();
    }
    let context = Context::new(snapshot, today).with_suspensions(suspensions.clone());
    let now = check::run_to(&context, Severity::Error).findings;
    let new = now.iter().filter(|f| f.severity == Severity::Error && !report.findings.contains(f));
    new.map(|f| format!("because of what is suspended: {}: {} [{}]\n", f.place.file, f.message, f.code)).collect()
}

/// The errors alone: warnings do not keep a site from being built.
fn errors(session: &Session, mut report: Report, snapshot: &Snapshot) -> String {
    report.findings.retain(|f| f.severity == Severity::Error);
    diag::human::render(&report, snapshot, diag::human::Options { color: session.has_color(), width: session.width() })
}

fn in_words(built: &Built, report: &Report, out: &str) -> String {
    let changed = match built.changed {
        0 => "nothing changed".to_owned(),
        n if n == built.files => format!("{n} files"),
        1 => format!("1 of {} files changed", built.files),
        n => format!("{n} of {} files changed", built.files),
    };
    let warnings = report.findings.iter().filter(|f| f.severity == Severity::Warning).count();
    let warnings = match warnings {
        0 => String::new(),
        1 => "; 1 warning, `signpost check` shows it".to_owned(),
        n => format!("; {n} warnings, `signpost check` shows them"),
    };
    format!("{} pages in {out} ({changed}, {}){warnings}", built.pages, size(built.bytes))
}

/// Bytes as people say them.
fn size(bytes: u64) -> String {
    match bytes {
        0..1_000 => format!("{bytes} bytes"),
        1_000..1_000_000 => format!("{} kB", bytes.div_ceil(1_000)),
        _ => format!("{}.{} MB", bytes / 1_000_000, bytes % 1_000_000 / 100_000),
    }
}

pub(super) fn address(text: &str) -> Result<String, String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"));
    match rest {
        Some(rest) if !rest.is_empty() && !rest.starts_with('/') && !text.contains(['?', '#', ' ', '"', '<']) => Ok(text.to_owned()),
        _ => Err("an address begins with https:// and has no `?` or `#`, for example https://example.org/wellbeing/".to_owned()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_and_sizes() {
        assert!(address("https://example.org/a").is_ok() && address("example.org").is_err() && address("https:///a").is_err());
        assert_eq!((size(999), size(1_001), size(2_340_000)), ("999 bytes".into(), "2 kB".into(), "2.3 MB".into()));
    }
}
