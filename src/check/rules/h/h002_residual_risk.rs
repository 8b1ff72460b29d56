//! The risk that is left after the controls is greater than the risk before them.
//!
//! Controls make a hazard less likely or less harmful. If the log says otherwise, the scores were mixed up, and nobody can
//! rely on what was accepted.
//!
//! ## Example
//! ```yaml
//! initial: {severity: 4, likelihood: 1}
//! residual: {severity: 4, likelihood: 3}
//! ```
//!
//! ## Instead
//! ```yaml
//! initial: {severity: 4, likelihood: 3}
//! residual: {severity: 4, likelihood: 1}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::Item;

pub const RULE: Rule = Rule {
    code: "H002",
    name: "residual-risk",
    severity: Severity::Error,
    source: include_str!("h002_residual_risk.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(hazard) = file.item.and_then(Item::hazard) else { return };
    let (Some(initial), Some(residual)) = (hazard.initial, hazard.residual) else { return };
    let level = |risk| file.site.content.risk_matrix.as_ref()?.risk(risk);
    let (before, after) = (level(initial.value), level(residual.value));
    let is_worse = residual.value != initial.value && residual.severity >= initial.severity && residual.likelihood >= initial.likelihood;
    let is_higher = matches!((before, after), (Some(before), Some(after)) if after > before);
    if !is_worse && !is_higher {
        return;
    }
    let message = match (before, after) {
        (Some(before), Some(after)) if after > before => format!("the residual risk is {after}, and the initial risk is {before}"),
        _ => "the residual risk is greater than the initial risk".to_owned(),
    };
    let finding = file.finding(residual.span, message).label("after the controls");
    let finding = finding.also(&file.file.path, initial.span, "before them");
    sink.push(finding.help("look whether the two were mixed up: controls make a hazard less likely or less harmful"));
}
