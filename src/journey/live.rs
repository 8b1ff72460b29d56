//! What of the answers so far can still make a difference, position by position.
//!
//! A comparison lives from its question to its last reader. A score lives until nothing reads it, and its value matters
//! only as far as points that may still come can carry it over a threshold.

use foldhash::{HashMap, HashMapExt};

use super::diagram::Observers;
use super::graph::{Atom, Cond, Graph, Next, Target, What};

/// What a position still needs to know of the answers so far.
pub(super) struct Live {
    /// Comparisons of answers, and whether steps were asked.
    pub(super) atoms: Vec<usize>,
    /// Scores.
    pub(super) scores: Vec<usize>,
    /// For each score the values at which a comparison that lives here changes, in their order.
    thresholds: Vec<Vec<i64>>,
}

/// What lives at every position of a journey, for given observers.
pub(super) struct Needs<'g, 'a> {
    graph: &'g Graph<'a>,
    observers: &'g Observers,
    /// By position; the last entry is that of the endings.
    pub(super) live: Vec<Live>,
    /// The least and most that is added to each score from a position on until something reads it, whatever and whenever
    /// that is: nothing, where it is read at once. `None` where nothing reads it any more.
    ahead: Vec<Vec<Option<(i64, i64)>>>,
    /// Scores whose exact value is observed.
    exact: Vec<bool>,
}

impl<'g, 'a> Needs<'g, 'a> {
    pub(super) fn of(graph: &'g Graph<'a>, observers: &'g Observers) -> Self {
        let mut exact = vec![false; graph.scores.len()];
        observers.scores.iter().for_each(|s| exact[*s] = true);
        let mut needs = Self { graph, observers, live: Vec::new(), ahead: Vec::new(), exact };
        needs.work_out_what_lives();
        needs.work_out_what_is_ahead();
        needs
    }

    /// Backward over the positions: an atom lives until its last reader; a question's own atoms begin there.
    fn work_out_what_lives(&mut self) {
        let (positions, atoms) = (self.graph.positions.len(), self.graph.atoms.len());
        let words = atoms.div_ceil(64);
        let scores = self.graph.scores.len().div_ceil(64);
        let mut sets: Vec<Vec<u64>> = vec![vec![0; words + scores]; positions + 1];
        let set = |bits: &mut [u64], n: usize| bits[n / 64] |= 1 << (n % 64);
        for cond in &self.observers.conditions {
            self.read(cond, &mut |atom, score| {
                set(&mut sets[positions], atom);
                score.iter().for_each(|s| set(&mut sets[positions], words * 64 + s));
            });
        }
        self.observers.scores.iter().for_each(|s| set(&mut sets[positions], words * 64 + s));
        let own = self.atoms_by_position();
        for position in (0..positions).rev() {
            let mut bits = vec![0; words + scores];
            for next in self.successors(position) {
                bits.iter_mut().zip(&sets[next]).for_each(|(b, n)| *b |= n);
            }
            own[position].iter().for_each(|atom| bits[atom / 64] &= !(1 << (atom % 64)));
            if self.graph.positions[position].what == What::Decide {
                for (cond, _) in self.graph.branches.get(&self.graph.positions[position].step).into_iter().flatten() {
                    self.read(cond, &mut |atom, score| {
                        set(&mut bits, atom);
                        score.iter().for_each(|s| set(&mut bits, words * 64 + s));
                    });
                }
            }
            sets[position] = bits;
        }
        let ones = |bits: &[u64]| -> Vec<usize> {
            let of_word =
                |(n, word): (usize, &u64)| (0..64).filter(move |b| word & (1 << b) != 0).map(move |b| n * 64 + b).collect::<Vec<_>>();
            bits.iter().enumerate().filter(|(_, w)| **w != 0).flat_map(of_word).collect()
        };
        self.live = sets.iter().map(|s| self.live_of(&ones(&s[..words]), ones(&s[words..]))).collect();
    }

    fn live_of(&self, all: &[usize], scores: Vec<usize>) -> Live {
        let mut thresholds = vec![Vec::new(); scores.len()];
        for atom in all {
            if let Atom::Score(score, low, high) = &self.graph.atoms[*atom]
                && let Ok(slot) = scores.binary_search(score)
            {
                thresholds[slot].extend([*low, high.saturating_add(1)].into_iter().filter(|t| *t != i64::MIN && *t != i64::MAX));
            }
        }
        thresholds.iter_mut().for_each(|of_score| of_score.sort_unstable());
        let atoms = all.iter().copied().filter(|a| !matches!(self.graph.atoms[*a], Atom::Score(..) | Atom::NeverAsked(_))).collect();
        Live { atoms, scores, thresholds }
    }

    /// Calls with every atom that a condition reads; for one on a score with the score.
    fn read(&self, cond: &Cond, found: &mut dyn FnMut(usize, Option<usize>)) {
        match cond {
            Cond::Atom(atom) => match self.graph.atoms[*atom] {
                Atom::Score(score, ..) => found(*atom, Some(score)),
                _ => found(*atom, None),
            },
            Cond::All(parts) | Cond::Any(parts) => parts.iter().for_each(|c| self.read(c, found)),
            Cond::Not(part) => self.read(part, found),
            Cond::Never => {}
        }
    }

