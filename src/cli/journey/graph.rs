//! `signpost journey graph`.

use std::path::PathBuf;

use anyhow::Result;

use super::find;
use crate::cli::Verdict;
use crate::cli::session::{Session, advised};
use crate::fingerprint;
use crate::journey::picture::{self, Sheet, Version, dot, mermaid, svg};
use crate::load::Snapshot;
use crate::model::{Content, Item, Kind};
use crate::schema::Schemas;

/// Draw a journey, or what changed in it since a git revision
///
/// The picture reads from top to bottom, with the answers on the arrows. An ending stands beside each step that leads to it;
/// shape, border and squares say how urgent it is, so that it can be read without colour.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The journey: journey/low-mood, or its name alone
    #[arg(value_name = "ID")]
    id: String,
    /// What to draw it as
    #[arg(long, value_name = "FORMAT", default_value = "svg")]
    format: Format,
    /// Mark what was added, removed and changed since this git revision
    #[arg(long, value_name = "REV")]
    against: Option<String>,
    /// Write the picture into this file instead of printing it
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Format {
    /// A picture for browsers, documents and paper
    Svg,
    /// For Graphviz
    Dot,
    /// A flowchart for pages that draw Mermaid
    Mermaid,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(None)?;
    let older = args.against.as_deref().map(|revision| session.snapshot(Some(revision))).transpose()?;
    let content = Content::of(&snapshot);
    let older_content = older.as_ref().map(Content::of);
    let item = find(&content, &args.id)?;
    let unreadable = || advised(format!("{} cannot be read as a journey", item.id()), "`signpost check` says why");
    let journey = item.journey().ok_or_else(unreadable)?;
    let print = print_of(&snapshot, item);
    let now = Version { item, journey, content: &content, fingerprint: print.as_deref() };

    let found = older_content.as_ref().and_then(|c| Some((c, earlier(c, item)?)));
    if let (Some(revision), None) = (&args.against, found) {
        return Err(advised(format!("there was no {} in {revision}", item.id()), "draw it without --against: all of it is new"));
    }
    let older_print = older.as_ref().zip(found).and_then(|(snapshot, (_, item))| print_of(snapshot, item));
    let before = match found {
        Some((content, item)) => {
            let readable = item.journey();
            let journey =
                readable.ok_or_else(|| advised(format!("{} could not be read then", item.id()), "compare with another revision"))?;
            Some(Version { item, journey, content, fingerprint: older_print.as_deref() })
        }
        None => None,
    };
    let drawing = session.working("Drawing", || picture::draw(now, before));
    let text = match args.format {
        Format::Svg => {
            let sheet = session.working("Drawing", || Sheet::of(&drawing));
            let sheet = sheet.map_err(|error| advised(error.to_string(), "--format dot or mermaid have no limit"))?;
            svg::write(&drawing, &sheet)
        }
        Format::Dot => dot::write(&drawing),
        Format::Mermaid => mermaid::write(&drawing),
    };
    session.deliver("the picture", &text, args.output.as_deref())?;
    Ok(Verdict::Fine)
}

/// The journey as it was, under this name or one that it had before.
fn earlier<'c, 'a>(older: &'c Content<'a>, item: &Item<'_>) -> Option<&'c Item<'a>> {
    let was = item.common.was.iter().map(|w| w.value);
    std::iter::once(item.name).chain(was).find_map(|name| older.named(Kind::Journey, name))
}

fn print_of(snapshot: &Snapshot, item: &Item<'_>) -> Option<String> {
    fingerprint::of(item.file, &Schemas::of(snapshot)).ok()
}
