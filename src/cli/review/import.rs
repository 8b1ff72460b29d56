//! `signpost review import`.

use std::path::PathBuf;

use anyhow::{Context, Result, bail};
use jiff::Timestamp;

use super::decide;
use super::docket::{self, Sources};
use crate::cli::Verdict;
use crate::cli::session::{Session, advised};
use crate::review::{Draft, signature};

/// Bring in a record that was signed elsewhere, with `ssh-keygen -Y sign -n signpost-review@v1`
#[derive(clap::Args)]
pub(super) struct Args {
    /// The file that was signed
    #[arg(value_name = "PAYLOAD")]
    payload: PathBuf,
    /// The signature that `ssh-keygen` wrote beside it
    #[arg(value_name = "SIGNATURE")]
    signature: PathBuf,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let payload = docket::read(session, &args.payload)?;
    let made = docket::read(session, &args.signature)?;
    let shown = args.payload.display();
    let draft: Draft = serde_json::from_slice(&payload).with_context(|| format!("{shown} is no payload of a review"))?;
    if draft.payload() != payload {
        bail!("{shown} is not written the way in which payloads are signed (RFC 8785): what was signed cannot be kept");
    }
    let branch = docket::main_branch(session)?;
    let sources = Sources { tree: None, trusted: branch, branch, now: Timestamp::now(), is_last: false };
    docket::open(session, &sources, |docket| {
        if draft.project != docket.court.policy.project.value {
            return Err(advised(format!("{shown} was signed for another repository"), "it counts only there"));
        }
        let Some(person) = docket.court.people.get(&draft.reviewer) else {
            return Err(advised(format!("there is no reviewer `{}`", draft.reviewer), "people are in reviews/reviewers.yaml"));
        };
        let text = signature::normal_form(&String::from_utf8_lossy(&made))?;
        signature::verify(&text, &payload, &person.keys)?;
        let path = decide::keep(docket.snapshot, &draft, &text)?;
        session.print(&format!("{path}\n"))?;
        Ok(Verdict::Fine)
    })
}
