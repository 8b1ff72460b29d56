//! `signpost init`.

mod files;

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use jiff::civil::Date;
use jiff::tz::TimeZone;

use super::Verdict;
use super::session::{Session, advised, date, today};
use super::write::{self, Change};

/// Begin a content repository that passes `check` and builds at once
///
/// Writes content, review policy, editor settings, CI workflows and a pre-commit hook, and makes it a git repository unless it
/// lies in one. Every blueprint is a demonstration until you take `demonstration: true` out of content/site.yaml.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder; made if it is not there
    #[arg(value_name = "DIR", default_value = ".", hide_default_value = true)]
    dir: PathBuf,
    /// What to begin with
    #[arg(long, value_name = "NAME", default_value = "mental-health")]
    blueprint: Blueprint,
    /// Do not make it a git repository
    #[arg(long)]
    no_git: bool,
    /// Date the confirmations of its services with this day, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Blueprint {
    /// Topics, national services, a mood journey and outcomes of mental-health signposting
    MentalHealth,
    /// Another subject, with a scale and rules of its own
    StopSmoking,
    /// Settings and one page; no site-wide safety rules
    Blank,
}

impl Blueprint {
    fn folder(self) -> &'static str {
        match self {
            Self::MentalHealth => "mental-health",
            Self::StopSmoking => "stop-smoking",
            Self::Blank => "blank",
        }
    }
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let start = session.start()?;
    let dir = if args.dir == Path::new(".") { start.clone() } else { start.join(&args.dir) };
    if dir.join("content").exists() {
        return Err(advised(
            format!("{} has a folder `content` already", dir.display()),
            "`init` begins a new repository; give it another folder",
        ));
    }
    let mut changes = Vec::new();
    for file in files::all(args.blueprint.folder(), &project_id()?, args.now.unwrap_or_else(|| today(TimeZone::UTC))) {
        let path = dir.join(&file.path);
        if path.exists() {
            session.note(format_args!("kept {} as it was", file.path));
        } else {
            changes.push(Change { path, before: None, after: file.text });
        }
    }
    write::all(&changes)?;
    make_executable(&dir.join(files::HOOK))?;
    if !args.no_git {
        make_repository(&dir)?;
    }
    session.print(&format!("{}\n", dir.canonicalize().unwrap_or(dir).display()))?;
    session
        .note("next: `signpost check`, `signpost build --preview`, and `git config core.hooksPath .githooks` to check before each commit");
    Ok(Verdict::Fine)
}

/// A number that no other repository has.
fn project_id() -> Result<String> {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).map_err(|e| anyhow::anyhow!("the system gives no random numbers: {e}"))?;
    Ok(bytes.iter().fold(String::new(), |text, byte| text + &format!("{byte:02x}")))
}

fn make_repository(dir: &Path) -> Result<()> {
    if git2::Repository::discover(dir).is_ok() {
        return Ok(());
    }
    let mut options = git2::RepositoryInitOptions::new();
    git2::Repository::init_opts(dir, options.initial_head("main")).context("cannot make a git repository; `--no-git` does without")?;
    Ok(())
}

#[cfg(unix)]
fn make_executable(path: &Path) -> Result<()> {
    use std::os::unix::fs::PermissionsExt;
    std::fs::set_permissions(path, std::fs::Permissions::from_mode(0o755))
        .with_context(|| format!("cannot make {} executable", path.display()))
}

#[cfg(not(unix))]
fn make_executable(_: &Path) -> Result<()> {
    Ok(())
}
