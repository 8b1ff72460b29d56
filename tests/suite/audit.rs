//! Runs the cases of `tests/audit/CODE.md`, as `rules.rs` does those of content, and holds our own sites against every rule.
//!
//! A block with a path after the language is a file of the site; `page PATH` holds what stands in the main part of a page that is
//! otherwise in order, below its heading, so its first line is line 2. Files below `content/` and `reviews/` are the repository
//! that the site was built from. The block `about` says what the manifest would. `findings` holds what the rule finds.

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use signpost::audit::{self, About, Site};
use signpost::check::Context;
use signpost::diag::Severity;
use signpost::load::Snapshot;
use signpost::site::{self, BuildOptions};

use super::commands::Case;
use super::rules::{BASE, short, similar_lines};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/audit")
}

#[test]
fn every_rule_finds_what_its_cases_say() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for entry in std::fs::read_dir(folder()).unwrap() {
        let path = entry.unwrap().path();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let page = std::fs::read_to_string(&path).unwrap();
        let now = run_page(&code, &page);
        if now != page && update {
            std::fs::write(&path, &now).unwrap();
        } else if now != page {
            writeln!(wrong, "{}:\n{}", path.display(), similar_lines(&page, &now)).unwrap();
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 cargo test writes the findings as they are now; read them before you commit");
}

#[test]
fn every_rule_has_cases_that_have_it_and_that_have_not() {
    let mut missing = Vec::new();
    let mut seen = std::collections::HashSet::new();
    for rule in audit::rules() {
        assert!(seen.insert(rule.code), "{} is listed twice", rule.code);
        assert!(rule.source.contains(&format!("code: \"{}\"", rule.code)), "{}: `source` includes another rule's file", rule.code);
        for part in ["## Example", "## Instead", "## Where it comes from"] {
            assert!(rule.explanation().contains(part), "{}: the explanation has no `{part}`", rule.code);
        }
        let text = std::fs::read_to_string(folder().join(format!("{}.md", rule.code))).unwrap_or_default();
        let blocks: Vec<&str> = text.split("```findings\n").skip(1).map(|b| b.split("```").next().unwrap_or("")).collect();
        let has = |block: &&str| block.contains(&format!("[{}]", rule.code));
        if !blocks.iter().any(has) || blocks.iter().all(has) {
            missing.push(rule.code);
        }
    }
    assert!(missing.is_empty(), "no case that has it, or none without it: {missing:?}");
}

/// The page as it would be with the findings of now.
fn run_page(code: &str, page: &str) -> String {
    let mut out = String::new();
    let mut files: Vec<(String, String)> = Vec::new();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            files.clear();
        }
        writeln!(out, "{line}").unwrap();
        let Some(info) = line.strip_prefix("```") else { continue };
        let mut text = lines.by_ref().take_while(|l| *l != "```").fold(String::new(), |t, l| t + l + "\n");
        match info.split_once(' ') {
            _ if info == "findings" => text = found(code, &files),
            Some(("page", path)) => files.push((path.to_owned(), whole(path, &text))),
            Some(("huge", path)) => files.push((path.to_owned(), whole(path, &huge(text.trim())))),
            Some((_, path)) => files.push((path.to_owned(), text.clone())),
            None => files.push((info.to_owned(), text.clone())),
        }
        writeln!(out, "{text}```").unwrap();
    }
    out
}

/// A page that is in order but for what stands in it.
fn whole(path: &str, main: &str) -> String {
    format!(
        "<!DOCTYPE html><html lang=\"en\"><head><meta charset=\"utf-8\"><meta http-equiv=\"Content-Security-Policy\" content=\"default-src 'none'\"><title>{path}</title></head><body><a href=\"#main\">Skip to main content</a><header>Example</header><main id=\"main\"><h1>{path}</h1>\n{main}</main></body></html>\n"
    )
}

/// Words that no compressor makes much smaller, so many bytes of them, and links: `45000 and 60 links`.
fn huge(text: &str) -> String {
    let (bytes, links) = text.split_once(" and ").unwrap_or((text, "0 links"));
    let links: usize = links.strip_suffix(" links").unwrap().parse().unwrap();
    let links: String = (0..links).map(|n| format!("<a href=\"/help/service-{n}/\">Service {n}</a> ")).collect();
    noise(bytes) + &links
}

fn noise(bytes: &str) -> String {
    let mut n = 1_u64;
    let letters = (0..bytes.parse::<usize>().unwrap()).map(|_| {
        n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from(b'?' + u8::try_from(n >> 58).unwrap())
    });
    format!("<p>{}</p>", letters.collect::<String>())
}

