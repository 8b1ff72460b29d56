//! `signpost release prepare`.

use anyhow::Result;
use serde_json::json;

use super::stated::{self, Built, Stated};
use crate::cli::Verdict;
use crate::cli::session::Session;
use crate::diag::escape;

/// Show what there is to sign of a built site, after making it again from its commit
///
/// The gate is asked once more, and the folder has to be what its commit gives here, byte for byte.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    built: Built,
    /// How to print it
    #[arg(long, value_name = "FORMAT", default_value = "human")]
    format: Format,
}

#[derive(Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// For people
    Human,
    /// For programs: schema `cli/release-prepare`
    Json,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let statement = match stated::stated(session, &args.built)? {
        Stated::Fit(statement) => statement,
        Stated::Unfit(why) => {
            match args.format {
                Format::Human => session.print(&why)?,
                Format::Json => {
                    let reasons: Vec<&str> = why.lines().collect();
                    session.print(&escape::json(&json!({"version": 1, "ready": false, "reasons": reasons, "release": null})))?;
                }
            }
            session.note("there is nothing to sign");
            return Ok(Verdict::Findings);
        }
    };
    session.print(&match args.format {
        Format::Human => stated::human(&statement),
        Format::Json => escape::json(&json!({"version": 1, "ready": true, "reasons": [], "release": statement})),
    })?;
    Ok(Verdict::Fine)
}
