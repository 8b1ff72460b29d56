//! What every command needs of its surroundings: where it runs, what the terminal can do, what day it is.

use std::ffi::OsString;
use std::fmt::Display;
use std::io::{self, IsTerminal, Write};
use std::path::{Path, PathBuf};
use std::sync::mpsc;
use std::thread;
use std::time::{Duration, Instant};

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::write;
use crate::diag::escape::visible_lines;
use crate::load::{self, Snapshot};

/// When to use colours.
#[derive(Clone, Copy, Debug, PartialEq, Eq, clap::ValueEnum)]
pub(super) enum Color {
    /// On a terminal, unless NO_COLOR is set
    Auto,
    /// Always
    Always,
    /// Never
    Never,
}

/// An error with what to do about it.
#[derive(Debug, thiserror::Error)]
#[error("{message}\n  help: {help}")]
struct Advised {
    message: String,
    help: String,
}

/// An error that says what to do.
pub(super) fn advised(message: impl Into<String>, help: impl Into<String>) -> anyhow::Error {
    Advised { message: message.into(), help: help.into() }.into()
}

/// An error about a thing that is not there, with the one that was probably meant.
pub(super) fn unknown(message: impl Into<String>, suggestion: Option<&str>, else_help: &str) -> anyhow::Error {
    match suggestion {
        Some(suggestion) => advised(message, format!("did you mean `{suggestion}`?")),
        None => advised(message, else_help),
    }
}

/// How help is coloured, which the parser has to know before it has parsed.
pub(super) fn color_of_help(args: &[OsString]) -> clap::ColorChoice {
    let after = args.iter().position(|a| a == "--color").and_then(|n| args.get(n + 1)).map(|a| a.to_string_lossy());
    let joined = args.iter().find_map(|a| a.to_str()?.strip_prefix("--color=").map(Into::into));
    match after.or(joined).as_deref() {
        Some("always") => clap::ColorChoice::Always,
        Some("never") => clap::ColorChoice::Never,
        _ => clap::ColorChoice::Auto,
    }
}

/// The surroundings of one run.
pub(super) struct Session {
    start: PathBuf,
    color: Color,
    is_quiet: bool,
    is_verbose: bool,
}

impl Session {
    pub(super) fn new(start: &Path, color: Color, is_quiet: bool, is_verbose: bool) -> Self {
        Self { start: start.to_owned(), color, is_quiet, is_verbose }
    }

    /// The folder that the command works from.
    pub(super) fn start(&self) -> Result<PathBuf> {
        let start = self.start.canonicalize();
        let start = start.with_context(|| format!("there is no folder `{}`", self.start.display()))?;
        anyhow::ensure!(start.is_dir(), "`{}` is no folder", self.start.display());
        Ok(start)
    }

    /// The content repository's root.
    pub(super) fn root(&self) -> Result<PathBuf> {
        Ok(load::find_root(&self.start()?)?)
    }

    /// A path of the command line, as seen from the folder that the command works from.
    pub(super) fn path(&self, path: &Path) -> PathBuf {
        if self.start == Path::new(".") { path.to_owned() } else { self.start.join(path) }
    }

    /// Reads the working tree, or a revision.
    pub(super) fn snapshot(&self, at: Option<&str>) -> Result<Snapshot> {
        let root = self.root()?;
        let started = Instant::now();
        let snapshot = self.working("Reading", || match at {
            Some(revision) => Snapshot::from_git(&root, revision),
            None => Snapshot::from_disk(&root),
        })?;
        let from = at.map_or_else(|| root.display().to_string(), |r| format!("revision {r} of {}", root.display()));
        self.detail(format_args!("read {} files of {from} in {} ms", snapshot.files.len(), started.elapsed().as_millis()));
        Ok(snapshot)
    }

