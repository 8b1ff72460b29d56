//! The hazard log as one table: risks, who accepted them, and for each control whether what it names holds now.
//!
//! Rules of family H report the same facts file by file: what a control names is resolved in [`control`], who may accept a
//! risk in [`acceptance`], for them and for the table alike.

pub mod acceptance;
pub mod control;

use std::collections::HashMap;

use acceptance::{Acceptance, Rated};
use control::{Control, Judge};

use super::context::Context;
use super::judged::{self, Judged};
use crate::diag::Finding;
use crate::model::{Hazard, HazardState, Item, Kind};

/// One hazard with all that is known of it now.
pub struct Entry<'c, 'a> {
    /// The item.
    pub item: &'c Item<'a>,
    /// The hazard.
    pub hazard: &'c Hazard<'a>,
    /// The risk before the controls.
    pub initial: Option<Rated<'c, 'a>>,
    /// The risk after them.
    pub residual: Option<Rated<'c, 'a>>,
    /// Whether the risk that is left is accepted by somebody who may.
    pub acceptance: Acceptance,
    /// The controls in their order.
    pub controls: Vec<Control<'a>>,
    /// Safety rules of journeys that name this hazard, as `journey/…#rule`, and whether each holds.
    pub rules: Vec<(String, Option<bool>)>,
}

impl Entry<'_, '_> {
    /// Whether anything about it has to be put right. In a draft nothing has to yet.
    pub fn is_in_order(&self) -> bool {
        !self.item.is_live() || (self.acceptance.is_in_order() && self.controls.iter().all(|c| c.holds != Some(false)))
    }
}

/// The word for a state in files.
pub fn state_word(state: HazardState) -> &'static str {
    match state {
        HazardState::Open => "open",
        HazardState::Transferred => "transferred",
        HazardState::Closed => "closed",
    }
}

/// Every hazard, given what [`super::run`] found.
pub fn log<'c, 'a>(site: &'c Context<'a>, findings: &[Finding]) -> Vec<Entry<'c, 'a>> {
    let journeys: Vec<&Item<'a>> = site.content.originals().filter(|i| i.kind == Kind::Journey).collect();
    let judged = judged::journeys(site, &journeys);
    let proofs: HashMap<&str, &Judged<'_, '_>> = judged.iter().map(|j| (j.item.name, j)).collect();
    let judge = Judge { site, findings, proofs: &proofs };
    let entry = |(item, hazard): (&'c Item<'a>, &'c Hazard<'a>)| Entry {
        item,
        hazard,
        initial: hazard.initial.map(|risk| Rated::of(site, risk.value)),
        residual: hazard.residual.map(|risk| Rated::of(site, risk.value)),
        acceptance: Acceptance::of(site, item, hazard),
        controls: hazard.controls.iter().map(|c| judge.control(c)).collect(),
        rules: rules(&judged, &item.id()),
    };
    site.content.hazards().map(entry).collect()
}

fn rules(judged: &[Judged<'_, '_>], hazard: &str) -> Vec<(String, Option<bool>)> {
    let of_journey = |j: &Judged<'_, '_>| -> Vec<(String, Option<bool>)> {
        let Some((journey, proof)) = &j.proved else { return Vec::new() };
        let rules = journey.safety.iter().zip(&proof.safety).filter(|(rule, _)| rule.hazard.is_some_and(|h| h.value == hazard));
        rules.map(|(rule, verdict)| (format!("{}#{}", j.item.id(), rule.id.value), verdict.holds)).collect()
    };
    judged.iter().filter(|j| j.item.is_live()).flat_map(of_journey).collect()
}
