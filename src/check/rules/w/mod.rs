//! Wording, readability and the shape of a page.

mod w001_house_style;
mod w002_reading_age;
mod w003_long_sentence;
mod w004_long_paragraph;
mod w005_long_list;
mod w010_headings;
mod w011_link_text;
mod w012_picture_without_words;
mod w013_care_cards;
mod w014_block_capitals;
mod w015_help_first;
mod w016_nobody_links_here;
mod w018_punctuation;
mod w019_repeated_word;

use crate::check::{FileContext, Piece, Rule};
use crate::model::{Identity, Singleton, Status, Target};

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &w001_house_style::RULE,
    &w002_reading_age::RULE,
    &w003_long_sentence::RULE,
    &w004_long_paragraph::RULE,
    &w005_long_list::RULE,
    &w010_headings::RULE,
    &w011_link_text::RULE,
    &w012_picture_without_words::RULE,
    &w013_care_cards::RULE,
    &w014_block_capitals::RULE,
    &w015_help_first::RULE,
    &w016_nobody_links_here::RULE,
    &w018_punctuation::RULE,
    &w019_repeated_word::RULE,
];

/// What people read of a file; nothing of a retired item, which is only kept for the record.
fn pieces<'f, 'a>(file: &'f FileContext<'_, 'a>) -> &'f [Piece<'a>] {
    if is_retired(file) { &[] } else { file.pieces() }
}

fn is_retired(file: &FileContext<'_, '_>) -> bool {
    file.item.is_some_and(|i| i.status() == Status::Retired)
}

/// The language of a file, such as `en`.
fn language<'a>(file: &FileContext<'_, 'a>) -> &'a str {
    let own = file.item.and_then(|i| i.language);
    own.or_else(|| file.site.content.site.as_ref().map(|s| s.language.value)).unwrap_or("en")
}

fn is_english(file: &FileContext<'_, '_>) -> bool {
    language(file).split('-').next().is_some_and(|l| l.eq_ignore_ascii_case("en"))
}

/// The kind by whose targets and scopes a file goes. The risk matrix and the intended purpose are read by those who read
/// the hazard log; the other singletons go by what holds for every kind.
fn kind(file: &FileContext<'_, '_>) -> &'static str {
    match file.identity {
        Identity::Item { kind, .. } => kind.word(),
        Identity::Singleton(Singleton::RiskMatrix | Singleton::IntendedPurpose) => "hazard",
        _ => "default",
    }
}

/// How easy a file's text is meant to be: what `wording.yaml` says of its kind, or of every kind, or the NHS's own aims.
fn target(file: &FileContext<'_, '_>) -> Target {
    let targets = file.site.content.wording.as_ref().map(|w| &w.targets);
    let own = targets.and_then(|t| t.get(kind(file))).copied().unwrap_or_default();
    let default = targets.and_then(|t| t.get("default")).copied().unwrap_or_default();
    Target {
        reading_age: own.reading_age.or(default.reading_age).or(Some(14)),
        sentence_words: own.sentence_words.or(default.sentence_words).or(Some(20)),
        paragraph_sentences: own.paragraph_sentences.or(default.paragraph_sentences).or(Some(3)),
    }
}

/// A target as a number to compare with.
fn limit(target: Option<i64>) -> usize {
    target.and_then(|n| usize::try_from(n).ok()).unwrap_or(usize::MAX)
}
