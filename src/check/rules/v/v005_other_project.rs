//! A record that was signed for another repository.
//!
//! What was approved for one service is not approved for another. The number of the repository, in `reviews/policy.yaml`, is
//! part of what is signed.
//!
//! ## Example
//! A record copied from the repository of another service.
//!
//! ## Instead
//! Approve the item here: `signpost review approve ITEM --as REVIEWER --key FILE`

use crate::check::rules::v::in_record;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use crate::review::Fault;

pub const RULE: Rule = Rule {
    code: "V005",
    name: "other-project",
    severity: Severity::Error,
    source: include_str!("v005_other_project.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    sink.extend(site.record_faults().iter().filter(|(_, fault)| *fault == Fault::OtherProject).map(|(path, fault)| {
        in_record(site, path, "project", &fault.to_string()).help("approve the item here; what was signed elsewhere counts only there")
    }));
}
