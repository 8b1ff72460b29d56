//! An open hazard without controls, or without its risk before and after them.
//!
//! A hazard that is only written down protects nobody. An open one says how great the risk was, what holds it down and
//! how great it is then.
//!
//! ## Example
//! ```yaml
//! title: A number that leads to somebody else
//! state: open
//! initial: {severity: 4, likelihood: 3}
//! ```
//!
//! ## Instead
//! ```yaml
//! title: A number that leads to somebody else
//! state: open
//! initial: {severity: 4, likelihood: 3}
//! residual: {severity: 4, likelihood: 1}
//! accepted_by: clinical-safety-officer
//! controls:
//!   - {text: Every number is held against the country's numbering plan., type: testing, by: P001}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::diag::words::list;
use crate::model::{HazardState, Item};

pub const RULE: Rule = Rule {
    code: "H004",
    name: "open-hazard",
    severity: Severity::Error,
    source: include_str!("h004_open_hazard.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    // A draft is still being written.
    let Some(hazard) = file.item.filter(|i| i.is_live()).and_then(Item::hazard).filter(|h| h.state == HazardState::Open) else { return };
    let lacks = [
        (hazard.initial.is_none(), "no initial risk", "`initial`"),
        (hazard.residual.is_none(), "no residual risk", "`residual`"),
        (hazard.controls.is_empty(), "no controls", "`controls`"),
    ];
    let (what, keys): (Vec<&str>, Vec<&str>) = lacks.iter().filter(|(lacks, ..)| *lacks).map(|(_, what, key)| (*what, *key)).unzip();
    if what.is_empty() {
        return;
    }
    let span = file.file.data().and_then(|d| d.get("state")).map_or_else(Default::default, |n| n.span());
    let finding = file.finding(span, format!("this hazard is open and has {}", list(&what, "and")));
    sink.push(finding.help(format!("add {}", list(&keys, "and"))));
}
