//! The details of a service were confirmed too long ago, or on a day that is still to come.
//!
//! How long a confirmation lasts is for the service to say with `check_every`, in days; without it, a year. After that
//! the service no longer counts for the safety rules, because nobody can say that it still answers.
//!
//! ## Example
//! ```yaml
//! # reviews/confirmations/example-line.yaml, of a service with `check_every: 90`
//! date: 2025-11-21
//! ```
//!
//! ## Instead
//! ```yaml
//! date: 2026-11-21
//! ```

use jiff::civil::Date;

use crate::check::due::DAYS_OF_A_CONFIRMATION;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Kind};

pub const RULE: Rule = Rule {
    code: "P006",
    name: "confirmation-overdue",
    severity: Severity::Warning,
    source: include_str!("p006_confirmation_overdue.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if let Identity::Confirmation(name) = file.identity {
        in_the_future(file, name, sink);
    }
    let Some(item) = file.item.filter(|i| i.kind == Kind::Resource && i.language.is_none() && i.is_live()) else { return };
    let Some((confirmed_in, confirmation)) = file.site.content.confirmations.get(item.name) else { return };
    let Ok(date) = confirmation.date.parse::<Date>() else { return };
    let every = item.resource().and_then(|r| r.check_every);
    let days = every.map_or(DAYS_OF_A_CONFIRMATION, |e| e.value);
    let late = i64::from((file.site.today - date).get_days()) - days;
    if late <= 0 {
        return;
    }
    let ago = if late == 1 { "yesterday".to_owned() } else { format!("{late} days ago") };
    let message = format!("the details of this service were due to be confirmed again {ago}");
    let finding = file.finding(item.common.title_span(), message).label(format!("confirmed on {date}, lasts {days} days"));
    let finding = match every {
        Some(every) => finding.also(&file.file.path, every.span, "how long a confirmation lasts"),
        None => finding,
    };
    let help = format!("check every number, address and time with the service, then run `signpost confirm {}`", item.id());
    sink.push(finding.also(&confirmed_in.path, confirmation.date.span, "last confirmed").help(help));
}

fn in_the_future(file: &FileContext<'_, '_>, name: &str, sink: &mut Sink<'_>) {
    let Some((_, confirmation)) = file.site.content.confirmations.get(name) else { return };
    if confirmation.date.parse::<Date>().is_ok_and(|date| date > file.site.today) {
        let message = format!("`{name}` is confirmed on {}, which is still to come", confirmation.date.value);
        let finding = file.finding(confirmation.date.span, message).label("in the future");
        sink.push_as(Severity::Error, finding.help("write the day on which the details were really checked"));
    }
}
