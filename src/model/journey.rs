//! Journeys and instruments (CONTENT.md, section 4), as written: what they mean together is the compiler's work.

use std::collections::BTreeMap;

use serde::Deserialize;

use super::item::{Age, Text};
use crate::yaml::de::{Ordered, Plain, Spanned};

/// A triage journey or self-assessment.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Journey<'a> {
    #[serde(borrow)]
    pub audience: Option<Audience<'a>>,
    pub start: Text<'a>,
    pub steps: Ordered<Text<'a>, Step<'a>>,
    #[serde(default)]
    pub safety: Vec<SafetyRule<'a>>,
    #[serde(default)]
    pub personalise: Vec<Personalise<'a>>,
    #[serde(default)]
    pub vignettes: Vec<Vignette<'a>>,
    #[serde(default)]
    pub report: BTreeMap<&'a str, ReportAs>,
}

/// For whom a journey is.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Audience<'a> {
    pub age: Age,
    #[serde(borrow)]
    pub areas: Vec<Text<'a>>,
}

/// How a score is shown on the ending.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is what is shown")]
pub enum ReportAs {
    Band,
    Number,
}

/// One question, decision or information screen; exactly one of `ask`, `use`, `decide`, `say` is given.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Step<'a> {
    #[serde(borrow)]
    pub ask: Option<Text<'a>>,
    pub help: Option<Text<'a>>,
    pub choose: Option<Text<'a>>,
    #[serde(default)]
    pub answers: Ordered<Text<'a>, Answer<'a>>,
    pub none: Option<NoneAnswer<'a>>,
    pub number: Option<NumberRange<'a>>,
    pub score: Option<Text<'a>>,
    #[serde(rename = "use")]
    pub uses: Option<Text<'a>>,
    #[serde(default)]
    pub decide: Vec<Branch<'a>>,
    pub otherwise: Option<Text<'a>>,
    pub say: Option<Text<'a>>,
    pub go: Option<Text<'a>>,
    pub was: Option<Text<'a>>,
}

/// One answer of a question.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Answer<'a> {
    #[serde(borrow)]
    pub label: Text<'a>,
    pub points: Option<Spanned<i64>>,
    pub go: Option<Text<'a>>,
    pub was: Option<Text<'a>>,
}

/// The label of choosing nothing.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct NoneAnswer<'a> {
    #[serde(borrow)]
    pub label: Text<'a>,
}

/// The whole numbers that may be answered.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct NumberRange<'a> {
    pub min: Spanned<i64>,
    pub max: Spanned<i64>,
    #[serde(borrow)]
    pub unit: Option<Text<'a>>,
}

/// One branch of a decision.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Branch<'a> {
    #[serde(borrow)]
    pub when: Spanned<Condition<'a>>,
    pub go: Text<'a>,
}

/// A condition, as written: which members are given says what it compares.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Condition<'a> {
    #[serde(borrow)]
    pub answer: Option<Text<'a>>,
    pub is: Option<Text<'a>>,
    pub is_not: Option<Text<'a>>,
    #[serde(rename = "in")]
    pub one_of: Option<Vec<Text<'a>>>,
    pub includes: Option<Text<'a>>,
    pub at_least: Option<Spanned<i64>>,
    pub at_most: Option<Spanned<i64>>,
    pub score: Option<Text<'a>>,
    pub band: Option<Text<'a>>,
    pub asked: Option<Text<'a>>,
    pub all: Option<Vec<Spanned<Condition<'a>>>>,
    pub any: Option<Vec<Spanned<Condition<'a>>>>,
    pub not: Option<Box<Spanned<Condition<'a>>>>,
}

/// What must hold for every combination of answers.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct SafetyRule<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub hazard: Option<Text<'a>>,
    pub whenever: Option<Spanned<Condition<'a>>>,
    pub outcome: Option<Spanned<OutcomeBound<'a>>>,
    pub asks: Option<Text<'a>>,
    pub asks_first: Option<Text<'a>>,
    pub monotone: Option<Text<'a>>,
}

