//! One version of a journey in pieces: what stands in each step's box, and every way out of it with the words for it.
//!
//! Knows no other version and no arrows: two versions are laid over each other in `changes`.

use std::collections::HashMap;

use pulldown_cmark::{Event, Parser, TagEnd};

use super::drawing::{Bullet, Line, Style, Urgency, What};
use super::faults::Faults;
use super::letters::shortened;
use crate::journey::graph::Graph;
use crate::journey::words::Words;
use crate::model::{Answer, Content, Instrument, Journey, Kind, Step};

/// Letters of a text screen that are shown.
const TEXT: usize = 360;

/// A step.
pub(super) struct Piece<'a> {
    pub(super) name: &'a str,
    pub(super) was: Option<&'a str>,
    pub(super) what: What,
    pub(super) tag: &'static str,
    pub(super) lines: Vec<Line>,
    /// The answers that can be given: shown in the box where they do not stand on arrows.
    pub(super) options: Vec<Line>,
    pub(super) exits: Vec<Exit<'a>>,
    /// What is wrong with it, in words.
    pub(super) faults: Vec<String>,
}

/// A way out of a step.
pub(super) struct Exit<'a> {
    /// By what it is known in another version.
    pub(super) cause: Cause<'a>,
    /// What the arrow says.
    pub(super) label: Line,
    pub(super) to: To<'a>,
}

/// What leads out of a step.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Cause<'a> {
    /// An answer, by id, and what it was called before.
    Answer(&'a str, Option<&'a str>),
    /// A condition, in words.
    Branch(String),
    /// No condition.
    Otherwise,
    /// Everything.
    Go,
}

/// Where a way leads.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(super) enum To<'a> {
    /// To a step, by number.
    Step(usize),
    /// To another item: `outcome/…` or `journey/…`.
    Item(&'a str),
    /// To something that there is not.
    Unknown(&'a str),
    /// Nowhere: nothing is said.
    Nothing,
}

/// All pieces of a version, and where it starts.
pub(super) struct Pieces<'v, 'a> {
    pub(super) steps: Vec<Piece<'a>>,
    pub(super) start: To<'a>,
    content: &'v Content<'a>,
}

impl<'v, 'a> Pieces<'v, 'a> {
    pub(super) fn of(name: &'a str, journey: &'v Journey<'a>, content: &'v Content<'a>) -> Self {
        let graph = Graph::of(name, journey, content);
        let faults = Faults::of(&graph);
        let numbers: HashMap<&str, usize> = journey.steps.iter().enumerate().map(|(n, (id, _))| (id.value, n)).collect();
        let cutter = Cutter { words: Words::new(journey, content), content, graph: &graph, faults: &faults, numbers };
        let steps = journey.steps.iter().enumerate().map(|(n, (id, step))| cutter.piece(n, id.value, step)).collect();
        let start = cutter.to(Some(journey.start.value));
        Self { steps, start, content }
    }

    /// What stands in the box of an ending.
    pub(super) fn end(&self, to: To<'a>) -> (What, Vec<Line>) {
        match to {
            To::Item(id) if id.starts_with("journey/") => {
                let title = self.content.get(id).map_or(id, |i| i.title());
                let small = |text: &str| Line::plain(text).styled(Style::Small);
                (What::Handover, vec![small("Goes on in another journey"), Line::plain(title).styled(Style::Strong), small(id)])
            }
            To::Item(id) => self.outcome(id),
            To::Unknown(id) => (What::Nowhere, vec![Line::plain(format!("There is no `{id}`")).styled(Style::Strong)]),
            To::Nothing | To::Step(_) => (What::Nowhere, vec![Line::plain("Nothing follows").styled(Style::Strong)]),
        }
    }

    fn outcome(&self, id: &'a str) -> (What, Vec<Line>) {
        let item = self.content.get(id);
        let level = item.and_then(|i| i.outcome()).and_then(|o| self.content.level_of(o));
        let acuity = self.content.acuity.as_ref();
        let rank = level.and_then(|l| acuity?.rank(l.id.value));
        let ranks = ranks(self.content);
        let urgency = Urgency { card: level.map(|l| l.card), rank: rank.unwrap_or(ranks), ranks };
        let title = item.map_or(id, |i| i.title());
        let label = level.map_or("How urgent it is, is not known", |l| l.label.value);
        let mut lines = vec![Line::plain(label).styled(Style::Strong)];
        if !title.eq_ignore_ascii_case(label) {
            lines.push(Line::plain(title));
        }
        lines.push(Line::plain(id).styled(Style::Small));
        let place = rank.map_or_else(|| "no place on the scale of urgency".to_owned(), |r| format!("urgency {} of {ranks}", r + 1));
        lines.push(Line::plain(place).styled(Style::Hidden));
        (What::Ending(urgency), lines)
    }
}

/// The number of ranks of the acuity scale.
pub(super) fn ranks(content: &Content<'_>) -> usize {
    let acuity = content.acuity.as_ref();
    acuity.map_or(0, |a| a.levels.iter().filter_map(|l| a.rank(l.id.value)).max().map_or(0, |r| r + 1))
}

struct Cutter<'c, 'v, 'a> {
    words: Words<'v, 'a>,
    content: &'v Content<'a>,
    graph: &'c Graph<'a>,
    faults: &'c Faults,
    numbers: HashMap<&'a str, usize>,
}

