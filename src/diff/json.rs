//! The JSON of `diff` (CLI.md; schemas/cli/diff.schema.json).

use serde_json::{Value, json};

use super::{Change, ChangeKind, Remark};
use crate::diag::escape;
use crate::journey::compare::Behaviour;

/// All changes. `head` is `None` for the working tree.
pub fn render(base: &str, head: Option<&str>, changes: &[Change<'_, '_>]) -> String {
    let items: Vec<Value> = changes.iter().map(item).collect();
    escape::json(&json!({ "version": 1, "base": base, "head": head, "items": items }))
}

fn item(change: &Change<'_, '_>) -> Value {
    let fields = change.fields.iter().map(|f| json!({ "path": f.pointer(), "from": f.from, "to": f.to }));
    let mut item = json!({
        "id": change.id,
        "change": change.kind.word(),
        "class": change.class.word(),
        "less_urgent": change.is_less_urgent,
        "fingerprint": { "from": change.fingerprints.0, "to": change.fingerprints.1 },
        "fields": fields.collect::<Vec<_>>(),
        "remarks": change.remarks.iter().map(remark).collect::<Vec<_>>(),
        "moves_journeys": change.moves,
        "appears_in": change.appears,
    });
    if let ChangeKind::Renamed(from) = &change.kind {
        item["renamed_from"] = from.as_str().into();
    }
    if let Some(behaviour) = change.compared() {
        item["behaviour"] = Behaviour::to_json(behaviour);
    }
    item
}

fn remark(remark: &Remark) -> Value {
    json!({
        "code": remark.code.code,
        "severity": remark.code.severity.word(),
        "class": remark.class.word(),
        "path": remark.path,
        "message": match &remark.because {
            Some(because) => format!("{}: {because}", remark.code.name),
            None => remark.code.name.to_owned(),
        },
    })
}
