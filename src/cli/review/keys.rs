//! `signpost review keys`.

use std::fmt::Write as _;

use anyhow::Result;

use crate::cli::Verdict;
use crate::cli::session::Session;
use crate::diag::escape::visible;
use crate::model::Content;
use crate::review::{key, signature};

/// List the people who can sign, with their roles and keys
#[derive(clap::Args)]
pub(super) struct Args {
    /// As they stand in a git revision instead of on disk
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// As the file of allowed signers that `ssh-keygen -Y verify` reads
    #[arg(long)]
    allowed_signers: bool,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(args.at.as_deref())?;
    let content = Content::of(&snapshot);
    let mut out = String::new();
    for person in content.reviewers.iter().flat_map(|r| &r.people) {
        if !args.allowed_signers {
            let roles: Vec<&str> = person.roles.iter().map(|r| r.value).collect();
            let roles = if roles.is_empty() { "no role".to_owned() } else { roles.join(", ") };
            let registration = person.registration.map_or_else(String::new, |r| format!("; {}", r.value));
            let _ = writeln!(
                out,
                "{}: {} ({}{})",
                visible(person.id.value),
                visible(person.name.value),
                visible(&roles),
                visible(&registration)
            );
        }
        for entry in &person.keys {
            match (key::read(entry.key.value), args.allowed_signers) {
                (Ok(_), true) => {
                    let _ = writeln!(out, "{} namespaces=\"{}\" {}", person.id.value, signature::NAMESPACE, entry.key.value);
                }
                (Ok(read), false) => {
                    let ty = entry.key.value.split(' ').next().unwrap_or("");
                    let _ =
                        writeln!(out, "  {} {ty}, {} since {}", key::fingerprint(&read), entry.status.word(), visible(entry.since.value));
                }
                (Err(_), true) => {}
                (Err(trouble), false) => {
                    let _ = writeln!(out, "  {trouble}: {}", trouble.advice());
                }
            }
        }
    }
    session.print(&out)?;
    Ok(Verdict::Fine)
}
