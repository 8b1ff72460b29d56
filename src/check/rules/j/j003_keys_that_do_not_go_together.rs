//! A step has a key that does not go with what the step does.
//!
//! The key would be passed over in silence, and with it what its author meant: points that count for nothing, an answer
//! whose own way is never taken.
//!
//! ## Example
//! ```yaml
//! symptoms:
//!   ask: Which of these have you noticed?
//!   choose: any
//!   answers:
//!     sleep: {label: Trouble sleeping, go: sleep}
//! ```
//!
//! ## Instead
//! ```yaml
//! symptoms:
//!   ask: Which of these have you noticed?
//!   choose: any
//!   answers:
//!     sleep: {label: Trouble sleeping}
//!   go: check-symptoms
//! check-symptoms:
//!   decide:
//!     - when: {answer: symptoms, includes: sleep}
//!       go: sleep
//!   otherwise: mood
//! ```

use crate::check::outline::HEADS;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::yaml::{Entry, NodeRef};

pub const RULE: Rule = Rule {
    code: "J003",
    name: "keys-that-do-not-go-together",
    severity: Severity::Error,
    source: include_str!("j003_keys_that_do_not_go_together.rs"),
    check: Check::File(check),
};

/// The keys of the schema for a step, and with which of the four they go.
const GOES_WITH: [(&str, &[&str]); 8] = [
    ("help", &["ask", "use"]),
    ("choose", &["ask"]),
    ("answers", &["ask"]),
    ("none", &["ask"]),
    ("number", &["ask"]),
    ("score", &["ask"]),
    ("otherwise", &["decide"]),
    ("go", &["ask", "use", "say"]),
];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for step in super::steps(file) {
        let mut heads = step.value.entries().filter(|e| HEADS.contains(&e.name));
        // A step that does nothing, or two things, has a finding of its own.
        let (Some(head), None) = (heads.next(), heads.next()) else { continue };
        for entry in step.value.entries() {
            let goes_with = GOES_WITH.iter().find(|(key, _)| *key == entry.name).map(|(_, heads)| *heads);
            if let Some(heads) = goes_with.filter(|heads| !heads.contains(&head.name)) {
                wrong_head(file, step.value, head, entry, heads, sink);
            }
        }
        if head.name == "ask" {
            question(file, step, sink);
        }
    }
}

fn wrong_head(file: &FileContext<'_, '_>, step: NodeRef<'_>, head: Entry<'_>, entry: Entry<'_>, heads: &[&str], sink: &mut Sink<'_>) {
    let finding = file.finding(entry.key, format!("`{}` does not go with `{}`", entry.name, head.name)).also(
        &file.file.path,
        head.key,
        "what the step does",
    );
    sink.push(match entry.name {
        "otherwise" if step.get("go").is_none() => finding.help("write `go`").fix(entry.key, "go"),
        "go" if step.get("otherwise").is_none() => finding.help("write `otherwise`").fix(entry.key, "otherwise"),
        "score" if head.name == "use" => finding.help("take it out: an instrument adds to the score of its own name"),
        _ => finding.help(format!("take it out, or move it to a step with {}", codes(heads, "or"))),
    });
}

fn question(file: &FileContext<'_, '_>, step: Entry<'_>, sink: &mut Sink<'_>) {
    let get = |key: &str| step.value.entry(key);
    let is_many = get("choose").is_some_and(|c| c.value.str() == Some("any"));
    if let Some(number) = get("number") {
        for key in ["answers", "choose", "none", "score"].iter().filter_map(|key| get(key)) {
            let finding = file.finding(key.key, format!("`{}` does not go with `number`", key.name)).also(
                &file.file.path,
                number.key,
                "asks for a number",
            );
            sink.push(finding.help(match key.name {
                "score" => "take it out: a number that people give adds no points",
                _ => "a question asks for a number or offers answers: take one of them out",
            }));
        }
        let end = |key: &str| number.value.get(key).and_then(|n| Some((n, n.int()?)));
        if let (Some((low, min)), Some((high, max))) = (end("min"), end("max"))
            && min > max
        {
            let finding = file.finding(high.span(), format!("the highest number, {max}, is below the lowest, {min}"));
            sink.push(finding.also(&file.file.path, low.span(), "the lowest").help("turn the two round"));
        }
        return;
    }
    let Some(answers) = get("answers") else {
        let finding = file.finding(step.key, format!("the question `{}` has no answers", step.name));
        sink.push(finding.help("give it `answers` to choose from, or a `number` with `min` and `max`"));
        return;
    };
    if let Some(none) = get("none").filter(|_| !is_many) {
        let finding = file.finding(none.key, "`none` goes only with `choose: any`");
        sink.push(finding.help("add `choose: any`, or make it an answer like the others"));
    }
    if is_many {
        for go in answers.value.entries().filter_map(|a| a.value.entry("go")) {
            let finding = file.finding(go.key, "where several answers can be chosen, an answer has no `go` of its own");
            sink.push(finding.help("let the step's own `go` lead to a step with `decide`, which looks at what was chosen"));
        }
    }
    points(file, step, answers, sink);
}

fn points(file: &FileContext<'_, '_>, step: Entry<'_>, answers: Entry<'_>, sink: &mut Sink<'_>) {
    let first = answers.value.entries().find_map(|a| a.value.entry("points"));
    match (step.value.entry("score"), first) {
        (Some(score), None) => {
            let name = score.value.str().unwrap_or("");
            let finding = file.finding(score.key, format!("no answer of `{}` has points for the score `{name}`", step.name));
            sink.push(finding.help("give the answers `points`, or take `score` out"));
        }
        (None, Some(points)) => {
            let finding = file.finding(points.key, format!("the points of `{}` go to no score", step.name));
            sink.push(finding.help("name the score under `score`, or take the points out"));
        }
        _ => {}
    }
}
