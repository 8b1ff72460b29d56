//! Everything that can be known of the content without approval: rules over a snapshot, giving findings.
//!
//! A rule is one file in `rules/FAMILY/`, listed in that folder's `mod.rs`; [`run`] runs them all, in parallel, and never
//! stops at the first finding. To add a rule, copy one, list it, and write its cases in `tests/rules/`.

mod again;
mod causes;
mod circles;
mod context;
mod demand;
pub mod due;
pub mod hazards;
mod hidden;
pub mod judged;
mod lookalike;
pub mod names;
pub mod numbers;
mod outline;
pub mod phrases;
mod postal;
mod proof;
mod prose;
pub mod readability;
mod reference;
mod rule;
mod rules;
mod standing;
pub mod translation;
mod unread;
mod usage;
pub mod vague;

use std::collections::HashSet;

use rayon::prelude::*;

use again::Wanted;

use crate::diag::{Finding, Report, Severity};
use crate::load::File;
use crate::model::Status;

pub use crate::diag::rule::Sink;
pub use again::Kept;
pub use context::{Context, FileContext};
pub use prose::{Piece, Role};
pub use reference::Reference;
pub use rule::{Check, Rule};

/// Families whose rules no item may silence (CONTENT.md, section 1).
pub const NEVER_SILENCED: [char; 4] = ['J', 'H', 'R', 'V'];

/// Every rule.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::FAMILIES.into_iter().flatten().copied()
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|r| r.code == code)
}

/// Runs every rule and gives what they find, sorted by file and place.
pub fn run(context: &Context<'_>) -> Report {
    run_to(context, Severity::Advice)
}

/// The same for rules that weigh `least` or more: what only advises decides nothing for a build.
pub fn run_to(context: &Context<'_>, least: Severity) -> Report {
    let wanted = Wanted::new(least);
    let looked_at: Vec<&File> = context.snapshot.files.iter().filter(|file| context.is_looked_at(&file.path)).collect();
    let is_whole = looked_at.len() == context.snapshot.files.len();
    // Signatures are checked beside everything else: one thread need not wait while another makes a schema ready.
    let of_files = || looked_at.into_par_iter().map(|file| wanted.in_file(context, file)).unzip();
    let ((of_files, uses), _): ((Vec<_>, Vec<_>), _) = rayon::join(of_files, || context.record_faults());
    if is_whole {
        context.knows_usage(usage::Usage::from_uses(context.content.items.len(), &uses));
    }
    let of_site = wanted.in_site(context);
    let mut findings: Vec<Finding> = of_files.into_par_iter().flatten_iter().chain(of_site).collect();
    findings.retain_mut(|finding| context.is_looked_at(&finding.place.file) && settle(context, finding));
    findings.sort_by(Finding::by_place);
    findings.dedup();
    Report { findings, items: context.content.originals().count() }
}

/// Gives a finding its item, softens it in a draft, and says whether the item does not silence it.
fn settle(context: &Context<'_>, finding: &mut Finding) -> bool {
    let Some(item) = context.item_at(&finding.place.file) else { return true };
    finding.item.get_or_insert_with(|| item.id());
    if item.status() == Status::Draft && finding.severity == Severity::Error {
        finding.severity = Severity::Warning;
    }
    let silenced: HashSet<&str> = item.common.allow.iter().map(|a| a.rule.value).collect();
    !silenced.contains(finding.code) || finding.code.starts_with(NEVER_SILENCED)
}
