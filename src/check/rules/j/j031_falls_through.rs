//! A decision without `otherwise` that some people fall through.
//!
//! No branch holds for them, and so they get nothing: no advice, no help, an end without an ending. Published scores have
//! such gaps: bands of 5 to 9, 10 to 14 and above 15 leave a score of 15 with no answer at all.
//!
//! ## Example
//! ```yaml
//! decide:
//!   - {when: {score: gad-7, at_most: 14}, go: outcome/self-care-anxiety}
//!   - {when: {score: gad-7, at_least: 16}, go: outcome/see-gp}
//! ```
//!
//! ## Instead
//! ```yaml
//! decide:
//!   - {when: {score: gad-7, at_most: 14}, go: outcome/self-care-anxiety}
//! otherwise: outcome/see-gp
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::diag::words::number;
use crate::journey::verify::Problem;

pub const RULE: Rule = Rule {
    code: "J031",
    name: "falls-through",
    severity: Severity::Error,
    source: include_str!("j031_falls_through.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for problem in &verification.problems {
        let Problem::FallsThrough { step, paths, example } = problem else { continue };
        let (name, _) = &journey.steps[*step];
        // Who falls through comes to no ending, and is not among the paths that do.
        let all = verification.problems.iter().fold(verification.paths.clone(), |all, problem| match problem {
            Problem::FallsThrough { paths, .. } => all + paths,
            _ => all,
        });
        let message =
            format!("some people fall through the decision `{}`: {} of the {} ways to answer", name.value, number(paths), number(all));
        let finding = file
            .finding(name.span, message)
            .label("no branch holds for them, and there is no `otherwise`")
            .help("add `otherwise`, or a branch for them");
        sink.push(proof::example(file, finding, "for example", example));
    }
}
