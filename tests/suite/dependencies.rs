//! Licences, bans and the number of dependencies, from `cargo metadata` and `deny.toml`, offline.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::path::Path;
use std::process::Command;

use serde_json::Value;

/// The most crates that the program may be built from, itself not counted. Raising it is a decision: say why in the commit.
const CEILING: usize = 215;

fn metadata() -> Value {
    let output = Command::new(env!("CARGO"))
        .args(["metadata", "--format-version", "1", "--offline", "--locked", "--filter-platform", "x86_64-unknown-linux-gnu"])
        .current_dir(env!("CARGO_MANIFEST_DIR"))
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// The packages that the program itself is built from: normal and build dependencies, no tests.
fn packages() -> Vec<Value> {
    let metadata = metadata();
    let nodes: HashMap<&str, &Value> =
        metadata["resolve"]["nodes"].as_array().unwrap().iter().map(|n| (n["id"].as_str().unwrap(), n)).collect();
    let root = metadata["resolve"]["root"].as_str().unwrap();
    let (mut seen, mut open) = (HashSet::from([root]), vec![root]);
    while let Some(id) = open.pop() {
        for dep in nodes[id]["deps"].as_array().unwrap() {
            let is_used = dep["dep_kinds"].as_array().unwrap().iter().any(|k| k["kind"].as_str() != Some("dev"));
            let next = dep["pkg"].as_str().unwrap();
            if is_used && seen.insert(next) {
                open.push(next);
            }
        }
    }
    let all = metadata["packages"].as_array().unwrap().iter();
    all.filter(|p| p["id"] != root && seen.contains(p["id"].as_str().unwrap())).cloned().collect()
}

/// The quoted words of a list in `deny.toml`.
fn list(section: &str, key: &str) -> BTreeSet<String> {
    let text = std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("deny.toml")).unwrap();
    let section = text.split(&format!("[{section}]")).nth(1).unwrap().split("\n[").next().unwrap();
    let list = section.split(&format!("{key} = [")).nth(1).unwrap().split("\n]").next().unwrap();
    let lines = list.lines().filter(|l| !l.trim_start().starts_with('#'));
    lines.flat_map(|l| l.split('"').skip(1).step_by(2)).map(str::to_owned).collect()
}

#[test]
fn every_licence_is_allowed() {
    let allowed = list("licenses", "allow");
    let fits = |expression: &str| {
        // An SPDX expression without nesting deeper than one pair of brackets: every AND part needs one OR part allowed.
        let expression = expression.replace('/', " OR ");
        expression.split(" AND ").all(|part| part.split(" OR ").any(|one| allowed.contains(one.trim_matches(['(', ')', ' ']))))
    };
    let wrong: Vec<String> = packages()
        .iter()
        .filter(|p| !fits(p["license"].as_str().unwrap_or("none")))
        .map(|p| format!("{} {}: {}", p["name"], p["version"], p["license"]))
        .collect();
    assert!(wrong.is_empty(), "licences that deny.toml does not allow: {wrong:#?}");
}

#[test]
fn nothing_banned_is_built_in() {
    let banned = list("bans", "deny");
    assert!(banned.contains("reqwest"));
    let found: Vec<String> = packages().iter().map(|p| p["name"].as_str().unwrap().to_owned()).filter(|n| banned.contains(n)).collect();
    assert!(found.is_empty(), "{found:?}");
}

#[test]
fn the_number_of_dependencies_stays_below_the_ceiling() {
    let count = packages().len();
    assert!(count <= CEILING, "{count} crates; the ceiling is {CEILING}");
}
