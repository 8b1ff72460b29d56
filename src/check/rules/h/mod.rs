//! Hazards and safety rules. Proofs over all answers begin at H020.

mod h020_safety_rule_broken;
mod h021_safety_rule_never_applies;
mod h022_safety_rule_unasked;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[&h020_safety_rule_broken::RULE, &h021_safety_rule_never_applies::RULE, &h022_safety_rule_unasked::RULE];
