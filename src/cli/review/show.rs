//! `signpost review show`.

use std::fmt::Write as _;

use anyhow::Result;

use super::docket::{self, Sources};
use super::{before, standing};
use crate::cli::Verdict;
use crate::cli::prose::{self, Style};
use crate::cli::session::{Session, unknown};
use crate::cli::show;
use crate::diag::escape::visible;
use crate::diff::places::Places;
use crate::diff::report::{self, Entry};
use crate::diff::{self, Change, ChangeKind, Side, human, json, words};
use crate::model::{Kind, suggest};
use crate::review::Judgement;

/// Show what changed in an item since its last approval, as people will read it
///
/// What the change does to people comes first, then every place that differs, word by word; then what it embeds and what changed
/// there. An item that was never approved is shown as a whole.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The item: topic/sleep, site/acuity, review/policy
    #[arg(value_name = "ITEM")]
    item: String,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: schema `cli/diff`, with the fingerprint of the approved version as `base`
    Json,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let branch = docket::main_branch(session)?;
    let sources = Sources { tree: None, trusted: branch, branch, now: docket::moment(None), is_last: false };
    docket::open(session, &sources, |docket| {
        let court = docket.court;
        let is_known = court.items.get(&args.item).is_some() || court.trusted.is_some_and(|t| t.get(&args.item).is_some());
        if !is_known {
            let near = suggest(&args.item, court.items.by_id.keys().map(String::as_str));
            let help = "an item is named by its kind and name, for example `topic/sleep`";
            return Err(unknown(format!("there is no item `{}`", visible(&args.item)), near, help));
        }
        let judgement = court.judge(&args.item);
        let old = before::approved(docket, &judgement);
        let (old, new) = (Side::of(&old), Side::of(docket.snapshot));
        let mut changes = session.working("Comparing", || diff::between(&old, &new));
        changes.retain(|change| is_part(change, &judgement));
        // The item itself before what it embeds.
        changes.sort_by_key(|change| change.id != judgement.id);
        let text = match args.format {
            Format::Json => json::render(judgement.from.as_deref().unwrap_or("nothing"), None, &changes),
            Format::Human => human(session, &judgement, (&old, &new), &changes),
        };
        session.print(&text)?;
        Ok(Verdict::Fine)
    })
}

/// Whether a change is one of the item, or of something that it embeds.
fn is_part(change: &Change<'_, '_>, judgement: &Judgement) -> bool {
    let own = |id: &str| id == judgement.id || judgement.dependencies.contains_key(id) || judgement.from_dependencies.contains_key(id);
    own(&change.id) || matches!(&change.kind, ChangeKind::Renamed(from) if own(from))
}

fn human(session: &Session, judgement: &Judgement, (old, new): (&Side<'_>, &Side<'_>), changes: &[Change<'_, '_>]) -> String {
    let mut out = standing::words(judgement);
    let (gone, come) = if session.has_color() { ("struck out", "underlined") } else { ("in [-…-]", "in {+…+}") };
    let _ = match &judgement.from {
        Some(_) if changes.is_empty() => writeln!(out, "\nNothing changed since it was last approved."),
        Some(from) => writeln!(out, "\nWhat changed since it was last approved ({from}); what is gone is {gone}, what is new {come}:"),
        None => writeln!(out, "\nIt was never approved, so all of it is to be read:"),
    };
    let style = Style { color: session.has_color(), width: session.width() };
    let options = human::Options { color: style.color, width: style.width, is_whole: true };
    let told = report::of(old, new, changes);
    for change in changes {
        let Some(mut entry) = told.entries.iter().find(|e| e.id == change.id).cloned() else { continue };
        let is_whole = matches!(change.kind, ChangeKind::Added | ChangeKind::Removed);
        if is_whole {
            entry.fields.clear();
        } else {
            as_read(&mut entry, change);
        }
        let _ = write!(out, "\n{}", human::one(&entry, options));
        if is_whole {
            let (subject, side) = if change.to.is_some() { (change.to.as_ref(), new) } else { (change.from.as_ref(), old) };
            let whole = subject.map(|s| show::fields_and_text(style, &side.content, s.file));
            let _ = write!(out, "\n{}", whole.unwrap_or_default().trim_end());
            out.push('\n');
        }
    }
    if judgement.id.starts_with(Kind::Journey.word()) {
        let name = visible(&judgement.id);
        let _ = writeln!(out, "\n`signpost journey graph {name}` draws it; `signpost journey verify {name}` proves where answers lead.");
    }
    out
}

/// Places by the names that editors know, and the text as it reads, not as it is typed.
fn as_read(entry: &mut Entry, change: &Change<'_, '_>) {
    let path = change.to.as_ref().or(change.from.as_ref()).map_or("", |s| s.file.path.as_str());
    let places = Places::of(path);
    let plain = |text: &str| prose::render(text, Style { color: false, width: usize::MAX });
    for (told, field) in entry.fields.iter_mut().zip(&change.fields) {
        told.path = places.words(&field.path);
        let is_body = field.path == ["body"] && path.ends_with(".md");
        if let (true, Some(from), Some(to)) =
            (is_body, field.from.as_ref().and_then(|v| v.as_str()), field.to.as_ref().and_then(|v| v.as_str()))
        {
            let read = words::pieces(plain(from).trim_end(), plain(to).trim_end());
            // What differs only in how it is typed is shown as it is typed.
            if read.iter().any(|piece| !matches!(piece, words::Piece::Same(_))) {
                told.pieces = read;
            }
        }
    }
}
