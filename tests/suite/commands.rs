//! Runs the cases of `tests/cmd/*.md`: whole commands, in a git repository of their own, with all that they print.
//!
//! A case is a heading of level two. Its code blocks with a path after the language are files, added to a small base site
//! and committed. Each line `$ …` of a `console` block is given to `sh`; below it stand what it prints (standard output,
//! then standard error with `! ` before each line) and, where that is not 0, the exit status after `? `.
//! `UPDATE_EXPECT=1 cargo test` writes what is printed now.

use std::collections::BTreeSet;
use std::fmt::Write as _;
use std::path::{Path, PathBuf};
use std::process::Command;

use tempfile::TempDir;

use super::rules::BASE;

#[test]
fn every_command_does_what_its_cases_say() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let pages = pages();
    let results: Vec<String> = std::thread::scope(|scope| {
        let threads: Vec<_> = pages.iter().map(|path| scope.spawn(move || run_page(path, update))).collect();
        threads.into_iter().map(|t| t.join().unwrap()).collect()
    });
    let wrong: String = results.concat();
    assert!(wrong.is_empty(), "{wrong}\nUPDATE_EXPECT=1 cargo test writes what is printed now; read it before you commit");
}

#[test]
fn every_command_and_option_is_run() {
    let lines: Vec<String> = pages()
        .iter()
        .flat_map(|path| std::fs::read_to_string(path).unwrap().lines().map(str::to_owned).collect::<Vec<_>>())
        .filter(|l| l.starts_with("$ ") && l.contains("signpost"))
        .collect();
    let help = |args: &[&str]| {
        let output = Command::new(env!("CARGO_BIN_EXE_signpost")).args(args).arg("--help").output().unwrap();
        assert!(output.status.success(), "{args:?}");
        String::from_utf8(output.stdout).unwrap()
    };
    let options = |text: &str| -> BTreeSet<String> {
        let flags = text.lines().map(str::trim_start).filter(|l| l.starts_with('-'));
        let words = flags.flat_map(|l| l.split([' ', ',']).take(3).map(|w| w.trim_end_matches("...")));
        words.filter(|w| w.starts_with('-') && w.len() > 1).map(str::to_owned).collect()
    };
    let commands = |text: &str| -> BTreeSet<String> {
        let lines = text.lines().skip_while(|l| *l != "Commands:").skip(1).take_while(|l| !l.is_empty());
        let names = lines.filter_map(|l| l.strip_prefix("  ")?.split(' ').next());
        names.filter(|c| !c.is_empty() && *c != "help").map(str::to_owned).collect()
    };
    let top = help(&[]);
    let global = options(&top);
    let mut missing = Vec::new();
    let is_run = |command: &str, option: &str| {
        lines.iter().any(|l| l.contains(command) && l.split(' ').any(|w| w == option || w.starts_with(&format!("{option}="))))
    };
    missing.extend(global.iter().filter(|o| !is_run("signpost", o)).cloned());
    // Commands, then the commands of commands: `journey`, `journey list`.
    let mut open: Vec<String> = commands(&top).into_iter().collect();
    while let Some(command) = open.pop() {
        let text = help(&command.split(' ').collect::<Vec<_>>());
        let inner = commands(&text);
        if inner.is_empty() && !lines.iter().any(|l| format!("{l} ").contains(&format!(" {command} "))) {
            missing.push(command.clone());
        }
        open.extend(inner.into_iter().map(|name| format!("{command} {name}")));
        missing.extend(options(&text).difference(&global).filter(|o| !is_run(&format!(" {command}"), o)).map(|o| format!("{command} {o}")));
    }
    assert!(missing.is_empty(), "no case in tests/cmd/ runs: {}", missing.join(", "));
}

fn pages() -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/cmd");
    let mut pages: Vec<PathBuf> =
        std::fs::read_dir(folder).unwrap().map(|e| e.unwrap().path()).filter(|p| p.extension().is_some_and(|e| e == "md")).collect();
    pages.sort();
    pages
}

