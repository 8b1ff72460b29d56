//! The totals that answers to an instrument can make, each with the number of ways to make it. Exact, whatever their size.

use std::collections::BTreeMap;

use num_bigint::BigUint;

use crate::model::Instrument;

/// More different totals than any instrument has; beyond it, counting would take too long to be of use.
pub const MOST: usize = 100_000;

/// Every total with the number of combinations of answers that make it; `None` where there are more than [`MOST`].
pub fn totals(instrument: &Instrument<'_>) -> Option<BTreeMap<i64, BigUint>> {
    let mut totals = BTreeMap::from([(0i64, BigUint::from(1u8))]);
    for (_, item) in instrument.items.iter() {
        let mut next: BTreeMap<i64, BigUint> = BTreeMap::new();
        for (total, ways) in &totals {
            for (_, points) in instrument.scores_of(item) {
                *next.entry(total.checked_add(points)?).or_default() += ways;
            }
            if next.len() > MOST {
                return None;
            }
        }
        totals = next;
    }
    Some(totals)
}
