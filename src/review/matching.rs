//! Whether people fill needs: one person fills one need, whatever roles they have. A small matching problem.

use std::collections::{BTreeMap, BTreeSet};

/// A role that still lacks people.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Missing {
    /// The role.
    pub role: String,
    /// How many.
    pub count: usize,
}

/// What is missing of `needs` when these people have signed in these roles.
pub fn fill(needs: &BTreeMap<&str, usize>, signed: &[(&str, &str)], distinct: bool) -> Vec<Missing> {
    let filled = if distinct { matched(needs, signed) } else { counted(needs, signed) };
    let missing = needs.iter().filter_map(|(role, count)| {
        let lacks = count.saturating_sub(filled.get(role).copied().unwrap_or(0));
        (lacks > 0).then(|| Missing { role: (*role).to_owned(), count: lacks })
    });
    missing.collect()
}

/// Each role for itself: a person counts once in every role they signed in.
fn counted<'n>(needs: &BTreeMap<&'n str, usize>, signed: &[(&str, &str)]) -> BTreeMap<&'n str, usize> {
    let people = |role: &str| signed.iter().filter(|(_, r)| *r == role).map(|(person, _)| *person).collect::<BTreeSet<_>>().len();
    needs.keys().map(|role| (*role, people(role))).collect()
}

/// Every person once: augmenting paths, as many as there are places.
fn matched<'n>(needs: &BTreeMap<&'n str, usize>, signed: &[(&str, &str)]) -> BTreeMap<&'n str, usize> {
    let places: Vec<&'n str> = needs.iter().flat_map(|(role, count)| std::iter::repeat_n(*role, (*count).min(signed.len()))).collect();
    let mut holder: BTreeMap<&str, usize> = BTreeMap::new();
    for place in 0..places.len() {
        augment(place, &places, signed, &mut holder, &mut BTreeSet::new());
    }
    let mut filled = BTreeMap::new();
    for place in holder.values() {
        *filled.entry(places[*place]).or_insert(0) += 1;
    }
    filled
}

fn augment<'s>(
    place: usize,
    places: &[&str],
    signed: &[(&'s str, &str)],
    holder: &mut BTreeMap<&'s str, usize>,
    tried: &mut BTreeSet<&'s str>,
) -> bool {
    for (person, _) in signed.iter().filter(|(_, role)| *role == places[place]) {
        if !tried.insert(person) {
            continue;
        }
        let is_free = match holder.get(person).copied() {
            Some(other) => augment(other, places, signed, holder, tried),
            None => true,
        };
        if is_free {
            holder.insert(person, place);
            return true;
        }
    }
    false
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn missing(needs: &[(&str, usize)], signed: &[(&str, &str)], distinct: bool) -> Vec<(String, usize)> {
        fill(&needs.iter().copied().collect(), signed, distinct).into_iter().map(|m| (m.role, m.count)).collect()
    }

    #[test]
    fn one_person_fills_one_need() {
        let both = [("safety", 1), ("clinical", 1)];
        let one = [("ann", "safety"), ("ann", "clinical")];
        assert_eq!(missing(&both, &one, true).len(), 1);
        assert!(missing(&both, &one, false).is_empty());
        // Ann could do either, Ben only one: Ann takes the other.
        let two = [("ann", "clinical"), ("ann", "safety"), ("ben", "clinical")];
        assert!(missing(&both, &two, true).is_empty());
        assert_eq!(missing(&[("clinical", 2)], &[("ann", "clinical"), ("ann", "clinical")], false), [("clinical".to_owned(), 1)]);
        assert_eq!(missing(&[("clinical", 1_000_000_000)], &[], true), [("clinical".to_owned(), 1_000_000_000)]);
    }

    proptest! {
        #[test]
        fn agrees_with_trying_everything(signed in proptest::collection::vec((0usize..4, 0usize..3), 0..7), needs in proptest::collection::vec(0usize..3, 3)) {
            const PEOPLE: [&str; 4] = ["a", "b", "c", "d"];
            const ROLES: [&str; 3] = ["x", "y", "z"];
            let signed: Vec<(&str, &str)> = signed.into_iter().map(|(p, r)| (PEOPLE[p], ROLES[r])).collect();
            let needs: BTreeMap<&str, usize> = ROLES.into_iter().zip(needs).filter(|(_, n)| *n > 0).collect();
            // Every way of giving each person one role, or none.
            let mut best = usize::MAX;
            for code in 0..4usize.pow(4) {
                let role = |person: usize| (code / 4usize.pow(u32::try_from(person).unwrap())) % 4;
                let given: Vec<&str> = (0..4).filter_map(|p| ROLES.get(role(p)).filter(|r| signed.contains(&(PEOPLE[p], r))).copied()).collect();
                let lacks = needs.iter().map(|(r, n)| n.saturating_sub(given.iter().filter(|g| *g == r).count())).sum();
                best = best.min(lacks);
            }
            prop_assert_eq!(fill(&needs, &signed, true).iter().map(|m| m.count).sum::<usize>(), best);
        }
    }
}
