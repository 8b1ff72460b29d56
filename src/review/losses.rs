//! What a service can lose that people in an urgent situation rely on.

use serde_json::{Map, Value};

use crate::load::File;

/// Whether a service lost hours, a channel, somebody it is for, or its type.
pub(super) fn between(old: &File, new: &File) -> bool {
    let (Some(before), Some(after)) = (fields(old), fields(new)) else { return true };
    let same = |key: &str| before.get(key) == after.get(key);
    let channels = |map: &Map<String, Value>| map.get("channels").and_then(Value::as_array).cloned().unwrap_or_default();
    let now = channels(&after);
    // A channel is kept where one of its type has the same hours; another number on it is no loss.
    let key = |c: &Value| (c["type"].to_string(), c["hours"].to_string(), c["until"].to_string(), c["from"].to_string());
    let is_lost = |channel: &Value| {
        let alike = |all: &[Value]| all.iter().filter(|c| key(c) == key(channel)).count();
        alike(&now) < alike(&channels(&before))
    };
    !same("type") || !same("eligibility") || !same("status") || channels(&before).iter().any(is_lost)
}

fn fields(file: &File) -> Option<Map<String, Value>> {
    match file.data()?.to_json() {
        Value::Object(map) => Some(map),
        _ => None,
    }
}
