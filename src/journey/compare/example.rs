//! From groups of answers back to one person's answers.

use foldhash::{HashMap, HashMapExt, HashSet};

use super::Side;
use super::space::{NEW, OLD, Part, Place, Space};
use super::store::{Id, Store};
use super::walk::{Chosen, Moved, Walk};
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
        let chosen = Chosen::of(self.space.asked.len(), moved.example.iter().copied());
        let mut order = Walk::replay(self.store, self.roots[NEW], &chosen).0;
        let of_new: HashSet<usize> = order.iter().copied().collect();
        let of_old = Walk::replay(self.store, self.roots[OLD], &chosen).0;
        order.extend(of_old.into_iter().filter(|question| !of_new.contains(question)));
        let mut answers = Answers(Vec::with_capacity(order.len()));
        let mut places = Vec::with_capacity(order.len());
        // The options of a step are one answer.
        let mut of_steps: HashMap<&str, usize> = HashMap::new();
        for number in order {
            let asked = &self.space.asked[number];
            let Some(group) = chosen.get(number) else { continue };
            let option = match asked.groups[group].part {
                Part::Choice(id) => Err(Given::Choice(id)),
                Part::Number(n) => Err(Given::Number(n)),
                Part::Option(id, true) | Part::First(_, _, id) => Ok(Some(id)),
                Part::Option(_, false) | Part::Neither => Ok(None),
            };
            let (at, option) = match option {
                Ok(option) => (*of_steps.entry(&asked.key).or_insert(answers.0.len()), option),
                Err(given) => {
                    answers.0.push((asked.key.clone(), given));
                    places.push(asked.places);
                    continue;
                }
            };
            if at == answers.0.len() {
                answers.0.push((asked.key.clone(), Given::Options(Vec::new())));
                places.push(asked.places);
            }
            if let (_, Given::Options(all)) = &mut answers.0[at] {
                all.extend(option);
            }
        }
        let words = answers.0.iter().zip(places).map(|((_, given), places)| self.say(places, given)).collect();
        (answers, words)
    }

    /// A question and its answer in the words of the new version; what only the old one has in its words.
    fn say(&self, places: [Option<Place<'a>>; 2], given: &Given<'a>) -> (String, String) {
        let question = [NEW, OLD].into_iter().find_map(|side| places[side].and_then(|(s, i)| self.words[side].question_at(s, i)));
        let label = |id: &str| {
            let label = [NEW, OLD].into_iter().find_map(|side| places[side].and_then(|(s, i)| self.words[side].label_at(s, i, id)));
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
