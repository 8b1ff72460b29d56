//! Journeys, instruments and the scale of urgency, as far as their shape goes. Proofs over all answers begin at J030.

mod j001_one_thing;
mod j002_no_such_target;
mod j003_keys_that_do_not_go_together;
mod j004_leads_nowhere;
mod j005_condition_shape;
mod j006_no_such_answer;
mod j007_safety_rule;
mod j008_rule_id_twice;
mod j009_vignette;
mod j010_bands;
mod j011_vectors;
mod j012_polarity;
mod j014_licence;
mod j015_circle;
mod j016_acuity;
mod j017_item_without_answers;
mod j018_unused_instrument;
mod j019_handover_circle;
mod j020_unreached_step;
mod j030_unasked_answer;
mod j031_falls_through;
mod j032_unreached_in_fact;
mod j033_unreached_ending;
mod j034_never_holds;
mod j035_shadowed;
mod j036_asked_twice;
mod j038_vignette_ends_elsewhere;
mod j039_too_entangled;
mod totals;

use crate::check::{FileContext, Rule};
use crate::model::{Identity, Kind};
use crate::yaml::{Entry, NodeRef};

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[
    &j001_one_thing::RULE,
    &j002_no_such_target::RULE,
    &j003_keys_that_do_not_go_together::RULE,
    &j004_leads_nowhere::RULE,
    &j005_condition_shape::RULE,
    &j006_no_such_answer::RULE,
    &j007_safety_rule::RULE,
    &j008_rule_id_twice::RULE,
    &j009_vignette::RULE,
    &j010_bands::RULE,
    &j011_vectors::RULE,
    &j012_polarity::RULE,
    &j014_licence::RULE,
    &j015_circle::RULE,
    &j016_acuity::RULE,
    &j017_item_without_answers::RULE,
    &j018_unused_instrument::RULE,
    &j019_handover_circle::RULE,
    &j020_unreached_step::RULE,
    &j030_unasked_answer::RULE,
    &j031_falls_through::RULE,
    &j032_unreached_in_fact::RULE,
    &j033_unreached_ending::RULE,
    &j034_never_holds::RULE,
    &j035_shadowed::RULE,
    &j036_asked_twice::RULE,
    &j038_vignette_ends_elsewhere::RULE,
    &j039_too_entangled::RULE,
];

/// The steps of a journey's file, as written, so that one that does not fit its type hides no other.
fn steps<'a>(file: &FileContext<'_, 'a>) -> impl Iterator<Item = Entry<'a>> {
    let is_journey = matches!(file.identity, Identity::Item { kind: Kind::Journey, .. });
    let steps = file.file.data().filter(|_| is_journey).and_then(|d| d.get("steps"));
    steps.into_iter().flat_map(NodeRef::entries)
}
