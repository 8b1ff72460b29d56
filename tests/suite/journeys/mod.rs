//! The journey compiler against a naive walk of every path, over random journeys.

mod brute;
mod compared;
mod mutate;
mod own;
mod pairs;
mod picture;
mod random;
mod screens;
mod walked;

use std::collections::BTreeMap;

use proptest::prelude::*;
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::journey::trace::{Answers, Given};
use signpost::journey::verify::{Problem, Verification, verify};
use signpost::load::Snapshot;
use signpost::model::Content;

use brute::{Brute, Path, Value};

/// Paths that the naive walk can afford, and paths that it can hold against each other pair by pair.
const AFFORDABLE: usize = 3_000;
const PAIRS: usize = 700;

fn snapshot(journey: &str) -> Snapshot {
    let texts = random::BASE.iter().copied().chain([("content/journeys/j.yaml", journey)]);
    Snapshot::from_texts(texts)
}

/// `SIGNPOST_CASES=5000` walks more journeys than a test run usually does.
fn cases() -> u32 {
    std::env::var("SIGNPOST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(300)
}

proptest! {
    #![proptest_config(ProptestConfig { cases: cases(), failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn the_compiler_agrees_with_walking_every_path(yaml in random::journey()) {
        compare(&yaml)?;
    }
}

#[test]
fn a_score_that_is_read_at_once_is_not_read_as_if_all_its_points_had_come() {
    // Points that are added after the decision say nothing at the decision.
    let journey = "title: J\nstart: s0\nsteps:\n  s0: {ask: Q, answers: {a0: {label: A, points: 3}, a1: {label: A, points: 0}}, score: burden, go: s1}\n  s1: {decide: [{when: {score: burden, at_least: 0}, go: s2}], otherwise: s3}\n  s2: {ask: Q, answers: {a0: {label: A}, a1: {label: A}}, go: s3}\n  s3: {ask: Q, answers: {a0: {label: A, points: 3}}, score: burden, go: outcome/o2}\nsafety:\n  - {id: r0, whenever: {score: burden, at_least: 3}, outcome: {in: [outcome/o0]}}\n";
    compare(journey).unwrap();
}

fn compare(yaml: &str) -> Result<(), TestCaseError> {
    let snapshot = snapshot(yaml);
    let content = Content::of(&snapshot);
    let item = content.get("journey/j").unwrap();
    let journey = item.journey().expect("a journey");
    let instruments = BTreeMap::from([("mini".to_owned(), content.get("instrument/mini").unwrap().data.unwrap())]);
    let brute = Brute { journey: item.data.unwrap(), instruments };
    let found = verify("j", journey, &content, DEFAULT_LIMIT);
    let paths = brute.paths();
    if paths.len() > AFFORDABLE {
        return Ok(());
    }
    let context = || format!("{yaml}\n{found:#?}");
    let unasked = paths.iter().any(|p| p.end == "unasked");
    prop_assert_eq!(unasked, found.problems.iter().any(|p| matches!(p, Problem::Unasked { .. })), "unasked\n{}", context());
    let fell = paths.iter().any(|p| p.end == "fell");
    prop_assert_eq!(fell, found.problems.iter().any(|p| matches!(p, Problem::FallsThrough { .. })), "fell\n{}", context());
    prop_assert_eq!(unasked, found.endings.is_none(), "endings null\n{}", context());
    if unasked {
        return Ok(());
    }
    let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
    paths.iter().filter(|p| p.end.contains('/')).for_each(|p| *counts.entry(&p.end).or_default() += 1);
    let endings = found.endings.as_ref().unwrap();
    let theirs: BTreeMap<&str, usize> = counts;
    let ours: BTreeMap<&str, usize> = endings.iter().map(|e| (e.id.as_str(), e.paths.to_string().parse().unwrap())).collect();
    prop_assert_eq!(&theirs, &ours, "counts\n{}", context());
    for ending in endings {
        let walked = paths.iter().filter(|p| p.end == ending.id);
        let shortest = walked.map(|p| p.answers.len()).min().unwrap();
        let replayed = replay(&paths, &ending.example);
        prop_assert_eq!(
            replayed.map(|p| (p.end.as_str(), p.answers.len())),
            Some((ending.id.as_str(), shortest)),
            "example\n{}",
            context()
        );
    }
    steps_reached(&paths, &found, yaml)?;
    rules(&brute, &paths, &found, &context())
}

fn steps_reached(paths: &[Path], found: &Verification<'_>, yaml: &str) -> Result<(), TestCaseError> {
    let names: Vec<String> = (0..).map(|n| format!("s{n}")).take_while(|s| yaml.contains(&format!("  {s}:\n"))).collect();
    for problem in &found.problems {
        if let Problem::UnreachedStep { step } = problem {
            prop_assert!(paths.iter().all(|p| !p.steps.contains(&names[*step])), "{} is reached\n{}", names[*step], yaml);
        }
    }
    Ok(())
}

