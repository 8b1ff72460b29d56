//! Points of an instrument that run another way than its other items, or than its answers.
//!
//! On some published scales a few items are scored the other way round, and it is easily missed or done to the wrong
//! ones: a total then says the opposite of how somebody feels, with nothing on the page to show it. So an item that runs
//! the other way is asked about, until it says `reverse_scored: true`. An item without answers of its own then has the
//! points of the shared answers turned round; own answers count as they are written. Two answers with the same points
//! are mentioned, because that is how a slip looks, and on some scales it is right.
//!
//! ## Example
//! ```yaml
//! answers:
//!   never: {label: Never, points: 0}
//!   often: {label: Often, points: 1}
//! items:
//!   tense: {ask: I felt tense}
//!   calm:
//!     ask: I felt calm
//!     answers: {never: {label: Never, points: 1}, often: {label: Often, points: 0}}
//! ```
//!
//! ## Instead
//! ```yaml
//!   calm: {ask: I felt calm, reverse_scored: true}
//! ```

use std::collections::HashMap;

use super::j009_vignette::count_points;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::words::count;
use crate::diag::{Finding, Severity};
use crate::model::{Instrument, InstrumentAnswer, Item, Text};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "J012",
    name: "polarity",
    severity: Severity::Warning,
    source: include_str!("j012_polarity.rs"),
    check: Check::File(check),
};

/// Which way points run from the first answer to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Run {
    Up,
    Down,
    /// All the same, or a single answer.
    Flat,
    /// Up and down; where it turns.
    Mixed(usize),
}

type Answers<'s, 'a> = &'s [(Text<'a>, InstrumentAnswer<'a>)];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(instrument) = file.item.and_then(Item::instrument) else { return };
    let own = instrument.items.iter().filter(|(_, item)| !item.answers.is_empty());
    let shared: Option<Answers<'_, '_>> = (!instrument.answers.is_empty()).then_some(&instrument.answers.0);
    for answers in shared.into_iter().chain(own.map(|(_, item)| item.answers.0.as_slice())) {
        order(file, answers, sink);
    }
    let opposed = opposed(instrument);
    let usual = usual(instrument);
    for ((id, item), opposed) in instrument.items.iter().zip(opposed) {
        let run = run(item.answers.0.as_slice());
        let runs_against = matches!((run, usual), (Run::Up, Run::Down) | (Run::Down, Run::Up));
        if item.reverse_scored {
            if matches!(run, Run::Up | Run::Down) && run == usual && !opposed {
                let span = file.file.data().and_then(|d| d.at(["items", id.value, "reverse_scored"])).map_or(id.span, |n| n.span());
                let message = format!("`{}` is said to be scored the other way round, and its points run as those of the others", id.value);
                sink.push(file.finding(span, message).help("turn its points round, or take `reverse_scored` out"));
            }
        } else if runs_against || opposed {
            sink.push(asked(file, id, item.answers.0.as_slice(), runs_against));
        }
    }
}

fn asked(file: &FileContext<'_, '_>, id: &Text<'_>, answers: Answers<'_, '_>, runs_against: bool) -> Finding {
    let points: Vec<String> = answers.iter().map(|(_, a)| a.points.value.to_string()).collect();
    let message = if runs_against {
        format!("the points of `{}` run the other way than those of the other items: {}", id.value, points.join(", "))
    } else {
        format!("the answers of `{}` give the opposite points of the same answers to other items: {}", id.value, points.join(", "))
    };
    let finding = file.finding(id.span, message).label("is it meant so?");
    finding.help("if the publication scores it so, add `reverse_scored: true`; if not, turn its points round")
}

fn run(answers: Answers<'_, '_>) -> Run {
    let mut run = Run::Flat;
    for (n, pair) in answers.windows(2).enumerate() {
        let (before, after) = (pair[0].1.points.value, pair[1].1.points.value);
        run = match (run, before.cmp(&after)) {
            (run, std::cmp::Ordering::Equal) => run,
            (Run::Flat | Run::Up, std::cmp::Ordering::Less) => Run::Up,
            (Run::Flat | Run::Down, std::cmp::Ordering::Greater) => Run::Down,
            _ => return Run::Mixed(n + 1),
        };
    }
    run
}

