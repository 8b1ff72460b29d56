//! `signpost review approve`, `request-changes`, `withdraw`, and `signpost suspend`: what is about to be signed is shown, asked
//! for, signed, and written one whole file at a time.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::fs;
use std::io::{self, BufRead, IsTerminal, Write as _};
use std::path::Path;
use std::thread;
use std::time::Duration;

use anyhow::{Result, bail};
use jiff::Timestamp;

use super::docket::{self, Docket, Sources};
use super::pack;
use super::sign::{By, Signer};
use crate::check::{self, Context};
use crate::cli::Verdict;
use crate::cli::session::{Session, advised, unknown};
use crate::cli::write::{self, Change};
use crate::diag::escape::visible;
use crate::diag::{Finding, Report, Severity};
use crate::load::Snapshot;
use crate::model::{Decision, KeyStatus, ReviewScope, suggest};
use crate::review::{Draft, Judgement, Ledger, Somebody};

/// What everybody says who signs a decision.
#[derive(clap::Args)]
pub(in crate::cli) struct Signing {
    #[command(flatten)]
    by: By,
    /// Sign what is on disk although it is not committed
    #[arg(long)]
    uncommitted: bool,
}

/// A decision on some items.
pub(in crate::cli) struct Decided<'s> {
    pub(in crate::cli) items: &'s [String],
    /// Everything that waits for the person who signs, in place of named items.
    pub(in crate::cli) is_waiting: bool,
    pub(in crate::cli) decision: Decision,
    pub(in crate::cli) scope: ReviewScope,
    pub(in crate::cli) because: Option<&'s str>,
    pub(in crate::cli) is_emergency: bool,
    pub(in crate::cli) overrides: Option<&'s str>,
    pub(in crate::cli) channel: Option<&'s str>,
    /// The review pack that was read.
    pub(in crate::cli) pack: Option<&'s Path>,
}

/// Shows, asks, signs and writes.
pub(in crate::cli) fn run(session: &Session, signing: &Signing, decided: &Decided<'_>) -> Result<Verdict> {
    let branch = docket::main_branch(session)?;
    let sources = Sources { tree: None, trusted: branch, branch, now: Timestamp::now(), is_last: false };
    docket::open(session, &sources, |docket| {
        let person = person(docket, signing)?;
        let mut drafts = Vec::new();
        let seen = Seen::of(session, docket, signing, decided)?;
        for judgement in judgements(docket, signing, decided)? {
            refuse(docket, &seen, decided, &judgement)?;
            let role = role(docket, signing, decided, person, &judgement)?;
            drafts.push((draft(docket, signing, decided, &judgement, role), judgement));
        }
        if let Some(file) = decided.pack {
            let judgements: Vec<&Judgement> = drafts.iter().map(|(_, judgement)| judgement).collect();
            let digest = pack::read(session, file, &judgements)?;
            drafts.iter_mut().for_each(|(draft, _)| draft.pack = Some(digest.clone()));
        }
        if drafts.is_empty() {
            session.note(format_args!("nothing waits for {}", visible(&signing.by.reviewer)));
            return Ok(Verdict::Fine);
        }
        session.print(&shown(&drafts))?;
        let what = if drafts.len() == 1 { "it".to_owned() } else { format!("these {}", drafts.len()) };
        if !signing.by.yes && !is_agreed(session, &what)? {
            session.note("nothing was signed");
            return Ok(Verdict::Findings);
        }
        let signer = Signer::of(session, &signing.by.key);
        for (number, (draft, _)) in drafts.iter().enumerate() {
            let path = signer.sign(&draft.payload(), person).and_then(|signature| keep(docket.snapshot, draft, &signature));
            match path {
                Ok(path) => session.print(&format!("{path}\n"))?,
                Err(error) if number == 0 => return Err(error),
                Err(error) => return Err(error.context(format!("{number} of {} were signed, as listed; then", drafts.len()))),
            }
        }
        session.note("commit what was written: a record counts from the day on which it comes to the branch that changes go to");
        Ok(Verdict::Fine)
    })
}

/// Writes a record, after reading it back and holding it against what was signed.
pub(super) fn keep(snapshot: &Snapshot, draft: &Draft, signature: &str) -> Result<String> {
    let (path, text) = (draft.path(), draft.file(signature));
    let written = Snapshot::from_texts([(path.as_str(), text.as_str())]);
    let ledger = Ledger::of(&written);
    let is_same = ledger.entries.values().flatten().any(|entry| entry.draft.payload() == draft.payload());
    if !is_same {
        bail!(
            "the record cannot be read back as it was signed: {}",
            ledger.faults.first().map_or_else(String::new, |(_, f)| f.to_string())
        );
    }
    write::all(&[Change { path: snapshot.root().join(&path), before: None, after: text }])?;
    Ok(path)
}

