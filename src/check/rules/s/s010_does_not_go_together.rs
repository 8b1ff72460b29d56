//! A key that does not go with the `type` that was chosen.
//!
//! A phone channel has a number under `value`, a web chat an address under `url`. With the wrong key the card would have
//! nothing to dial or to open.
//!
//! ## Example
//! ```yaml
//! channels:
//!   - {type: webchat, value: "https://example.org/chat"}
//! ```
//!
//! ## Instead
//! ```yaml
//! channels:
//!   - {type: webchat, url: "https://example.org/chat"}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::{Problem, fits_pattern};
use crate::yaml::NodeRef;

pub const RULE: Rule = Rule {
    code: "S010",
    name: "does-not-go-together",
    severity: Severity::Error,
    source: include_str!("s010_does_not_go_together.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::NotHere { key, ty, instead } = &violation.problem else { continue };
        let with = ty.as_ref().map_or_else(String::new, |ty| format!(" with `type: {ty}`"));
        let finding = violation.owned(file.finding(violation.span, format!("`{key}` does not go{with}")));
        sink.push(match instead {
            Some(right) if fits(violation.node, right) => {
                finding.help(format!("write `{right}` instead of `{key}`")).fix(violation.span, right.clone())
            }
            Some(right) => finding.help(format!("take it out and write `{right}: …`, or choose another `type`")),
            None => finding.help("take it out, or choose another `type`"),
        });
    }
}

/// Whether the value could stand under the other key as it is.
fn fits(value: NodeRef<'_>, key: &str) -> bool {
    let is_address = value.str().is_some_and(|text| fits_pattern("^https://", text));
    is_address == (key == "url")
}
