//! Two walks through one diagram, side by side: does one more point ever end less urgent?
//!
//! Take any two complete sets of answers that differ in one question only, one that adds to the score and is asked
//! under both. Up to that question both walk the same way; after it both give the same answers wherever both are
//! asked, and anything where only one is. Positions are numbered so that nobody goes back, so the walk that is behind
//! moves first.

use std::collections::{BTreeMap, HashMap, VecDeque};

use super::diagram::{Diagram, Node};
use super::graph::{Graph, What};
use super::trace::{Answers, Flow};
use super::verify::{Outcome, Ranks};

/// A way from a pair of nodes to a pair of endings: what each side answers, in order.
type Step = (Option<(usize, usize)>, Option<(usize, usize)>);

/// Whether more points of a score never end less urgent.
pub(super) fn judge<'a>(graph: &Graph<'a>, diagram: &Diagram<'a>, score: usize, ranks: &Ranks<'_, 'a>) -> Outcome<'a> {
    let flow = Flow::of(graph, diagram);
    let range: Vec<Option<(usize, usize)>> = diagram.ends.iter().map(|e| ranks.of(e)).collect();
    let is_worse = |less: usize, more: usize| {
        let (Node::End { end: a, .. }, Node::End { end: b, .. }) = (&diagram.nodes[less], &diagram.nodes[more]) else { return false };
        match (range[*a], range[*b]) {
            _ if a == b => false,
            // Of a handover the worst case counts: those with more points may end as late as it lets them, those with
            // fewer as early.
            (Some((most, _)), Some((_, least))) => least > most,
            _ => false,
        }
    };
    let mut pairs = Pairs { diagram, worse: HashMap::new(), is_worse: &is_worse };
    let mut best: Option<(Answers<'a>, Answers<'a>, Vec<String>)> = None;
    for node in (0..diagram.nodes.len()).rev() {
        let Node::Screen { position, .. } = &diagram.nodes[node] else { continue };
        let What::Ask(question) = graph.positions[*position].what else { continue };
        let asked = &graph.questions[question];
        if !asked.scores.contains(&score) || flow.paths[node] == num_bigint::BigUint::ZERO {
            continue;
        }
        // An option is a part of its question: two sets of options may differ in several.
        if asked.option.is_some() && graph.steps[asked.step].first != Some(*position) {
            continue;
        }
        for (less, more, prefix) in starts(graph, diagram, node) {
            let Some(way) = pairs.way(less, more) else { continue };
            let (mut a, mut b) = (flow.answers(graph, diagram, node), flow.answers(graph, diagram, node));
            for (left, right) in prefix.iter().chain(&way.steps) {
                left.iter().for_each(|(n, c)| super::trace::answer(graph, diagram, *n, *c, &mut a));
                right.iter().for_each(|(n, c)| super::trace::answer(graph, diagram, *n, *c, &mut b));
            }
            if best.as_ref().is_none_or(|(x, y, _)| a.0.len() + b.0.len() < x.0.len() + y.0.len()) {
                let id = |n: usize| match &diagram.nodes[n] {
                    Node::End { end, .. } => diagram.ends[*end].id().unwrap_or_default(),
                    Node::Screen { .. } => String::new(),
                };
                best = Some((a, b, vec![id(way.ends.0), id(way.ends.1)]));
            }
        }
    }
    match best {
        Some((less, more, ends)) => Outcome { less: Some(less), more: Some(more), ends, breaking: None },
        None => Outcome::from(None),
    }
}

/// Pairs of nodes after a question that two people answered differently, the second with more points, and what each
/// answered. A `choose: any` is walked option by option.
fn starts(graph: &Graph<'_>, diagram: &Diagram<'_>, node: usize) -> Vec<(usize, usize, Vec<Step>)> {
    let Node::Screen { position, .. } = &diagram.nodes[node] else { return Vec::new() };
    let step = graph.positions[*position].step;
    let options = match graph.positions[*position].what {
        What::Ask(q) if graph.questions[q].option.is_some() => graph.positions_of(step).count(),
        _ => 1,
    };
    let mut open: BTreeMap<(usize, usize, i64), Vec<Step>> = BTreeMap::from([((node, node, 0), Vec::new())]);
    for _ in 0..options {
        let mut next = BTreeMap::new();
        for ((less, more, points), way) in open {
            let (Some((q, left)), Some((_, right))) = (asked(graph, diagram, less), asked(graph, diagram, more)) else { continue };
            let classes = &graph.questions[q].classes;
            for (l, to_left) in left.iter().enumerate() {
                for (m, to_right) in right.iter().enumerate() {
                    let points = points + classes[m].points - classes[l].points;
                    next.entry((*to_left, *to_right, points)).or_insert_with(|| {
                        let mut way = way.clone();
                        way.push((Some((less, l)), Some((more, m))));
                        way
                    });
                }
            }
        }
        open = next;
    }
    open.into_iter().filter(|((_, _, points), _)| *points > 0).map(|((less, more, _), way)| (less, more, way)).collect()
}

