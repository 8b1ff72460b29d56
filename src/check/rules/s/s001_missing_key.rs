//! A key that has to be there and is not.
//!
//! Without it the item cannot be shown, found or judged. The finding points at the key whose map lacks it, or at the first
//! line of the item, and the help shows what could be written.
//!
//! ## Example
//! ```yaml
//! type: helpline
//! provider: Example organisation
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Example helpline
//! type: helpline
//! provider: Example organisation
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "S001",
    name: "missing-key",
    severity: Severity::Error,
    source: include_str!("s001_missing_key.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Missing(key) = &violation.problem else { continue };
        let place = if violation.path.is_empty() { String::new() } else { format!(" {}", violation.whereabouts()) };
        let finding = file.finding(violation.span, format!("`{key}` is missing{place}"));
        let line = violation.example_line(key);
        let help = line.map_or_else(|| format!("add `{key}: …`"), |line| format!("add it, for example `{line}`"));
        sink.push(violation.explain(finding).help(help));
    }
}
