//! What a built folder states of itself, held against a build of the same commit here: nobody signs what they cannot make again.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Result, anyhow};
use jiff::civil::Date;
use serde_json::Value;

use super::ready::{self, Wanted};
use crate::check::{self, Context};
use crate::cli::review::gate;
use crate::cli::session::{Session, advised};
use crate::diag::Severity;
use crate::diag::escape::visible;
use crate::fingerprint;
use crate::review::Statement;
use crate::site::{self, Folder};

/// The built folder, for `prepare` and `sign`.
#[derive(clap::Args)]
pub(super) struct Built {
    /// The folder that `build --release` made [default: public, at the top of the repository]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The commit that is trusted where no release was signed yet
    #[arg(long, value_name = "COMMIT")]
    root: Option<String>,
}

/// What was found.
pub(super) enum Stated {
    /// The folder is what the commit gives, and the gate lets it through.
    Fit(Statement),
    /// It is not; why, for people.
    Unfit(String),
}

/// The folder of the command line.
pub(super) fn folder(session: &Session, dir: Option<&PathBuf>) -> Result<(PathBuf, Folder)> {
    let path = match dir {
        Some(dir) => session.path(dir),
        None => session.root()?.join("public"),
    };
    let folder = read(&path)?;
    Ok((path, folder))
}

fn read(path: &Path) -> Result<Folder> {
    let none =
        || advised(format!("{} is no built site: it has no build-manifest.json", path.display()), "`signpost build --release` makes one");
    site::folder(path)?.ok_or_else(none)
}

/// Reads what a folder states, and makes it again.
pub(super) fn stated(session: &Session, built: &Built) -> Result<Stated> {
    let (path, folder) = folder(session, built.dir.as_ref())?;
    let release = &folder.manifest["release"];
    let text = |key: &str| release[key].as_str().map(str::to_owned);
    let (Some(commit), Some(as_of)) = (text("commit"), text("as_of").and_then(|d| d.parse::<Date>().ok())) else {
        return Err(advised(format!("{} was not built as a release", path.display()), "`signpost build --release` builds one"));
    };
    let base_url = folder.manifest["base_url"].as_str().map(str::to_owned);
    let wanted = Wanted { at: Some(&commit), root: built.root.as_deref(), now: Some(as_of), base_url };
    let ready = match ready::ready(session, &wanted)? {
        Ok(ready) => ready,
        Err(found) => return Ok(Stated::Unfit(gate::human(&found))),
    };
    let rendered = session.working("Building it again", || {
        let context = Context::new(&ready.snapshot, ready.today);
        let report = check::run_to(&context, Severity::Error);
        if report.findings.iter().any(|f| f.severity == Severity::Error) {
            return Err(anyhow!("commit {} does not pass `check`", gate::short(&commit)));
        }
        Ok(site::render(&context, &ready.options)?)
    })?;
    let digest = rendered.files.iter().find(|(name, _)| name == "build-manifest.json").map(|(_, bytes)| fingerprint::digest(bytes));
    let mut out = String::new();
    for difference in &folder.differences {
        let _ = writeln!(out, "{}: {}", visible(&difference.path), difference.kind.word());
    }
    if digest.as_deref() != Some(folder.digest.as_str()) {
        let _ = writeln!(out, "build-manifest.json: not what commit {} gives here with {}", gate::short(&commit), program());
    }
    if !out.is_empty() {
        let _ = writeln!(
            out,
            "{} is not what was built from commit {}: build it again",
            visible(&path.display().to_string()),
            gate::short(&commit)
        );
        return Ok(Stated::Unfit(out));
    }
    Ok(Stated::Fit(statement(&folder)))
}

/// What is signed of a folder.
pub(super) fn statement(folder: &Folder) -> Statement {
    let manifest = &folder.manifest;
    let text = |value: &Value| value.as_str().unwrap_or_default().to_owned();
    let debt = |debt: &Value| {
        let day = debt["due"].as_str().and_then(|due| due.split('T').next()).unwrap_or_default();
        format!("{}: {}, by {day}", text(&debt["item"]), text(&debt["owes"]))
    };
    Statement {
        project: text(&manifest["release"]["project"]),
        commit: text(&manifest["release"]["commit"]),
        manifest: folder.digest.clone(),
        program: text(&manifest["program"]),
        hazards: text(&manifest["hazards"]),
        debts: manifest["debts"].as_array().into_iter().flatten().map(debt).collect(),
    }
}

/// A release, for people.
pub(super) fn human(statement: &Statement) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "commit      {}", visible(&statement.commit));
    let _ = writeln!(out, "manifest    {}", visible(&statement.manifest));
    let _ = writeln!(out, "program     {}", visible(&statement.program));
    let _ = writeln!(out, "hazard log  {}", visible(&statement.hazards));
    match statement.debts.len() {
        0 => out.push_str("nothing is owed\n"),
        1 => out.push_str("1 debt is accepted by signing:\n"),
        n => {
            let _ = writeln!(out, "{n} debts are accepted by signing:");
        }
    }
    statement.debts.iter().for_each(|debt| {
        let _ = writeln!(out, "  {}", visible(debt));
    });
    out
}

/// The program and its version, as manifests name it.
pub(super) fn program() -> &'static str {
    concat!("signpost ", env!("CARGO_PKG_VERSION"))
}
