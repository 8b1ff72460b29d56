//! A step does exactly one thing: it asks, uses an instrument, decides or says something.
//!
//! A step that did two things would leave open which comes first, and one that does nothing would be an empty screen.
//!
//! ## Example
//! ```yaml
//! welcome:
//!   say: We ask you a few questions.
//!   ask: Are you in danger right now?
//!   go: mood
//! ```
//!
//! ## Instead
//! ```yaml
//! welcome:
//!   say: We ask you a few questions.
//!   go: danger
//! danger:
//!   ask: Are you in danger right now?
//! ```

use crate::check::outline::HEADS;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::yaml::{Entry, Type};

pub const RULE: Rule = Rule {
    code: "J001",
    name: "one-thing-a-step",
    severity: Severity::Error,
    source: include_str!("j001_one_thing.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for step in super::steps(file).filter(|s| s.value.ty() == Type::Map) {
        let heads: Vec<Entry<'_>> = step.value.entries().filter(|e| HEADS.contains(&e.name)).collect();
        match heads.as_slice() {
            [_] => {}
            [] => {
                let finding =
                    file.finding(step.key, format!("the step `{}` does nothing", step.name)).label("no `ask`, `use`, `decide` or `say`");
                sink.push(
                    finding.help("give it one of `ask` (a question), `use` (an instrument), `decide` (a decision) and `say` (a text)"),
                );
            }
            [first, second, ..] => {
                let names = codes(heads.iter().map(|h| h.name), "and");
                let finding = file.finding(second.key, format!("the step `{}` has {names}, and a step does one thing", step.name));
                let finding = finding.label("a second thing").also(&file.file.path, first.key, "the first");
                sink.push(finding.help("make two steps of it, where the first leads to the second with `go`"));
            }
        }
    }
}
