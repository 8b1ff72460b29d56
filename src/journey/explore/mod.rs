//! Which situations a journey has, explored position by position, and where each of them leads.
//!
//! A situation keeps only what can still make a difference (`live`): the truth of comparisons that something later reads, and
//! scores folded to the comparisons that further points can still change. It is a row of bytes: one for each live
//! comparison, then nine for each live score. All situations of a position go on in the same few ways, so what a way keeps
//! and adds is worked out once.

mod truth;

use foldhash::{HashMap, HashMapExt};

use super::diagram::{BranchUse, Entangled, Observed, Observers};
use super::graph::{Atom, Class, Cond, End, Graph, Next, Target, What};
use super::live::Needs;
use super::rows::Rows;

const UNASKED: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;

/// Bytes of a score: whether it has a value, and the value.
const SCORE: usize = 9;

/// What was met.
pub(super) struct Explored<'a> {
    /// The graph's endings, then decisions that compared what was not asked.
    pub(super) ends: Vec<End<'a>>,
    /// Where paths end and what was observed there, each once.
    pub(super) ended: Vec<Ended>,
    /// By position, where its situations lead.
    pub(super) onward: Vec<Onward>,
    /// Where it starts.
    pub(super) start: Place,
    /// How the branches of each decision fare.
    pub(super) branches: HashMap<usize, Vec<BranchUse>>,
    /// How many situations there are.
    pub(super) explored: usize,
}

/// An ending, by number, and what was observed there.
pub(super) type Ended = (usize, Observed);

/// Where the situations of a position lead.
#[derive(Default)]
pub(super) struct Onward {
    /// How many situations there are.
    pub(super) situations: usize,
    /// In how many ways each goes on.
    pub(super) ways: usize,
    places: Vec<Place>,
}

impl Onward {
    /// Where a situation leads: one place for each class of answers, in their order.
    pub(super) fn places(&self, situation: usize) -> &[Place] {
        &self.places[situation * self.ways..][..self.ways]
    }
}

/// What somebody comes to.
#[derive(Clone, Copy)]
pub(super) enum Place {
    /// A situation, by its number at its position.
    Situation { position: u32, number: u32 },
    /// An ending with what was observed there, by number.
    End(u32),
}

/// Explores one journey.
pub(super) struct Explorer<'g, 'a> {
    graph: &'g Graph<'a>,
    observers: &'g Observers,
    needs: Needs<'g, 'a>,
    situations: Vec<Rows<u8>>,
    explored: usize,
    branches: HashMap<usize, Vec<BranchUse>>,
    ended: Vec<Ended>,
    ended_numbers: HashMap<Ended, usize>,
    /// Decisions that compared what was not asked.
    unasked: Vec<Compared>,
    unasked_numbers: HashMap<Compared, usize>,
    /// The situation that is being made.
    row: Vec<u8>,
}

/// A decision that compared what was not asked: step, branch, comparison.
type Compared = (usize, usize, usize);

/// A way on from a position: where to, and what becomes of the situation.
struct Way {
    to: Target,
    /// The position whose needs the situation is made for.
    next: usize,
    comparisons: Vec<Kept>,
    scores: Vec<Added>,
}

/// What a comparison is after a way.
enum Kept {
    /// What it was: the byte at this place.
    Byte(usize),
    /// Known from now on.
    Now(u8),
}

/// What a score is after a way.
struct Added {
    /// Where it stood before.
    at: Option<usize>,
    /// What the answer adds, where it adds anything.
    points: Option<i64>,
}

impl<'g, 'a> Explorer<'g, 'a> {
    pub(super) fn new(graph: &'g Graph<'a>, observers: &'g Observers) -> Self {
        let needs = Needs::of(graph, observers);
        let situations = needs.live.iter().map(|live| Rows::of(live.atoms.len() + live.scores.len() * SCORE)).collect();
        Self {
            graph,
            observers,
            needs,
            situations,
            explored: 0,
            branches: HashMap::new(),
            ended: Vec::new(),
            ended_numbers: HashMap::new(),
            unasked: Vec::new(),
            unasked_numbers: HashMap::new(),
            row: Vec::new(),
        }
    }

