//! What is proved of journeys, for people: endings with exact counts, safety rules with their hazards, vignettes.
//!
//! Written for somebody who signs for clinical safety and does not know the files: rules are said in words, answers are
//! those that people see, and what does not hold is marked by signs and words, never by colour alone.

use num_bigint::BigUint;

use super::verify::{holds, is_entangled, passes};
use crate::check::Context;
use crate::check::judged::Judged;
use crate::cli::prose::{Style, wrap};
use crate::diag::escape::visible;
use crate::diag::human;
use crate::diag::words::{count, number};
use crate::journey::trace::Answers;
use crate::journey::verify::{Ending, Verdict, Verification};
use crate::journey::vignette::Replayed;
use crate::journey::words::Words;
use crate::load::Snapshot;
use crate::model::{Journey, SafetyRule};

/// Findings that the lines on safety rules and vignettes tell already.
const TOLD: [&str; 2] = ["H020", "J038"];

const BOLD: &str = "\u{1b}[1m";
const RED: &str = "\u{1b}[1;31m";
const GREEN: &str = "\u{1b}[32m";
const OFF: &str = "\u{1b}[0m";

/// What the text is written from and for.
pub(super) struct Page<'p, 'a> {
    pub(super) context: &'p Context<'a>,
    pub(super) snapshot: &'p Snapshot,
    pub(super) style: Style,
}

