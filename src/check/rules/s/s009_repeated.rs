//! An entry that a list has already.
//!
//! Said twice it is no more true: the same card would be shown twice, and a reader would look for the difference.
//!
//! ## Example
//! ```yaml
//! topics: [topic/sleep, topic/stress, topic/sleep]
//! ```
//!
//! ## Instead
//! ```yaml
//! topics: [topic/sleep, topic/stress]
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::schema::Problem;
use crate::source::Span;

pub const RULE: Rule =
    Rule { code: "S009", name: "repeated", severity: Severity::Error, source: include_str!("s009_repeated.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Repeated(first) = violation.problem else { continue };
        let text = &file.file.text;
        let entry = violation.span.of(text);
        let shown = if entry.contains('\n') || entry.len() > 60 { "this entry".to_owned() } else { format!("`{entry}`") };
        let finding = file.finding(violation.span, format!("{shown} is in {} already", violation.subject()));
        let finding = finding.also(&file.file.path, first, "first here").help("take one of the two out");
        sink.push(violation.owned(match removal(text, violation.span) {
            Some(span) => finding.fix(span, ""),
            None => finding,
        }));
    }
}

/// What has to go for an entry to go: its line, or between brackets the comma before it as well.
fn removal(text: &str, entry: Span) -> Option<Span> {
    let (start, end) = (entry.start as usize, entry.end as usize);
    let line = text.get(..start)?.rfind('\n').map_or(0, |n| n + 1);
    let before = &text[line..start];
    let rest = text.get(end..)?;
    if before.trim() == "-" {
        let after = rest.lines().next().unwrap_or("");
        let is_alone = after.trim().is_empty() || after.trim_start().starts_with('#');
        let end = rest.find('\n').map_or(text.len(), |n| end + n + 1);
        return is_alone.then(|| Span::new(line, end));
    }
    let kept = before.trim_end().strip_suffix(',')?;
    Some(Span::new(line + kept.trim_end().len(), end))
}
