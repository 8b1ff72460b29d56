//! Both versions walked side by side: every complete answer once, in bulk.
//!
//! A pair of nodes stands for all answers that lead one version to the one and the other version to the other. Where both
//! ask the same question they go on together; a question that only one can still ask is that one's own. Where each asks
//! what the other asks later, one answers, and what is left of the other is worked out. Pairs of one and the same node end
//! alike and are left alone: that is the proof for everything that did not change.

use foldhash::{HashMap, HashMapExt};
use num_bigint::BigUint;

use super::scale::NOWHERE;
use super::space::{NEW, OLD, Space};
use super::store::{Full, Id, Node, Store};

/// Answers that end elsewhere.
#[derive(Debug)]
pub(super) struct Moved {
    /// The endings, as numbered.
    pub(super) ends: [usize; 2],
    /// How many complete answers.
    pub(super) combinations: BigUint,
    /// The shortest answers that show it: questions with the group of the answer.
    pub(super) example: Vec<(usize, usize)>,
    length: usize,
}

struct Pair {
    nodes: [Id; 2],
    combinations: BigUint,
    length: usize,
    /// The pair before it on the shortest way, the question answered there, and the group.
    before: Option<(usize, usize, usize)>,
}

/// Walks a space; questions are placed as each version asks them.
pub(super) struct Walk<'w, 'a> {
    pub(super) space: &'w Space<'a>,
    pub(super) store: &'w mut Store,
    /// For each version, how far into the journey each question stands.
    pub(super) places: [Vec<usize>; 2],
    pub(super) limit: usize,
    /// How often a question was asked in another order.
    pub(super) crossed: Vec<usize>,
}

impl Walk<'_, '_> {
    /// Everything that ends elsewhere, from the roots of both versions on.
    pub(super) fn run(&mut self, roots: [Id; 2]) -> Result<Vec<Moved>, Full> {
        let height = |store: &Store, nodes: [Id; 2]| store.height(nodes[OLD]) + store.height(nodes[NEW]);
        let mut pairs: Vec<Pair> = Vec::new();
        let mut known: HashMap<[Id; 2], usize> = HashMap::new();
        let mut moved: Vec<(Moved, usize)> = Vec::new();
        let mut of_ends: HashMap<[usize; 2], usize> = HashMap::new();
        let mut next: Vec<[Id; 2]> = Vec::new();
        // By how much may still be asked: every pair is complete when it is met.
        let mut open: Vec<Vec<usize>> = vec![Vec::new(); height(self.store, roots) + 1];
        if roots[OLD] != roots[NEW] {
            open[height(self.store, roots)].push(0);
            pairs.push(Pair { nodes: roots, combinations: self.space.combinations.clone(), length: 0, before: None });
        }
        while let Some(level) = open.pop() {
            for number in level {
                let Pair { nodes, length, .. } = pairs[number];
                let combinations = std::mem::take(&mut pairs[number].combinations);
                if let [Node::End(from), Node::End(to)] = nodes.map(|n| self.store.node(n)) {
                    let ends = [from, to];
                    let next = moved.len();
                    let at = *of_ends.entry(ends).or_insert(next);
                    if at == next {
                        moved.push((Moved { ends, combinations: BigUint::ZERO, example: Vec::new(), length: usize::MAX }, 0));
                    }
                    let (known, shortest) = &mut moved[at];
                    known.combinations += combinations;
                    if length < known.length {
                        (known.length, *shortest) = (length, number);
                    }
                    continue;
                }
                let question = self.onward(nodes, &mut next)?;
                let asked = &self.space.asked[question];
                let each = part(combinations, &asked.size);
                for (group, nodes) in next.iter().copied().enumerate().filter(|(_, n)| n[OLD] != n[NEW]) {
                    let at = *known.entry(nodes).or_insert(pairs.len());
                    let (length, before) = (length + usize::from(asked.is_first), Some((number, question, group)));
                    if at == pairs.len() {
                        if at >= self.limit {
                            return Err(Full);
                        }
                        pairs.push(Pair { nodes, combinations: BigUint::ZERO, length, before });
                        open[height(self.store, nodes)].push(at);
                    }
                    let pair = &mut pairs[at];
                    // Mostly one answer is a group: counts of long journeys have hundreds of digits.
                    match &asked.groups[group].size {
                        size if size.bits() == 1 => pair.combinations += &each,
                        size => pair.combinations += &each * size,
                    }
                    if length < pair.length {
                        (pair.length, pair.before) = (length, before);
                    }
                }
            }
        }
        let with_example = |(mut moved, shortest): (Moved, usize)| {
            let mut at = shortest;
            while let Some((before, question, group)) = pairs[at].before {
                moved.example.push((question, group));
                at = before;
            }
            moved
        };
        Ok(moved.into_iter().map(with_example).collect())
    }

