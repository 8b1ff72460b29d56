//! Runs the cases of `tests/diff/*.md`: what a change is, how much approval it needs, and why.
//!
//! A case is a heading of level two. A block with `before` and a path holds a file of the older version, one with `after` of
//! the newer; a file that only `before` has was removed, and a path with neither word is the same in both. The block
//! `changes` holds, for each item, its class and what was found. Cases share the small site of the rules' cases.

use std::collections::BTreeMap;
use std::fmt::Write as _;
use std::path::Path;

use signpost::diff::{self, Side};
use signpost::load::Snapshot;

use super::rules::BASE;

#[test]
fn every_change_is_what_its_case_says() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/diff");
    let mut pages: Vec<_> = std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).collect();
    pages.sort();
    for path in pages {
        let text = std::fs::read_to_string(&path).unwrap();
        let found = run(&text);
        if found == text {
            continue;
        }
        if update {
            std::fs::write(&path, found).unwrap();
        } else {
            writeln!(wrong, "{}:\n{}", path.display(), super::rules::similar_lines(&text, &found)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 cargo test writes what is found now; read it before you commit");
}

/// The page with every `changes` block as it is found.
fn run(page: &str) -> String {
    let mut out = String::new();
    let base: BTreeMap<String, String> = BASE.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect();
    let (mut old, mut new) = (base.clone(), base.clone());
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        if line.starts_with("## ") {
            (old, new) = (base.clone(), base.clone());
        }
        let Some(info) = line.strip_prefix("```") else { continue };
        let text: String = lines.by_ref().take_while(|l| *l != "```").fold(String::new(), |text, l| text + l + "\n");
        let mut words = info.split(' ').skip(1);
        let (when, path) = match (words.next(), words.next()) {
            (Some(when), Some(path)) => (when, path),
            (Some(path), None) => ("both", path),
            _ => ("", ""),
        };
        if info == "changes" {
            out.push_str(&changes(&old, &new));
        } else {
            out.push_str(&text);
        }
        if matches!(when, "before" | "both") {
            old.insert(path.to_owned(), text.clone());
        }
        if matches!(when, "after" | "both") {
            new.insert(path.to_owned(), text);
        }
        out.push_str("```\n");
    }
    out
}

fn changes(old: &BTreeMap<String, String>, new: &BTreeMap<String, String>) -> String {
    let snapshot = |files: &BTreeMap<String, String>| Snapshot::from_texts(files.iter().map(|(p, t)| (p.as_str(), t.as_str())));
    let (old, new) = (snapshot(old), snapshot(new));
    let (old, new) = (Side::of(&old), Side::of(&new));
    let mut out = String::new();
    let found = diff::between(&old, &new);
    promised(&diff::json::render("main", None, &found));
    let page = diff::html::render(&diff::report::of(&old, &new, &found), "Changes").unwrap();
    assert_eq!(page.matches("<article").count(), found.len());
    for change in found {
        let less = if change.is_less_urgent { ", may be less urgent" } else { "" };
        writeln!(out, "{}: {}, {}{less}", change.id, change.kind.word(), change.class.word()).unwrap();
        for remark in &change.remarks {
            let because = remark.because.as_ref().map_or(String::new(), |b| format!(": {b}"));
            let path = if remark.path.is_empty() { String::new() } else { format!(" {}", remark.path) };
            writeln!(out, "  {} {}{because}{path} ({})", remark.code.code, remark.code.name, remark.class.word()).unwrap();
        }
        for one in change.compared().iter().flat_map(|b| &b.moves) {
            let end = |id: &Option<String>| id.clone().unwrap_or_else(|| "null".to_owned());
            writeln!(out, "  {}: {} -> {} {}", one.direction.word(), end(&one.from), end(&one.to), one.combinations).unwrap();
        }
    }
    out
}

/// The JSON keeps what its schema promises.
fn promised(json: &str) {
    let value = serde_json::from_str(json).unwrap();
    assert_eq!(super::outputs::wrong(&value, "cli/diff"), Vec::<String>::new(), "{json}");
}
