//! An id, an address or a key that two people of `reviewers.yaml` share.
//!
//! Nobody could tell which of them signed or wrote something, and one person listed twice could fill two needs.
//!
//! ## Example
//! ```yaml
//! people:
//!   - {id: a-nurse, name: A nurse, emails: [night-team@example.org]}
//!   - {id: a-doctor, name: A doctor, emails: [night-team@example.org]}
//! ```
//!
//! ## Instead
//! ```yaml
//! people:
//!   - {id: a-nurse, name: A nurse, emails: [a-nurse@example.org]}
//!   - {id: a-doctor, name: A doctor, emails: [a-doctor@example.org]}
//! ```

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::Severity;
use std::collections::HashMap;

use crate::diag::Finding;
use crate::model::Text;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "V014",
    name: "person-twice",
    severity: Severity::Error,
    source: include_str!("v014_person_twice.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    const FILE: &str = "reviews/reviewers.yaml";
    let mut seen: HashMap<(&str, String), Span> = HashMap::new();
    let mut report = |what: &'static str, text: Text<'_>| {
        if let Some(first) = seen.insert((what, text.value.trim().to_lowercase()), text.span) {
            let finding = Finding::new(FILE, text.span, format!("{what} is there twice")).also(FILE, first, "first here");
            sink.push(finding.label("again").help("every person has an id, a name, addresses and keys that nobody else has"));
        }
    };
    for person in site.content.reviewers.iter().flat_map(|r| &r.people) {
        report("this id", person.id);
        report("this name", person.name);
        person.emails.iter().for_each(|email| report("this address", *email));
        // The case of letters counts in a key.
        person.keys.iter().for_each(|entry| report("this key", entry.key));
    }
}
