//! `signpost confirm`.

use std::collections::BTreeSet;

use anyhow::Result;
use jiff::civil::Date;

use super::Verdict;
use super::select;
use super::session::{Session, advised, date};
use super::write::{self, Change};
use crate::diag::Texts;
use crate::model::{Content, Item, Kind, Status};
use crate::yaml;

/// Record that somebody has checked the details of services: numbers, hours, who they are for
///
/// Writes reviews/confirmations/NAME.yaml for each. That is no change of content and needs no approval; pages show it as
/// "last confirmed".
#[derive(clap::Args)]
pub(super) struct Args {
    /// The services: resource/samaritans, or samaritans
    #[arg(value_name = "RESOURCE", required = true)]
    resources: Vec<String>,
    /// The role that checked, such as content-lead
    #[arg(long, value_name = "WHO")]
    by: String,
    /// What the details were held against: the provider's page, or in words such as "called the number"
    #[arg(long, value_name = "URL")]
    against: String,
    /// The day of the check, YYYY-MM-DD [default: today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(None)?;
    let content = Content::of(&snapshot);
    let today = session.today(None, &snapshot);
    let day = args.now.unwrap_or(today);
    anyhow::ensure!(day <= today, "{day} has not come yet: a check is confirmed on its day or later");
    for (option, text) in [("--by", &args.by), ("--against", &args.against)] {
        anyhow::ensure!(!text.trim().is_empty(), "`{option}` needs some words");
    }
    let names: BTreeSet<&str> = args.resources.iter().map(|name| resource(&content, name).map(|r| r.name)).collect::<Result<_>>()?;
    let mut changes = Vec::new();
    for name in names {
        let path = format!("reviews/confirmations/{name}.yaml");
        let after = format!("date: {day}\nby: {}\nagainst: {}\n", yaml::quote(args.by.trim()), yaml::quote(args.against.trim()));
        changes.push(Change { before: snapshot.text(&path).map(str::to_owned), path: snapshot.root().join(path), after });
    }
    write::all(&changes)?;
    for change in &changes {
        session.print(&format!("{}\n", change.path.strip_prefix(snapshot.root()).unwrap_or(&change.path).display()))?;
    }
    Ok(Verdict::Fine)
}

fn resource<'c, 'a>(content: &'c Content<'a>, name: &str) -> Result<&'c Item<'a>> {
    let id = if name.contains('/') { name.to_owned() } else { Kind::Resource.id(name) };
    let item = select::item(content, &id)?;
    anyhow::ensure!(item.kind == Kind::Resource, "`{id}` is no service: only a resource has details to confirm");
    if item.status() == Status::Retired {
        let instead = item.resource().and_then(|r| r.replaced_by.as_ref()).map(|r| format!("it was replaced by `{}`", r.value));
        let help = instead.unwrap_or_else(|| "put `status: live` in its file if the service is there again".to_owned());
        return Err(advised(format!("`{id}` is retired: there is nothing to confirm"), help));
    }
    Ok(item)
}
