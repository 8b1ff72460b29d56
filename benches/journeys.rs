//! Times proofs and comparisons of journeys by themselves, without the start of a process or the reading of files.
//!
//! `cargo bench --bench journeys -- OLD NEW …`: for each pair of content repositories, every journey is proved in both and
//! its two versions are compared; the fastest of three runs counts. Prints one JSON line a pair. `benches/journeys.py` calls it.

#![allow(clippy::unwrap_used, clippy::expect_used, clippy::print_stdout, reason = "a measurement may fail loudly")]

use std::path::Path;
use std::time::{Duration, Instant};

use signpost::journey::compare::{Version, compare};
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::journey::verify::verify;
use signpost::load::Snapshot;
use signpost::model::Content;

/// That of the program.
#[global_allocator]
static ALLOCATOR: mimalloc::MiMalloc = mimalloc::MiMalloc;

fn main() {
    let folders: Vec<String> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).collect();
    for pair in folders.chunks_exact(2) {
        let snapshots = [0, 1].map(|n: usize| Snapshot::from_disk(Path::new(&pair[n])).unwrap());
        let contents = [Content::of(&snapshots[0]), Content::of(&snapshots[1])];
        let (mut proved, mut compared, mut moved, mut journeys, mut worst) = (Duration::ZERO, Duration::ZERO, 0, 0, 0.0_f64);
        for (item, journey) in contents[0].journeys() {
            let (other, changed) = contents[1].journeys().find(|(other, _)| other.name == item.name).unwrap();
            let both = fastest(|| {
                for (name, journey, content) in [(item.name, journey, &contents[0]), (other.name, changed, &contents[1])] {
                    let found = verify(name, journey, content, DEFAULT_LIMIT);
                    assert!(found.endings.is_some(), "{:?}", found.problems);
                }
            });
            let old = Version { name: item.name, journey, content: &contents[0] };
            let new = Version { name: other.name, journey: changed, content: &contents[1] };
            let against = fastest(|| moved += usize::from(!compare(&old, &new, DEFAULT_LIMIT).unwrap().is_same()));
            proved += both / 2;
            compared += against;
            journeys += 1;
            worst = worst.max(against.as_secs_f64() / (both / 2).as_secs_f64());
        }
        let milliseconds = |d: Duration| d.as_secs_f64() * 1000.0;
        println!(
            "{{\"journeys\": {journeys}, \"moved\": {}, \"verify_ms\": {:.3}, \"compare_ms\": {:.3}, \"times\": {:.2}, \"worst_times\": {worst:.2}}}",
            moved / 3,
            milliseconds(proved),
            milliseconds(compared),
            compared.as_secs_f64() / proved.as_secs_f64()
        );
    }
}

fn fastest(mut work: impl FnMut()) -> Duration {
    let run = |_| {
        let started = Instant::now();
        work();
        started.elapsed()
    };
    (0..3).map(run).min().unwrap_or_default()
}
