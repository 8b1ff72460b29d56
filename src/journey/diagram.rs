//! The reduced diagram: one node for each set of situations from which the same screens and endings follow.
//!
//! Situations are explored position by position. A situation keeps only what can still make a difference: the truth of
//! comparisons that something later reads, and scores folded to the comparisons that further points can still change.
//! Then, from the endings back, situations of a position with the same continuations become one node. A node is never
//! left out because its answer makes no difference: what the author asks is asked (SITE.md), so nodes are screens.

use std::collections::HashMap;

use super::graph::{Atom, Cond, End, Graph, Next, Target, What};
use super::live::Needs;
use crate::model::Content;

/// How many situations are explored before a journey counts as too entangled.
pub const DEFAULT_LIMIT: usize = 2_000_000;

/// The same by the site's own setting, `journey_situations` of `site.yaml`.
pub fn limit(content: &Content<'_>) -> usize {
    let own = content.site.as_ref().and_then(|site| usize::try_from(site.journey_situations?.value).ok());
    own.unwrap_or(DEFAULT_LIMIT)
}

/// What is asked of a path at its end, besides where it ends.
#[derive(Debug, Default, Clone)]
pub struct Observers {
    /// Conditions, evaluated as in a safety rule: what was not asked compares false. Each is observed twice: as 0 or 1, and
    /// as the first comparison of an answer that evaluation came to though it was not asked.
    pub conditions: Vec<Cond>,
    /// Scores whose exact value matters.
    pub scores: Vec<usize>,
}

/// A reduced diagram. Nodes come after their children: a greater number is earlier in the journey.
#[derive(Debug)]
pub struct Diagram<'a> {
    /// Where paths end: the graph's endings, then decisions that compared what was not asked.
    pub ends: Vec<End<'a>>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Where it starts.
    pub root: usize,
    /// For each position whether any answers lead there.
    pub is_reached: Vec<bool>,
    /// For each decision (a step, by number) and branch how the branch fares.
    pub branches: HashMap<usize, Vec<BranchUse>>,
    /// How many situations were explored.
    pub explored: usize,
}

/// A node: a screen, or an ending.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A question or a text; for a question one child for each class of its values, for a text one.
    Screen {
        /// The position.
        position: usize,
        /// The nodes that follow.
        children: Box<[usize]>,
    },
    /// An ending, with what the observers saw: for each condition its two observations, then each score, `None` where nothing
    /// added to it.
    End {
        /// The ending, by number.
        end: usize,
        /// What was observed.
        observed: Observed,
    },
}

/// What the observers saw at an ending: for each condition two observations, then each score.
pub type Observed = Box<[Option<i64>]>;

/// How a branch of a decision fares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BranchUse {
    /// It is taken by somebody.
    pub is_taken: bool,
    /// Its condition holds for somebody who comes to the decision, taken or not.
    pub holds: bool,
}

/// A journey that needs more than the limit: which questions entangle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entangled {
    /// The limit that was passed.
    pub limit: usize,
    /// Questions or scores whose answers have to be remembered for longest, the worst first: key and positions.
    pub remembered: Vec<(String, usize)>,
}

impl<'a> Diagram<'a> {
    /// Explores and reduces a journey.
    ///
    /// # Errors
    /// Where more than `limit` situations have to be told apart.
    pub fn of(graph: &Graph<'a>, observers: &Observers, limit: usize) -> Result<Self, Entangled> {
        Explorer::new(graph, observers).run(limit)
    }

    /// The screens: questions (an instrument's items each, a `choose: any` once), texts and endings.
    pub fn screens(&self, graph: &Graph<'_>) -> usize {
        self.nodes.iter().filter(|node| self.is_screen(graph, node)).count()
    }

    /// Whether a node is a screen of its own: of a `choose: any` only the first option is.
    pub fn is_screen(&self, graph: &Graph<'_>, node: &Node) -> bool {
        match node {
            Node::End { end, .. } => self.ends[*end].id().is_some(),
            Node::Screen { position, .. } => {
                let is_option = |p: usize| matches!(graph.positions[p].what, What::Ask(q) if graph.questions[q].option.is_some());
                !is_option(*position) || graph.steps[graph.positions[*position].step].first == Some(*position)
            }
        }
    }
}

const UNASKED: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;

/// A situation: a byte for each live comparison, then the live scores.
type Situation = Box<[u8]>;

struct Explorer<'g, 'a> {
    graph: &'g Graph<'a>,
    observers: &'g Observers,
    needs: Needs<'g, 'a>,
    branches: HashMap<usize, Vec<BranchUse>>,
}

/// An ending, by number, and what was observed there.
type Ended = (usize, Observed);

