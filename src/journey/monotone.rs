//! Two walks through one diagram, side by side: does one more point ever end less urgent?
//!
//! Take any two complete sets of answers that differ in one question only, one that adds to the score and is asked
//! under both. Up to that question both walk the same way; after it both give the same answers wherever both are
//! asked, and anything where only one is. Positions are numbered so that nobody goes back, so the walk that is behind
//! moves first.

use std::collections::BTreeMap;

use foldhash::{HashSet, HashSetExt};

use super::diagram::{Diagram, Node};
use super::graph::{Graph, What};
use super::trace::{Answers, Flow};
use super::verify::{Outcome, Ranks};

/// A way from a pair of nodes to a pair of endings: what each side answers, in order.
type Step = (Option<(usize, usize)>, Option<(usize, usize)>);

/// Whether more points of a score never end less urgent.
pub(super) fn judge<'a>(graph: &Graph<'a>, diagram: &Diagram<'a>, flow: &Flow, score: usize, ranks: &Ranks<'_, 'a>) -> Outcome<'a> {
    let mut pairs = Pairs::of(diagram, ranks);
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
        for Start { less, more, prefix } in starts(graph, diagram, &pairs, node) {
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

/// A pair of nodes after a question that two people answered differently, the second with more points.
struct Start {
    less: usize,
    more: usize,
    /// What each answered: one step, or one for each option of a `choose: any`.
    prefix: Vec<Step>,
}

/// Where two people are after a question that they answered differently, as far as there is anything to walk.
fn starts(graph: &Graph<'_>, diagram: &Diagram<'_>, pairs: &Pairs<'_, '_>, node: usize) -> Vec<Start> {
    let Node::Screen { position, .. } = &diagram.nodes[node] else { return Vec::new() };
    let step = graph.positions[*position].step;
    let options = match graph.positions[*position].what {
        What::Ask(q) if graph.questions[q].option.is_some() => graph.positions_of(step).count(),
        _ => 1,
    };
    let mut open: BTreeMap<(usize, usize, i64), Vec<Step>> = BTreeMap::from([((node, node, 0), Vec::new())]);
    for option in 1..=options {
        let mut next = BTreeMap::new();
        for ((less, more, points), way) in open {
            let (Some((q, left)), Some((_, right))) = (asked(graph, diagram, less), asked(graph, diagram, more)) else { continue };
            let classes = &graph.questions[q].classes;
            for (l, to_left) in left.iter().enumerate() {
                for (m, to_right) in right.iter().enumerate() {
                    let points = points + classes[m].points - classes[l].points;
                    if option == options && (points <= 0 || !pairs.is_open(*to_left, *to_right)) {
                        continue;
                    }
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
    open.into_iter().map(|((less, more, _), prefix)| Start { less, more, prefix }).collect()
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
    /// By ending, the most and least urgent rank that it stands for.
    ranges: Vec<Option<(usize, usize)>>,
    /// By node, the most urgent rank that anything from it on ends at, where a handover counts with its most urgent.
    most: Vec<usize>,
    /// The same for the least urgent.
    least: Vec<usize>,
    /// Pairs from which no walk ends worse.
    harmless: HashSet<(usize, usize)>,
    /// The pairs of the walk at hand.
    met: Vec<Met>,
}

/// A pair on a walk: the place of the one before it, and what was answered there.
struct Met {
    pair: (usize, usize),
    before: usize,
    step: Step,
}

impl<'p, 'a> Pairs<'p, 'a> {
    fn of(diagram: &'p Diagram<'a>, ranks: &Ranks<'_, 'a>) -> Self {
        let ranges: Vec<Option<(usize, usize)>> = diagram.ends.iter().map(|e| ranks.of(e)).collect();
        let (mut most, mut least) = (Vec::with_capacity(diagram.nodes.len()), Vec::with_capacity(diagram.nodes.len()));
        for node in &diagram.nodes {
            let (first, last) = match node {
                Node::End { end, .. } => ranges[*end].unwrap_or((usize::MAX, 0)),
                Node::Screen { children, .. } => {
                    children.iter().fold((usize::MAX, 0), |(first, last), child| (first.min(most[*child]), last.max(least[*child])))
                }
            };
            most.push(first);
            least.push(last);
        }
        Self { diagram, ranges, most, least, harmless: HashSet::new(), met: Vec::new() }
    }

    /// Whether two endings are the worse for the one with more points.
    fn is_worse(&self, less: usize, more: usize) -> bool {
        let (Node::End { end: a, .. }, Node::End { end: b, .. }) = (&self.diagram.nodes[less], &self.diagram.nodes[more]) else {
            return false;
        };
        match (self.ranges[*a], self.ranges[*b]) {
            _ if a == b => false,
            // Of a handover the worst case counts: those with more points may end as late as it lets them, those with
            // fewer as early.
            (Some((most, _)), Some((_, least))) => least > most,
            _ => false,
        }
    }

    /// Whether a walk from a pair may end worse, for all that is known. The same node on both sides ends the same; and most pairs
    /// need no walk: however they go on, nobody ends less urgent.
    fn is_open(&self, less: usize, more: usize) -> bool {
        less != more && self.least[more] > self.most[less] && !self.harmless.contains(&(less, more))
    }

    /// Meets a pair, which is taken for harmless until the walk shows that it is not.
    fn meet(&mut self, pair: (usize, usize), before: usize, step: Step) {
        if self.is_open(pair.0, pair.1) {
            self.harmless.insert(pair);
            self.met.push(Met { pair, before, step });
        }
    }

    /// The shortest way from a pair of nodes to a pair of endings of which the second is less urgent.
    fn way(&mut self, less: usize, more: usize) -> Option<Way> {
        self.met.clear();
        self.meet((less, more), 0, (None, None));
        let mut at = 0;
        while let Some(Met { pair, .. }) = self.met.get(at) {
            let pair = *pair;
            if self.is_worse(pair.0, pair.1) {
                for met in &self.met {
                    self.harmless.remove(&met.pair);
                }
                return Some(Way { steps: self.steps_to(at), ends: pair });
            }
            self.go_on(at, pair);
            at += 1;
        }
        None
    }

    fn steps_to(&self, mut at: usize) -> Vec<Step> {
        let mut steps = Vec::new();
        while at > 0 {
            steps.push(self.met[at].step);
            at = self.met[at].before;
        }
        steps.reverse();
        steps
    }

    /// Meets all pairs that follow one.
    fn go_on(&mut self, before: usize, (less, more): (usize, usize)) {
        let diagram = self.diagram;
        let of = |node: usize| match &diagram.nodes[node] {
            Node::Screen { position, children } => (*position, &children[..]),
            Node::End { .. } => (usize::MAX, &[][..]),
        };
        let ((a, left), (b, right)) = (of(less), of(more));
        if a == b {
            for (c, (l, m)) in left.iter().zip(right).enumerate() {
                self.meet((*l, *m), before, (Some((less, c)), Some((more, c))));
            }
        } else if a < b {
            for (c, l) in left.iter().enumerate() {
                self.meet((*l, more), before, (Some((less, c)), None));
            }
        } else {
            for (c, m) in right.iter().enumerate() {
                self.meet((less, *m), before, (None, Some((more, c))));
            }
        }
    }
}

/// Whether a step is the first that is asked.
pub(super) fn asked_first<'a>(graph: &Graph<'a>, diagram: &Diagram<'a>, flow: &Flow, step: usize) -> Outcome<'a> {
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
    let all = diagram.nodes.iter().enumerate().filter_map(|(node, n)| match n {
        Node::End { end, .. } => Some((flow.answers(graph, diagram, node), diagram.ends[*end].id()?)),
        Node::Screen { .. } => None,
    });
    match all.min_by_key(|(answers, _)| answers.0.len()) {
        Some((answers, end)) => Outcome { ends: vec![end], ..Outcome::from(Some(answers)) },
        None => Outcome::from(None),
    }
}
