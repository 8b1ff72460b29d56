//! What commands print for programs, held against the schemas that describe it, on our own content.

use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// What a command prints, run in the repository itself.
pub(super) fn printed(args: &[&str]) -> Vec<u8> {
    let output = Command::new(env!("CARGO_BIN_EXE_signpost")).args(["-C", env!("CARGO_MANIFEST_DIR")]).args(args).output().unwrap();
    assert!(output.status.code().is_some_and(|c| c < 2), "{args:?}: {}", String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The JSON that a command prints, held against its schema.
pub(super) fn json(args: &[&str], schema: &str) -> Value {
    let value: Value = serde_json::from_slice(&printed(args)).unwrap();
    let errors = wrong(&value, schema);
    assert_eq!(errors, Vec::<String>::new(), "{args:?}");
    value
}

/// How a value breaks a schema of the program.
pub(super) fn wrong(value: &Value, schema: &str) -> Vec<String> {
    let schema = serde_json::from_str(signpost::schema::text(schema).unwrap()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    validator.iter_errors(value).map(|e| format!("{}: {e}", e.instance_path())).collect()
}

#[test]
fn every_schema_of_an_output_is_explained_and_has_examples_that_fit_it() {
    let names = ["cli", "api"].into_iter().flat_map(|folder| {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("schemas").join(folder);
        let files = std::fs::read_dir(path).unwrap().map(|e| e.unwrap().file_name().into_string().unwrap());
        files.map(|file| format!("{folder}/{}", file.trim_end_matches(".schema.json"))).collect::<Vec<_>>()
    });
    for name in names {
        let schema: Value = serde_json::from_str(signpost::schema::text(&name).unwrap()).unwrap();
        let examples = schema["examples"].as_array().unwrap_or_else(|| panic!("{name} has no examples"));
        for example in examples {
            assert_eq!(wrong(example, &name), Vec::<String>::new(), "{name}");
        }
        let mut silent = Vec::new();
        explained(&name, &schema, &mut silent);
        assert_eq!(silent, Vec::<String>::new());
    }
}

/// Every property says what it is, shows an example, and its map lists what it holds.
fn explained(at: &str, schema: &Value, silent: &mut Vec<String>) {
    for (name, property) in schema["properties"].as_object().into_iter().flatten() {
        let at = format!("{at}.{name}");
        let lacking = ["title", "description", "examples"].into_iter().filter(|key| property.get(key).is_none());
        silent.extend(lacking.filter(|_| property.get("$ref").is_none()).map(|key| format!("{at}: no {key}")));
        explained(&at, property, silent);
    }
    if schema["properties"].is_object() && schema["additionalProperties"] != false {
        silent.push(format!("{at}: additionalProperties is not false"));
    }
    explained_if_map(at, &schema["items"], silent);
    explained_if_map(at, &schema["additionalProperties"], silent);
}

fn explained_if_map(at: &str, schema: &Value, silent: &mut Vec<String>) {
    if schema.is_object() {
        explained(&format!("{at}[]"), schema, silent);
    }
}

#[test]
fn the_list_of_journeys_keeps_its_promise() {
    let value = json(&["journey", "list", "--format", "json"], "cli/journey-list");
    let journeys = value["journeys"].as_array().unwrap();
    assert_eq!(journeys.len(), 6);
    for journey in journeys {
        assert_eq!(journey["safety_rules"], journey["safety_rules_held"], "{journey}");
        assert_eq!(journey["vignettes"], journey["vignettes_passed"], "{journey}");
        assert!(journey["safety_rules"].as_u64() > Some(0) && journey["vignettes"].as_u64() >= Some(3), "{journey}");
    }
}

#[test]
fn what_is_proved_keeps_its_promise() {
    let value = json(&["journey", "verify", "--format", "json"], "cli/journey-verify");
    assert_eq!(value["journeys"].as_array().unwrap().len(), 6);
    for journey in value["journeys"].as_array().unwrap() {
        let number = |v: &Value| v["paths"].as_str().unwrap().parse::<u128>().unwrap();
        let endings = journey["endings"].as_array().unwrap();
        assert_eq!(endings.iter().map(number).sum::<u128>(), number(journey), "{journey}");
        assert!(endings.iter().is_sorted_by_key(|e| e["id"].as_str()), "{journey}");
        assert!(journey["safety"].as_array().unwrap().iter().all(|r| r["holds"] == true && r["counterexample"].is_null()));
        assert!(journey["vignettes"].as_array().unwrap().iter().all(|v| v["passes"] == true && v["ends"].is_string()));
        assert_eq!(journey["findings"], Value::Array(Vec::new()));
    }
}

#[test]
fn the_comparison_of_a_journey_keeps_its_promise() {
    // Two versions of a journey, so that there is something to compare: the program's own repository may be a shallow clone.
    let journey = "title: J\nstart: a\nsteps:\n  a: {ask: Q, answers: {x: {label: X, go: outcome/now}, y: {label: Y}}, go: n}\n  n: {ask: Q, number: {min: 0, max: 9}, go: outcome/rest}\nvignettes:\n  - {name: V, answers: {a: x}, ends: outcome/now}\n";
    let outcome = |acuity: &str| format!("---\ntitle: O\nacuity: {acuity}\n---\n\nText.\n");
    let file = |path: &str, text: String| (path.to_owned(), text);
    let mut case = super::commands::Case::default();
    case.files.extend([
        file("content/journeys/mood.yaml", journey.to_owned()),
        file("content/outcomes/now.md", outcome("emergency")),
        file("content/outcomes/rest.md", outcome("self-care")),
    ]);
    let command = "signpost journey compare mood --against HEAD --format json";
    assert_eq!(case.json(command, "cli/compare")["same"], true);
    let changed = format!("sed -i -e 's/y: /z: /' -e 's,go: outcome/now,go: n,' content/journeys/mood.yaml && {command}");
    let value = case.json(&changed, "cli/compare");
    assert_eq!((&value["combinations"], &value["changed"]), (&Value::from("30"), &Value::from("30")));
    assert_eq!(value["vignettes"][0]["to"], Value::Null);
}

#[test]
fn the_hazard_log_keeps_its_promise() {
    let log = |format: &str| printed(&["hazards", "--now", "2026-11-22", "--format", format]);
    let value = json(&["hazards", "--now", "2026-11-22", "--format", "json"], "cli/hazards");
    let hazards = value["hazards"].as_array().unwrap();
    assert!(hazards.len() >= 20 && hazards.iter().all(|h| h["in_order"] == true), "{value:#}");
    let controls: usize = hazards.iter().map(|h| h["controls"].as_array().unwrap().len()).sum();
    // A line for each control and one of headings; lines within a cell are within quotes.
    let csv = String::from_utf8(log("csv")).unwrap();
    assert_eq!(csv.matches("\r\n").count(), 1 + controls);
    let html = String::from_utf8(log("html")).unwrap();
    assert!(html.contains("Content-Security-Policy") && !html.contains("<script") && !html.contains("src="));
    assert_eq!(html.matches("<section").count(), hazards.len());
    assert!(!html.contains("<link") && !html.contains("<img") && !html.contains("href=\"http"));
}
