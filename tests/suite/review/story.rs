//! One round of the service's life, from a change that somebody plans to a night on which a number dies: assess, plan, implement,
//! evaluate.

use super::{POLICY, Repo, keys, needs_ssh_keygen};

const SITE: &str = "name: Example site\nbase_url: https://example.org\norganisation: Example organisation\nlanguage: en\ncountry: GB\ndemonstration: false\ntime_zone: Europe/London\nshort_codes: [\"999\", \"111\", \"116 123\", \"85258\"]\nroles:\n  crisis-line: {label: Crisis line, fallback: resource/line}\n";

/// A service that is not imaginary has no numbers of dramas.
const LINE: &str = "title: Listening line\ntype: helpline\nprovider: Example organisation\nchannels:\n  - {type: phone, value: \"116 123\", hours: 24/7}\n  - {type: text, value: \"85258\", hours: 24/7}\ncheck_every: 365\n";

const URGENT: &str = "---\ntitle: Get help today\nacuity: urgent\nsignposts: [resource/line]\n---\n> [!URGENT] Call 111 today\n>\n> Somebody will listen to you, by day and by night.\n";

const CALM: &str = "---\ntitle: Look after yourself\nacuity: self-care\n---\nA walk can help.\n";

const SCALE: &str = "title: Mood scale\nanswers:\n  never: {label: Never, points: 0}\n  often: {label: Often, points: 1}\n  always: {label: Always, points: 2}\nitems:\n  sad: {ask: How often are you sad?}\n  tired: {ask: How often are you tired?}\nbands:\n  - {id: low, label: Low, from: 0, to: 1}\n  - {id: high, label: High, from: 2, to: 4}\nlicence: {terms: Free to use, source: \"https://example.org\", item_text: allowed}\n";

const JOURNEY: &str = "title: How is your mood?\nstart: scale\nsteps:\n  scale: {use: instrument/mood, go: level}\n  level:\n    decide:\n      - {when: {score: mood, at_least: 2}, go: outcome/today}\n    otherwise: outcome/calm\nvignettes:\n  - {name: Always sad and always tired, answers: {scale: {sad: always, tired: always}}, ends: outcome/today}\n";

/// A service in use: everything approved, on main.
fn in_use() -> Repo {
    let repo = Repo::new();
    repo.write("content/site.yaml", SITE);
    repo.write("reviews/policy.yaml", &format!("{POLICY}release: {{needs: {{clinical-safety-officer: 1}}}}\n"));
    repo.write(".gitignore", "/public\n");
    repo.git(&["rm", "-q", "content/resources/example-helpline.yaml", "reviews/confirmations/example-helpline.yaml"]);
    repo.edit("content/topics/sleep.md", "resource/example-helpline", "resource/line");
    for (path, text) in [
        ("content/resources/line.yaml", LINE),
        ("reviews/confirmations/line.yaml", "date: 2026-11-01\nby: a-lead\nagainst: https://example.org/contact\n"),
        ("content/outcomes/today.md", URGENT),
        ("content/outcomes/calm.md", CALM),
        ("content/instruments/mood.yaml", SCALE),
        ("content/journeys/mood.yaml", JOURNEY),
    ] {
        repo.write(path, text);
    }
    repo.commit("an-editor", "A journey about mood");
    let (text, status) = repo.run(&["check"]);
    assert_eq!(status, 0, "{text}");
    repo.approve_all();
    repo.commit("a-lead", "Approve everything");
    repo.accepts();
    repo
}

