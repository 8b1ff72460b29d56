//! From a way through the diagram back to a person's answers.

use std::borrow::Cow;

use num_bigint::BigUint;
use serde_json::{Map, Value as Json};

use super::diagram::{Diagram, Node};
use super::graph::{Graph, Values, What};

/// A person's answers in the order asked: `STEP` or `STEP.ITEM`, and what was answered.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Answers<'a>(pub Vec<(Cow<'a, str>, Given<'a>)>);

/// One answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Given<'a> {
    /// One of a choice, by id.
    Choice(&'a str),
    /// The options chosen, by id.
    Options(Vec<&'a str>),
    /// A number.
    Number(i64),
}

impl<'a> Answers<'a> {
    /// Adds the answer of a question of the graph: `value` as in [`super::graph::Class::values`].
    pub fn push(&mut self, graph: &Graph<'a>, question: usize, value: i64) {
        let key = graph.key(question);
        let asked = &graph.questions[question];
        match &asked.values {
            Values::Choice(choices) => {
                let choice = usize::try_from(value).ok().and_then(|v| choices.get(v)).map_or("", |c| c.id);
                self.0.push((key, Given::Choice(choice)));
            }
            Values::Number { .. } => self.0.push((key, Given::Number(value))),
            Values::Option { .. } => {
                if !matches!(self.0.last(), Some((k, Given::Options(_))) if *k == key) {
                    self.0.push((key, Given::Options(Vec::new())));
                }
                if let (1, Some((_, Given::Options(chosen)))) = (value, self.0.last_mut()) {
                    chosen.extend(asked.option);
                }
            }
        }
    }

    /// As in the JSON of `journey verify`: a map in the order asked.
    pub fn to_json(&self) -> Json {
        let value = |given: &Given<'_>| match given {
            Given::Choice(id) => Json::from(*id),
            Given::Options(ids) => Json::from(ids.clone()),
            Given::Number(n) => Json::from(*n),
        };
        Json::Object(self.0.iter().map(|(key, given)| (key.to_string(), value(given))).collect::<Map<_, _>>())
    }
}

/// What flows from the root through a diagram: how many paths reach each node, and the shortest one.
#[derive(Debug)]
pub struct Flow {
    /// Paths from the root to each node.
    pub paths: Vec<BigUint>,
    /// For each node the node before it on a shortest path, and the class answered there.
    before: Vec<Option<(usize, usize)>>,
    root: usize,
}

impl Flow {
    /// Counts and measures every path.
    pub fn of(graph: &Graph<'_>, diagram: &Diagram<'_>) -> Self {
        let count = diagram.nodes.len();
        let mut paths = vec![BigUint::ZERO; count];
        let mut length = vec![usize::MAX; count];
        let mut before = vec![None; count];
        paths[diagram.root] = BigUint::from(1_u8);
        length[diagram.root] = 0;
        // Children have smaller numbers than their parents: from the root down, every node is complete when met.
        for node in (0..count).rev() {
            let Node::Screen { position, children } = &diagram.nodes[node] else { continue };
            if length[node] == usize::MAX {
                continue;
            }
            let classes = match graph.positions[*position].what {
                What::Ask(question) => Some(&graph.questions[question].classes),
                _ => None,
            };
            let here = std::mem::take(&mut paths[node]);
            let cost = length[node] + usize::from(classes.is_some() && diagram.is_screen(graph, &diagram.nodes[node]));
            let mut at = 0;
            // Classes that lead to one node are mostly side by side: they are counted together.
            for same in children.chunk_by(|a, b| a == b) {
                let child = same[0];
                let size: u128 = (at..at + same.len()).map(|class| classes.map_or(1, |c| u128::from(c[class].size))).sum();
                match size {
                    1 => paths[child] += &here,
                    size => paths[child] += &here * size,
                }
                if cost < length[child] {
                    length[child] = cost;
                    before[child] = Some((node, at));
                }
                at += same.len();
            }
            paths[node] = here;
        }
        Self { paths, before, root: diagram.root }
    }

    /// The shortest answers that lead to a node.
    pub fn answers<'a>(&self, graph: &Graph<'a>, diagram: &Diagram<'_>, node: usize) -> Answers<'a> {
        let mut way = Vec::new();
        let mut at = node;
        while at != self.root {
            let Some((before, class)) = self.before[at] else { break };
            way.push((before, class));
            at = before;
        }
        let mut answers = Answers::default();
        for (node, class) in way.into_iter().rev() {
            answer(graph, diagram, node, class, &mut answers);
        }
        answers
    }
}

/// Adds what is answered where a node's child of this class is taken.
pub fn answer<'a>(graph: &Graph<'a>, diagram: &Diagram<'_>, node: usize, class: usize, answers: &mut Answers<'a>) {
    if let Node::Screen { position, .. } = &diagram.nodes[node]
        && let What::Ask(question) = graph.positions[*position].what
    {
        answers.push(graph, question, graph.questions[question].classes[class].values[0]);
    }
}
