//! Two files with the same kind and name.
//!
//! Sub-folders are for the editors' convenience and are no part of an id, so two files of one kind with one name are one
//! and the same item to everybody who refers to it. Only the first would be shown.
//!
//! ## Example
//! `content/topics/sleep.md` and `content/topics/nights/sleep.md`
//!
//! ## Instead
//! `content/topics/sleep.md` and `content/topics/nights/sleep-at-work.md`

use std::collections::HashMap;

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};

pub const RULE: Rule = Rule {
    code: "Y042",
    name: "same-name",
    severity: Severity::Error,
    source: include_str!("y042_same_name.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let mut seen = HashMap::new();
    for item in &site.content.items {
        let path = item.file.path.as_str();
        let first = *seen.entry((item.kind, item.name, item.language)).or_insert(path);
        if first == path {
            continue;
        }
        let what = item.language.map_or_else(|| format!("`{}`", item.id()), |l| format!("a translation of `{}` into `{l}`", item.id()));
        let finding = Finding::new(path, item.common.title_span(), format!("`{first}` is {what} already"));
        sink.push(finding.help("rename or remove one of the two"));
    }
}
