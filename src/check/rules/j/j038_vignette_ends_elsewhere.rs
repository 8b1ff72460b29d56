//! A vignette ends elsewhere than it says, or its answers do not fit the journey.
//!
//! A vignette is a person whom the authors had in mind. If that person is now sent elsewhere, either the journey or the
//! vignette is wrong, and somebody has to say which.
//!
//! ## Example
//! ```yaml
//! vignettes:
//!   - {name: Low for weeks, answers: {danger: no, weeks: 3}, ends: outcome/self-care-mood}
//! ```
//!
//! ## Instead
//! ```yaml
//! vignettes:
//!   - {name: Low for weeks, answers: {danger: no, weeks: 3}, ends: outcome/talking-therapies}
//! ```

use crate::check::{Check, FileContext, Rule, Sink, proof};
use crate::diag::Severity;
use crate::journey::vignette::Replayed;

pub const RULE: Rule = Rule {
    code: "J038",
    name: "vignette-ends-elsewhere",
    severity: Severity::Error,
    source: include_str!("j038_vignette_ends_elsewhere.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((journey, verification)) = proof::journey(file) else { return };
    for (vignette, replayed) in journey.vignettes.iter().zip(&verification.vignettes) {
        let name = vignette.name.value;
        sink.push(match replayed {
            Replayed::Ends(Some(end)) if end == vignette.ends.value => continue,
            Replayed::Ends(Some(end)) => file
                .finding(vignette.ends.span, format!("the vignette “{name}” ends at `{end}`"))
                .label("not here")
                .help("decide which is right: the journey, or the vignette"),
            Replayed::Ends(None) => file.finding(vignette.name.span, format!("the vignette “{name}” comes to no ending")),
            Replayed::Missing(key) => file
                .finding(vignette.name.span, format!("the vignette “{name}” does not answer `{key}`, which is asked"))
                .help(format!("add an answer to `{key}`")),
            // An answer that the question does not have is the business of J009.
            Replayed::NoSuchAnswer(..) => continue,
            Replayed::NotAsked(key, span) => file
                .finding(*span, format!("the vignette “{name}” answers `{key}`, which is not asked on its path"))
                .label("not asked")
                .help("remove the answer"),
        });
    }
}