fn rules(brute: &Brute<'_>, paths: &[Path], found: &Verification<'_>, context: &str) -> Result<(), TestCaseError> {
    let rank = |end: &str| random::RANKS[end.strip_prefix("outcome/o").unwrap().parse::<usize>().unwrap()];
    let ended: Vec<&Path> = paths.iter().filter(|p| p.end.contains('/')).collect();
    for (rule, verdict) in brute.journey.get("safety").unwrap().items().zip(&found.safety) {
        let text = |key: &str| rule.get(key).and_then(|n| n.str());
        let asks = |path: &Path, step: &str| path.answers.iter().any(|(k, _)| k.split('.').next() == Some(step));
        let broken = |path: &Path| {
            if let Some(step) = text("asks") {
                return !asks(path, step);
            }
            if let Some(step) = text("asks_first") {
                return path.answers.first().is_none_or(|(k, _)| k.split('.').next() != Some(step));
            }
            let Some(bound) = rule.get("outcome") else { return false };
            if !brute.judges(rule.get("whenever").unwrap(), path) {
                return false;
            }
            let level = |key: &str| bound.get(key).and_then(|n| n.str());
            level("at_least").is_some_and(|_| rank(&path.end) > 1)
                || level("at_most").is_some_and(|_| rank(&path.end) < 1)
                || bound.get("in").is_some_and(|list| list.items().all(|one| one.str() != Some(&path.end)))
        };
        let expected = match text("monotone") {
            Some(_) if ended.len() > PAIRS => continue,
            Some(score) => !worse_pair(brute, &ended, score, &rank),
            None => !ended.iter().any(|p| broken(p)),
        };
        prop_assert_eq!(Some(expected), verdict.holds, "{} {}", verdict.id, context);
        if let (Some(example), None, None) = (&verdict.counterexample, text("monotone"), text("asks_first")) {
            let replayed = replay(paths, example);
            prop_assert!(replayed.is_some_and(&broken), "counterexample of {} {}", verdict.id, context);
            let shortest = ended.iter().filter(|p| broken(p)).map(|p| p.answers.len()).min().unwrap();
            prop_assert_eq!(replayed.unwrap().answers.len(), shortest, "shortest of {} {}", verdict.id, context);
        }
        if let (Some(less), Some(more)) = (&verdict.counterexample, &verdict.counterexample_more) {
            let (less, more) = (replay(paths, less), replay(paths, more));
            let (Some(less), Some(more)) = (less, more) else {
                return Err(TestCaseError::fail(format!("a monotone counterexample is no path: {context}")));
            };
            prop_assert!(rank(&more.end) > rank(&less.end), "monotone counterexample of {} {}", verdict.id, context);
        }
    }
    Ok(())
}

/// Two paths can come from complete answers that differ in one question alone where their common questions have equal
/// answers but one, and that one adds to the score.
fn worse_pair(brute: &Brute<'_>, paths: &[&Path], score: &str, rank: &dyn Fn(&str) -> usize) -> bool {
    let mut points: BTreeMap<(String, Value), i64> = BTreeMap::new();
    let mut adds: Vec<String> = Vec::new();
    for step in brute.journey.get("steps").unwrap().entries() {
        for asked in brute.questions(step.name) {
            if asked.scores.iter().any(|s| s == score) {
                adds.push(asked.key.clone());
            }
            for (value, p, _) in asked.answers {
                points.insert((asked.key.clone(), value), p);
            }
        }
    }
    pairs(paths, &adds, &points, rank)
}

fn pairs(paths: &[&Path], adds: &[String], points: &BTreeMap<(String, Value), i64>, rank: &dyn Fn(&str) -> usize) -> bool {
    for a in paths {
        let of_a: BTreeMap<&str, &Value> = a.answers.iter().map(|(k, v)| (k.as_str(), v)).collect();
        'other: for b in paths {
            if rank(&b.end) <= rank(&a.end) {
                continue;
            }
            let mut differs = None;
            for (key, value) in &b.answers {
                match of_a.get(key.as_str()) {
                    Some(other) if *other != value => {
                        if differs.is_some() {
                            continue 'other;
                        }
                        differs = Some((key, value, *other));
                    }
                    _ => {}
                }
            }
            if let Some((key, more, less)) = differs
                && adds.contains(key)
                && points[&(key.clone(), more.clone())] > points[&(key.clone(), less.clone())]
            {
                return true;
            }
        }
    }
    false
}

fn replay<'p>(paths: &'p [Path], answers: &Answers<'_>) -> Option<&'p Path> {
    let given: Vec<(String, Value)> = answers
        .0
        .iter()
        .map(|(key, given)| {
            let value = match given {
                Given::Choice(id) => Value::Choice((*id).to_owned()),
                Given::Options(ids) => Value::Options(ids.iter().map(|i| (*i).to_owned()).collect()),
                Given::Number(n) => Value::Number(*n),
            };
            (key.to_string(), value)
        })
        .collect();
    paths.iter().find(|p| p.answers == given)
}