fn found(code: &str, files: &[(String, String)]) -> String {
    let is_content = |path: &str| path.starts_with("content/") || path.starts_with("reviews/");
    let said = files.iter().find(|(p, _)| p == "about").map_or("", |(_, t)| t.as_str());
    let get = |key: &str| said.lines().find_map(|l| l.strip_prefix(key)?.strip_prefix(": "));
    let mut about = About {
        base_url: get("base_url").map(str::to_owned),
        is_ours: get("ours") == Some("true"),
        is_preview: get("preview") == Some("true"),
        is_demonstration: get("demonstration") == Some("true"),
        urgent_page: get("urgent_page").map(str::to_owned),
        ..About::default()
    };
    let own = files.iter().filter(|(p, _)| is_content(p)).map(|(p, t)| (p.as_str(), t.as_str()));
    let base = BASE.iter().filter(|(p, _)| files.iter().all(|(f, _)| f != p)).copied();
    let snapshot = Snapshot::from_bytes(base.chain(own).map(|(p, t)| (p, Ok(t.as_bytes().to_vec()))));
    if files.iter().any(|(p, _)| is_content(p)) {
        about = about.with_content(&Context::new(&snapshot, jiff::civil::date(2026, 11, 21)));
    }
    let site = files.iter().filter(|(p, _)| p != "about" && !is_content(p)).map(|(p, t)| (p.as_str(), Some(t.as_bytes())));
    let site = Site::new(site, &about);
    audit::run(&site).findings.iter().filter(|f| f.code == code).map(|f| short(f, &site)).collect()
}

/// Every page of a site that we can build, as it is published and as a preview.
fn judge(root: &Path) {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21));
    for preview in [false, true] {
        let options = BuildOptions { preview, ..BuildOptions::default() };
        let rendered = site::render(&context, &options).unwrap();
        let manifest = rendered.files.iter().find(|(p, _)| p == "build-manifest.json").unwrap();
        let about = About::of_manifest(&serde_json::from_slice(&manifest.1).unwrap()).with_content(&context);
        assert!(about.is_ours && about.is_preview == preview);
        let site = Site::new(rendered.files.iter().map(|(p, b)| (p.as_str(), Some(b.as_slice()))), &about);
        let report = audit::gathered(&audit::run(&site));
        let errors: String = report.findings.iter().filter(|f| f.severity != Severity::Advice).map(|f| short(f, &site)).collect();
        assert!(errors.is_empty(), "{}:\n{errors}", root.display());
    }
}

#[test]
fn our_own_site_holds() {
    judge(Path::new(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn the_small_site_and_the_blueprints_hold() {
    judge(&Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/repos/good"));
    for blueprint in ["mental-health", "stop-smoking", "blank"] {
        judge(&Path::new(env!("CARGO_MANIFEST_DIR")).join("blueprints").join(blueprint));
    }
}

#[test]
fn the_json_of_audit_keeps_its_promise() {
    let mut case = Case::default();
    case.files.push(("content/topics/sleep.md".to_owned(), "---\ntitle: Sleep\n---\n\nGo to bed when you are tired.\n".to_owned()));
    let break_it =
        "signpost -q build --now 2026-11-21; sed -i -e 's/help.\"/halp\"/' -e 's/id=.main./&><p id=main/' public/topics/sleep/index.html";
    let value = case.json(&format!("{break_it}; signpost audit public --format json"), "cli/audit");
    let codes: Vec<&str> = value["findings"].as_array().unwrap().iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"A001") && codes.contains(&"A019"), "{codes:?}");
    assert!(value["findings"].as_array().unwrap().iter().any(|f| f["labels"].is_array()));
}

#[test]
fn nothing_makes_it_panic() {
    let page = whole(
        "index.html",
        "<a href=\"%zz://?#\">x</a><img srcset=\",, ,\"><meta http-equiv=refresh content=\";;url\"><style>url(</style>",
    );
    for cut in 0..page.len() {
        let about = About { is_ours: true, ..About::default() };
        let bytes = &page.as_bytes()[..cut];
        let files = [("index.html", Some(bytes)), ("sitemap.xml", Some(bytes)), ("site.css", Some(bytes)), ("manifest.json", Some(bytes))];
        audit::run(&Site::new(files, &about));
    }
    let about = About::default();
    let mangled: Vec<u8> = page.bytes().map(|b| if b == b'e' { 0xff } else { b }).collect();
    audit::run(&Site::new([("index.html", Some(mangled.as_slice()))], &about));
}
