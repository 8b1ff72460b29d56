//! A record whose signature does not count.
//!
//! The signature has to be by a key that `reviews/reviewers.yaml` lists for the reviewer, over exactly what the record says,
//! made for a review, and, with a hardware key, with somebody touching it. Anything else approves nothing.
//!
//! ## Example
//! A record by `a-nurse` that was signed with the key of somebody else.
//!
//! ## Instead
//! Sign again with the reviewer's own key: `signpost review approve ITEM --as a-nurse --key FILE`

use crate::check::rules::v::in_record;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use crate::review::Fault;

pub const RULE: Rule = Rule {
    code: "V003",
    name: "signature",
    severity: Severity::Error,
    source: include_str!("v003_signature.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for (path, fault) in site.record_faults() {
        let Fault::Signature(trouble) = fault else { continue };
        let finding = in_record(site, path, "signature", &trouble.to_string());
        sink.push(finding.help("a record that does not count has to go; sign again with the reviewer's own key"));
    }
}
