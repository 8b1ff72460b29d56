//! Reading: YAML, Markdown and files as such.

mod y001_not_utf8;
mod y002_too_large;
mod y003_not_a_file;
mod y004_colliding_name;
mod y005_bad_path;
mod y006_unreadable;
mod y007_not_yaml;
mod y008_unquoted_colon;
mod y009_tab;
mod y010_duplicate_key;
mod y011_anchor_or_alias;
mod y012_merge_key;
mod y013_tag;
mod y014_second_document;
mod y015_too_deep;
mod y016_inexact_number;
mod y017_bad_key;
mod y018_no_front_matter;
mod y019_open_front_matter;
mod y020_html;
mod y021_unknown_marker;
mod y022_heading_attribute;
mod y023_second_definition;
mod y024_link_scheme;
mod y025_no_map;
mod y030_hidden_character;
mod y031_lookalike;
mod y040_stray_file;
mod y041_bad_name;
mod y042_same_name;
mod y043_translation;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &y001_not_utf8::RULE,
    &y002_too_large::RULE,
    &y003_not_a_file::RULE,
    &y004_colliding_name::RULE,
    &y005_bad_path::RULE,
    &y006_unreadable::RULE,
    &y007_not_yaml::RULE,
    &y008_unquoted_colon::RULE,
    &y009_tab::RULE,
    &y010_duplicate_key::RULE,
    &y011_anchor_or_alias::RULE,
    &y012_merge_key::RULE,
    &y013_tag::RULE,
    &y014_second_document::RULE,
    &y015_too_deep::RULE,
    &y016_inexact_number::RULE,
    &y017_bad_key::RULE,
    &y018_no_front_matter::RULE,
    &y019_open_front_matter::RULE,
    &y020_html::RULE,
    &y021_unknown_marker::RULE,
    &y022_heading_attribute::RULE,
    &y023_second_definition::RULE,
    &y024_link_scheme::RULE,
    &y025_no_map::RULE,
    &y030_hidden_character::RULE,
    &y031_lookalike::RULE,
    &y040_stray_file::RULE,
    &y041_bad_name::RULE,
    &y042_same_name::RULE,
    &y043_translation::RULE,
];
