//! The bands of an instrument leave totals out, overlap, or reach beyond what answers can add up to.
//!
//! A person whose total lies in no band is told nothing of what it means, or is sent on as if it were low; one whose total
//! lies in two is told whichever comes first. A band takes both its ends, and the next begins one higher.
//!
//! ## Example
//! ```yaml
//! bands:
//!   - {id: moderate, label: Moderate, from: 10, to: 14}
//!   - {id: severe, label: Severe, from: 16, to: 21}        # "more than 15": nobody has 15
//! ```
//!
//! ## Instead
//! ```yaml
//! bands:
//!   - {id: moderate, label: Moderate, from: 10, to: 14}
//!   - {id: severe, label: Severe, from: 15, to: 21}
//! ```

use std::collections::{BTreeMap, HashMap};

use num_bigint::BigUint;

use super::totals::{MOST, totals};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::{codes, list, number};
use crate::model::{Band, Instrument, Item};
use crate::source::Span;

pub const RULE: Rule =
    Rule { code: "J010", name: "bands", severity: Severity::Error, source: include_str!("j010_bands.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(instrument) = file.item.and_then(Item::instrument) else { return };
    let mut ids: HashMap<&str, Span> = HashMap::new();
    for band in &instrument.bands {
        if let Some(first) = ids.get(band.id.value) {
            let finding = file.finding(band.id.span, format!("there are two bands with the id `{}`", band.id.value));
            sink.push(finding.also(&file.file.path, *first, "given first here").help("give each band an id of its own"));
        } else {
            ids.insert(band.id.value, band.id.span);
        }
    }
    // Items without answers are said elsewhere; no total means anything until they have some.
    if instrument.bands.is_empty() || instrument.items.iter().any(|(_, item)| instrument.answers_of(item).is_empty()) {
        return;
    }
    let (low, high) = instrument.range();
    let mut is_sound = true;
    for band in &instrument.bands {
        is_sound &= one(file, band, low, high, sink);
    }
    overlaps(file, instrument, sink);
    match totals(instrument) {
        // What a band that lies the wrong way round leaves out is no second cause.
        Some(totals) if is_sound => gaps(file, instrument, &totals, sink),
        Some(_) => {}
        None => {
            let span = instrument.bands.first().map(|b| b.id.span).unwrap_or_default();
            let message = format!("the answers make more than {} different totals, so the bands cannot be checked", number(MOST));
            sink.push(file.finding(span, message).help("use smaller points"));
        }
    }
}

/// Looks at one band by itself; whether it lies the right way round.
fn one(file: &FileContext<'_, '_>, band: &Band<'_>, low: i64, high: i64, sink: &mut Sink<'_>) -> bool {
    let (id, from, to) = (band.id.value, band.from.value, band.to.value);
    if from > to {
        let finding = file.finding(band.to.span, format!("the band `{id}` ends at {to}, before it begins at {from}"));
        sink.push(finding.also(&file.file.path, band.from.span, "begins here").help("turn the two round"));
        return false;
    }
    if from < low {
        let finding = file.finding(band.from.span, format!("the band `{id}` begins at {from}, and the lowest total is {low}"));
        sink.push(finding.help(if to < low {
            "no answers lead there: take the band out".to_owned()
        } else {
            format!("let it begin at {low}")
        }));
    }
    if to > high {
        let finding = file.finding(band.to.span, format!("the band `{id}` ends at {to}, and the highest total is {high}"));
        sink.push(finding.help(if from > high {
            "no answers lead there: take the band out".to_owned()
        } else {
            format!("let it end at {high}")
        }));
    }
    true
}

fn overlaps(file: &FileContext<'_, '_>, instrument: &Instrument<'_>, sink: &mut Sink<'_>) {
    let mut bands: Vec<&Band<'_>> = instrument.bands.iter().filter(|b| b.from.value <= b.to.value).collect();
    bands.sort_by_key(|b| (b.from.value, b.to.value));
    let mut widest: Option<&Band<'_>> = None;
    for band in bands {
        if let Some(before) = widest.filter(|before| before.to.value >= band.from.value) {
            let shared = span_of(band.from.value, band.to.value.min(before.to.value));
            let finding = file
                .finding(band.from.span, format!("the bands `{}` and `{}` overlap: {shared} is in both", before.id.value, band.id.value));
            let finding = finding.also(&file.file.path, before.to.span, "the other ends here");
            sink.push(finding.help(format!(
                "a band takes both its ends: after one that ends at {}, the next begins at {}",
                before.to.value,
                before.to.value + 1
            )));
        }
        if widest.is_none_or(|before| before.to.value < band.to.value) {
            widest = Some(band);
        }
    }
}

fn gaps(file: &FileContext<'_, '_>, instrument: &Instrument<'_>, totals: &BTreeMap<i64, BigUint>, sink: &mut Sink<'_>) {
    let within = |total: i64| instrument.bands.iter().any(|b| b.from.value <= total && total <= b.to.value);
    let all: BigUint = totals.values().sum();
    // Totals that follow one another with no band between them are one gap.
    let mut gaps: Vec<Vec<(i64, &BigUint)>> = Vec::new();
    let mut is_open = false;
    for (total, ways) in totals {
        if within(*total) {
            is_open = false;
            continue;
        }
        let between = |last: i64| instrument.bands.iter().any(|b| b.to.value > last && b.to.value < *total);
        match gaps.last_mut().filter(|gap| is_open && gap.last().is_none_or(|(last, _)| !between(*last))) {
            Some(gap) => gap.push((*total, ways)),
            None => gaps.push(vec![(*total, ways)]),
        }
        is_open = true;
    }
    for gap in gaps {
        let (Some((first, _)), Some((last, _))) = (gap.first(), gap.last()) else { continue };
        let ways: BigUint = gap.iter().map(|(_, ways)| *ways).sum();
        let below = instrument.bands.iter().filter(|b| b.to.value < *first).max_by_key(|b| b.to.value);
        let above = instrument.bands.iter().filter(|b| b.from.value > *last).min_by_key(|b| b.from.value);
        let span = above.map(|b| b.from.span).or(below.map(|b| b.to.span)).unwrap_or_default();
        let what = match gap.as_slice() {
            [(one, _)] => format!("a total of {one} has no band"),
            _ => format!("totals of {} have no band", words(&gap)),
        };
        let counted = format!("{} of {} combinations of answers", number(ways), number(&all));
        let mut finding = file.finding(span, format!("{what}: {counted}"));
        if let (Some(below), Some(_)) = (below, above) {
            finding = finding.also(&file.file.path, below.to.span, "the band below ends here");
        }
        let beside: Vec<&str> = below.into_iter().chain(above).map(|b| b.id.value).collect();
        let help = match (below, above) {
            (_, Some(above)) if below.is_none() => format!("let `{}` begin at {first}, or add a band", above.id.value),
            (Some(below), None) => format!("let `{}` end at {last}, or add a band", below.id.value),
            _ => {
                let what = if gap.len() == 1 { format!("{first} belongs") } else { "they belong".to_owned() };
                format!("look up in the publication whether {what} to {}", codes(beside, "or"))
            }
        };
        sink.push(finding.help(help));
    }
}

/// `5 to 9`, or the totals themselves where some between are never reached.
fn words(gap: &[(i64, &BigUint)]) -> String {
    let totals: Vec<i64> = gap.iter().map(|(total, _)| *total).collect();
    match (totals.first(), totals.last()) {
        (Some(first), Some(last)) if last - first == totals.len() as i64 - 1 => span_of(*first, *last),
        (Some(first), Some(last)) if totals.len() > 8 => format!("{first}, … to {last}"),
        _ => list(&totals, "and"),
    }
}

fn span_of(from: i64, to: i64) -> String {
    if from == to { from.to_string() } else { format!("{from} to {to}") }
}
