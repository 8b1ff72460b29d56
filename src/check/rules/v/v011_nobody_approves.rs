//! Changes that no rule of the policy is for.
//!
//! A change that no rule matches cannot be approved, so an item that is changed in such a way could never be published again.
//! Every kind of item needs a rule for its smallest changes: one with `class: editorial` is for those and for all above.
//!
//! ## Example
//! ```yaml
//! rules:
//!   - {class: clinical, needs: {clinical-reviewer: 1}}
//! ```
//!
//! ## Instead
//! ```yaml
//! rules:
//!   - {class: clinical, needs: {clinical-reviewer: 1}}
//!   - {class: editorial, needs: {content-lead: 1}}
//! ```

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Finding;
use crate::diag::Severity;
use crate::diag::words::list;
use crate::model::{Class, Kind};
use crate::review::{Change, applies};

pub const RULE: Rule = Rule {
    code: "V011",
    name: "nobody-approves",
    severity: Severity::Error,
    source: include_str!("v011_nobody_approves.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let (Some(policy), Some(file)) = (&site.content.policy, site.snapshot.file("reviews/policy.yaml")) else { return };
    let place = file.data().and_then(|data| data.entry("rules")).map(|entry| entry.key).unwrap_or_default();
    let kinds: Vec<&str> = Kind::ALL.into_iter().map(Kind::word).chain(["site", "review", "schema", "template"]).collect();
    for class in [Class::Editorial, Class::Clinical, Class::Logic] {
        let change = Change { class, less_urgent: false };
        let is_unmatched = |kind: &&&str| !policy.rules.iter().any(|rule| applies(rule, &format!("{kind}/any"), change));
        let unmatched: Vec<&str> = kinds.iter().filter(is_unmatched).copied().collect();
        let whose = match unmatched.len() {
            0 => continue,
            all if all == kinds.len() => String::new(),
            _ => format!(" to {}", list(&unmatched, "or")),
        };
        let finding = Finding::new(&file.path, place, format!("no rule is for changes of class {}{whose}", class.word()));
        sink.push(finding.label("nobody can approve them").help(format!("add a rule with `class: {}`", class.word())));
    }
}
