//! Any condition in plain English, from the labels that people see.
//!
//! One place says it for findings, pictures, walks and review packs, so that a clinician reads the same sentence
//! everywhere. Works on the condition as written, not on its compiled form: what a reader approves is what was written.

use super::trace::{Answers, Given};
use crate::model::{Condition, Content, Instrument, Journey, Kind, SafetyRule, Step, Text};
use crate::yaml::de::Spanned;

/// Says conditions of one journey.
#[derive(Clone, Copy)]
pub struct Words<'w, 'a> {
    journey: &'w Journey<'a>,
    content: &'w Content<'a>,
}

impl<'w, 'a> Words<'w, 'a> {
    /// Speaks of a journey with the labels of the content.
    pub fn new(journey: &'w Journey<'a>, content: &'w Content<'a>) -> Self {
        Self { journey, content }
    }

    /// A condition as a clause: `PHQ-9 is 15 or more, or any answer but “Not at all” to “Thoughts that …”`.
    pub fn condition(&self, condition: &Condition<'a>) -> String {
        self.say(condition, false)
    }

    /// What a question asks, in quotation marks; for an item of an instrument the item's words.
    pub fn question(&self, key: &str) -> String {
        let (step, item) = key.split_once('.').map_or((key, None), |(s, i)| (s, Some(i)));
        self.step(step).map_or_else(|| format!("`{key}`"), |found| self.question_of(found, key, item))
    }

    /// The same of a step by number, which need not be looked for.
    pub(super) fn question_at(&self, step: usize, item: Option<&str>) -> Option<String> {
        self.journey.steps.get(step).map(|(id, found)| self.question_of(found, id.value, item))
    }

    fn question_of(&self, found: &Step<'a>, key: &str, item: Option<&str>) -> String {
        if let Some(instrument) = self.instrument(found) {
            let asked = item.and_then(|id| instrument.items.iter().find(|(i, _)| i.value == id)).map(|(_, item)| item.ask.value);
            return match asked {
                Some(ask) => quoted(ask),
                None => self.score_name(found.uses.map_or("", |u| u.value.trim_start_matches("instrument/"))),
            };
        }
        found.ask.map_or_else(|| format!("`{key}`"), |ask| quoted(ask.value))
    }

    /// What an answer says, in quotation marks.
    pub fn answer(&self, key: &str, answer: &str) -> String {
        self.label(key, answer).map_or_else(|| format!("`{answer}`"), quoted)
    }

