//! Hazards, the risk matrix, and safety rules of journeys and of the whole site. Proofs over all answers begin at H020.

mod h001_control_names_nothing;
mod h002_residual_risk;
mod h003_risk_acceptance;
mod h004_open_hazard;
mod h005_risk_matrix;
mod h010_outcome_needs;
mod h011_journey_needs;
mod h012_rule_names_nothing;
mod h020_safety_rule_broken;
mod h021_safety_rule_never_applies;
mod h022_safety_rule_unasked;
mod reach;
mod scope;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &h001_control_names_nothing::RULE,
    &h002_residual_risk::RULE,
    &h003_risk_acceptance::RULE,
    &h004_open_hazard::RULE,
    &h005_risk_matrix::RULE,
    &h010_outcome_needs::RULE,
    &h011_journey_needs::RULE,
    &h012_rule_names_nothing::RULE,
    &h020_safety_rule_broken::RULE,
    &h021_safety_rule_never_applies::RULE,
    &h022_safety_rule_unasked::RULE,
];
