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
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum Node<'s> {
    End(usize),
    Ask(usize, &'s [Id]),
}

/// A node as it is kept: the children of all are one list.
#[derive(Debug, Clone, Copy)]
enum Kept {
    End(usize),
    Ask { question: usize, first: usize, children: usize },
}

/// The store grew past its limit.
#[derive(Debug, Clone, Copy)]
pub(super) struct Full;

/// Nodes, each kept once.
#[derive(Debug)]
pub(super) struct Store {
    nodes: Vec<Kept>,
    children: Vec<Id>,
    /// The numbers of the nodes, by what they are.
    known: HashTable<Id>,
    hasher: RandomState,
    /// The most questions that are asked from a node on.
    heights: Vec<usize>,
    /// For each node which set of questions may still be asked; worked out as far as somebody wanted to know.
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
            children: Vec::new(),
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

    /// A node by its number.
    pub(super) fn node(&self, node: Id) -> Node<'_> {
        read(&self.nodes, &self.children, node)
    }

    /// The most questions that are asked from a node on.
    pub(super) fn height(&self, node: Id) -> usize {
        self.heights[node as usize]
    }

    /// Whether a question may still be asked from a node on.
    pub(super) fn may_ask(&mut self, node: Id, question: usize) -> bool {
        let Node::Ask(asked, _) = self.node(node) else { return false };
        if asked == question {
            return true;
        }
        self.look_ahead(node);
        self.sets.row(self.ahead[node as usize])[question / 64] & (1 << (question % 64)) != 0
    }

    /// Works out what may still be asked from each node on, up to this one: what follows a node has a smaller number.
    fn look_ahead(&mut self, last: Id) {
        for node in self.ahead.len()..=last as usize {
            self.set.fill(0);
            if let Kept::Ask { question, first, children } = self.nodes[node] {
                let mut before = usize::MAX;
                for child in &self.children[first..first + children] {
                    let ahead = self.ahead[*child as usize];
                    if ahead != before {
                        self.set.iter_mut().zip(self.sets.row(ahead)).for_each(|(s, a)| *s |= a);
                        before = ahead;
                    }
                }
                self.set[question / 64] |= 1 << (question % 64);
            }
            self.ahead.push(self.sets.number(&self.set));
        }
    }

    /// The node of an ending.
    pub(super) fn end(&mut self, end: usize) -> Result<Id, Full> {
        self.number(Node::End(end))
    }

    /// The number of a node, which is added where it is new.
    fn number(&mut self, node: Node<'_>) -> Result<Id, Full> {
        let hash = self.hasher.hash_one(node);
        if let Some(known) = self.known.find(hash, |known| self.node(*known) == node) {
            return Ok(*known);
        }
        if self.nodes.len() >= self.limit {
            return Err(Full);
        }
        let id = Id::try_from(self.nodes.len()).map_err(|_| Full)?;
        let (kept, height) = match node {
            Node::End(end) => (Kept::End(end), 0),
            Node::Ask(question, children) => {
                let first = self.children.len();
                self.children.extend_from_slice(children);
                let below = children.iter().map(|child| self.heights[*child as usize]).max();
                (Kept::Ask { question, first, children: children.len() }, below.map_or(0, |height| height + 1))
            }
        };
        self.heights.push(height);
        self.nodes.push(kept);
        let (nodes, children, hasher) = (&self.nodes, &self.children, &self.hasher);
        self.known.insert_unique(hash, id, |known| hasher.hash_one(read(nodes, children, *known)));
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
        let mut own_children: Vec<Id> = Vec::new();
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
                What::Ask(question) => space.number(side, question),
                _ => None,
            };
            let mut node = match number {
                Some(number) => {
                    let of = |class: Option<usize>| class.map_or(nowhere, |class| taken[children[class]]);
                    own_children.clear();
                    own_children.extend(space.asked[number].groups.iter().map(|group| of(group.class[side])));
                    self.number(Node::Ask(number, &own_children))?
                }
                None => taken[children[0]],
            };
            if graph.steps[here.step].first == Some(position)
                && let Some(extra) = space.extras[side].get(&here.step)
            {
                let groups = &space.asked[*extra].groups;
                let own = groups.iter().filter(|g| matches!(g.part, Part::First(s, ..) if s == side)).count();
                own_children.clear();
                own_children.extend(groups.iter().map(|group| match group.part {
                    Part::First(s, place, _) if s == side => taken[follow(graph, diagram, before, place, true)],
                    Part::First(..) => nowhere,
                    _ if own == 0 => node,
                    _ => taken[follow(graph, diagram, before, own - 1, false)],
                }));
                node = self.number(Node::Ask(*extra, &own_children))?;
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
        let (mut open, mut left_of_children) = (vec![root], Vec::new());
        while let Some(node) = open.last().copied() {
            if self.left(node, question, group).is_some() {
                open.pop();
                continue;
            }
            let Kept::Ask { question: asked, first, children } = self.nodes[node as usize] else { return Err(Full) };
            left_of_children.clear();
            for place in first..first + children {
                let child = self.children[place];
                let Some(left) = self.left(child, question, group) else {
                    open.push(child);
                    break;
                };
                left_of_children.push(left);
            }
            if left_of_children.len() < children {
                continue;
            }
            let left = self.number(Node::Ask(asked, &left_of_children))?;
            if self.answered.len() >= self.limit {
                return Err(Full);
            }
            self.answered.insert((node, question, group), left);
            open.pop();
        }
        self.left(root, question, group).ok_or(Full)
    }

    /// The same, where it is known at once or has been worked out.
    fn left(&mut self, node: Id, question: usize, group: usize) -> Option<Id> {
        if let Node::Ask(asked, children) = self.node(node)
            && asked == question
        {
            return Some(children[group]);
        }
        if self.may_ask(node, question) { self.answered.get(&(node, question, group)).copied() } else { Some(node) }
    }
}

fn read<'s>(nodes: &[Kept], children: &'s [Id], node: Id) -> Node<'s> {
    match nodes[node as usize] {
        Kept::End(end) => Node::End(end),
        Kept::Ask { question, first, children: count } => Node::Ask(question, &children[first..first + count]),
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
