//! A text that does not have the form that is asked for: an id, a web address, a postcode district.
//!
//! Programs find items by their ids, browsers open addresses, and areas are found by postcode. A text of another form
//! leads nowhere.
//!
//! ## Example
//! ```yaml
//! owner: Content Lead
//! postcodes: [se5 8az]
//! ```
//!
//! ## Instead
//! ```yaml
//! owner: content-lead
//! postcodes: [SE5]
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::to_name;
use crate::schema::{self, Problem, Violation};
use crate::yaml::quote;

pub const RULE: Rule = Rule {
    code: "S005",
    name: "wrong-form",
    severity: Severity::Error,
    source: include_str!("s005_wrong_form.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let (pattern, kind) = match &violation.problem {
            Problem::Pattern(pattern) => (Some(pattern.as_str()), "does not have the form that is needed"),
            Problem::Format(format) if format == "email" => (None, "is no e-mail address"),
            Problem::Format(format) if format == "uri" => (None, "is no web address"),
            Problem::Format(format) if format != "date" => (None, "does not have the form that is needed"),
            _ => continue,
        };
        let text = violation.node.scalar().unwrap_or("");
        let shown = if text.chars().count() <= 60 { format!("`{text}`") } else { "this".to_owned() };
        let finding = violation.explain(file.finding(violation.span, format!("{shown} {kind} for {}", violation.subject())));
        sink.push(advise(violation, pattern, text, finding));
    }
}

fn advise(violation: &Violation<'_>, pattern: Option<&str>, text: &str, finding: Finding) -> Finding {
    let fits = |candidate: &String| candidate != text && pattern.is_some_and(|p| schema::fits_pattern(p, candidate));
    let candidates = [
        Some(text.trim().to_owned()),
        Some(text.trim().to_lowercase()),
        Some(text.trim().to_uppercase()),
        text.rsplit('/').next().map(str::to_owned),
        text.starts_with("www.").then(|| format!("https://{text}")),
        to_name(text),
    ];
    if let Some(right) = candidates.into_iter().flatten().find(fits) {
        return finding.did_you_mean(Some(&right)).fix(violation.node.span(), quote(&right));
    }
    if text.starts_with("http://") {
        return finding.help("write `https:` if the site answers there, as nearly all do");
    }
    match violation.example_text() {
        Some(example) => finding.help(format!("write it like this: {example}")),
        None => finding,
    }
}
