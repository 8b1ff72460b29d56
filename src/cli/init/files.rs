//! What a new repository holds.

use jiff::civil::Date;
use serde_json::{Map, Value, json};

use crate::embedded;
use crate::model::{Kind, Singleton};
use crate::schema;

/// The pre-commit hook, the one file that has to be executable.
pub(super) const HOOK: &str = ".githooks/pre-commit";

/// One file.
pub(super) struct File {
    /// Its path in the new repository.
    pub(super) path: String,
    /// What it holds.
    pub(super) text: String,
}

/// Files that are the same whatever the blueprint; `{{project}}` and `{{name}}` are filled in.
const FILES: [(&str, &str); 11] = [
    (".editorconfig", include_str!("files/editorconfig")),
    (".gitattributes", include_str!("files/gitattributes")),
    (HOOK, include_str!("files/pre-commit")),
    (".github/workflows/signpost.yml", include_str!("files/github.yml")),
    (".gitignore", include_str!("files/gitignore")),
    (".gitlab-ci.yml", include_str!("files/gitlab-ci.yml")),
    (".vscode/extensions.json", include_str!("files/extensions.json")),
    ("README.md", include_str!("files/README.md")),
    ("reviews/policy.yaml", include_str!("files/policy.yaml")),
    ("reviews/reviewers.yaml", include_str!("files/reviewers.yaml")),
    ("site-templates/README.md", include_str!("files/site-templates.md")),
];

/// All files of a new repository that is begun on `today`.
pub(super) fn all(blueprint: &str, project: &str, today: Date) -> Vec<File> {
    let of_blueprint = embedded::BLUEPRINTS.iter().filter_map(|(path, bytes)| {
        let path = path.strip_prefix(blueprint)?.strip_prefix('/')?.to_owned();
        let text = String::from_utf8(bytes.to_vec()).ok()?;
        let text = if path.starts_with("reviews/confirmations/") { confirmed(&text, today) } else { text };
        Some(File { path, text })
    });
    let mut files: Vec<File> = of_blueprint.collect();
    let name = files.iter().find(|f| f.path == "content/site.yaml").and_then(|f| name(&f.text)).unwrap_or("Content").to_owned();
    for (path, text) in FILES {
        // A blueprint may bring its own.
        if files.iter().all(|f| f.path != path) {
            let text = text.replace("{{project}}", project).replace("{{name}}", &name);
            files.push(File { path: path.to_owned(), text });
        }
    }
    files.extend(schema::names().map(|name| File { path: schema_path(name), text: schema::text(name).unwrap_or("").to_owned() }));
    files.push(File { path: ".vscode/settings.json".to_owned(), text: settings() });
    files
}

/// A blueprint is as old as the program: its confirmations would fall due before anybody begins. They say what they are.
fn confirmed(text: &str, today: Date) -> String {
    let dated = text.lines().map(|line| if line.starts_with("date: ") { format!("date: {today}\n") } else { format!("{line}\n") });
    dated.fold(CONFIRMATION.to_owned(), |all, line| all + &line)
}

const CONFIRMATION: &str = "\
# The day that `signpost init` wrote this demonstration, not a day on which anybody asked the service.
# Look the details up again before people rely on them, then run `signpost confirm`.
";

fn name(site: &str) -> Option<&str> {
    site.lines().find_map(|line| line.strip_prefix("name: "))
}

/// Not in `schemas/`: what lies there is a repository's own and tightens.
fn schema_path(name: &str) -> String {
    format!(".vscode/schemas/{name}.schema.json")
}

/// Which schema belongs to which files, for the YAML extension of Visual Studio Code.
fn settings() -> String {
    let mut schemas = Map::new();
    for kind in Kind::ALL.into_iter().filter(|k| k.extension() == "yaml") {
        schemas.insert(format!("./{}", schema_path(kind.word())), format!("content/{}/**/*.yaml", kind.folder()).into());
    }
    for singleton in Singleton::ALL {
        schemas.insert(format!("./{}", schema_path(singleton.word())), format!("content/{}.yaml", singleton.word()).into());
    }
    schemas.insert(format!("./{}", schema_path("confirmation")), "reviews/confirmations/*.yaml".into());
    for (name, glob) in [("policy", "policy.yaml"), ("reviewers", "reviewers.yaml"), ("record", "records/**/*.yaml")] {
        schemas.insert(format!("./{}", schema_path(name)), format!("reviews/{glob}").into());
    }
    schemas.insert(format!("./{}", schema_path("release")), "reviews/releases/*.yaml".into());
    let settings = json!({
        "yaml.schemas": Value::Object(schemas),
        "yaml.schemaStore.enable": false,
        "files.eol": "\n",
        "[markdown]": { "editor.wordWrap": "on" },
    });
    // A value with text keys always has a text.
    serde_json::to_string_pretty(&settings).unwrap_or_default() + "\n"
}

#[cfg(test)]
mod tests {
    use jiff::civil::date;

    use super::*;

    #[test]
    fn every_yaml_file_of_a_blueprint_has_a_schema_in_the_editor() {
        let settings: Value = serde_json::from_str(&settings()).unwrap();
        let globs = settings["yaml.schemas"].as_object().unwrap();
        for blueprint in ["mental-health", "stop-smoking", "blank"] {
            let files = all(blueprint, "00", date(2027, 3, 1));
            let has = |path: &str| files.iter().any(|f| f.path == path);
            assert!(globs.keys().all(|schema| has(schema.trim_start_matches("./"))));
            let is_yaml = |f: &&File| f.path.ends_with(".yaml") && (f.path.starts_with("content/") || f.path.starts_with("reviews/"));
            for file in files.iter().filter(is_yaml) {
                let matches = globs.values().filter_map(Value::as_str).filter(|glob| {
                    let folder = glob.trim_end_matches("*.yaml").trim_end_matches("**/");
                    **glob == file.path || (folder.ends_with('/') && file.path.starts_with(folder))
                });
                assert_eq!(matches.count(), 1, "{}", file.path);
            }
        }
    }

    #[test]
    fn confirmations_carry_the_day_and_say_what_they_are() {
        let files = all("mental-health", "00", date(2027, 3, 1));
        let confirmations: Vec<&File> = files.iter().filter(|f| f.path.starts_with("reviews/confirmations/")).collect();
        assert!(confirmations.len() > 5);
        for file in confirmations {
            assert!(file.text.starts_with("# The day that `signpost init`") && file.text.contains("\ndate: 2027-03-01\n"), "{}", file.text);
        }
    }

    #[test]
    fn the_project_and_the_name_are_filled_in() {
        let files = all("blank", "0123", date(2027, 3, 1));
        let text = |path: &str| files.iter().find(|f| f.path == path).unwrap().text.clone();
        assert!(text("reviews/policy.yaml").contains("project: 0123\n") && text("README.md").starts_with("# My service\n"));
        assert!(files.iter().all(|f| f.path.starts_with(".github/") || !f.text.contains("{{project}}") && !f.text.contains("{{name}}")));
    }
}
