//! A number is dead at two in the morning: one signature takes it from every page of every build, whatever text it stood in.

use std::path::Path;

use super::{Repo, keys, needs_ssh_keygen};

/// A local line with every sort of channel, put wherever a page can show one.
const FILES: [(&str, &str); 10] = [
    (
        "content/resources/local-line.yaml",
        "title: Local line\nsummary: Ring 0808 157 0456 at night.\ntype: helpline\nprovider: Example organisation\nchannels:\n  - {type: phone, value: \"0808 157 0456\", hours: 24/7}\n  - {type: text, value: \"07700 900456\"}\n  - {type: webchat, url: \"https://chat.example.org/local-chat\"}\n  - {type: in-person, value: \"4 Example Street\"}\ncheck_every: 365\n",
    ),
    ("reviews/confirmations/local-line.yaml", "date: 2026-11-01\nby: content-lead\nagainst: https://example.org/local\n"),
    (
        "content/areas/camden.yaml",
        "title: Camden\ncode: E09000007\npostcodes: [NW1]\nservices:\n  crisis-line: {resource: resource/local-line}\n",
    ),
    (
        "content/topics/worry.md",
        "---\ntitle: Worry\nsummary: What helps. 0808 157 0456 does.\nsignposts: [resource/local-line]\n---\nRing +44 808 157 0456, or [chat](https://chat.example.org/local-chat), or come to 4 Example Street.\n\n[Local line](resource/local-line)\n\n[Help](partial/local)\n\nMore on the [local line](resource/local-line) itself.\n",
    ),
    (
        "content/partials/local.md",
        "---\ntitle: Local help\n---\nThe local line is 0808 157 0456.\n\n> [!URGENT] Ring 0808 157 0456\n> Now.\n",
    ),
    (
        "content/outcomes/today.md",
        "---\ntitle: Get help today\nacuity: urgent\nsignposts: [resource/local-line]\nlocal: [crisis-line]\n---\n## What to do {#what-to-do}\n\nRing 0808 157 0456.\n",
    ),
    (
        "content/campaigns/worried.yaml",
        "title: Worried\nphrases: [worried]\nadverts: [{headlines: [Worried], descriptions: [Ring somebody.]}]\nlands_on: topic/worry\nsignposts: [resource/local-line]\n",
    ),
    (
        "content/journeys/worry.yaml",
        "title: Worry\nstart: hear\nsteps:\n  hear: {say: \"Ring 0808 157 0456 at any time.\", go: ask}\n  ask: {ask: \"Did you ring 0808 157 0456?\", help: Or +44 808 157 0456., answers: {yes: {label: \"Yes, 0808 157 0456\"}, no: {label: \"No\"}}, go: outcome/today}\npersonalise: [{when: {answer: ask, is: no}, first: [resource/local-line]}]\nvignettes: [{name: Rings, answers: {ask: yes}, ends: outcome/today}]\n",
    ),
    ("content/pages/urgent.md", "---\ntitle: Help now\nsignposts: [resource/local-line]\n---\nRing the local line: 0808 157 0456.\n"),
    ("content/safety.yaml", "required: [page/urgent, resource/example-helpline]\n"),
];

const HELP: &str = "emergency_help:\n  heading: Is somebody in danger?\n  text: Call now.\n  call: \"999\"\n  page: page/urgent\n  signposts: [resource/local-line, resource/example-helpline]\n";

fn repo() -> Repo {
    let repo = Repo::new();
    for (path, text) in FILES {
        repo.write(path, text);
    }
    let site = repo.read("content/site.yaml");
    repo.write("content/site.yaml", &format!("{site}{HELP}"));
    repo.write(".gitignore", "/public\n");
    repo.commit("an-editor", "Add a local line");
    repo
}

fn suspend(repo: &Repo, who: &str, more: &[&str]) {
    let key = keys().join(who).display().to_string();
    let args = [&["suspend", "--because", "Nobody answers", "--as", who, "--key", &key, "--yes"], more].concat();
    let (text, status) = repo.run(&args);
    assert_eq!(status, 0, "{text}");
}

