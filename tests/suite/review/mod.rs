//! Reviews from end to end: real git repositories, real keys made by `ssh-keygen` for the run, the program itself.

mod interop;
mod packs;
mod records;
mod releases;
mod states;
mod story;
mod suspensions;
mod threats;

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::{Command, Output};
use std::sync::OnceLock;

use serde_json::Value;
use tempfile::TempDir;

use super::rules::BASE;

/// Everybody in the tests' `reviewers.yaml`, with their roles. The editor has neither role nor key.
const PEOPLE: [(&str, &str); 6] = [
    ("an-editor", ""),
    ("a-safety-officer", "clinical-safety-officer"),
    ("a-nurse", "clinical-reviewer"),
    ("a-doctor", "clinical-reviewer, clinical-safety-officer"),
    ("a-lead", "content-lead"),
    ("an-owner", "policy-owner"),
];

const POLICY: &str = "project: 5f0c9c0e
version: 1
roles:
  clinical-safety-officer: Accepts risk
  clinical-reviewer: Judges what the pages advise
  content-lead: Looks after wording
  policy-owner: Looks after this file
rules:
  - {class: logic, needs: {clinical-safety-officer: 1}}
  - {class: clinical, needs: {clinical-reviewer: 1}}
  - {class: editorial, needs: {content-lead: 1}}
  - {for: {item: [review/policy, review/reviewers]}, needs: {policy-owner: 1, clinical-safety-officer: 1}}
valid_for: {default: 12 months}
dependency_changed: {default: reapprove, resource: carry}
emergency: {roles: [clinical-safety-officer], hours: 24}
";

const SLEEP: &str = "---\ntitle: Sleep\nsummary: How to rest.\n---\nIt is importent to rest.\n\nWait 2 days.\n\n[Help](partial/help)\n\n[Line](resource/example-helpline)\n";

/// Whether the tests that sign can run here.
fn can_sign() -> bool {
    Command::new("ssh-keygen").arg("-?").output().is_ok()
}

/// Skips a test by name where there is no `ssh-keygen`.
macro_rules! needs_ssh_keygen {
    () => {
        if !super::can_sign() {
            println!("skipped: there is no ssh-keygen");
            return;
        }
    };
}
use needs_ssh_keygen;

/// A folder of keys, one for everybody and a spare, made once for the run.
fn keys() -> &'static Path {
    static KEYS: OnceLock<TempDir> = OnceLock::new();
    let dir = KEYS.get_or_init(|| {
        let dir = tempfile::tempdir().unwrap();
        for name in PEOPLE.iter().map(|(id, _)| *id).chain(["spare"]) {
            make_key(&dir.path().join(name), &["-t", "ed25519", "-N", ""]);
        }
        dir
    });
    dir.path()
}

