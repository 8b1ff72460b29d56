//! A text that is too long or empty, or a list with too few or too many entries.
//!
//! An advert's headline of more than 30 characters is cut off, a title of more than 90 does not fit its heading, and a
//! service without a channel cannot be reached. The finding marks what is too long.
//!
//! ## Example
//! ```yaml
//! headlines: [Cannot sleep again tonight? Help is here]
//! ```
//!
//! ## Instead
//! ```yaml
//! headlines: [Can't sleep? Help is here]
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::count;
use crate::schema::Problem;
use crate::yaml::Type;

pub const RULE: Rule = Rule {
    code: "S008",
    name: "wrong-size",
    severity: Severity::Error,
    source: include_str!("s008_wrong_size.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Size { limit, is_most, is_text } = violation.problem else { continue };
        let node = violation.node;
        let limit = usize::try_from(limit).unwrap_or(usize::MAX);
        let (subject, noun) = (violation.subject(), if is_text { "character" } else { "entry" });
        let counted = |n: usize| if noun == "entry" && n != 1 { format!("{n} entries") } else { count(n, noun) };
        let text = node.str().unwrap_or("");
        let has = match node.ty() {
            Type::List => node.items().len(),
            Type::Map => node.entries().len(),
            _ => text.chars().count(),
        };
        let mut span = violation.span;
        let (message, help) = if is_most {
            if let Some((start, _)) = text.char_indices().nth(limit).filter(|_| is_text) {
                span = node.span_within(start..text.len());
            }
            (
                format!("{subject} has {}, and {} is the most", counted(has), limit),
                format!("make it {} shorter", counted(has.saturating_sub(limit))),
            )
        } else if has == 0 {
            let help = violation.key().and_then(|key| violation.example_line(key));
            (
                format!("{subject} is empty"),
                help.map_or_else(|| "fill it in, or take the key out".into(), |line| format!("write, for example, `{line}`")),
            )
        } else {
            (format!("{subject} has {}, and needs at least {limit}", counted(has)), "add what is missing".to_owned())
        };
        let help = if is_most && !is_text { format!("take {} out", counted(has.saturating_sub(limit))) } else { help };
        sink.push(violation.owned(file.finding(span, message)).help(help));
    }
}