fn asked<'d>(graph: &Graph<'_>, diagram: &'d Diagram<'_>, node: usize) -> Option<(usize, &'d [usize])> {
    let Node::Screen { position, children } = &diagram.nodes[node] else { return None };
    match graph.positions[*position].what {
        What::Ask(question) => Some((question, children)),
        _ => None,
    }
}

struct Way {
    steps: Vec<Step>,
    ends: (usize, usize),
}

struct Pairs<'p, 'a> {
    diagram: &'p Diagram<'a>,
    /// Pairs from which no walk ends worse.
    worse: HashMap<(usize, usize), bool>,
    is_worse: &'p dyn Fn(usize, usize) -> bool,
}

impl Pairs<'_, '_> {
    /// The shortest way from a pair of nodes to a pair of endings of which the second is less urgent.
    fn way(&mut self, less: usize, more: usize) -> Option<Way> {
        if self.worse.get(&(less, more)) == Some(&false) || less == more {
            return None;
        }
        let mut before: HashMap<(usize, usize), ((usize, usize), Step)> = HashMap::new();
        let mut queue = VecDeque::from([(less, more)]);
        let mut seen = vec![(less, more)];
        let mut known = std::collections::HashSet::from([(less, more)]);
        while let Some(pair) = queue.pop_front() {
            if (self.is_worse)(pair.0, pair.1) {
                let mut steps = Vec::new();
                let mut at = pair;
                while let Some((from, step)) = before.get(&at) {
                    steps.push(*step);
                    at = *from;
                }
                steps.reverse();
                return Some(Way { steps, ends: pair });
            }
            for (next, step) in self.onward(pair) {
                // The same node on both sides ends the same; a pair known to be harmless stays so.
                if next.0 != next.1 && self.worse.get(&next) != Some(&false) && known.insert(next) {
                    before.insert(next, (pair, step));
                    seen.push(next);
                    queue.push_back(next);
                }
            }
        }
        seen.into_iter().for_each(|pair| {
            self.worse.insert(pair, false);
        });
        None
    }

    fn onward(&self, (less, more): (usize, usize)) -> Vec<((usize, usize), Step)> {
        let position = |node: usize| match &self.diagram.nodes[node] {
            Node::Screen { position, .. } => *position,
            Node::End { .. } => usize::MAX,
        };
        let children = |node: usize| match &self.diagram.nodes[node] {
            Node::Screen { children, .. } => &children[..],
            Node::End { .. } => &[],
        };
        let (a, b) = (position(less), position(more));
        let all = |node: usize| children(node).iter().copied().enumerate();
        if a == b {
            all(less).zip(children(more)).map(|((c, l), m)| ((l, *m), (Some((less, c)), Some((more, c))))).collect()
        } else if a < b {
            all(less).map(|(c, l)| ((l, more), (Some((less, c)), None))).collect()
        } else {
            all(more).map(|(c, m)| ((less, m), (None, Some((more, c))))).collect()
        }
    }
}

/// Whether a step is the first that is asked.
pub(super) fn asked_first<'a>(graph: &Graph<'a>, diagram: &Diagram<'a>, step: usize) -> Outcome<'a> {
    // Where nobody comes to an ending there is no path to hold the rule against.
    if !diagram.nodes.iter().any(|n| matches!(n, Node::End { end, .. } if diagram.ends[*end].id().is_some())) {
        return Outcome::from(None);
    }
    let mut node = diagram.root;
    while let Node::Screen { position, children } = &diagram.nodes[node] {
        match graph.positions[*position].what {
            What::Ask(_) if graph.positions[*position].step == step => return Outcome::from(None),
            What::Ask(_) => break,
            _ => node = children[0],
        }
    }
    // Everybody is asked something else first, or nothing: the shortest answers of all show it.
    let flow = Flow::of(graph, diagram);
    let all = diagram.nodes.iter().enumerate().filter_map(|(node, n)| match n {
        Node::End { end, .. } => Some((flow.answers(graph, diagram, node), diagram.ends[*end].id()?)),
        Node::Screen { .. } => None,
    });
    match all.min_by_key(|(answers, _)| answers.0.len()) {
        Some((answers, end)) => Outcome { ends: vec![end], ..Outcome::from(Some(answers)) },
        None => Outcome::from(None),
    }
}
