//! The rules of family A: a file for each. Its module documentation is what `signpost explain` prints.
//!
//! A001 to A009 look at addresses, A010 to A029 at what people who listen or use a keyboard meet, A030 to A039 at what keeps people
//! safe, A040 to A049 at weight, A050 to A059 at what a page may fetch and run.

mod a001_dead_link;
mod a002_dead_anchor;
mod a003_outside_the_site;
mod a004_address_form;
mod a010_title;
mod a011_same_title;
mod a012_one_h1;
mod a013_heading_order;
mod a014_language;
mod a015_landmarks;
mod a016_skip_link;
mod a017_label;
mod a018_picture;
mod a019_id_twice;
mod a020_refers_to_no_id;
mod a021_link_words;
mod a030_emergency_help;
mod a031_way_to_urgent_help;
mod a032_shows_another_number;
mod a033_retired_number;
mod a034_banner;
mod a035_search_engines;
mod a040_page_weight;
mod a041_waits;
mod a050_policy;
mod a051_inline;
mod a052_handler;
mod a053_third_party;
mod a054_refresh;
mod a055_new_window;
mod a056_unencrypted;

use super::rule::Rule;

/// Every rule, by code. A test proves that codes are unique.
pub const ALL: &[&Rule] = &[
    &a001_dead_link::RULE,
    &a002_dead_anchor::RULE,
    &a003_outside_the_site::RULE,
    &a004_address_form::RULE,
    &a010_title::RULE,
    &a011_same_title::RULE,
    &a012_one_h1::RULE,
    &a013_heading_order::RULE,
    &a014_language::RULE,
    &a015_landmarks::RULE,
    &a016_skip_link::RULE,
    &a017_label::RULE,
    &a018_picture::RULE,
    &a019_id_twice::RULE,
    &a020_refers_to_no_id::RULE,
    &a021_link_words::RULE,
    &a030_emergency_help::RULE,
    &a031_way_to_urgent_help::RULE,
    &a032_shows_another_number::RULE,
    &a033_retired_number::RULE,
    &a034_banner::RULE,
    &a035_search_engines::RULE,
    &a040_page_weight::RULE,
    &a041_waits::RULE,
    &a050_policy::RULE,
    &a051_inline::RULE,
    &a052_handler::RULE,
    &a053_third_party::RULE,
    &a054_refresh::RULE,
    &a055_new_window::RULE,
    &a056_unencrypted::RULE,
];
