//! A worked example of an instrument does not come out as it says.
//!
//! The examples are taken from the publication. Where the program computes something else, either the points and bands
//! were copied wrongly or the example was; until it is known which, nobody's total can be trusted.
//!
//! ## Example
//! ```yaml
//! vectors:
//!   - {points: [1, 1, 0, 2, 0, 0, 1], total: 6, band: mild}
//! ```
//!
//! ## Instead
//! ```yaml
//! vectors:
//!   - {points: [1, 1, 0, 2, 0, 0, 1], total: 5, band: mild}
//! ```

use super::j009_vignette::{are, count_points};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::{codes, count, list};
use crate::model::{Instrument, Item, Vector, suggest};

pub const RULE: Rule =
    Rule { code: "J011", name: "vectors", severity: Severity::Error, source: include_str!("j011_vectors.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(instrument) = file.item.and_then(Item::instrument) else { return };
    for vector in &instrument.vectors {
        one(file, instrument, vector, sink);
    }
}

fn one(file: &FileContext<'_, '_>, instrument: &Instrument<'_>, vector: &Vector<'_>, sink: &mut Sink<'_>) {
    let points = &vector.points.value;
    if points.len() != instrument.items.len() {
        let message = format!("there are {}, and {} given", count(instrument.items.len(), "item"), are(points.len()));
        sink.push(file.finding(vector.points.span, message).help("give the points of each item, in the order of the items"));
        return;
    }
    for ((id, item), point) in instrument.items.iter().zip(points) {
        let scores: Vec<i64> = instrument.scores_of(item).map(|(_, points)| points).collect();
        if !scores.is_empty() && !scores.contains(&point.value) {
            let finding = file.finding(point.span, format!("no answer to `{}` gives {}", id.value, count_points(point.value)));
            sink.push(finding.help(format!("its answers give {}", list(&scores, "or"))));
        }
    }
    let total = points.iter().fold(0i64, |sum, p| sum.saturating_add(p.value));
    if total != vector.total.value {
        let message = format!("the points add up to {total}, and the example says {}", vector.total.value);
        sink.push(file.finding(vector.total.span, message).help("compare both with the publication"));
        return;
    }
    let Some(said) = vector.band else { return };
    let bands = || instrument.bands.iter().map(|b| b.id.value);
    let found: Vec<&str> = instrument.bands.iter().filter(|b| b.from.value <= total && total <= b.to.value).map(|b| b.id.value).collect();
    if !bands().any(|id| id == said.value) {
        let finding = file.finding(said.span, format!("there is no band `{}`", said.value)).label("not found");
        let near = suggest(said.value, bands()).map(str::to_owned);
        sink.push(match near {
            Some(near) => finding.did_you_mean(Some(&near)),
            None => finding.help(format!("the bands are {}", codes(bands(), "and"))),
        });
    } else if !found.contains(&said.value) {
        let lies = if found.is_empty() { "in no band".to_owned() } else { format!("in the band {}", codes(&found, "and")) };
        let message = format!("a total of {total} lies {lies}, and the example says `{}`", said.value);
        sink.push(file.finding(said.span, message).help("compare both with the publication"));
    }
}
