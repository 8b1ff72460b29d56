//! A journey as one person goes through it: functions from a state and an answer to the next state.
//!
//! Reads the journey as written and knows nothing of graphs and diagrams, so that it is a second opinion on them. Scores,
//! help and reports are worked out from the answers so far; going back is taking an earlier state.

use super::trace::{Answers, Given};
use crate::model::{Band, Condition, Content, Instrument, Item, Journey, Kind, ReportAs, Step};

/// A journey that can be walked.
#[derive(Clone, Copy)]
pub struct Walk<'w, 'a> {
    /// The journey.
    pub journey: &'w Journey<'a>,
    /// What it refers to.
    pub content: &'w Content<'a>,
}

/// Where somebody is, with the answers that led there.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct State<'a> {
    /// Where.
    pub at: At<'a>,
    /// The answers so far, in the order asked.
    pub answers: Answers<'a>,
    /// Steps that were met, decisions too.
    met: Vec<usize>,
}

/// Where somebody can be.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum At<'a> {
    /// At a text: a step, by number.
    Text(usize),
    /// At a question: a step, and of an instrument the item, by number.
    Question(usize, Option<usize>),
    /// At an ending: `outcome/…`, or a journey that this one hands over to.
    Ending(&'a str),
    /// Nowhere: the journey is broken.
    Nowhere(Nowhere<'a>),
}

/// Why a journey breaks off. Steps are given by their number.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Nowhere<'a> {
    /// It leads to what does not exist.
    Unknown(&'a str),
    /// It leads back to a step that was met.
    Circle(usize),
    /// No branch of a decision holds.
    FellThrough(usize),
    /// A decision compares what was not asked.
    Unasked(usize),
}

/// A question as it is asked.
#[derive(Debug, Clone)]
pub struct Question<'a> {
    /// `STEP`, or `STEP.ITEM`.
    pub key: String,
    /// What an instrument says before its items.
    pub lead: Option<&'a str>,
    /// The question.
    pub ask: &'a str,
    /// More about it.
    pub help: Option<&'a str>,
    /// What can be answered.
    pub choices: Choices<'a>,
    /// Of an instrument: what it is called, and the number of the item among how many.
    pub part: Option<(&'a str, usize, usize)>,
}

/// What can be answered.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Choices<'a> {
    /// One of these.
    One(Vec<Choice<'a>>),
    /// Any of these; with the label of choosing none.
    Any(Vec<Choice<'a>>, Option<&'a str>),
    /// A whole number from the first to the second, of a unit.
    Number(i64, i64, Option<&'a str>),
}

/// One answer that can be given.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Choice<'a> {
    /// Its id.
    pub id: &'a str,
    /// What it says.
    pub label: &'a str,
    /// Its points, where it has any.
    pub points: Option<i64>,
}

/// A score as the ending reports it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Reported<'a> {
    /// The score.
    pub score: &'a str,
    /// The points.
    pub points: i64,
    /// The label of the band that they fall in, where the band is what is reported.
    pub band: Option<&'a str>,
}

