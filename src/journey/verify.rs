//! What can be said of a journey: counts, examples, verdicts on its safety rules, and what is wrong with it.

use foldhash::{HashMap, HashMapExt};
use num_bigint::BigUint;

use super::diagram::{Diagram, Entangled, Node, Observers};
use super::graph::{Atom, Cond, End, Graph, Target};
use super::monotone;
use super::trace::{Answers, Flow};
use super::vignette::{Replayed, replay};
use crate::model::{Content, Journey, SafetyRule};

/// What is known of a journey.
#[derive(Debug)]
pub struct Verification<'a> {
    /// Number of questions; an instrument has one for each item.
    pub questions: usize,
    /// Number of screens, endings included.
    pub screens: usize,
    /// Number of paths that come to an ending.
    pub paths: BigUint,
    /// Every ending that is reached, in the order of their ids; `None` where a decision compares what was not asked.
    pub endings: Option<Vec<Ending<'a>>>,
    /// The safety rules in their order, with the verdict where there is one.
    pub safety: Vec<Verdict<'a>>,
    /// The vignettes in their order, and where each comes to.
    pub vignettes: Vec<Replayed>,
    /// What is wrong.
    pub problems: Vec<Problem<'a>>,
}

/// An ending and how people come to it.
#[derive(Debug)]
pub struct Ending<'a> {
    /// `outcome/…` or `journey/…`.
    pub id: String,
    /// The acuity level of an outcome.
    pub acuity: Option<&'a str>,
    /// Paths that end here.
    pub paths: BigUint,
    /// The shortest of them.
    pub example: Answers<'a>,
}

/// What was proved of a safety rule.
#[derive(Debug, Clone)]
pub struct Verdict<'a> {
    /// The rule's id.
    pub id: &'a str,
    /// Whether it holds; `None` where that cannot be said.
    pub holds: Option<bool>,
    /// Where it does not hold: the shortest answers that show it; for `monotone` those with fewer points.
    pub counterexample: Option<Answers<'a>>,
    /// For `monotone`: the same answers but one, with more points.
    pub counterexample_more: Option<Answers<'a>>,
    /// Where the counterexample ends; for `monotone` both ends.
    pub ends: Vec<String>,
    /// How many paths break it, where that is counted: not for `monotone`, which speaks of two people at a time.
    pub breaking: Option<BigUint>,
}

/// Something wrong with a journey's behaviour. Steps, branches and rules are given by their number.
#[derive(Debug, Clone)]
#[expect(missing_docs, reason = "the members are steps, branches and rules by number, and the answers that show it")]
pub enum Problem<'a> {
    /// A decision compares what was not asked.
    Unasked { step: usize, branch: usize, atom: usize, example: Answers<'a> },
    /// A decision without `otherwise` in which no branch holds.
    FallsThrough { step: usize, paths: BigUint, example: Answers<'a> },
    /// No answers lead to a step, though the graph does.
    UnreachedStep { step: usize },
    /// An ending that a step names and no path reaches.
    UnreachedEnding { step: usize, target: usize, id: String },
    /// A branch whose condition never holds there.
    NeverHolds { step: usize, branch: usize },
    /// A branch whose condition holds only where an earlier branch does.
    Shadowed { step: usize, branch: usize },
    /// The same instrument is asked twice on a path.
    AskedTwice { first: usize, second: usize, example: Answers<'a> },
    /// A safety rule is broken.
    Broken { rule: usize },
    /// No answers meet a safety rule's `whenever`.
    NeverMet { rule: usize },
    /// A safety rule's `whenever` compares the answer of a step that this path does not ask.
    MayBeUnasked { rule: usize, step: usize, example: Answers<'a> },
    /// The journey hands over in a circle.
    HandoverCircle { names: Vec<String> },
    /// Too many situations have to be told apart; nothing is proved.
    Entangled(Entangled),
}

/// Verifies one journey. Past `limit` situations nothing is proved, and the result says what entangles it.
pub fn verify<'a>(name: &'a str, journey: &Journey<'a>, content: &Content<'a>, limit: usize) -> Verification<'a> {
    let mut graph = Graph::of(name, journey, content);
    let mut verifier = Verifier { content, journey, limit, ranks: Ranks::new(content), result: empty(journey) };
    if let Err(entangled) = verifier.run(&mut graph) {
        verifier.result.endings = None;
        verifier.result.safety.iter_mut().for_each(|v| *v = unknown(v.id));
        verifier.result.problems.push(Problem::Entangled(entangled));
    }
    verifier.result
}

fn empty<'a>(journey: &Journey<'a>) -> Verification<'a> {
    let safety = journey.safety.iter().map(|r| unknown(r.id.value)).collect();
    Verification { questions: 0, screens: 0, paths: BigUint::ZERO, endings: None, safety, vignettes: Vec::new(), problems: Vec::new() }
}

