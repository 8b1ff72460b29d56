//! `signpost schema`.

use anyhow::Result;

use super::Verdict;
use super::session::{Session, unknown};
use crate::embedded;
use crate::model::suggest;
use crate::schema;

/// Print the JSON Schema of a kind of item, or of a file such as site.yaml
///
/// Without a name, the names of all schemas.
#[derive(clap::Args)]
pub(super) struct Args {
    /// topic, resource, journey, …; site, acuity, …; or cli/check for the output of a command
    #[arg(value_name = "KIND")]
    kind: Option<String>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let names = || embedded::SCHEMAS.iter().filter_map(|(path, _)| path.strip_suffix(".schema.json"));
    let text = match &args.kind {
        None => names().map(|name| format!("{name}\n")).collect(),
        Some(kind) => schema::text(kind).map(str::to_owned).ok_or_else(|| no_schema(kind, names()))?,
    };
    session.print(&text)?;
    Ok(Verdict::Fine)
}

fn no_schema<'n>(kind: &str, names: impl Iterator<Item = &'n str> + Clone) -> anyhow::Error {
    let all = names.clone().collect::<Vec<_>>().join(", ");
    unknown(format!("there is no schema `{kind}`"), suggest(kind, names), &format!("there are {all}"))
}
