//! Journeys one by one: what is proved of each, and the findings of its own, as `journey verify` and `hazards` show them.
//!
//! The same rules as in [`super::run`], on the files of journeys alone, so that a proof is made once and no finding differs.

use rayon::prelude::*;

use super::context::{Context, FileContext};
use super::{Check, Sink};
use super::{causes, rules, settle};
use crate::diag::Finding;
use crate::journey::verify::Verification;
use crate::model::{Item, Journey};

/// A journey with what is known of it.
pub struct Judged<'c, 'a> {
    /// The item.
    pub item: &'c Item<'a>,
    /// The journey and what is proved of it; `None` where its file does not read as a journey.
    pub proved: Option<(&'c Journey<'a>, Verification<'a>)>,
    /// Its own findings: of families J and H, and references in its steps and rules that name nothing. Where its file does not read as a journey, all its findings.
    pub findings: Vec<Finding>,
}

/// Judges these journeys, in their order.
pub fn journeys<'c, 'a>(site: &'c Context<'a>, items: &[&'c Item<'a>]) -> Vec<Judged<'c, 'a>> {
    let of_site: Vec<Finding> = rules()
        .filter(|rule| is_own(rule.code))
        .flat_map(|rule| {
            let mut found = Vec::new();
            if let Check::Site(check) = rule.check {
                check(site, &mut Sink::new(rule, &mut found));
            }
            found
        })
        .collect();
    items.par_iter().map(|item| judge(site, item, &of_site)).collect()
}

fn is_own(code: &str) -> bool {
    code.starts_with(['J', 'H'])
}

/// A reference that names nothing is a fault of the journey's behaviour where it is a target or part of a rule.
fn is_of_behaviour(item: &Item<'_>, finding: &Finding) -> bool {
    let parts = ["start", "steps", "safety", "vignettes"].into_iter().filter_map(|key| item.data?.get(key));
    finding.code.starts_with('R') && parts.map(|n| n.span()).any(|s| (s.start..s.end).contains(&finding.place.span.start))
}

fn judge<'c, 'a>(site: &'c Context<'a>, item: &'c Item<'a>, of_site: &[Finding]) -> Judged<'c, 'a> {
    let file = FileContext::new(site, item.file);
    let mut findings = Vec::new();
    for rule in rules() {
        if let Check::File(check) = rule.check {
            check(&file, &mut Sink::new(rule, &mut findings));
        }
    }
    causes::keep_causes(&file, &mut findings);
    findings.extend(of_site.iter().filter(|f| f.place.file == item.file.path).cloned());
    findings.retain_mut(|finding| settle(site, finding));
    if item.journey().is_some() {
        findings.retain(|f| is_own(f.code) || is_of_behaviour(item, f));
    }
    findings.sort_by(Finding::by_place);
    findings.dedup();
    let proved = item.journey().zip(file.into_verification());
    Judged { item, proved, findings }
}
