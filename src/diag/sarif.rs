//! Findings as SARIF 2.1.0, for code scanning and editors.

use std::collections::{BTreeMap, HashMap};

use percent_encoding::{AsciiSet, NON_ALPHANUMERIC, utf8_percent_encode};
use serde_json::{Map, Value, json};

use super::places::{Places, Region};
use super::{Edit, Finding, Place, Report, Severity, Texts, escape};

/// All but what a URI path may hold as it is; `:` too, lest a name with one look like a scheme.
const PATH: &AsciiSet = &NON_ALPHANUMERIC.remove(b'/').remove(b'-').remove(b'.').remove(b'_').remove(b'~');

/// What the document says about a rule, whether or not it found anything.
#[derive(Clone, Copy, Debug)]
pub struct Rule<'a> {
    /// Stable code: `R001`.
    pub code: &'a str,
    /// Its name in words or dashes: `unknown-item`.
    pub name: &'a str,
    /// How much its findings weigh, unless one says otherwise.
    pub severity: Severity,
    /// What it checks, in one sentence.
    pub short: &'a str,
    /// All that `explain` prints, as Markdown.
    pub help: &'a str,
}

/// The whole document. Findings that the baseline knows are there, as unchanged and suppressed. Paths count from the git
/// repository's root: `folder` is the content repository's path in it, ending in `/` where it is not the root itself.
pub fn render(report: &Report, texts: &dyn Texts, rules: &[Rule<'_>], folder: &str) -> String {
    let mut places = Places::new(texts);
    let has_baseline = report.findings.iter().any(|f| f.is_known);
    let index: HashMap<&str, usize> = rules.iter().enumerate().map(|(i, r)| (r.code, i)).collect();
    let result = |f| {
        let mut out = result(f, &mut places, folder);
        if let Some(i) = index.get(f.code) {
            out.insert("ruleIndex".to_owned(), (*i).into());
        }
        if has_baseline {
            // Either every result says how it stands to the baseline, or none.
            let state = if f.is_known { "unchanged" } else { "new" };
            let known = json!({ "kind": "external", "justification": "listed in the baseline" });
            out.insert("baselineState".to_owned(), state.into());
            out.insert("suppressions".to_owned(), if f.is_known { json!([known]) } else { json!([]) });
        }
        Value::from(out)
    };
    let results: Vec<Value> = report.findings.iter().map(result).collect();
    escape::json(&json!({
        "$schema": "https://json.schemastore.org/sarif-2.1.0.json",
        "version": "2.1.0",
        "runs": [{
            "tool": { "driver": {
                "name": "signpost",
                "semanticVersion": env!("CARGO_PKG_VERSION"),
                "rules": rules.iter().map(rule).collect::<Vec<_>>(),
            } },
            "columnKind": "unicodeCodePoints",
            "results": results,
        }],
    }))
}

fn rule(rule: &Rule<'_>) -> Value {
    json!({
        "id": rule.code,
        "name": rule.name,
        "shortDescription": { "text": rule.short },
        "help": { "text": rule.help, "markdown": rule.help },
        "defaultConfiguration": { "level": level(rule.severity) },
    })
}

fn result<'a>(finding: &'a Finding, places: &mut Places<'a>, folder: &str) -> Map<String, Value> {
    let mut location = location(&finding.place, places, folder);
    if let Some(item) = &finding.item {
        location["logicalLocations"] = json!([{ "fullyQualifiedName": item }]);
    }
    let mut out = Map::new();
    out.insert("ruleId".to_owned(), finding.code.into());
    out.insert("level".to_owned(), level(finding.severity).into());
    out.insert("message".to_owned(), json!({ "text": plain(&finding.words()) }));
    out.insert("locations".to_owned(), json!([location]));
    if !finding.labels.is_empty() {
        out.insert("relatedLocations".to_owned(), related(finding, places, folder));
    }
    if !finding.fix.is_empty() {
        out.insert("fixes".to_owned(), json!([fix(finding, places, folder)]));
    }
    out
}

fn related<'a>(finding: &'a Finding, places: &mut Places<'a>, folder: &str) -> Value {
    let labels = finding.labels.iter().enumerate().map(|(i, label)| {
        let mut location = location(&label.place, places, folder);
        location["id"] = i.into();
        location["message"] = json!({ "text": plain(&label.text) });
        location
    });
    labels.collect()
}

fn fix<'a>(finding: &'a Finding, places: &mut Places<'a>, folder: &str) -> Value {
    let mut files: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for edit in &finding.fix {
        files.entry(&edit.place.file).or_default().push(replacement(edit, places));
    }
    let changes = files.into_iter().map(|(file, edits)| json!({ "artifactLocation": artifact(file, folder), "replacements": edits }));
    let mut out = json!({ "artifactChanges": changes.collect::<Vec<_>>() });
    if let Some(help) = &finding.help {
        out["description"] = json!({ "text": plain(help) });
    }
    out
}

