//! A key that this kind of item does not have.
//!
//! A misspelt key would be passed over in silence, and what it says would be missing on the page. So every key has to
//! be one that the schema knows; `signpost schema KIND` lists them, and an editor set up by `signpost init` offers them.
//!
//! ## Example
//! ```yaml
//! title: Example helpline
//! chanels:
//!   - {type: phone, value: "0808 157 0123"}
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Example helpline
//! channels:
//!   - {type: phone, value: "0808 157 0123"}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::list;
use crate::model::Kind;
use crate::schema::{Problem, Step, Violation, about};

pub const RULE: Rule = Rule {
    code: "S002",
    name: "unknown-key",
    severity: Severity::Error,
    source: include_str!("s002_unknown_key.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        let Problem::Unknown { key, suggestion, known } = &violation.problem else { continue };
        let finding = file.finding(violation.span, format!("there is no key `{key}` {}", violation.whereabouts())).label("unknown key");
        let finding = violation.owned(finding);
        sink.push(match (belongs(file, violation, key), suggestion) {
            (Some(place), _) => finding.help(place),
            (None, Some(s)) => finding.did_you_mean(Some(s)).fix(violation.span, s.clone()),
            (None, None) if known.is_empty() => finding,
            (None, None) => finding.help(format!("the keys that can stand here are {}", known.join(", "))),
        });
    }
}

/// Where a key that is known elsewhere belongs: deeper or higher in this kind, or in another kind.
fn belongs(file: &FileContext<'_, '_>, violation: &Violation<'_>, key: &str) -> Option<String> {
    let schemas = &file.site.schemas;
    let name = file.identity.schema()?;
    let here: Vec<&str> = violation.path.iter().filter_map(|s| if let Step::Key(key) = s { Some(key.as_str()) } else { None }).collect();
    let places = about::places_of(&schemas.builtin(name)?.source, key);
    // Only a place above or below this one: elsewhere the same word may mean something else.
    let mut near = places.iter().filter(|place| place.iter().zip(&here).all(|((key, _), here)| key == here));
    if let (Some(place), None) = (near.next(), near.next()) {
        return Some(match place.last() {
            None => format!("`{key}` belongs to the item itself: begin it in the first column"),
            Some((list, true)) => format!("`{key}` belongs to an entry of `{list}`"),
            Some((map, false)) => format!("`{key}` belongs to `{map}`: indent it more than that"),
        });
    }
    if !here.is_empty() || !places.is_empty() {
        return None;
    }
    let kinds = Kind::ALL.into_iter().filter(|k| schemas.builtin(k.word()).is_some_and(|s| s.source["properties"].get(key).is_some()));
    let kinds: Vec<&str> = kinds.map(Kind::word).collect();
    match kinds.as_slice() {
        [] | [_, _, _, ..] => None,
        few => Some(format!("only {} has `{key}`", list(few, "or"))),
    }
}
