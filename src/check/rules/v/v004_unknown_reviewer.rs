//! A record by somebody who is not in `reviews/reviewers.yaml`.
//!
//! Nobody can tell whose signature it is. People are never deleted from that file, so that what they signed stays checkable.
//!
//! ## Example
//! ```yaml
//! reviewer: a-nurs
//! ```
//!
//! ## Instead
//! ```yaml
//! reviewer: a-nurse
//! ```

use crate::check::rules::v::in_record;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use crate::model::suggest;
use crate::review::Fault;

pub const RULE: Rule = Rule {
    code: "V004",
    name: "unknown-reviewer",
    severity: Severity::Error,
    source: include_str!("v004_unknown_reviewer.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for (path, fault) in site.record_faults() {
        let Fault::UnknownReviewer(id) = fault else { continue };
        let people = site.content.reviewers.iter().flat_map(|r| &r.people).map(|p| p.id.value);
        let finding = in_record(site, path, "reviewer", &format!("there is no reviewer `{id}`"));
        sink.push(match suggest(id, people) {
            Some(near) => finding.help(format!("did you mean `{near}`? A record cannot be edited: sign again")),
            None => finding.help("people are added to reviews/reviewers.yaml before they sign, and never deleted from it"),
        });
    }
}
