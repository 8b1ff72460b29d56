//! Why two versions cannot be compared, in an editor's words.

use std::fmt;

use super::Version;
use super::walk::Walk;
use crate::journey::diagram::{Diagram, Node};
use crate::journey::graph::{End, Graph};

/// Why two versions cannot be compared.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Incomparable {
    /// A version is not a function from complete answers to endings.
    Undefined {
        /// It is the new one.
        is_new: bool,
        /// What it does instead.
        why: Undefined,
    },
    /// Comparing needs more than the limit.
    Entangled {
        /// The limit.
        limit: usize,
        /// The questions that entangle the two, the worst first.
        questions: Vec<String>,
    },
}

/// What keeps a version from leading every complete answer to one ending.
#[derive(Debug, Clone, PartialEq, Eq)]
#[expect(missing_docs, reason = "each variant says what somebody comes to")]
pub enum Undefined {
    Circle(Vec<String>),
    UnknownTarget(String),
    Unasked { step: String },
    NoInstrument { step: String },
    NoAnswers { question: String },
}

impl fmt::Display for Incomparable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Undefined { is_new, why } => {
                let version = if *is_new { "new" } else { "old" };
                match why {
                    Undefined::Circle(steps) => write!(f, "the {version} version goes round in a circle: {}", steps.join(" → ")),
                    Undefined::UnknownTarget(target) => write!(f, "the {version} version leads to `{target}`, which is not there"),
                    Undefined::Unasked { step } => {
                        write!(f, "in the {version} version the decision `{step}` compares an answer that some people were not asked for")
                    }
                    Undefined::NoInstrument { step } => {
                        write!(f, "in the {version} version the step `{step}` uses an instrument that is not there")
                    }
                    Undefined::NoAnswers { question } => write!(f, "in the {version} version the question `{question}` has no answers"),
                }
            }
            Self::Entangled { limit, questions } => write!(
                f,
                "more than {limit} situations would have to be told apart to compare the two versions; what entangles them most: {}",
                questions.join(", ")
            ),
        }
    }
}

impl std::error::Error for Incomparable {}

/// What somebody comes to that is neither an ending nor a decision in which nothing holds.
pub(super) fn undefined(version: &Version<'_, '_>, graph: &Graph<'_>, diagram: &Diagram<'_>) -> Option<Undefined> {
    let step = |number: usize| graph.steps[number].name.to_owned();
    let ended = diagram.nodes.iter().find_map(|node| {
        let Node::End { end, .. } = node else { return None };
        match &diagram.ends[*end] {
            End::Unknown(target) => Some(Undefined::UnknownTarget((*target).to_owned())),
            End::Cycle => Some(Undefined::Circle(graph.cycles.first().into_iter().flatten().map(|step| (*step).to_owned()).collect())),
            End::Unasked(at, ..) => Some(Undefined::Unasked { step: step(*at) }),
            End::Outcome(_) | End::Journey(_) | End::FellThrough(_) => None,
        }
    });
    let without = || {
        let is_without = |number: &usize| {
            let uses = version.journey.steps[*number].1.uses.filter(|_| version.journey.steps[*number].1.ask.is_none());
            let is_reached = graph.steps[*number].first.is_some_and(|first| diagram.is_reached[first]);
            is_reached && uses.is_some_and(|u| version.content.get(u.value).and_then(|i| i.instrument()).is_none())
        };
        (0..graph.steps.len()).find(is_without).map(|number| Undefined::NoInstrument { step: step(number) })
    };
    ended.or_else(without)
}

pub(super) fn entangled(walk: &Walk<'_, '_>, limit: usize) -> Incomparable {
    let mut crossed: Vec<(usize, usize)> = walk.crossed.iter().copied().enumerate().filter(|(_, times)| *times > 0).collect();
    crossed.sort_by_key(|(_, times)| std::cmp::Reverse(*times));
    let mut questions: Vec<String> = Vec::new();
    for (number, _) in crossed {
        let key = walk.space.asked[number].key.as_ref();
        if questions.len() < 6 && !questions.iter().any(|known| known == key) {
            questions.push(key.to_owned());
        }
    }
    Incomparable::Entangled { limit, questions }
}
