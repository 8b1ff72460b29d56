//! Runs the cases of `tests/rules/CODE.md`: Markdown that a clinician can read, with files and what is found in them.
//!
//! A case is a heading of level two. Its code blocks with a path after the language are files; the block `findings`
//! holds what the rule finds in them, in the short form, each with its help. Cases share a small base site, whose files
//! a case may replace. Only findings of the page's own code count, unless the case's heading ends in "(all findings)" or
//! "(Y and S findings)".

use std::fmt::Write as _;
use std::path::{Path, PathBuf};

use signpost::check::{self, Context};
use signpost::diag::{Finding, Texts, escape};
use signpost::load::{NotAFile, Refusal, Snapshot};
use signpost::source::Lines;

/// A small site that raises no finding by itself.
pub(super) const BASE: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "name: Example site\nbase_url: https://example.org\norganisation: Example organisation\nlanguage: en\ncountry: GB\ndemonstration: true\ntime_zone: Europe/London\nshort_codes: [\"999\", \"111\", \"116 123\", \"85258\"]\nroles:\n  crisis-line: {label: Crisis line, fallback: resource/example-helpline}\n",
    ),
    (
        "content/acuity.yaml",
        "levels:\n  - {id: emergency, label: Emergency, says: Call 999 now., within: now, card: emergency}\n  - {id: urgent, label: Urgent, says: Get help today., within: today, card: urgent}\n  - {id: self-care, label: Self-care, says: You can help yourself., within: when it suits you, card: none}\n",
    ),
    (
        "content/resources/example-helpline.yaml",
        "title: Example helpline\ntype: helpline\nprovider: Example organisation\nchannels:\n  - {type: phone, value: \"0808 157 0123\", hours: 24/7}\ncheck_every: 365\n",
    ),
    ("reviews/confirmations/example-helpline.yaml", "date: 2026-11-01\nby: content-lead\nagainst: https://example.org/contact\n"),
];

#[test]
fn every_rule_finds_what_its_cases_say() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let mut wrong = String::new();
    for path in pages() {
        let text = std::fs::read_to_string(&path).unwrap();
        let code = path.file_stem().unwrap().to_str().unwrap().to_owned();
        let (expected, found) = run_page(&code, &text);
        if expected != found {
            if update {
                std::fs::write(&path, &found).unwrap();
            } else {
                let diff = similar_lines(&expected, &found);
                writeln!(wrong, "{}:\n{diff}", path.display()).unwrap();
            }
        }
    }
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 cargo test writes the findings as they are now; read them before you commit");
}

#[test]
fn every_rule_has_cases_that_have_it_and_that_have_not() {
    let mut missing = Vec::new();
    for rule in check::rules() {
        let path = folder().join(format!("{}.md", rule.code));
        let Ok(text) = std::fs::read_to_string(&path) else {
            missing.push(format!("{}: no {}", rule.code, path.display()));
            continue;
        };
        let blocks: Vec<&str> = text.split("```findings\n").skip(1).map(|b| b.split("```").next().unwrap_or("")).collect();
        if !blocks.iter().any(|b| b.contains(&format!("[{}]", rule.code))) {
            missing.push(format!("{}: no case that has it", rule.code));
        }
        if !blocks.iter().any(|b| !b.contains(&format!("[{}]", rule.code))) {
            missing.push(format!("{}: no case without it", rule.code));
        }
    }
    assert!(missing.is_empty(), "{}", missing.join("\n"));
}

#[test]
fn codes_are_unique_and_explained() {
    let mut seen = std::collections::HashSet::new();
    for rule in check::rules() {
        assert!(seen.insert(rule.code), "{} is listed twice", rule.code);
        let explanation = rule.explanation();
        for part in ["## Example", "## Instead"] {
            assert!(explanation.contains(part), "{}: the explanation has no `{part}`", rule.code);
        }
        assert!(rule.source.contains(&format!("code: \"{}\"", rule.code)), "{}: `source` includes another rule's file", rule.code);
    }
}

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/rules")
}

fn pages() -> Vec<PathBuf> {
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder()).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    pages.sort();
    pages
}

