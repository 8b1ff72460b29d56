//! What holds in a situation, and what observers see of it at its end.

use foldhash::{HashMap, HashMapExt};

use super::{Explorer, FALSE, TRUE, value_at};
use crate::journey::diagram::{Entangled, Observed};
use crate::journey::graph::{Atom, Cond};

impl Explorer<'_, '_> {
    pub(super) fn observe(&self, situation: &[u8]) -> Observed {
        let end = self.graph.positions.len();
        let conditions = self.observers.conditions.iter().flat_map(|c| {
            let unasked = self.unasked(end, situation, c).err().and_then(|atom| i64::try_from(atom).ok());
            [Some(i64::from(self.judge(end, situation, c))), unasked]
        });
        let scores = self.observers.scores.iter().map(|s| self.score_at(end, situation, *s));
        conditions.chain(scores).collect()
    }

    fn score_at(&self, position: usize, situation: &[u8], score: usize) -> Option<i64> {
        value_at(situation, self.needs.score(position, score)?)
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
    pub(super) fn evaluate(&self, position: usize, situation: &[u8], cond: &Cond) -> Result<bool, usize> {
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

    /// More than `limit` situations: which questions have to be remembered for longest.
    pub(super) fn entangled(&self, limit: usize) -> Entangled {
        let mut spans: HashMap<String, usize> = HashMap::new();
        for live in &self.needs.live {
            for atom in &live.atoms {
                let key = match &self.graph.atoms[*atom] {
                    Atom::Answer(q, _) | Atom::Number(q, ..) => self.graph.key(*q).into_owned(),
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
