//! `signpost serve`.

use std::collections::{BTreeMap, BTreeSet};
use std::fmt::Display;
use std::path::PathBuf;
use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use jiff::civil::Date;
use rayon::prelude::*;

use super::session::{Session, advised, date};
use super::{Verdict, review};
use crate::check::Context;
use crate::diag::escape::visible;
use crate::diag::words::count;
use crate::diag::{Finding, Severity, Texts, human};
use crate::live::{Live, News};
use crate::load::Snapshot;
use crate::load::later::Later;
use crate::review::Published;
use crate::serve::watch::{Wait, Watch};
use crate::serve::{self, Change, Preview, Told, Turn};
use crate::site::BuildOptions;
use crate::source::Lines;

/// Columns of an excerpt over a page.
const WIDTH: usize = 100;

/// Reviews are judged once nothing was saved for so long.
const PAUSE: Duration = Duration::from_millis(300);

/// After so many saves everything is read anew, so that what is kept of older versions of texts does not grow for ever.
const SAVES: usize = 1_000;

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
    let watch = Watch::of(&root).context("files cannot be watched")?;
    let preview = serve::start(args.port, token()?).map_err(|error| {
        let help = "another preview may be running; `--port 0` takes a port that is free";
        advised(format!("nothing can be served on port {}: {error}", args.port), help)
    })?;
    let address = preview.address();
    let mut serving = Serving { session, root, now: args.now, watch, preview, address, known: Published::default(), is_first: true };
    while serving.site()? {}
    Ok(Verdict::Fine)
}

/// A preview that is running.
struct Serving<'s> {
    session: &'s Session,
    root: PathBuf,
    now: Option<Date>,
    watch: Watch,
    preview: Arc<Preview>,
    address: String,
    /// What reviews said when they were last judged.
    known: Published,
    is_first: bool,
}

impl Serving<'_> {
    /// Reads and shows the site, and what is saved of it as long as only texts change; `false` where nothing more will come.
    fn site(&mut self) -> Result<bool> {
        let started = Instant::now();
        let snapshot = match Snapshot::from_disk(&self.root) {
            Ok(snapshot) => snapshot,
            Err(error) => {
                self.show(failed(&error), started)?;
                return Ok(matches!(self.watch.wait(), Wait::Saved(_)));
            }
        };
        let today = self.session.today(self.now, &snapshot);
        let later = Later::default();
        let mut live = Live::new(Context::new(&snapshot, today));
        let mut tellings = Tellings::of(&live);
        let turn = self.turn(&mut live, &mut tellings);
        self.show(turn, started)?;
        let mut is_judged = false;
        for _ in 0..SAVES {
            let saved = match if is_judged { self.watch.wait() } else { self.watch.wait_at_most(PAUSE) } {
                Wait::Saved(saved) => saved,
                Wait::Over => return Ok(false),
                Wait::Quiet => {
                    is_judged = true;
                    self.judge(&mut live, &mut tellings)?;
                    continue;
                }
            };
            let started = Instant::now();
            if saved.is_unsure || self.session.today(self.now, &snapshot) != today {
                return Ok(true);
            }
            let Some(files) = live.texts(&self.root, &saved.paths) else { return Ok(true) };
            if files.is_empty() {
                continue;
            }
            let paths = live.put(later.keep(files));
            tellings.tell_again(&live, &paths);
            let turn = self.turn(&mut live, &mut tellings);
            self.show(turn, started)?;
            is_judged = false;
        }
        Ok(true)
    }

    /// What there is to show.
    fn turn(&self, live: &mut Live<'_>, tellings: &mut Tellings) -> Turn {
        let files = if live.has_errors() { Ok(Change::None) } else { self.files(live) };
        tellings.tell_pages(live);
        let findings = tellings.list();
        match files {
            Ok(files) => Turn { files, findings, failure: None },
            Err(error) => Turn { findings, failure: Some(error.to_string()), ..Turn::default() },
        }
    }

    /// The files of the site, as far as they are others than before.
    fn files(&self, live: &mut Live<'_>) -> Result<Change> {
        Ok(match live.make(&self.options(live)?)? {
            News::Whole(files) => Change::Whole(files.iter().map(|(path, bytes)| (path.clone(), Arc::clone(bytes))).collect()),
            News::Some(files) => Change::Some(files.into_iter().collect()),
        })
    }

    fn options(&self, live: &Live<'_>) -> Result<BuildOptions> {
        // What is suspended is out at once; what else reviews say is as it was when they were last judged.
        let suspensions = review::suspensions(self.session, Some(live.context().snapshot), review::moment(self.now))?;
        let reviews = Published { suspensions, ..self.known.clone() };
        Ok(BuildOptions { base_url: Some(self.address.clone()), preview: true, reviews, ..BuildOptions::default() })
    }

    fn show(&mut self, turn: Turn, started: Instant) -> Result<()> {
        let words = in_words(&turn);
        self.preview.show(turn);
        self.session.note(format_args!("{words} ({} ms)", started.elapsed().as_millis()));
        if self.is_first {
            self.session.print(&format!("{}\n", self.address))?;
            self.session.note("Ctrl+C stops it");
            self.is_first = false;
        }
        Ok(())
    }

    /// What takes its time: what was saved is shown first, and once more only where this changes what is shown. Judging reviews takes
    /// the whole history; auditing all pages about as long as making them.
    fn judge(&mut self, live: &mut Live<'_>, tellings: &mut Tellings) -> Result<()> {
        let started = Instant::now();
        let mut is_news = false;
        if !live.has_errors() && self.root.join("reviews/records").is_dir() {
            // The files as they are now: some are newer than what was read at first.
            let judged = Snapshot::from_disk(&self.root).ok();
            let judged = judged.and_then(|s| review::published(self.session, &s, None, None, review::moment(self.now)).ok());
            if let Some(judged) = judged.filter(|judged| judged.items != self.known.items) {
                self.known = judged;
                is_news = true;
            }
        }
        let is_audit = !live.is_audited();
        if is_audit && let Ok(options) = self.options(live) {
            live.audit(&options);
            is_news |= tellings.tell_pages(live);
        }
        if is_news {
            let turn = self.turn(live, tellings);
            self.show(turn, started)?;
        }
        Ok(())
    }
}