fn unknown(id: &str) -> Verdict<'_> {
    Verdict { id, holds: None, counterexample: None, counterexample_more: None, ends: Vec::new(), breaking: None }
}

/// How urgent endings are: 0 is the most urgent rank.
#[derive(Debug)]
pub struct Ranks<'c, 'a> {
    content: &'c Content<'a>,
    handovers: std::cell::RefCell<HashMap<String, Option<(usize, usize)>>>,
}

impl<'c, 'a> Ranks<'c, 'a> {
    /// Ranks by the content's outcomes and scale.
    pub fn new(content: &'c Content<'a>) -> Self {
        Self { content, handovers: std::cell::RefCell::default() }
    }

    /// The most and the least urgent rank of an ending; `None` where it has none.
    pub fn of(&self, end: &End<'_>) -> Option<(usize, usize)> {
        match end {
            End::Outcome(name) => self.of_outcome(name).map(|r| (r, r)),
            End::Journey(name) => {
                let known = self.handovers.borrow().get(*name).copied();
                known.unwrap_or_else(|| {
                    let mut seen = vec![(*name).to_owned()];
                    let range = self.of_journey(name, &mut seen);
                    self.handovers.borrow_mut().insert((*name).to_owned(), range);
                    range
                })
            }
            _ => None,
        }
    }

    fn of_outcome(&self, name: &str) -> Option<usize> {
        let outcome = self.content.named(crate::model::Kind::Outcome, name)?.outcome()?;
        self.content.acuity.as_ref()?.rank(outcome.acuity.value)
    }

    /// Over the endings that some answers reach, those of further handovers included.
    fn of_journey(&self, name: &str, seen: &mut Vec<String>) -> Option<(usize, usize)> {
        let mut range: Option<(usize, usize)> = None;
        for outcome in reached(self.content, name, seen) {
            let rank = self.of_outcome(&outcome)?;
            range = Some(range.map_or((rank, rank), |(most, least)| (most.min(rank), least.max(rank))));
        }
        range
    }

    /// All outcomes that an ending stands for.
    pub fn outcomes(&self, end: &End<'_>) -> Vec<String> {
        match end {
            End::Outcome(name) => vec![(*name).to_owned()],
            End::Journey(name) => reached(self.content, name, &mut vec![(*name).to_owned()]),
            _ => Vec::new(),
        }
    }
}

/// The outcomes that some answers to a journey reach, through handovers; a circle is entered once.
fn reached(content: &Content<'_>, name: &str, seen: &mut Vec<String>) -> Vec<String> {
    let Some((item, journey)) = content.named(crate::model::Kind::Journey, name).and_then(|i| Some((i, i.journey()?))) else {
        return Vec::new();
    };
    let graph = Graph::of(item.name, journey, content);
    let Ok(diagram) = Diagram::of(&graph, &Observers::default(), super::diagram::DEFAULT_LIMIT) else { return Vec::new() };
    let mut found = Vec::new();
    for node in &diagram.nodes {
        match node {
            Node::End { end, .. } => match &diagram.ends[*end] {
                End::Outcome(outcome) => found.push((*outcome).to_owned()),
                End::Journey(next) if !seen.iter().any(|s| s == next) => {
                    seen.push((*next).to_owned());
                    found.extend(reached(content, next, seen));
                }
                _ => {}
            },
            Node::Screen { .. } => {}
        }
    }
    found.sort();
    found.dedup();
    found
}

struct Verifier<'v, 'a> {
    content: &'v Content<'a>,
    journey: &'v Journey<'a>,
    limit: usize,
    ranks: Ranks<'v, 'a>,
    result: Verification<'a>,
}

