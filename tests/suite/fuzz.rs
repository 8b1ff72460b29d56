//! Random and mutated input never makes the program panic.
//!
//! A short run belongs to every test run; a long one is started by hand:
//! `SIGNPOST_FUZZ_SECONDS=300 cargo test --test suite fuzz -- --ignored`.

use std::path::Path;
use std::time::{Duration, Instant};

use proptest::prelude::*;
use proptest::test_runner::{Config, RngSeed, TestRunner};
use signpost::check::{self, Context};
use signpost::load::Snapshot;

/// Files of this repository to mutate, one of each kind.
const SEEDS: [&str; 8] = [
    "content/topics/sleep.md",
    "content/outcomes/emergency.md",
    "content/resources/national/samaritans.yaml",
    "content/journeys/low-mood.yaml",
    "content/instruments/phq-9.yaml",
    "content/areas/camden.yaml",
    "content/hazards/wrong-number.yaml",
    "content/site.yaml",
];

fn seed(path: &str) -> Vec<u8> {
    std::fs::read(Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

/// Bytes put over, into, and out of a file, and pieces of it moved about.
fn mutate(bytes: &mut Vec<u8>, edits: &[(u8, u32, u8)]) {
    const WORDS: [&str; 16] =
        ["\t", ": ", "- ", "&a ", "*a", "<<: ", "!!str ", "\n---\n", "{", "[", "\"", "|\n", "> [!X] ", "](", "\u{202e}", "é"];
    for (what, at, byte) in edits {
        let at = *at as usize % (bytes.len() + 1);
        match what % 4 {
            0 if at < bytes.len() => bytes[at] = *byte,
            1 => {
                bytes.splice(at..at, WORDS[*byte as usize % WORDS.len()].bytes());
            }
            2 => {
                let end = (at + *byte as usize).min(bytes.len());
                bytes.drain(at..end);
            }
            _ => {
                let end = (at + *byte as usize).min(bytes.len());
                let piece = bytes[at..end].to_vec();
                bytes.extend(piece);
            }
        }
    }
}

fn survives(path: &str, bytes: &[u8]) {
    let dir = tempfile::tempdir().unwrap();
    for (name, content) in
        [("content/site.yaml", seed("content/site.yaml")), ("content/acuity.yaml", seed("content/acuity.yaml")), (path, bytes.to_vec())]
    {
        let file = dir.path().join(name);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, content).unwrap();
    }
    let snapshot = Snapshot::from_disk(dir.path()).unwrap();
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
    let report = check::run(&context);
    let said = signpost::diag::json::render(&report, &snapshot);
    assert!(said.starts_with('{'));
    signpost::diag::human::render(&report, &snapshot, signpost::diag::human::Options { color: false, width: 80 });
}

fn cases() -> impl Strategy<Value = (usize, Vec<(u8, u32, u8)>)> {
    (0..SEEDS.len(), prop::collection::vec((any::<u8>(), any::<u32>(), any::<u8>()), 1..12))
}

fn run(cases_wanted: u32, rng_seed: u64) {
    let mut runner =
        TestRunner::new(Config { cases: cases_wanted, rng_seed: RngSeed::Fixed(rng_seed), failure_persistence: None, ..Config::default() });
    runner
        .run(&cases(), |(file, edits)| {
            let mut bytes = seed(SEEDS[file]);
            mutate(&mut bytes, &edits);
            survives(SEEDS[file], &bytes);
            Ok(())
        })
        .unwrap();
}

#[test]
fn mutated_files_never_make_it_panic() {
    run(120, 7);
}

#[test]
#[ignore = "takes minutes: SIGNPOST_FUZZ_SECONDS=300 cargo test --test suite fuzz -- --ignored"]
fn mutated_files_never_make_it_panic_for_minutes() {
    let seconds = std::env::var("SIGNPOST_FUZZ_SECONDS").ok().and_then(|s| s.parse().ok()).unwrap_or(60);
    let (start, mut round) = (Instant::now(), 0);
    while start.elapsed() < Duration::from_secs(seconds) {
        round += 1;
        run(200, round);
    }
    println!("{} cases", round * 200);
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 200, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn random_bytes_never_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..400), file in 0..SEEDS.len()) {
        survives(SEEDS[file], &bytes);
    }
}