/// What is wrong with a page; nothing where it says what is printed now.
fn run_page(path: &Path, update: bool) -> String {
    let page = std::fs::read_to_string(path).unwrap();
    let mut out = String::new();
    let mut case = Case::default();
    let mut lines = page.lines();
    while let Some(line) = lines.next() {
        if line.starts_with("## ") {
            case = Case::default();
        }
        out.push_str(line);
        out.push('\n');
        let Some(info) = line.strip_prefix("```") else { continue };
        let block: Vec<&str> = lines.by_ref().take_while(|l| *l != "```").collect();
        if info == "console" {
            for command in block.iter().filter_map(|l| l.strip_prefix("$ ")) {
                writeln!(out, "$ {command}\n{}", case.run(command).trim_end_matches('\n')).unwrap();
                out.truncate(out.trim_end_matches('\n').len());
                out.push('\n');
            }
        } else {
            let text: String = block.iter().map(|l| format!("{l}\n")).collect();
            out.push_str(&text);
            case.files.extend(info.split_once(' ').map(|(_, path)| (path.to_owned(), text)));
        }
        out.push_str("```\n");
    }
    if out == page {
        return String::new();
    }
    if update {
        std::fs::write(path, &out).unwrap();
        return String::new();
    }
    let (old, new): (Vec<_>, Vec<_>) = (page.lines().collect(), out.lines().collect());
    let gone = old.iter().filter(|l| !new.contains(l)).map(|l| format!("- {l}\n"));
    let come = new.iter().filter(|l| !old.contains(l)).map(|l| format!("+ {l}\n"));
    format!("{}:\n{}", path.display(), gone.chain(come).collect::<String>())
}

#[derive(Default)]
pub(super) struct Case {
    pub(super) files: Vec<(String, String)>,
    dir: Option<TempDir>,
}

impl Case {
    /// The JSON that a command prints, held against its schema.
    pub(super) fn json(&mut self, command: &str, schema: &str) -> serde_json::Value {
        let printed = self.run(command);
        let end = printed.rfind("\n}").unwrap_or_else(|| panic!("{command} prints no JSON:\n{printed}"));
        let value: serde_json::Value = serde_json::from_str(&printed[..end + 2]).unwrap();
        let schema = serde_json::from_str(signpost::schema::text(schema).unwrap()).unwrap();
        let errors = jsonschema::validator_for(&schema).unwrap();
        let errors: Vec<String> = errors.iter_errors(&value).map(|e| format!("{}: {e}", e.instance_path())).collect();
        assert_eq!(errors, Vec::<String>::new(), "{value:#}");
        value
    }

    pub(super) fn run(&mut self, command: &str) -> String {
        if self.dir.is_none() {
            let dir = tempfile::tempdir().unwrap();
            let base = BASE.iter().filter(|(p, _)| self.files.iter().all(|(f, _)| f != p)).map(|(p, t)| (*p, *t));
            for (path, text) in base.chain(self.files.iter().map(|(p, t)| (p.as_str(), t.as_str()))) {
                let path = dir.path().join("site").join(path);
                std::fs::create_dir_all(path.parent().unwrap()).unwrap();
                std::fs::write(path, text).unwrap();
            }
            shell(dir.path(), "git init -q -b main && git add . && git commit -q -m first");
            self.dir = Some(dir);
        }
        let dir = self.dir.as_ref().unwrap().path();
        let output = shell(dir, command);
        let root = dir.canonicalize().unwrap().display().to_string();
        let text = |bytes: &[u8]| String::from_utf8_lossy(bytes).replace(&root, "[DIR]");
        let mut out = text(&output.stdout);
        if !out.is_empty() && !out.ends_with('\n') {
            out.push('\n');
        }
        text(&output.stderr).lines().for_each(|l| writeln!(out, "! {}", milliseconds(l)).unwrap());
        match output.status.code() {
            Some(0) => {}
            Some(code) => writeln!(out, "? {code}").unwrap(),
            None => writeln!(out, "? killed").unwrap(),
        }
        out
    }
}

