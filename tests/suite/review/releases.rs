//! A release from end to end: built of what is approved, signed as a whole, held against its signatures, and trusted from then on.

use serde_json::Value;

use super::super::outputs;
use super::{POLICY, Repo, keys, needs_ssh_keygen, public, reviewers};

const RELEASE: &str = "release: {needs: {clinical-safety-officer: 1, content-lead: 1}}\n";

/// A real site, not a demonstration, with everything approved; and the commit that can be pinned.
fn repo() -> (Repo, String) {
    let repo = Repo::new();
    repo.edit("content/site.yaml", "demonstration: true", "demonstration: false");
    repo.edit("content/resources/example-helpline.yaml", "0808 157 0123", "116 123");
    repo.write("reviews/policy.yaml", &format!("{POLICY}{RELEASE}"));
    repo.write(".gitignore", "/public\n");
    repo.commit("an-editor", "Go live");
    repo.approve_all();
    let root = repo.commit("a-lead", "Approve everything");
    (repo, root)
}

fn sign(repo: &Repo, who: &str, more: &[&str]) -> (String, i32) {
    let key = keys().join(who).display().to_string();
    repo.run(&[&["release", "sign", "public", "--as", who, "--key", &key, "--yes"], more].concat())
}

/// Builds, has everybody sign, and commits the signatures.
fn release(repo: &Repo, root: &[&str]) {
    let (text, status) = repo.run(&[&["build", "--release", "--out", "public"], root].concat());
    assert_eq!(status, 0, "{text}");
    for who in ["a-lead", "a-safety-officer"] {
        let (text, status) = sign(repo, who, root);
        assert_eq!(status, 0, "{who}: {text}");
    }
    repo.commit("a-lead", "Release");
}

fn manifest(repo: &Repo) -> Value {
    serde_json::from_str(&repo.read("public/build-manifest.json")).unwrap()
}

#[test]
fn only_what_is_approved_is_released() {
    needs_ssh_keygen!();
    let (repo, root) = repo();
    let (text, status) = repo.run(&["build", "--release"]);
    assert!(status == 2 && text.contains("no release was signed yet"), "{status} {text}");
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    // What is not committed is no part of a release.
    let (text, status) = repo.run(&["build", "--release", "--root", &root]);
    assert!(status == 0 && text.contains("a release of commit"), "{status} {text}");
    assert!(repo.read("public/topics/sleep/index.html").contains("Wait 2 days"));
    repo.commit("an-editor", "Wait longer");
    let (text, status) = repo.run(&["build", "--release", "--root", &root]);
    assert!(
        status == 1 && text.contains("topic/sleep: changed since its approval (clinical); needs 1 clinical-reviewer (a-nurse"),
        "{status} {text}"
    );
    assert!(text.contains("nothing was built"), "{text}");
    assert!(repo.read("public/topics/sleep/index.html").contains("Wait 2 days"));
    // The commit before it still can be.
    let (text, status) = repo.run(&["build", "--release", "--root", &root, "--at", &root]);
    assert_eq!(status, 0, "{text}");
}

#[test]
fn pages_say_when_they_were_reviewed() {
    needs_ssh_keygen!();
    let (repo, root) = repo();
    let state = repo.state("topic/sleep");
    let (reviewed, due) = (state["reviewed"].as_str().unwrap(), state["due"].as_str().unwrap());
    let (text, status) = repo.run(&["build", "--release", "--root", &root]);
    assert_eq!(status, 0, "{text}");
    let words = |date: &str| {
        const MONTHS: [&str; 12] =
            ["January", "February", "March", "April", "May", "June", "July", "August", "September", "October", "November", "December"];
        let parts: Vec<usize> = date.split('-').map(|p| p.parse().unwrap()).collect();
        format!("{} {} {}", parts[2], MONTHS[parts[1] - 1], parts[0])
    };
    let page = repo.read("public/topics/sleep/index.html");
    let time = |date: &str| format!("<time datetime=\"{date}\">{}</time>", words(date));
    assert!(page.contains(&format!("Page last reviewed: {}", time(reviewed))), "{page}");
    assert!(page.contains(&format!("Next review due: {}", time(due))), "{page}");
    let manifest = manifest(&repo);
    let item = |list: &str, key: &str, id: &str| {
        let items = manifest[list].as_array().unwrap();
        items.iter().find(|i| i[key] == id).unwrap_or_else(|| panic!("{list} has no {id}")).clone()
    };
    let sleep = item("items", "id", "topic/sleep");
    assert_eq!((sleep["reviewed"].as_str(), sleep["approvals"].as_array().unwrap().len()), (Some(reviewed), 2));
    assert_eq!(sleep["fingerprint"], state["fingerprint"]["to"]);
    assert!(item("settings", "file", "content/site.yaml")["approvals"].as_array().unwrap().len() >= 2);
    assert!(item("pages", "path", "topics/sleep/")["items"].as_array().unwrap().contains(&"partial/help".into()));
    assert!(manifest["program"].as_str().unwrap().starts_with("signpost ") && manifest["release"]["commit"] == root.as_str());
    // The clock decides nothing of a page; a review that ran out is a debt of the release.
    let (text, status) = repo.run(&["build", "--release", "--root", &root, "--now", "2099-01-01"]);
    assert!(status == 0 && text.contains("owed: topic/sleep: a review of the whole item"), "{text}");
    assert_eq!(repo.read("public/topics/sleep/index.html"), page);
    // A changed page was reviewed by nobody yet; a demonstration shows no dates at all.
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    assert_eq!(repo.run(&["build"]).1, 0);
    assert!(repo.read("public/topics/sleep/index.html").contains("This page has not been reviewed yet."));
    repo.git(&["checkout", "-q", "."]);
    repo.edit("content/site.yaml", "demonstration: false", "demonstration: true");
    assert_eq!(repo.run(&["build"]).1, 0);
    let page = repo.read("public/topics/sleep/index.html");
    assert!(page.contains("Not reviewed by a clinician") && !page.contains("Page last reviewed"), "{page}");
}

