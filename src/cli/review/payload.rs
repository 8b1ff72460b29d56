//! `signpost review payload`.

use std::path::PathBuf;

use anyhow::{Result, bail};

use super::docket;
use crate::cli::Verdict;
use crate::cli::session::Session;
use crate::load::Snapshot;
use crate::review::Ledger;

/// Print the exact bytes that a record's signature is over, or the signature itself
///
/// With `review keys --allowed-signers` that is all that `ssh-keygen -Y verify -n signpost-review@v1` needs: no signature has to be
/// believed because Signpost says so.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The file of the record
    #[arg(value_name = "FILE")]
    file: PathBuf,
    /// Print the signature instead
    #[arg(long)]
    signature: bool,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let bytes = docket::read(session, &args.file)?;
    // A record is known by what it says; where the file lies is looked at elsewhere.
    let name = "reviews/records/any/item/record.yaml";
    let snapshot = Snapshot::from_bytes([(name, Ok(bytes.clone()))]);
    let ledger = Ledger::of(&snapshot);
    let place = ledger.faults.first().and_then(|(_, fault)| match fault {
        crate::review::Fault::Misplaced(place) => Some(place.clone()),
        _ => None,
    });
    let snapshot = Snapshot::from_bytes([(place.as_deref().unwrap_or(name), Ok(bytes))]);
    let ledger = Ledger::of(&snapshot);
    let Some(entry) = ledger.entries.values().flatten().next() else {
        let why = ledger.faults.first().map_or_else(|| "it is no record".to_owned(), |(_, fault)| fault.to_string());
        bail!("{}: {why}", args.file.display());
    };
    if args.signature {
        session.print(entry.record.signature.value)?;
    } else {
        session.print(&String::from_utf8(entry.draft.payload())?)?;
    }
    Ok(Verdict::Fine)
}
