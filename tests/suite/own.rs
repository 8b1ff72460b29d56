//! This repository's own content and the blueprints, as far as reading and schemas go.

use std::path::Path;

use signpost::check::{self, Context};
use signpost::load::Snapshot;
use signpost::source::Lines;

#[test]
fn our_own_content_reads_well() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut wrong = String::new();
    let blueprints = std::fs::read_dir(root.join("blueprints")).unwrap().map(|e| e.unwrap().path());
    for root in std::iter::once(root.to_owned()).chain(blueprints.filter(|p| p.join("content").is_dir())) {
        let snapshot = Snapshot::from_disk(&root).unwrap();
        let report = check::run(&Context::new(&snapshot, jiff::civil::date(2026, 11, 21)));
        for finding in report.findings.iter().filter(|f| f.code.starts_with(['Y', 'S'])) {
            let text = snapshot.file(&finding.place.file).map_or("", |f| &f.text);
            let at = Lines::new(text).position(finding.place.span.start);
            wrong +=
                &format!("{}/{}:{}:{}: {} {}\n", root.display(), finding.place.file, at.line, at.column, finding.code, finding.message);
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

#[test]
fn looking_at_one_file_finds_what_a_whole_run_finds_there() {
    let snapshot = Snapshot::from_disk(Path::new(env!("CARGO_MANIFEST_DIR"))).unwrap();
    // A day on which much is overdue, so that there is something to find.
    let mut context = Context::new(&snapshot, jiff::civil::date(2031, 1, 1));
    let all = check::run(&context).findings;
    assert!(all.len() > 20, "{}", all.len());
    for file in &snapshot.files {
        // Afresh now and then: what a whole run gathers on the way is not there then.
        if file.path.ends_with("r.yaml") {
            context = Context::new(&snapshot, jiff::civil::date(2031, 1, 1));
        }
        context.look_only_at([file.path.clone()].into());
        let expected: Vec<_> = all.iter().filter(|f| f.place.file == file.path).collect();
        assert_eq!(check::run(&context).findings.iter().collect::<Vec<_>>(), expected, "{}", file.path);
    }
}
