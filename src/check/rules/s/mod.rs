//! Schema: keys, types and values.

mod s002_unknown_key;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[&s002_unknown_key::RULE];
