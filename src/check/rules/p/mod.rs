//! Signposting: channels, hours, numbers, areas, confirmations.

mod p001_number_cannot_be;
mod p002_number_unusual;
mod p003_retired_number;
mod p004_number_without_home;
mod p005_not_confirmed;
mod p006_confirmation_overdue;
mod p007_hours_not_understood;
mod p008_hours_missing;
mod p009_shows_another;
mod p010_postcode_district;
mod p011_role;
mod p012_nothing_open;
mod p013_advert_too_long;
mod p014_advert_on_sensitive;
mod p015_phrase_twice;
mod p016_channel_twice;
mod p017_replaced_by;
mod p018_suspicious_address;
mod p019_language_tag;
mod p021_ages;
mod p022_confirms_nothing;

use crate::check::{FileContext, Rule};
use crate::load::File;
use crate::model::{Item, Resource, Status, Text};
use crate::source::Span;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &p001_number_cannot_be::RULE,
    &p002_number_unusual::RULE,
    &p003_retired_number::RULE,
    &p004_number_without_home::RULE,
    &p005_not_confirmed::RULE,
    &p006_confirmation_overdue::RULE,
    &p007_hours_not_understood::RULE,
    &p008_hours_missing::RULE,
    &p009_shows_another::RULE,
    &p010_postcode_district::RULE,
    &p011_role::RULE,
    &p012_nothing_open::RULE,
    &p013_advert_too_long::RULE,
    &p014_advert_on_sensitive::RULE,
    &p015_phrase_twice::RULE,
    &p016_channel_twice::RULE,
    &p017_replaced_by::RULE,
    &p018_suspicious_address::RULE,
    &p019_language_tag::RULE,
    &p021_ages::RULE,
    &p022_confirms_nothing::RULE,
];

/// The service that the file describes, in its own language, unless it is retired.
fn offered<'c, 'a>(file: &FileContext<'c, 'a>) -> Option<(&'c Item<'a>, &'c Resource<'a>)> {
    let item = file.item.filter(|i| i.language.is_none() && i.status() != Status::Retired)?;
    Some((item, item.resource()?))
}

/// A number of things in words: `1 character`, `2 characters`.
fn counted(count: usize, one: &str) -> String {
    if count == 1 { format!("1 {one}") } else { format!("{count} {one}s") }
}

/// Where the words of a value stand, without the quotation marks around them.
fn words(file: &File, value: Text<'_>) -> Span {
    let raw = value.span.of(&file.text);
    let is_quoted = raw.len() == value.len() + 2 && raw.starts_with(['"', '\'']);
    if is_quoted { Span::new(value.span.start as usize + 1, value.span.end as usize - 1) } else { value.span }
}
