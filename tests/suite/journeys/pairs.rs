//! The comparison of two versions against one complete answer after the other: both versions are walked from the parsed
//! YAML for every answer that either has. It knows no diagram and no counting in bulk, and so can disagree.

use std::collections::{BTreeMap, BTreeSet};

use proptest::prelude::*;
use signpost::journey::compare::{Behaviour, Direction, Version, compare};
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::journey::trace::Given;
use signpost::load::Snapshot;
use signpost::model::Content;
use signpost::yaml::NodeRef;

use super::brute::{Brute, Path, Value};
use super::mutate::{Mutator, Site};
use super::random;

/// Complete answers that can be walked one by one.
const AFFORDABLE: usize = 3_000;

fn cases() -> u32 {
    std::env::var("SIGNPOST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(200)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_comparison_agrees_with_walking_every_complete_answer(
        (old, new) in (random::of_steps(6), 0..7_usize).prop_perturb(|(yaml, changes), mut rng| {
            let old = Site::of(&yaml);
            let mut mutator = Mutator { rng: &mut rng, site: old.clone() };
            (0..changes).for_each(|_| mutator.change());
            (old, mutator.site)
        })
    ) {
        // Both ways: whichever version is the newer.
        agree(&old, &new)?;
        agree(&new, &old)?;
    }
}

/// A question of one version: its own key, its possible answers by their names in both, and these names by its own.
struct Question {
    key: String,
    domain: BTreeMap<Value, Value>,
    ids: BTreeMap<String, String>,
}

struct Walker<'a> {
    brute: Brute<'a>,
    content: &'a Content<'a>,
    /// By the name in both.
    questions: BTreeMap<String, Question>,
}

fn agree(old: &Site, new: &Site) -> Result<(), TestCaseError> {
    let snapshots: [Snapshot; 2] = [old.snapshot(), new.snapshot()];
    let contents = [Content::of(&snapshots[0]), Content::of(&snapshots[1])];
    let context = || format!("OLD {}\n{}\nNEW {}\n{}\n{old:#?}\n{new:#?}", old.journey, old.mini, new.journey, new.mini);
    let versions = [0, 1].map(|n: usize| {
        let item = contents[n].get("journey/j").unwrap();
        Version { name: item.name, journey: item.journey().expect("a journey"), content: &contents[n] }
    });
    let found = compare(&versions[0], &versions[1], DEFAULT_LIMIT);
    let walkers = [0, 1].map(|n: usize| Walker::of(&contents[n], &contents[1 - n]));
    let names: BTreeSet<&String> = walkers.iter().flat_map(|w| w.questions.keys()).collect();
    let domains: Vec<(&String, Vec<Value>)> = names
        .into_iter()
        .map(|name| {
            let of = walkers.iter().filter_map(|w| w.questions.get(name));
            let all: BTreeSet<Value> = of.flat_map(|q| q.domain.keys().cloned()).collect();
            (name, all.into_iter().collect())
        })
        .collect();
    let total: usize = domains.iter().map(|(_, d)| d.len()).product();
    if total > AFFORDABLE {
        return Ok(());
    }
    let mut moves: BTreeMap<(Option<String>, Option<String>), (usize, usize)> = BTreeMap::new();
    let mut is_defined = true;
    for mut number in 0..total {
        let mut answers: BTreeMap<&str, &Value> = BTreeMap::new();
        for (name, domain) in &domains {
            answers.insert(name, &domain[number % domain.len()]);
            number /= domain.len();
        }
        let [(Ok(from), before), (Ok(to), after)] = [walkers[0].walk(&answers), walkers[1].walk(&answers)] else {
            is_defined = false;
            break;
        };
        if is_move(&walkers, from.as_deref(), to.as_deref()) {
            let asked = before.union(&after).count();
            let known = moves.entry((from, to)).or_insert((0, usize::MAX));
            *known = (known.0 + 1, known.1.min(asked));
        }
    }
    let Ok(found) = found else {
        prop_assert!(!is_defined, "{}\n{}", found.unwrap_err(), context());
        return Ok(());
    };
    prop_assert!(is_defined, "compared what is not defined\n{}", context());
    let context = || format!("{}\n{found:#?}", context());
    prop_assert_eq!(found.combinations.to_string(), total.to_string(), "combinations\n{}", context());
    let counted = found.moves.iter().map(|m| {
        // Questions of an instrument each, as many as a person is asked.
        ((m.from.clone(), m.to.clone()), (m.combinations.to_string().parse().unwrap(), m.example.0.len()))
    });
    prop_assert_eq!(&moves, &counted.collect(), "moves\n{}", context());
    let changed: usize = moves.values().map(|(n, _)| n).sum();
    prop_assert_eq!(found.changed.to_string(), changed.to_string(), "changed\n{}", context());
    prop_assert_eq!(found.is_same(), changed == 0);
    directions_and_examples(&walkers, &found, &domains, &context)
}