impl<'a> Page<'_, 'a> {
    /// The whole text.
    pub(super) fn write(&self, judged: &[Judged<'_, 'a>]) -> String {
        let mut out = String::new();
        for one in judged {
            self.journey(one, &mut out);
        }
        let failing: Vec<String> = judged.iter().filter(|j| !holds(j)).map(|j| j.item.id()).collect();
        let proofs = || judged.iter().filter_map(|j| j.proved.as_ref());
        let rules = proofs().flat_map(|(_, p)| &p.safety);
        let vignettes = proofs().flat_map(|(journey, p)| journey.vignettes.iter().zip(&p.vignettes));
        let held = rules.clone().filter(|v| v.holds == Some(true)).count();
        let passed = vignettes.clone().filter(|(v, r)| passes(v.ends.value, r)).count();
        let words = match failing.as_slice() {
            [] if judged.is_empty() => "There are no journeys.".to_owned(),
            [] => format!("{} proved: every combination of answers was looked at.", count(judged.len(), "journey")),
            ids => format!("To be put right: {} ({} of {})", ids.join(", "), number(ids.len()), count(judged.len(), "journey")),
        };
        self.lines("", &words, &mut out);
        if !judged.is_empty() {
            let rules = format!("Safety rules: {} of {} hold", number(held), number(rules.count()));
            let vignettes = format!("Vignettes: {} of {} end where they say", number(passed), number(vignettes.count()));
            self.lines("", &format!("{rules}. {vignettes}."), &mut out);
        }
        out
    }

    fn journey(&self, judged: &Judged<'_, 'a>, out: &mut String) {
        let status = if judged.item.is_live() { String::new() } else { format!(", {}", judged.item.status().word()) };
        let title = format!("{} ({}{status})", judged.item.title(), judged.item.id());
        let (on, off) = self.codes(BOLD);
        out.push_str(&format!("{on}{}{off}\n", visible(&title)));
        if let Some((journey, proof)) = &judged.proved {
            let words = Words::new(journey, &self.context.content);
            self.size(proof, out);
            self.endings(proof, out);
            self.rules(journey, proof, &words, out);
            self.vignettes(journey, proof, out);
        } else {
            self.lines("  ", "It cannot be read, and nothing is proved of it.", out);
        }
        let others: Vec<_> = judged.findings.iter().filter(|f| !TOLD.contains(&f.code)).collect();
        if !others.is_empty() {
            out.push_str("\n  What is wrong with it\n\n");
            let options = human::Options { color: self.style.color, width: self.style.width.saturating_sub(2) };
            let text = human::findings(others, self.snapshot, options);
            for line in text.lines() {
                out.push_str(format!("  {line}").trim_end());
                out.push('\n');
            }
        } else {
            out.push('\n');
        }
    }

    fn size(&self, proof: &Verification<'_>, out: &mut String) {
        let words = if is_entangled(proof) {
            format!("{}. Too entangled: nothing is proved, and nothing may be relied on.", count(proof.questions, "question"))
        } else {
            let (questions, screens) = (count(proof.questions, "question"), count(proof.screens, "screen"));
            format!("{questions}, {screens}, {} to an ending", ways(&proof.paths))
        };
        self.lines("  ", &words, out);
    }

    fn endings(&self, proof: &Verification<'_>, out: &mut String) {
        let Some(endings) = proof.endings.as_ref() else {
            if !is_entangled(proof) {
                out.push('\n');
                self.lines("  ", "Endings cannot be told: a decision compares an answer that was not asked.", out);
            }
            return;
        };
        let acuity = self.context.content.acuity.as_ref();
        let mut sorted: Vec<&Ending<'_>> = endings.iter().collect();
        sorted.sort_by_key(|e| e.acuity.and_then(|id| acuity?.rank(id)).unwrap_or(usize::MAX));
        out.push_str("\n  Where they end, most urgent first, and how many ways lead there\n");
        let label = |e: &Ending<'_>| {
            let level = e.acuity.and_then(|id| acuity?.levels.iter().find(|l| l.id.value == id));
            level.map_or_else(|| e.acuity.unwrap_or("another journey").to_owned(), |l| visible(l.label.value).into_owned())
        };
        let wide = |text: &str| unicode_width::UnicodeWidthStr::width(text);
        let labels = sorted.iter().map(|e| wide(&label(e))).max().unwrap_or(0);
        let counts = sorted.iter().map(|e| number(&e.paths).len()).max().unwrap_or(0);
        let ids = sorted.iter().map(|e| wide(&e.id)).max().unwrap_or(0);
        let fits = 4 + counts + 2 + labels + 2 + ids <= self.style.width;
        for ending in sorted {
            let (paths, label) = (number(&ending.paths), label(ending));
            let pad = " ".repeat(labels.saturating_sub(wide(&label)));
            if fits {
                out.push_str(&format!("    {paths:>counts$}  {label}{pad}  {}\n", visible(&ending.id)));
            } else {
                out.push_str(&format!("    {paths}\n      {label}  {}\n", visible(&ending.id)));
            }
        }
    }

    fn rules(&self, journey: &Journey<'a>, proof: &Verification<'a>, words: &Words<'_, 'a>, out: &mut String) {
        if journey.safety.is_empty() {
            out.push_str("\n  It has no safety rules.\n");
            return;
        }
        let held = proof.safety.iter().filter(|v| v.holds == Some(true)).count();
        out.push_str(&format!("\n  Safety rules: {} of {} hold\n", number(held), number(journey.safety.len())));
        for (rule, verdict) in journey.safety.iter().zip(&proof.safety) {
            self.rule(rule, verdict, words, out);
        }
    }

    fn rule(&self, rule: &SafetyRule<'a>, verdict: &Verdict<'a>, words: &Words<'_, 'a>, out: &mut String) {
        let hazard = rule.hazard.map_or(String::new(), |h| format!(" ({})", h.value));
        let state = match verdict.holds {
            Some(true) => "",
            Some(false) => "BROKEN: ",
            None => "NOT PROVED: ",
        };
        self.marked(verdict.holds == Some(true), &format!("{state}{}{hazard}", rule.id.value), out);
        self.lines("      ", &words.rule(rule), out);
        let end = |n: usize| verdict.ends.get(n).map_or_else(|| "an ending".to_owned(), |id| self.ending(id));
        match (&verdict.counterexample, &verdict.counterexample_more) {
            (Some(less), Some(more)) => {
                self.answers("These answers", less, None, words, out);
                self.lines("      ", &format!("end at {}. The same but for", end(0)), out);
                self.answers("", more, Some(less), words, out);
                self.lines("      ", &format!("ends at {}, which is less urgent.", end(1)), out);
            }
            (Some(answers), None) => {
                self.answers("These answers break it:", answers, None, words, out);
                if !verdict.ends.is_empty() {
                    self.lines("      ", &format!("They end at {}.", end(0)), out);
                }
            }
            (None, _) => {}
        }
    }

    /// A person's answers, a line each; where there are `others`, only those that they lack.
    fn answers(&self, lead: &str, answers: &Answers<'a>, others: Option<&Answers<'a>>, words: &Words<'_, 'a>, out: &mut String) {
        if !lead.is_empty() {
            self.lines("      ", lead, out);
        }
        if answers.0.is_empty() {
            self.lines("        ", "none: it ends before anything is asked", out);
        }
        for (given, (question, answer)) in answers.0.iter().zip(words.answers(answers)) {
            if others.is_none_or(|o| !o.0.contains(given)) {
                self.lines("        ", &format!("{question} {answer}"), out);
            }
        }
    }

    fn vignettes(&self, journey: &Journey<'_>, proof: &Verification<'_>, out: &mut String) {
        if journey.vignettes.is_empty() {
            out.push_str("\n  It has no vignettes.\n");
            return;
        }
        let all = || journey.vignettes.iter().enumerate().map(|(n, v)| (v, proof.vignettes.get(n)));
        let passed = all().filter(|(v, r)| r.is_some_and(|r| passes(v.ends.value, r))).count();
        out.push_str(&format!("\n  Vignettes: {} of {} end where they say\n", number(passed), number(journey.vignettes.len())));
        for (vignette, replayed) in all() {
            let says = self.ending(vignette.ends.value);
            let (good, words) = match replayed {
                Some(Replayed::Ends(Some(end))) if end == vignette.ends.value => (true, says),
                Some(Replayed::Ends(Some(end))) => (false, format!("ends at {}, not at {says}", self.ending(end))),
                Some(Replayed::Ends(None)) => (false, "comes to no ending".to_owned()),
                Some(Replayed::Missing(key)) => (false, format!("does not answer `{key}`, which is asked")),
                Some(Replayed::NoSuchAnswer(key, _)) => (false, format!("gives `{key}` an answer that it does not have")),
                Some(Replayed::NotAsked(key, _)) => (false, format!("answers `{key}`, which is not asked")),
                None => (false, "not tried".to_owned()),
            };
            let state = if good { "" } else { "FAILS: " };
            self.marked(good, &format!("{state}{} → {words}", vignette.name.value), out);
        }
    }

    /// An ending by its title.
    fn ending(&self, id: &str) -> String {
        self.context.content.get(id).map_or_else(|| id.to_owned(), |item| format!("“{}”", item.title()))
    }

    /// A line with a sign for good or bad.
    fn marked(&self, good: bool, text: &str, out: &mut String) {
        let (sign, color) = if good { ("✓", GREEN) } else { ("✗", RED) };
        let (on, off) = self.codes(color);
        for (n, line) in wrap(text, self.style.width.saturating_sub(6)).iter().enumerate() {
            let lead = if n == 0 { format!("    {on}{sign}{off} ") } else { "      ".to_owned() };
            out.push_str(&format!("{lead}{line}\n"));
        }
    }

    fn lines(&self, margin: &str, text: &str, out: &mut String) {
        for (n, line) in wrap(text, self.style.width.saturating_sub(margin.len() + 2)).iter().enumerate() {
            let further = if n > 0 && margin.len() > 6 { "  " } else { "" };
            out.push_str(&format!("{margin}{further}{line}\n"));
        }
    }

    fn codes(&self, on: &'static str) -> (&'static str, &'static str) {
        if self.style.color { (on, OFF) } else { ("", "") }
    }
}

/// `1 way`, `1,024 ways`.
fn ways(paths: &BigUint) -> String {
    if *paths == BigUint::from(1_u8) { "1 way".to_owned() } else { format!("{} ways", number(paths)) }
}
