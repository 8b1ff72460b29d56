//! A local service in a role that the site does not know, or that nobody fills any more.
//!
//! An outcome names roles, such as a crisis line; each area says which service fills them; where it does not, the fallback
//! of `site.yaml` is shown. A misspelt role would be left out without a word, at the very moment when somebody is to be told who
//! helps near them.
//!
//! ## Example
//! ```yaml
//! local: [crisis-lines]
//! ```
//!
//! ## Instead
//! ```yaml
//! local: [crisis-line]      # a role of content/site.yaml
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::suggest;
use crate::source::Span;

pub const RULE: Rule =
    Rule { code: "P011", name: "role", severity: Severity::Error, source: include_str!("p011_role.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for role in file.item.and_then(|i| i.outcome()).into_iter().flat_map(|o| &o.local) {
        known(file, role.value, role.span, sink);
    }
    let Some(services) = file.item.filter(|i| i.area().is_some()).and_then(|i| i.data?.get("services")) else { return };
    for service in services.entries() {
        if known(file, service.name, service.key, sink) {
            over(file, service.name, service.value, sink);
        }
    }
}

fn known(file: &FileContext<'_, '_>, role: &str, span: Span, sink: &mut Sink<'_>) -> bool {
    let Some(site) = &file.site.content.site else { return false };
    let names = || site.roles.iter().map(|(name, _)| name.value);
    if names().any(|name| name == role) {
        return true;
    }
    let finding = file.finding(span, format!("there is no role `{role}` in content/site.yaml")).label("unknown role");
    sink.push(match suggest(role, names()) {
        Some(near) => finding.did_you_mean(Some(near)).fix(span, near),
        None => finding.help("add it to `roles` in content/site.yaml, with its fallback, or take it out here"),
    });
    false
}

fn over(file: &FileContext<'_, '_>, role: &str, service: crate::yaml::NodeRef<'_>, sink: &mut Sink<'_>) {
    let today = file.site.today_text();
    let Some(until) = service.get("until").filter(|u| u.str().is_some_and(|d| d < today)) else { return };
    let message = format!("nobody has filled the role `{role}` here since {}: the fallback is shown", until.scalar().unwrap_or(""));
    sink.push_as(
        Severity::Warning,
        file.finding(until.span(), message).label("over").help("name the service that fills it now, or take it out"),
    );
}