fn directions_and_examples(
    walkers: &[Walker<'_>; 2],
    found: &Behaviour<'_>,
    domains: &[(&String, Vec<Value>)],
    context: &dyn Fn() -> String,
) -> Result<(), TestCaseError> {
    let mut last = Direction::LessUrgent;
    for moved in &found.moves {
        prop_assert!(moved.direction >= last, "order\n{}", context());
        last = moved.direction;
        let expected = direction(walkers, moved.from.as_deref(), moved.to.as_deref());
        prop_assert_eq!(moved.direction, expected, "{:?}\n{}", moved, context());
        prop_assert_eq!(moved.is_never_less_urgent, matches!(expected, Direction::SameUrgency | Direction::MoreUrgent));
        // The example, answer by answer, leads both versions where the move says; what is not in it is not asked.
        let mut answers: BTreeMap<String, Value> = BTreeMap::new();
        for (key, given) in &moved.example.0 {
            let plain = key.trim_end_matches(" (before)");
            let own = |n: usize| walkers[n].questions.iter().find(|(_, q)| q.key == plain).filter(|_| n == 0 || plain == key);
            let known = own(1).or_else(|| own(0));
            prop_assert!(known.is_some(), "{key}\n{}", context());
            let name = known.unwrap().0.clone();
            let of_both = [1, 0].map(|n: usize| walkers[n].questions.get(&name));
            let id = |id: &str| of_both.iter().flatten().find_map(|q| q.ids.get(id)).cloned().unwrap_or_else(|| id.to_owned());
            let value = match given {
                Given::Choice(one) => Value::Choice(id(one)),
                Given::Number(n) => Value::Number(*n),
                Given::Options(ids) => Value::Options(ids.iter().map(|one| id(one)).collect::<BTreeSet<_>>().into_iter().collect()),
            };
            prop_assert!(domains.iter().any(|(n, all)| **n == name && all.contains(&value)), "{key} {value:?}\n{}", context());
            answers.insert(name, value);
        }
        let given: BTreeMap<&str, &Value> = answers.iter().map(|(name, value)| (name.as_str(), value)).collect();
        for (walker, end) in walkers.iter().zip([&moved.from, &moved.to]) {
            let (ended, _) = walker.walk(&given);
            prop_assert_eq!(ended.as_ref(), Ok(end), "example of {:?}\n{}", moved, context());
        }
    }
    Ok(())
}

impl<'a> Walker<'a> {
    fn of(content: &'a Content<'a>, other: &'a Content<'a>) -> Self {
        let journey = content.get("journey/j").unwrap().data.unwrap();
        let instruments = BTreeMap::from([("mini".to_owned(), content.get("instrument/mini").unwrap().data.unwrap())]);
        let brute = Brute { journey, instruments };
        let others = other.get("journey/j").unwrap().data.unwrap().get("steps").unwrap();
        let own = journey.get("steps").unwrap();
        let mut questions = BTreeMap::new();
        for step in own.entries() {
            let shared = name_in_both(step.name, own, others);
            let kind = kind(step.value);
            let theirs =
                others.get(&shared).or_else(|| others.entries().find(|o| name_in_both(o.name, others, own) == shared).map(|o| o.value));
            let names = |node: NodeRef<'a>| node.get("answers").filter(|_| step.value.get("use").is_none());
            for asked in brute.questions(step.name) {
                let item = asked.key.split_once('.').map_or(String::new(), |(_, i)| format!(".{i}"));
                let answer = |id: &String| match (names(step.value), theirs.and_then(names)) {
                    (Some(own), Some(theirs)) => name_in_both(id, own, theirs),
                    _ => id.clone(),
                };
                let domain = asked.answers.iter().map(|(value, ..)| {
                    let shared = match value {
                        Value::Choice(id) => Value::Choice(answer(id)),
                        Value::Options(ids) => Value::Options(ids.iter().map(answer).collect::<BTreeSet<_>>().into_iter().collect()),
                        Value::Number(n) => Value::Number(*n),
                    };
                    (shared, value.clone())
                });
                let domain = domain.collect();
                let own_ids = asked.answers.iter().flat_map(|(value, ..)| match value {
                    Value::Choice(id) => vec![id.clone()],
                    Value::Options(ids) => ids.clone(),
                    Value::Number(_) => Vec::new(),
                });
                let ids = own_ids.map(|id| (id.clone(), answer(&id))).collect();
                questions.insert(format!("{shared}{item}!{kind}"), Question { key: asked.key.clone(), domain, ids });
            }
        }
        Self { brute, content, questions }
    }

    /// Where a complete answer ends, `None` for nowhere, and the questions that are asked.
    fn walk(&self, answers: &BTreeMap<&str, &Value>) -> (Result<Option<String>, ()>, BTreeSet<String>) {
        let mut target = self.brute.journey.get("start").and_then(NodeRef::str).unwrap();
        let mut path = Path { answers: Vec::new(), end: String::new(), scores: BTreeMap::new(), steps: Vec::new() };
        let mut asked = BTreeSet::new();
        loop {
            if target.contains('/') {
                return (self.content.get(target).map(|_| Some(target.to_owned())).ok_or(()), asked);
            }
            if path.steps.iter().any(|s| s == target) {
                return (Err(()), asked);
            }
            path.steps.push(target.to_owned());
            let step = self.brute.journey.get("steps").unwrap().get(target).unwrap();
            let mut next = step.get("go").and_then(NodeRef::str).map(str::to_owned);
            if let Some(branches) = step.get("decide") {
                next = step.get("otherwise").and_then(NodeRef::str).map(str::to_owned);
                for branch in branches.items() {
                    match self.brute.holds(branch.get("when").unwrap(), &path) {
                        Ok(true) => {
                            next = branch.get("go").and_then(NodeRef::str).map(str::to_owned);
                            break;
                        }
                        Ok(false) => {}
                        Err(()) => return (Err(()), asked),
                    }
                }
            }
            for question in self.brute.questions(target) {
                let (name, known) = self.questions.iter().find(|(_, q)| q.key == question.key).unwrap();
                asked.insert(name.clone());
                let Some(value) = answers.get(name.as_str()).and_then(|value| known.domain.get(*value)) else { return (Ok(None), asked) };
                let (_, points, own) = question.answers.iter().find(|(v, ..)| v == value).unwrap();
                path.answers.push((question.key.clone(), value.clone()));
                for score in &question.scores {
                    *path.scores.entry(score.clone()).or_default() += points;
                }
                next = own.clone().or(next);
            }
            match next.as_deref().and_then(|next| find_target(self.brute.journey, next)) {
                Some(onward) => target = onward,
                None => return (Ok(None), asked),
            }
        }
    }

    fn levels(&self) -> Vec<(String, usize)> {
        let mut found: Vec<(String, usize)> = Vec::new();
        let mut next = 0;
        for level in &self.content.acuity.as_ref().unwrap().levels {
            let beside = level.beside.map(|b| found.iter().find(|(id, _)| id == b.value).unwrap().1);
            found.push((level.id.value.to_owned(), beside.unwrap_or(next)));
            next += usize::from(beside.is_none());
        }
        found
    }

    fn level(&self, end: &str) -> String {
        self.content.get(end).unwrap().outcome().unwrap().acuity.value.to_owned()
    }
}

/// The name of a target as it stands in the journey, to be borrowed from there.
fn find_target<'a>(journey: NodeRef<'a>, name: &str) -> Option<&'a str> {
    fn search<'a>(node: NodeRef<'a>, name: &str) -> Option<&'a str> {
        if node.str() == Some(name) {
            return node.str();
        }
        node.entries().find_map(|e| search(e.value, name)).or_else(|| node.items().find_map(|n| search(n, name)))
    }
    search(journey, name)
}