/// The page as it is, and as it would be with the findings of now.
pub(super) fn run_page(code: &str, page: &str) -> (String, String) {
    let mut out = String::new();
    let mut files: Vec<(String, Result<Vec<u8>, Refusal>)> = Vec::new();
    let mut others = "";
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if let Some(title) = line.strip_prefix("## ") {
            files.clear();
            others = match title.rsplit_once(" (") {
                Some((_, "all findings)")) => "DHJPRSVWY",
                Some((_, "Y and S findings)")) => "SY",
                _ => "",
            };
        }
        let Some(info) = line.strip_prefix("```") else {
            out.push_str(line);
            out.push('\n');
            continue;
        };
        let ticks = "`".repeat(line.len() - line.trim_start_matches('`').len());
        let info = info.trim_start_matches('`');
        let block: Vec<&str> = lines.by_ref().take_while(|l| l.trim_end() != ticks).collect();
        let mut text = block.iter().fold(String::new(), |t, l| t + l + "\n");
        if info == "findings" {
            text = found(code, others, &files);
        } else if let Some((language, path)) = info.split_once(' ') {
            files.push((unescape_text(path.trim()), file(language, &text)));
        }
        write!(out, "{ticks}{info}\n{text}{ticks}\n").unwrap();
    }
    (page.to_owned(), out)
}

/// What a block of a case stands for. Some languages are no files: `link`, `submodule`, `unreadable`; `huge` is the text
/// over and over.
fn file(language: &str, text: &str) -> Result<Vec<u8>, Refusal> {
    match language {
        "link" => Err(Refusal::NotAFile(NotAFile::Link)),
        "submodule" => Err(Refusal::NotAFile(NotAFile::Submodule)),
        "unreadable" => Err(Refusal::Unreadable(text.trim().to_owned())),
        "huge" => Ok(text.repeat(2 * 1024 * 1024 / text.len() + 1).into_bytes()),
        _ => Ok(unescape(text)),
    }
}

/// Escapes make characters visible that a reader of the case could not see: `\u{200b}`, and single bytes as `\x{ff}`.
fn unescape(text: &str) -> Vec<u8> {
    let mut out = Vec::new();
    let mut rest = text;
    while let Some(at) = [rest.find("\\u{"), rest.find("\\x{")].into_iter().flatten().min() {
        out.extend(&rest.as_bytes()[..at]);
        let (hex, tail) = rest[at + 3..].split_once('}').unwrap();
        let code = u32::from_str_radix(hex, 16).unwrap();
        if rest[at..].starts_with("\\x") {
            out.push(u8::try_from(code).unwrap());
        } else {
            out.extend(char::from_u32(code).unwrap().to_string().as_bytes());
        }
        rest = tail;
    }
    out.extend(rest.as_bytes());
    out
}

fn unescape_text(text: &str) -> String {
    String::from_utf8(unescape(text)).unwrap()
}

fn found(code: &str, others: &str, files: &[(String, Result<Vec<u8>, Refusal>)]) -> String {
    let base = BASE.iter().filter(|(p, _)| files.iter().all(|(f, _)| f != p)).map(|(p, t)| (*p, Ok(t.as_bytes().to_vec())));
    let snapshot = Snapshot::from_bytes(base.chain(files.iter().map(|(p, bytes)| (p.as_str(), bytes.clone()))));
    // What stands in `public/` was built, and is no content.
    let last = snapshot.text("public/build-manifest.json").map(str::to_owned);
    let context = Context::new(&snapshot, jiff::civil::date(2026, 11, 21)).with_last_manifest(last);
    let report = check::run(&context);
    report
        .findings
        .iter()
        .filter(|f| f.code == code || f.code.starts_with(|family| others.contains(family)))
        .map(|f| short(f, &snapshot))
        .collect()
}

pub(super) fn short(finding: &Finding, texts: &dyn Texts) -> String {
    let text = texts.text(&finding.place.file).unwrap_or("");
    let lines = Lines::new(text);
    let (at, end) = (lines.position(finding.place.span.start), lines.position(finding.place.span.end));
    let mut out = format!(
        "{}:{}:{}-{}:{}: {}[{}] {}\n",
        escape::visible(&finding.place.file),
        at.line,
        at.column,
        end.line,
        end.column,
        finding.severity.word(),
        finding.code,
        escape::visible(&finding.message)
    );
    for note in &finding.notes {
        writeln!(out, "    note: {note}").unwrap();
    }
    if let Some(help) = &finding.help {
        writeln!(out, "    help: {help}").unwrap();
    }
    for edit in &finding.fix {
        writeln!(out, "    fix: `{}` -> `{}`", escape::visible(edit.place.span.of(text)), escape::visible(&edit.text)).unwrap();
    }
    out
}

pub(super) fn similar_lines(expected: &str, found: &str) -> String {
    let (expected, found): (Vec<_>, Vec<_>) = (expected.lines().collect(), found.lines().collect());
    let gone = expected.iter().filter(|l| !found.contains(l)).map(|l| format!("- {l}\n"));
    let new = found.iter().filter(|l| !expected.contains(l)).map(|l| format!("+ {l}\n"));
    gone.chain(new).collect()
}