    /// The label of an answer.
    pub fn label(&self, key: &str, answer: &str) -> Option<&'a str> {
        let (step, item) = key.split_once('.').map_or((key, None), |(s, i)| (s, Some(i)));
        self.label_of(self.step(step)?, item, answer)
    }

    /// The same of a step by number, which need not be looked for.
    pub(super) fn label_at(&self, step: usize, item: Option<&str>, answer: &str) -> Option<&'a str> {
        self.label_of(&self.journey.steps.get(step)?.1, item, answer)
    }

    fn label_of(&self, step: &Step<'a>, item: Option<&str>, answer: &str) -> Option<&'a str> {
        if let (Some(instrument), Some(item)) = (self.instrument(step), item) {
            let (_, item) = instrument.items.iter().find(|(i, _)| i.value == item)?;
            return instrument.answers_of(item).iter().find(|(id, _)| id.value == answer).map(|(_, a)| a.label.value);
        }
        step.answers.iter().find(|(id, _)| id.value == answer).map(|(_, a)| a.label.value)
    }

    /// What a score is called: an instrument's abbreviation or title, else the score's own name.
    pub fn score_name(&self, score: &str) -> String {
        let item = self.content.named(Kind::Instrument, score);
        let short = item.and_then(|i| i.instrument()).and_then(|i| i.abbreviation).map(|a| a.value.to_owned());
        short.or_else(|| item.map(|i| i.title().to_owned())).unwrap_or_else(|| format!("the score “{score}”"))
    }

    /// A person's answers in the order asked: each question, and what was answered.
    pub fn answers(&self, answers: &Answers<'a>) -> Vec<(String, String)> {
        let said = |key: &str, given: &Given<'a>| match given {
            Given::Choice(id) => self.answer(key, id),
            Given::Number(n) => self.number(key, *n),
            Given::Options(ids) if ids.is_empty() => self.nothing(key),
            Given::Options(ids) => join(&ids.iter().map(|id| self.answer(key, id)).collect::<Vec<_>>(), "and"),
        };
        answers.0.iter().map(|(key, given)| (self.question(key), said(key, given))).collect()
    }

    /// A safety rule as a sentence without its full stop: `whenever …, it ends at “Urgent” or more urgent`.
    pub fn rule(&self, rule: &SafetyRule<'a>) -> String {
        if let Some(step) = rule.asks_first {
            return format!("{} is asked before anything else", self.question(step.value));
        }
        if let Some(step) = rule.asks {
            return format!("everybody is asked {}", self.question(step.value));
        }
        if let Some(score) = rule.monotone {
            return format!("more points on {} never end less urgent", self.score_name(score.value));
        }
        let level = |id: &str| {
            let level = self.content.acuity.iter().flat_map(|a| &a.levels).find(|l| l.id.value == id);
            level.map_or_else(|| format!("`{id}`"), |l| quoted(l.label.value))
        };
        let bound = rule.outcome.as_ref().map(|o| &o.value);
        let mut ends = Vec::new();
        ends.extend(bound.and_then(|b| b.at_least).map(|id| format!("at {} or more urgent", level(id.value))));
        ends.extend(bound.and_then(|b| b.at_most).map(|id| format!("at {} or less urgent", level(id.value))));
        ends.extend(bound.and_then(|b| b.one_of.as_ref()).map(|list| {
            let title = |id: &str| self.content.get(id).map_or_else(|| format!("`{id}`"), |item| quoted(item.title()));
            format!("at {}", join(&list.iter().map(|id| title(id.value)).collect::<Vec<_>>(), "or"))
        }));
        let ends = ends.join(" and ");
        match &rule.whenever {
            Some(condition) => format!("whenever {}, it ends {ends}", self.condition(&condition.value)),
            None => format!("it always ends {ends}"),
        }
    }

    fn number(&self, key: &str, number: i64) -> String {
        let unit = self.step(key).and_then(|s| s.number.as_ref()).and_then(|n| n.unit);
        unit.map_or_else(|| number.to_string(), |unit| format!("{number} {}", unit.value))
    }

    /// What choosing nothing is called.
    fn nothing(&self, key: &str) -> String {
        let label = self.step(key).and_then(|s| s.none.as_ref()).map(|n| n.label.value);
        label.map_or_else(|| "nothing chosen".to_owned(), quoted)
    }

    fn step(&self, name: &str) -> Option<&'w Step<'a>> {
        self.journey.steps.iter().find(|(id, _)| id.value == name).map(|(_, s)| s)
    }

    fn instrument(&self, step: &Step<'a>) -> Option<&'w Instrument<'a>> {
        self.content.get(step.uses?.value)?.instrument()
    }

    fn say(&self, condition: &Condition<'a>, is_inner: bool) -> String {
        let list = |parts: &[Spanned<Condition<'a>>], word: &str| {
            let parts = self.parts(parts, word);
            let joined = join(&parts, word);
            if is_inner && parts.len() > 1 { format!("({joined})") } else { joined }
        };
        if let Some(all) = &condition.all {
            return list(all, "and");
        }
        if let Some(any) = &condition.any {
            return list(any, "or");
        }
        if let Some(not) = &condition.not {
            return self.opposite(&not.value);
        }
        if let Some(asked) = condition.asked {
            return format!("{} was asked", self.question(asked.value));
        }
        if let Some(score) = condition.score {
            return self.score(condition, score.value);
        }
        match condition.answer {
            Some(answer) => self.comparison(condition, answer.value),
            None => "nothing".to_owned(),
        }
    }

    /// The parts of a list; those that compare one question in one way are said in one go.
    fn parts(&self, parts: &[Spanned<Condition<'a>>], word: &str) -> Vec<String> {
        let mut said = Vec::new();
        let mut rest = parts;
        while let [first, later @ ..] = rest {
            let first = &first.value;
            rest = later;
            // A comparison of an answer says by itself that there is one.
            if word == "and" && first.asked.is_some_and(|step| later.iter().any(|c| has_answer(&c.value, step.value))) {
                continue;
            }
            let alike = later.iter().take_while(|c| is_alike(first, &c.value, word)).count();
            let (group, others) = later.split_at(alike);
            rest = others;
            let group: Vec<&Condition<'a>> = std::iter::once(first).chain(group.iter().map(|c| &c.value)).collect();
            said.push(match (alike, first.answer, first.score) {
                (1.., Some(key), _) => self.answers_alike(key.value, &group, word),
                (1.., _, Some(score)) => {
                    let bands: Vec<String> = group.iter().filter_map(|c| c.band).map(|band| self.band(score.value, band.value)).collect();
                    format!("{} is in the band {}", self.score_name(score.value), join_short(&bands, word))
                }
                _ => self.say(first, true),
            });
        }
        said
    }

    fn answers_alike(&self, key: &str, group: &[&Condition<'a>], word: &str) -> String {
        let answers = group.iter().filter_map(|c| c.includes.or(c.is));
        let answers = join_short(&answers.map(|a| self.answer(key, a.value)).collect::<Vec<_>>(), word);
        let question = self.question(key);
        let is_choice = group.first().is_some_and(|c| c.is.is_some());
        if is_choice { format!("the answer {answers} to {question}") } else { format!("{answers} among the answers to {question}") }
    }

    /// What holds where a condition does not.
    fn opposite(&self, condition: &Condition<'a>) -> String {
        let operators = [condition.is, condition.is_not, condition.includes, condition.band].iter().flatten().count();
        let bounds = usize::from(condition.at_least.is_some()) + usize::from(condition.at_most.is_some());
        let is_single = operators + bounds + usize::from(condition.one_of.is_some()) == 1;
        if let Some(asked) = condition.asked {
            return format!("{} was not asked", self.question(asked.value));
        }
        if let (true, Some(key)) = (is_single, condition.answer) {
            let (key, question) = (key.value, self.question(key.value));
            if let Some(is) = condition.is {
                return format!("any answer but {} to {question}", self.answer(key, is.value));
            }
            if let Some(option) = condition.includes {
                return format!("{} not among the answers to {question}", self.answer(key, option.value));
            }
        }
        let than = condition.at_least.map(|n| format!("less than {}", n.value));
        let than = than.or_else(|| condition.at_most.map(|n| format!("more than {}", n.value)));
        if let (true, Some(than)) = (is_single, than) {
            let what = condition.score.map(|score| self.score_name(score.value));
            let what = what.or_else(|| condition.answer.map(|key| format!("the answer to {}", self.question(key.value))));
            return format!("{} is {than}", what.unwrap_or_default());
        }
        format!("it is not so that {}", self.say(condition, true))
    }

    fn band(&self, score: &str, id: &str) -> String {
        let instrument = self.content.named(Kind::Instrument, score).and_then(|i| i.instrument());
        let found = instrument.and_then(|i| i.bands.iter().find(|b| b.id.value == id));
        found.map_or_else(|| format!("`{id}`"), |b| format!("{} ({} to {})", quoted(b.label.value), b.from.value, b.to.value))
    }

    fn score(&self, condition: &Condition<'a>, score: &str) -> String {
        let name = self.score_name(score);
        let mut parts = Vec::new();
        parts.extend(condition.band.map(|band| format!("in the band {}", self.band(score, band.value))));
        parts.extend(bounds(condition));
        format!("{name} is {}", join(&parts, "and"))
    }

    fn comparison(&self, condition: &Condition<'a>, key: &str) -> String {
        let question = self.question(key);
        let mut parts = Vec::new();
        if let Some(is) = condition.is {
            parts.push(format!("the answer {} to {question}", self.answer(key, is.value)));
        }
        if let Some(not) = condition.is_not {
            parts.push(format!("any answer but {} to {question}", self.answer(key, not.value)));
        }
        if let Some(list) = &condition.one_of {
            let answers: Vec<String> = list.iter().map(|a| self.answer(key, a.value)).collect();
            parts.push(format!("the answer {} to {question}", join_short(&answers, "or")));
        }
        if let Some(option) = condition.includes {
            parts.push(format!("{} among the answers to {question}", self.answer(key, option.value)));
        }
        let bounds: Vec<String> = bounds(condition).collect();
        if !bounds.is_empty() {
            parts.push(format!("the answer to {question} is {}", join(&bounds, "and")));
        }
        join(&parts, "and")
    }
}

/// Whether a condition can only hold where this step was answered.
fn has_answer(condition: &Condition<'_>, step: &str) -> bool {
    let says = |part: &Spanned<Condition<'_>>| has_answer(&part.value, step);
    let answer = condition.answer.is_some_and(|key| key.value.split('.').next() == Some(step));
    let all = condition.all.as_ref().is_some_and(|parts| parts.iter().any(says));
    let any = condition.any.as_ref().is_some_and(|parts| !parts.is_empty() && parts.iter().all(says));
    answer || all || any
}

/// Whether two parts of a list compare one thing in one way, so that they can be said together.
fn is_alike(first: &Condition<'_>, next: &Condition<'_>, word: &str) -> bool {
    let kind = |c: &Condition<'_>| {
        let is_plain = c.is_not.is_none() && c.one_of.is_none() && c.at_least.is_none() && c.at_most.is_none();
        match (c.is.is_some(), c.includes.is_some(), c.band.is_some()) {
            (true, false, false) if is_plain && word == "or" => Some(0),
            (false, true, false) if is_plain => Some(1),
            (false, false, true) if is_plain && word == "or" => Some(2),
            _ => None,
        }
    };
    let same = |a: Option<Text<'_>>, b: Option<Text<'_>>| a.map(|t| t.value) == b.map(|t| t.value);
    kind(first).is_some() && kind(first) == kind(next) && same(first.answer, next.answer) && same(first.score, next.score)
}

fn bounds(condition: &Condition<'_>) -> impl Iterator<Item = String> {
    let least = condition.at_least.map(|n| format!("{} or more", n.value));
    let most = condition.at_most.map(|n| format!("{} or less", n.value));
    least.into_iter().chain(most)
}

fn quoted(text: &str) -> String {
    format!("“{}”", text.trim())
}

/// `a`, `a and b`, `a, b and c`.
pub fn join(parts: &[String], word: &str) -> String {
    match parts {
        [] => String::new(),
        [one] => one.clone(),
        [first, second] => {
            // A comma keeps two long clauses apart.
            let comma = if first.contains(' ') { "," } else { "" };
            format!("{first}{comma} {word} {second}")
        }
        [rest @ .., last] => format!("{}, {word} {last}", rest.join(", ")),
    }
}

/// The same without the comma that keeps two clauses apart.
fn join_short(parts: &[String], word: &str) -> String {
    match parts {
        [first, second] => format!("{first} {word} {second}"),
        parts => join(parts, word),
    }
}
