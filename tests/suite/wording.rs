//! The content of this repository and of the blueprints keeps its own house style.

use std::path::Path;

use signpost::check::{self, Context};
use signpost::diag::Texts;
use signpost::load::Snapshot;
use signpost::source::Lines;

#[test]
fn own_content_and_blueprints_read_well() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let mut found = String::new();
    for folder in ["", "blueprints/mental-health", "blueprints/stop-smoking", "blueprints/blank"] {
        let snapshot = Snapshot::from_disk(&root.join(folder)).unwrap();
        let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
        for finding in check::run(&context).findings.iter().filter(|f| f.code.starts_with('W')) {
            let text = snapshot.text(&finding.place.file).unwrap_or("");
            let at = Lines::new(text).position(finding.place.span.start);
            let words: String = finding.place.span.of(text).chars().take(160).collect();
            let path = Path::new(folder).join(&finding.place.file);
            found += &format!(
                "{}:{}:{}: {} {}\n    {}\n",
                path.display(),
                at.line,
                at.column,
                finding.code,
                finding.message,
                words.replace('\n', " ")
            );
        }
    }
    assert!(found.is_empty(), "{found}");
}