    /// Explores everything, up to `limit` situations.
    pub(super) fn run(mut self, limit: usize) -> Result<Explored<'a>, Entangled> {
        let start = match self.graph.start {
            Target::End(end) => self.end(end, Observed::default()),
            Target::Step(_) => {
                // Nothing is asked yet: comparisons unasked, `asked` false, scores without a value.
                let position = self.needs.at(self.graph.start);
                let live = &self.needs.live[position];
                self.row = vec![UNASKED; live.atoms.len() + live.scores.len() * SCORE];
                self.arrive(position)
            }
        };
        let mut onward = Vec::with_capacity(self.graph.positions.len());
        for position in 0..self.graph.positions.len() {
            // Nobody goes back: no more situations are met here.
            let here = std::mem::take(&mut self.situations[position]);
            onward.push(if here.len() == 0 { Onward::default() } else { self.leave(position, &here, limit)? });
        }
        let unasked = self.unasked.iter().map(|(step, branch, atom)| End::Unasked(*step, *branch, *atom));
        let ends = self.graph.ends.iter().cloned().chain(unasked).collect();
        Ok(Explored { ends, ended: self.ended, onward, start, branches: self.branches, explored: self.explored })
    }

    /// Where all situations of a position lead.
    fn leave(&mut self, position: usize, here: &Rows<u8>, limit: usize) -> Result<Onward, Entangled> {
        let is_decision = self.graph.positions[position].what == What::Decide;
        let ways = if is_decision { Vec::new() } else { self.ways(position) };
        let number = if is_decision { 1 } else { ways.len() };
        let mut decision = is_decision.then(|| Decision::of(self.graph, position));
        let mut places = Vec::with_capacity(here.len() * number);
        for situation in 0..here.len() {
            let situation = here.row(situation);
            match &mut decision {
                Some(decision) => places.push(self.decide(position, situation, decision)),
                None => places.extend(ways.iter().map(|way| self.go(way, situation))),
            }
            if self.explored > limit {
                return Err(self.entangled(limit));
            }
        }
        if let Some(decision) = decision {
            self.branches.insert(self.graph.positions[position].step, decision.uses);
        }
        Ok(Onward { situations: here.len(), ways: number, places })
    }

    /// The ways on from a question, one for each class of its answers, or from a text.
    fn ways(&self, position: usize) -> Vec<Way> {
        let here = self.graph.positions[position];
        match (here.what, here.next) {
            (What::Ask(question), next) => {
                let classes = self.graph.questions[question].classes.iter().enumerate();
                let way = |(class, answer): (usize, &Class)| {
                    let next = answer.target.map_or(next, Next::Go);
                    let to = if let Next::Go(target) = next { target } else { Target::Step(here.step) };
                    let at = if let Next::Go(target) = next { self.needs.at(target) } else { position + 1 };
                    self.way(position, Some((question, class)), to, at)
                };
                classes.map(way).collect()
            }
            (_, Next::Go(target)) => vec![self.way(position, None, target, self.needs.at(target))],
            _ => Vec::new(),
        }
    }

    fn way(&self, position: usize, answered: Option<(usize, usize)>, to: Target, next: usize) -> Way {
        let (here, live) = (&self.needs.live[position], &self.needs.live[next]);
        let class = answered.map(|(question, class)| &self.graph.questions[question].classes[class]);
        let kept = |atom: &usize| match (&self.graph.atoms[*atom], answered) {
            (Atom::Answer(q, _) | Atom::Number(q, ..), Some((question, _))) if *q == question => {
                Kept::Now(if class.is_some_and(|c| c.holds.contains(atom)) { TRUE } else { FALSE })
            }
            (Atom::Asked(step), Some((question, _))) if self.graph.questions[question].step == *step => Kept::Now(TRUE),
            _ => here.atoms.binary_search(atom).map_or(Kept::Now(UNASKED), Kept::Byte),
        };
        let added = |score: &usize| {
            let adds = answered.is_some_and(|(question, _)| self.graph.questions[question].scores.contains(score));
            Added { at: self.needs.score(position, *score), points: class.filter(|_| adds).map(|c| c.points) }
        };
        Way { to, next, comparisons: live.atoms.iter().map(kept).collect(), scores: live.scores.iter().map(added).collect() }
    }

    /// Takes a situation one way on.
    fn go(&mut self, way: &Way, situation: &[u8]) -> Place {
        if let Target::End(end) = way.to
            && self.graph.ends[end].id().is_none()
        {
            return self.end(end, Observed::default());
        }
        self.row.clear();
        self.row.extend(way.comparisons.iter().map(|kept| match kept {
            Kept::Byte(at) => situation[*at],
            Kept::Now(byte) => *byte,
        }));
        for (slot, score) in way.scores.iter().enumerate() {
            let before = score.at.and_then(|at| value_at(situation, at));
            match score.points.map(|points| before.unwrap_or(0) + points).or(before) {
                Some(value) => {
                    self.row.push(TRUE);
                    self.row.extend(self.needs.fold(way.next, slot).of(value).to_le_bytes());
                }
                None => self.row.extend([UNASKED; SCORE]),
            }
        }
        match way.to {
            Target::Step(_) => self.arrive(way.next),
            Target::End(end) => {
                let observed = self.observe(&self.row);
                self.end(end, observed)
            }
        }
    }

    /// The situation that has been made, at a position.
    fn arrive(&mut self, position: usize) -> Place {
        let known = self.situations[position].len();
        let number = self.situations[position].number(&self.row);
        self.explored += usize::from(number == known);
        Place::Situation { position: small(position), number: small(number) }
    }

    fn end(&mut self, end: usize, observed: Observed) -> Place {
        let ended = (end, observed);
        let known = self.ended_numbers.get(&ended).copied();
        Place::End(small(known.unwrap_or_else(|| {
            self.ended_numbers.insert(ended.clone(), self.ended.len());
            self.ended.push(ended);
            self.ended.len() - 1
        })))
    }

    fn decide(&mut self, position: usize, situation: &[u8], decision: &mut Decision<'g>) -> Place {
        let mut chosen = None;
        for (n, (cond, _)) in decision.branches.iter().enumerate() {
            let used = &mut decision.uses[n];
            if chosen.is_some() && used.holds {
                continue;
            }
            match self.evaluate(position, situation, cond) {
                Ok(true) => {
                    used.holds = true;
                    if chosen.is_none() {
                        used.is_taken = true;
                        chosen = Some(Ok(n));
                    }
                }
                Ok(false) => {}
                Err(atom) => {
                    if chosen.is_none() {
                        // The branch is at fault, not idle.
                        *used = BranchUse { is_taken: true, holds: true };
                        chosen = Some(Err((n, atom)));
                    }
                }
            }
        }
        let (n, to) = match chosen {
            Some(Ok(n)) => (n, decision.branches[n].1),
            None => (decision.branches.len(), decision.otherwise),
            Some(Err((branch, atom))) => {
                let compared = (self.graph.positions[position].step, branch, atom);
                let next = self.unasked.len();
                let number = *self.unasked_numbers.entry(compared).or_insert(next);
                if number == next {
                    self.unasked.push(compared);
                }
                return self.end(self.graph.ends.len() + number, Observed::default());
            }
        };
        let way = decision.ways[n].get_or_insert_with(|| self.way(position, None, to, self.needs.at(to)));
        self.go(way, situation)
    }
}

