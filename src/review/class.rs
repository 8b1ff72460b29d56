//! The class of a change, found and never declared: the highest that any part of it reaches; if in doubt, the higher
//! (REVIEW.md, Class of a change).

use serde_json::{Map, Value};

use super::{policy, prose};
use crate::load::File;
use crate::model::{Acuity, Class, Identity, Kind, Singleton};
use crate::schema::Schemas;

/// What a change amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// How much it means.
    pub class: Class,
    /// Whether somebody is, or could be, sent somewhere less urgent.
    pub less_urgent: bool,
}

impl Change {
    /// No change.
    pub const NONE: Self = Self { class: Class::None, less_urgent: false };
    /// What nobody can tell counts as the most that it could be.
    pub const UNKNOWN: Self = Self { class: Class::Logic, less_urgent: true };

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { class: self.class.max(other.class), less_urgent: self.less_urgent || other.less_urgent }
    }

    fn of(class: Class) -> Self {
        Self { class, less_urgent: false }
    }
}

/// What changed between two versions of an item, which have different fingerprints. `None` is no version at all: the item is
/// new, or was removed.
pub fn between(old: Option<&File>, new: Option<&File>, schemas: &Schemas, acuity: Option<&Acuity<'_>>) -> Change {
    let (Some(old), Some(new)) = (old, new) else {
        return old.or(new).map_or(Change::NONE, |file| whole_file(file, new.is_none()));
    };
    let (Some(before), Some(after)) = (fields(old), fields(new)) else {
        // Templates and schemas are no maps of fields.
        return whole_file(new, false);
    };
    let identity = Identity::of(&new.path);
    let changed = changed_keys(&before, &after);
    let part = match identity {
        Identity::Item { kind, .. } => of_item(kind, &before, &after, &changed, acuity),
        Identity::Singleton(Singleton::Acuity) => Change { class: Class::Logic, less_urgent: sinks(&before, &after) },
        _ => whole_file(new, false),
    };
    let status = if changed.contains(&"status") { of_status(identity, &after) } else { Change::NONE };
    let rest = of_texts(old, new, &before, &after, &changed, schemas, acuity);
    part.and(status).and(rest)
}

/// Something that comes or goes as a whole, or has no parts to look at.
pub(super) fn whole(id: &str, is_gone: bool) -> Change {
    match (policy::kind(id), policy::original(id)) {
        ("journey" | "instrument" | "outcome", _) | (_, "site/acuity") => Change { class: Class::Logic, less_urgent: is_gone },
        ("review" | "template", _) | (_, "site/safety") => Change::of(Class::Logic),
        _ => Change::of(Class::Clinical),
    }
}

fn whole_file(file: &File, is_gone: bool) -> Change {
    Identity::of(&file.path).id().map_or(Change::UNKNOWN, |id| whole(&id, is_gone))
}

