//! References between items.

mod r001_no_such_item;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[&r001_no_such_item::RULE];
