//! A record that is not byte for byte as the program wrote it.
//!
//! A record is what somebody signed. The program writes it in one way only, so a space, a comment or another way of quoting
//! is enough to show that somebody edited it. It counts for nothing, and nothing is published until it is as it was.
//!
//! ## Example
//! ```yaml
//! role: "clinical-reviewer"  # was content-lead
//! ```
//!
//! ## Instead
//! Take the file back from git as it was: `git checkout -- FILE`. To decide otherwise, sign again: `signpost review`.

use crate::check::rules::v::in_record;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use crate::review::Fault;

pub const RULE: Rule = Rule {
    code: "V001",
    name: "record-changed",
    severity: Severity::Error,
    source: include_str!("v001_record_changed.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    sink.extend(site.record_faults().iter().filter(|(_, fault)| *fault == Fault::Altered).map(|(path, _)| {
        let finding = in_record(site, path, "record", "this record was changed after it was written");
        finding.help("take the file back from git as it was; to decide otherwise, sign again")
    }));
}
