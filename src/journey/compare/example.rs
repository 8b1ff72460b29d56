//! From groups of answers back to one person's answers.

use std::sync::Arc;

use foldhash::{HashMap, HashMapExt};

use super::space::{NEW, OLD, Part, Place, Space};
use super::store::{Id, Store};
use super::walk::{Chosen, Moved, Walk};
use super::{Said, Side};
use crate::journey::trace::{Answers, Given};
use crate::journey::words::{Words, join};

/// What it takes to tell examples. Thousands of them can have most answers in common, so what was said is kept.
pub(super) struct Shown<'s, 'a> {
    space: &'s Space<'a>,
    store: &'s Store,
    roots: [Id; 2],
    words: [Words<'s, 'a>; 2],
    /// What is said where this question is answered with this group.
    said: HashMap<(usize, usize), Said>,
    /// The answers of the example that is being told.
    chosen: Chosen,
    /// The questions that have been asked in it.
    is_asked: Vec<bool>,
}

impl<'s, 'a> Shown<'s, 'a> {
    pub(super) fn new(space: &'s Space<'a>, store: &'s Store, roots: [Id; 2], sides: [&Side<'s, 'a>; 2]) -> Self {
        let words = sides.map(|side| Words::new(side.version.journey, side.version.content));
        let questions = space.asked.len();
        Self { space, store, roots, words, said: HashMap::new(), chosen: Chosen::none(questions), is_asked: vec![false; questions] }
    }

    /// The answers in the order in which the new version asks, then what only the old one asks; and in words.
    pub(super) fn example(&mut self, moved: &Moved) -> (Answers<'a>, Vec<Said>) {
        self.chosen.add(&moved.example);
        let mut order = Vec::with_capacity(moved.example.len());
        for side in [NEW, OLD] {
            for question in Walk::replay(self.store, self.roots[side], &self.chosen).0 {
                if !std::mem::replace(&mut self.is_asked[question], true) {
                    order.push(question);
                }
            }
        }
        order.iter().for_each(|question| self.is_asked[*question] = false);
        let told = self.tell(&order);
        self.chosen.remove(&moved.example);
        told
    }

    fn tell(&mut self, order: &[usize]) -> (Answers<'a>, Vec<Said>) {
        let mut answers = Answers(Vec::with_capacity(order.len()));
        let mut words: Vec<Option<Said>> = Vec::with_capacity(order.len());
        let mut options: Vec<(usize, [Option<Place<'a>>; 2])> = Vec::new();
        // The options of a step are one answer.
        let mut of_steps: HashMap<&str, usize> = HashMap::new();
        for number in order.iter().copied() {
            let asked = &self.space.asked[number];
            let Some(group) = self.chosen.get(number) else { continue };
            let option = match asked.groups[group].part {
                Part::Choice(id) => Err(Given::Choice(id)),
                Part::Number(n) => Err(Given::Number(n)),
                Part::Option(id, true) | Part::First(_, _, id) => Ok(Some(id)),
                Part::Option(_, false) | Part::Neither => Ok(None),
            };
            let (at, option) = match option {
                Ok(option) => (*of_steps.entry(&asked.key).or_insert(answers.0.len()), option),
                Err(given) => {
                    let said = match self.said.get(&(number, group)) {
                        Some(said) => said.clone(),
                        None => {
                            let said = self.say(asked.places, &given);
                            self.said.insert((number, group), said.clone());
                            said
                        }
                    };
                    answers.0.push((asked.key.clone(), given));
                    words.push(Some(said));
                    continue;
                }
            };
            if at == answers.0.len() {
                answers.0.push((asked.key.clone(), Given::Options(Vec::new())));
                words.push(None);
                options.push((at, asked.places));
            }
            if let (_, Given::Options(all)) = &mut answers.0[at] {
                all.extend(option);
            }
        }
        for (at, places) in options {
            words[at] = Some(self.say(places, &answers.0[at].1));
        }
        (answers, words.into_iter().flatten().collect())
    }

    /// A question and its answer in the words of the new version; what only the old one has in its words.
    fn say(&self, places: [Option<Place<'a>>; 2], given: &Given<'a>) -> Said {
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
        (Arc::from(question.unwrap_or_default()), Arc::from(answer))
    }
}
