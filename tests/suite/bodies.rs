//! Runs the cases of `tests/site/*.md`: Markdown as an editor writes it, and the HTML that people get.
//!
//! A case is a heading of level two, a `markdown` block with a body, and an `html` block with what the page then holds between its
//! title and its foot. The body stands in a topic of `tests/repos/good`.

use std::fmt::Write as _;
use std::path::Path;

use signpost::check::Context;
use signpost::load::Snapshot;
use signpost::site::{self, BuildOptions};

#[test]
fn bodies_become_pages() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/site");
    let mut wrong = String::new();
    let mut pages: Vec<_> =
        std::fs::read_dir(&folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    pages.sort();
    assert!(!pages.is_empty());
    for path in pages {
        let page = std::fs::read_to_string(&path).unwrap();
        let now = run(&page);
        if now != page {
            if update {
                std::fs::write(&path, now).unwrap();
            } else {
                let line = now.lines().zip(page.lines()).find(|(a, b)| a != b);
                writeln!(wrong, "{}: {line:?}", path.display()).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}UPDATE_EXPECT=1 cargo test writes the HTML as it is now; read it before you commit");
}

fn run(page: &str) -> String {
    let mut out = String::new();
    let mut body = String::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("````") else { continue };
        let block: String = lines.by_ref().take_while(|l| *l != "````").fold(String::new(), |text, l| text + l + "\n");
        let block = if info == "html" { html(&body) } else { block };
        body.clone_from(&block);
        writeln!(out, "{block}````").unwrap();
    }
    out
}

fn html(body: &str) -> String {
    let base = Snapshot::from_disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/repos/good")).unwrap();
    let topic = format!("---\ntitle: Case\n---\n{body}");
    let files = base.files.iter().map(|f| (f.path.as_str(), f.text.as_str()));
    let snapshot = Snapshot::from_texts(files.chain([("content/topics/case.md", topic.as_str())]));
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
    let rendered = site::render(&context, &BuildOptions::default()).unwrap();
    let (_, bytes) = rendered.files.iter().find(|(p, _)| p == "topics/case/index.html").unwrap();
    let page = std::str::from_utf8(bytes).unwrap();
    let (_, after) = page.split_once("<h1>Case</h1>\n").unwrap();
    let (main, _) = after.split_once("<div class=\"review\">").unwrap();
    main.lines().filter(|l| !l.trim().is_empty()).fold(String::new(), |text, l| text + l + "\n")
}

#[test]
fn nesting_without_end_does_no_harm() {
    for deep in [
        ">".repeat(500) + " [!URGENT] deep",
        "> [!INSET]\n".to_owned() + &(1..40).map(|n| "> ".repeat(n) + "[!INSET]\n>\n").collect::<String>(),
        "- ".repeat(300),
    ] {
        assert!(!html(&deep).is_empty());
    }
}
