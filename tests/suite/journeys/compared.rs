//! Known figures of comparisons, and what it means for a question, an answer or an ending to be the same.

use std::path::Path;

use serde_json::{Value as Json, json};
use signpost::journey::compare::{Behaviour, Incomparable, Version, compare};
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::load::Snapshot;
use signpost::model::Content;

const SCALE: &str = "levels:\n- {id: l0, label: L, says: s, within: w, card: none}\n- {id: l1, label: L, says: s, within: w, card: none}\n- {id: l2, label: L, says: s, within: w, card: none}\n";

/// A site of these files, with PHQ-9 and an outcome on each of three levels unless a file says otherwise.
fn site(files: &[(&str, &str)]) -> Snapshot {
    let phq = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/instruments/phq-9.yaml")).unwrap();
    let mut all = vec![("content/instruments/phq-9.yaml", phq.as_str()), ("content/acuity.yaml", SCALE)];
    let outcomes = [0, 1, 2].map(|n| (format!("content/outcomes/o{n}.md"), format!("---\ntitle: O\nacuity: l{n}\n---\n")));
    all.extend(outcomes.iter().map(|(p, t)| (p.as_str(), t.as_str())));
    all.retain(|(path, _)| files.iter().all(|(p, _)| p != path));
    all.extend(files);
    Snapshot::from_texts(all.into_iter().filter(|(_, text)| !text.is_empty()))
}

/// What differs between two sites, told by the journey `j`.
fn told(old: &[(&str, &str)], new: &[(&str, &str)]) -> Result<Json, Incomparable> {
    differs(old, new, |behaviour| behaviour.to_json())
}