struct Raw {
    position: usize,
    children: Vec<Child>,
}

#[derive(Clone, Copy)]
enum Child {
    Raw(usize),
    End(usize),
}

impl<'g, 'a> Explorer<'g, 'a> {
    fn new(graph: &'g Graph<'a>, observers: &'g Observers) -> Self {
        Self { graph, observers, needs: Needs::of(graph, observers), branches: HashMap::new() }
    }

    fn run(mut self, limit: usize) -> Result<Diagram<'a>, Entangled> {
        let count = self.graph.positions.len();
        let mut found: Vec<HashMap<Situation, usize>> = Vec::new();
        found.resize_with(count, HashMap::new);
        let mut raws: Vec<Raw> = Vec::new();
        let mut ends: HashMap<Ended, usize> = HashMap::new();
        let mut end_list: Vec<Ended> = Vec::new();
        let mut finish = |end: usize, observed: Observed| {
            let next = end_list.len();
            let number = *ends.entry((end, observed.clone())).or_insert(next);
            if number == next {
                end_list.push((end, observed));
            }
            Child::End(number)
        };
        let start = match self.graph.start {
            Target::End(end) => finish(end, Box::default()),
            Target::Step(_) => {
                let position = self.needs.at(self.graph.start);
                let live = &self.needs.live[position];
                // Nothing is asked yet: comparisons unasked, `asked` false, scores without a value.
                let situation: Situation = vec![UNASKED; live.atoms.len() + live.scores.len() * 9].into();
                found[position].insert(situation, 0);
                raws.push(Raw { position, children: Vec::new() });
                Child::Raw(0)
            }
        };
        let mut unasked_ends: HashMap<(usize, usize, usize), usize> = HashMap::new();
        let mut extra_ends: Vec<End<'a>> = Vec::new();
        for position in 0..count {
            let mut here: Vec<(Situation, usize)> = found[position].drain().collect();
            here.sort_unstable_by_key(|(_, raw)| *raw);
            for (situation, raw) in here {
                let steps = self.steps_from(position, &situation);
                let mut children = Vec::with_capacity(steps.len());
                for step in steps {
                    let child = match step {
                        Onward::To(next, situation) => {
                            let number = raws.len();
                            let number = *found[next].entry(situation).or_insert(number);
                            if number == raws.len() {
                                raws.push(Raw { position: next, children: Vec::new() });
                            }
                            Child::Raw(number)
                        }
                        Onward::End(end, observed) => finish(end, observed),
                        Onward::Unasked(step, branch, atom) => {
                            let next = self.graph.ends.len() + extra_ends.len();
                            let end = *unasked_ends.entry((step, branch, atom)).or_insert(next);
                            if end == next {
                                extra_ends.push(End::Unasked(step, branch, atom));
                            }
                            finish(end, Box::default())
                        }
                    };
                    children.push(child);
                }
                raws[raw].children = children;
                if raws.len() > limit {
                    return Err(self.entangled(limit));
                }
            }
        }
        Ok(self.reduce(start, &raws, &end_list, extra_ends))
    }

    /// From the endings back: situations of a position with the same continuations become one node.
    fn reduce(self, start: Child, raws: &[Raw], ends: &[Ended], extra: Vec<End<'a>>) -> Diagram<'a> {
        let known_ends = self.graph.ends.iter().cloned().chain(extra).collect();
        let count = self.graph.positions.len();
        let mut nodes: Vec<Node> = ends.iter().map(|(end, observed)| Node::End { end: *end, observed: observed.clone() }).collect();
        let mut by_position: Vec<Vec<usize>> = vec![Vec::new(); count];
        raws.iter().enumerate().for_each(|(n, raw)| by_position[raw.position].push(n));
        let mut node_of = vec![usize::MAX; raws.len()];
        let resolve = |node_of: &[usize], child: &Child| match child {
            Child::Raw(raw) => node_of[*raw],
            Child::End(end) => *end,
        };
        for position in (0..count).rev() {
            let mut known: HashMap<Box<[usize]>, usize> = HashMap::new();
            for raw in &by_position[position] {
                let children: Box<[usize]> = raws[*raw].children.iter().map(|c| resolve(&node_of, c)).collect();
                node_of[*raw] = if self.graph.positions[position].what == What::Decide {
                    children.first().copied().unwrap_or(0)
                } else {
                    *known.entry(children).or_insert_with_key(|children| {
                        nodes.push(Node::Screen { position, children: children.clone() });
                        nodes.len() - 1
                    })
                };
            }
        }
        let root = resolve(&node_of, &start);
        let is_reached = by_position.iter().map(|raws| !raws.is_empty()).collect();
        Diagram { ends: known_ends, nodes, root, is_reached, branches: self.branches, explored: raws.len() }
    }

    fn steps_from(&mut self, position: usize, situation: &[u8]) -> Vec<Onward> {
        let here = self.graph.positions[position];
        match here.what {
            What::Ask(question) => {
                let graph = self.graph;
                graph.questions[question]
                    .classes
                    .iter()
                    .enumerate()
                    .map(|(class, c)| {
                        let answered = Some((question, class));
                        match (c.target, here.next) {
                            (Some(target), _) | (None, Next::Go(target)) => self.onward(position, situation, answered, target),
                            (None, _) => Onward::To(position + 1, self.project(position, situation, answered, position + 1)),
                        }
                    })
                    .collect()
            }
            What::Say => match here.next {
                Next::Go(target) => vec![self.onward(position, situation, None, target)],
                _ => Vec::new(),
            },
            What::Decide => vec![self.decide(position, here.step, situation)],
        }
    }

    fn decide(&mut self, position: usize, step: usize, situation: &[u8]) -> Onward {
        let graph = self.graph;
        let branches = graph.branches.get(&step).map_or(&[][..], Vec::as_slice);
        let mut chosen = None;
        let mut uses = std::mem::take(self.branches.entry(step).or_default());
        uses.resize(branches.len(), BranchUse::default());
        for (n, (cond, target)) in branches.iter().enumerate() {
            if chosen.is_some() && uses[n].holds {
                continue;
            }
            match self.evaluate(position, situation, cond) {
                Ok(true) => {
                    uses[n].holds = true;
                    if chosen.is_none() {
                        uses[n].is_taken = true;
                        chosen = Some(Ok(*target));
                    }
                }
                Ok(false) => {}
                Err(atom) => {
                    if chosen.is_none() {
                        // The branch is at fault, not idle.
                        uses[n] = BranchUse { is_taken: true, holds: true };
                        chosen = Some(Err((n, atom)));
                    }
                }
            }
        }
        self.branches.insert(step, uses);
        match chosen {
            Some(Ok(target)) => self.onward(position, situation, None, target),
            Some(Err((branch, atom))) => Onward::Unasked(step, branch, atom),
            None => self.onward(position, situation, None, graph.otherwise.get(&step).copied().unwrap_or(Target::End(0))),
        }
    }

    fn onward(&self, position: usize, situation: &[u8], answered: Option<(usize, usize)>, target: Target) -> Onward {
        let next = self.needs.at(target);
        let projected = self.project(position, situation, answered, next);
        match target {
            Target::Step(_) => Onward::To(next, projected),
            Target::End(end) if self.graph.ends[end].id().is_some() => Onward::End(end, self.observe(&projected)),
            Target::End(end) => Onward::End(end, Box::default()),
        }
    }

    fn observe(&self, situation: &[u8]) -> Observed {
        let end = self.graph.positions.len();
        let conditions = self.observers.conditions.iter().flat_map(|c| {
            let unasked = self.unasked(end, situation, c).err().and_then(|atom| i64::try_from(atom).ok());
            [Some(i64::from(self.judge(end, situation, c))), unasked]
        });
        let scores = self.observers.scores.iter().map(|s| self.score_at(end, situation, *s));
        conditions.chain(scores).collect()
    }

    /// The situation after an answer, as the next position needs it.
    fn project(&self, position: usize, situation: &[u8], answered: Option<(usize, usize)>, next: usize) -> Situation {
        let live = &self.needs.live[next];
        let mut out = Vec::with_capacity(live.atoms.len() + live.scores.len() * 9);
        let class = answered.map(|(q, c)| &self.graph.questions[q].classes[c]);
        let mut slot = 0;
        let here = &self.needs.live[position].atoms;
        for atom in &live.atoms {
            let decided = match (&self.graph.atoms[*atom], answered) {
                (Atom::Answer(q, _) | Atom::Number(q, ..), Some((question, _))) if *q == question => {
                    Some(if class.is_some_and(|c| c.holds.contains(atom)) { TRUE } else { FALSE })
                }
                (Atom::Asked(step), Some((question, _))) if self.graph.questions[question].step == *step => Some(TRUE),
                _ => None,
            };
            out.push(decided.unwrap_or_else(|| {
                while here.get(slot).is_some_and(|a| a < atom) {
                    slot += 1;
                }
                if here.get(slot) == Some(atom) { situation[slot] } else { UNASKED }
            }));
        }
        for (slot, score) in live.scores.iter().enumerate() {
            let before = self.score_at(position, situation, *score);
            let adds = answered.is_some_and(|(q, _)| self.graph.questions[q].scores.contains(score));
            let value = if adds { Some(before.unwrap_or(0) + class.map_or(0, |c| c.points)) } else { before };
            match value {
                Some(value) => {
                    out.push(TRUE);
                    out.extend(self.needs.fold(next, slot, value).to_le_bytes());
                }
                None => out.extend([UNASKED; 9]),
            }
        }
        out.into()
    }

    fn score_at(&self, position: usize, situation: &[u8], score: usize) -> Option<i64> {
        let live = &self.needs.live[position];
        let slot = live.scores.binary_search(&score).ok()?;
        let at = live.atoms.len() + slot * 9;
        if situation[at] == UNASKED {
            return None;
        }
        let bytes: [u8; 8] = situation[at + 1..at + 9].try_into().ok()?;
        Some(i64::from_le_bytes(bytes))
    }

    /// The truth of an atom; `None` where what it compares was not asked.
    fn truth(&self, position: usize, situation: &[u8], atom: usize) -> Option<bool> {
        match &self.graph.atoms[atom] {
            Atom::Score(score, low, high) => self.score_at(position, situation, *score).map(|v| (*low..=*high).contains(&v)),
            Atom::NeverAsked(_) => None,
            other => {
                let slot = self.needs.live[position].atoms.binary_search(&atom).ok()?;
                match (situation[slot], other) {
                    (TRUE, _) => Some(true),
                    (FALSE, _) | (_, Atom::Asked(_)) => Some(false),
                    _ => None,
                }
            }
        }
    }

    /// From left to right, until decided; an atom that was not asked is an error.
    fn evaluate(&self, position: usize, situation: &[u8], cond: &Cond) -> Result<bool, usize> {
        match cond {
            Cond::Atom(atom) => self.truth(position, situation, *atom).ok_or(*atom),
            Cond::All(parts) => {
                for part in parts {
                    if !self.evaluate(position, situation, part)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Cond::Any(parts) => {
                for part in parts {
                    if self.evaluate(position, situation, part)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Cond::Not(part) => self.evaluate(position, situation, part).map(|b| !b),
            Cond::Never => Ok(false),
        }
    }

    /// As in a safety rule: an atom that was not asked is false.
    fn judge(&self, position: usize, situation: &[u8], cond: &Cond) -> bool {
        match cond {
            Cond::Atom(atom) => self.truth(position, situation, *atom).unwrap_or(false),
            Cond::All(parts) => parts.iter().all(|c| self.judge(position, situation, c)),
            Cond::Any(parts) => parts.iter().any(|c| self.judge(position, situation, c)),
            Cond::Not(part) => !self.judge(position, situation, part),
            Cond::Never => false,
        }
    }

    /// Evaluates as [`Self::judge`], but stops at the first comparison of an answer that was not asked.
    fn unasked(&self, position: usize, situation: &[u8], cond: &Cond) -> Result<bool, usize> {
        match cond {
            Cond::Atom(atom) => match self.truth(position, situation, *atom) {
                Some(truth) => Ok(truth),
                None if matches!(self.graph.atoms[*atom], Atom::Score(..)) => Ok(false),
                None => Err(*atom),
            },
            Cond::All(parts) => {
                for part in parts {
                    if !self.unasked(position, situation, part)? {
                        return Ok(false);
                    }
                }
                Ok(true)
            }
            Cond::Any(parts) => {
                for part in parts {
                    if self.unasked(position, situation, part)? {
                        return Ok(true);
                    }
                }
                Ok(false)
            }
            Cond::Not(part) => self.unasked(position, situation, part).map(|b| !b),
            Cond::Never => Ok(false),
        }
    }

    fn entangled(&self, limit: usize) -> Entangled {
        let mut spans: HashMap<String, usize> = HashMap::new();
        for live in &self.needs.live {
            for atom in &live.atoms {
                let key = match &self.graph.atoms[*atom] {
                    Atom::Answer(q, _) | Atom::Number(q, ..) => self.graph.key(*q),
                    Atom::Asked(step) | Atom::NeverAsked(step) => self.graph.steps[*step].name.to_owned(),
                    Atom::Score(score, ..) => self.graph.scores[*score].to_owned(),
                };
                *spans.entry(key).or_default() += 1;
            }
            live.scores.iter().for_each(|s| *spans.entry(self.graph.scores[*s].to_owned()).or_default() += 1);
        }
        let mut remembered: Vec<(String, usize)> = spans.into_iter().collect();
        remembered.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(&b.0)));
        remembered.truncate(6);
        Entangled { limit, remembered }
    }
}

enum Onward {
    To(usize, Situation),
    End(usize, Observed),
    Unasked(usize, usize, usize),
}
