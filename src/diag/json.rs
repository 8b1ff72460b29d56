//! Findings as the stable JSON of `check --format json`: `schemas/cli/check.schema.json`.

use serde_json::{Map, Value, json};

use super::places::Places;
use super::{Finding, Place, Report, Severity, Texts, escape};

/// The whole document. Findings that the baseline knows are there, marked, and not in the summary.
pub fn render(report: &Report, texts: &dyn Texts) -> String {
    render_of(report, texts, "items")
}

/// The same, where it is something else than items that was looked at: `pages`.
pub fn render_of(report: &Report, texts: &dyn Texts, counted: &str) -> String {
    let mut places = Places::new(texts);
    let findings: Vec<Value> = report.findings.iter().map(|f| finding(f, &mut places)).collect();
    escape::json(&json!({
        "version": 1,
        "findings": findings,
        "summary": {
            counted: report.items,
            "errors": report.count(Severity::Error),
            "warnings": report.count(Severity::Warning),
            "advice": report.count(Severity::Advice),
        },
    }))
}

/// One finding, as `check` and `journey verify` give it.
pub fn finding<'a>(finding: &'a Finding, places: &mut Places<'a>) -> Value {
    let mut out = Map::new();
    out.insert("code".to_owned(), finding.code.into());
    out.insert("severity".to_owned(), finding.severity.word().into());
    out.insert("message".to_owned(), finding.message.as_str().into());
    out.insert("item".to_owned(), finding.item.as_deref().into());
    out.extend(place(&finding.place, places));
    out.insert("help".to_owned(), finding.help.as_deref().into());
    if !finding.labels.is_empty() {
        let labels = finding.labels.iter().map(|l| with(place(&l.place, places), "text", &l.text));
        out.insert("labels".to_owned(), labels.collect());
    }
    if !finding.notes.is_empty() {
        out.insert("notes".to_owned(), finding.notes.as_slice().into());
    }
    if let Some(example) = &finding.example {
        out.insert("example".to_owned(), example.clone());
    }
    if !finding.fix.is_empty() {
        let edits = finding.fix.iter().map(|e| with(place(&e.place, places), "replacement", &e.text));
        out.insert("fix".to_owned(), edits.collect());
    }
    if finding.is_known {
        out.insert("known".to_owned(), true.into());
    }
    out.into()
}

fn place<'a>(place: &'a Place, places: &mut Places<'a>) -> Map<String, Value> {
    let region = places.region(place);
    let mut out = Map::new();
    out.insert("file".to_owned(), place.file.as_str().into());
    out.insert("line".to_owned(), region.start.line.into());
    out.insert("column".to_owned(), region.start.column.into());
    out.insert("end_line".to_owned(), region.end.line.into());
    out.insert("end_column".to_owned(), region.end.column.into());
    out
}

fn with(mut place: Map<String, Value>, key: &str, text: &str) -> Value {
    place.insert(key.to_owned(), text.into());
    place.into()
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::{files, span};
    use super::*;

    const TEXT: &str = "é: ü\n  - resource/samaritan\n";

    fn valid(text: &str) -> Value {
        let schema = serde_json::from_str(include_str!("../../schemas/cli/check.schema.json")).unwrap();
        let validator = jsonschema::validator_for(&schema).unwrap();
        let value: Value = serde_json::from_str(text).unwrap();
        let errors: Vec<String> = validator.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new());
        value
    }

    #[test]
    fn the_least_a_finding_has() {
        let mut found = Finding::new("a.md", span(TEXT, "resource/samaritan"), "there is no item \u{202e}`x`");
        found.code = "R001";
        let text = render(&Report { findings: vec![found], items: 3 }, &files(&[("a.md", TEXT)]));
        let expected = r#"{
  "version": 1,
  "findings": [
    {
      "code": "R001",
      "severity": "error",
      "message": "there is no item \u202e`x`",
      "item": null,
      "file": "a.md",
      "line": 2,
      "column": 5,
      "end_line": 2,
      "end_column": 23,
      "help": null
    }
  ],
  "summary": {
    "items": 3,
    "errors": 1,
    "warnings": 0,
    "advice": 0
  }
}
"#;
        assert_eq!(text, expected);
        valid(&text);
    }

    #[test]
    fn all_that_a_finding_may_have() {
        let place = span(TEXT, "resource/samaritan");
        let mut found = Finding::new("a.md", place, "m").also("b.md", span(TEXT, "ü"), "here").note("n").help("h").fix(place, "x");
        found.code = "J010";
        found.item = Some("topic/a".to_owned());
        found.example = Some(json!({ "danger": "no", "hours": 4 }));
        found.is_known = true;
        let value = valid(&render(&Report { findings: vec![found], items: 3 }, &files(&[("a.md", TEXT)])));
        assert_eq!(value["summary"]["errors"], 0);
        let expected = json!({
            "code": "J010", "severity": "error", "message": "m", "item": "topic/a",
            "file": "a.md", "line": 2, "column": 5, "end_line": 2, "end_column": 23, "help": "h",
            "labels": [{ "file": "b.md", "line": 1, "column": 1, "end_line": 1, "end_column": 1, "text": "here" }],
            "notes": ["n"],
            "example": { "danger": "no", "hours": 4 },
            "fix": [{ "file": "a.md", "line": 2, "column": 5, "end_line": 2, "end_column": 23, "replacement": "x" }],
            "known": true,
        });
        assert_eq!(value["findings"][0], expected);
    }

    #[test]
    fn nothing_found_is_valid_too() {
        assert_eq!(valid(&render(&Report::default(), &files(&[])))["findings"], json!([]));
    }
}
