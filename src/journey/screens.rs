//! A journey as a table of screens: what each shows, and the screen that follows each answer.
//!
//! The table is what the public site walks, with pages or in one page. It is the diagram with what an ending shows besides
//! its outcome: the scores that the journey reports, and which help comes first. Two states of one step from which the same
//! screens and endings follow are one screen; nothing that the author asks is left out.
//!
//! Knows steps and items by number, not their words on a page.

use std::collections::{HashMap, VecDeque};

use serde_json::{Value as Json, json};

use super::diagram::{Diagram, Entangled, Node, Observers};
use super::graph::{Graph, Values, What};
use super::vignette::class_of;
use crate::fingerprint;
use crate::model::{Content, Item, Journey, Kind, ReportAs};

/// A journey's screens.
#[derive(Debug, Clone)]
pub struct Screens<'a> {
    /// Every screen, by number; the first is where the journey starts.
    pub list: Vec<Screen<'a>>,
    /// Eight hexadecimal digits that change when, and only when, a screen comes to mean something else.
    pub version: String,
}

/// One screen.
#[derive(Debug, Clone)]
pub struct Screen<'a> {
    /// What it shows, and what follows.
    pub shows: Shows<'a>,
    /// The fewest and the most questions that come after this screen.
    pub ahead: (usize, usize),
}

/// What a screen shows, with the screens that follow by number.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Shows<'a> {
    /// A question with one answer: the screen after each answer, in their order.
    Choice {
        /// The question.
        asked: Asked,
        /// What follows each answer.
        next: Vec<usize>,
    },
    /// One option of a question that allows several: chosen or not.
    Option {
        /// The question.
        asked: Asked,
        /// The option, by number.
        option: usize,
        /// What follows where it is not chosen.
        no: usize,
        /// What follows where it is.
        yes: usize,
    },
    /// A question for a number: the ranges that differ in what follows, from the lowest.
    Number {
        /// The question.
        asked: Asked,
        /// The ranges.
        ranges: Vec<Range>,
    },
    /// A text.
    Text {
        /// The step, by number.
        step: usize,
        /// What follows.
        next: usize,
    },
    /// An ending.
    Ending(Ending<'a>),
}

/// A question: a step by number, and of an instrument the item.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Asked {
    /// The step.
    pub step: usize,
    /// The item.
    pub item: Option<usize>,
}

/// Whole numbers from the first to the last, and the screen after them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Range {
    /// The first.
    pub from: i64,
    /// The last.
    pub to: i64,
    /// What follows.
    pub next: usize,
}

/// An ending as somebody comes to it.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub struct Ending<'a> {
    /// `outcome/…`, or a journey that this one hands over to.
    pub id: String,
    /// The services that come first among those that the outcome signposts, in this order.
    pub first: Vec<&'a str>,
    /// The scores that are shown.
    pub reported: Vec<Reported<'a>>,
}

/// A score that an ending shows.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Reported<'a> {
    /// The score and its points.
    Points(&'a str, i64),
    /// The score and the label of the band that the points fall in.
    Band(&'a str, &'a str),
}

/// Why a journey has no table.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum NoScreens {
    /// Too many situations have to be told apart.
    Entangled(Entangled),
    /// Some answers lead nowhere.
    Broken,
}

impl<'a> Screens<'a> {
    /// The screens of a journey.
    ///
    /// # Errors
    /// Where more than `limit` situations have to be told apart, or some answers lead nowhere.
    pub fn of(name: &'a str, journey: &Journey<'a>, content: &Content<'a>, limit: usize) -> Result<Self, NoScreens> {
        let graph = Graph::of(name, journey, content);
        let scores: Vec<usize> = (0..graph.scores.len()).filter(|s| journey.report.contains_key(graph.scores[*s])).collect();
        let observers = Observers { conditions: graph.personalise.clone(), scores: scores.clone() };
        let diagram = Diagram::of(&graph, &observers, limit).map_err(NoScreens::Entangled)?;
        let mut table = Table { graph: &graph, journey, content, scores, known: HashMap::new(), nodes: Vec::new() };
        let mut node_of = Vec::with_capacity(diagram.nodes.len());
        for node in &diagram.nodes {
            let shows = match node {
                Node::End { end, observed } => Shows::Ending(table.ending(diagram.ends[*end].id().ok_or(NoScreens::Broken)?, observed)),
                Node::Screen { position, children } => {
                    table.screen(*position, &|class| node_of[children[class]]).ok_or(NoScreens::Broken)?
                }
            };
            node_of.push(table.add(shows));
        }
        let root = node_of.get(diagram.root).copied().ok_or(NoScreens::Broken)?;
        let list = table.from(root);
        let version = version(&list, journey, content);
        Ok(Self { list, version })
    }

