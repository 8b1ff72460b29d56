//! Where a difference stands, as an editor calls it: `channels/0/value` is “Channel 1, Number or address”.
//!
//! The names are the titles of the schemas. Knows nothing of what differs there.

use serde_json::Value;

use crate::model::Identity;
use crate::schema;

/// The names of the places of one file.
#[derive(Debug, Clone, Default)]
pub struct Places {
    schema: Value,
}

impl Places {
    /// The places of the file with this path.
    pub fn of(path: &str) -> Self {
        let text = Identity::of(path).schema().and_then(schema::text);
        Self { schema: text.and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default() }
    }

    /// The place that these keys and positions lead to.
    pub fn words(&self, path: &[String]) -> String {
        if path.len() == 1 && path[0] == "body" {
            return "Text".to_owned();
        }
        let mut at = self.followed(&self.schema);
        let mut names: Vec<String> = Vec::new();
        for part in path {
            let (next, name) = self.step(at, part, names.pop());
            names.extend(name);
            at = next;
        }
        names.join(", ")
    }

    /// One step down: what is there, and the names that stand for it and for what it is in.
    fn step<'s>(&'s self, at: &'s Value, part: &str, last: Option<String>) -> (&'s Value, Vec<String>) {
        let known = at.get("properties").and_then(|p| p.get(part));
        if let Some(property) = known {
            let property = self.followed(property);
            let name = property["title"].as_str().map_or_else(|| part.to_owned(), str::to_owned);
            return (property, last.into_iter().chain([name]).collect());
        }
        // Of a list or map the title says what its members are.
        let whole = last.unwrap_or_default();
        if let (Ok(number), Some(items)) = (part.parse::<usize>(), at.get("items")) {
            let item = self.followed(items);
            let name = item["title"].as_str().unwrap_or(&whole);
            return (item, vec![format!("{name} {}", number + 1)]);
        }
        let entry = at.get("additionalProperties").filter(|s| s.is_object()).map_or(&Value::Null, |s| self.followed(s));
        let name = entry["title"].as_str().unwrap_or(&whole);
        (entry, vec![format!("{name} “{part}”").trim_start().to_owned()])
    }

    fn followed<'s>(&'s self, schema: &'s Value) -> &'s Value {
        let target = schema["$ref"].as_str().and_then(|r| r.strip_prefix('#')).and_then(|p| self.schema.pointer(p));
        target.unwrap_or(schema)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn places_have_the_names_of_the_schema() {
        let words = |file: &str, path: &str| Places::of(file).words(&path.split('/').map(str::to_owned).collect::<Vec<_>>());
        assert_eq!(words("content/topics/a.md", "body"), "Text");
        assert_eq!(words("content/topics/a.md", "summary"), "Summary");
        assert_eq!(words("content/topics/a.md", "unheard_of"), "“unheard_of”");
        assert_eq!(words("content/resources/a.yaml", "channels/0/value"), "Channel 1, Number or address");
        assert_eq!(words("content/journeys/a.yaml", "steps/mood/answers/often/label"), "Step “mood”, Answer “often”, Label");
        assert_eq!(words("content/acuity.yaml", "levels/2/label"), "Level 3, Label");
        assert_eq!(words("reviews/policy.yaml", "rules/0/needs/content-lead"), "Rule 1, Needs “content-lead”");
    }
}