fn failed(why: impl Display) -> Turn {
    Turn { failure: Some(why.to_string()), ..Turn::default() }
}

/// What is found, as it is shown over pages.
struct Tellings {
    /// By file of the content, as a save changes that of few.
    files: BTreeMap<String, Vec<Arc<Told>>>,
    /// On generated pages.
    pages: Vec<Arc<Told>>,
}

impl Tellings {
    fn of(live: &Live<'_>) -> Self {
        let mut files: Vec<&str> = live.findings().map(|finding| finding.place.file.as_str()).collect();
        files.dedup();
        Self { files: files.into_par_iter().map(|path| (path.to_owned(), told_of(live, path))).collect(), pages: Vec::new() }
    }

    /// Tells again of these files, and of those of which a finding shows a piece of one of them.
    fn tell_again(&mut self, live: &Live<'_>, paths: &BTreeSet<String>) {
        let shows = |finding: &&Finding| finding.labels.iter().any(|label| paths.contains(&label.place.file));
        let others = live.findings().filter(shows).map(|finding| &finding.place.file);
        for path in paths.iter().chain(others.collect::<BTreeSet<&String>>()) {
            self.files.insert(path.clone(), told_of(live, path));
        }
    }

    /// Tells what is found on pages; whether that is something else than before.
    fn tell_pages(&mut self, live: &Live<'_>) -> bool {
        let (found, pages) = (live.findings_on_pages(), live.pages());
        let told: Vec<Arc<Told>> = found.iter().map(|finding| Arc::new(tell(finding, &pages))).collect();
        let is_other = told != self.pages;
        self.pages = told;
        is_other
    }

    /// The gravest first.
    fn list(&self) -> Vec<Arc<Told>> {
        let mut all: Vec<Arc<Told>> = self.files.values().flatten().chain(&self.pages).cloned().collect();
        all.sort_by_key(|told| told.severity);
        all
    }
}

fn told_of(live: &Live<'_>, path: &str) -> Vec<Arc<Told>> {
    live.findings_in(path).iter().map(|finding| Arc::new(tell(finding, live))).collect()
}

fn tell(finding: &Finding, texts: &dyn Texts) -> Told {
    let text = texts.text(&finding.place.file).unwrap_or("");
    let line = Lines::new(text).position(finding.place.span.start).line;
    let options = human::Options { color: false, width: WIDTH };
    Told {
        severity: finding.severity,
        message: visible(&finding.message).into_owned(),
        place: format!("{}:{line}", visible(&finding.place.file)),
        text: human::findings([finding], texts, options).trim_end().to_owned(),
    }
}

fn in_words(turn: &Turn) -> String {
    let of = |severity: Severity| turn.findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = [(of(Severity::Error), "error"), (of(Severity::Warning), "warning")];
    let counts: Vec<String> = counts.into_iter().filter(|(n, _)| *n > 0).map(|(n, noun)| count(n, noun)).collect();
    let counts = if counts.is_empty() { "nothing is wrong".to_owned() } else { counts.join(", ") };
    match (&turn.failure, &turn.files) {
        (Some(failure), _) => format!("not built: {failure}"),
        (None, Change::None) => format!("not built: {counts}; the last good version stays"),
        (None, _) => format!("built: {counts}"),
    }
}

/// What another page in the same browser cannot guess.
fn token() -> Result<String> {
    let mut bytes = [0_u8; 16];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gives no random numbers: {e}"))?;
    Ok(bytes.iter().map(|byte| format!("{byte:02x}")).collect())
}