    /// The day that dates are held against: the one asked for, or today where the site is.
    pub(super) fn today(&self, now: Option<Date>, snapshot: &Snapshot) -> Date {
        let zone = snapshot.file("content/site.yaml").and_then(|f| f.data()?.get("time_zone")?.str());
        let zone = zone.and_then(|z| TimeZone::get(z).ok()).unwrap_or(TimeZone::UTC);
        now.unwrap_or_else(|| today(zone))
    }

    /// Prints a result.
    pub(super) fn print(&self, text: &str) -> Result<()> {
        let mut out = io::stdout().lock();
        out.write_all(text.as_bytes())?;
        out.flush()?;
        Ok(())
    }

    /// Prints a result, `the picture`, or writes it into the file that was asked for.
    pub(super) fn deliver(&self, what: &str, text: &str, to: Option<&Path>) -> Result<()> {
        let Some(to) = to else { return self.print(text) };
        let path = self.path(to);
        anyhow::ensure!(!path.is_dir(), "`{}` is a folder, and {what} is a file", path.display());
        write::result(&path, text)
    }

    /// Says something that is no result.
    pub(super) fn note(&self, text: impl Display) {
        if !self.is_quiet {
            // Nobody who reads it: nothing lost.
            let _ = writeln!(io::stderr(), "{}", visible_lines(&text.to_string()));
        }
    }

    /// Says something that matters only to those who ask for more.
    pub(super) fn detail(&self, text: impl Display) {
        if self.is_verbose {
            self.note(text);
        }
    }

    /// Says why the command could not be carried out.
    pub(super) fn error(&self, error: &anyhow::Error) {
        let (on, off) = if self.colors(&io::stderr()) { ("\u{1b}[1;31m", "\u{1b}[0m") } else { ("", "") };
        let _ = writeln!(io::stderr(), "{on}error{off}: {}", visible_lines(&causes(error)));
    }

    /// Whether results are coloured.
    pub(super) fn has_color(&self) -> bool {
        self.colors(&io::stdout())
    }

    fn colors(&self, stream: &impl anstream::stream::RawStream) -> bool {
        match self.color {
            Color::Always => true,
            Color::Never => false,
            Color::Auto => anstream::AutoStream::choice(stream) != anstream::ColorChoice::Never,
        }
    }

    /// Columns to fit results into.
    pub(super) fn width(&self) -> usize {
        let terminal = terminal_size::terminal_size_of(io::stdout()).map(|(width, _)| usize::from(width.0));
        terminal.unwrap_or(100).clamp(40, 140)
    }

    /// Does some work; from the second second on, says so on a terminal.
    pub(super) fn working<T: Send>(&self, what: &str, work: impl FnOnce() -> T + Send) -> T {
        if self.is_quiet || !io::stderr().is_terminal() {
            return work();
        }
        let (done, is_done) = mpsc::channel::<()>();
        thread::scope(|scope| {
            scope.spawn(move || {
                let started = Instant::now();
                let mut is_shown = false;
                while is_done.recv_timeout(Duration::from_secs(1)) == Err(mpsc::RecvTimeoutError::Timeout) {
                    is_shown = true;
                    let _ = write!(io::stderr(), "\r{what} … {} s", started.elapsed().as_secs());
                }
                if is_shown {
                    let _ = write!(io::stderr(), "\r\u{1b}[K");
                }
            });
            let result = work();
            drop(done);
            result
        })
    }
}

/// An error with its causes on one line, none said twice.
fn causes(error: &anyhow::Error) -> String {
    let mut text = error.to_string();
    for cause in error.chain().skip(1).map(ToString::to_string) {
        if !text.contains(&cause) {
            text.push_str(": ");
            text.push_str(&cause);
        }
    }
    text
}

/// What day it is in a time zone.
pub(super) fn today(zone: TimeZone) -> Date {
    Timestamp::now().to_zoned(zone).date()
}

/// A `YYYY-MM-DD` of the command line.
pub(super) fn date(text: &str) -> Result<Date, String> {
    let date = if text.len() == 10 { text.parse().ok() } else { None };
    date.ok_or_else(|| "a date is written YYYY-MM-DD, for example 2026-11-21".to_owned())
}
