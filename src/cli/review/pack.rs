//! `signpost review pack`.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Context as _, Result};
use jiff::Timestamp;
use jiff::civil::Date;

use super::docket::{self, Docket, Sources};
use crate::check::Context;
use crate::cli::Verdict;
use crate::cli::diff::{Compared, versions};
use crate::cli::session::{Session, date, unknown};
use crate::diag::escape::visible;
use crate::diff::{self, Change, Side};
use crate::load::history;
use crate::model::{Decision, ReviewScope, suggest};
use crate::pack::{self, Asked, Reader, Request, Version, seal};
use crate::review::{Draft, Judgement};

/// Write what changed into one HTML file for somebody who has no git
///
/// The file needs nothing else: it opens on a phone or a computer without a network, runs nothing, and prints. It says what is asked
/// of whom, the risks first, then each item before and after with its words struck out and added, and how to sign. The same versions
/// give the same bytes.
#[derive(clap::Args)]
pub(super) struct Args {
    /// BASE or BASE..HEAD as for `diff`, and items to which the pack is limited
    #[arg(value_name = "BASE[..HEAD]|ITEM")]
    what: Vec<String>,
    /// For this reviewer: with the bytes to sign for what they could approve
    #[arg(long = "for", value_name = "REVIEWER")]
    reviewer: Option<String>,
    /// Judge what is missing as of this day, YYYY-MM-DD [default: the newer version's commit; for files on disk today]
    #[arg(long, value_name = "DATE", value_parser = date)]
    now: Option<Date>,
    /// The file to write
    #[arg(short, long, value_name = "FILE")]
    output: Option<PathBuf>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let root = session.root()?;
    let Compared { base, head, items } = versions(&root, &args.what)?;
    let base_commit = history::resolve(&root, &base)?;
    let head_commit = head.as_deref().map(|head| history::resolve(&root, head)).transpose()?;
    let (old, new) = (session.snapshot(Some(&base_commit))?, session.snapshot(head_commit.as_deref())?);
    let now = match (args.now, &head_commit) {
        (Some(day), _) => docket::moment(Some(day)).min(Timestamp::now()),
        (None, Some(commit)) => Timestamp::from_second(history::time(&root, commit)?)?,
        (None, None) => Timestamp::now(),
    };
    let (old_side, new_side) = session.working("Reading", || (Side::of(&old), Side::of(&new)));
    let mut changes = session.working("Comparing", || diff::between(&old_side, &new_side));
    crate::cli::diff::limit(&old_side, &new_side, items, &mut changes)?;
    let day = session.today(args.now, &new);
    let (old_context, new_context) = (Context::new(&old, day), Context::new(&new, day));
    let branch = docket::main_branch(session)?;
    let sources = Sources { tree: head_commit.as_deref(), trusted: branch, branch, now, is_last: false };
    docket::open_on(session, &new, &sources, |docket| {
        let judgements: BTreeMap<&str, Judgement> = changes.iter().map(|c| (c.id.as_str(), docket.court.judge(&c.id))).collect();
        let asked: Vec<Asked> = changes.iter().filter_map(|c| Some(asked(c, judgements.get(c.id.as_str())?))).collect();
        let roles: Vec<(String, String)> =
            docket.court.policy.roles.iter().map(|(role, about)| (role.value.to_owned(), about.value.to_owned())).collect();
        let reader = args.reviewer.as_deref().map(|id| reader(docket, id, &judgements, now)).transpose()?;
        let [old_name, new_name] =
            [(Some(base.as_str()), Some(base_commit.as_str())), (head.as_deref(), head_commit.as_deref())].map(named);
        let request = Request {
            old: Version { side: &old_side, context: &old_context, name: &old_name.0, full: &old_name.1 },
            new: Version { side: &new_side, context: &new_context, name: &new_name.0, full: &new_name.1 },
            changes: &changes,
            asked: &asked,
            roles: &roles,
            reader: reader.as_ref(),
        };
        let page = session.working("Writing the pack", || pack::render(&request)).context("the pack cannot be filled")?;
        session.deliver("the pack", &page, args.output.as_deref())?;
        if let (Some(_), Ok(digest)) = (&args.output, seal::digest(&page)) {
            session.print(&format!("{digest}\n"))?;
        }
        Ok(Verdict::Fine)
    })
}