#[test]
fn t24_a_built_folder_is_altered() {
    needs_ssh_keygen!();
    let (repo, root) = repo();
    let pin = ["--root", root.as_str()];
    assert_eq!(repo.run(&[&["build", "--release", "--out", "public"], &pin[..]].concat()).1, 0);
    let prepared = repo.json(&["release", "prepare", "public", "--root", &root]);
    assert_eq!(outputs::wrong(&prepared, "cli/release-prepare"), Vec::<String>::new());
    assert_eq!((prepared["ready"].as_bool(), prepared["release"]["commit"].as_str()), (Some(true), Some(root.as_str())));
    let verify = || repo.run(&["release", "verify", "public"]);
    assert!(verify().0.contains("nobody has signed this manifest"));
    let (text, status) = sign(&repo, "a-lead", &pin);
    assert_eq!(status, 0, "{text}");
    let (text, status) = verify();
    assert!(status == 1 && text.contains("needs the signature of 1 clinical-safety-officer"), "{text}");
    // The same person again is one person.
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(sign(&repo, "a-lead", &pin).1, 0);
    assert_eq!(verify().1, 1);
    let (text, status) = sign(&repo, "a-nurse", &pin);
    assert!(status == 2 && text.contains("a-nurse has no role that signs a release"), "{text}");
    assert_eq!(sign(&repo, "a-safety-officer", &pin).1, 0);
    let (text, status) = verify();
    assert!(status == 0 && text.contains("signed by"), "{status} {text}");

    let page = repo.read("public/topics/sleep/index.html");
    repo.write("public/topics/sleep/index.html", &page.replace("Wait 2 days", "Wait 9 days"));
    repo.write("public/extra.html", "<p>Hello</p>\n");
    std::fs::remove_file(repo.path().join("public/robots.txt")).unwrap();
    let (text, status) = verify();
    assert_eq!(status, 1);
    for line in ["extra.html: added", "robots.txt: missing", "topics/sleep/index.html: altered"] {
        assert!(text.contains(line), "{line}: {text}");
    }
    let json = repo.json(&["release", "verify", "public"]);
    assert_eq!(outputs::wrong(&json, "cli/release-verify"), Vec::<String>::new());
    assert_eq!((json["holds"].as_bool(), json["files"]["altered"][0].as_str()), (Some(false), Some("topics/sleep/index.html")));
    // Nor can the manifest be made to fit.
    let altered = repo.read("public/topics/sleep/index.html");
    let digest = |text: &str| signpost::fingerprint::digest(text.as_bytes()).replace("sha256:", "");
    let manifest = repo.read("public/build-manifest.json");
    repo.write("public/build-manifest.json", &manifest.replace(&digest(&page), &digest(&altered)));
    let (text, status) = verify();
    assert!(status == 1 && text.contains("nobody has signed this manifest"), "{text}");
    // And nobody signs a folder that the commit does not give.
    let (text, status) = sign(&repo, "a-safety-officer", &pin);
    assert!(status == 1 && text.contains("not what commit") && text.contains("nothing was signed"), "{text}");
}

#[test]
fn the_last_signed_release_is_trusted() {
    needs_ssh_keygen!();
    let (repo, root) = repo();
    assert_eq!(repo.run(&["review", "verify"]).1, 2);
    release(&repo, &["--root", &root]);
    // From now on nothing has to be pinned.
    let (text, status) = repo.run(&["review", "verify"]);
    assert!(status == 0 && text.contains(&root[..10]), "{text}");
    repo.branch("change");
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    repo.commit("an-editor", "Wait longer");
    repo.approve_all();
    repo.commit("an-editor", "Approve");
    repo.merge("change");
    assert_eq!(repo.run(&["review", "verify"]).1, 0);
    release(&repo, &[]);
    let (text, status) = repo.run(&["review", "verify"]);
    assert!(status == 0 && !text.contains(&root[..10]), "{text}");
    // What is pushed past the gate shows, though it was taken back.
    repo.edit("content/topics/sleep.md", "Wait 3 days", "Wait 9 days");
    let pushed = repo.commit("an-editor", "Wait much longer");
    repo.edit("content/topics/sleep.md", "Wait 9 days", "Wait 3 days");
    repo.commit("an-editor", "Take it back");
    let (text, status) = repo.run(&["review", "verify"]);
    assert!(status == 1 && text.contains(&format!("topic/sleep in {}: changed since its approval", &pushed[..10])), "{text}");
    // Whoever looked at it can pin a later commit.
    let head = repo.git(&["rev-parse", "HEAD"]);
    assert_eq!(repo.run(&["review", "verify", "--root", &head]).1, 0);
}

