//! Schema: keys, types and values.

mod s001_missing_key;
mod s002_unknown_key;
mod s003_wrong_type;
mod s004_not_a_choice;
mod s005_wrong_form;
mod s006_not_a_date;
mod s007_out_of_range;
mod s008_wrong_size;
mod s009_repeated;
mod s010_does_not_go_together;
mod s011_bad_key_name;
mod s012_broken_schema;
mod s013_allow;
mod s014_own_schema;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &s001_missing_key::RULE,
    &s002_unknown_key::RULE,
    &s003_wrong_type::RULE,
    &s004_not_a_choice::RULE,
    &s005_wrong_form::RULE,
    &s006_not_a_date::RULE,
    &s007_out_of_range::RULE,
    &s008_wrong_size::RULE,
    &s009_repeated::RULE,
    &s010_does_not_go_together::RULE,
    &s011_bad_key_name::RULE,
    &s012_broken_schema::RULE,
    &s013_allow::RULE,
    &s014_own_schema::RULE,
];
