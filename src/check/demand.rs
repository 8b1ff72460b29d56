//! What schemas ask for, in an editor's words.

use serde_json::Value;

use crate::diag::Finding;
use crate::schema::Violation;
use crate::yaml::{quote, quoted};

/// Examples longer than this help nobody.
const LONG: usize = 100;

impl Violation<'_> {
    /// Adds what every finding about a schema says: what the value is for, and whose schema asks for it.
    pub(super) fn explain(&self, finding: Finding) -> Finding {
        let finding = match self.description.as_deref().map(first_sentences) {
            Some(text) => finding.note(text),
            None => finding,
        };
        self.owned(finding)
    }

    /// Says so where it is the repository's own schema that asks for it.
    pub(super) fn owned(&self, finding: Finding) -> Finding {
        if self.is_own { finding.note("this repository's own schema, in `schemas/`, asks for it") } else { finding }
    }

    /// The example as a line of YAML, `key: value`, where it is short enough to help.
    pub(super) fn example_line(&self, key: &str) -> Option<String> {
        let mut example = self.example.clone()?;
        // One entry of a list shows what is meant.
        if let Some(list) = example.as_array_mut() {
            list.truncate(1);
        }
        let line = format!("{key}: {}", inline(&example, false));
        (line.chars().count() <= LONG && !line.contains('\n')).then_some(line)
    }

    /// The example alone.
    pub(super) fn example_text(&self) -> Option<String> {
        let text = inline(self.example.as_ref()?, false);
        (text.chars().count() <= LONG).then_some(text)
    }
}

/// A value on one line of YAML.
fn inline(value: &Value, in_brackets: bool) -> String {
    match value {
        Value::String(text) => {
            let plain = quote(text);
            if in_brackets && !plain.starts_with('"') && plain.contains([',', '[', ']', '{', '}']) { quoted(text) } else { plain }
        }
        Value::Array(items) => format!("[{}]", items.iter().map(|i| inline(i, true)).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => {
            let entries: Vec<String> = map.iter().map(|(key, value)| format!("{key}: {}", inline(value, true))).collect();
            format!("{{{}}}", entries.join(", "))
        }
        other => other.to_string(),
    }
}

/// The first two sentences of a description, without the full stop at the end.
fn first_sentences(text: &str) -> String {
    let mut ends = text.match_indices(". ").map(|(n, _)| n);
    let end = ends.nth(1).unwrap_or(text.len());
    let end = if end > 2 * LONG { text.find(". ").unwrap_or(text.len()) } else { end };
    text[..end].trim_end_matches('.').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn values_fit_on_a_line() {
        let value = json!([{ "type": "phone", "value": "0808 157 0123" }, "a, b", true, "no"]);
        assert_eq!(inline(&value, false), r#"[{type: phone, value: "0808 157 0123"}, "a, b", true, "no"]"#);
        assert_eq!(first_sentences("One. Two. Three."), "One. Two");
    }
}