#[test]
fn nobody_signs_themselves_past_the_gate() {
    needs_ssh_keygen!();
    let (repo, root) = repo();
    release(&repo, &["--root", &root]);
    // A stranger takes all roles, and signs a release of that.
    let own = format!(
        "  - id: mallory\n    name: Mallory\n    emails: [mallory@example.org]\n    roles: [clinical-safety-officer, content-lead]\n    keys: [{{key: {}, status: active, since: 2026-01-01}}]\n",
        public(&keys().join("spare"))
    );
    repo.write("reviews/reviewers.yaml", &(reviewers(2) + &own));
    let policy = repo.read("reviews/policy.yaml").replace("version: 1", "version: 2");
    repo.write("reviews/policy.yaml", &policy.replace("{clinical-safety-officer: 1, content-lead: 1}}\n", "{content-lead: 1}}\n"));
    let bad = repo.commit("an-editor", "Take over");
    let files = std::fs::read_dir(repo.path().join("reviews/releases")).unwrap();
    let one = files.map(|f| f.unwrap().path()).min().unwrap();
    let text = std::fs::read_to_string(&one).unwrap();
    let snapshot = signpost::load::Snapshot::from_texts([(
        format!("reviews/releases/{}", one.file_name().unwrap().to_str().unwrap()).as_str(),
        text.as_str(),
    )]);
    let mut draft = signpost::review::Releases::of(&snapshot).entries.remove(0).draft;
    draft.statement.commit = bad;
    draft.reviewer = "mallory".to_owned();
    draft.role = "content-lead".to_owned();
    let folder = tempfile::tempdir().unwrap();
    let payload = folder.path().join("payload");
    std::fs::write(&payload, draft.payload()).unwrap();
    let output = std::process::Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", "signpost-review@v1", "-f"])
        .args([&keys().join("spare"), &payload])
        .output()
        .unwrap();
    assert!(output.status.success());
    repo.write(&draft.path(), &draft.file(&std::fs::read_to_string(folder.path().join("payload.sig")).unwrap()));
    repo.commit("an-editor", "Release it");
    let (text, status) = repo.run(&["review", "verify"]);
    assert!(status == 1 && text.contains("review/reviewers in ") && text.contains("changed since its approval"), "{text}");
    // Nor does it help to lose the releases before.
    std::fs::remove_file(&one).unwrap();
    repo.commit("an-editor", "Lose one");
    let (text, status) = repo.run(&["review", "verify"]);
    assert!(status == 1 && text.contains("was deleted; records are kept for ever"), "{text}");
}

#[test]
fn what_is_due_stands_in_a_calendar() {
    needs_ssh_keygen!();
    let (repo, _) = repo();
    let (text, status) = repo.run(&["due", "--within", "366"]);
    assert!(status == 0 && text.contains("topic/sleep: review all of it, last reviewed on "), "{status} {text}");
    assert!(text.contains("resource/example-helpline: confirm its details, last confirmed on 2026-11-01"), "{text}");
    let json = repo.json(&["due", "--now", "2099-01-01"]);
    assert_eq!(outputs::wrong(&json, "cli/due"), Vec::<String>::new());
    assert!(json["summary"]["overdue"].as_u64().unwrap() > 2);
    let (text, status) = repo.run(&["due", "--now", "2099-01-01", "--format", "ics"]);
    assert_eq!(status, 1);
    assert!(text.starts_with("BEGIN:VCALENDAR\r\nVERSION:2.0\r\n") && text.ends_with("END:VCALENDAR\r\n"), "{text}");
    assert!(text.contains("\r\nDTSTAMP:20990101T000000Z\r\n") && text.split("\r\n").all(|l| l.len() <= 75 && !l.contains('\n')));
    let uids = |text: &str| -> Vec<String> {
        let lines = text.replace("\r\n ", "");
        lines.lines().filter(|l| l.starts_with("UID:")).map(str::to_owned).collect()
    };
    let (later, _) = repo.run(&["due", "--now", "2099-02-01", "--format", "ics"]);
    assert_eq!(uids(&text), uids(&later));
    let unique: std::collections::BTreeSet<_> = uids(&text).into_iter().collect();
    assert_eq!(unique.len(), uids(&text).len());
}
