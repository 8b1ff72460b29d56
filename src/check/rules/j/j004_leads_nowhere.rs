//! A step or an answer that does not say where it leads.
//!
//! Everybody who answers has to arrive at help. For each answer there is a `go`: its own, or that of the step, which
//! holds for all answers without one.
//!
//! ## Example
//! ```yaml
//! danger:
//!   ask: Are you in danger right now?
//!   answers:
//!     yes: {label: "Yes", go: outcome/emergency}
//!     no: {label: "No"}
//! ```
//!
//! ## Instead
//! ```yaml
//! danger:
//!   ask: Are you in danger right now?
//!   answers:
//!     yes: {label: "Yes", go: outcome/emergency}
//!     no: {label: "No"}
//!   go: mood
//! ```

use crate::check::outline::HEADS;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::Entry;

pub const RULE: Rule = Rule {
    code: "J004",
    name: "leads-nowhere",
    severity: Severity::Error,
    source: include_str!("j004_leads_nowhere.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for step in super::steps(file) {
        let has = |key: &str| step.value.get(key).is_some();
        let heads = HEADS.iter().filter(|h| has(h)).count();
        // A decision that may fall through is for the proof to judge. A `go` under the wrong name is said already.
        if heads != 1 || has("go") || has("decide") || has("otherwise") {
            continue;
        }
        let is_many = step.value.get("choose").is_some_and(|c| c.str() == Some("any"));
        let answers: Vec<Entry<'_>> = step.value.get("answers").into_iter().flat_map(|a| a.entries()).collect();
        let lost: Vec<&Entry<'_>> = answers.iter().filter(|a| a.value.get("go").is_none()).collect();
        if has("ask") && !has("number") && !is_many && !answers.is_empty() && lost.len() < answers.len() {
            for answer in lost {
                let finding = file.finding(answer.key, format!("the answer `{}` of `{}` leads nowhere", answer.name, step.name));
                sink.push(finding.help("give it a `go`, or give the step one for all answers without their own"));
            }
        } else if !has("ask") || has("number") || !answers.is_empty() {
            let finding = file.finding(step.key, format!("the step `{}` leads nowhere", step.name));
            sink.push(finding.help("say with `go` where it leads: a step, an ending such as `outcome/…`, or another journey"));
        }
    }
}