/// The branches of a decision, the ways that they are, and how they fare.
struct Decision<'g> {
    branches: &'g [(Cond, Target)],
    otherwise: Target,
    uses: Vec<BranchUse>,
    /// By branch, then where no branch holds; worked out when first taken.
    ways: Vec<Option<Way>>,
}

impl<'g> Decision<'g> {
    fn of(graph: &'g Graph<'_>, position: usize) -> Self {
        let step = graph.positions[position].step;
        let branches = graph.branches.get(&step).map_or(&[][..], Vec::as_slice);
        let otherwise = graph.otherwise.get(&step).copied().unwrap_or(Target::End(0));
        let ways = std::iter::repeat_with(|| None).take(branches.len() + 1).collect();
        Self { branches, otherwise, uses: vec![BranchUse::default(); branches.len()], ways }
    }
}

/// A score of a situation, which stands from there on.
fn value_at(situation: &[u8], at: usize) -> Option<i64> {
    let (is_there, bytes) = situation[at..at + SCORE].split_first()?;
    if *is_there == UNASKED { None } else { Some(i64::from_le_bytes(bytes.try_into().ok()?)) }
}

/// Situations are limited in number, far below this.
fn small(number: usize) -> u32 {
    u32::try_from(number).unwrap_or(u32::MAX)
}
