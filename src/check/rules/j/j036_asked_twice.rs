//! The same instrument is asked twice on one path.
//!
//! People would answer the same questions again, and both sets of points would add to one score.
//!
//! ## Example
//! ```yaml
//! first: {use: instrument/phq-9, go: second}
//! second: {use: instrument/phq-9, go: outcome/see-gp}
//! ```
//!
//! ## Instead
//! ```yaml
//! first: {use: instrument/phq-9, go: outcome/see-gp}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "J036",
    name: "asked-twice",
    severity: Severity::Error,
    source: include_str!("j036_asked_twice.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::AskedTwice { first, second, example } = problem else { continue };
        let (first, second) = (&journey.steps[*first], &journey.steps[*second]);
        let span = second.1.uses.map_or(second.0.span, |u| u.span);
        let before = first.1.uses.map_or(first.0.span, |u| u.span);
        let finding = file
            .finding(span, format!("some people are asked this in `{}` already", first.0.value))
            .label("asked again")
            .also(&file.file.path, before, "asked first here")
            .help("let a path come to only one of the two steps");
        sink.push(proof::example(file, finding, "for example", example));
    }
}
