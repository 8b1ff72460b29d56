//! The invariants of ARCHITECTURE.md that the compiler does not see.

use std::path::{Path, PathBuf};

/// The modules in the order in which data flows: each imports only from those before it.
const ORDER: [&str; 21] = [
    "source",
    "diag",
    "yaml",
    "markdown",
    "load",
    "embedded",
    "model",
    "hours",
    "phone",
    "schema",
    "fingerprint",
    "journey",
    "diff",
    "review",
    "check",
    "site",
    "audit",
    "pack",
    "live",
    "serve",
    "cli",
];

fn sources() -> Vec<(PathBuf, String)> {
    fn collect(dir: &Path, found: &mut Vec<(PathBuf, String)>) {
        for entry in std::fs::read_dir(dir).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                collect(&path, found);
            } else if path.extension().is_some_and(|e| e == "rs") && !path.to_string_lossy().ends_with("tests.rs") {
                let text = std::fs::read_to_string(&path).unwrap();
                found.push((path, text));
            }
        }
    }
    let mut found = Vec::new();
    collect(&Path::new(env!("CARGO_MANIFEST_DIR")).join("src"), &mut found);
    found.sort();
    found
}

fn module(path: &Path) -> String {
    let relative = path.strip_prefix(Path::new(env!("CARGO_MANIFEST_DIR")).join("src")).unwrap();
    relative.components().next().unwrap().as_os_str().to_string_lossy().trim_end_matches(".rs").to_owned()
}

/// The code without its tests, which may look anywhere.
fn code(text: &str) -> &str {
    text.split("#[cfg(test)]").next().unwrap_or(text)
}

#[test]
fn imports_only_go_one_way() {
    let rank = |name: &str| ORDER.iter().position(|m| *m == name);
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        let Some(own_rank) = rank(&own) else {
            assert!(
                own == "lib" || own == "main",
                "src/{own} has no place in the order of modules: give it one in tests/suite/tidy.rs and ARCHITECTURE.md"
            );
            continue;
        };
        for used in code(&text).split("crate::").skip(1) {
            let used: String = used.chars().take_while(|c| c.is_ascii_alphanumeric() || *c == '_').collect();
            if rank(&used).is_some_and(|r| r > own_rank) {
                wrong.push(format!("{} imports {used}", path.display()));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_file_says_what_it_is_for() {
    let silent: Vec<String> = sources().iter().filter(|(_, t)| !t.starts_with("//! ")).map(|(p, _)| p.display().to_string()).collect();
    assert!(silent.is_empty(), "{silent:#?}");
}

#[test]
fn files_are_small() {
    let long: Vec<String> = sources()
        .iter()
        .map(|(p, t)| (p, code(t).lines().count()))
        .filter(|(_, lines)| *lines > 520)
        .map(|(p, lines)| format!("{} has {lines} lines: is it two things?", p.display()))
        .collect();
    assert!(long.is_empty(), "{long:#?}");
}

#[test]
fn only_the_edges_touch_the_world() {
    // Reading is load's, writing is site's and cli's; the clock and the environment are cli's alone.
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let own = module(&path);
        if !["load", "site", "cli", "main"].contains(&own.as_str()) && code(&text).contains("std::fs") {
            wrong.push(format!("{} uses the file system", path.display()));
        }
        if !["cli", "main"].contains(&own.as_str()) {
            for word in ["SystemTime::now", "Instant::now", "Zoned::now", "Timestamp::now", "std::env", "process::exit"] {
                if code(&text).contains(word) {
                    wrong.push(format!("{} uses {word}", path.display()));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}

/// What is made again after a save rests on notes of who read whose text (ARCHITECTURE.md, "How a save is followed").
#[test]
fn texts_of_other_items_are_read_where_it_is_noted() {
    let mut wrong = Vec::new();
    for (path, text) in sources() {
        let (name, code) = (path.to_string_lossy().replace('\\', "/"), code(&text));
        let receivers = code.match_indices(".body()").map(|(at, _)| &code[..at]);
        if name.contains("/src/check/rules/") && code.contains("Check::File(") {
            wrong.extend(receivers.filter(|before| !before.ends_with("file")).map(|_| format!("{name}: use `text_of`")));
            if code.contains("standing(original") && !code.contains("rests_on(original)") {
                wrong.push(format!("{name}: say what it `rests_on`"));
            }
        } else if name.contains("/src/site/") {
            let is_noted = ["/markdown/writer.rs", "/search/mod.rs"].iter().any(|end| name.ends_with(end));
            let is_decisive = ["/journeys.rs", "/manifest.rs", "/machine/feed.rs"].iter().any(|end| name.ends_with(end));
            if receivers.count() > 0 && !is_noted || code.contains("fingerprint::of(") && !is_decisive {
                wrong.push(format!("{name} reads the text of an item, and nothing notes for which page"));
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong:#?}");
}