impl<'a> Verifier<'_, 'a> {
    fn run(&mut self, graph: &mut Graph<'a>) -> Result<(), Entangled> {
        // Without rules first: counts and structure need no more than the decisions.
        self.result.questions = count_questions(graph);
        let diagram = Diagram::of(graph, &Observers::default(), self.limit)?;
        let flow = Flow::of(graph, &diagram);
        self.result.paths = ends(&diagram).filter(|(_, end)| diagram.ends[*end].id().is_some()).map(|(node, _)| &flow.paths[node]).sum();
        self.result.screens = diagram.screens(graph);
        self.result.vignettes = self.journey.vignettes.iter().map(|v| replay(graph, &diagram, v)).collect();
        self.structure(graph, &diagram, &flow);
        self.asked_twice(graph)?;
        let is_unasked = diagram.ends.iter().any(|e| matches!(e, End::Unasked(..)));
        self.circle(graph);
        if is_unasked {
            return Ok(());
        }
        self.endings(graph, &diagram, &flow);
        for (number, rule) in self.journey.safety.iter().enumerate() {
            self.rule(graph, (&diagram, &flow), number, rule)?;
        }
        Ok(())
    }

    fn endings(&mut self, graph: &Graph<'a>, diagram: &Diagram<'a>, flow: &Flow) {
        let mut endings = Vec::new();
        for (node, end) in ends(diagram) {
            let Some(id) = diagram.ends[end].id() else { continue };
            let acuity = self.content.get(&id).and_then(|i| i.outcome()).map(|o| o.acuity.value);
            endings.push(Ending { id, acuity, paths: flow.paths[node].clone(), example: flow.answers(graph, diagram, node) });
        }
        endings.sort_by(|a, b| a.id.cmp(&b.id));
        self.result.endings = Some(endings);
    }

    fn structure(&mut self, graph: &Graph<'a>, diagram: &Diagram<'a>, flow: &Flow) {
        let problems = &mut self.result.problems;
        for (node, end) in ends(diagram) {
            let example = || flow.answers(graph, diagram, node);
            match diagram.ends[end] {
                End::Unasked(step, branch, atom) => problems.push(Problem::Unasked { step, branch, atom, example: example() }),
                End::FellThrough(step) => {
                    problems.push(Problem::FallsThrough { step, paths: flow.paths[node].clone(), example: example() });
                }
                _ => {}
            }
        }
        for (number, step) in graph.steps.iter().enumerate() {
            let Some(first) = step.first else { continue };
            if !diagram.is_reached[first] {
                problems.push(Problem::UnreachedStep { step: number });
                continue;
            }
            let Some(branches) = diagram.branches.get(&number) else { continue };
            for (branch, usage) in branches.iter().enumerate().filter(|(_, u)| !u.is_taken) {
                problems.push(if usage.holds {
                    Problem::Shadowed { step: number, branch }
                } else {
                    Problem::NeverHolds { step: number, branch }
                });
            }
        }
        let mut reached = vec![false; diagram.ends.len()];
        ends(diagram).for_each(|(_, end)| reached[end] = true);
        let mut named = vec![false; diagram.ends.len()];
        for (number, step) in graph.steps.iter().enumerate() {
            for (target, (to, _)) in step.targets.iter().enumerate() {
                let Target::End(end) = to else { continue };
                if let (false, false, Some(id)) = (reached[*end], named[*end], graph.ends[*end].id()) {
                    named[*end] = true;
                    problems.push(Problem::UnreachedEnding { step: number, target, id });
                }
            }
        }
    }

    /// Two steps that use one instrument, of which a path asks both.
    fn asked_twice(&mut self, graph: &Graph<'a>) -> Result<(), Entangled> {
        let steps = &graph.steps;
        let using: Vec<usize> = (0..steps.len()).filter(|s| steps[*s].instrument.is_some() && steps[*s].first.is_some()).collect();
        for (n, first) in using.iter().copied().enumerate() {
            for second in using[n + 1..].iter().copied().filter(|second| steps[first].instrument == steps[*second].instrument) {
                let mut with = Graph::of(graph.name, self.journey, self.content);
                let atom = with.atoms.len();
                with.atoms.extend([Atom::Asked(first), Atom::Asked(second)]);
                let both = Cond::All(vec![Cond::Atom(atom), Cond::Atom(atom + 1)]);
                if let Some((example, _)) = self.first_where(&with, both, &|_, seen| seen)? {
                    let (first, second) = if steps[first].first < steps[second].first { (first, second) } else { (second, first) };
                    self.result.problems.push(Problem::AskedTwice { first, second, example });
                }
            }
        }
        Ok(())
    }

    /// The shortest answers to an ending of which `wanted` is true, given what the condition was there; and how many paths do.
    fn first_where(
        &self,
        graph: &Graph<'a>,
        cond: Cond,
        wanted: &dyn Fn(&End<'a>, bool) -> bool,
    ) -> Result<Option<(Answers<'a>, BigUint)>, Entangled> {
        let diagram = Diagram::of(graph, &Observers { conditions: vec![cond], scores: Vec::new() }, self.limit)?;
        let flow = Flow::of(graph, &diagram);
        let mut best: Option<(Answers<'a>, BigUint)> = None;
        for (node, tree) in diagram.nodes.iter().enumerate() {
            let Node::End { end, observed } = tree else { continue };
            if !observed.is_empty() && wanted(&diagram.ends[*end], observed[0] == Some(1)) {
                let example = flow.answers(graph, &diagram, node);
                let (shortest, paths) = best.get_or_insert_with(|| (example.clone(), BigUint::ZERO));
                *paths += &flow.paths[node];
                if example.0.len() < shortest.0.len() {
                    *shortest = example;
                }
            }
        }
        Ok(best)
    }

    fn circle(&mut self, graph: &Graph<'a>) {
        let mut path = vec![graph.name.to_owned()];
        if let Some(names) = circle_from(self.content, graph, &mut path) {
            self.result.problems.push(Problem::HandoverCircle { names });
        }
    }

    /// A safety rule; `plain` is the diagram without observers, and what flows through it.
    fn rule(&mut self, graph: &mut Graph<'a>, plain: (&Diagram<'a>, &Flow), number: usize, rule: &SafetyRule<'a>) -> Result<(), Entangled> {
        let verdict = if let Some(score) = rule.monotone {
            match graph.score(score.value) {
                Some(score) => monotone::judge(graph, plain.0, plain.1, score, &self.ranks),
                None => return Ok(()),
            }
        } else if let Some(step) = rule.asks_first {
            let Some(step) = graph.step(step.value) else { return Ok(()) };
            monotone::asked_first(graph, plain.0, plain.1, step)
        } else if let Some(step) = rule.asks {
            let Some(step) = graph.step(step.value) else { return Ok(()) };
            let atom = graph.atoms.len();
            graph.atoms.push(Atom::Asked(step));
            let broken = self.first_where(graph, Cond::Atom(atom), &|end, asked| end.id().is_some() && !asked)?;
            let (less, breaking) = broken.unzip();
            Outcome { breaking, ..Outcome::from(less) }
        } else if rule.outcome.is_some() {
            self.bound(graph, plain, number, rule)?
        } else {
            return Ok(());
        };
        let holds = verdict.less.is_none();
        if !holds {
            self.result.problems.push(Problem::Broken { rule: number });
        }
        self.result.safety[number] = Verdict {
            id: rule.id.value,
            holds: Some(holds),
            counterexample: verdict.less,
            counterexample_more: verdict.more,
            ends: verdict.ends,
            breaking: verdict.breaking,
        };
        Ok(())
    }

    /// A rule on the ending, for everybody or for those whom `whenever` means.
    fn bound(
        &mut self,
        graph: &Graph<'a>,
        plain: (&Diagram<'a>, &Flow),
        number: usize,
        rule: &SafetyRule<'a>,
    ) -> Result<Outcome<'a>, Entangled> {
        let cond = graph.whenever[number].clone();
        let observed = match &cond {
            Some(cond) => {
                let observers = Observers { conditions: vec![cond.clone()], scores: Vec::new() };
                let diagram = Diagram::of(graph, &observers, self.limit)?;
                let flow = Flow::of(graph, &diagram);
                Some((diagram, flow))
            }
            None => None,
        };
        let (diagram, flow) = observed.as_ref().map_or(plain, |(diagram, flow)| (diagram, flow));
        let mut is_met = false;
        let mut broken: Option<(Answers<'a>, String)> = None;
        let mut breaking = BigUint::ZERO;
        for (node, tree) in diagram.nodes.iter().enumerate() {
            let Node::End { end, observed } = tree else { continue };
            let end = &diagram.ends[*end];
            let Some(id) = end.id() else { continue };
            if cond.is_some() && observed.first() != Some(&Some(1)) {
                continue;
            }
            is_met = true;
            if !self.allows(rule, end) {
                breaking += &flow.paths[node];
                let example = flow.answers(graph, diagram, node);
                if broken.as_ref().is_none_or(|(b, _)| example.0.len() < b.0.len()) {
                    broken = Some((example, id));
                }
            }
        }
        if cond.is_some() && !is_met {
            self.result.problems.push(Problem::NeverMet { rule: number });
        }
        self.may_be_unasked(graph, diagram, flow, number);
        let (less, ends) = broken.map_or((None, Vec::new()), |(answers, id)| (Some(answers), vec![id]));
        Ok(Outcome { less, more: None, ends, breaking: Some(breaking) })
    }

    fn allows(&self, rule: &SafetyRule<'a>, end: &End<'a>) -> bool {
        let Some(bound) = &rule.outcome else { return true };
        let rank = |id: &str| self.content.acuity.as_ref().and_then(|a| a.rank(id));
        let (most, least) = self.ranks.of(end).unwrap_or((usize::MAX, usize::MAX));
        let at_least = bound.at_least.is_none_or(|b| rank(b.value).is_some_and(|r| least <= r));
        let at_most = bound.at_most.is_none_or(|b| rank(b.value).is_some_and(|r| most != usize::MAX && most >= r));
        let one_of = bound.one_of.as_ref().is_none_or(|list| {
            let ends = self.ranks.outcomes(end);
            !ends.is_empty() && ends.iter().all(|name| list.iter().any(|one| one.value.strip_prefix("outcome/") == Some(name)))
        });
        at_least && at_most && one_of
    }

    /// Comparisons of answers that a rule comes to on a path that does not ask them: it would hold for people who were
    /// never asked. A guard (`asked`) before the comparison, or a rule that `asks` for the step, says that this is known.
    fn may_be_unasked(&mut self, graph: &Graph<'a>, diagram: &Diagram<'a>, flow: &Flow, rule: usize) {
        let is_demanded = |step: usize| {
            let name = graph.steps[step].name;
            self.journey.safety.iter().any(|r| r.asks.is_some_and(|a| a.value == name) || r.asks_first.is_some_and(|a| a.value == name))
        };
        let mut found: HashMap<usize, Answers<'a>> = HashMap::new();
        for (node, tree) in diagram.nodes.iter().enumerate() {
            let Node::End { end, observed } = tree else { continue };
            let Some(Some(atom)) = observed.get(1) else { continue };
            let step = match usize::try_from(*atom).ok().map(|a| &graph.atoms[a]) {
                Some(Atom::Answer(q, _) | Atom::Number(q, ..)) => graph.questions[*q].step,
                Some(Atom::NeverAsked(step)) => *step,
                _ => continue,
            };
            if diagram.ends[*end].id().is_none() || is_demanded(step) {
                continue;
            }
            let example = flow.answers(graph, diagram, node);
            if found.get(&step).is_none_or(|f| example.0.len() < f.0.len()) {
                found.insert(step, example);
            }
        }
        let mut found: Vec<_> = found.into_iter().collect();
        found.sort_by_key(|(step, _)| *step);
        let problems = found.into_iter().map(|(step, example)| Problem::MayBeUnasked { rule, step, example });
        self.result.problems.extend(problems);
    }
}

/// What a rule's proof came to: the answers that break it, and where they end.
pub(super) struct Outcome<'a> {
    pub(super) less: Option<Answers<'a>>,
    pub(super) more: Option<Answers<'a>>,
    pub(super) ends: Vec<String>,
    pub(super) breaking: Option<BigUint>,
}