/// Whether a service lost hours, a channel, somebody it is for, or its type: what people in an urgent situation rely on.
pub(super) fn loses(old: &File, new: &File) -> bool {
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

/// The keys whose values differ. The order of maps within counts: in some it is seen.
fn changed_keys<'m>(before: &'m Map<String, Value>, after: &'m Map<String, Value>) -> Vec<&'m str> {
    let differs = |key: &&String| before.get(*key).map(Value::to_string) != after.get(*key).map(Value::to_string);
    let mut keys: Vec<&str> = before.keys().chain(after.keys()).filter(differs).map(String::as_str).collect();
    keys.sort_unstable();
    keys.dedup();
    keys
}

fn of_status(identity: Identity<'_>, after: &Map<String, Value>) -> Change {
    let is_gone = after.get("status").is_some_and(|s| s != "live");
    let sends = matches!(identity, Identity::Item { kind: Kind::Journey | Kind::Instrument | Kind::Outcome, .. });
    Change { class: Class::Logic, less_urgent: is_gone && sends }
}

fn of_item(kind: Kind, before: &Map<String, Value>, after: &Map<String, Value>, changed: &[&str], acuity: Option<&Acuity<'_>>) -> Change {
    let has = |keys: &[&str]| changed.iter().any(|key| keys.contains(key));
    let structure = |keys: &[&str]| keys.iter().any(|key| shape(before.get(*key)) != shape(after.get(*key)));
    match kind {
        Kind::Journey => {
            // Until two versions are compared answer by answer, only texts leave everybody where they were.
            let sends = ["start", "steps", "audience"];
            match (has(&["start", "steps", "safety", "personalise", "report"]), structure(&sends)) {
                (_, true) => Change { class: Class::Logic, less_urgent: true },
                (true, false) => Change::of(Class::Logic),
                (false, false) => Change::NONE,
            }
        }
        Kind::Instrument => {
            let parts = ["answers", "items", "bands", "direction"];
            let class = if has(&["answers", "items", "bands", "direction", "ask"]) { Class::Logic } else { Class::None };
            Change { class, less_urgent: structure(&parts) }
        }
        Kind::Outcome if has(&["acuity"]) => {
            let rank = |map: &Map<String, Value>| acuity?.rank(map.get("acuity")?.as_str()?);
            let less_urgent = match (rank(before), rank(after)) {
                (Some(before), Some(after)) => after > before,
                _ => true,
            };
            Change { class: Class::Logic, less_urgent }
        }
        _ => Change::NONE,
    }
}

/// A journey or instrument without the words that people read: what is left decides where they are sent.
fn shape(value: Option<&Value>) -> String {
    fn strip(value: &Value) -> Value {
        match value {
            Value::Object(map) => {
                let kept = map.iter().filter(|(key, value)| !(is_text(key) && value.is_string()));
                kept.map(|(key, value)| Value::Array(vec![key.as_str().into(), strip(value)])).collect()
            }
            Value::Array(items) => items.iter().map(strip).collect(),
            other => other.clone(),
        }
    }
    fn is_text(key: &str) -> bool {
        matches!(key, "ask" | "label" | "say" | "help" | "unit")
    }
    value.map(|v| strip(v).to_string()).unwrap_or_default()
}

/// Whether any level of the scale lies lower than before, or is gone.
fn sinks(before: &Map<String, Value>, after: &Map<String, Value>) -> bool {
    let ranks = |map: &Map<String, Value>| -> Vec<(String, usize)> {
        let levels: Vec<&Value> = map.get("levels").and_then(Value::as_array).into_iter().flatten().collect();
        let mut ranks: Vec<(String, usize)> = Vec::new();
        let mut next = 0;
        for level in levels {
            let beside = level["beside"].as_str().and_then(|b| ranks.iter().find(|(id, _)| id == b).map(|(_, rank)| *rank));
            ranks.push((level["id"].as_str().unwrap_or("").to_owned(), beside.unwrap_or(next)));
            next += usize::from(beside.is_none());
        }
        ranks
    };
    let now = ranks(after);
    ranks(before).iter().any(|(id, rank)| now.iter().find(|(other, _)| other == id).is_none_or(|(_, other)| other > rank))
}

/// The least that a change of any field is, and whether it is no more than a correction of prose.
fn of_texts(
    old: &File,
    new: &File,
    before: &Map<String, Value>,
    after: &Map<String, Value>,
    changed: &[&str],
    schemas: &Schemas,
    acuity: Option<&Acuity<'_>>,
) -> Change {
    let schema = Identity::of(&new.path).schema().and_then(|name| schemas.builtin(name)).map(|s| &s.source);
    let marks = |pointer: &str| schema.and_then(|s| s.pointer(pointer)).is_some_and(|p| p["x-class"] == "editorial");
    let corrected = |old: &str, new: &str| old == new || prose::is_editorial(old, new);
    let fields = changed.iter().all(|key| {
        let texts = before.get(*key).and_then(Value::as_str).zip(after.get(*key).and_then(Value::as_str));
        marks(&format!("/properties/{key}")) && texts.is_some_and(|(old, new)| corrected(old, new))
    });
    let (old_body, new_body) = (old.body().map_or("", |b| b.0), new.body().map_or("", |b| b.0));
    let body = old_body == new_body || (marks("/x-body") && corrected(old_body, new_body));
    let is_guarded = [before, after].iter().any(|map| is_sensitive(map) || is_most_urgent(map, acuity));
    let is_editorial = fields && body && !is_guarded;
    Change::of(if is_editorial { Class::Editorial } else { Class::Clinical })
}

fn is_sensitive(map: &Map<String, Value>) -> bool {
    map.get("sensitive").and_then(Value::as_array).is_some_and(|list| !list.is_empty())
}

/// An outcome of the two most urgent ranks, or of one that nobody knows.
fn is_most_urgent(map: &Map<String, Value>, acuity: Option<&Acuity<'_>>) -> bool {
    let level = map.get("acuity").and_then(Value::as_str);
    level.is_some_and(|level| acuity.and_then(|a| a.rank(level)).is_none_or(|rank| rank < 2))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::load::Snapshot;
    use crate::model::Content;

    const ACUITY: &str = "levels:\n  - {id: now, label: N, says: s, within: w, card: emergency}\n  - {id: urgent, label: U, says: s, within: w, card: urgent}\n  - {id: soon, label: S, says: s, within: w, card: none}\n  - {id: later, label: L, says: s, within: w, card: none}\n";

    fn change(path: &str, old: Option<&str>, new: Option<&str>) -> (Class, bool) {
        let scale = Snapshot::from_texts([("content/acuity.yaml", ACUITY)]);
        let content = Content::of(&scale);
        let of = |text: Option<&str>| text.map(|t| Snapshot::from_texts([(path, t)]));
        let (old, new) = (of(old), of(new));
        let schemas = Schemas::of(&scale);
        let change = between(old.as_ref().map(|s| &s.files[0]), new.as_ref().map(|s| &s.files[0]), &schemas, content.acuity.as_ref());
        (change.class, change.less_urgent)
    }

    fn topic(old: &str, new: &str) -> Class {
        change("content/topics/a.md", Some(old), Some(new)).0
    }

    #[test]
    fn prose_is_editorial_only_where_nothing_else_is_touched() {
        assert_eq!(topic("---\ntitle: A\n---\nIt is importent.", "---\ntitle: A\n---\nIt is important."), Class::Editorial);
        assert_eq!(topic("---\ntitle: A\n---\nWait 2 days.", "---\ntitle: A\n---\nWait 3 days."), Class::Clinical);
        assert_eq!(topic("---\ntitle: A\n---\n", "---\ntitle: B\n---\n"), Class::Clinical);
        let sensitive = |body: &str| format!("---\ntitle: A\nsensitive: [suicide]\n---\n{body}");
        assert_eq!(topic(&sensitive("It is importent."), &sensitive("It is important.")), Class::Clinical);
        assert_eq!(topic("---\ntitle: A\n---\n", "---\ntitle: A\nstatus: draft\n---\n"), Class::Logic);
    }

    #[test]
    fn outcomes_are_told_by_rank() {
        let outcome = |acuity: &str, body: &str| format!("---\ntitle: A\nacuity: {acuity}\n---\n{body}");
        let changed = |old: &str, new: &str| change("content/outcomes/a.md", Some(old), Some(new));
        assert_eq!(changed(&outcome("urgent", ""), &outcome("soon", "")), (Class::Logic, true));
        assert_eq!(changed(&outcome("soon", ""), &outcome("urgent", "")), (Class::Logic, false));
        assert_eq!(changed(&outcome("soon", "It is importent."), &outcome("soon", "It is important.")), (Class::Editorial, false));
        assert_eq!(changed(&outcome("urgent", "It is importent."), &outcome("urgent", "It is important.")), (Class::Clinical, false));
    }

    #[test]
    fn texts_of_questions_are_logic() {
        let journey =
            |label: &str, go: &str| format!("title: J\nstart: a\nsteps:\n  a: {{ask: Q, answers: {{y: {{label: {label}, go: {go}}}}}}}\n");
        let changed = |old: &str, new: &str| change("content/journeys/a.yaml", Some(old), Some(new));
        assert_eq!(changed(&journey("A", "outcome/a"), &journey("B", "outcome/a")), (Class::Logic, false));
        assert_eq!(changed(&journey("A", "outcome/a"), &journey("A", "outcome/b")), (Class::Logic, true));
        assert_eq!(change("content/journeys/a.yaml", None, Some(&journey("A", "outcome/a"))), (Class::Logic, false));
        assert_eq!(change("content/journeys/a.yaml", Some(&journey("A", "outcome/a")), None), (Class::Logic, true));
        let resource = "title: R\ntype: helpline\nprovider: P\nchannels: [{type: phone, value: \"999\"}]\n";
        assert_eq!(change("content/resources/a.yaml", Some(resource), Some(&resource.replace("999", "998"))), (Class::Clinical, false));
    }

    #[test]
    fn the_scale_and_the_policy_are_logic() {
        let swapped = ACUITY.replace("id: soon", "id: x").replace("id: later", "id: soon").replace("id: x", "id: later");
        assert_eq!(change("content/acuity.yaml", Some(ACUITY), Some(&swapped)), (Class::Logic, true));
        assert_eq!(change("content/acuity.yaml", Some(ACUITY), Some(&ACUITY.replace("label: L", "label: M"))), (Class::Logic, false));
        assert_eq!(change("reviews/policy.yaml", Some("version: 1\n"), Some("version: 2\n")), (Class::Logic, false));
        assert_eq!(change("site-templates/a.html", Some("<p>"), Some("<b>")), (Class::Logic, false));
        assert_eq!(change("content/wording.yaml", Some("rules: []\n"), Some("rules: [a]\n")), (Class::Clinical, false));
    }
}
