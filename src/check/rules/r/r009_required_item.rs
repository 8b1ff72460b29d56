//! An item that the site cannot do without is missing, a draft or retired.
//!
//! `required` in `content/safety.yaml` names what has to be there whatever else changes: the page for urgent help, the
//! emergency numbers. Without one of them no site is built, rather than one that leaves people without it.
//!
//! ## Example
//! ```yaml
//! # content/safety.yaml
//! required:
//!   - page/urgnet
//! ```
//!
//! ## Instead
//! ```yaml
//! # content/safety.yaml
//! required:
//!   - page/urgent
//! ```

use super::r003_not_live::remedy;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Kind, Status, is_name, suggest};

pub const RULE: Rule = Rule {
    code: "R009",
    name: "required-item",
    severity: Severity::Error,
    source: include_str!("r009_required_item.rs"),
    check: Check::Site(check),
};

const PATH: &str = "content/safety.yaml";

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for required in site.content.safety.iter().flat_map(|s| &s.required) {
        // What is no id at all is said by the rule on kinds of reference.
        let Some((kind, name)) = Kind::split(required.value).filter(|(_, name)| is_name(name)) else { continue };
        let id = required.value;
        let Some(item) = site.content.named(kind, name) else {
            let finding =
                Finding::new(PATH, required.span, format!("the site requires `{id}`, and there is no such item")).label("not found");
            sink.push(match site.content.renamed(id) {
                Some(now) => finding.help(format!("it is called `{}` now", now.id())).fix(required.span, now.id()),
                None => {
                    let near = suggest(name, site.content.originals().filter(|i| i.kind == kind).map(|i| i.name));
                    finding.did_you_mean(near.map(|n| kind.id(n)).as_deref())
                }
            });
            continue;
        };
        let word = match item.status() {
            Status::Live => continue,
            Status::Draft => "a draft",
            Status::Retired => "retired",
        };
        let mut finding = Finding::new(PATH, required.span, format!("the site requires `{id}`, and it is {word}")).label(word);
        if let Some(node) = item.data.and_then(|d| d.get("status")) {
            finding = finding.also(&item.file.path, node.span(), "says so");
        }
        sink.push(finding.help(remedy(site, item)));
    }
}