impl<'w, 'a> Walk<'w, 'a> {
    /// Before anything is answered.
    pub fn start(&self) -> State<'a> {
        let nowhere = At::Nowhere(Nowhere::Unknown(""));
        self.to(self.journey.start.value, State { at: nowhere, answers: Answers::default(), met: Vec::new() })
    }

    /// On from a text; anywhere else nothing happens.
    pub fn onward(&self, state: &State<'a>) -> State<'a> {
        match state.at {
            At::Text(step) => self.to(self.journey.steps[step].1.go.map_or("", |g| g.value), state.clone()),
            _ => state.clone(),
        }
    }

    /// After an answer to the question asked; `None` where it is no answer to it.
    pub fn answer(&self, state: &State<'a>, given: &Given<'a>) -> Option<State<'a>> {
        let At::Question(number, item) = state.at else { return None };
        let question = self.question(state)?;
        if !question.choices.allow(given) {
            return None;
        }
        let mut next = state.clone();
        next.answers.0.push((question.key.into(), given.clone()));
        let (_, step) = &self.journey.steps[number];
        let items = self.instrument(step).map_or(0, |i| i.items.len());
        if let Some(item) = item.filter(|item| item + 1 < items) {
            next.at = At::Question(number, Some(item + 1));
            return Some(next);
        }
        let own = match given {
            Given::Choice(id) if item.is_none() => step.answers.iter().find(|(a, _)| a.value == *id).and_then(|(_, a)| a.go),
            _ => None,
        };
        Some(self.to(own.or(step.go).map_or("", |g| g.value), next))
    }

    /// The question that is asked, where one is.
    pub fn question(&self, state: &State<'a>) -> Option<Question<'a>> {
        let At::Question(number, item) = state.at else { return None };
        let (id, step) = &self.journey.steps[number];
        if let Some(item) = item {
            let instrument = self.instrument(step)?;
            let (item_id, asked) = instrument.items.get(item)?;
            let labels = instrument.answers_of(asked);
            let choices = instrument.scores_of(asked).zip(labels);
            let choices = choices.map(|((id, points), (_, a))| Choice { id: id.value, label: a.label.value, points: Some(points) });
            let title = self.content.get(step.uses?.value).map_or("", Item::title);
            return Some(Question {
                key: format!("{}.{}", id.value, item_id.value),
                lead: instrument.ask.map(|a| a.value),
                ask: asked.ask.value,
                help: None,
                choices: Choices::One(choices.collect()),
                part: Some((instrument.abbreviation.map_or(title, |a| a.value), item + 1, instrument.items.len())),
            });
        }
        let choices =
            || step.answers.iter().map(|(id, a)| Choice { id: id.value, label: a.label.value, points: a.points.map(|p| p.value) });
        let choices = match &step.number {
            Some(range) => Choices::Number(range.min.value, range.max.value.max(range.min.value), range.unit.map(|u| u.value)),
            None if is_many(step) => Choices::Any(choices().collect(), step.none.as_ref().map(|n| n.label.value)),
            None => Choices::One(choices().collect()),
        };
        let ask = step.ask.map_or("", |a| a.value);
        Some(Question { key: id.value.to_owned(), lead: None, ask, help: step.help.map(|h| h.value), choices, part: None })
    }

    /// The text that is shown, where one is: Markdown.
    pub fn text(&self, state: &State<'a>) -> Option<&'a str> {
        let At::Text(step) = state.at else { return None };
        Some(self.journey.steps[step].1.say.map_or("", |s| s.value))
    }

    /// Every score that a question asked so far adds to, in the order asked.
    pub fn scores(&self, state: &State<'a>) -> Vec<(&'a str, i64)> {
        let mut scores: Vec<(&'a str, i64)> = Vec::new();
        for (key, given) in &state.answers.0 {
            let (id, item) = key.split_once('.').map_or((key.as_ref(), None), |(id, item)| (id, Some(item)));
            let Some((_, step)) = self.journey.steps.iter().find(|(s, _)| s.value == id) else { continue };
            let points = self.points(step, item, given);
            let used = step.uses.and_then(|u| u.value.strip_prefix("instrument/"));
            let own = step.score.map(|s| s.value).filter(|own| Some(*own) != used);
            for score in used.into_iter().chain(own) {
                match scores.iter_mut().find(|(known, _)| *known == score) {
                    Some((_, sum)) => *sum += points,
                    None => scores.push((score, points)),
                }
            }
        }
        scores
    }

    /// The band of an instrument that a score falls in.
    pub fn band(&self, score: &str, points: i64) -> Option<&'w Band<'a>> {
        let instrument = self.content.named(Kind::Instrument, score)?.instrument()?;
        instrument.bands.iter().find(|b| (b.from.value..=b.to.value).contains(&points))
    }

    /// The scores that the ending reports.
    pub fn report(&self, state: &State<'a>) -> Vec<Reported<'a>> {
        let reported = |(score, points): (&'a str, i64)| {
            let how = self.journey.report.get(score)?;
            let band = if *how == ReportAs::Band { self.band(score, points).map(|b| b.label.value) } else { None };
            Some(Reported { score, points, band })
        };
        self.scores(state).into_iter().filter_map(reported).collect()
    }

    /// The services that an ending signposts, in the order that these answers give them. None is ever left out.
    pub fn help(&self, state: &State<'a>) -> Vec<&'w Item<'a>> {
        let At::Ending(id) = state.at else { return Vec::new() };
        let Some(outcome) = self.content.get(id) else { return Vec::new() };
        let wishes = self.journey.personalise.iter().filter(|p| self.holds(&p.when.value, state, Some(false)) == Some(true));
        let first: Vec<&str> = wishes.flat_map(|p| &p.first).map(|f| f.value).collect();
        let mut help: Vec<&str> = outcome.signposts().iter().map(|s| s.value).collect();
        help.sort_by_key(|id| first.iter().position(|f| f == id).unwrap_or(usize::MAX));
        help.into_iter().filter_map(|id| self.content.get(id)).collect()
    }

    fn to(&self, target: &'a str, mut state: State<'a>) -> State<'a> {
        let mut target = target;
        loop {
            let Some(number) = self.journey.steps.iter().position(|(id, _)| id.value == target) else {
                let is_ending = self.content.get(target).is_some_and(|i| matches!(i.kind, Kind::Outcome | Kind::Journey));
                state.at = if is_ending { At::Ending(target) } else { At::Nowhere(Nowhere::Unknown(target)) };
                return state;
            };
            if state.met.contains(&number) {
                state.at = At::Nowhere(Nowhere::Circle(number));
                return state;
            }
            state.met.push(number);
            let (_, step) = &self.journey.steps[number];
            if step.decide.is_empty() {
                state.at = self.first(number, step);
                return state;
            }
            match self.decide(number, step, &state) {
                Ok(next) => target = next,
                Err(why) => {
                    state.at = At::Nowhere(why);
                    return state;
                }
            }
        }
    }

    fn first(&self, number: usize, step: &Step<'a>) -> At<'a> {
        if step.ask.is_some() {
            At::Question(number, None)
        } else if self.instrument(step).is_some_and(|i| !i.items.is_empty()) {
            At::Question(number, Some(0))
        } else {
            At::Text(number)
        }
    }

    fn decide(&self, number: usize, step: &Step<'a>, state: &State<'a>) -> Result<&'a str, Nowhere<'a>> {
        for branch in &step.decide {
            match self.holds(&branch.when.value, state, None) {
                Some(true) => return Ok(branch.go.value),
                Some(false) => {}
                None => return Err(Nowhere::Unasked(number)),
            }
        }
        step.otherwise.map(|o| o.value).ok_or(Nowhere::FellThrough(number))
    }

    fn instrument(&self, step: &Step<'a>) -> Option<&'w Instrument<'a>> {
        self.content.get(step.uses?.value)?.instrument()
    }

    fn points(&self, step: &Step<'a>, item: Option<&str>, given: &Given<'a>) -> i64 {
        match (given, item) {
            (Given::Choice(id), Some(item)) => {
                let points = self.instrument(step).and_then(|instrument| {
                    let (_, item) = instrument.items.iter().find(|(i, _)| i.value == item)?;
                    instrument.scores_of(item).find(|(a, _)| a.value == *id).map(|(_, points)| points)
                });
                points.unwrap_or(0)
            }
            (Given::Choice(id), None) => own_points(step, |a| a == *id),
            (Given::Options(ids), _) => own_points(step, |a| ids.contains(&a)),
            (Given::Number(_), _) => 0,
        }
    }

    /// Whether a condition holds, from left to right until decided. `unasked` stands for a comparison of what was not
    /// asked; without it, the whole is nothing then.
    fn holds(&self, condition: &Condition<'a>, state: &State<'a>, unasked: Option<bool>) -> Option<bool> {
        if let Some(all) = &condition.all {
            for part in all {
                if !self.holds(&part.value, state, unasked)? {
                    return Some(false);
                }
            }
            return Some(true);
        }
        if let Some(any) = &condition.any {
            for part in any {
                if self.holds(&part.value, state, unasked)? {
                    return Some(true);
                }
            }
            return Some(false);
        }
        if let Some(not) = &condition.not {
            return self.holds(&not.value, state, unasked).map(|holds| !holds);
        }
        let within = |n: i64| condition.at_least.is_none_or(|b| n >= b.value) && condition.at_most.is_none_or(|b| n <= b.value);
        if let Some(step) = condition.asked {
            let is_of = |key: &str| key.split('.').next() == step.value.split('.').next();
            return Some(state.answers.0.iter().any(|(key, _)| is_of(key)));
        }
        if let Some(score) = condition.score {
            let Some((_, points)) = self.scores(state).into_iter().find(|(s, _)| *s == score.value) else { return unasked };
            let in_band = condition.band.is_none_or(|b| self.band(score.value, points).is_some_and(|found| found.id.value == b.value));
            return Some(within(points) && in_band);
        }
        let Some(answer) = condition.answer else { return Some(false) };
        let Some((_, given)) = state.answers.0.iter().find(|(key, _)| key == answer.value) else { return unasked };
        Some(match given {
            Given::Choice(id) => {
                condition.is.is_none_or(|is| is.value == *id)
                    && condition.is_not.is_none_or(|not| not.value != *id)
                    && condition.one_of.as_ref().is_none_or(|list| list.iter().any(|one| one.value == *id))
            }
            Given::Options(ids) => condition.includes.is_some_and(|option| ids.contains(&option.value)),
            Given::Number(n) => within(*n),
        })
    }
}

impl<'a> Choices<'a> {
    /// Whether this can be answered.
    pub fn allow(&self, given: &Given<'a>) -> bool {
        match (self, given) {
            (Self::One(choices), Given::Choice(id)) => choices.iter().any(|c| c.id == *id),
            (Self::Any(choices, _), Given::Options(ids)) => {
                ids.iter().enumerate().all(|(n, id)| choices.iter().any(|c| c.id == *id) && !ids[..n].contains(id))
            }
            (Self::Number(min, max, _), Given::Number(n)) => (min..=max).contains(&n),
            _ => false,
        }
    }

    /// The answers to choose from; none for a number.
    pub fn list(&self) -> &[Choice<'a>] {
        match self {
            Self::One(choices) | Self::Any(choices, _) => choices,
            Self::Number(..) => &[],
        }
    }
}

fn is_many(step: &Step<'_>) -> bool {
    step.choose.is_some_and(|c| c.value == "any")
}

fn own_points(step: &Step<'_>, is_chosen: impl Fn(&str) -> bool) -> i64 {
    step.answers.iter().filter(|(id, _)| is_chosen(id.value)).filter_map(|(_, a)| a.points).map(|p| p.value).sum()
}
