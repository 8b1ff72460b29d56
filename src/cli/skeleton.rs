//! What a new item's file holds: every field of its schema with what it is for, the required ones filled in.

use serde_json::{Value, json};

use super::prose::wrap;
use crate::model::{Content, Kind, Status};
use crate::schema;
use crate::yaml;

/// The text of a new file.
pub(super) fn write(kind: Kind, title: &Value, content: &Content<'_>) -> String {
    let schema: Value = schema::text(kind.word()).and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
    let filled = filled(kind, content);
    let mut fields = String::new();
    // A new item is an original, and translates nothing.
    let properties = schema["properties"].as_object().into_iter().flatten().filter(|(key, _)| *key != "translates");
    for (key, property) in properties {
        let property = followed(&schema, property);
        let about = format!("{}: {}", property["title"].as_str().unwrap_or(key), property["description"].as_str().unwrap_or(""));
        if !fields.is_empty() {
            fields.push('\n');
        }
        wrap(&about, 98).iter().for_each(|line| fields.push_str(&format!("# {line}\n")));
        let is_required = schema["required"].as_array().is_some_and(|r| r.iter().any(|k| k == key));
        let example = [&schema["examples"][0][key], &property["examples"][0]].into_iter().find(|e| !e.is_null());
        match (key.as_str(), filled.get(key)) {
            ("title", _) => fields.push_str(&field(key, title)),
            ("status", _) => fields.push_str(&field(key, &Status::Draft.word().into())),
            (_, Some(value)) => fields.push_str(&field(key, value)),
            (_, None) if is_required => fields.push_str(&field(key, example.unwrap_or(&Value::Null))),
            (_, None) => {
                let text = field(key, example.unwrap_or(&Value::Null));
                text.lines().for_each(|line| fields.push_str(&format!("# {line}\n")));
            }
        }
    }
    if kind.extension() == "md" { format!("---\n{fields}---\n\n{}", body(kind)) } else { fields }
}

fn field(key: &str, value: &Value) -> String {
    format!("{key}:{}", yaml::block(value, 2))
}

/// A property with what it refers to in its own schema.
fn followed<'s>(schema: &'s Value, property: &'s Value) -> &'s Value {
    let target = property["$ref"].as_str().and_then(|r| r.strip_prefix('#')).and_then(|p| schema.pointer(p));
    if property.get("description").is_some() { property } else { target.unwrap_or(property) }
}

/// Fields whose example in the schema would not stand on its own, filled so that the whole holds together.
fn filled(kind: Kind, content: &Content<'_>) -> Value {
    match kind {
        Kind::Resource => json!({
            "channels": [
                {"type": "phone", "value": "0808 157 0000", "hours": "Mo-Fr 09:00-17:00"},
                {"type": "website", "url": "https://example.org/"},
            ],
        }),
        Kind::Outcome => json!({ "acuity": level(content) }),
        Kind::Campaign => json!({ "lands_on": first(content, &[Kind::Journey, Kind::Topic, Kind::Page]) }),
        Kind::Journey => {
            let endings = endings(content);
            json!({
                "start": "danger",
                "steps": {
                    "danger": {
                        "ask": "Are you, or is someone else, in danger right now?",
                        "answers": {"yes": {"label": "Yes", "go": endings.0}, "no": {"label": "No", "go": endings.1}},
                    },
                },
            })
        }
        Kind::Instrument => json!({
            "answers": {"not-at-all": {"label": "Not at all", "points": 0}, "several-days": {"label": "Several days", "points": 1}},
            "items": {"first": {"ask": "The first question, exactly as published"}, "second": {"ask": "The second question"}},
            "bands": [{"id": "low", "label": "Low", "from": 0, "to": 1}, {"id": "high", "label": "High", "from": 2, "to": 2}],
            "vectors": [{"points": [0, 1], "total": 1, "band": "low"}],
            "licence": {"terms": "What the licence says", "source": "https://example.org/licence", "item_text": "not-allowed"},
        }),
        _ => json!({}),
    }
}

/// The least urgent level.
fn level(content: &Content<'_>) -> String {
    content.acuity.as_ref().and_then(|a| a.levels.last()).map_or("urgent", |l| l.id.value).to_owned()
}

/// The first live item of the first kind that has one.
fn first(content: &Content<'_>, kinds: &[Kind]) -> String {
    let of_kind = |kind: &Kind| content.originals().find(|i| i.kind == *kind && i.is_live());
    kinds.iter().find_map(of_kind).map_or_else(|| "topic/sleep".to_owned(), |item| item.id())
}

/// The most and the least urgent outcome.
fn endings(content: &Content<'_>) -> (String, String) {
    let rank = |acuity: &str| content.acuity.as_ref().and_then(|a| a.rank(acuity)).unwrap_or(usize::MAX);
    let mut outcomes: Vec<(usize, String)> =
        content.outcomes().filter(|(i, _)| i.is_live()).map(|(i, o)| (rank(o.acuity.value), i.id())).collect();
    outcomes.sort();
    match (outcomes.first(), outcomes.last()) {
        (Some(first), Some(last)) => (first.1.clone(), last.1.clone()),
        _ => ("outcome/emergency".to_owned(), "outcome/self-care".to_owned()),
    }
}

fn body(kind: Kind) -> &'static str {
    match kind {
        Kind::Topic => {
            "Say in a sentence or two what this page helps with.\n\n## What you can do now\n\nShort sentences, one idea in each.\n\n## Where to get help\n\nA link on a line of its own, such as `[Samaritans](resource/samaritans)`, shows the service as a card.\n"
        }
        Kind::Outcome => {
            "## What to do now {#what-to-do}\n\nThe one thing to do first.\n\n## What to expect {#what-to-expect}\n\nWhat happens when they do it.\n\n## What to ask for {#what-to-ask-for}\n\nWords that they can use.\n\n## If you cannot talk {#if-you-cannot-talk}\n\nWays to get help without a voice.\n"
        }
        Kind::Partial => "Text that other pages show. A link on a line of its own, such as `[Title](partial/name)`, puts it there.\n",
        _ => "## First heading\n\nText.\n",
    }
}