fn person<'d>(docket: &Docket<'d>, signing: &Signing) -> Result<&'d Somebody<'d>> {
    let people = docket.court.people;
    let known = people.get(&signing.by.reviewer);
    let near = suggest(&signing.by.reviewer, people.all.iter().map(|s| s.person.id.value));
    let help = "people are added to reviews/reviewers.yaml, and approved on the branch that changes go to, before they sign";
    let person = known.ok_or_else(|| unknown(format!("there is no reviewer `{}`", visible(&signing.by.reviewer)), near, help))?;
    if person.person.keys.iter().all(|k| k.status != KeyStatus::Active) {
        return Err(advised(format!("{} has no active key", signing.by.reviewer), "add one to reviews/reviewers.yaml"));
    }
    Ok(person)
}

/// What is decided on: the items that are named, or those that lack an approval which this person could give.
fn judgements(docket: &Docket<'_>, signing: &Signing, decided: &Decided<'_>) -> Result<Vec<Judgement>> {
    if !decided.is_waiting {
        return decided.items.iter().map(|id| judged(docket, id)).collect();
    }
    let is_asked = |judgement: &Judgement| {
        let mut needs = judgement.needs.iter();
        needs.any(|n| n.from.contains(&signing.by.reviewer) && signing.by.role.as_ref().is_none_or(|role| n.missing.role == *role))
    };
    Ok(docket.court.judge_all(&docket.court.subjects()).into_iter().filter(is_asked).collect())
}

fn judged(docket: &Docket<'_>, id: &str) -> Result<Judgement> {
    let court = docket.court;
    let is_known = court.items.get(id).is_some() || court.trusted.is_some_and(|t| t.get(id).is_some());
    if is_known {
        return Ok(court.judge(id));
    }
    let near = suggest(id, court.items.by_id.keys().map(String::as_str));
    Err(unknown(format!("there is no item `{}`", visible(id)), near, "an item is named by its kind and name, for example `topic/sleep`"))
}

/// What everybody can see, and what is wrong with it; nothing where that does not matter.
struct Seen {
    head: Option<Snapshot>,
    report: Option<Report>,
}

impl Seen {
    fn of(session: &Session, docket: &Docket<'_>, signing: &Signing, decided: &Decided<'_>) -> Result<Self> {
        // At night nothing stands in the way of taking something down.
        let is_suspension = decided.decision == Decision::Suspend;
        let head = if signing.uncommitted || is_suspension { None } else { Some(session.snapshot(Some("HEAD"))?) };
        let check = || check::run(&Context::new(docket.snapshot, session.today(None, docket.snapshot)));
        let report = (decided.decision == Decision::Approve).then(|| session.working("Checking", check));
        Ok(Self { head, report })
    }
}

/// Nobody signs what is broken, or what nobody else can see.
fn refuse(docket: &Docket<'_>, seen: &Seen, decided: &Decided<'_>, judgement: &Judgement) -> Result<()> {
    let id = &judgement.id;
    let Some(item) = docket.court.items.get(id) else { return Ok(()) };
    if judgement.fingerprint.is_none() && decided.decision == Decision::Approve {
        return Err(advised(format!("`{id}` cannot be read"), "`signpost check` says why"));
    }
    if seen.head.as_ref().is_some_and(|head| head.file(&item.file.path).map(|f| &f.text) != Some(&item.file.text)) {
        let help = "commit it first, so that everybody sees what was signed; `--uncommitted` signs it all the same";
        return Err(advised(format!("`{id}` has changes that are not committed"), help));
    }
    let is_own = |f: &&Finding| f.severity == Severity::Error && f.place.file == item.file.path;
    if let Some(error) = seen.report.as_ref().and_then(|report| report.findings.iter().find(is_own)) {
        let help = format!("put it right first; `signpost check {id}` shows everything");
        return Err(advised(format!("`{id}` does not pass `check`: {} [{}]", visible(&error.message), error.code), help));
    }
    Ok(())
}

/// The role that was asked for, else the one that is missing, else the only one.
fn role<'s>(
    docket: &Docket<'_>,
    signing: &'s Signing,
    decided: &Decided<'_>,
    person: &'s Somebody<'_>,
    judgement: &Judgement,
) -> Result<&'s str> {
    let id = person.person.id.value;
    let own: Vec<&str> = person.person.roles.iter().map(|r| r.value).collect();
    if let Some(role) = &signing.by.role {
        if !docket.court.policy.roles.iter().any(|(known, _)| known.value == role) {
            let near = suggest(role, docket.court.policy.roles.iter().map(|(r, _)| r.value));
            return Err(unknown(format!("the policy knows no role `{}`", visible(role)), near, "the roles are in reviews/policy.yaml"));
        }
        let known = own.iter().find(|r| *r == role).copied();
        return known.ok_or_else(|| advised(format!("{id} does not have the role `{role}`"), format!("{id} has {}", in_words(&own))));
    }
    let missing: Vec<&str> = own.iter().filter(|r| judgement.needs.iter().any(|n| n.missing.role == **r)).copied().collect();
    match (own.as_slice(), missing.as_slice()) {
        ([only], _) | (_, [only]) => Ok(only),
        ([], _) => Err(advised(format!("{id} has no role"), "only people with a role of the policy decide")),
        _ if decided.decision != Decision::Approve => Ok(own[0]),
        _ => Err(advised(format!("{id} has several roles"), format!("say which with `--role`: {}", in_words(&own)))),
    }
}

