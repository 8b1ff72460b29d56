//! One person's way through a journey, against the naive walk of every path and against what is proved.

use std::collections::BTreeMap;
use std::path::Path as File;

use proptest::prelude::*;
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::journey::trace::{Answers, Given};
use signpost::journey::verify::verify;
use signpost::journey::walk::{At, Nowhere, State, Walk};
use signpost::load::Snapshot;
use signpost::model::Content;

use super::brute::{Brute, Value};
use super::{AFFORDABLE, random, snapshot};

/// Walks until the answers run out or somebody comes to an end.
fn walked<'a>(walk: &Walk<'_, 'a>, answers: &[Given<'a>]) -> State<'a> {
    let mut state = walk.start();
    let mut left = answers.iter();
    loop {
        state = match state.at {
            At::Text(_) => walk.onward(&state),
            At::Question(..) => match left.next() {
                Some(given) => walk.answer(&state, given).unwrap(),
                None => return state,
            },
            At::Ending(_) | At::Nowhere(_) => return state,
        };
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 100, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn a_walk_ends_where_the_naive_walk_ends(yaml in random::journey()) {
        let snapshot = snapshot(&yaml);
        let content = Content::of(&snapshot);
        let item = content.get("journey/j").unwrap();
        let instruments = BTreeMap::from([("mini".to_owned(), content.get("instrument/mini").unwrap().data.unwrap())]);
        let paths = Brute { journey: item.data.unwrap(), instruments }.paths();
        let walk = Walk { journey: item.journey().unwrap(), content: &content };
        for path in paths.iter().take(AFFORDABLE) {
            let given: Vec<Given<'_>> = path.answers.iter().map(|(_, value)| match value {
                Value::Choice(id) => Given::Choice(id.as_str()),
                Value::Options(ids) => Given::Options(ids.iter().map(String::as_str).collect()),
                Value::Number(n) => Given::Number(*n),
            }).collect();
            let state = walked(&walk, &given);
            let keys: Vec<&String> = path.answers.iter().map(|(key, _)| key).collect();
            prop_assert_eq!(state.answers.0.iter().map(|(key, _)| key).collect::<Vec<_>>(), keys, "{}", yaml);
            match state.at {
                At::Ending(id) => prop_assert_eq!(id, &path.end, "{}", yaml),
                At::Nowhere(Nowhere::Unasked(_)) => prop_assert_eq!("unasked", &path.end, "{}", yaml),
                At::Nowhere(Nowhere::FellThrough(_)) => prop_assert_eq!("fell", &path.end, "{}", yaml),
                at => prop_assert!(!path.end.contains('/'), "{:?} {}\n{}", at, path.end, yaml),
            }
        }
    }
}

#[test]
fn our_own_journeys_walk_to_the_endings_that_are_proved() {
    let snapshot = Snapshot::from_disk(File::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let content = Content::of(&snapshot);
    for (item, journey) in content.journeys() {
        let walk = Walk { journey, content: &content };
        for ending in verify(item.name, journey, &content, DEFAULT_LIMIT).endings.unwrap() {
            let given: Vec<Given<'_>> = ending.example.0.iter().map(|(_, given)| given.clone()).collect();
            let state = walked(&walk, &given);
            assert_eq!((state.at, &state.answers), (At::Ending(ending.id.as_str()), &ending.example));
            // The order of help changes; nothing is left out and nothing added.
            let outcome = content.get(&ending.id).unwrap();
            let mut help: Vec<String> = walk.help(&state).iter().map(|i| i.id()).collect();
            let mut signposts: Vec<String> = outcome.signposts().iter().map(|s| s.value.to_owned()).collect();
            help.sort();
            signposts.sort();
            assert_eq!(help, signposts);
        }
    }
}

#[test]
fn scores_help_and_reports_come_from_the_answers() {
    let snapshot = Snapshot::from_disk(File::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    let content = Content::of(&snapshot);
    let walk = Walk { journey: content.get("journey/low-mood").unwrap().journey().unwrap(), content: &content };
    let mut given = vec![Given::Choice("no")];
    given.extend(["several-days"; 4].map(Given::Choice));
    given.extend(["not-at-all"; 5].map(Given::Choice));
    given.extend([Given::Options(vec!["worry"]), Given::Choice("no")]);
    let state = walked(&walk, &given);
    assert_eq!(state.at, At::Ending("outcome/self-care-mood"));
    assert_eq!(walk.scores(&state), [("phq-9", 4)]);
    let report = walk.report(&state);
    assert_eq!((report[0].points, report[0].band), (4, Some("Minimal")));
    assert_eq!(walk.help(&state)[0].id(), "resource/example-mood-app");
    // What is no answer to the question leads nowhere, and an ending asks nothing more.
    assert!(walk.answer(&walk.start(), &Given::Number(1)).is_none());
    assert!(walk.answer(&walk.start(), &Given::Choice("perhaps")).is_none());
    assert!(walk.answer(&state, &Given::Choice("no")).is_none() && walk.onward(&state) == state);
    assert_eq!(walk.start().answers, Answers::default());
}
