//! A key that this kind of item does not have.
//!
//! A misspelt key would be passed over in silence, and what it says would be missing on the page. So every key has to
//! be one that the schema knows; `signpost schema KIND` lists them, and an editor set up by `signpost init` offers them.
//!
//! ## Example
//! ```yaml
//! title: Example helpline
//! chanels:
//!   - {type: phone, value: "0808 157 0123"}
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Example helpline
//! channels:
//!   - {type: phone, value: "0808 157 0123"}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "S002",
    name: "unknown-key",
    severity: Severity::Error,
    source: include_str!("s002_unknown_key.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Unknown { key, suggestion, known } = &violation.problem else { continue };
        let place = if violation.path.is_empty() { "here".to_owned() } else { format!("in `{}`", violation.path) };
        let finding = file.finding(violation.span, format!("there is no key `{key}` {place}")).label("unknown key");
        sink.push(match suggestion {
            Some(s) => finding.did_you_mean(Some(s)).fix(violation.span, s.clone()),
            None if known.is_empty() => finding,
            None => finding.help(format!("the keys that can stand here are {}", known.join(", "))),
        });
    }
}