fn in_words(roles: &[&str]) -> String {
    if roles.is_empty() { "none".to_owned() } else { roles.join(", ") }
}

fn draft(docket: &Docket<'_>, signing: &Signing, decided: &Decided<'_>, judgement: &Judgement, role: &str) -> Draft {
    let is_first = judgement.from.is_none() && decided.decision == Decision::Approve;
    let scope = if is_first { ReviewScope::Whole } else { decided.scope };
    let text = |text: Option<&str>| text.map(|t| t.trim().to_owned()).filter(|t| !t.is_empty());
    Draft {
        record: 1,
        project: docket.court.policy.project.value.to_owned(),
        item: judgement.id.clone(),
        fingerprint: judgement.fingerprint.clone(),
        dependencies: BTreeMap::clone(&judgement.dependencies),
        from: judgement.from.clone(),
        class: judgement.change.class.word().to_owned(),
        decision: decided.decision.word().to_owned(),
        scope: scope.word().to_owned(),
        reviewer: signing.by.reviewer.clone(),
        role: role.to_owned(),
        date: second(docket.snapshot.root(), &judgement.id),
        comment: text(signing.by.comment.as_deref()),
        because: text(decided.because),
        overrides: decided.overrides.map(str::to_owned),
        emergency: decided.is_emergency.then_some(true),
        channel: text(decided.channel),
        pack: None,
        tool: concat!("signpost ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// The time of a decision. Decisions are put in order by it, so two on one item never share a second: the later one waits.
fn second(root: &Path, item: &str) -> String {
    loop {
        let now = Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
        let stamp = now.replace(':', "-");
        let taken = |entry: fs::DirEntry| entry.file_name().to_string_lossy().starts_with(&stamp);
        let is_taken = fs::read_dir(root.join("reviews/records").join(item)).is_ok_and(|entries| entries.flatten().any(taken));
        if !is_taken {
            return now;
        }
        thread::sleep(Duration::from_millis(50));
    }
}

/// What is about to be signed.
fn shown(drafts: &[(Draft, Judgement)]) -> String {
    let mut out = String::new();
    for (draft, judgement) in drafts {
        let _ = writeln!(out, "{} {}{}", draft.decision, visible(&draft.item), subject(draft, judgement));
        let _ = writeln!(out, "  as {} ({})", visible(&draft.reviewer), visible(&draft.role));
        if let Some(print) = &draft.fingerprint {
            let _ = writeln!(out, "  {print}");
        }
        for (key, text) in [("comment", &draft.comment), ("because", &draft.because), ("channel", &draft.channel), ("pack", &draft.pack)] {
            if let Some(text) = text {
                let _ = writeln!(out, "  {key}: {}", visible(text));
            }
        }
    }
    out
}

/// What of the item an approval is about.
fn subject(draft: &Draft, judgement: &Judgement) -> String {
    if draft.decision != Decision::Approve.word() {
        return String::new();
    }
    let what = match (&draft.fingerprint, &draft.from) {
        (None, _) => "its removal".to_owned(),
        (Some(_), None) => "all of it, for the first time".to_owned(),
        (Some(now), Some(from)) if now == from => {
            format!("the version approved before, {} of it", if draft.scope == "whole" { "all" } else { "what changed" })
        }
        (Some(_), Some(_)) => format!("a change of class {} since its last approval", draft.class),
    };
    let urgent = if judgement.change.less_urgent { "; somebody may be sent somewhere less urgent" } else { "" };
    format!(": {what}{urgent}")
}

/// Asks whether to sign.
pub(in crate::cli) fn is_agreed(session: &Session, what: &str) -> Result<bool> {
    if !io::stdin().is_terminal() {
        return Err(advised("nobody is there to say yes", "`--yes` signs without asking"));
    }
    session.print(&format!("Sign {what}? Type yes: "))?;
    io::stdout().flush()?;
    let mut line = String::new();
    io::stdin().lock().read_line(&mut line)?;
    Ok(matches!(line.trim().to_lowercase().as_str(), "yes" | "y"))
}
