//! A link definition whose label was defined before.
//!
//! Of two definitions `[help]: …` the first counts, wherever it stands, and the second, which a reviewer also reads,
//! counts for nothing. A link could lead elsewhere than it seems to.
//!
//! ## Example
//! ```md
//! [help]: resource/example-helpline
//! [help]: https://example.org/
//! ```
//!
//! ## Instead
//! ```md
//! Call the [helpline](resource/example-helpline).
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::Refusal;

pub const RULE: Rule = Rule {
    code: "Y023",
    name: "second-definition",
    severity: Severity::Error,
    source: include_str!("y023_second_definition.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for (refusal, span) in file.body().into_iter().flat_map(|b| &b.refusals) {
        let Refusal::SecondDefinition { label, first } = refusal else { continue };
        sink.push(
            file.finding(*span, format!("the label `{label}` is defined twice, and only the first definition counts"))
                .also(&file.file.path, *first, "defined first here")
                .help("remove one of the two"),
        );
    }
}
