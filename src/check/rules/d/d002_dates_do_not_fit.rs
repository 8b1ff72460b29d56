//! Dates that cannot be right, and assurance that has run out.
//!
//! A last day before the first closes a service for good; a source that was read tomorrow was not read. And an app whose
//! outside check has lapsed is no longer one that somebody vouches for: its card then says so.
//!
//! ## Example
//! ```yaml
//! from: 2026-04-01
//! until: 2025-03-31
//! ```
//!
//! ## Instead
//! ```yaml
//! from: 2026-04-01
//! until: 2027-03-31
//! ```

use jiff::civil::Date;

use super::ago;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Item, Kind, Status, Text};
use crate::yaml::NodeRef;

pub const RULE: Rule = Rule {
    code: "D002",
    name: "dates-do-not-fit",
    severity: Severity::Error,
    source: include_str!("d002_dates_do_not_fit.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item.filter(|i| i.status() != Status::Retired) else { return };
    let Some(data) = item.data else { return };
    let listed = data.get("channels").into_iter().flat_map(NodeRef::items);
    let named = data.get("services").filter(|_| item.kind == Kind::Area).into_iter().flat_map(|s| s.entries().map(|e| e.value));
    for node in listed.chain(named) {
        in_order(file, node, "from", "until", sink);
    }
    if let Some(assurance) = data.get("assurance") {
        in_order(file, assurance, "date", "until", sink);
    }
    assurance(file, item, sink);
    let read = item.evidence().and_then(|e| e.accessed).map(|d| (d, "this source was read on"));
    let passed = item.resource().and_then(|r| r.assurance.as_ref()?.date).map(|d| (d, "the check was passed on"));
    for (date, what) in read.into_iter().chain(passed) {
        if day(date).is_some_and(|d| d > file.site.today) {
            let finding = file.finding(date.span, format!("{what} {}, which is still to come", date.value)).label("in the future");
            sink.push(finding.help("write the day on which it happened"));
        }
    }
}

fn day(text: Text<'_>) -> Option<Date> {
    text.parse().ok()
}

fn in_order(file: &FileContext<'_, '_>, node: NodeRef<'_>, first: &str, last: &str, sink: &mut Sink<'_>) {
    let (Some(from), Some(until)) = (node.get(first), node.get(last)) else { return };
    let read = |node: NodeRef<'_>| node.str().and_then(|s| s.parse::<Date>().ok());
    if let (Some(start), Some(end)) = (read(from), read(until))
        && end < start
    {
        let finding =
            file.finding(until.span(), format!("the last day, {end}, is before the first, {start}")).label("before the first day");
        sink.push(finding.also(&file.file.path, from.span(), "the first day").help("check both dates"));
    }
}

fn assurance(file: &FileContext<'_, '_>, item: &Item<'_>, sink: &mut Sink<'_>) {
    let Some(assurance) = item.resource().and_then(|r| r.assurance.as_ref()) else { return };
    let Some((until, date)) = assurance.until.and_then(|u| Some((u, day(u)?))) else { return };
    let late = i64::from((file.site.today - date).get_days());
    if late > 0 {
        let message =
            format!("the check by {} ran out on {date}, {}: the card now says that it has lapsed", assurance.scheme.value, ago(late));
        let help = "ask the provider for the new check and its dates, or take `assurance` out";
        sink.push_as(Severity::Warning, file.finding(until.span, message).label("run out").help(help));
    }
}
