//! The risk matrix has a gap, a level that it does not explain, or calls what is worse less risky.
//!
//! Every hazard is judged by this table. It has a cell for each of five severities and five likelihoods; the risk of a
//! cell is one of its levels; and more severe or more likely is never less risky.
//!
//! ## Example
//! ```yaml
//! cells:
//!   - {likelihood: 3, risks: [2, 2, 3, 2, 4]}
//! ```
//!
//! ## Instead
//! ```yaml
//! cells:
//!   - {likelihood: 3, risks: [2, 2, 3, 3, 4]}
//! ```

use std::collections::HashMap;

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::list;
use crate::model::{Identity, Singleton};
use crate::source::Span;
use crate::yaml::NodeRef;

pub const RULE: Rule = Rule {
    code: "H005",
    name: "risk-matrix",
    severity: Severity::Error,
    source: include_str!("h005_risk_matrix.rs"),
    check: Check::File(check),
};

/// A row of the table: its likelihood, and the risk of each severity with its place.
type Row = (i64, Vec<(i64, Span)>);

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let (Identity::Singleton(Singleton::RiskMatrix), Some(data)) = (file.identity, file.file.data()) else { return };
    let levels = once_each(file, data, "levels", "level", None, sink);
    once_each(file, data, "severities", "score", Some("severity"), sink);
    once_each(file, data, "likelihoods", "score", Some("likelihood"), sink);
    once_each(file, data, "cells", "likelihood", Some("likelihood"), sink);
    let rows: Vec<Row> = data.get("cells").into_iter().flat_map(NodeRef::items).filter_map(row).collect();
    for (risk, span) in rows.iter().flat_map(|(_, risks)| risks) {
        if !levels.is_empty() && !levels.contains(risk) {
            let finding = file.finding(*span, format!("there is no level {risk}")).label("not found");
            sink.push(finding.help(format!("the levels are {}", list(&levels, "and"))));
        }
    }
    monotone(file, rows, &levels, sink);
}

fn row(node: NodeRef<'_>) -> Option<Row> {
    let risks = node.get("risks")?.items().map(|n| Some((n.int()?, n.span()))).collect::<Option<Vec<_>>>()?;
    Some((node.get("likelihood")?.int()?, risks))
}

/// Whether each number stands once in a list, and where `what` is given, each from 1 to 5. Gives the numbers.
fn once_each(file: &FileContext<'_, '_>, data: NodeRef<'_>, key: &str, number: &str, what: Option<&str>, sink: &mut Sink<'_>) -> Vec<i64> {
    let Some(list_of) = data.entry(key) else { return Vec::new() };
    let mut seen: HashMap<i64, Span> = HashMap::new();
    for (n, span) in list_of.value.items().filter_map(|e| e.get(number)).filter_map(|n| Some((n.int()?, n.span()))) {
        if let Some(first) = seen.get(&n) {
            let finding = file.finding(span, format!("{n} stands twice under `{key}`")).label("given again");
            sink.push(finding.also(&file.file.path, *first, "given first here").help("give each once"));
        } else {
            seen.insert(n, span);
        }
    }
    let missing: Vec<i64> = (1..=5).filter(|n| !seen.contains_key(n)).collect();
    if let Some(what) = what.filter(|_| !missing.is_empty()) {
        let finding = file.finding(list_of.key, format!("`{key}` has no {what} {}", list(&missing, "or")));
        sink.push(finding.help("give each from 1 to 5"));
    }
    let mut numbers: Vec<i64> = seen.into_keys().collect();
    numbers.sort_unstable();
    numbers
}

fn monotone(file: &FileContext<'_, '_>, mut rows: Vec<Row>, levels: &[i64], sink: &mut Sink<'_>) {
    let mut less = |risk: i64, span: Span, other: i64, other_span: Span, more: &str| {
        // A risk that is no level is said already, and compares with nothing.
        if !levels.contains(&risk) || !levels.contains(&other) {
            return;
        }
        let finding = file.finding(span, format!("{more} has the risk {risk}, and the cell before it {other}")).label("less risky");
        sink.push(
            finding
                .also(&file.file.path, other_span, "than this")
                .help("compare the table with its source: what is worse is never less risky"),
        );
    };
    for (_, risks) in &rows {
        for (severity, pair) in risks.windows(2).enumerate() {
            if pair[1].0 < pair[0].0 {
                less(pair[1].0, pair[1].1, pair[0].0, pair[0].1, &format!("severity {}", severity + 2));
            }
        }
    }
    rows.sort_by_key(|(likelihood, _)| *likelihood);
    for pair in rows.windows(2).filter(|pair| pair[0].0 != pair[1].0) {
        for ((less_likely, span), (more_likely, more_span)) in pair[0].1.iter().zip(&pair[1].1) {
            if more_likely < less_likely {
                less(*more_likely, *more_span, *less_likely, *span, &format!("likelihood {}", pair[1].0));
            }
        }
    }
}
