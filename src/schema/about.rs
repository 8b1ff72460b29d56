//! What a schema says about a place in a document: its properties, their words and their examples.
//!
//! Places are given as in the document; conditional parts of the schema are not looked at.

use serde_json::Value;

use super::violations::Step;

/// The schemas that speak of the value at a path, the most direct first.
pub(super) fn at<'s>(root: &'s Value, path: &[Step]) -> Vec<&'s Value> {
    let mut here = Vec::new();
    unfold(root, root, &mut here);
    for step in path {
        let mut next = Vec::new();
        for schema in here {
            let found = match step {
                Step::Key(key) => schema["properties"].get(key).or_else(|| schema.get("additionalProperties")),
                Step::Entry(_) => schema.get("items"),
            };
            if let Some(found) = found {
                unfold(root, found, &mut next);
            }
        }
        here = next;
    }
    here
}

/// A schema, and those that apply together with it.
fn unfold<'s>(root: &'s Value, schema: &'s Value, out: &mut Vec<&'s Value>) {
    if out.len() > 32 || !schema.is_object() {
        return; // a definition that leads to itself
    }
    out.push(schema);
    if let Some(target) = target(root, schema) {
        unfold(root, target, out);
    }
    for part in schema["allOf"].as_array().into_iter().flatten().filter(|p| p.get("if").is_none()) {
        unfold(root, part, out);
    }
}

/// Where `$ref` leads.
pub(super) fn target<'s>(root: &'s Value, schema: &Value) -> Option<&'s Value> {
    root.pointer(schema["$ref"].as_str()?.strip_prefix('#')?)
}

/// What the value at a path is for.
pub(super) fn description(root: &Value, path: &[Step]) -> Option<String> {
    at(root, path).iter().find_map(|s| s["description"].as_str()).map(str::to_owned)
}

/// An example of a key's value in the map at `path`, one from a map of the same `type` where there is one.
pub(super) fn example(root: &Value, path: &[Step], key: &str, ty: Option<&str>) -> Option<Value> {
    let mut maps = Vec::new();
    for from in 0..=path.len() {
        for schema in at(root, &path[..from]) {
            for example in schema["examples"].as_array().into_iter().flatten() {
                collect(example, &path[from..], &mut maps);
            }
        }
    }
    let of_type = maps.iter().filter(|m| ty.is_some() && m["type"].as_str() == ty).find_map(|m| m.get(key));
    let mut path = path.to_vec();
    path.push(Step::Key(key.to_owned()));
    of_type.cloned().or_else(|| self::at(root, &path).iter().find_map(|s| s["examples"].get(0)).cloned())
}

/// The values at a path of an example; every entry of a list counts as the one that is meant.
fn collect<'v>(example: &'v Value, path: &[Step], found: &mut Vec<&'v Value>) {
    match path.split_first() {
        None => found.push(example),
        Some((Step::Key(key), rest)) => {
            if let Some(value) = example.get(key) {
                collect(value, rest, found);
            }
        }
        Some((Step::Entry(_), rest)) => example.as_array().into_iter().flatten().for_each(|e| collect(e, rest, found)),
    }
}

/// The places of a schema that have a key of this name: the keys that lead there, with `true` for an entry of a list.
pub fn places_of(root: &Value, key: &str) -> Vec<Vec<(String, bool)>> {
    let mut found = Vec::new();
    search(root, root, key, &mut Vec::new(), &mut found);
    found.dedup();
    found
}

fn search(root: &Value, schema: &Value, key: &str, path: &mut Vec<(String, bool)>, found: &mut Vec<Vec<(String, bool)>>) {
    if path.len() > 4 {
        return; // deeper is nothing that helps
    }
    if let Some(target) = target(root, schema) {
        search(root, target, key, path, found);
    }
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        if name == key {
            found.push(path.clone());
        }
        let is_list = property.get("items").is_some();
        path.push((name.clone(), is_list));
        search(root, if is_list { &property["items"] } else { property }, key, path, found);
        path.pop();
    }
}

/// The key that goes with this `type` in the place of one that does not: conditional parts say so.
pub(super) fn instead(root: &Value, path: &[Step], ty: &str) -> Vec<String> {
    let parts = at(root, path).into_iter().flat_map(|s| s["allOf"].as_array().into_iter().flatten());
    let of_type = parts.filter(|p| p["if"]["properties"]["type"]["enum"].as_array().is_some_and(|e| e.iter().any(|t| t == ty)));
    of_type.flat_map(|p| p["then"]["required"].as_array().into_iter().flatten()).filter_map(Value::as_str).map(str::to_owned).collect()
}
