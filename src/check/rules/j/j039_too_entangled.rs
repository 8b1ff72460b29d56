//! A journey in which too many answers have to be remembered together to be proved.
//!
//! Nothing is said of such a journey rather than something guessed. Decide on answers soon after they are given, or gather
//! them in a score.
//!
//! ## Example
//! ```yaml
//! # forty questions, and one decision at the end that compares every answer with every other
//! ```
//!
//! ## Instead
//! ```yaml
//! # a decision after each group of questions
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "J039",
    name: "too-entangled",
    severity: Severity::Error,
    source: include_str!("j039_too_entangled.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::Entangled(entangled) = problem else { continue };
        let named: Vec<String> = entangled.remembered.iter().map(|(key, _)| format!("`{key}`")).collect();
        sink.push(
            file.finding(
                journey.start.span,
                format!("this journey is too entangled to be proved: more than {} situations", entangled.limit),
            )
            .note(format!("these have to be remembered for longest: {}", named.join(", ")))
            .help("decide on answers soon after they are given, gather them in a score, or allow more in `journey_situations` of content/site.yaml"),
        );
    }
}
