//! A record whose fields do not go together.
//!
//! An emergency and a suspension need a reason, only services can be suspended, only an approval can be an emergency.
//!
//! ## Example
//! ```yaml
//! item: topic/sleep
//! decision: suspend
//! ```
//!
//! ## Instead
//! ```yaml
//! item: resource/example-helpline
//! decision: suspend
//! because: The number is answered by somebody else
//! ```

use crate::check::rules::v::in_record;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use crate::review::Fault;

pub const RULE: Rule = Rule {
    code: "V006",
    name: "record-contradicts-itself",
    severity: Severity::Error,
    source: include_str!("v006_record_contradicts_itself.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for (path, fault) in site.record_faults() {
        let Fault::Incoherent(why) = fault else { continue };
        sink.push(in_record(site, path, "decision", why).help("a record cannot be edited: sign again"));
    }
}
