//! Known figures, and this repository's own journeys.

use std::path::Path;

use num_bigint::BigUint;
use signpost::journey::diagram::{DEFAULT_LIMIT, Diagram, Observers};
use signpost::journey::graph::Graph;
use signpost::journey::verify::verify;
use signpost::journey::vignette::Replayed;
use signpost::load::Snapshot;
use signpost::model::Content;

fn own() -> Snapshot {
    Snapshot::from_disk(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap()
}

/// PHQ-9 of this repository in a journey of its own, with one ending a band.
fn bands(decide: &str) -> (Snapshot, &'static str) {
    let phq = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("content/instruments/phq-9.yaml")).unwrap();
    let outcome = |n: usize| format!("---\ntitle: O\nacuity: l{n}\n---\n");
    let journey = format!("title: J\nstart: phq\nsteps:\n  phq: {{use: instrument/phq-9, go: end}}\n  end:\n    decide:\n{decide}");
    let mut files = vec![
        ("content/instruments/phq-9.yaml".to_owned(), phq),
        ("content/journeys/j.yaml".to_owned(), journey),
        (
            "content/acuity.yaml".to_owned(),
            "levels:\n".to_owned()
                + &(0..6).map(|n| format!("- {{id: l{n}, label: L, says: s, within: w, card: none}}\n")).collect::<String>(),
        ),
    ];
    files.extend((0..6).map(|n| (format!("content/outcomes/o{n}.md"), outcome(n))));
    (Snapshot::from_texts(files.iter().map(|(p, t)| (p.as_str(), t.as_str()))), "j")
}

const BANDS: &str = "      - {when: {score: phq-9, at_most: 4}, go: outcome/o5}\n      - {when: {score: phq-9, band: mild}, go: outcome/o4}\n      - {when: {score: phq-9, band: moderate}, go: outcome/o3}\n      - {when: {score: phq-9, band: moderately-severe}, go: outcome/o2}\n    otherwise: outcome/o1\nsafety:\n  - {id: worse-is-never-less-urgent, monotone: phq-9}\n";

#[test]
fn phq_9_bands_hold_the_known_numbers_of_combinations() {
    let (snapshot, name) = bands(BANDS);
    let content = Content::of(&snapshot);
    let found = verify(name, content.get("journey/j").unwrap().journey().unwrap(), &content, DEFAULT_LIMIT);
    let counts: Vec<String> = found.endings.unwrap().iter().rev().map(|e| e.paths.to_string()).collect();
    assert_eq!(counts, ["706", "30256", "130386", "91336", "9460"]);
    assert_eq!(found.paths, BigUint::from(262_144_u32));
    assert_eq!(found.questions, 9);
    assert_eq!(found.safety[0].holds, Some(true));
}

#[test]
fn item_9_above_not_at_all_holds_three_quarters() {
    let (snapshot, name) =
        bands("      - {when: {answer: phq.self-harm, is_not: not-at-all}, go: outcome/o0}\n    otherwise: outcome/o5\n");
    let content = Content::of(&snapshot);
    let found = verify(name, content.get("journey/j").unwrap().journey().unwrap(), &content, DEFAULT_LIMIT);
    assert_eq!(found.endings.unwrap()[0].paths, BigUint::from(196_608_u32));
}

#[test]
fn a_phq_9_needs_on_the_order_of_a_hundred_screens() {
    let (snapshot, name) = bands(BANDS);
    let content = Content::of(&snapshot);
    let graph = Graph::of(name, content.get("journey/j").unwrap().journey().unwrap(), &content);
    let diagram = Diagram::of(&graph, &Observers::default(), DEFAULT_LIMIT).unwrap();
    let screens = diagram.screens(&graph);
    assert!((60..140).contains(&screens), "{screens}");
}

#[test]
fn our_own_journeys_are_proved_and_their_vignettes_end_where_they_say() {
    let snapshot = own();
    let content = Content::of(&snapshot);
    assert!(content.journeys().count() >= 6);
    for (item, journey) in content.journeys() {
        let found = verify(item.name, journey, &content, DEFAULT_LIMIT);
        assert!(found.problems.is_empty(), "{}: {:#?}", item.id(), found.problems);
        assert!(!found.safety.is_empty() && found.safety.iter().all(|v| v.holds == Some(true)), "{}: {:#?}", item.id(), found.safety);
        assert!(journey.vignettes.len() >= 3, "{}", item.id());
        for (vignette, replayed) in journey.vignettes.iter().zip(&found.vignettes) {
            assert_eq!(*replayed, Replayed::Ends(Some(vignette.ends.value.to_owned())), "{}: {}", item.id(), vignette.name.value);
        }
    }
}
