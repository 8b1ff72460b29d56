//! A key that has to be a name and is none.
//!
//! Steps, answers, items and roles are named by their keys, and other places refer to them by these names. A name is
//! lower-case letters a to z and digits, with single hyphens between words, at most 64 characters.
//!
//! ## Example
//! ```yaml
//! answers:
//!   Not at all: {label: Not at all}
//! ```
//!
//! ## Instead
//! ```yaml
//! answers:
//!   not-at-all: {label: Not at all}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::list;
use crate::model::{suggest, to_name};
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "S011",
    name: "bad-key-name",
    severity: Severity::Error,
    source: include_str!("s011_bad_key_name.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::KeyName { key, options } = &violation.problem else { continue };
        if options.is_empty() {
            let finding = violation.owned(file.finding(violation.span, format!("`{key}` is no name")));
            // No fix: what refers to the key would have to change with it.
            sink.push(match to_name(key).filter(|name| name != key) {
                Some(name) => finding.did_you_mean(Some(&name)),
                None => finding.help("write lower-case letters a to z, digits and hyphens"),
            });
            continue;
        }
        let finding =
            violation.owned(file.finding(violation.span, format!("`{key}` is nothing that can stand {}", violation.whereabouts())));
        sink.push(match suggest(key, options.iter().map(String::as_str)) {
            Some(near) => finding.did_you_mean(Some(near)).fix(violation.span, near),
            None => finding.help(format!("write {}", list(options, "or"))),
        });
    }
}