impl<'a> From<Option<Answers<'a>>> for Outcome<'a> {
    fn from(less: Option<Answers<'a>>) -> Self {
        Self { less, more: None, ends: Vec::new(), breaking: None }
    }
}

fn ends<'d>(diagram: &'d Diagram<'_>) -> impl Iterator<Item = (usize, usize)> + 'd {
    diagram.nodes.iter().enumerate().filter_map(|(node, n)| match n {
        Node::End { end, .. } => Some((node, *end)),
        Node::Screen { .. } => None,
    })
}

fn count_questions(graph: &Graph<'_>) -> usize {
    let mut keys: Vec<(usize, Option<&str>)> = graph.questions.iter().map(|q| (q.step, q.item)).collect();
    keys.dedup();
    keys.len()
}

fn circle_from(content: &Content<'_>, graph: &Graph<'_>, path: &mut Vec<String>) -> Option<Vec<String>> {
    for end in &graph.ends {
        let End::Journey(next) = end else { continue };
        if *next == path[0] {
            return Some(path.clone());
        }
        if path.iter().any(|p| p == next) {
            continue;
        }
        let item = content.named(crate::model::Kind::Journey, next)?;
        let Some(journey) = item.journey() else { continue };
        path.push((*next).to_owned());
        let found = circle_from(content, &Graph::of(item.name, journey, content), path);
        if found.is_some() {
            return found;
        }
        path.pop();
    }
    None
}