/// How an item that changed stands. What nobody reviews, a draft for instance, asks for nothing.
fn asked(change: &Change<'_, '_>, judgement: &Judgement) -> Asked {
    let compared = change.fingerprints.0.as_deref();
    Asked {
        id: change.id.clone(),
        state: judgement.words(),
        needs: judgement.needs.iter().map(|n| (n.missing.role.clone(), n.missing.count, n.from.clone())).collect(),
        notes: judgement.notes.clone(),
        is_other_base: judgement.from.is_some() && judgement.from.as_deref() != compared,
    }
}

/// A version as the pack names it, and to the letter.
fn named((revision, commit): (Option<&str>, Option<&str>)) -> (String, String) {
    let Some((revision, commit)) = revision.zip(commit) else { return ("the files on disk".to_owned(), "the files on disk".to_owned()) };
    let name = if revision == commit { format!("commit {}", &commit[..commit.len().min(9)]) } else { revision.to_owned() };
    (name, format!("commit {commit}"))
}

/// Somebody, with the bytes that they would sign for everything that lacks an approval which they could give.
fn reader(docket: &Docket<'_>, id: &str, judgements: &BTreeMap<&str, Judgement>, now: Timestamp) -> Result<Reader> {
    let people = docket.court.people;
    let Some(person) = people.get(id) else {
        let near = suggest(id, people.all.iter().map(|s| s.person.id.value));
        return Err(unknown(format!("there is no reviewer `{}`", visible(id)), near, "people are in reviews/reviewers.yaml"));
    };
    let payload = |judgement: &Judgement| {
        let need = judgement.needs.iter().find(|n| n.from.iter().any(|other| other == id))?;
        let draft = draft(docket, judgement, id, &need.missing.role, now);
        Some((judgement.id.clone(), String::from_utf8(draft.payload()).ok()?))
    };
    Ok(Reader { id: id.to_owned(), name: person.person.name.value.to_owned(), payloads: judgements.values().filter_map(payload).collect() })
}

fn draft(docket: &Docket<'_>, judgement: &Judgement, reviewer: &str, role: &str, now: Timestamp) -> Draft {
    let scope = if judgement.from.is_none() { ReviewScope::Whole } else { ReviewScope::Change };
    Draft {
        record: 1,
        project: docket.court.policy.project.value.to_owned(),
        item: judgement.id.clone(),
        fingerprint: judgement.fingerprint.clone(),
        dependencies: judgement.dependencies.clone(),
        from: judgement.from.clone(),
        class: judgement.change.class.word().to_owned(),
        decision: Decision::Approve.word().to_owned(),
        scope: scope.word().to_owned(),
        reviewer: reviewer.to_owned(),
        role: role.to_owned(),
        date: now.strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        comment: None,
        because: None,
        overrides: None,
        emergency: None,
        channel: None,
        pack: Some(seal::OPEN.to_owned()),
        tool: concat!("signpost ", env!("CARGO_PKG_VERSION")).to_owned(),
    }
}

/// The digest of the pack that somebody read, held against what they are about to approve.
pub(super) fn read(session: &Session, file: &std::path::Path, judgements: &[&Judgement]) -> Result<String> {
    let bytes = docket::read(session, file)?;
    let text = String::from_utf8(bytes).with_context(|| format!("{} is no review pack", file.display()))?;
    let digest = seal::digest(&text).with_context(|| format!("{} is not taken", file.display()))?;
    for judgement in judgements {
        let print = judgement.fingerprint.as_deref().or(judgement.from.as_deref()).unwrap_or_default();
        if !text.contains(print) {
            return Err(crate::cli::session::advised(
                format!("{} does not show this version of `{}`", file.display(), judgement.id),
                "make a new pack with `signpost review pack`, and read that",
            ));
        }
    }
    Ok(digest.to_owned())
}
