//! `signpost release sign`.

use anyhow::Result;
use jiff::Timestamp;

use super::stated::{self, Built, Stated, program};
use crate::cli::Verdict;
use crate::cli::review::agreed;
use crate::cli::review::gate::Judge;
use crate::cli::review::sign::{By, Signer};
use crate::cli::session::{Session, advised, unknown};
use crate::cli::write::{self, Change};
use crate::diag::escape::visible;
use crate::load::Snapshot;
use crate::model::{Policy, suggest};
use crate::review::{People, ReleaseDraft, Releases, Somebody, Statement};

/// Sign a built site as a whole
///
/// Shows the commit, the digest of the manifest, the program, the hazard log and the debts that are accepted with it, and asks.
/// Each person's signature is a file of its own in reviews/releases/; the release is signed once those whom `release` of the policy
/// names have signed.
#[derive(clap::Args)]
pub(super) struct Args {
    #[command(flatten)]
    built: Built,
    #[command(flatten)]
    by: By,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let statement = match stated::stated(session, &args.built)? {
        Stated::Fit(statement) => statement,
        Stated::Unfit(why) => {
            session.print(&why)?;
            session.note("nothing was signed");
            return Ok(Verdict::Findings);
        }
    };
    let judge = Judge::of(session, &statement.commit)?;
    let content = judge.content();
    let people = People::of(content.reviewers.as_ref());
    let Some(policy) = &content.policy else { return Err(advised("there is no policy", "`signpost init` writes reviews/policy.yaml")) };
    let person = people.get(&args.by.reviewer).ok_or_else(|| {
        let near = suggest(&args.by.reviewer, people.all.iter().map(|s| s.person.id.value));
        unknown(format!("there is no reviewer `{}`", visible(&args.by.reviewer)), near, "people are in reviews/reviewers.yaml")
    })?;
    let role = role(policy, person, args.by.role.as_deref())?;
    let draft = draft(args, statement, role);
    session.print(&format!("sign as {} ({role})\n{}", visible(&args.by.reviewer), stated::human(&draft.statement)))?;
    if !args.by.yes && !agreed(session, "it")? {
        session.note("nothing was signed");
        return Ok(Verdict::Findings);
    }
    let signature = Signer::of(session, &args.by.key).sign(&draft.payload(), person)?;
    let (path, text) = (draft.path(), draft.file(&signature));
    let written = Releases::of(&Snapshot::from_texts([(path.as_str(), text.as_str())]));
    anyhow::ensure!(written.entries.iter().any(|e| e.draft == draft), "the signature cannot be read back as it was made");
    write::all(&[Change { path: session.root()?.join(&path), before: None, after: text }])?;
    session.print(&format!("{path}\n"))?;
    session.note("commit what was written; `signpost release verify` says whether somebody else has to sign too");
    Ok(Verdict::Fine)
}

fn draft(args: &Args, statement: Statement, role: &str) -> ReleaseDraft {
    let comment = args.by.comment.as_deref().map(str::trim).filter(|c| !c.is_empty());
    ReleaseDraft {
        release: 1,
        statement,
        reviewer: args.by.reviewer.clone(),
        role: role.to_owned(),
        date: Timestamp::now().strftime("%Y-%m-%dT%H:%M:%SZ").to_string(),
        comment: comment.map(str::to_owned),
        tool: program().to_owned(),
    }
}

/// The role that was asked for, else the one of theirs that a release needs.
fn role<'s>(policy: &Policy<'_>, person: &'s Somebody<'_>, asked: Option<&'s str>) -> Result<&'s str> {
    let id = person.person.id.value;
    let Some(needs) = &policy.release else {
        return Err(advised(
            "the policy does not say who signs a release",
            "add `release: {needs: {ROLE: 1}}` to reviews/policy.yaml, and have that approved",
        ));
    };
    let needed: Vec<&str> = needs.needs.iter().map(|(role, _)| role.value).collect();
    let own: Vec<&str> = needed.iter().copied().filter(|role| person.has_role(role)).collect();
    match (asked, own.as_slice()) {
        (Some(role), _) if person.has_role(role) => Ok(role),
        (Some(role), _) => {
            Err(advised(format!("{id} does not have the role `{}`", visible(role)), format!("a release needs {}", needed.join(", "))))
        }
        (None, []) => Err(advised(format!("{id} has no role that signs a release"), format!("a release needs {}", needed.join(", ")))),
        (None, [first, ..]) => Ok(person.person.roles.iter().map(|r| r.value).find(|r| r == first).unwrap_or(id)),
    }
}
