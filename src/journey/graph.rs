//! A journey with everything resolved: positions in an order in which people meet them, questions with the values they
//! may take, comparisons numbered once each.
//!
//! Shape errors (an unknown target, a value no question has) are the checks' work to report; here they become endings
//! that are none, so that everything else is still judged.

use std::borrow::Cow;

use foldhash::{HashMap, HashMapExt};

use super::build::Builder;
use crate::model::{Content, Journey, Kind};
use crate::source::Span;

/// A compiled journey.
#[derive(Debug)]
pub struct Graph<'a> {
    /// The journey's name.
    pub name: &'a str,
    /// Its steps, as declared.
    pub steps: Vec<StepInfo<'a>>,
    /// Their numbers by name.
    pub(super) numbers: HashMap<&'a str, usize>,
    /// Every question; an instrument has one for each item, a `choose: any` one for each option.
    pub questions: Vec<Question<'a>>,
    /// Comparisons, each once.
    pub atoms: Vec<Atom>,
    /// Scores by name.
    pub scores: Vec<&'a str>,
    /// Where a person can be, in an order in which nobody goes back.
    pub positions: Vec<Position>,
    /// Where a path can end.
    pub ends: Vec<End<'a>>,
    /// Where it starts.
    pub start: Target,
    /// The branches of every decision, by step.
    pub branches: HashMap<usize, Vec<(Cond, Target)>>,
    /// Where a decision goes when no branch holds, by step.
    pub otherwise: HashMap<usize, Target>,
    /// What the `whenever` of each safety rule says.
    pub whenever: Vec<Option<Cond>>,
    /// What the `when` of each entry of `personalise` says.
    pub personalise: Vec<Cond>,
    /// Cycles, each as the names of its steps; the edge that closes it leads nowhere.
    pub cycles: Vec<Vec<&'a str>>,
}

/// A step.
#[derive(Debug)]
pub struct StepInfo<'a> {
    /// Its name.
    pub name: &'a str,
    /// Where the name stands.
    pub span: Span,
    /// Its first position; `None` where nothing leads to it.
    pub first: Option<usize>,
    /// The instrument it uses.
    pub instrument: Option<&'a str>,
    /// Its targets, with their places.
    pub targets: Vec<(Target, Span)>,
    /// Places of its branches' conditions.
    pub whens: Vec<Span>,
    /// It decides.
    pub is_decision: bool,
}

/// Where a person goes next.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Target {
    /// A step, by number.
    Step(usize),
    /// An ending, by number.
    End(usize),
}

/// Where a path ends.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum End<'a> {
    /// An outcome, by name.
    Outcome(&'a str),
    /// Another journey, by name.
    Journey(&'a str),
    /// Nowhere: an unknown target, as written.
    Unknown(&'a str),
    /// Nowhere: the edge would close a cycle.
    Cycle,
    /// Nowhere: no branch of the decision (a step, by number) holds.
    FellThrough(usize),
    /// Nowhere: a decision (a step, a branch, by number) compares what was not asked (an atom).
    Unasked(usize, usize, usize),
}

impl End<'_> {
    /// The id, where it is a real ending.
    pub fn id(&self) -> Option<String> {
        match self {
            Self::Outcome(name) => Some(Kind::Outcome.id(name)),
            Self::Journey(name) => Some(Kind::Journey.id(name)),
            _ => None,
        }
    }
}

/// Where a person can be.
#[derive(Debug, Clone, Copy)]
pub struct Position {
    /// The step.
    pub step: usize,
    /// What happens there.
    pub what: What,
    /// Where answers without a target of their own lead.
    pub next: Next,
}

/// What happens at a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum What {
    /// A question is asked, by number.
    Ask(usize),
    /// A text is shown.
    Say,
    /// A decision is made.
    Decide,
}

/// What follows a position.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Next {
    /// The next position of the same step.
    Same,
    /// A target.
    Go(Target),
    /// Nothing of its own (decisions).
    Nothing,
}

/// One question.
#[derive(Debug)]
pub struct Question<'a> {
    /// The step that asks it.
    pub step: usize,
    /// The item, of an instrument.
    pub item: Option<&'a str>,
    /// The option, of a `choose: any`.
    pub option: Option<&'a str>,
    /// What can be answered.
    pub values: Values<'a>,
    /// Its place among the items of its instrument or the options of its step as declared.
    pub declared: usize,
    /// The scores that its points add to.
    pub scores: Vec<usize>,
    /// The values in groups that nothing in the journey tells apart, in the order of their first values.
    pub classes: Vec<Class>,
}

/// What a question can be answered with.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Values<'a> {
    /// One of these answers.
    Choice(Vec<Choice<'a>>),
    /// An option: chosen or not.
    Option {
        /// Points where it is chosen.
        points: i64,
    },
    /// A whole number from `min` to `max`.
    Number {
        /// Lowest.
        min: i64,
        /// Highest.
        max: i64,
    },
}

/// An answer of a choice.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Choice<'a> {
    /// Its id.
    pub id: &'a str,
    /// Its points.
    pub points: i64,
    /// Where it leads, if not where the step does.
    pub target: Option<Target>,
}

/// Values of a question that nothing tells apart.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Class {
    /// The answers by number; for an option 0 (not chosen) or 1; for numbers the first.
    pub values: Vec<i64>,
    /// How many values it has.
    pub size: u64,
    /// Their points.
    pub points: i64,
    /// Where they lead, if not where the step does.
    pub target: Option<Target>,
    /// The comparisons of this question that hold.
    pub holds: Vec<usize>,
}

