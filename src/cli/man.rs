//! `signpost man`.

use std::path::PathBuf;

use anyhow::{Context, Result};

use super::Verdict;
use super::session::Session;

/// Print the manual page, or write one for every command
#[derive(clap::Args)]
pub(super) struct Args {
    /// Write signpost.1 and a page for every command into this folder
    #[arg(long, value_name = "DIR")]
    out: Option<PathBuf>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let mut command = super::command().disable_help_subcommand(true);
    command.build();
    if let Some(dir) = &args.out {
        let dir = session.path(dir);
        let write = || std::fs::create_dir_all(&dir).and_then(|()| clap_mangen::generate_to(command, &dir));
        write().with_context(|| format!("cannot write manual pages to {}", dir.display()))?;
        return Ok(Verdict::Fine);
    }
    let mut page = Vec::new();
    clap_mangen::Man::new(command).render(&mut page)?;
    session.print(&String::from_utf8(page)?)?;
    Ok(Verdict::Fine)
}