fn shell(dir: &Path, command: &str) -> std::process::Output {
    let folder = Path::new(env!("CARGO_BIN_EXE_signpost")).parent().unwrap();
    let site = dir.join("site");
    let path = format!("{}:{}", folder.display(), std::env::var("PATH").unwrap());
    Command::new("sh")
        .args(["-c", command])
        .current_dir(if site.is_dir() { &site } else { dir })
        .env_clear()
        .env("PATH", path)
        .env("HOME", dir)
        .env("GIT_CONFIG_NOSYSTEM", "1")
        .envs([("GIT_AUTHOR_NAME", "a"), ("GIT_AUTHOR_EMAIL", "a@example.org"), ("GIT_AUTHOR_DATE", "2026-11-01T12:00:00Z")])
        .envs([("GIT_COMMITTER_NAME", "a"), ("GIT_COMMITTER_EMAIL", "a@example.org"), ("GIT_COMMITTER_DATE", "2026-11-01T12:00:00Z")])
        .output()
        .unwrap()
}

/// `in 12 ms` without the number.
fn milliseconds(line: &str) -> String {
    let Some((before, after)) = line.rsplit_once(" in ").filter(|(_, after)| after.ends_with(" ms")) else { return line.to_owned() };
    if after.trim_end_matches(" ms").bytes().all(|b| b.is_ascii_digit()) { format!("{before} in [N] ms") } else { line.to_owned() }
}

#[test]
fn the_json_of_check_keeps_its_promise() {
    let mut case = Case::default();
    let topic = "---\ntitle: T\ntopics: [topic/x, topic/x]\nsumary: É\n---\n\n<b>Raw</b> [a](topic/y)\n\n# One\n";
    case.files.push(("content/topics/t.md".to_owned(), topic.to_owned()));
    case.files.push(("content/journeys/j.yaml".to_owned(), "title: J\nstart: a\nsteps:\n  a: {say: Hi, go: outcome/x}\n".to_owned()));
    let value = case.json("signpost check --now 2026-11-21 --format json", "cli/check");
    assert!(value["findings"].as_array().unwrap().len() > 2 && value["version"] == 1);
}

#[test]
fn what_verify_finds_is_what_check_finds() {
    let mut case = Case::default();
    let journey = "title: J\nstart: a\nsteps:\n  a: {ask: A?, answers: {x: {label: X, go: outcome/rest}, y: {label: Y, go: outcome/none}}}\n  b: {say: B, go: outcome/rest}\nsafety:\n  - {id: r, whenever: {answer: a, is: x}, outcome: {at_least: urgent}}\n";
    case.files.push(("content/journeys/j.yaml".to_owned(), journey.to_owned()));
    case.files.push(("content/outcomes/rest.md".to_owned(), "---\ntitle: Rest\nacuity: self-care\n---\n\nRest.\n".to_owned()));
    let verified = case.json("signpost journey verify --format json", "cli/journey-verify");
    let checked = case.json("signpost check --now 2026-11-21 --format json", "cli/check");
    let of_check: Vec<_> = checked["findings"].as_array().unwrap().iter().filter(|f| f["item"] == "journey/j").collect();
    let of_verify: Vec<_> = verified["journeys"][0]["findings"].as_array().unwrap().iter().collect();
    assert!(of_verify.iter().all(|f| of_check.contains(f)), "{of_verify:#?}");
    let codes: Vec<_> = of_verify.iter().map(|f| f["code"].as_str().unwrap()).collect();
    assert!(codes.contains(&"R001") && codes.contains(&"J020") && codes.contains(&"H020"), "{codes:?}");
    // Structural errors suppress neither endings nor verdicts.
    assert_eq!(verified["journeys"][0]["endings"][0]["id"], "outcome/rest");
    assert_eq!(verified["journeys"][0]["safety"][0]["holds"], false);
}
