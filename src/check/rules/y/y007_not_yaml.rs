//! Text that is not YAML.
//!
//! Nothing of the file can be used until it can be read, so this is the first thing to put right. The finding points at
//! the cause as well as can be told: a quotation mark or bracket that is never closed, a space that is missing after a
//! colon, a line that is indented unlike its neighbours.
//!
//! ## Example
//! ```yaml
//! title: 'Beth's helpline'
//! ```
//!
//! ## Instead
//! ```yaml
//! title: "Beth's helpline"
//! ```
//!
//! ## Where it comes from
//! YAML 1.2.2, <https://yaml.org/spec/1.2.2/>.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::yaml::ProblemKind;

pub const RULE: Rule =
    Rule { code: "Y007", name: "not-yaml", severity: Severity::Error, source: include_str!("y007_not_yaml.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for problem in &file.file.problems {
        let ProblemKind::Syntax(trouble) = &problem.kind else { continue };
        let finding = file.finding(problem.span, trouble.says.clone()).help(trouble.help.clone());
        sink.push(match &trouble.fix {
            Some((span, text)) => finding.fix(*span, text.clone()),
            None => finding,
        });
    }
}
