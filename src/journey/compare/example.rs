//! From groups of answers back to one person's answers.

use super::Side;
use super::space::{NEW, OLD, Part, Place, Space};
use super::store::{Id, Store};
use super::walk::{Moved, Walk};
use crate::journey::trace::{Answers, Given};
use crate::journey::words::{Words, join};

/// What it takes to tell an example.
pub(super) struct Shown<'s, 'a> {
    pub(super) space: &'s Space<'a>,
    pub(super) store: &'s Store,
    pub(super) roots: [Id; 2],
    pub(super) words: [Words<'s, 'a>; 2],
}

impl<'a> Shown<'_, 'a> {
    pub(super) fn example(&self, moved: &Moved) -> (Answers<'a>, Vec<(String, String)>) {
        let mut order = Walk::replay(self.store, self.roots[NEW], &moved.example).0;
        for question in Walk::replay(self.store, self.roots[OLD], &moved.example).0 {
            if !order.contains(&question) {
                order.push(question);
            }
        }
        let mut answers = Answers::default();
        let mut places = Vec::new();
        for number in order {
            let asked = &self.space.asked[number];
            let given = match asked.groups[moved.example[&number]].part {
                Part::Choice(id) => Given::Choice(id),
                Part::Number(n) => Given::Number(n),
                Part::Option(id, true) | Part::First(_, _, id) => Given::Options(vec![id]),
                Part::Option(_, false) | Part::Neither => Given::Options(Vec::new()),
            };
            let known = answers.0.iter().position(|(key, _)| *key == asked.key);
            match (known.map(|at| &mut answers.0[at].1), given) {
                (Some(Given::Options(all)), Given::Options(one)) => all.extend(one),
                (_, given) => {
                    answers.0.push((asked.key.clone(), given));
                    places.push(asked.places);
                }
            }
        }
        let words = answers.0.iter().zip(places).map(|((_, given), places)| self.say(places, given)).collect();
        (answers, words)
    }

    /// A question and its answer in the words of the new version; what only the old one has in its words.
    fn say(&self, places: [Option<Place<'a>>; 2], given: &Given<'a>) -> (String, String) {
        let key = |side: usize| {
            let (step, item) = places[side]?;
            let step = self.words[side].name_of(step)?;
            Some(item.map_or_else(|| step.to_owned(), |item| format!("{step}.{item}")))
        };
        let keys = [key(OLD), key(NEW)];
        let question = [NEW, OLD].into_iter().find_map(|side| Some(self.words[side].question(keys[side].as_ref()?)));
        let label = |id: &str| {
            let label = [NEW, OLD].into_iter().find_map(|side| self.words[side].label(keys[side].as_ref()?, id));
            label.map_or_else(|| format!("`{id}`"), |label| format!("“{}”", label.trim()))
        };
        let answer = match given {
            Given::Choice(id) => label(id),
            Given::Number(n) => n.to_string(),
            Given::Options(ids) if ids.is_empty() => "nothing chosen".to_owned(),
            Given::Options(ids) => join(&ids.iter().map(|id| label(id)).collect::<Vec<_>>(), "and"),
        };
        (question.unwrap_or_default(), answer)
    }
}

/// Speaks of a version.
pub(super) fn words<'v, 'a>(side: &Side<'v, 'a>) -> Words<'v, 'a> {
    Words::new(side.version.journey, side.version.content)
}
