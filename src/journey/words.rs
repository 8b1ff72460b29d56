//! Any condition in plain English, from the labels that people see.
//!
//! One place says it for findings, pictures, walks and review packs, so that a clinician reads the same sentence
//! everywhere. Works on the condition as written, not on its compiled form: what a reader approves is what was written.

use super::trace::{Answers, Given};
use crate::model::{Condition, Content, Instrument, Journey, Kind, SafetyRule, Step};
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
        let Some(found) = self.step(step) else { return format!("`{key}`") };
        if let Some(instrument) = self.instrument(found) {
            let asked = item.and_then(|id| instrument.items.iter().find(|(i, _)| i.value == id)).map(|(_, item)| item.ask.value);
            return match asked {
                Some(ask) => quoted(ask),
                None => self.score_name(found.uses.map_or("", |u| u.value.trim_start_matches("instrument/"))),
            };
        }
        found.ask.map_or_else(|| format!("`{key}`"), |ask| quoted(ask.value))
    }

    /// The name of a step, by number.
    pub fn name_of(&self, step: usize) -> Option<&'a str> {
        self.journey.steps.get(step).map(|(id, _)| id.value)
    }

    /// What an answer says, in quotation marks.
    pub fn answer(&self, key: &str, answer: &str) -> String {
        self.label(key, answer).map_or_else(|| format!("`{answer}`"), quoted)
    }

    /// The label of an answer.
    pub fn label(&self, key: &str, answer: &str) -> Option<&'a str> {
        let (step, item) = key.split_once('.').map_or((key, None), |(s, i)| (s, Some(i)));
        let step = self.step(step)?;
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
            let parts: Vec<String> = parts.iter().map(|c| self.say(&c.value, true)).collect();
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
            return format!("it is not so that {}", self.say(&not.value, true));
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

    fn score(&self, condition: &Condition<'a>, score: &str) -> String {
        let name = self.score_name(score);
        let mut parts = Vec::new();
        if let Some(band) = condition.band {
            let instrument = self.content.named(Kind::Instrument, score).and_then(|i| i.instrument());
            let found = instrument.and_then(|i| i.bands.iter().find(|b| b.id.value == band.value));
            parts.push(match found {
                Some(found) => format!("in the band {} ({} to {})", quoted(found.label.value), found.from.value, found.to.value),
                None => format!("in the band `{}`", band.value),
            });
        }
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
            parts.push(format!("the answer {} to {question}", join(&answers, "or")));
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