    /// The question that is answered next; `next` becomes the pairs that the groups of its answers lead to.
    fn onward(&mut self, nodes: [Id; 2], next: &mut Vec<[Id; 2]>) -> Result<usize, Full> {
        let asked = nodes.map(|node| match self.store.node(node) {
            Node::Ask(question, _) => Some(question),
            Node::End(_) => None,
        });
        let first = if self.is_next(OLD, nodes, asked) { OLD } else { NEW };
        let Some(own) = asked[first].or(asked[1 - first]) else { return Err(Full) };
        if asked[OLD] != asked[NEW] && self.store.may_ask(nodes[first], own) && self.store.may_ask(nodes[1 - first], own) {
            self.crossed[own] += 1;
        }
        next.clear();
        for group in 0..self.space.asked[own].groups.len() {
            next.push([self.store.answer(nodes[OLD], own, group)?, self.store.answer(nodes[NEW], own, group)?]);
        }
        Ok(own)
    }

    /// Whether the question that a version asks is answered before the other's.
    fn is_next(&mut self, side: usize, nodes: [Id; 2], asked: [Option<usize>; 2]) -> bool {
        let (own, other) = match (asked[side], asked[1 - side]) {
            (None, _) => return false,
            (Some(_), None) => return true,
            (Some(own), Some(other)) if own == other => return true,
            (Some(own), Some(other)) => (own, other),
        };
        // The other's question can wait if this version asks it later, too; of two that both ask later, the one goes first
        // that the other version asks the later.
        let may_other = self.store.may_ask(nodes[1 - side], own);
        let may_own = self.store.may_ask(nodes[side], other);
        let distance = |version: usize, from: usize, to: usize| self.places[version][to].saturating_sub(self.places[version][from]);
        !may_other || (may_own && distance(1 - side, other, own) >= distance(side, own, other))
    }

    /// The questions that a version asks somebody who answers so, in its order, and where it ends; nowhere if an answer is
    /// missing.
    pub(super) fn replay(store: &Store, root: Id, answers: &Chosen) -> (Vec<usize>, usize) {
        let (mut node, mut asked) = (root, Vec::new());
        loop {
            match store.node(node) {
                Node::End(end) => return (asked, end),
                Node::Ask(question, children) => match answers.get(question) {
                    Some(group) => {
                        asked.push(question);
                        node = children[group];
                    }
                    None => return (asked, NOWHERE),
                },
            }
        }
    }
}

/// One of so many equal parts of a count. Mostly there are two or four of them, and counts of long journeys have hundreds of
/// digits, which are shifted much faster than divided.
fn part(whole: BigUint, parts: &BigUint) -> BigUint {
    match parts.trailing_zeros() {
        Some(zeros) if zeros + 1 == parts.bits() => whole >> zeros,
        _ => whole / parts,
    }
}

/// Somebody's answers: for each question of the space the group of the answer, if there is one.
pub(super) struct Chosen(Vec<Option<usize>>);

impl Chosen {
    /// No answers, of so many questions.
    pub(super) fn none(questions: usize) -> Self {
        Self(vec![None; questions])
    }

    /// These answers, of so many questions.
    pub(super) fn of(questions: usize, answers: impl IntoIterator<Item = (usize, usize)>) -> Self {
        let mut chosen = Self::none(questions);
        answers.into_iter().for_each(|(question, group)| chosen.0[question] = Some(group));
        chosen
    }

    /// Adds answers.
    pub(super) fn add(&mut self, answers: &[(usize, usize)]) {
        answers.iter().for_each(|(question, group)| self.0[*question] = Some(*group));
    }

    /// Takes them away again.
    pub(super) fn remove(&mut self, answers: &[(usize, usize)]) {
        answers.iter().for_each(|(question, _)| self.0[*question] = None);
    }

    /// The group of the answer to a question.
    pub(super) fn get(&self, question: usize) -> Option<usize> {
        self.0[question]
    }
}