    /// How many screens there are where each question is one, also one that allows several answers: as `journey verify` counts,
    /// if no ending shows more than its outcome.
    pub fn count(&self) -> usize {
        self.list.iter().filter(|screen| !matches!(screen.shows, Shows::Option { option: 1.., .. })).count()
    }
}

impl Shows<'_> {
    /// The screens that follow, in the order of the answers.
    pub fn next(&self) -> Vec<usize> {
        match self {
            Self::Choice { next, .. } => next.clone(),
            Self::Option { no, yes, .. } => vec![*no, *yes],
            Self::Number { ranges, .. } => ranges.iter().map(|r| r.next).collect(),
            Self::Text { next, .. } => vec![*next],
            Self::Ending(_) => Vec::new(),
        }
    }

    fn renumber(&mut self, numbers: &[usize]) {
        let new = |n: &mut usize| *n = numbers[*n];
        match self {
            Self::Choice { next, .. } => next.iter_mut().for_each(new),
            Self::Option { no, yes, .. } => [no, yes].into_iter().for_each(new),
            Self::Number { ranges, .. } => ranges.iter_mut().for_each(|r| new(&mut r.next)),
            Self::Text { next, .. } => new(next),
            Self::Ending(_) => {}
        }
    }
}

/// The screens while they are put together, those that follow before those that lead there.
struct Table<'t, 'a> {
    graph: &'t Graph<'a>,
    journey: &'t Journey<'a>,
    content: &'t Content<'a>,
    scores: Vec<usize>,
    known: HashMap<Shows<'a>, usize>,
    nodes: Vec<Shows<'a>>,
}

impl<'a> Table<'_, 'a> {
    /// What shows the same and leads to the same is one screen.
    fn add(&mut self, shows: Shows<'a>) -> usize {
        let next = self.nodes.len();
        *self.known.entry(shows).or_insert_with_key(|shows| {
            self.nodes.push(shows.clone());
            next
        })
    }

    fn ending(&self, id: String, observed: &[Option<i64>]) -> Ending<'a> {
        let Some(outcome) = self.content.get(&id).filter(|i| i.kind == Kind::Outcome) else {
            return Ending { id, first: Vec::new(), reported: Vec::new() };
        };
        let signposts: Vec<&str> = outcome.signposts().iter().map(|s| s.value).collect();
        let mut first: Vec<&'a str> = Vec::new();
        for (n, entry) in self.journey.personalise.iter().enumerate() {
            // Each condition is observed twice; the first says whether it holds.
            if observed.get(2 * n) == Some(&Some(1)) {
                for resource in entry.first.iter().map(|f| f.value).filter(|f| signposts.contains(f)) {
                    if !first.contains(&resource) {
                        first.push(resource);
                    }
                }
            }
        }
        let seen = observed.get(2 * self.journey.personalise.len()..).unwrap_or_default();
        let reported =
            self.scores.iter().zip(seen).filter_map(|(score, points)| Some(self.reported(self.graph.scores[*score], (*points)?)));
        Ending { id, first, reported: reported.collect() }
    }

    fn reported(&self, score: &'a str, points: i64) -> Reported<'a> {
        let instrument = self.content.named(Kind::Instrument, score).and_then(Item::instrument);
        let band = instrument.and_then(|i| i.bands.iter().find(|b| (b.from.value..=b.to.value).contains(&points)));
        match (self.journey.report.get(score), band) {
            (Some(ReportAs::Band), Some(band)) => Reported::Band(score, band.label.value),
            _ => Reported::Points(score, points),
        }
    }

    fn screen(&self, position: usize, child: &dyn Fn(usize) -> usize) -> Option<Shows<'a>> {
        let here = &self.graph.positions[position];
        let What::Ask(number) = here.what else { return Some(Shows::Text { step: here.step, next: child(0) }) };
        let question = &self.graph.questions[number];
        let asked = Asked { step: question.step, item: question.item.map(|_| question.declared) };
        Some(match &question.values {
            Values::Option { .. } => Shows::Option {
                asked,
                option: question.declared,
                no: child(class_of(self.graph, number, 0)?),
                yes: child(class_of(self.graph, number, 1)?),
            },
            Values::Choice(choices) => {
                let next: Option<Vec<usize>> =
                    (0..).zip(choices).map(|(value, _)| Some(child(class_of(self.graph, number, value)?))).collect();
                Shows::Choice { asked, next: next? }
            }
            Values::Number { min, max } => {
                let mut starts: Vec<i64> = self.graph.cuts(number).filter(|cut| (*min..=*max).contains(cut)).chain([*min]).collect();
                starts.sort_unstable();
                starts.dedup();
                let mut ranges: Vec<Range> = Vec::with_capacity(starts.len());
                for (n, from) in starts.iter().enumerate() {
                    let to = starts.get(n + 1).map_or(*max, |next| next - 1);
                    let next = child(class_of(self.graph, number, *from)?);
                    match ranges.last_mut() {
                        Some(last) if last.next == next => last.to = to,
                        _ => ranges.push(Range { from: *from, to, next }),
                    }
                }
                Shows::Number { asked, ranges }
            }
        })
    }

    /// The screens from one on, numbered in the order in which they can be met.
    fn from(self, root: usize) -> Vec<Screen<'a>> {
        let ahead = self.ahead();
        let mut number = vec![usize::MAX; self.nodes.len()];
        let (mut order, mut open) = (Vec::new(), VecDeque::from([root]));
        number[root] = 0;
        while let Some(node) = open.pop_front() {
            order.push(node);
            for next in self.nodes[node].next() {
                if number[next] == usize::MAX {
                    number[next] = order.len() + open.len();
                    open.push_back(next);
                }
            }
        }
        let screen = |node: usize| {
            let mut shows = self.nodes[node].clone();
            shows.renumber(&number);
            Screen { shows, ahead: ahead[node] }
        };
        order.into_iter().map(screen).collect()
    }

    /// The fewest and the most questions after each screen; what follows stands before it.
    fn ahead(&self) -> Vec<(usize, usize)> {
        let mut ahead: Vec<(usize, usize)> = Vec::with_capacity(self.nodes.len());
        for shows in &self.nodes {
            let with_own = |next: usize| {
                // The options of a question count once, and not again while they are gone through.
                let own = match (&self.nodes[next], shows) {
                    (Shows::Option { asked, .. }, Shows::Option { asked: before, .. }) if asked == before => 0,
                    (Shows::Text { .. } | Shows::Ending(_), _) => 0,
                    _ => 1,
                };
                (ahead[next].0 + own, ahead[next].1 + own)
            };
            let range = shows.next().into_iter().map(with_own).reduce(|a, b| (a.0.min(b.0), a.1.max(b.1)));
            ahead.push(range.unwrap_or_default());
        }
        ahead
    }
}

