//! The settings of the whole site name an item that is a draft or retired.
//!
//! Navigation and emergency help stand on every page, and a fallback is shown to everybody whose area has no service of
//! its own: a gap there is a gap for all of them.
//!
//! ## Example
//! ```yaml
//! # content/site.yaml
//! roles:
//!   crisis-line: {label: Crisis line, fallback: resource/example-old-line}     # retired
//! ```
//!
//! ## Instead
//! ```yaml
//! # content/site.yaml
//! roles:
//!   crisis-line: {label: Crisis line, fallback: resource/nhs-111}
//! ```

use super::r003_not_live::remedy;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Singleton, Status};

pub const RULE: Rule = Rule {
    code: "R010",
    name: "site-not-live",
    severity: Severity::Error,
    source: include_str!("r010_site_not_live.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if file.identity != Identity::Singleton(Singleton::Site) {
        return;
    }
    for reference in file.references() {
        let Some(target) = reference.item(&file.site.content) else { continue };
        let word = match target.status() {
            Status::Live => continue,
            Status::Draft => "a draft",
            Status::Retired => "retired",
        };
        let message = format!("`{}` is {word}, and pages of the whole site rely on it", target.id());
        let mut finding = file.finding(reference.id_span(), message).label(word);
        if let Some(node) = target.data.and_then(|d| d.get("status")) {
            finding = finding.also(&target.file.path, node.span(), "says so");
        }
        sink.push(finding.help(remedy(file.site, target)));
    }
}