fn replacement<'a>(edit: &'a Edit, places: &mut Places<'a>) -> Value {
    json!({ "deletedRegion": region(places.region(&edit.place)), "insertedContent": { "text": edit.text } })
}

fn location<'a>(place: &'a Place, places: &mut Places<'a>, folder: &str) -> Value {
    json!({ "physicalLocation": { "artifactLocation": artifact(&place.file, folder), "region": region(places.region(place)) } })
}

fn artifact(file: &str, folder: &str) -> Value {
    json!({ "uri": utf8_percent_encode(&format!("{folder}{file}"), PATH).to_string(), "uriBaseId": "%SRCROOT%" })
}

fn region(region: Region) -> Value {
    json!({
        "startLine": region.start.line,
        "startColumn": region.start.column,
        "endLine": region.end.line,
        "endColumn": region.end.column,
    })
}

fn level(severity: Severity) -> &'static str {
    match severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "note",
    }
}

/// Message text in which `[words](address)` from content stays words and is no link.
fn plain(text: &str) -> String {
    if text.contains("](") { text.replace('\\', r"\\").replace('[', r"\[").replace(']', r"\]") } else { text.to_owned() }
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::{files, span};
    use super::*;

    const TEXT: &str = "é: ü\n  - resource/samaritan\n";
    const RULE: Rule<'_> =
        Rule { code: "R001", name: "unknown-item", severity: Severity::Error, short: "A reference names an item.", help: "# Why\n" };

    fn document(findings: Vec<Finding>) -> Value {
        serde_json::from_str(&render(&Report { findings, items: 1 }, &files(&[("a b:é.md", TEXT)]), &[RULE], "in side/")).unwrap()
    }

    fn finding() -> Finding {
        let mut finding = Finding::new("a b:é.md", span(TEXT, "resource/samaritan"), "there is no item");
        finding.code = "R001";
        finding
    }

    #[test]
    fn the_whole_of_a_result() {
        let place = span(TEXT, "resource/samaritan");
        let mut found = finding().also("a b:é.md", span(TEXT, "ü"), "see [x](https://evil)").help("did you mean `y`?").fix(place, "y");
        found.item = Some("topic/a".to_owned());
        let region = json!({ "startLine": 2, "startColumn": 5, "endLine": 2, "endColumn": 23 });
        let file = json!({ "uri": "in%20side/a%20b%3A%C3%A9.md", "uriBaseId": "%SRCROOT%" });
        let expected = json!({
            "ruleId": "R001",
            "level": "error",
            "message": { "text": "there is no item\nhelp: did you mean `y`?" },
            "locations": [{
                "physicalLocation": { "artifactLocation": file, "region": region },
                "logicalLocations": [{ "fullyQualifiedName": "topic/a" }],
            }],
            "relatedLocations": [{
                "physicalLocation": {
                    "artifactLocation": file,
                    "region": { "startLine": 1, "startColumn": 4, "endLine": 1, "endColumn": 5 },
                },
                "id": 0,
                "message": { "text": r"see \[x\](https://evil)" },
            }],
            "fixes": [{
                "artifactChanges": [{
                    "artifactLocation": file,
                    "replacements": [{ "deletedRegion": region, "insertedContent": { "text": "y" } }],
                }],
                "description": { "text": "did you mean `y`?" },
            }],
            "ruleIndex": 0,
        });
        let document = document(vec![found]);
        assert_eq!(document["runs"][0]["results"][0], expected);
        assert_eq!(document["runs"][0]["columnKind"], "unicodeCodePoints");
        let rule = json!({
            "id": "R001",
            "name": "unknown-item",
            "shortDescription": { "text": "A reference names an item." },
            "help": { "text": "# Why\n", "markdown": "# Why\n" },
            "defaultConfiguration": { "level": "error" },
        });
        assert_eq!(document["runs"][0]["tool"]["driver"]["rules"], json!([rule]));
    }

    #[test]
    fn known_findings_are_suppressed_not_dropped() {
        let mut known = finding();
        known.is_known = true;
        let document = document(vec![finding(), known]);
        let results = &document["runs"][0]["results"];
        assert_eq!((&results[0]["baselineState"], &results[0]["suppressions"]), (&json!("new"), &json!([])));
        assert_eq!(results[1]["baselineState"], "unchanged");
        assert_eq!(results[1]["suppressions"], json!([{ "kind": "external", "justification": "listed in the baseline" }]));
    }
}
