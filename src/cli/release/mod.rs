//! `signpost release`: one signed record of a release as a whole, and built folders held against it.

mod prepare;
pub(super) mod ready;
mod sign;
mod stated;
mod verify;

use anyhow::Result;

use super::Verdict;
use super::session::Session;

/// Sign a built site as a whole, and hold a folder against what was signed
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Prepare(prepare::Args),
    Sign(sign::Args),
    Verify(verify::Args),
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    match &args.command {
        Command::Prepare(args) => prepare::run(session, args),
        Command::Sign(args) => sign::run(session, args),
        Command::Verify(args) => verify::run(session, args),
    }
}
