//! `signpost review`: who approved what, what is missing, and the gate.

mod before;
pub(super) mod decide;
mod docket;
pub(super) mod gate;
mod import;
mod keys;
mod log;
mod pack;
mod payload;
mod published;
mod show;
pub(super) mod sign;
mod standing;
mod status;
mod verify;

use std::path::PathBuf;

use anyhow::Result;

use super::Verdict;
use super::session::Session;
use crate::model::{Decision, ReviewScope};
use decide::{Decided, Signing};

pub(super) use decide::is_agreed as agreed;
pub(super) use docket::{main_branch, moment};
pub(super) use published::{judgements, overdue_confirmations, published, suspensions};
pub(super) use standing::{of_item, owed};

/// Approve content, see what still needs whose approval, and hold a tree against the signatures
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(subcommand)]
    command: Command,
}

#[derive(clap::Subcommand)]
enum Command {
    Status(status::Args),
    Show(show::Args),
    Approve(ApproveArgs),
    RequestChanges(RequestArgs),
    Withdraw(WithdrawArgs),
    Verify(verify::Args),
    Log(log::Args),
    Pack(pack::Args),
    Payload(payload::Args),
    Keys(keys::Args),
    Import(import::Args),
}

/// Sign that items are fit to be published as they are
#[derive(clap::Args)]
struct ApproveArgs {
    /// The items: topic/sleep, site/acuity, review/policy
    #[arg(value_name = "ITEM", required_unless_present = "waiting")]
    items: Vec<String>,
    /// Everything that lacks an approval which you could give
    #[arg(long, conflicts_with = "items")]
    waiting: bool,
    #[command(flatten)]
    signing: Signing,
    /// What you read: what changed, or the whole item from top to bottom
    #[arg(long, value_name = "SCOPE", default_value = "change")]
    scope: Scope,
    /// Publish at once; owes the approval of others within the hours of the policy
    #[arg(long, requires = "because")]
    emergency: bool,
    /// Why it cannot wait
    #[arg(long, value_name = "TEXT")]
    because: Option<String>,
    /// Set aside somebody's request for changes, or a suspension, by the hash that `review log` shows
    #[arg(long, value_name = "HASH", value_parser = hash)]
    overrides: Option<String>,
    /// The review pack that you read: the record names it by its digest
    #[arg(long, value_name = "FILE")]
    pack: Option<PathBuf>,
}

#[derive(Clone, Copy, clap::ValueEnum)]
enum Scope {
    /// What differs from the version approved before
    Change,
    /// All of it: the time until the next review begins anew
    Whole,
}

/// Sign that items need changes before they are published; stands until you withdraw it or approve
#[derive(clap::Args)]
struct RequestArgs {
    /// The items
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    #[command(flatten)]
    signing: Signing,
}

/// Take back what you decided on items: an approval of this version, a request for changes, a suspension
#[derive(clap::Args)]
struct WithdrawArgs {
    /// The items
    #[arg(value_name = "ITEM", required = true)]
    items: Vec<String>,
    #[command(flatten)]
    signing: Signing,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let plain = |items, decision| Decided {
        items,
        is_waiting: false,
        decision,
        scope: ReviewScope::Change,
        because: None,
        is_emergency: false,
        overrides: None,
        channel: None,
        pack: None,
    };
    match &args.command {
        Command::Status(args) => status::run(session, args),
        Command::Show(args) => show::run(session, args),
        Command::Approve(args) => {
            let scope = match args.scope {
                Scope::Change => ReviewScope::Change,
                Scope::Whole => ReviewScope::Whole,
            };
            let decided = Decided {
                scope,
                is_waiting: args.waiting,
                because: args.because.as_deref(),
                is_emergency: args.emergency,
                overrides: args.overrides.as_deref(),
                pack: args.pack.as_deref(),
                ..plain(&args.items, Decision::Approve)
            };
            decide::run(session, &args.signing, &decided)
        }
        Command::RequestChanges(args) => decide::run(session, &args.signing, &plain(&args.items, Decision::RequestChanges)),
        Command::Withdraw(args) => decide::run(session, &args.signing, &plain(&args.items, Decision::Withdraw)),
        Command::Verify(args) => verify::run(session, args),
        Command::Log(args) => log::run(session, args),
        Command::Pack(args) => pack::run(session, args),
        Command::Payload(args) => payload::run(session, args),
        Command::Keys(args) => keys::run(session, args),
        Command::Import(args) => import::run(session, args),
    }
}

fn hash(text: &str) -> Result<String, String> {
    let is_hash = text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b));
    if is_hash { Ok(text.to_owned()) } else { Err("a hash has 64 characters; `signpost review log` shows them".to_owned()) }
}
