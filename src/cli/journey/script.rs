//! The answers of `--answers`: `STEP=ANSWER`, `STEP.ITEM=ANSWER`, an instrument by its points in order.

use std::collections::BTreeMap;

use crate::journey::trace::Given;
use crate::journey::typed::{self, Numbers, Refused};
use crate::journey::walk::{Question, Walk};
use crate::model::suggest;

/// Answers by question, or by step for all items of an instrument.
pub(super) struct Script<'s> {
    answers: BTreeMap<&'s str, Vec<&'s str>>,
    taken: Vec<String>,
}

impl<'s> Script<'s> {
    /// Reads them. What no step is called is refused, with what was probably meant.
    pub(super) fn read(walk: &Walk<'_, '_>, given: &'s [String]) -> Result<Self, Refused> {
        let mut answers: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        let keys = keys(walk);
        for one in given.iter().filter(|one| !one.trim().is_empty()) {
            let Some((key, words)) = one.split_once('=') else {
                let help = "write STEP=ANSWER, for example danger=no".to_owned();
                return Err(Refused { why: format!("`{one}` names no question"), help });
            };
            let key = key.trim();
            if !keys.iter().any(|k| k == key) {
                let near = suggest(key, keys.iter().map(String::as_str)).map(|near| format!("did you mean `{near}`?"));
                let steps: Vec<String> = keys.iter().filter(|k| !k.contains('.')).map(|k| format!("`{k}`")).collect();
                let help = near.unwrap_or_else(|| format!("its questions are {}", steps.join(", ")));
                return Err(Refused { why: format!("this journey has no question `{key}`"), help });
            }
            answers.entry(key).or_default().extend(words.split('+').map(str::trim).filter(|w| !w.is_empty()));
        }
        Ok(Self { answers, taken: Vec::new() })
    }

    /// The answer to a question; nothing where none was given.
    pub(super) fn take<'a>(&mut self, question: &Question<'a>) -> Result<Option<Given<'a>>, Refused> {
        if let Some(words) = self.answers.get(question.key.as_str()) {
            self.taken.push(question.key.clone());
            return typed::read(question, words, Numbers::Points).map(Some);
        }
        let Some((step, (name, item, of))) = question.key.split_once('.').map(|(step, _)| step).zip(question.part) else { return Ok(None) };
        let Some(words) = self.answers.get(step) else { return Ok(None) };
        let all: Vec<&str> = words.iter().flat_map(|w| w.split('/')).map(str::trim).collect();
        if all.len() != of {
            let help = format!("give one for each item, in their order, with / between them: {step}={}", vec!["0"; of].join("/"));
            return Err(Refused { why: format!("{name} has {of} items, and `{step}` is given {}", all.len()), help });
        }
        self.taken.push(step.to_owned());
        typed::read(question, &[all[item - 1]], Numbers::Points).map(Some)
    }

    /// The first answer to a question that was not asked.
    pub(super) fn left(&self) -> Option<&'s str> {
        self.answers.keys().copied().find(|key| !self.taken.iter().any(|t| t == key))
    }
}

/// What answers can be given to: steps that ask, and the items of instruments.
fn keys(walk: &Walk<'_, '_>) -> Vec<String> {
    let mut keys = Vec::new();
    for (id, step) in walk.journey.steps.iter().filter(|(_, step)| step.ask.is_some() || step.uses.is_some()) {
        keys.push(id.value.to_owned());
        let instrument = step.uses.and_then(|u| walk.content.get(u.value)).and_then(|i| i.instrument());
        keys.extend(instrument.iter().flat_map(|i| i.items.iter()).map(|(item, _)| format!("{}.{}", id.value, item.value)));
    }
    keys
}