fn build(repo: &Repo, more: &[&str]) -> (String, i32) {
    repo.run(&[&["build", "--now", "2026-11-21", "--out", "public"], more].concat())
}

/// Every file of the built folder with one of these in it, however it is written.
fn holding(repo: &Repo, what: &[&str]) -> Vec<String> {
    fn files(folder: &Path, found: &mut Vec<std::path::PathBuf>) {
        for entry in std::fs::read_dir(folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() { files(&entry.path(), found) } else { found.push(entry.path()) }
        }
    }
    let mut found = Vec::new();
    files(&repo.path().join("public"), &mut found);
    let plain = |text: &str| text.chars().filter(|c| !matches!(c, ' ' | '\u{a0}' | '-')).collect::<String>();
    let holds = |path: &std::path::PathBuf| {
        let text = plain(&String::from_utf8_lossy(&std::fs::read(path).unwrap()));
        what.iter().any(|w| text.contains(&plain(w)))
    };
    let mut names: Vec<String> =
        found.iter().filter(|p| holds(p)).map(|p| p.strip_prefix(repo.path()).unwrap().display().to_string()).collect();
    names.sort();
    names
}

#[test]
fn a_dead_number_is_on_no_page_of_any_build() {
    needs_ssh_keygen!();
    let repo = repo();
    let old = repo.git(&["rev-parse", "HEAD"]);
    let (text, status) = build(&repo, &[]);
    assert_eq!(status, 0, "{text}");
    let dead = ["0808 157 0456", "808 157 0456"];
    assert!(holding(&repo, &dead).len() >= 10, "{:?}", holding(&repo, &dead));

    suspend(&repo, "a-lead", &["local-line", "--channel", "phone:0808 157 0456"]);
    for args in [&[] as &[&str], &["--preview"], &["--at", "HEAD"], &["--at", &old]] {
        let (text, status) = build(&repo, args);
        assert!(status == 0 && text.contains("owed: resource/local-line: a second signature"), "{status} {text}");
        assert_eq!(holding(&repo, &dead), [""; 0], "{args:?}");
        // Its other ways are there, and what stands in for it.
        let worry = repo.read("public/topics/worry/index.html");
        assert!(worry.contains("href=\"sms:07700900456\"") && worry.contains("Not available at the moment: Phone"), "{worry}");
        assert!(worry.contains("href=\"tel:08081570123\""), "{worry}");
        assert!(
            worry.contains("Ring (not available at the moment), or <a href=\"https://chat.example.org/local-chat\">chat</a>"),
            "{worry}"
        );
    }
    // A branch that knows nothing of it, once it has come to the branch that changes go to.
    repo.commit("a-lead", "Suspend the local line");
    repo.git(&["checkout", "-q", "-b", "old", &old]);
    assert_eq!(build(&repo, &[]).1, 0);
    assert_eq!(holding(&repo, &dead), [""; 0]);
    repo.git(&["checkout", "-q", "main"]);

    // It ends when it is withdrawn.
    assert_eq!(repo.decide("withdraw", "a-lead", &["resource/local-line"], &[]).1, 0);
    assert_eq!(build(&repo, &[]).1, 0);
    assert!(holding(&repo, &dead).len() >= 10);
}