/// What a safety rule demands of the ending.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct OutcomeBound<'a> {
    #[serde(borrow)]
    pub at_least: Option<Text<'a>>,
    pub at_most: Option<Text<'a>>,
    #[serde(rename = "in")]
    pub one_of: Option<Vec<Text<'a>>>,
}

/// Help that comes first on the ending for some answers.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Personalise<'a> {
    #[serde(borrow)]
    pub when: Spanned<Condition<'a>>,
    pub first: Vec<Text<'a>>,
}

/// A worked example of a person's answers and where they end.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Vignette<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    /// STEP → answers, as written: a word, a number, a list or a map.
    pub answers: Ordered<Text<'a>, Spanned<Plain<'a>>>,
    pub ends: Text<'a>,
}

/// A published questionnaire with its scoring and bands.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Instrument<'a> {
    #[serde(borrow)]
    pub abbreviation: Option<Text<'a>>,
    pub ask: Option<Text<'a>>,
    #[serde(default)]
    pub answers: Ordered<Text<'a>, InstrumentAnswer<'a>>,
    pub items: Ordered<Text<'a>, InstrumentItem<'a>>,
    #[serde(default)]
    pub bands: Vec<Band<'a>>,
    pub licence: Licence<'a>,
    #[serde(default)]
    pub vectors: Vec<Vector<'a>>,
    pub direction: Option<Direction>,
}

impl<'a> Instrument<'a> {
    /// The answers of an item: its own, else the shared ones.
    pub fn answers_of<'s>(&'s self, item: &'s InstrumentItem<'a>) -> &'s [(Text<'a>, InstrumentAnswer<'a>)] {
        if item.answers.is_empty() { &self.answers } else { &item.answers }
    }

    /// The answers of an item in their order, each with the points that count. Shared answers of an item that is
    /// `reverse_scored` are turned round: the first gets the points of the last. An item's own answers count as written.
    pub fn scores_of<'s>(&'s self, item: &'s InstrumentItem<'a>) -> impl DoubleEndedIterator<Item = (Text<'a>, i64)> + 's {
        let answers = self.answers_of(item);
        let is_turned = item.reverse_scored && item.answers.is_empty();
        answers.iter().enumerate().map(move |(n, (id, _))| {
            let counted = if is_turned { answers.len() - 1 - n } else { n };
            (*id, answers[counted].1.points.value)
        })
    }

    /// The lowest and highest total that answers can make.
    pub fn range(&self) -> (i64, i64) {
        self.items.iter().fold((0, 0), |(low, high), (_, item)| {
            let points = || self.answers_of(item).iter().map(|(_, a)| a.points.value);
            (low.saturating_add(points().min().unwrap_or(0)), high.saturating_add(points().max().unwrap_or(0)))
        })
    }
}

/// An answer of an instrument's items.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct InstrumentAnswer<'a> {
    #[serde(borrow)]
    pub label: Text<'a>,
    pub points: Spanned<i64>,
}

/// One item of an instrument.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct InstrumentItem<'a> {
    #[serde(borrow)]
    pub ask: Text<'a>,
    #[serde(default)]
    pub answers: Ordered<Text<'a>, InstrumentAnswer<'a>>,
    #[serde(default)]
    pub reverse_scored: bool,
}

/// A range of totals with a name, both ends included.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Band<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub label: Text<'a>,
    pub from: Spanned<i64>,
    pub to: Spanned<i64>,
}

/// Under what terms an instrument may be used.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Licence<'a> {
    #[serde(borrow)]
    pub terms: Text<'a>,
    pub source: Text<'a>,
    pub item_text: Spanned<ItemText>,
    pub notice: Option<Text<'a>>,
}

/// Whether the items' words may be published.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the word of its name")]
pub enum ItemText {
    Allowed,
    NotAllowed,
}

/// A worked example of scoring.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Vector<'a> {
    pub points: Spanned<Vec<Spanned<i64>>>,
    pub total: Spanned<i64>,
    #[serde(borrow)]
    pub band: Option<Text<'a>>,
}

/// Which way a score runs.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the direction of its name")]
pub enum Direction {
    HigherIsWorse,
    HigherIsBetter,
}
