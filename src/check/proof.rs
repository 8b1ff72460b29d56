//! What rules on proofs share: the verification of a file's journey, and a person's answers in words.

use crate::diag::Finding;
use crate::journey::trace::Answers;
use crate::journey::verify::{Verification, verify};
use crate::journey::words::Words;
use crate::model::{Item, Journey};

use super::context::{Context, FileContext};

/// Verifies the journey of an item, where it is one.
pub(super) fn of<'a>(site: &Context<'a>, item: Option<&Item<'a>>) -> Option<Verification<'a>> {
    let item = item.filter(|i| i.language.is_none())?;
    Some(verify(item.name, item.journey()?, &site.content, site.journey_limit))
}

/// The journey of a file with its verification.
pub(super) fn journey<'f, 'a>(file: &'f FileContext<'_, 'a>) -> Option<(&'f Journey<'a>, &'f Verification<'a>)> {
    Some((file.item?.journey()?, file.verification()?))
}

/// Adds answers to a finding: in words, and as data.
pub(super) fn example<'a>(file: &FileContext<'_, 'a>, finding: Finding, lead: &str, answers: &Answers<'a>) -> Finding {
    let words = in_words(file, answers);
    let words = if words.is_empty() { "before anything is asked".to_owned() } else { words };
    let mut finding = finding.note(format!("{lead}: {words}"));
    if finding.example.is_none() {
        finding.example = Some(answers.to_json());
    }
    finding
}

fn in_words<'a>(file: &FileContext<'_, 'a>, answers: &Answers<'a>) -> String {
    let Some(journey) = file.item.and_then(Item::journey) else { return String::new() };
    let words = Words::new(journey, &file.site.content);
    words.answers(answers).into_iter().map(|(question, answer)| format!("{question} {answer}")).collect::<Vec<_>>().join("; ")
}
