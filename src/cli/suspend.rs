//! `signpost suspend`.

use anyhow::Result;

use super::Verdict;
use super::review::decide::{self, Decided, Signing};
use super::session::{Session, advised};
use crate::model::{Decision, Kind, ReviewScope};

/// Sign that a service, or one way to reach it, is out of use, when something is wrong
///
/// One signature is enough, the author's too; a second is owed within the hours of the policy. From then on no `build` of any
/// revision shows it, and what stands in for it shows instead. It stands until whoever suspended withdraws it, or somebody else
/// approves with `--overrides`.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The service: resource/samaritans, or samaritans
    #[arg(value_name = "RESOURCE")]
    resource: String,
    /// One channel only, as its type and its value or address: phone:116 123
    #[arg(long, value_name = "TYPE:VALUE")]
    channel: Option<String>,
    /// Why
    #[arg(long, value_name = "TEXT")]
    because: String,
    #[command(flatten)]
    signing: Signing,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let id = if args.resource.contains('/') { args.resource.clone() } else { Kind::Resource.id(&args.resource) };
    if !id.starts_with("resource/") {
        return Err(advised(format!("`{id}` is no service"), "only a resource can be suspended"));
    }
    anyhow::ensure!(!args.because.trim().is_empty(), "`--because` needs some words");
    if let Some(channel) = &args.channel {
        let snapshot = session.snapshot(None)?;
        let content = crate::model::Content::of(&snapshot);
        let channels: Vec<String> =
            content.get(&id).and_then(|i| i.resource()).into_iter().flat_map(|r| &r.channels).filter_map(|c| c.key()).collect();
        if !channels.contains(channel) {
            return Err(advised(format!("`{id}` has no channel `{channel}`"), format!("it has {}", channels.join(", "))));
        }
    }
    let decided = Decided {
        items: &[id],
        is_waiting: false,
        decision: Decision::Suspend,
        scope: ReviewScope::Change,
        because: Some(&args.because),
        is_emergency: false,
        overrides: None,
        channel: args.channel.as_deref(),
        pack: None,
    };
    decide::run(session, &args.signing, &decided)
}
