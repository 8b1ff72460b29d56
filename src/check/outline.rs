//! A journey's steps by id: what each does, what it asks and where it leads, as far as that can be read off the file.
//!
//! What the steps mean together, path by path, is the journey compiler's work; nothing here looks at conditions.

use std::collections::HashMap;

use super::context::Context;
use crate::model::{Condition, Instrument, Item, Journey, Kind, Step, Text};
use crate::source::Span;
use crate::yaml::de::Spanned;

/// The four things that a step can do, by the key that says so.
pub const HEADS: [&str; 4] = ["ask", "use", "decide", "say"];

/// What a step does.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum StepKind {
    /// Asks a question.
    Ask,
    /// Asks every question of an instrument.
    Use,
    /// Leads on by what was answered.
    Decide,
    /// Shows a text.
    Say,
}

impl StepKind {
    /// What a step does; `None` where it does nothing, or two things.
    pub fn of(step: &Step<'_>) -> Option<Self> {
        match (step.ask.is_some(), step.uses.is_some(), !step.decide.is_empty(), step.say.is_some()) {
            (true, false, false, false) => Some(Self::Ask),
            (false, true, false, false) => Some(Self::Use),
            (false, false, true, false) => Some(Self::Decide),
            (false, false, false, true) => Some(Self::Say),
            _ => None,
        }
    }

    /// Whether people answer something there.
    pub fn is_question(self) -> bool {
        matches!(self, Self::Ask | Self::Use)
    }
}

/// What a question can be answered with.
#[derive(Clone, Debug)]
pub enum Question<'c> {
    /// One of these, or any number of them.
    Choice {
        /// The ids of the answers.
        answers: Vec<&'c str>,
        /// Several may be chosen.
        is_many: bool,
    },
    /// A whole number from the first to the second.
    Number(i64, i64),
}

/// Why a comparison names no question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NoQuestion<'c> {
    /// There is no such step.
    NoStep,
    /// The step asks nothing.
    AsksNothing,
    /// The step asks a whole instrument, with these items.
    Instrument(Vec<&'c str>),
    /// The instrument has no such item, but these.
    NoItem(&'c str, Vec<&'c str>),
    /// The step is one question, without items.
    NoItems,
    /// Something else is wrong with the step or its instrument, and is said there.
    Unclear,
}

/// A journey with its steps looked up.
pub struct Outline<'c, 'a> {
    /// The whole site.
    pub site: &'c Context<'a>,
    /// The journey's item.
    pub item: &'c Item<'a>,
    /// The journey.
    pub journey: &'c Journey<'a>,
    places: HashMap<&'a str, usize>,
}

impl<'c, 'a> Outline<'c, 'a> {
    /// The outline of an item, where it is a journey that could be read.
    pub fn of(site: &'c Context<'a>, item: &'c Item<'a>) -> Option<Self> {
        let journey = item.journey()?;
        let places = journey.steps.iter().enumerate().map(|(n, (id, _))| (id.value, n)).collect();
        Some(Self { site, item, journey, places })
    }

    /// The steps in their order.
    pub fn steps(&self) -> impl Iterator<Item = (Text<'a>, &'c Step<'a>)> {
        self.journey.steps.iter().map(|(id, step)| (*id, step))
    }

