//! `signpost release verify`.

use std::fmt::Write as _;
use std::path::PathBuf;

use anyhow::Result;
use serde_json::{Value, json};

use super::stated;
use crate::cli::Verdict;
use crate::cli::review::gate::{Judge, short};
use crate::cli::review::main_branch;
use crate::cli::session::Session;
use crate::diag::escape::{self, visible};
use crate::load::{Snapshot, history};
use crate::review::{ReleaseEntry, Releases, Signing};
use crate::site::{Difference, Folder};

/// Say no unless a folder is what was signed, file by file
///
/// The manifest of the folder has to be one that was signed, by those whom `release` of the policy names and with keys that were
/// good when their signatures came; and every file has to be as the manifest says. Signatures are read from the working tree, policy
/// and people from the branch that changes go to.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder: what is published, or what is to be [default: public, at the top of the repository]
    #[arg(value_name = "DIR")]
    dir: Option<PathBuf>,
    /// The revision whose policy and people count, instead of the branch that changes go to
    #[arg(long, value_name = "REV")]
    trust: Option<String>,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: schema `cli/release-verify`
    Json,
}

/// How the signatures under the folder's manifest stand.
enum Signed {
    /// Nobody signed it.
    Unsigned,
    /// The policy does not say who signs.
    Unruled,
    /// Counted.
    Counted(Signing),
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let (path, folder) = stated::folder(session, args.dir.as_ref())?;
    let snapshot = session.snapshot(None)?;
    let releases = Releases::of(&snapshot);
    let signed = signed(session, args, &snapshot, &releases, &folder)?;
    let is_signed = matches!(&signed, Signed::Counted(signing) if signing.is_complete());
    let is_fine = is_signed && folder.differences.is_empty();
    session.print(&match args.format {
        Format::Human => human(&path.display().to_string(), &folder, &signed),
        Format::Json => escape::json(&data(&folder, &signed, is_fine)),
    })?;
    Ok(if is_fine { Verdict::Fine } else { Verdict::Findings })
}

fn signed(session: &Session, args: &Args, snapshot: &Snapshot, releases: &Releases, folder: &Folder) -> Result<Signed> {
    let statement = stated::statement(folder);
    let under: Vec<&ReleaseEntry> = releases.entries.iter().filter(|e| e.draft.statement == statement).collect();
    if under.is_empty() {
        return Ok(Signed::Unsigned);
    }
    let trusted = match &args.trust {
        Some(revision) => revision,
        None => main_branch(session)?,
    };
    let judge = Judge::of(session, trusted)?;
    let arrivals = history::arrivals(snapshot.root(), trusted, "reviews/releases")?;
    Ok(judge.signing(&under, &arrivals).map_or(Signed::Unruled, Signed::Counted))
}

fn human(path: &str, folder: &Folder, signed: &Signed) -> String {
    let mut out = String::new();
    for Difference { path, kind } in &folder.differences {
        let _ = writeln!(out, "{}: {}", visible(path), kind.word());
    }
    match signed {
        Signed::Unsigned => out.push_str("build-manifest.json: nobody has signed this manifest\n"),
        Signed::Unruled => out.push_str("reviews/policy.yaml: it does not say who signs a release\n"),
        Signed::Counted(signing) => {
            for (path, why) in &signing.ignored {
                let _ = writeln!(out, "{}: does not count: {}", visible(path), visible(why));
            }
            for missing in &signing.missing {
                let _ = writeln!(out, "build-manifest.json: needs the signature of {} {}", missing.count, visible(&missing.role));
            }
        }
    }
    let files = folder.manifest["files"].as_array().map_or(0, Vec::len);
    if !out.is_empty() {
        let _ = writeln!(out, "{} is not a release that was signed", visible(path));
        return out;
    }
    let commit = folder.manifest["release"]["commit"].as_str().unwrap_or_default();
    let people = match signed {
        Signed::Counted(signing) => signing.signed.iter().map(|(who, role)| format!("{who} ({role})")).collect::<Vec<_>>().join(", "),
        _ => String::new(),
    };
    format!("{} is the release of commit {}: {files} files, signed by {}\n", visible(path), visible(short(commit)), visible(&people))
}

fn data(folder: &Folder, signed: &Signed, is_fine: bool) -> Value {
    let of = |kind: &str| -> Vec<&str> { folder.differences.iter().filter(|d| d.kind.word() == kind).map(|d| d.path.as_str()).collect() };
    let (people, missing) = match signed {
        Signed::Counted(signing) => (
            signing.signed.iter().map(|(who, role)| json!({"reviewer": who, "role": role})).collect::<Vec<_>>(),
            signing.missing.iter().map(|m| json!({"role": m.role, "count": m.count})).collect::<Vec<_>>(),
        ),
        _ => (Vec::new(), Vec::new()),
    };
    json!({
        "version": 1,
        "holds": is_fine,
        "manifest": folder.digest,
        "commit": folder.manifest["release"]["commit"],
        "signed": people,
        "missing": missing,
        "files": {"missing": of("missing"), "added": of("added"), "altered": of("altered")},
    })
}