/// A comparison.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Atom {
    /// A question's answer is one of these (by number; an option: `[1]`).
    Answer(usize, Vec<usize>),
    /// A question's number lies between these, both included.
    Number(usize, i64, i64),
    /// A score lies between these, both included.
    Score(usize, i64, i64),
    /// A step was asked.
    Asked(usize),
    /// The answer of a step that nothing leads to: it is never asked.
    NeverAsked(usize),
}

/// A condition over atoms, evaluated from left to right.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Cond {
    /// A comparison.
    Atom(usize),
    /// All hold.
    All(Vec<Cond>),
    /// Any holds.
    Any(Vec<Cond>),
    /// It does not hold.
    Not(Box<Cond>),
    /// Never holds: it compares with something that is not there.
    Never,
}

/// The order in which the options of a step are met, by the step's name: those that are listed, then the rest as declared. It
/// changes nothing that a person can come to: all options of a step are one screen.
pub type Arrangement<'a> = HashMap<&'a str, Vec<&'a str>>;

impl<'a> Graph<'a> {
    /// Compiles a journey of the content.
    pub fn of(name: &'a str, journey: &Journey<'a>, content: &'_ Content<'a>) -> Self {
        Self::arranged(name, journey, content, &Arrangement::default())
    }

    /// The same, with options in an order that another version has them in.
    pub(super) fn arranged(name: &'a str, journey: &Journey<'a>, content: &Content<'a>, arrangement: &Arrangement<'a>) -> Self {
        let graph = Graph {
            name,
            steps: Vec::new(),
            numbers: journey.steps.iter().enumerate().map(|(n, (id, _))| (id.value, n)).collect(),
            questions: Vec::new(),
            atoms: Vec::new(),
            scores: Vec::new(),
            positions: Vec::new(),
            ends: Vec::new(),
            start: Target::End(0),
            branches: HashMap::new(),
            otherwise: HashMap::new(),
            whenever: Vec::new(),
            personalise: Vec::new(),
            cycles: Vec::new(),
        };
        Builder { journey, content, arrangement, graph, atoms: HashMap::new(), ends: HashMap::new() }.build()
    }

    /// How a question is named in examples: `STEP` or `STEP.ITEM`.
    pub fn key(&self, question: usize) -> Cow<'a, str> {
        let question = &self.questions[question];
        let step = self.steps[question.step].name;
        question.item.map_or(Cow::Borrowed(step), |item| Cow::Owned(format!("{step}.{item}")))
    }

    /// The number of a step.
    pub fn step(&self, name: &str) -> Option<usize> {
        self.numbers.get(name).copied()
    }

    /// The number of a score.
    pub fn score(&self, name: &str) -> Option<usize> {
        self.scores.iter().position(|s| *s == name)
    }

    /// The positions of a step.
    pub fn positions_of(&self, step: usize) -> impl Iterator<Item = usize> {
        let first = self.steps[step].first.unwrap_or(self.positions.len());
        (first..self.positions.len()).take_while(move |p| self.positions[*p].step == step)
    }

    /// The numbers at which a comparison of a question's answer changes.
    pub(super) fn cuts(&self, question: usize) -> impl Iterator<Item = i64> {
        self.atoms
            .iter()
            .flat_map(move |atom| match atom {
                Atom::Number(q, low, high) if *q == question => [Some(*low), high.checked_add(1)],
                _ => [None, None],
            })
            .flatten()
    }

    /// Groups every question's values by what the comparisons, points and targets tell apart.
    pub(super) fn group_values(&mut self) {
        let mut of_question: Vec<Vec<usize>> = vec![Vec::new(); self.questions.len()];
        for (number, atom) in self.atoms.iter().enumerate() {
            if let Atom::Answer(question, _) | Atom::Number(question, ..) = atom {
                of_question[*question].push(number);
            }
        }
        let atoms = &self.atoms;
        for (question, own) in self.questions.iter_mut().zip(of_question) {
            question.classes = classes(&question.values, &own, atoms);
        }
    }
}

fn classes(values: &Values<'_>, own: &[usize], atoms: &[Atom]) -> Vec<Class> {
    let holds = |value: i64| -> Vec<usize> {
        let test = |atom: &usize| match &atoms[*atom] {
            Atom::Answer(_, answers) => usize::try_from(value).is_ok_and(|v| answers.contains(&v)),
            Atom::Number(_, low, high) => (*low..=*high).contains(&value),
            _ => false,
        };
        own.iter().copied().filter(test).collect()
    };
    let mut found: Vec<Class> = Vec::new();
    let mut add = |value: i64, size: u64, points: i64, target: Option<Target>| {
        let holds = holds(value);
        match found.iter_mut().find(|c| c.points == points && c.target == target && c.holds == holds) {
            Some(class) => {
                class.values.push(value);
                class.size += size;
            }
            None => found.push(Class { values: vec![value], size, points, target, holds }),
        }
    };
    match values {
        Values::Choice(choices) => {
            for (value, choice) in (0..).zip(choices) {
                add(value, 1, choice.points, choice.target);
            }
        }
        Values::Option { points } => {
            add(0, 1, 0, None);
            add(1, 1, *points, None);
        }
        Values::Number { min, max } => {
            // Only where a comparison changes does the number make a difference.
            let mut cuts = vec![*min];
            for atom in own {
                if let Atom::Number(_, low, high) = &atoms[*atom] {
                    cuts.extend([*low, high.saturating_add(1)]);
                }
            }
            cuts.retain(|cut| (*min..=*max).contains(cut));
            cuts.sort_unstable();
            cuts.dedup();
            for (n, cut) in cuts.iter().enumerate() {
                let end = cuts.get(n + 1).map_or(*max, |next| next - 1);
                add(*cut, end.abs_diff(*cut).saturating_add(1), 0, None);
            }
        }
    }
    found
}