    /// The ids of the steps.
    pub fn ids(&self) -> impl Iterator<Item = &'a str> {
        self.journey.steps.iter().map(|(id, _)| id.value)
    }

    /// The position of a step.
    pub fn place(&self, id: &str) -> Option<usize> {
        self.places.get(id).copied()
    }

    /// A step.
    pub fn step(&self, id: &str) -> Option<&'c Step<'a>> {
        self.place(id).map(|n| &self.journey.steps[n].1)
    }

    /// The instrument that a step uses.
    pub fn instrument(&self, step: &Step<'_>) -> Option<&'c Instrument<'a>> {
        let (kind, name) = Kind::split(step.uses?.value)?;
        if kind == Kind::Instrument { self.site.content.named(kind, name)?.instrument() } else { None }
    }

    /// What `STEP` or `STEP.ITEM` can be answered with.
    ///
    /// # Errors
    /// Where it names no question.
    pub fn question(&self, name: &str) -> Result<Question<'c>, NoQuestion<'c>> {
        let (id, item) = name.split_once('.').map_or((name, None), |(id, item)| (id, Some(item)));
        let step = self.step(id).ok_or(NoQuestion::NoStep)?;
        match (StepKind::of(step).ok_or(NoQuestion::Unclear)?, item) {
            (StepKind::Decide | StepKind::Say, _) => Err(NoQuestion::AsksNothing),
            (StepKind::Ask, Some(_)) => Err(NoQuestion::NoItems),
            (StepKind::Ask, None) => match &step.number {
                Some(range) => Ok(Question::Number(range.min.value, range.max.value)),
                None => Ok(Question::Choice { answers: step.answers.iter().map(|(id, _)| id.value).collect(), is_many: is_many(step) }),
            },
            (StepKind::Use, item) => {
                let instrument = self.instrument(step).ok_or(NoQuestion::Unclear)?;
                let items = || instrument.items.iter().map(|(id, _)| id.value).collect();
                let Some(item) = item else { return Err(NoQuestion::Instrument(items())) };
                let found = instrument.items.iter().find(|(id, _)| id.value == item);
                let (_, found) = found.ok_or_else(|| NoQuestion::NoItem(step.uses.map_or("", |u| u.value), items()))?;
                let answers = instrument.answers_of(found).iter().map(|(id, _)| id.value).collect();
                Ok(Question::Choice { answers, is_many: false })
            }
        }
    }

    /// The scores to which the steps add, each with the instrument that it is of, if it is of one.
    pub fn scores(&self) -> HashMap<&'a str, Option<&'c Instrument<'a>>> {
        let mut scores = HashMap::new();
        for (_, step) in self.steps() {
            if let Some(score) = step.score {
                scores.entry(score.value).or_insert(None);
            }
            if let Some((Kind::Instrument, name)) = step.uses.and_then(|u| Kind::split(u.value)) {
                scores.insert(name, self.instrument(step));
            }
        }
        scores
    }

    /// Where each step leads within the journey: the position of the step, and where that is said.
    pub fn edges(&self) -> Vec<Vec<(usize, Span)>> {
        let within = |(_, step)| targets(step).into_iter().filter_map(|t| Some((self.place(t.value)?, t.span))).collect();
        self.steps().map(within).collect()
    }

    /// Every condition of the journey, from the outside in.
    pub fn conditions(&self) -> Vec<&'c Spanned<Condition<'a>>> {
        let branches = self.journey.steps.iter().flat_map(|(_, step)| step.decide.iter().map(|b| &b.when));
        let rules = self.journey.safety.iter().filter_map(|rule| rule.whenever.as_ref());
        let wishes = self.journey.personalise.iter().map(|p| &p.when);
        let mut found = Vec::new();
        branches.chain(rules).chain(wishes).for_each(|condition| collect(condition, &mut found));
        found
    }
}

fn collect<'c, 'a>(condition: &'c Spanned<Condition<'a>>, found: &mut Vec<&'c Spanned<Condition<'a>>>) {
    found.push(condition);
    let parts = condition.all.iter().flatten().chain(condition.any.iter().flatten());
    parts.chain(condition.not.as_deref()).for_each(|part| collect(part, found));
}

/// Whether several answers of a question may be chosen.
pub fn is_many(step: &Step<'_>) -> bool {
    step.choose.is_some_and(|c| c.value == "any")
}

/// Where a step leads: all that its answers, branches and its own `go` name and that can be followed.
pub fn targets<'a>(step: &Step<'a>) -> Vec<Text<'a>> {
    let mut targets: Vec<Text<'a>> = Vec::new();
    match StepKind::of(step) {
        Some(StepKind::Decide) => {
            targets.extend(step.decide.iter().map(|b| b.go));
            targets.extend(step.otherwise);
        }
        Some(StepKind::Ask) if step.number.is_none() && !is_many(step) => {
            targets.extend(step.answers.iter().filter_map(|(_, a)| a.go));
            if step.answers.iter().any(|(_, a)| a.go.is_none()) {
                targets.extend(step.go);
            }
        }
        Some(_) => targets.extend(step.go),
        None => {}
    }
    targets
}

/// Whether a step does one thing, and every answer to it leads on. A decision that may fall through counts as whole.
pub fn leads_on(step: &Step<'_>) -> bool {
    match StepKind::of(step) {
        Some(StepKind::Decide) => true,
        Some(StepKind::Ask) if step.number.is_none() && !is_many(step) && step.go.is_none() => {
            !step.answers.is_empty() && step.answers.iter().all(|(_, a)| a.go.is_some())
        }
        Some(_) => step.go.is_some(),
        None => false,
    }
}