fn make_key(path: &Path, how: &[&str]) {
    let output = Command::new("ssh-keygen").args(["-q", "-C", "test"]).args(how).arg("-f").arg(path).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

/// The public half of a key file, without its comment.
fn public(path: &Path) -> String {
    let text = std::fs::read_to_string(path.with_extension("pub")).unwrap();
    text.split(' ').take(2).collect::<Vec<_>>().join(" ")
}

fn reviewers(version: usize) -> String {
    let people = PEOPLE.iter().map(|(id, roles)| {
        let keys = if roles.is_empty() {
            String::new()
        } else {
            format!("    keys: [{{key: {}, status: active, since: 2026-01-01}}]\n", public(&keys().join(id)))
        };
        format!("  - id: {id}\n    name: Person {id}\n    emails: [{id}@example.org]\n    roles: [{roles}]\n{keys}")
    });
    format!("version: {version}\npeople:\n{}", people.collect::<String>())
}

/// A content repository with a policy and people.
struct Repo {
    dir: TempDir,
}

impl Repo {
    /// The base site, a topic and what it embeds, committed by the editor; nothing is approved.
    fn new() -> Self {
        let repo = Self { dir: tempfile::tempdir().unwrap() };
        for (path, text) in BASE {
            repo.write(path, text);
        }
        repo.write("content/topics/sleep.md", SLEEP);
        repo.write("content/partials/help.md", "---\ntitle: Help\n---\nTalk to a freind.\n");
        repo.write("reviews/policy.yaml", POLICY);
        repo.write("reviews/reviewers.yaml", &reviewers(1));
        repo.git(&["init", "-q", "-b", "main"]);
        repo.commit("an-editor", "First");
        repo
    }

    /// The same with everything approved, on main.
    fn approved() -> Self {
        let repo = Self::new();
        repo.approve_all();
        repo.commit("a-lead", "Approve everything");
        assert_eq!(repo.missing(), BTreeMap::new());
        repo
    }

    fn path(&self) -> &Path {
        self.dir.path()
    }

    fn write(&self, path: &str, text: &str) {
        let path = self.path().join(path);
        std::fs::create_dir_all(path.parent().unwrap()).unwrap();
        std::fs::write(path, text).unwrap();
    }

    fn read(&self, path: &str) -> String {
        std::fs::read_to_string(self.path().join(path)).unwrap()
    }

    fn edit(&self, path: &str, from: &str, to: &str) {
        let text = self.read(path);
        assert!(text.contains(from), "{path} has no {from}");
        self.write(path, &text.replace(from, to));
    }

    fn git(&self, args: &[&str]) -> String {
        self.git_as("an-editor", args)
    }

    fn git_as(&self, who: &str, args: &[&str]) -> String {
        let output = self.command("git", who).args(args).output().unwrap();
        assert!(output.status.success(), "git {args:?}: {}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).unwrap().trim().to_owned()
    }

    fn command(&self, program: &str, who: &str) -> Command {
        let email = format!("{who}@example.org");
        let mut command = Command::new(program);
        command.current_dir(self.path()).env("HOME", self.path()).env("GIT_CONFIG_NOSYSTEM", "1").env_remove("SSH_AUTH_SOCK");
        command.envs([("GIT_AUTHOR_NAME", who), ("GIT_COMMITTER_NAME", who)]);
        command.envs([("GIT_AUTHOR_EMAIL", &email), ("GIT_COMMITTER_EMAIL", &email)]);
        command
    }

    fn commit(&self, who: &str, message: &str) -> String {
        self.git_as(who, &["add", "-A"]);
        self.git_as(who, &["commit", "-q", "--allow-empty", "-m", message]);
        self.git(&["rev-parse", "HEAD"])
    }

    fn signpost(&self, args: &[&str]) -> Output {
        self.command(env!("CARGO_BIN_EXE_signpost"), "an-editor").args(args).output().unwrap()
    }

    /// What the command prints, and its exit status.
    fn run(&self, args: &[&str]) -> (String, i32) {
        let output = self.signpost(args);
        let text = String::from_utf8(output.stdout).unwrap() + &String::from_utf8(output.stderr).unwrap();
        (text, output.status.code().unwrap())
    }

    fn decide(&self, decision: &str, who: &str, items: &[&str], more: &[&str]) -> (String, i32) {
        let key = keys().join(who).display().to_string();
        let args = [&["review", decision], items, &["--as", who, "--key", &key, "--yes"], more].concat();
        self.run(&args)
    }

    /// Signs, and expects that it works.
    fn approve(&self, who: &str, items: &[&str], more: &[&str]) {
        let (text, status) = self.decide("approve", who, items, more);
        assert_eq!(status, 0, "{text}");
    }

    fn json(&self, args: &[&str]) -> Value {
        let output = self.signpost(&[args, &["--format", "json"]].concat());
        let text = String::from_utf8(output.stdout).unwrap();
        serde_json::from_str(&text).unwrap_or_else(|e| panic!("{e}: {text}{}", String::from_utf8_lossy(&output.stderr)))
    }

    fn state(&self, id: &str) -> Value {
        self.json(&["review", "status", id])["items"][0].clone()
    }

    /// What is missing, by item: each role with somebody who can.
    fn missing(&self) -> BTreeMap<String, Vec<(String, String)>> {
        let status = self.json(&["review", "status"]);
        let items = status["items"].as_array().unwrap().iter().filter(|i| i["approved"] == false);
        let need = |n: &Value| (n["role"].as_str().unwrap().to_owned(), n["from"][0].as_str().unwrap_or("").to_owned());
        items.map(|i| (i["id"].as_str().unwrap().to_owned(), i["needs"].as_array().unwrap().iter().map(need).collect())).collect()
    }

    /// Everybody signs what they can.
    fn approve_all(&self) {
        let mut by_person: BTreeMap<(String, String), Vec<String>> = BTreeMap::new();
        for (id, needs) in self.missing() {
            let mut used: Vec<String> = Vec::new();
            for (role, who) in needs {
                // Whoever has two roles is needed for one of them only.
                let who = if used.contains(&who) || who == "a-doctor" { "a-nurse".to_owned() } else { who };
                used.push(who.clone());
                by_person.entry((who, role)).or_default().push(id.clone());
            }
        }
        for ((who, role), ids) in by_person {
            let ids: Vec<&str> = ids.iter().map(String::as_str).collect();
            self.approve(&who, &ids, &["--role", &role, "--uncommitted"]);
        }
    }

    /// The gate for a change that goes to main.
    fn gate(&self) -> (String, i32) {
        self.run(&["review", "verify", "--trust", "main"])
    }

    /// The gate says no, and names the cause.
    #[track_caller]
    fn refuses(&self, cause: &str) {
        let (text, status) = self.gate();
        assert!(status == 1 && text.contains(cause), "status {status}, wanted `{cause}`:\n{text}");
    }

    #[track_caller]
    fn accepts(&self) {
        let (text, status) = self.gate();
        assert_eq!(status, 0, "{text}");
    }

    fn branch(&self, name: &str) {
        self.git(&["checkout", "-q", "-b", name]);
    }

    /// Merges the branch into main and goes there.
    fn merge(&self, name: &str) {
        self.git(&["checkout", "-q", "main"]);
        self.git(&["merge", "-q", "--no-ff", "-m", "Merge", name]);
    }

    /// The files of the records on an item.
    fn records(&self, item: &str) -> Vec<PathBuf> {
        let folder = self.path().join("reviews/records").join(item);
        let mut files: Vec<PathBuf> = std::fs::read_dir(folder).map(|d| d.map(|e| e.unwrap().path()).collect()).unwrap_or_default();
        files.sort();
        files
    }
}
