//! A decision compares an answer that some people were never asked for.
//!
//! What should happen to them is then nobody's decision. Ask first whether the step was asked, `asked`, or let only those
//! come to the decision who were.
//!
//! ## Example
//! ```yaml
//! decide:
//!   - when: {answer: plan, is: act}
//!     go: outcome/go-to-a-and-e
//! otherwise: daily
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - when: {all: [{asked: plan}, {answer: plan, is: act}]}
//!     go: outcome/go-to-a-and-e
//! otherwise: daily
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "J030",
    name: "unasked-answer",
    severity: Severity::Error,
    source: include_str!("j030_unasked_answer.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::Unasked { step, branch, example, .. } = problem else { continue };
        let (name, decision) = &journey.steps[*step];
        let when = &decision.decide[*branch].when;
        let finding = file
            .finding(when.span, format!("the decision `{}` compares what was not asked", name.value))
            .label("some people come here without that answer")
            .help("put `{asked: STEP}` before the comparison, in an `all`");
        sink.push(proof::example(file, finding, "for example", example));
    }
}