fn kind(step: NodeRef<'_>) -> usize {
    let has = |key: &str| step.get(key).is_some();
    if has("use") {
        3
    } else if has("number") {
        2
    } else {
        usize::from(has("choose"))
    }
}

/// A step or answer under one name in both versions: the later one's, where one was renamed.
fn name_in_both(name: &str, own: NodeRef<'_>, other: NodeRef<'_>) -> String {
    if other.get(name).is_some() {
        return name.to_owned();
    }
    let was = |node: NodeRef<'_>| node.get("was").and_then(NodeRef::str).map(str::to_owned);
    // The other one that was this; else what this one was, if that is what the other still calls it: this is the later.
    let later = other.entries().find(|e| was(e.value).as_deref() == Some(name) && own.get(e.name).is_none());
    later.map_or_else(|| name.to_owned(), |e| e.name.to_owned())
}

fn same_outcome(walkers: &[Walker<'_>; 2], from: &str, to: &str) -> bool {
    let was = |n: usize, id: &str, other: &str| {
        let item = walkers[n].content.get(id).unwrap();
        item.common.was.iter().any(|w| format!("outcome/{}", w.value) == other)
    };
    from == to || was(1, to, from) || was(0, from, to)
}

fn is_move(walkers: &[Walker<'_>; 2], from: Option<&str>, to: Option<&str>) -> bool {
    let (Some(from), Some(to)) = (from, to) else { return from != to };
    let rank = |n: usize, id: &str| {
        let level = walkers[n].level(id);
        walkers[n].levels().into_iter().find(|(l, _)| *l == level).unwrap().1
    };
    !same_outcome(walkers, from, to) || rank(0, from) != rank(1, to) || direction(walkers, Some(from), Some(to)) != Direction::SameUrgency
}

fn direction(walkers: &[Walker<'_>; 2], from: Option<&str>, to: Option<&str>) -> Direction {
    let (Some(from), Some(to)) = (from, to) else { return Direction::Unknown };
    let scales = [walkers[0].levels(), walkers[1].levels()];
    let ids = |n: usize| scales[n].iter().map(|(id, _)| id.clone()).collect::<BTreeSet<_>>();
    let at = |n: usize, level: &str| scales[n].iter().find(|(l, _)| l == level).map(|(_, r)| *r);
    let (before, after) = (walkers[0].level(from), walkers[1].level(to));
    let (a, b) = (at(0, &before).unwrap(), at(1, &after).unwrap());
    let shared: Vec<(usize, usize)> = scales[0].iter().filter_map(|(id, r)| Some((*r, at(1, id)?))).collect();
    let agree = shared.iter().all(|x| shared.iter().all(|y| x.0.cmp(&y.0) == x.1.cmp(&y.1)));
    let order = if ids(0) == ids(1) {
        Some(a.cmp(&b))
    } else if agree {
        // Both levels on the larger scale, which has all levels of the other.
        let larger = usize::from(ids(1).is_superset(&ids(0)));
        Some(at(larger, &before).unwrap().cmp(&at(larger, &after).unwrap()))
    } else {
        (before == after && a == b).then_some(std::cmp::Ordering::Equal)
    };
    match order {
        Some(std::cmp::Ordering::Less) => Direction::LessUrgent,
        Some(std::cmp::Ordering::Equal) => Direction::SameUrgency,
        Some(std::cmp::Ordering::Greater) => Direction::MoreUrgent,
        None => Direction::Unknown,
    }
}
