//! A demonstration key in a repository that is no demonstration.
//!
//! The private halves of the demonstration keys lie open in Signpost's own repository: anybody can sign with them. A real
//! service that trusted one would trust everybody.
//!
//! ## Example
//! `content/site.yaml` says `demonstration: false`, and `reviews/reviewers.yaml` lists the key of `demonstration-content-lead`.
//!
//! ## Instead
//! Make a key with `ssh-keygen -t ed25519` and list its public half.

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Finding;
use crate::diag::Severity;
use crate::review::key;

pub const RULE: Rule = Rule {
    code: "V013",
    name: "demonstration-key",
    severity: Severity::Error,
    source: include_str!("v013_demonstration_key.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    if site.content.is_demonstration() {
        return;
    }
    for entry in site.content.reviewers.iter().flat_map(|r| &r.people).flat_map(|p| &p.keys) {
        if key::is_demonstration(entry.key.value) {
            let finding =
                Finding::new("reviews/reviewers.yaml", entry.key.span, "this is a demonstration key: everybody has its private half");
            sink.push(finding.help("make one with `ssh-keygen -t ed25519`, and list its public half instead"));
        }
    }
}
