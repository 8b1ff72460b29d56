//! The generated reference is current: `UPDATE_EXPECT=1 cargo test` writes it.

use std::fmt::Write as _;
use std::path::Path;

use serde_json::Value;
use signpost::{audit, check, schema};

fn compare(path: &str, text: &str) {
    let file = Path::new(env!("CARGO_MANIFEST_DIR")).join(path);
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(&file, text).unwrap();
    }
    let found = std::fs::read_to_string(&file).unwrap_or_default();
    assert!(found == text, "{path} is not what the program says now; UPDATE_EXPECT=1 cargo test writes it");
}

#[test]
fn the_reference_of_rules_is_current() {
    let mut text = String::from(
        "# Rules\n\nEvery rule that `signpost check` runs on content, and `signpost audit` on pages (family A), as `signpost explain CODE` prints it. Generated; do not edit.\n\n",
    );
    text.push_str("| code | name | severity | what it finds |\n| --- | --- | --- | --- |\n");
    let of_content = check::rules().map(|r| (r.code, r.name, r.severity.word(), r.summary(), r.explanation()));
    let of_pages = audit::rules().map(|r| (r.code, r.name, r.severity.word(), r.summary(), r.explanation()));
    let rules: Vec<_> = of_content.chain(of_pages).collect();
    for (code, name, severity, summary, _) in &rules {
        let anchor = code.to_lowercase();
        writeln!(text, "| [{code}](#{anchor}) | {name} | {severity} | {} |", summary.replace('|', "\\|")).unwrap();
    }
    for (code, name, severity, _, explanation) in &rules {
        writeln!(text, "\n## {code}\n\n*{name}, {severity}*\n\n{}", explanation.replace("\n## ", "\n### ")).unwrap();
    }
    compare("docs/reference/rules.md", &text);
}

#[test]
fn the_reference_of_changes_is_current() {
    let mut text =
        String::from("# Kinds of change\n\nWhat `signpost diff` tells apart, as `signpost explain CODE` prints it. A code says what ");
    text.push_str("kind of change it is;\nwhether it is right is for the people who review it. Generated; do not edit.\n\n");
    text.push_str("| code | what changed | severity | why it matters |\n| --- | --- | --- | --- |\n");
    for code in signpost::diff::codes::ALL {
        writeln!(text, "| {} | {} | {} | {} |", code.code, code.name, code.severity.word(), code.why).unwrap();
    }
    compare("docs/reference/changes.md", &text);
}

#[test]
fn the_reference_of_fields_is_current() {
    let mut text = String::from(
        "# Files and their fields\n\nFrom the schemas that the program carries (`signpost schema KIND`). Generated; do not edit.\n",
    );
    for name in schema::names() {
        let schema: Value = serde_json::from_str(schema::text(name).unwrap()).unwrap();
        writeln!(text, "\n## {name}\n\n{}\n", words(&schema["description"])).unwrap();
        text.push_str("| field | needed | what it is | example |\n| --- | --- | --- | --- |\n");
        let required: Vec<&str> = schema["required"].as_array().into_iter().flatten().filter_map(Value::as_str).collect();
        for (field, property) in schema["properties"].as_object().unwrap() {
            let needed = if required.contains(&field.as_str()) { "yes" } else { "" };
            let example = property["examples"][0].to_string().replace('|', "\\|");
            let example = if example.chars().count() > 60 { String::new() } else { format!("`{example}`") };
            writeln!(text, "| `{field}` | {needed} | {} | {example} |", words(&property["description"])).unwrap();
        }
    }
    compare("docs/reference/fields.md", &text);
}

fn words(value: &Value) -> String {
    value.as_str().unwrap_or("").replace('|', "\\|").replace('\n', " ")
}
