//! References between items.

pub(super) mod r001_no_such_item;
mod r002_wrong_kind;
mod r003_not_live;
mod r004_no_such_section;
mod r005_embeds_itself;
mod r006_cannot_be_shown;
mod r007_no_destination;
mod r008_name_taken;
mod r009_required_item;
mod r010_site_not_live;
mod r011_page_gone;
mod r012_stale_translation;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &r001_no_such_item::RULE,
    &r002_wrong_kind::RULE,
    &r003_not_live::RULE,
    &r004_no_such_section::RULE,
    &r005_embeds_itself::RULE,
    &r006_cannot_be_shown::RULE,
    &r007_no_destination::RULE,
    &r008_name_taken::RULE,
    &r009_required_item::RULE,
    &r010_site_not_live::RULE,
    &r011_page_gone::RULE,
    &r012_stale_translation::RULE,
];