impl<'a> Cutter<'_, '_, 'a> {
    fn piece(&self, number: usize, name: &'a str, step: &Step<'a>) -> Piece<'a> {
        let (what, tag, lines) = self.content_of(step);
        let mut faults = Vec::new();
        if self.graph.steps.get(number).is_some_and(|s| s.first.is_none()) {
            faults.push("Nothing leads here".to_owned());
        } else if self.faults.unreached.contains(&number) {
            faults.push("No answers lead here".to_owned());
        }
        faults.extend(self.faults.of_step.get(&number).into_iter().flatten().cloned());
        let was = step.was.map(|w| w.value);
        Piece { name, was, what, tag, lines, options: options(step), exits: self.exits(number, step), faults }
    }

    fn content_of(&self, step: &Step<'a>) -> (What, &'static str, Vec<Line>) {
        let strong = |text: &str| Line::plain(text).styled(Style::Strong);
        if !step.decide.is_empty() {
            return (What::Decision, "decision", self.conditions(step));
        }
        if let Some(uses) = step.uses {
            let lines = match self.content.get(uses.value).and_then(|i| Some((i.title(), i.instrument()?))) {
                Some((title, instrument)) => questionnaire(title, instrument, step),
                None => vec![strong(&format!("There is no `{}`", uses.value))],
            };
            return (What::Instrument, "questionnaire", lines);
        }
        if let Some(text) = step.say {
            let whole = paragraphs(text.value);
            let mut lines: Vec<Line> = Vec::new();
            let mut room = TEXT;
            for paragraph in &whole {
                if room < 20 {
                    break;
                }
                let shown = shortened(paragraph, room);
                room = room.saturating_sub(shown.chars().count());
                lines.push(Line::plain(shown));
            }
            lines.push(Line::plain(whole.join(" ")).styled(Style::Hidden));
            return (What::Say, "text", lines);
        }
        let mut lines = vec![strong(step.ask.map_or("No question", |a| a.value))];
        lines.extend(step.help.map(|h| Line::plain(format!("Help: {}", h.value)).styled(Style::Hidden)));
        let tag = if let Some(number) = &step.number {
            let unit = number.unit.map_or(String::new(), |u| format!(" {}", u.value));
            lines.push(Line::plain(format!("A whole number from {} to {}{unit}", number.min.value, number.max.value)));
            "number"
        } else if step.choose.is_some_and(|c| c.value == "any") {
            "choose any"
        } else {
            "question"
        };
        (What::Question, tag, lines)
    }

    fn conditions(&self, step: &Step<'a>) -> Vec<Line> {
        let is_single = step.decide.len() == 1;
        let title = if is_single { "Is this true?" } else { "Which of these is true? The first counts" };
        let mut lines = vec![Line::plain(title).styled(Style::Small)];
        for (n, branch) in step.decide.iter().enumerate() {
            let bullet = if is_single { Bullet::None } else { Bullet::Number(n + 1) };
            lines.push(Line::plain(capital(&self.words.condition(&branch.when.value))).after(bullet));
        }
        lines
    }

    fn exits(&self, number: usize, step: &Step<'a>) -> Vec<Exit<'a>> {
        let mut exits = Vec::new();
        if !step.decide.is_empty() {
            let is_single = step.decide.len() == 1;
            for (n, branch) in step.decide.iter().enumerate() {
                let words = if is_single { "yes".to_owned() } else { format!("{}", n + 1) };
                let cause = Cause::Branch(self.words.condition(&branch.when.value));
                exits.push(Exit { cause, label: Line::plain(words), to: self.to(Some(branch.go.value)) });
            }
            if step.otherwise.is_some() || self.faults.falls.contains(&number) {
                let words = if is_single { "no" } else { "otherwise" };
                let to = step.otherwise.map_or(To::Nothing, |o| self.to(Some(o.value)));
                exits.push(Exit { cause: Cause::Otherwise, label: Line::plain(words), to });
            }
            return exits;
        }
        let is_any = step.choose.is_some_and(|c| c.value == "any");
        if step.ask.is_some() && !is_any && step.number.is_none() && !step.answers.is_empty() {
            for (id, answer) in step.answers.iter() {
                exits.push(Exit {
                    cause: Cause::Answer(id.value, answer.was.map(|w| w.value)),
                    label: Line::plain(label(answer, step)),
                    to: self.to(answer.go.or(step.go).map(|t| t.value)),
                });
            }
        } else {
            let to = self.to(step.go.map(|t| t.value));
            exits.push(Exit { cause: Cause::Go, label: Line::plain(""), to });
        }
        exits
    }

    fn to(&self, target: Option<&'a str>) -> To<'a> {
        let Some(target) = target else { return To::Nothing };
        if let Some(step) = self.numbers.get(target) {
            return To::Step(*step);
        }
        match Kind::split(target) {
            Some((Kind::Outcome | Kind::Journey, _)) if self.content.get(target).is_some() => To::Item(target),
            _ => To::Unknown(target),
        }
    }
}

/// The answers of a question, as they stand in its box.
fn options(step: &Step<'_>) -> Vec<Line> {
    if step.ask.is_none() || step.number.is_some() {
        return Vec::new();
    }
    let bullet = if step.choose.is_some_and(|c| c.value == "any") { Bullet::Any } else { Bullet::One };
    let answers = step.answers.iter().map(|(_, a)| label(a, step));
    let none = step.none.iter().map(|n| n.label.value.to_owned());
    answers.chain(none).map(|words| Line::plain(words).after(bullet)).collect()
}

/// An answer's words, with its points where they are added to a score.
fn label(answer: &Answer<'_>, step: &Step<'_>) -> String {
    match answer.points.filter(|_| step.score.is_some()) {
        Some(points) => format!("{} ({:+})", answer.label.value, points.value),
        None => answer.label.value.to_owned(),
    }
}

/// A questionnaire in one box: how long it is, what it scores, and its bands.
fn questionnaire(title: &str, instrument: &Instrument<'_>, step: &Step<'_>) -> Vec<Line> {
    let name = instrument.abbreviation.map_or(title, |a| a.value);
    let (low, high) = instrument.range();
    let count = instrument.items.len();
    let questions = if count == 1 { "1 question".to_owned() } else { format!("{count} questions") };
    let mut lines = vec![Line::plain(format!("{name}: {questions}, score {low}–{high}")).styled(Style::Strong)];
    let bands = instrument.bands.iter().map(|b| format!("{}–{} {}", b.from.value, b.to.value, b.label.value));
    lines.extend(bands.map(|b| Line::plain(b).styled(Style::Small)));
    lines.extend(step.score.map(|s| Line::plain(format!("also adds to the score “{}”", s.value)).styled(Style::Small)));
    for (id, item) in instrument.items.iter() {
        let points: Vec<String> = instrument.scores_of(item).map(|(answer, points)| format!("{} {points}", answer.value)).collect();
        lines.push(Line::plain(format!("{}: {} ({})", id.value, item.ask.value, points.join(", "))).styled(Style::Hidden));
    }
    lines
}

/// The paragraphs and list items of a Markdown text, without its marks.
fn paragraphs(markdown: &str) -> Vec<String> {
    let mut found = vec![String::new()];
    for event in Parser::new(markdown) {
        let last = found.last_mut();
        match (event, last) {
            (Event::Text(text) | Event::Code(text), Some(last)) => last.push_str(&text),
            (Event::SoftBreak | Event::HardBreak, Some(last)) => last.push(' '),
            (Event::End(TagEnd::Paragraph | TagEnd::Heading(_) | TagEnd::Item), _) => found.push(String::new()),
            _ => {}
        }
    }
    found.retain(|p| !p.trim().is_empty());
    found
}

fn capital(text: &str) -> String {
    let mut letters = text.chars();
    letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
}
