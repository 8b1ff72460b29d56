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