#[test]
fn from_a_plan_to_a_night_on_which_a_number_dies() {
    needs_ssh_keygen!();
    let repo = in_use();
    let root = repo.git(&["rev-parse", "HEAD"]);

    // Plan and implement: an editor moves the cut-off and rewords the urgent ending, on a branch. It passes `check`.
    repo.branch("fewer-alarms");
    repo.edit("content/journeys/mood.yaml", "at_least: 2", "at_least: 3");
    repo.edit("content/outcomes/today.md", "Call 111 today", "Call 111 this week");
    repo.commit("an-editor", "Raise fewer alarms");
    let (text, status) = repo.run(&["check"]);
    assert_eq!(status, 0, "{text}");

    // Assess: the gate is shut, and the change shows who is now sent somewhere less urgent.
    repo.refuses("journey/mood: changed since its approval (logic)");
    repo.refuses("outcome/today: changed since its approval");
    let journey = repo.state("journey/mood");
    assert_eq!(journey["less_urgent"], true);
    let diff = repo.json(&["diff", "main"]);
    let items = diff["items"].as_array().unwrap();
    let behaviour = &items.iter().find(|i| i["id"] == "journey/mood").unwrap()["behaviour"];
    // Of nine pairs of answers three have two points: (0, 2), (1, 1) and (2, 0).
    assert_eq!((behaviour["combinations"].as_str(), behaviour["changed"].as_str()), (Some("9"), Some("3")));
    assert_eq!(behaviour["moves"][0]["direction"], "less-urgent");

    // The pack tells it to somebody who has no git: what is asked of whom, and the risk before all else.
    let (text, status) = repo.run(&["review", "pack", "main", "-o", "pack.html"]);
    assert_eq!(status, 0, "{text}");
    let pack = repo.read("pack.html");
    std::fs::remove_file(repo.path().join("pack.html")).unwrap();
    assert!(pack.contains("less urgent") && pack.contains("journey/mood") && pack.contains("clinical-safety-officer"), "{pack}");
    assert!(!pack.contains("<script"), "a pack works without scripts");
    for picture in ["The journey drawn, with what changed", "The journey drawn, before", "The journey drawn, after"] {
        assert!(pack.contains(picture), "{picture}");
    }

    // One reviewer asks for changes; the editor amends.
    assert_eq!(repo.decide("request-changes", "a-nurse", &["outcome/today"], &["--comment", "Today means today"]).1, 0);
    repo.refuses("outcome/today: a-nurse asked for changes");
    repo.edit("content/outcomes/today.md", "this week", "now, today");
    repo.commit("an-editor", "Say today");
    repo.refuses("asked for changes");

    // Two sign, and the gate opens.
    repo.approve("a-nurse", &["outcome/today", "journey/mood"], &[]);
    repo.refuses("journey/mood");
    repo.approve("a-safety-officer", &["journey/mood", "outcome/today"], &[]);
    repo.approve("a-lead", &["journey/mood", "outcome/today"], &[]);
    repo.accepts();
    repo.commit("a-lead", "Approve");
    repo.merge("fewer-alarms");

    // The release is built, signed as a whole, and holds; its pages say when they were reviewed.
    let (text, status) = repo.run(&["build", "--release", "--root", &root]);
    assert_eq!(status, 0, "{text}");
    let officer = keys().join("a-safety-officer").display().to_string();
    let (text, status) = repo.run(&[
        "release",
        "sign",
        "--as",
        "a-safety-officer",
        "--key",
        &officer,
        "--root",
        &root,
        "--comment",
        "Looked at it",
        "--yes",
    ]);
    assert_eq!(status, 0, "{text}");
    repo.commit("a-lead", "Release");
    let (text, status) = repo.run(&["release", "verify", "public"]);
    assert!(status == 0 && text.contains("signed by a-safety-officer"), "{text}");
    let page = repo.read("public/outcomes/today/index.html");
    assert!(page.contains("Page last reviewed") && page.contains("Next review due") && page.contains("Call 111 now, today"), "{page}");

    // Evaluate, at 2 am: the number is dead. One person takes it down, and no page of any build shows it from then on.
    let because = ["--because", "Nobody answers", "--yes"];
    let suspend = |who: &str, key: &str| {
        repo.run(&[&["suspend", "line", "--channel", "phone:116 123", "--as", who, "--key", key], &because[..]].concat())
    };
    let (text, status) = suspend("a-safety-officer", &officer);
    assert_eq!(status, 0, "{text}");
    repo.commit("a-safety-officer", "Nobody answers 116 123");
    let (text, status) = repo.run(&["build", "--release"]);
    assert!(status == 0 && text.contains("a second signature for suspending the channel phone:116 123"), "{text}");
    for (path, bytes) in files(&repo.path().join("public")) {
        let text = String::from_utf8_lossy(&bytes).replace([' ', '\u{a0}'], "");
        assert!(!text.contains("116123"), "{path} still shows the number");
    }
    let page = repo.read("public/help/line/index.html");
    assert!(page.contains("85258"), "what is left of the service is still there: {page}");

    // In the morning somebody else signs, and nothing is owed.
    let doctor = keys().join("a-doctor").display().to_string();
    let (text, status) = repo.run(
        &[
            &["suspend", "line", "--channel", "phone:116 123", "--as", "a-doctor", "--role", "clinical-safety-officer", "--key", &doctor],
            &because[..],
        ]
        .concat(),
    );
    assert_eq!(status, 0, "{text}");
    repo.commit("a-doctor", "Sign what was taken down");
    let (text, status) = repo.run(&["review", "status"]);
    assert!(status == 0 && !text.contains("owed"), "{text}");
}

/// Every file below a folder, with its bytes.
fn files(folder: &std::path::Path) -> Vec<(String, Vec<u8>)> {
    let mut found = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            found.append(&mut files(&path));
        } else {
            found.push((path.display().to_string(), std::fs::read(&path).unwrap()));
        }
    }
    found
}
