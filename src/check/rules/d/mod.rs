//! Dates.

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[];