/// Which way the points of most items run: the shared answers where there are some, else up where any runs up.
fn usual(instrument: &Instrument<'_>) -> Run {
    match run(&instrument.answers.0) {
        run @ (Run::Up | Run::Down) => run,
        _ => {
            let mut runs = instrument.items.iter().filter(|(_, item)| !item.reverse_scored).map(|(_, item)| run(&item.answers.0));
            if runs.any(|run| run == Run::Up) { Run::Up } else { Run::Down }
        }
    }
}

/// An item's answers by their words, with the points that count, and which way those run.
type Profile = (Option<Run>, HashMap<String, i64>);

/// For each item, whether most others give the same words the opposite points, although their points run the same way.
fn opposed(instrument: &Instrument<'_>) -> Vec<bool> {
    // Items with the same answers are one profile, so that a long scale with shared answers costs nothing.
    let mut profiles: Vec<Profile> = Vec::new();
    let (mut members, mut sizes): (Vec<usize>, Vec<usize>) = (Vec::new(), Vec::new());
    for (_, item) in instrument.items.iter() {
        let labels = instrument.answers_of(item).iter().map(|(_, a)| a.label.value.to_lowercase());
        let words = labels.zip(instrument.scores_of(item).map(|(_, points)| points)).collect();
        // What is said to be reverse scored is meant to be opposed, and is no measure for the others either.
        let profile = ((!item.reverse_scored).then(|| run(instrument.answers_of(item))), words);
        let place = profiles.iter().position(|p| *p == profile).unwrap_or_else(|| {
            profiles.push(profile);
            sizes.push(0);
            profiles.len() - 1
        });
        sizes[place] += 1;
        members.push(place);
    }
    let verdicts: Vec<bool> = (0..profiles.len())
        .map(|n| {
            let others: Vec<usize> = (0..profiles.len()).filter(|m| are_opposite(&profiles[n], &profiles[*m])).collect();
            let against: usize = others.iter().map(|m| sizes[*m]).sum();
            // The smaller side is asked about; of two equal sides the later one.
            against > sizes[n] || (against == sizes[n] && others.first().is_some_and(|m| *m < n))
        })
        .collect();
    members.into_iter().map(|m| verdicts[m]).collect()
}

fn are_opposite(one: &Profile, other: &Profile) -> bool {
    if one.0.is_none() || one.0 != other.0 {
        return false;
    }
    let mut common: Vec<(i64, i64)> = one.1.iter().filter_map(|(word, points)| Some((*points, *other.1.get(word)?))).collect();
    common.sort_unstable();
    common.len() >= 2 && common.windows(2).all(|w| w[0].0 < w[1].0 && w[0].1 > w[1].1)
}

/// Points that go up and down within one set of answers, and points that two answers share.
fn order(file: &FileContext<'_, '_>, answers: Answers<'_, '_>, sink: &mut Sink<'_>) {
    if let Run::Mixed(turn) = run(answers)
        && let Some((id, answer)) = answers.get(turn)
    {
        let points: Vec<String> = answers.iter().map(|(_, a)| a.points.value.to_string()).collect();
        let message = format!("the points do not follow the order of the answers: {}", points.join(", "));
        let finding = file.finding(answer.points.span, message).label(format!("`{}` turns back", id.value));
        sink.push(finding.help("compare the points, and the order of the answers, with the publication"));
    }
    let mut seen: HashMap<i64, (&str, Span)> = HashMap::new();
    let mut twice: Option<(&Text<'_>, &InstrumentAnswer<'_>, usize)> = None;
    for (id, answer) in answers {
        if seen.insert(answer.points.value, (id.value, id.span)).is_some() {
            twice = Some((id, answer, twice.map_or(1, |(_, _, n)| n + 1)));
        }
    }
    if let Some((id, answer, n)) = twice {
        let others: Vec<&str> =
            answers.iter().filter(|(o, a)| a.points.value == answer.points.value && o.value != id.value).map(|(o, _)| o.value).collect();
        let message = if n == 1 {
            format!(
                "the answers {} both give {}",
                crate::diag::words::codes(others.iter().chain([&id.value]), "and"),
                count_points(answer.points.value)
            )
        } else {
            format!("{} give the same points as another", count(n, "answer"))
        };
        let finding = file.finding(answer.points.span, message).help("compare the points with the publication; on some scales it is right");
        sink.push_as(Severity::Advice, finding);
    }
}
