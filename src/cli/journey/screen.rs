//! What somebody who walks a journey in a terminal reads: a question, a text, an ending.

use super::menu::Menu;
use crate::cli::prose::{self, Style, wrap};
use crate::diag::escape::visible_lines;
use crate::hours::{Hours, Words};
use crate::journey::walk::{At, Choices, Nowhere, Question, State, Walk};
use crate::markdown;
use crate::model::{Channel, ChannelType, Item, Kind};
use crate::source::Span;

const BOLD: &str = "\u{1b}[1m";
const OFF: &str = "\u{1b}[0m";

/// What care cards and callouts are called where they have no colour.
const CARDS: [(&str, &str); 5] =
    [("[!EMERGENCY]", "Emergency:"), ("[!URGENT]", "Urgent:"), ("[!NON-URGENT]", "Not urgent:"), ("[!CALLOUT]", "Note:"), ("[!INSET]", "")];

/// Writes the screens of one journey.
pub(super) struct Screens<'s, 'a> {
    pub(super) walk: Walk<'s, 'a>,
    pub(super) title: &'a str,
    pub(super) style: Style,
}

impl<'a> Screens<'_, 'a> {
    /// Where somebody is: the journey, the number of the question, the scores so far.
    pub(super) fn head(&self, state: &State<'a>) -> String {
        let mut parts = vec![self.title.to_owned()];
        let question = self.walk.question(state);
        if question.is_some() {
            parts.push(format!("question {}", state.answers.0.len() + 1));
        }
        if let Some((name, item, of)) = question.and_then(|q| q.part) {
            parts.push(format!("{name} {item} of {of}"));
        }
        parts.extend(self.walk.scores(state).iter().map(|(score, points)| format!("{} so far: {points}", self.score_name(score))));
        let mut out = self.lines("", &parts.join(" · "));
        out.push('\n');
        out
    }

    /// A question; with a menu, as it stands after the keys pressed.
    pub(super) fn question(&self, question: &Question<'a>, menu: Option<&Menu>) -> String {
        let mut out = String::new();
        if let Some(lead) = question.lead {
            out.push_str(&self.lines("", lead));
            out.push('\n');
        }
        out.push_str(&self.bold(&self.lines("", question.ask)));
        out.push_str(&question.help.map(|help| self.lines("", help)).unwrap_or_default());
        out.push('\n');
        let is_many = matches!(question.choices, Choices::Any(..));
        for (n, choice) in question.choices.list().iter().enumerate() {
            let cursor = menu.map_or("", |m| if m.cursor == n { "› " } else { "  " });
            let mark = menu.map_or("", |m| match (is_many, m.chosen.contains(&n)) {
                (true, true) => "[x] ",
                (true, false) => "[ ] ",
                (false, _) => "",
            });
            let line = self.lines(&format!("{cursor}{}. {mark}", n + 1), choice.label);
            out.push_str(&if menu.is_some_and(|m| m.cursor == n) { self.bold(&line) } else { line });
        }
        match &question.choices {
            Choices::Any(_, none) => {
                let none = none.map_or("None chosen is an answer, too.".to_owned(), |none| format!("None chosen: {none}."));
                out.push_str(&self.lines("", &none));
            }
            Choices::Number(min, max, unit) => {
                let unit = unit.map_or(String::new(), |u| format!(" {u}"));
                out.push_str(&self.lines("", &format!("A whole number from {min} to {max}{unit}.")));
                out.push_str(&menu.map(|m| format!("> {}\n", m.typed)).unwrap_or_default());
            }
            Choices::One(_) => {}
        }
        if let Some(hint) = menu.and_then(|m| m.hint.as_ref()) {
            out.push_str(&format!("\n{hint}\n"));
        }
        out
    }

    /// A text between questions.
    pub(super) fn text(&self, text: &str) -> String {
        prose::render(&self.embedded(text, 0), self.style)
    }

    /// An ending as the public will read it.
    pub(super) fn ending(&self, state: &State<'a>) -> String {
        let At::Ending(id) = state.at else { return String::new() };
        let Some(item) = self.walk.content.get(id) else { return String::new() };
        let mut out = self.bold(&self.lines("", item.title()));
        if item.kind == Kind::Journey {
            out.push_str(&self.lines("", "Another journey follows."));
            out.push_str(&item.common.summary.map(|s| format!("\n{}", self.lines("", s.value))).unwrap_or_default());
            return out;
        }
        let level = item.outcome().map(|o| o.acuity.value);
        let level = level.and_then(|id| self.walk.content.acuity.as_ref()?.levels.iter().find(|l| l.id.value == id));
        if let Some(level) = level {
            out.push_str(&self.lines("", &format!("{} When: {}.", level.says.value, level.within.value)));
        }
        for reported in self.walk.report(state) {
            let band = reported.band.map_or(String::new(), |band| format!(" ({band})"));
            out.push_str(&self.lines("", &format!("Your score: {} {}{band}.", self.score_name(reported.score), reported.points)));
        }
        if let Some((body, _)) = item.file.body().filter(|(body, _)| !body.trim().is_empty()) {
            out.push('\n');
            out.push_str(&self.text(body));
        }
        let help = self.walk.help(state);
        if !help.is_empty() {
            out.push('\n');
            out.push_str(&self.bold("Help\n"));
            help.iter().enumerate().for_each(|(n, item)| out.push_str(&self.service(&format!("{}. ", n + 1), item)));
        }
        let roles = item.outcome().map_or(&[][..], |o| &o.local);
        for role in roles.iter().filter_map(|role| self.walk.content.site.as_ref()?.roles.iter().find(|(id, _)| id.value == role.value)) {
            let fallback = self.walk.content.get(role.1.fallback.value);
            let words = format!("{} near you; where no area is chosen:", role.1.label.value);
            out.push_str(&self.lines("- ", &words));
            out.push_str(&fallback.map(|item| self.service("  ", item)).unwrap_or_default());
        }
        out
    }

    /// A question with its answer, on a line.
    pub(super) fn answer(&self, question: &str, answer: &str) -> String {
        self.lines("", &format!("{question} → {answer}"))
    }

    /// Why the journey breaks off here.
    pub(super) fn nowhere(&self, why: Nowhere<'a>) -> String {
        let step = |n: usize| self.walk.journey.steps.get(n).map_or("", |(id, _)| id.value);
        match why {
            Nowhere::Unknown(target) => format!("the journey leads to `{target}`, which does not exist"),
            Nowhere::Circle(n) => format!("the journey leads back to `{}`", step(n)),
            Nowhere::FellThrough(n) => format!("no branch of the decision `{}` holds for these answers", step(n)),
            Nowhere::Unasked(n) => format!("the decision `{}` compares what was not asked", step(n)),
        }
    }

    /// A service with the ways to reach it.
    fn service(&self, lead: &str, item: &Item<'_>) -> String {
        let margin = " ".repeat(lead.chars().count());
        let mut out = self.lines(lead, item.title());
        for channel in item.resource().map_or(&[][..], |r| &r.channels) {
            out.push_str(&self.lines(&format!("{margin}- "), &channel_words(channel)));
        }
        out
    }

    /// Markdown with what it embeds in place of the links: texts of partials, ways to reach a service.
    fn embedded(&self, text: &str, depth: usize) -> String {
        let mut out = text.to_owned();
        let body = markdown::read(text, Span::new(0, text.len()));
        for link in body.links.iter().rev().filter(|l| l.is_standalone && depth < 8) {
            let Some(item) = self.walk.content.get(&link.to) else { continue };
            let with = match item.kind {
                Kind::Partial => item.file.body().map_or(String::new(), |(body, _)| self.embedded(body, depth + 1)),
                Kind::Resource => {
                    let ways = item.resource().map_or(&[][..], |r| &r.channels).iter().map(|c| format!("\n- {}", channel_words(c)));
                    format!("{}\n{}", item.title(), ways.collect::<String>())
                }
                _ => item.title().to_owned(),
            };
            let range = link.span.start as usize..link.span.end as usize;
            if out.get(range.clone()).is_some() {
                out.replace_range(range, &with);
            }
        }
        CARDS.iter().fold(out, |out, (marker, words)| out.replace(marker, words))
    }

    fn score_name(&self, score: &str) -> String {
        crate::journey::words::Words::new(self.walk.journey, self.walk.content).score_name(score)
    }

    fn lines(&self, lead: &str, text: &str) -> String {
        let room = self.style.width.saturating_sub(lead.chars().count());
        let mut out = String::new();
        for (n, line) in wrap(&visible_lines(text), room).iter().enumerate() {
            let margin = if n == 0 { lead.to_owned() } else { " ".repeat(lead.chars().count()) };
            out.push_str(format!("{margin}{line}").trim_end());
            out.push('\n');
        }
        out
    }

    fn bold(&self, text: &str) -> String {
        if self.style.color { text.lines().map(|l| format!("{BOLD}{l}{OFF}\n")).collect() } else { text.to_owned() }
    }
}

fn channel_words(channel: &Channel<'_>) -> String {
    let name = match channel.ty {
        ChannelType::InPerson => "in person",
        ChannelType::Bsl => "BSL",
        other => other.word(),
    };
    let to = channel.value.or(channel.url).map_or(String::new(), |to| format!(" {}", to.value));
    let message = channel.message.map_or(String::new(), |m| format!(", send “{}”", m.value));
    let hours = channel.hours.and_then(|h| Hours::parse(h.value).ok()).map(|h| h.in_words(&Words::default()).join("; "));
    format!("{name}{to}{message}{}", hours.map_or(String::new(), |h| format!(": {h}")))
}
