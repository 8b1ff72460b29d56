//! A role that the policy does not define.
//!
//! A need for a role that nobody can have could never be met, and a person with a role that no rule asks for by that name
//! approves nothing. Most often the word is misspelt.
//!
//! ## Example
//! ```yaml
//! roles: {clinical-reviewer: A registered clinician}
//! rules: [{class: editorial, needs: {clinical-reviwer: 1}}]
//! ```
//!
//! ## Instead
//! ```yaml
//! roles: {clinical-reviewer: A registered clinician}
//! rules: [{class: editorial, needs: {clinical-reviewer: 1}}]
//! ```

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Finding;
use crate::diag::Severity;
use crate::model::{Text, suggest};

pub const RULE: Rule = Rule {
    code: "V010",
    name: "unknown-role",
    severity: Severity::Error,
    source: include_str!("v010_unknown_role.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(policy) = &site.content.policy else { return };
    let known: Vec<&str> = policy.roles.iter().map(|(role, _)| role.value).collect();
    let of_rules = policy.rules.iter().flat_map(|rule| rule.needs.iter().map(|(role, _)| *role));
    let of_release = policy.release.iter().flat_map(|release| release.needs.iter().map(|(role, _)| *role));
    let of_emergency = policy.emergency.iter().flat_map(|emergency| emergency.roles.iter().copied());
    let mut report = |path: &str, role: Text<'_>| {
        if !known.contains(&role.value) {
            let finding = Finding::new(path, role.span, format!("the policy has no role `{}`", role.value)).label("not defined");
            sink.push(match suggest(role.value, known.iter().copied()) {
                Some(near) => finding.did_you_mean(Some(near)),
                None => finding.help("define it under `roles` in reviews/policy.yaml"),
            });
        }
    };
    of_rules.chain(of_release).chain(of_emergency).for_each(|role| report("reviews/policy.yaml", role));
    let people = site.content.reviewers.iter().flat_map(|reviewers| &reviewers.people);
    people.flat_map(|person| &person.roles).for_each(|role| report("reviews/reviewers.yaml", *role));
}
