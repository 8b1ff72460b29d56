//! `signpost journey`: one file a subcommand, and what they share.

mod compare;
mod graph;
mod list;
mod menu;
mod proof;
mod screen;
mod script;
mod verify;
mod walk;

use anyhow::Result;
use clap::Subcommand;

use super::Verdict;
use super::select;
use super::session::{Session, advised};
use crate::model::{Content, Item, Kind};

/// Prove, walk, compare and list journeys
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Compare(compare::Args),
    Graph(graph::Args),
    List(list::Args),
    Verify(verify::Args),
    Walk(walk::Args),
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    match &args.command {
        Command::Compare(args) => compare::run(session, args),
        Command::Graph(args) => graph::run(session, args),
        Command::List(args) => list::run(session, args),
        Command::Verify(args) => verify::run(session, args),
        Command::Walk(args) => walk::run(session, args),
    }
}

/// The journey with this id or name; an error says what was probably meant.
fn find<'c, 'a>(content: &'c Content<'a>, id: &str) -> Result<&'c Item<'a>> {
    if let Some(item) = content.named(Kind::Journey, id) {
        return Ok(item);
    }
    // A bare name can only be that of a journey here.
    let whole = if id.contains('/') { id.to_owned() } else { Kind::Journey.id(id) };
    let item = select::item(content, &whole)?;
    if item.kind == Kind::Journey {
        return Ok(item);
    }
    Err(advised(format!("`{id}` is no journey"), "`signpost journey list` shows all journeys"))
}
