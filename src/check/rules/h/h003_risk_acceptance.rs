//! The risk that is left of an open hazard is accepted by nobody, or by a role that may not accept it.
//!
//! The risk matrix says who may accept a risk of each level, and that some levels nobody may. Whoever reads a page relies
//! on somebody having looked at what can go wrong and having said, by role, that it is good enough.
//!
//! ## Example
//! ```yaml
//! residual: {severity: 4, likelihood: 2}
//! accepted_by: content-lead
//! ```
//!
//! ## Instead
//! ```yaml
//! residual: {severity: 4, likelihood: 2}
//! accepted_by: clinical-safety-officer
//! ```
//!
//! ## Where it comes from
//! DCB0129: residual risks are evaluated against the acceptability criteria, and accepted by the responsible role.

use crate::check::hazards::acceptance::{Acceptance, Rated};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::suggest;

pub const RULE: Rule = Rule {
    code: "H003",
    name: "risk-acceptance",
    severity: Severity::Error,
    source: include_str!("h003_risk_acceptance.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((item, hazard)) = file.item.and_then(|item| Some((item, item.hazard()?))) else { return };
    let acceptance = Acceptance::of(file.site, item, hazard);
    // A cell or level that the matrix lacks is said of the matrix.
    let Some((residual, level)) = hazard.residual.and_then(|r| Some((r, Rated::of(file.site, r.value).level?))) else { return };
    let roles: Vec<&str> = level.accepted_by.iter().map(|r| r.value).collect();
    let risk = format!("{} ({})", level.level, level.label.value);
    let explain = |finding: crate::diag::Finding| finding.note(format!("a risk of {} obliges: {}", level.level, level.obliges.value));
    match (acceptance, hazard.accepted_by) {
        (Acceptance::NobodyMay, _) => {
            let finding = file.finding(residual.span, format!("nobody may accept a residual risk of {risk}")).label("too high");
            sink.push(explain(finding).help("add controls until the risk is lower, or take down what causes it"));
        }
        (Acceptance::Missing, _) => {
            let finding = file.finding(residual.span, format!("nobody has accepted the residual risk of {risk}")).label("to be accepted");
            sink.push(explain(finding).help(format!("add `accepted_by`: {} may", codes(roles, "or"))));
        }
        (Acceptance::MayNot, Some(role)) => {
            let message = format!("`{}` may not accept a residual risk of {risk}", role.value);
            let finding = file.finding(role.span, message).also(&file.file.path, residual.span, "the risk");
            sink.push(match suggest(role.value, roles.iter().copied()) {
                Some(near) => finding.did_you_mean(Some(near)),
                None => explain(finding).help(format!("{} may", codes(roles, "or"))),
            });
        }
        (Acceptance::NotNeeded | Acceptance::Accepted | Acceptance::NotRated | Acceptance::MayNot, _) => {}
    }
}
