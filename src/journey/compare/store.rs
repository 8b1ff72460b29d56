//! Both versions' diagrams over one space of answers, in one store: nodes that are the same function of the answers are one
//! node, so that what did not change is seen at once.
//!
//! A question is never left out because its answer makes no difference: what a person is asked is part of an example.

use std::hash::BuildHasher;

use foldhash::fast::RandomState;
use foldhash::{HashMap, HashMapExt};
use hashbrown::HashTable;

use super::space::{Part, Space};
use crate::journey::diagram::{Diagram, Node as Before};
use crate::journey::graph::{Graph, What};
use crate::journey::rows::Rows;
use crate::journey::vignette::class_of;

/// A node, by number.
pub(super) type Id = u32;

/// An ending, or a question with one child for each group of its answers.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub(super) enum Node {
    End(usize),
    Ask(usize, Box<[Id]>),
}

/// The store grew past its limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Full;

/// Nodes that know what may still be asked from them on.
#[derive(Debug)]
pub(super) struct Store {
    pub(super) nodes: Vec<Node>,
    /// The numbers of the nodes, by what they are.
    known: HashTable<Id>,
    hasher: RandomState,
    /// The most questions that are asked from a node on.
    heights: Vec<usize>,
    /// For each node which set of questions may still be asked.
    ahead: Vec<usize>,
    sets: Rows<u64>,
    answered: HashMap<(Id, usize, usize), Id>,
    /// The set that is being made: a bit for each question.
    set: Vec<u64>,
    limit: usize,
}

impl Store {
    /// For so many questions, and at most so many nodes.
    pub(super) fn new(questions: usize, limit: usize) -> Self {
        Self {
            nodes: Vec::new(),
            known: HashTable::new(),
            hasher: RandomState::default(),
            heights: Vec::new(),
            ahead: Vec::new(),
            sets: Rows::of(questions.div_ceil(64)),
            answered: HashMap::new(),
            set: vec![0; questions.div_ceil(64)],
            limit,
        }
    }

    /// The most questions that are asked from a node on.
    pub(super) fn height(&self, node: Id) -> usize {
        self.heights[node as usize]
    }

    /// Whether a question may still be asked from a node on.
    pub(super) fn may_ask(&self, node: Id, question: usize) -> bool {
        self.sets.row(self.ahead[node as usize])[question / 64] & (1 << (question % 64)) != 0
    }

    /// The node of an ending.
    pub(super) fn end(&mut self, end: usize) -> Result<Id, Full> {
        self.insert(Node::End(end))
    }

    fn insert(&mut self, node: Node) -> Result<Id, Full> {
        let hash = self.hasher.hash_one(&node);
        if let Some(known) = self.known.find(hash, |known| self.nodes[*known as usize] == node) {
            return Ok(*known);
        }
        if self.nodes.len() >= self.limit {
            return Err(Full);
        }
        let id = Id::try_from(self.nodes.len()).map_err(|_| Full)?;
        self.set.fill(0);
        let mut height = 0;
        if let Node::Ask(question, children) = &node {
            let mut last = usize::MAX;
            for child in children {
                let ahead = self.ahead[*child as usize];
                height = height.max(self.heights[*child as usize] + 1);
                if ahead != last {
                    self.set.iter_mut().zip(self.sets.row(ahead)).for_each(|(s, a)| *s |= a);
                    last = ahead;
                }
            }
            self.set[question / 64] |= 1 << (question % 64);
        }
        self.ahead.push(self.sets.number(&self.set));
        self.heights.push(height);
        self.nodes.push(node);
        self.known.insert_unique(hash, id, |known| self.hasher.hash_one(&self.nodes[*known as usize]));
        Ok(id)
    }

    /// Takes a version's diagram over; `ends` gives the ending of this store for each of the diagram's, `nowhere` is where
    /// answers end that the version lacks.
    pub(super) fn take(
        &mut self,
        space: &Space<'_>,
        side: usize,
        (graph, diagram): (&Graph<'_>, &Diagram<'_>),
        ends: &[usize],
        nowhere: usize,
    ) -> Result<Id, Full> {
        let nowhere = self.end(nowhere)?;
        let mut taken: Vec<Id> = Vec::with_capacity(diagram.nodes.len());
        for before in &diagram.nodes {
            let (position, children) = match before {
                Before::End { end, .. } => {
                    taken.push(self.end(ends[*end])?);
                    continue;
                }
                Before::Screen { position, children } => (*position, children),
            };
            let here = &graph.positions[position];
            let number = match here.what {
                What::Ask(question) => space.number(side, graph, question),
                _ => None,
            };
            let mut node = match number {
                Some(number) => {
                    let of = |class: Option<usize>| class.map_or(nowhere, |class| taken[children[class]]);
                    let children = space.asked[number].groups.iter().map(|group| of(group.class[side])).collect();
                    self.insert(Node::Ask(number, children))?
                }
                None => taken[children[0]],
            };
            if graph.steps[here.step].first == Some(position)
                && let Some(extra) = space.extras[side].get(&here.step)
            {
                let groups = &space.asked[*extra].groups;
                let own = groups.iter().filter(|g| matches!(g.part, Part::First(s, ..) if s == side)).count();
                let children = groups.iter().map(|group| match group.part {
                    Part::First(s, place, _) if s == side => taken[follow(graph, diagram, before, place, true)],
                    Part::First(..) => nowhere,
                    _ if own == 0 => node,
                    _ => taken[follow(graph, diagram, before, own - 1, false)],
                });
                let children = children.collect();
                node = self.insert(Node::Ask(*extra, children))?;
            }
            taken.push(node);
        }
        Ok(taken[diagram.root])
    }

    /// What is left of a node once a question of it has been answered.
    pub(super) fn answer(&mut self, root: Id, question: usize, group: usize) -> Result<Id, Full> {
        if let Some(left) = self.left(root, question, group) {
            return Ok(left);
        }
        let mut open = vec![root];
        while let Some(node) = open.last().copied() {
            if self.left(node, question, group).is_some() {
                open.pop();
                continue;
            }
            let Node::Ask(asked, children) = &self.nodes[node as usize] else { return Err(Full) };
            let unknown = children.iter().copied().find(|child| self.left(*child, question, group).is_none());
            if let Some(child) = unknown {
                open.push(child);
                continue;
            }
            let children = children.iter().filter_map(|child| self.left(*child, question, group)).collect();
            let left = self.insert(Node::Ask(*asked, children))?;
            if self.answered.len() >= self.limit {
                return Err(Full);
            }
            self.answered.insert((node, question, group), left);
            open.pop();
        }
        self.left(root, question, group).ok_or(Full)
    }

    fn left(&self, node: Id, question: usize, group: usize) -> Option<Id> {
        match &self.nodes[node as usize] {
            Node::Ask(asked, children) if *asked == question => Some(children[group]),
            _ if !self.may_ask(node, question) => Some(node),
            _ => self.answered.get(&(node, question, group)).copied(),
        }
    }
}

/// The diagram's node after so many options that are not chosen and one more that is, or is not, from the first on.
fn follow(graph: &Graph<'_>, diagram: &Diagram<'_>, first: &Before, skipped: usize, is_last_chosen: bool) -> usize {
    let mut node = first;
    let mut next = 0;
    for option in 0..=skipped {
        let Before::Screen { position, children } = node else { break };
        let What::Ask(question) = graph.positions[*position].what else { break };
        let value = i64::from(option == skipped && is_last_chosen);
        next = children[class_of(graph, question, value).unwrap_or(0)];
        node = &diagram.nodes[next];
    }
    next
}
