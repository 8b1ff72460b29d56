//! `signpost completions`.

use anyhow::Result;

use super::Verdict;
use super::session::Session;

/// Print completions for a shell
///
/// For example: `signpost completions bash > ~/.local/share/bash-completion/completions/signpost`
#[derive(clap::Args)]
pub(super) struct Args {
    /// The shell
    #[arg(value_name = "SHELL")]
    shell: clap_complete::Shell,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let mut text = Vec::new();
    clap_complete::generate(args.shell, &mut super::command(), "signpost", &mut text);
    session.print(&String::from_utf8(text)?)?;
    Ok(Verdict::Fine)
}