    /// The atoms that each position decides: those of its question, and that its step was asked.
    fn atoms_by_position(&self) -> Vec<Vec<usize>> {
        let mut own = vec![Vec::new(); self.graph.positions.len()];
        let mut of_question: HashMap<usize, Vec<usize>> = HashMap::new();
        let mut of_step: HashMap<usize, Vec<usize>> = HashMap::new();
        for (number, atom) in self.graph.atoms.iter().enumerate() {
            match atom {
                Atom::Answer(q, _) | Atom::Number(q, ..) => of_question.entry(*q).or_default().push(number),
                Atom::Asked(step) => of_step.entry(*step).or_default().push(number),
                Atom::Score(..) | Atom::NeverAsked(_) => {}
            }
        }
        for (n, position) in self.graph.positions.iter().enumerate() {
            if let What::Ask(q) = position.what {
                own[n].extend(of_question.get(&q).into_iter().flatten().chain(of_step.get(&position.step).into_iter().flatten()));
                own[n].sort_unstable();
            }
        }
        own
    }

    /// The position that a target leads to; the number of positions for an ending.
    pub(super) fn at(&self, target: Target) -> usize {
        match target {
            Target::Step(step) => self.graph.steps[step].first.unwrap_or(self.graph.positions.len()),
            Target::End(_) => self.graph.positions.len(),
        }
    }

    /// Where a score stands in a situation of a position: after its comparisons, nine bytes for each score before it.
    pub(super) fn score(&self, position: usize, score: usize) -> Option<usize> {
        let live = &self.live[position];
        live.scores.binary_search(&score).ok().map(|slot| live.atoms.len() + slot * 9)
    }

    fn successors(&self, position: usize) -> Vec<usize> {
        let here = &self.graph.positions[position];
        let mut found: Vec<usize> = match here.next {
            Next::Same => vec![position + 1],
            Next::Go(target) => vec![self.at(target)],
            Next::Nothing => {
                let branches = self.graph.branches.get(&here.step).into_iter().flatten().map(|(_, t)| self.at(*t));
                branches.chain(self.graph.otherwise.get(&here.step).map(|t| self.at(*t))).collect()
            }
        };
        if let What::Ask(q) = here.what {
            found.extend(self.graph.questions[q].classes.iter().filter_map(|c| c.target).map(|t| self.at(t)));
        }
        found.sort_unstable();
        found.dedup();
        found
    }

    fn work_out_what_is_ahead(&mut self) {
        let scores = self.graph.scores.len();
        let positions = self.graph.positions.len();
        self.ahead = vec![vec![None; scores]; positions + 1];
        let read = |range: &mut [Option<(i64, i64)>], score: usize| {
            range[score] = Some(range[score].map_or((0, 0), |(low, high)| (low.min(0), high.max(0))));
        };
        for cond in &self.observers.conditions {
            let mut range = std::mem::take(&mut self.ahead[positions]);
            self.read(cond, &mut |_, score| score.into_iter().for_each(|s| read(&mut range, s)));
            self.ahead[positions] = range;
        }
        for position in (0..positions).rev() {
            let here = &self.graph.positions[position];
            let mut range: Vec<Option<(i64, i64)>> = vec![None; scores];
            let mut join = |next: usize, points: &dyn Fn(usize) -> i64| {
                for (score, range) in range.iter_mut().enumerate() {
                    let Some((low, high)) = self.ahead[next][score] else { continue };
                    let (low, high) = (low.saturating_add(points(score)), high.saturating_add(points(score)));
                    *range = Some(range.map_or((low, high), |(l, h)| (l.min(low), h.max(high))));
                }
            };
            if let What::Ask(q) = here.what {
                let question = &self.graph.questions[q];
                for class in &question.classes {
                    let next = match (class.target, here.next) {
                        (Some(target), _) | (None, Next::Go(target)) => self.at(target),
                        (None, _) => position + 1,
                    };
                    join(next, &|score| if question.scores.contains(&score) { class.points } else { 0 });
                }
            } else {
                self.successors(position).into_iter().for_each(|next| join(next, &|_| 0));
            }
            for (cond, _) in self.graph.branches.get(&here.step).into_iter().flatten() {
                self.read(cond, &mut |_, score| score.into_iter().for_each(|s| read(&mut range, s)));
            }
            self.ahead[position] = range;
        }
    }

    /// What everything ahead treats alike of a score's values, by the score's place among those that live at a position.
    pub(super) fn fold(&self, position: usize, slot: usize) -> Fold<'_> {
        let live = &self.live[position];
        let score = live.scores[slot];
        let (low, high) = self.ahead[position][score].unwrap_or_default();
        Fold { thresholds: &live.thresholds[slot], low, high, is_exact: self.exact[score] }
    }
}

/// The values of a score between which nothing ahead tells any difference.
pub(super) struct Fold<'n> {
    /// In their order.
    thresholds: &'n [i64],
    low: i64,
    high: i64,
    is_exact: bool,
}

impl Fold<'_> {
    /// A value, or another that everything ahead treats alike.
    pub(super) fn of(&self, value: i64) -> i64 {
        if self.is_exact {
            return value;
        }
        let is_met = |threshold: &&i64| value.saturating_add(self.low) >= **threshold;
        let met = self.thresholds.iter().take_while(is_met).count();
        match (met.checked_sub(1).map(|last| self.thresholds[last]), self.thresholds.get(met)) {
            (_, Some(next)) if value.saturating_add(self.high) >= *next => value,
            (Some(met), _) => met.saturating_sub(self.low),
            (None, Some(missed)) => missed.saturating_sub(self.high).saturating_sub(1),
            (None, None) => 0,
        }
    }
}
