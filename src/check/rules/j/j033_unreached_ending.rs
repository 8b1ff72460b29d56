//! An ending that a step names and nobody reaches.
//!
//! The author meant some people to be sent there. They are sent elsewhere.
//!
//! ## Example
//! ```yaml
//! decide:
//!   - {when: {score: phq-9, at_least: 30}, go: outcome/see-gp-soon}
//! otherwise: outcome/self-care-mood
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - {when: {score: phq-9, at_least: 20}, go: outcome/see-gp-soon}
//! otherwise: outcome/self-care-mood
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;
use crate::model::Step;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J033",
    name: "unreached-ending",
    severity: Severity::Error,
    source: include_str!("j033_unreached_ending.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::UnreachedEnding { step, id, .. } = problem else { continue };
        let (name, named) = &journey.steps[*step];
        let span = place(named, id).unwrap_or(name.span);
        sink.push(
            file.finding(span, format!("nobody's answers end at `{id}`"))
                .label("never reached")
                .help("look at the conditions on the way here"),
        );
    }
}

/// Where a step names an ending.
fn place(step: &Step<'_>, id: &str) -> Option<Span> {
    let answers = step.answers.iter().filter_map(|(_, a)| a.go);
    let all = step.decide.iter().map(|b| b.go).chain(answers).chain(step.otherwise).chain(step.go);
    all.into_iter().find(|go| go.value == id).map(|go| go.span)
}
