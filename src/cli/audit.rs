//! `signpost audit`.

use std::path::{Path, PathBuf};

use anyhow::Result;

use super::Verdict;
use super::report::{self, By, Deny, Format};
use super::session::{Session, advised};
use crate::audit::{self, About, Site};
use crate::check::Context;
use crate::diag::Severity;
use crate::load::{Snapshot, find_root, folder};

/// What a build says of itself, and how a folder is known as ours.
const MANIFEST: &str = "build-manifest.json";

/// Check generated HTML: links, headings, labels, safety rules on pages, sizes
///
/// Reads any folder of HTML, also one that another generator wrote. In a folder that Signpost built, or that lies in the content
/// repository, it also holds pages against what `safety.yaml` and `site.yaml` ask of every page. `build` does the same with
/// what it is about to write.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The folder with the generated site
    #[arg(value_name = "SITE_DIR")]
    dir: PathBuf,
    /// Where the site is published, where neither a manifest nor the home page says so
    #[arg(long, value_name = "URL", value_parser = super::build::address)]
    base_url: Option<String>,
    /// How to print what is found
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
    /// Let warnings, too, count as findings for the exit status
    #[arg(long, value_name = "WHAT")]
    deny: Option<Deny>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let dir = session.path(&args.dir);
    anyhow::ensure!(dir.is_dir(), "there is no folder `{}`", dir.display());
    let started = std::time::Instant::now();
    let entries = session.working("Reading", || folder::read(&dir, audit::is_read))?;
    session.detail(format_args!("read {} files in {} ms", entries.len(), started.elapsed().as_millis()));
    let manifest = entries.iter().find(|e| e.path == MANIFEST).and_then(|e| serde_json::from_slice(e.bytes.as_deref()?).ok());
    let mut about = manifest.as_ref().map(About::of_manifest).unwrap_or_default();
    if args.base_url.is_some() {
        about.base_url.clone_from(&args.base_url);
    }
    if let Some(root) = repository(session, &dir, about.is_ours) {
        let snapshot = Snapshot::from_disk(&root)?;
        let context = Context::new(&snapshot, session.today(None, &snapshot));
        about = about.with_content(&context);
    }
    let site = Site::new(entries.iter().map(|e| (e.path.as_str(), e.bytes.as_deref())), &about);
    if site.pages() == 0 {
        return Err(advised(
            format!("there is no page in `{}`", dir.display()),
            "name the folder that a site was built into, such as `public`",
        ));
    }
    let report = session.working("Auditing", || audit::run(&site));
    session.detail(format_args!("audited {} pages in {} ms", report.items, started.elapsed().as_millis()));
    let gate = Deny::gate(args.deny);
    // For people a mistake in a template is one mistake; programs get each place.
    let shown = match args.format {
        Format::Human | Format::Github => &audit::gathered(&report),
        _ => &report,
    };
    let before = format!("{}/", args.dir.display().to_string().trim_end_matches('/').trim_start_matches("./"));
    session.print(&report::render(session, shown, &site, args.format, gate, By::Audit, &before))?;
    let is_wrong = report.findings.iter().any(|f| f.severity <= gate);
    Ok(if is_wrong { Verdict::Findings } else { Verdict::Fine })
}

/// The content repository that says what the pages of a folder must carry.
fn repository(session: &Session, dir: &Path, is_ours: bool) -> Option<PathBuf> {
    let root = find_root(&session.start().ok()?).ok()?;
    let is_inside = || dir.canonicalize().is_ok_and(|dir| root.canonicalize().is_ok_and(|root| dir.starts_with(root)));
    (root.join("content/site.yaml").is_file() && (is_ours || is_inside())).then_some(root)
}

/// The errors and the number of warnings of what a build is about to write, for people.
#[derive(Default)]
pub(super) struct Judged {
    /// What is wrong, as text; empty where nothing is.
    pub errors: String,
    /// How many warnings there are.
    pub warnings: usize,
}

/// Holds the files of a build against the rules, before they are written.
pub(super) fn judge(session: &Session, files: &[(String, Vec<u8>)], about: &About) -> Judged {
    let site = Site::new(files.iter().map(|(path, bytes)| (path.as_str(), Some(bytes.as_slice()))), about);
    let mut report = audit::run(&site);
    let warnings = report.findings.iter().filter(|f| f.severity == Severity::Warning).count();
    report.findings.retain(|f| f.severity == Severity::Error);
    if report.findings.is_empty() {
        return Judged { errors: String::new(), warnings };
    }
    let shown = audit::gathered(&report);
    let errors = report::render(session, &shown, &site, Format::Human, Severity::Error, By::Audit, "");
    Judged { errors, warnings }
}
