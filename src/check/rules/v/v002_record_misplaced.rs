//! A record in another folder, or under another name, than what it says.
//!
//! A record lies in the folder of its item, and its name has its time, its reviewer and the first eight characters of the
//! hash of what was signed. So nobody can pass off the approval of one item as that of another, and no two records meet.
//!
//! ## Example
//! `reviews/records/topic/anxiety/2026-11-21T12-00-00Z-a-nurse-1a2b3c4d.yaml`, where the record says `item: topic/sleep`
//!
//! ## Instead
//! `reviews/records/topic/sleep/2026-11-21T12-00-00Z-a-nurse-1a2b3c4d.yaml`

use crate::check::rules::v::in_record;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use crate::review::Fault;

pub const RULE: Rule = Rule {
    code: "V002",
    name: "record-misplaced",
    severity: Severity::Error,
    source: include_str!("v002_record_misplaced.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for (path, fault) in site.record_faults() {
        let Fault::Misplaced(place) = fault else { continue };
        sink.push(
            in_record(site, path, "item", "the name of this file does not fit what the record says")
                .help(format!("its place is `{place}`, if nothing in it was changed since it was signed")),
        );
    }
}