#[test]
fn a_suspended_service_is_replaced_everywhere() {
    needs_ssh_keygen!();
    let repo = repo();
    let old = repo.git(&["rev-parse", "HEAD"]);
    suspend(&repo, "a-lead", &["resource/local-line"]);
    let dead = ["0808 157 0456", "808 157 0456", "07700 900456", "example.org/local-chat", "4 Example Street"];
    for args in [&[] as &[&str], &["--at", &old]] {
        let (text, status) = build(&repo, args);
        assert_eq!(status, 0, "{text}");
        assert_eq!(holding(&repo, &dead), [""; 0]);
        // No list has it; its page and the places of its card say what to use instead.
        assert!(!repo.read("public/help/index.html").contains("Local line"));
        let area = repo.read("public/areas/camden/index.html");
        assert!(!area.contains("Local line") && area.contains("href=\"tel:08081570123\""), "{area}");
        for page in ["help/local-line", "topics/worry", "outcomes/today", "for/worried", "urgent"] {
            let html = repo.read(&format!("public/{page}/index.html"));
            assert!(html.contains("This service is not available at the moment."), "{page}: {html}");
            let (_, main) = html.split_once("<main").unwrap();
            assert!(main.contains("href=\"tel:08081570123\""), "{page}: {main}");
        }
    }
    // Renamed, it stays suspended.
    repo.git(&["mv", "content/resources/local-line.yaml", "content/resources/night-line.yaml"]);
    repo.git(&["mv", "reviews/confirmations/local-line.yaml", "reviews/confirmations/night-line.yaml"]);
    repo.edit("content/resources/night-line.yaml", "title: Local line\n", "title: Local line\nwas: [local-line]\n");
    for (path, _) in FILES.iter().skip(2) {
        repo.write(path, &repo.read(path).replace("resource/local-line", "resource/night-line"));
    }
    repo.write("content/site.yaml", &repo.read("content/site.yaml").replace("resource/local-line", "resource/night-line"));
    let (text, status) = build(&repo, &[]);
    assert_eq!(status, 0, "{text}");
    assert_eq!(holding(&repo, &dead), [""; 0]);
}

#[test]
fn a_site_never_lacks_what_it_requires() {
    needs_ssh_keygen!();
    let repo = repo();
    assert_eq!(build(&repo, &[]).1, 0);
    let before = repo.read("public/index.html");
    suspend(&repo, "a-lead", &["example-helpline", "--channel", "phone:0808 157 0123"]);
    let (text, status) = build(&repo, &[]);
    assert!(
        status == 1 && text.contains("`resource/example-helpline` is suspended, and content/safety.yaml requires it"),
        "{status} {text}"
    );
    assert_eq!(repo.read("public/index.html"), before);
}

#[test]
fn a_suspension_that_nobody_may_sign_suspends_nothing() {
    needs_ssh_keygen!();
    let repo = repo();
    suspend(&repo, "a-lead", &["local-line"]);
    // The key was taken from its owner before the record came.
    repo.edit("reviews/reviewers.yaml", "version: 1", "version: 2");
    let key = super::public(&keys().join("a-lead"));
    repo.edit(
        "reviews/reviewers.yaml",
        &format!("{key}, status: active, since: 2026-01-01"),
        &format!("{key}, status: compromised, since: 2026-02-01"),
    );
    repo.commit("an-owner", "A key was stolen");
    let (text, status) = build(&repo, &[]);
    assert_eq!(status, 0, "{text}");
    assert!(!holding(&repo, &["0808 157 0456"]).is_empty());
}

#[test]
fn what_is_suspended_counts_for_no_safety_rule() {
    needs_ssh_keygen!();
    let repo = repo();
    let rule =
        "outcomes:\n  - id: silent\n    hazard: hazard/silence\n    for: {acuity: {at_least: urgent}}\n    needs: {any_channel: [text]}\n";
    repo.write("content/safety.yaml", &(repo.read("content/safety.yaml") + rule));
    repo.write(
        "content/hazards/silence.yaml",
        "title: Silence\nstate: open\ninitial: {severity: 3, likelihood: 2}\nresidual: {severity: 3, likelihood: 1}\naccepted_by: clinical-safety-officer\ncontrols: [{text: A way to text., type: design, by: \"site/safety#silent\"}]\n",
    );
    repo.commit("an-editor", "Ask for a way to text");
    assert!(!repo.run(&["check", "--now", "2026-11-21"]).0.contains("H010"));
    suspend(&repo, "a-lead", &["local-line", "--channel", "text:07700 900456"]);
    let (text, status) = repo.run(&["check", "--now", "2026-11-21"]);
    assert!(status == 1 && text.contains("H010") && text.contains("it is suspended"), "{text}");
    // A build says so and goes on: the dead number has to go.
    let (text, status) = build(&repo, &[]);
    assert!(status == 0 && text.contains("because of what is suspended: content/outcomes/today.md"), "{status} {text}");
    assert_eq!(holding(&repo, &["07700 900456"]), [""; 0]);
}
