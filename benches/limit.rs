//! What the machine allows: every Markdown file of a folder is read, turned into HTML, put into one small template and written
//! to a folder of its own, on two threads. Nothing is checked, listed, indexed or audited.
//!
//! `cargo bench --bench limit -- SRC OUT`; `benches/build.py` times it beside `signpost build`.

#![allow(clippy::unwrap_used, clippy::expect_used, reason = "a measurement may fail loudly")]

use std::path::{Path, PathBuf};
use std::sync::atomic::{AtomicUsize, Ordering};

use pulldown_cmark::{Options, Parser, html};

const THREADS: usize = 2;

fn main() {
    let folders: Vec<PathBuf> = std::env::args().skip(1).filter(|a| !a.starts_with("--")).map(PathBuf::from).collect();
    let [source, out] = &folders[..] else { return };
    let mut files: Vec<PathBuf> = std::fs::read_dir(source).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    std::fs::create_dir_all(out).unwrap();
    let next = AtomicUsize::new(0);
    std::thread::scope(|scope| {
        for _ in 0..THREADS {
            scope.spawn(|| {
                while let Some(file) = files.get(next.fetch_add(1, Ordering::Relaxed)) {
                    page(file, out);
                }
            });
        }
    });
}

fn page(file: &Path, out: &Path) {
    let text = std::fs::read_to_string(file).unwrap();
    let (front, body) = text.strip_prefix("---\n").and_then(|rest| rest.split_once("\n---\n")).expect("front matter");
    let field = |name: &str| front.lines().find_map(|line| line.strip_prefix(name)).unwrap_or_default().trim_matches([' ', '"']);
    let mut main = String::with_capacity(body.len() * 3 / 2);
    html::push_html(&mut main, Parser::new_ext(body, Options::ENABLE_TABLES | Options::ENABLE_FOOTNOTES));
    let (title, summary) = (field("title:"), field("summary:"));
    let whole = format!(
        "<!doctype html>\n<html lang=\"en\"><head><meta charset=\"utf-8\"><title>{title} | Example portal</title>\
         <meta name=\"description\" content=\"{summary}\"><link rel=\"stylesheet\" href=\"/style.css\"></head>\n<body><header>\
         <a href=\"/\">Example portal</a></header><main><h1>{title}</h1><p>{summary}</p>\n{main}</main></body></html>\n"
    );
    let folder = out.join(file.file_stem().unwrap());
    std::fs::create_dir(&folder).unwrap();
    std::fs::write(folder.join("index.html"), whole).unwrap();
}
