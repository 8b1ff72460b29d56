//! Reading: YAML, Markdown and files as such.

mod y010_duplicate_key;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[&y010_duplicate_key::RULE];
