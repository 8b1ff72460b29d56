//! Something else that this repository's own schema asks for.
//!
//! A repository may tighten what an item has to be, with a schema of the same name in its folder `schemas/`. What such a
//! schema says with means of its own is passed on as it is.
//!
//! ## Example
//! A schema that says that a campaign has either adverts or signposts, and a campaign with neither.
//!
//! ## Instead
//! A campaign with one of them.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "S014",
    name: "own-schema",
    severity: Severity::Error,
    source: include_str!("s014_own_schema.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Other(_) = &violation.problem else { continue };
        let finding = file.finding(violation.span, format!("{} does not fit what is asked for", violation.subject()));
        sink.push(violation.explain(finding).help("compare it with the schema, or ask who wrote the schema"));
    }
}
