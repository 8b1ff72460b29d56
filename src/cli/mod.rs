//! The command line: one file a command, which is an Args struct whose doc is the help, and one function.
//!
//! The only part that knows of terminals, the environment, the clock and exit statuses: 0 is fine, 1 says findings, 2 says
//! that the call or its surroundings are wrong. Judges nothing itself.

mod audit;
mod baseline;
mod build;
mod check;
mod completions;
mod confirm;
mod diff;
mod due;
mod explain;
mod hazards;
mod init;
mod journey;
mod man;
mod new;
mod prose;
mod references;
mod release;
mod rename;
mod report;
mod review;
mod schema;
mod select;
mod serve;
mod session;
mod show;
mod skeleton;
mod suspend;
mod terminal;
mod textconv;
mod write;

use std::ffi::OsString;
use std::io;
use std::path::PathBuf;
use std::process::ExitCode;

use clap::{ArgAction, CommandFactory, FromArgMatches, Parser, Subcommand};

use session::{Color, Session};

/// Write, check, prove, review and publish digital mental-health signposting from a git repository.
#[derive(Parser)]
#[command(name = "signpost", version, propagate_version = false, max_term_width = 100)]
#[command(after_help = "Exit status: 0 fine; 1 findings; 2 the call or its surroundings are wrong.")]
struct Cli {
    /// Work as if started in this folder
    #[arg(short = 'C', value_name = "DIR", global = true, default_value = ".", hide_default_value = true)]
    start: PathBuf,
    /// When to use colours
    #[arg(long, value_name = "WHEN", global = true, default_value = "auto")]
    color: Color,
    /// Say nothing but results and errors
    #[arg(short, long, global = true, conflicts_with = "verbose")]
    quiet: bool,
    /// Say what is read and how long it takes
    #[arg(short, long, global = true, action = ArgAction::Count)]
    verbose: u8,
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    Init(init::Args),
    New(new::Args),
    Check(check::Args),
    Explain(explain::Args),
    Schema(schema::Args),
    Show(show::Args),
    Rename(rename::Args),
    Confirm(confirm::Args),
    Review(review::Args),
    Suspend(suspend::Args),
    Release(release::Args),
    Journey(journey::Args),
    Hazards(hazards::Args),
    Diff(diff::Args),
    Build(build::Args),
    Audit(audit::Args),
    Serve(serve::Args),
    Due(due::Args),
    Completions(completions::Args),
    Man(man::Args),
}

/// What a command that ran to its end has to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Verdict {
    /// Exit status 0.
    Fine,
    /// Exit status 1.
    Findings,
    /// Exit status 2: something that was to be judged could not be read, so that nothing else is worth much.
    Unreadable,
}

/// Runs the program with these arguments, the first being its own name.
pub fn main(args: impl IntoIterator<Item = OsString>) -> ExitCode {
    let args: Vec<OsString> = args.into_iter().collect();
    let command = command().color(session::color_of_help(&args));
    let cli = match command.try_get_matches_from(args).and_then(|m| Cli::from_arg_matches(&m)) {
        Ok(cli) => cli,
        Err(error) => {
            // Help and version are results: they go to standard output and are fine.
            let _ = error.print();
            return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
        }
    };
    let session = Session::new(&cli.start, cli.color, cli.quiet, cli.verbose > 0);
    let verdict = match cli.command {
        Command::Init(args) => init::run(&session, &args),
        Command::New(args) => new::run(&session, &args),
        Command::Check(args) => check::run(&session, &args),
        Command::Explain(args) => explain::run(&session, &args),
        Command::Schema(args) => schema::run(&session, &args),
        Command::Show(args) => show::run(&session, &args),
        Command::Rename(args) => rename::run(&session, &args),
        Command::Confirm(args) => confirm::run(&session, &args),
        Command::Review(args) => review::run(&session, &args),
        Command::Suspend(args) => suspend::run(&session, &args),
        Command::Release(args) => release::run(&session, &args),
        Command::Journey(args) => journey::run(&session, &args),
        Command::Hazards(args) => hazards::run(&session, &args),
        Command::Diff(args) => diff::run(&session, &args),
        Command::Build(args) => build::run(&session, &args),
        Command::Audit(args) => audit::run(&session, &args),
        Command::Serve(args) => serve::run(&session, &args),
        Command::Due(args) => due::run(&session, &args),
        Command::Completions(args) => completions::run(&session, &args),
        Command::Man(args) => man::run(&session, &args),
    };
    match verdict {
        Ok(Verdict::Fine) => ExitCode::SUCCESS,
        Ok(Verdict::Findings) => ExitCode::from(1),
        Ok(Verdict::Unreadable) => ExitCode::from(2),
        Err(error) if is_broken_pipe(&error) => ExitCode::SUCCESS,
        Err(error) => {
            session.error(&error);
            ExitCode::from(2)
        }
    }
}

/// The whole command line, for help, completions and manual pages.
fn command() -> clap::Command {
    Cli::command()
}

/// Whoever reads our output has read enough.
fn is_broken_pipe(error: &anyhow::Error) -> bool {
    error.chain().filter_map(|cause| cause.downcast_ref::<io::Error>()).any(|e| e.kind() == io::ErrorKind::BrokenPipe)
}

#[cfg(test)]
mod tests {
    #[test]
    fn the_command_line_is_consistent() {
        super::command().debug_assert();
    }
}
