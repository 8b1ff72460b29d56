//! A heading with an attribute other than an id.
//!
//! Between braces after a heading stands its id, `{#what-to-expect}`, by which safety rules and links find the section.
//! Classes and other attributes would change how the page looks or behaves out of a reviewer's sight.
//!
//! ## Example
//! ```md
//! ## What to expect {.warning}
//! ```
//!
//! ## Instead
//! ```md
//! ## What to expect {#what-to-expect}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::Refusal;

pub const RULE: Rule = Rule {
    code: "Y022",
    name: "heading-attribute",
    severity: Severity::Error,
    source: include_str!("y022_heading_attribute.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for (refusal, span) in file.body().into_iter().flat_map(|b| &b.refusals) {
        if *refusal == Refusal::HeadingAttribute {
            let finding = file.finding(*span, "only an id may stand in braces after a heading");
            sink.push(finding.help("write `{#name}`, with lower-case letters, digits and hyphens, or take the braces out"));
        }
    }
}