fn differs<T>(old: &[(&str, &str)], new: &[(&str, &str)], tell: impl Fn(&Behaviour<'_>) -> T) -> Result<T, Incomparable> {
    within(DEFAULT_LIMIT, old, new, tell)
}

fn within<T>(limit: usize, old: &[(&str, &str)], new: &[(&str, &str)], tell: impl Fn(&Behaviour<'_>) -> T) -> Result<T, Incomparable> {
    let snapshots = [site(old), site(new)];
    let contents = [Content::of(&snapshots[0]), Content::of(&snapshots[1])];
    let [old, new] = [&contents[0], &contents[1]].map(|content| {
        let item = content.get("journey/j").unwrap();
        Version { name: item.name, journey: item.journey().expect("a journey"), content }
    });
    compare(&old, &new, limit).map(|b| tell(&b))
}

/// The steps of journeys, alone.
fn steps(old: &str, new: &str) -> Result<Json, Incomparable> {
    let [old, new] = [old, new].map(|s| format!("title: J\nstart: a\nsteps:\n{s}"));
    told(&[("content/journeys/j.yaml", &old)], &[("content/journeys/j.yaml", &new)])
}

fn phq(cut: u32, first: &str) -> String {
    format!(
        "  a: {{use: instrument/phq-9, go: b}}\n  b:\n    decide:\n{first}      - {{when: {{score: phq-9, at_least: {cut}}}, go: outcome/o1}}\n    otherwise: outcome/o2\n"
    )
}

#[test]
fn moving_the_cut_of_phq_9_by_one_moves_what_scores_just_that() {
    let found = steps(&phq(15, ""), &phq(14, "")).unwrap();
    assert_eq!(found["combinations"], "262144");
    assert_eq!(found["changed"], "30276");
    let moves = found["moves"].as_array().unwrap();
    assert_eq!(moves.len(), 1);
    assert_eq!((&moves[0]["from"], &moves[0]["to"]), (&json!("outcome/o2"), &json!("outcome/o1")));
    assert_eq!((&moves[0]["direction"], &moves[0]["share"]), (&json!("more-urgent"), &json!("0.115493")));
    assert_eq!(moves[0]["example"].as_object().unwrap().len(), 9);

    let first = "      - {when: {answer: a.self-harm, is_not: not-at-all}, go: outcome/o0}\n";
    let found = steps(&phq(15, first), &phq(14, first)).unwrap();
    assert_eq!(found["changed"], "6728");
    assert_eq!(steps(&phq(14, first), &phq(15, first)).unwrap()["moves"][0]["direction"], "less-urgent");
}

#[test]
fn a_journey_written_in_another_way_is_proved_to_do_the_same() {
    let one = "  a: {ask: Q, answers: {y: {label: Y, go: outcome/o0}, n: {label: N}}, go: b}\n  b: {use: instrument/phq-9, go: c}\n  c: {decide: [{when: {score: phq-9, at_least: 10}, go: outcome/o1}], otherwise: outcome/o2}\n";
    let other = "  a: {ask: Q, answers: {n: {label: N, go: phq}, y: {label: Y}}, go: outcome/o0}\n  phq: {use: instrument/phq-9, was: b, go: c}\n  c: {decide: [{when: {not: {score: phq-9, at_most: 9}}, go: d}, {when: {score: phq-9, at_most: 9}, go: outcome/o2}], otherwise: outcome/o0}\n  d: {say: Text, go: outcome/o1}\n";
    let found = steps(one, other).unwrap();
    assert_eq!((&found["same"], &found["changed"], &found["combinations"]), (&json!(true), &json!("0"), &json!("524288")));
}

#[test]
fn questionnaires_may_change_places() {
    let of = |first: &str, second: &str| {
        let other = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/instruments/phq-9.yaml")).unwrap();
        let journey = format!(
            "title: J\nstart: {first}\nsteps:\n  {first}: {{use: instrument/{first}, go: {second}}}\n  {second}: {{use: instrument/{second}, go: c}}\n  c: {{decide: [{{when: {{all: [{{score: phq-9, at_least: 10}}, {{score: other, at_least: 15}}]}}, go: outcome/o1}}], otherwise: outcome/o2}}\n"
        );
        (journey, other)
    };
    let ((old, other), (new, _)) = (of("phq-9", "other"), of("other", "phq-9"));
    let with = |journey| [("content/journeys/j.yaml", journey), ("content/instruments/other.yaml", other.as_str())];
    assert_eq!(told(&with(&old), &with(&new)).unwrap()["same"], true);
    // Past the limit nothing is said but what entangles the two.
    let Err(Incomparable::Entangled { limit, questions }) = within(1_000, &with(&old), &with(&new), |b| b.is_same()) else {
        panic!("compared within the limit");
    };
    assert_eq!(limit, 1_000);
    assert!(questions.iter().all(|q| q.starts_with("phq-9.") || q.starts_with("other.")) && !questions.is_empty(), "{questions:?}");
}

#[test]
fn an_answer_that_a_version_lacks_ends_there_nowhere() {
    let old = "  a: {ask: Q, answers: {x: {label: X, go: outcome/o0}, y: {label: Y, go: outcome/o1}}}\n";
    let new = "  a: {ask: Q, answers: {x: {label: X, go: outcome/o0}, z: {label: Z, go: outcome/o1}}}\n";
    let found = steps(old, new).unwrap();
    assert_eq!((&found["combinations"], &found["changed"]), (&json!("3"), &json!("2")));
    let moves: Vec<(&Json, &Json, &Json)> =
        found["moves"].as_array().unwrap().iter().map(|m| (&m["from"], &m["to"], &m["direction"])).collect();
    let (o1, unknown) = (json!("outcome/o1"), json!("unknown"));
    assert_eq!(moves, [(&Json::Null, &o1, &unknown), (&o1, &Json::Null, &unknown)]);
    // Renamed, it is the same answer.
    let renamed = "  a: {ask: Q, answers: {x: {label: X, go: outcome/o0}, z: {label: Z, was: y, go: outcome/o1}}}\n";
    assert_eq!(steps(old, renamed).unwrap()["same"], true);
}

#[test]
fn possible_answers_are_whole_answers_of_either_version() {
    let number = |min: u32, max: u32| format!("  a: {{ask: Q, number: {{min: {min}, max: {max}}}, go: outcome/o0}}\n");
    // What lies between two ranges is in neither.
    assert_eq!(steps(&number(0, 5), &number(10, 15)).unwrap()["combinations"], "12");
    let any = |ids: &[&str]| {
        let answers: Vec<String> = ids.iter().map(|id| format!("{id}: {{label: L}}")).collect();
        format!("  a: {{ask: Q, choose: any, answers: {{{}}}, go: outcome/o0}}\n", answers.join(", "))
    };
    // Sets of {s, p, q} and sets of {s, r}, of which {} and {s} are in both.
    let found = steps(&any(&["s", "p", "q"]), &any(&["s", "r"])).unwrap();
    assert_eq!((&found["combinations"], &found["changed"]), (&json!("10"), &json!("8")));
}

#[test]
fn a_question_answered_in_another_way_is_another_question() {
    let old = "  a: {ask: Q, answers: {x: {label: X, go: outcome/o0}, y: {label: Y, go: outcome/o1}}}\n";
    let new = "  a: {ask: Q, number: {min: 1, max: 3}, go: b}\n  b: {decide: [{when: {answer: a, at_least: 2}, go: outcome/o0}], otherwise: outcome/o1}\n";
    let found = steps(old, new).unwrap();
    assert_eq!((&found["combinations"], &found["changed"]), (&json!("6"), &json!("3")));
    assert_eq!(found["moves"][0]["example"], json!({"a": 1, "a (before)": "x"}));
}

const ASKS: &str = "title: J\nstart: a\nsteps:\n  a: {ask: Q, answers: {x: {label: X, go: outcome/o0}, y: {label: Y, go: outcome/o1}, z: {label: Z, go: outcome/o2}}}\n";

#[test]
fn the_same_ending_on_another_rank_is_a_move() {
    let old = [("content/journeys/j.yaml", ASKS)];
    let directions = |file: (&str, &str)| {
        let found = told(&old, &[old[0], file]).unwrap();
        let moves = found["moves"].as_array().unwrap().clone();
        moves.iter().map(|m| (m["to"].as_str().unwrap().to_owned(), m["direction"].as_str().unwrap().to_owned())).collect::<Vec<_>>()
    };
    let pair = |to: &str, direction: &str| (to.to_owned(), direction.to_owned());
    assert_eq!(directions(("content/outcomes/o1.md", "---\ntitle: O\nacuity: l2\n---\n")), [pair("outcome/o1", "less-urgent")]);
    let level = |id: &str| format!("- {{id: {id}, label: L, says: s, within: w, card: none}}\n");
    let scale = |ids: &[&str]| "levels:\n".to_owned() + &ids.iter().map(|id| level(id)).collect::<String>();
    // Two levels change places.
    let found = directions(("content/acuity.yaml", &scale(&["l0", "l2", "l1"])));
    assert_eq!(found, [pair("outcome/o1", "less-urgent"), pair("outcome/o2", "more-urgent")]);
    // A level that comes to stand above the others takes their rank, but none of them becomes less urgent than another.
    let found = directions(("content/acuity.yaml", &scale(&["l0", "new", "l1", "l2"])));
    assert_eq!(found, [pair("outcome/o1", "same-urgency"), pair("outcome/o2", "same-urgency")]);
    // Below all others it changes nothing.
    assert!(directions(("content/acuity.yaml", &scale(&["l0", "l1", "l2", "new"]))).is_empty());
}

#[test]
fn a_renamed_ending_is_the_same_one() {
    let renamed = ASKS.replace("outcome/o1", "outcome/now");
    let new = [
        ("content/journeys/j.yaml", renamed.as_str()),
        ("content/outcomes/o1.md", ""),
        ("content/outcomes/now.md", "---\ntitle: O\nacuity: l1\nwas: [o1]\n---\n"),
    ];
    let old = [("content/journeys/j.yaml", ASKS)];
    assert_eq!(told(&old, &new).unwrap()["same"], true);
    // Where the old ending is still there, the new one is another.
    let both = [new[0], new[2]];
    assert_eq!(told(&old, &both).unwrap()["moves"][0]["direction"], "same-urgency");
}

#[test]
fn a_handover_moves_when_its_target_can_end_elsewhere() {
    let hands_over = "title: J\nstart: a\nsteps:\n  a: {ask: Q, answers: {x: {label: X, go: journey/k}, y: {label: Y, go: outcome/o1}}}\n";
    let target = |worst: &str| {
        format!(
            "title: K\nstart: a\nsteps:\n  a: {{ask: Q, answers: {{x: {{label: X, go: outcome/o0}}, y: {{label: Y, go: outcome/{worst}}}}}}}\n"
        )
    };
    let (old, new) = (target("o1"), target("o2"));
    let found = differs(
        &[("content/journeys/j.yaml", hands_over), ("content/journeys/k.yaml", &old)],
        &[("content/journeys/j.yaml", hands_over), ("content/journeys/k.yaml", &new)],
        |b| (b.to_json(), b.is_less_urgent()),
    );
    let (found, is_less_urgent) = found.unwrap();
    assert_eq!((&found["moves"][0]["from"], &found["moves"][0]["to"]), (&json!("journey/k"), &json!("journey/k")));
    assert_eq!(found["moves"][0]["direction"], "unknown");
    assert!(is_less_urgent, "it can end lower");
}

#[test]
fn vignettes_that_end_elsewhere_are_named() {
    let of = |cut: u32, more: &str| {
        format!(
            "title: J\nstart: n\nsteps:\n  n: {{ask: Q, number: {{min: 0, max: 9}}, go: d}}\n  d: {{decide: [{{when: {{answer: n, at_least: {cut}}}, go: outcome/o0}}], otherwise: outcome/o2}}\nvignettes:\n{more}"
        )
    };
    let vignette = |name: &str, n: u32| format!("- {{name: {name}, answers: {{n: {n}}}, ends: outcome/o0}}\n");
    let old = of(5, &(vignette("Hidden", 5) + &vignette("Stays", 8) + &vignette("Gone", 6)));
    // Answers changed so that the ending stays are followed all the same.
    let new = of(7, &(vignette("Hidden", 7) + &vignette("Stays", 8) + &vignette("Added", 6)));
    let found = told(&[("content/journeys/j.yaml", &old)], &[("content/journeys/j.yaml", &new)]).unwrap();
    let elsewhere = |name: &str| json!({"name": name, "from": "outcome/o0", "to": "outcome/o2"});
    assert_eq!(found["vignettes"], json!([elsewhere("Hidden"), elsewhere("Added"), elsewhere("Gone")]));
}

#[test]
fn versions_that_are_no_function_are_not_compared() {
    let sound = "  a: {ask: Q, answers: {x: {label: X}}, go: outcome/o0}\n";
    let told = |steps_of_new: &str| steps(sound, steps_of_new).unwrap_err().to_string();
    assert_eq!(told("  a: {say: S, go: b}\n  b: {say: S, go: a}\n"), "the new version goes round in a circle: a → b");
    assert_eq!(told("  a: {say: S, go: outcome/none}\n"), "the new version leads to `outcome/none`, which is not there");
    let unasked = "  a: {decide: [{when: {answer: b, is: x}, go: outcome/o0}], otherwise: b}\n  b: {ask: Q, answers: {x: {label: X}}, go: outcome/o0}\n";
    assert!(told(unasked).contains("not asked"));
    // What nobody comes to is no part of what a version does.
    let unreached = "  a: {ask: Q, answers: {x: {label: X}}, go: outcome/o0}\n  z: {say: S, go: outcome/none}\n";
    assert_eq!(steps(sound, unreached).unwrap()["same"], true);
}

#[test]
fn a_decision_that_falls_through_ends_nowhere() {
    let of = |cut: u32| {
        format!(
            "  a: {{ask: Q, number: {{min: 0, max: 9}}, go: d}}\n  d: {{decide: [{{when: {{answer: a, at_least: {cut}}}, go: outcome/o0}}]}}\n"
        )
    };
    let found = steps(&of(5), &of(4)).unwrap();
    assert_eq!((&found["moves"][0]["from"], &found["moves"][0]["example"]), (&Json::Null, &json!({"a": 4})));
}
