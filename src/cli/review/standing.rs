//! Judgements in words and as data, the same wherever they are printed.

use std::fmt::Write as _;

use anyhow::Result;
use serde_json::{Value, json};

use super::docket::{self, Sources};
use crate::cli::session::Session;
use crate::diag::escape::visible;
use crate::review::{Debt, Judgement, Objection, Published};

/// A judgement as data.
pub(super) fn data(judgement: &Judgement) -> Value {
    let needs = judgement.needs.iter().map(|n| json!({"role": n.missing.role, "count": n.missing.count, "from": n.from}));
    json!({
        "id": judgement.id,
        "state": judgement.state.word(),
        "approved": judgement.is_approved,
        "fingerprint": {"from": judgement.from, "to": judgement.fingerprint},
        "class": judgement.change.class.word(),
        "less_urgent": judgement.change.less_urgent,
        "needs": needs.collect::<Vec<_>>(),
        "notes": judgement.notes,
        "reviewed": judgement.reviewed.map(|d| d.to_string()),
        "due": judgement.due.map(|d| d.to_string()),
    })
}

/// A debt as data.
pub(super) fn debt_data(debt: &Debt) -> Value {
    json!({"item": debt.item, "owes": debt.owes, "due": debt.due.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(), "overdue": debt.is_overdue})
}

/// An objection as data.
pub(super) fn objection_data(objection: &Objection) -> Value {
    json!({"about": objection.about, "says": objection.says, "help": objection.help})
}

/// A judgement in words: one line, then what else there is to say.
pub(super) fn words(judgement: &Judgement) -> String {
    let mut out = format!("{}: {}\n", visible(&judgement.id), visible(&judgement.words()));
    if judgement.change.less_urgent && !judgement.is_approved {
        out.push_str("  somebody may be sent somewhere less urgent\n");
    }
    for note in &judgement.notes {
        let _ = writeln!(out, "  {}", visible(note));
    }
    if let Some(reviewed) = judgement.reviewed {
        let due = judgement.due.map_or_else(String::new, |due| format!(", next review due by {due}"));
        let _ = writeln!(out, "  all of it last reviewed on {reviewed}{due}");
    }
    out
}

/// Debts in words, a line each.
pub(super) fn debts<'d>(debts: impl Iterator<Item = &'d Debt>) -> String {
    debts.fold(String::new(), |mut out, debt| {
        let mark = if debt.is_overdue { "OVERDUE since" } else { "by" };
        let _ = writeln!(out, "owed: {}: {}, {mark} {}", visible(&debt.item), visible(&debt.owes), debt.due.strftime("%Y-%m-%d %H:%M UTC"));
        out
    })
}

/// What a build says of reviews when it is done: what is suspended, and what is owed.
pub(in crate::cli) fn owed(published: &Published) -> String {
    let mut out = String::new();
    for (name, suspension) in published.suspensions.iter() {
        let ways: Vec<String> = suspension.contacts.iter().map(|(ty, contact)| format!("{}:{contact}", ty.word())).collect();
        let what = if suspension.is_whole { "all of it".to_owned() } else { ways.join(", ") };
        let _ = writeln!(out, "suspended: resource/{}: {}: {}", visible(name), visible(&what), visible(&suspension.because.join("; ")));
    }
    out + &debts(published.debts.iter())
}

/// How an item stands, for `show`; nothing where there is no history or no policy to tell it by.
pub(in crate::cli) fn of_item(session: &Session, id: &str) -> Option<String> {
    let judged = || -> Result<String> {
        let branch = docket::main_branch(session)?;
        let sources = Sources { tree: None, trusted: branch, branch, now: docket::moment(None), is_last: false };
        docket::open(session, &sources, |docket| {
            let judgement = docket.court.judge(id);
            Ok(words(&judgement) + &debts(judgement.debts.iter()))
        })
    };
    judged().inspect_err(|error| session.detail(format_args!("no review state: {error}"))).ok()
}
