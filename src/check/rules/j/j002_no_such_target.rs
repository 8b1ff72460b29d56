//! A step leads to a step that the journey does not have.
//!
//! People who give that answer would be left standing. `go`, `otherwise` and `start` take the id of a step; an ending is
//! written with its kind, `outcome/…`, and so is another journey, `journey/…`.
//!
//! ## Example
//! ```yaml
//! danger:
//!   ask: Are you in danger right now?
//!   answers:
//!     yes: {label: "Yes", go: emergency}
//! ```
//!
//! ## Instead
//! ```yaml
//! danger:
//!   ask: Are you in danger right now?
//!   answers:
//!     yes: {label: "Yes", go: outcome/emergency}
//! ```

use std::collections::HashSet;

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Kind, suggest};
use crate::yaml::NodeRef;

pub const RULE: Rule = Rule {
    code: "J002",
    name: "no-such-target",
    severity: Severity::Error,
    source: include_str!("j002_no_such_target.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let ids: HashSet<&str> = super::steps(file).map(|s| s.name).collect();
    if ids.is_empty() {
        return;
    }
    let mut one = |node: NodeRef<'_>, may_leave: bool| {
        let Some(target) = node.str().filter(|t| !ids.contains(t)) else { return };
        // Ids of items are looked at by the rules for references.
        if target.contains('/') && may_leave {
            return;
        }
        let finding = file.finding(node.span(), format!("there is no step `{target}` in this journey")).label("not found");
        sink.push(match meant(file, target, &ids, may_leave) {
            Some(meant) => finding.did_you_mean(Some(&meant)),
            None if may_leave => finding.help("write the id of a step, of an ending such as `outcome/…`, or of another journey"),
            None => finding.help("write the id of one of its steps"),
        });
    };
    if let Some(start) = file.file.data().and_then(|d| d.get("start")) {
        one(start, false);
    }
    for step in super::steps(file) {
        for entry in step.value.entries() {
            match entry.name {
                "go" | "otherwise" => one(entry.value, true),
                "answers" => entry.value.entries().filter_map(|a| a.value.get("go")).for_each(|go| one(go, true)),
                "decide" => entry.value.items().filter_map(|b| b.get("go")).for_each(|go| one(go, true)),
                _ => {}
            }
        }
    }
}

fn meant(file: &FileContext<'_, '_>, target: &str, ids: &HashSet<&str>, may_leave: bool) -> Option<String> {
    let content = &file.site.content;
    let endings: &[Kind] = if may_leave { &[Kind::Outcome, Kind::Journey] } else { &[] };
    if let Some(kind) = endings.iter().find(|k| content.named(**k, target).is_some()) {
        return Some(kind.id(target));
    }
    if let Some(step) = suggest(target, ids.iter().copied()) {
        return Some(step.to_owned());
    }
    endings.iter().find_map(|kind| {
        let names = content.originals().filter(|i| i.kind == *kind).map(|i| i.name);
        suggest(target, names).map(|name| kind.id(name))
    })
}
