//! The scale of urgency has a level twice, or puts one beside a level that does not come before it.
//!
//! What endings and safety rules mean hangs on this scale. Levels stand from the most urgent to the least; one that is
//! `beside` another shares its rank, and so has to follow it.
//!
//! ## Example
//! ```yaml
//! levels:
//!   - {id: be-seen, label: Be seen, says: Go to A&E., within: 2 hours, card: urgent, beside: call-now}
//!   - {id: call-now, label: Call, says: Call 111., within: 1 hour, card: urgent}
//! ```
//!
//! ## Instead
//! ```yaml
//! levels:
//!   - {id: call-now, label: Call, says: Call 111., within: 1 hour, card: urgent}
//!   - {id: be-seen, label: Be seen, says: Go to A&E., within: 2 hours, card: urgent, beside: call-now}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::codes;
use crate::model::{Identity, Level, Singleton, suggest};

pub const RULE: Rule = Rule {
    code: "J016",
    name: "acuity-scale",
    severity: Severity::Error,
    source: include_str!("j016_acuity.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let (Identity::Singleton(Singleton::Acuity), Some(acuity)) = (file.identity, &file.site.content.acuity) else { return };
    for (n, level) in acuity.levels.iter().enumerate() {
        let before = &acuity.levels[..n];
        if let Some(first) = before.iter().find(|l| l.id.value == level.id.value) {
            let finding =
                file.finding(level.id.span, format!("there are two levels with the id `{}`", level.id.value)).label("given again");
            sink.push(finding.also(&file.file.path, first.id.span, "given first here").help("give each level an id of its own"));
        }
        if let Some(beside) = level.beside.filter(|b| before.iter().all(|l| l.id.value != b.value)) {
            let finding = file.finding(beside.span, problem(level, beside.value, &acuity.levels));
            let near = suggest(beside.value, before.iter().map(|l| l.id.value));
            let is_later = acuity.levels.iter().any(|l| l.id.value == beside.value);
            sink.push(match near {
                _ if level.id.value == beside.value => finding.help("take `beside` out, or name another level"),
                _ if is_later => finding.help("put it after the level that it stands beside"),
                Some(near) => finding.did_you_mean(Some(near)),
                None if before.is_empty() => finding.help("take it out: nothing comes before the first level"),
                None => finding.help(format!("before it come {}", codes(before.iter().map(|l| l.id.value), "and"))),
            });
        }
    }
}

fn problem(level: &Level<'_>, beside: &str, levels: &[Level<'_>]) -> String {
    if level.id.value == beside {
        format!("the level `{beside}` stands beside itself")
    } else if levels.iter().any(|l| l.id.value == beside) {
        format!("`{}` stands beside `{beside}`, which comes only after it", level.id.value)
    } else {
        format!("there is no level `{beside}`")
    }
}