/// The hash of what the screens mean: the words of questions and answers, and what follows what. An outcome's text, a safety rule
/// or a vignette changes no screen.
fn version(list: &[Screen<'_>], journey: &Journey<'_>, content: &Content<'_>) -> String {
    let mut words: Vec<Json> = Vec::new();
    let mut known: HashMap<Asked, usize> = HashMap::new();
    let mut of = |asked: &Asked| {
        *known.entry(*asked).or_insert_with(|| {
            words.push(words_of(asked, journey, content));
            words.len() - 1
        })
    };
    let screens: Vec<Json> = list
        .iter()
        .map(|screen| match &screen.shows {
            Shows::Choice { asked, next } => json!(["one", of(asked), next]),
            Shows::Option { asked, option, no, yes } => json!(["option", of(asked), option, no, yes]),
            Shows::Number { asked, ranges } => {
                json!(["number", of(asked), ranges.iter().map(|r| json!([r.from, r.to, r.next])).collect::<Vec<_>>()])
            }
            Shows::Text { step, next } => json!(["text", journey.steps[*step].1.say.map(|s| s.value), next]),
            Shows::Ending(ending) => {
                let reported = ending.reported.iter().map(|r| match r {
                    Reported::Points(score, points) => json!([score, points]),
                    Reported::Band(score, band) => json!([score, band]),
                });
                json!(["ending", ending.id, ending.first, reported.collect::<Vec<_>>()])
            }
        })
        .collect();
    let digest = fingerprint::digest(json!([words, screens]).to_string().as_bytes());
    digest.trim_start_matches("sha256:").chars().take(8).collect()
}

/// What a question says, and what can be answered.
fn words_of(asked: &Asked, journey: &Journey<'_>, content: &Content<'_>) -> Json {
    let (_, step) = &journey.steps[asked.step];
    let instrument = step.uses.and_then(|u| content.get(u.value)).and_then(Item::instrument);
    if let (Some(instrument), Some((_, item))) = (instrument, asked.item.and_then(|n| instrument?.items.get(n))) {
        let answers: Vec<Json> = instrument.answers_of(item).iter().map(|(id, a)| json!([id.value, a.label.value])).collect();
        return json!([instrument.ask.map(|a| a.value), item.ask.value, answers]);
    }
    let answers: Vec<Json> = step.answers.iter().map(|(id, a)| json!([id.value, a.label.value])).collect();
    let none = step.none.as_ref().map(|n| n.label.value);
    let unit = step.number.as_ref().and_then(|n| n.unit).map(|u| u.value);
    json!([step.ask.map(|a| a.value), step.help.map(|h| h.value), answers, none, unit])
}
