//! Every attack of the threat table that reviews stop, played against a real repository.

use std::process::Command;

use signpost::review::Draft;

use super::{POLICY, Repo, keys, needs_ssh_keygen, public, reviewers};

/// The signed bytes of the newest record on an item, to be signed again by somebody else.
fn draft(repo: &Repo, item: &str) -> Draft {
    let file = repo.records(item).pop().unwrap().display().to_string();
    serde_json::from_slice(&repo.signpost(&["review", "payload", &file]).stdout).unwrap()
}

/// A record as an attacker with a key would make it.
fn forge(repo: &Repo, draft: &Draft, key: &str) {
    let folder = tempfile::tempdir().unwrap();
    let payload = folder.path().join("payload");
    std::fs::write(&payload, draft.payload()).unwrap();
    let args = ["-q", "-Y", "sign", "-n", "signpost-review@v1", "-f"];
    let output = Command::new("ssh-keygen").args(args).args([&keys().join(key), &payload]).output().unwrap();
    assert!(output.status.success());
    let signature = std::fs::read_to_string(folder.path().join("payload.sig")).unwrap();
    repo.write(&draft.path(), &draft.file(&signature));
}

/// A clinical change on a branch.
fn changed() -> Repo {
    let repo = Repo::approved();
    repo.branch("change");
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    repo.commit("an-editor", "Wait longer");
    repo
}

#[test]
fn t1_a_change_brings_its_own_reviewers_or_policy() {
    needs_ssh_keygen!();
    let repo = changed();
    let own = format!(
        "  - id: mallory\n    name: Mallory\n    emails: [mallory@example.org]\n    roles: [clinical-reviewer, content-lead]\n    keys: [{{key: {}, status: active, since: 2026-01-01}}]\n",
        public(&keys().join("spare"))
    );
    repo.write("reviews/reviewers.yaml", &(reviewers(2) + &own));
    repo.commit("an-editor", "Add a reviewer");
    let (text, status) = repo.decide("approve", "a-nurse", &["topic/sleep"], &[]);
    assert_eq!(status, 0, "{text}");
    let mut by_mallory = draft(&repo, "topic/sleep");
    by_mallory.reviewer = "mallory".to_owned();
    by_mallory.role = "content-lead".to_owned();
    forge(&repo, &by_mallory, "spare");
    repo.refuses("there is no reviewer `mallory`");
    repo.refuses("review/reviewers: changed since its approval (logic)");

    let repo = changed();
    repo.write("reviews/policy.yaml", &POLICY.replace("version: 1", "version: 2").replace("clinical-reviewer: 1", "content-lead: 1"));
    repo.commit("an-editor", "Ask for less");
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.refuses("topic/sleep: partly approved; needs 1 clinical-reviewer");
    repo.refuses("review/policy: changed since its approval (logic)");
}

#[test]
fn t2_the_policy_goes_back() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    let root = repo.git(&["rev-parse", "HEAD"]);
    repo.branch("stricter");
    repo.write(
        "reviews/policy.yaml",
        &POLICY.replace("version: 1", "version: 2").replace("content-lead: 1", "content-lead: 1, clinical-reviewer: 1"),
    );
    repo.commit("an-editor", "Ask for more");
    repo.approve_all();
    repo.commit("an-editor", "Approve");
    repo.accepts();
    repo.merge("stricter");
    assert_eq!(repo.run(&["review", "verify", "--root", &root]).1, 0);
    repo.branch("back");
    repo.write("reviews/policy.yaml", POLICY);
    repo.commit("an-editor", "Go back");
    repo.refuses("goes back to version 1");
    repo.write("reviews/policy.yaml", &POLICY.replace("version: 1", "version: 4"));
    repo.commit("an-editor", "Leave one out");
    repo.refuses("has version 4 where 3 is due after 2");
    // Pushed to the branch itself, past the gate: every step is looked at.
    repo.write("reviews/policy.yaml", POLICY);
    repo.commit("an-editor", "Go back");
    repo.merge("back");
    let (text, status) = repo.run(&["review", "verify", "--root", &root]);
    assert!(status == 1 && text.contains("goes back to version 1"), "{text}");
}

#[test]
fn t3_approving_ones_own_change() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("own");
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    repo.commit("a-nurse", "Wait longer");
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.refuses("written by a-nurse, who cannot approve it");
    repo.approve("a-doctor", &["topic/sleep"], &["--role", "clinical-reviewer"]);
    repo.accepts();

    // A co-author is an author, and so is somebody whom nobody knows.
    let repo = Repo::approved();
    repo.branch("together");
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    repo.commit("an-editor", "Wait longer\n\nCo-authored-by: Somebody <A-Nurse@example.org>");
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.refuses("written by a-nurse, who cannot approve it");
    repo.edit("content/topics/sleep.md", "Wait 3 days", "Wait 4 days");
    repo.commit("a-stranger", "Wait even longer");
    repo.approve("a-doctor", &["topic/sleep"], &["--role", "clinical-reviewer"]);
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.refuses("written by a-stranger <a-stranger@example.org>, whom reviewers.yaml does not know");
}

#[test]
fn t4_one_person_fills_two_needs() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("scale");
    repo.edit("content/acuity.yaml", "label: Urgent", "label: Soon");
    repo.commit("an-editor", "Call it otherwise");
    repo.approve("a-doctor", &["site/acuity"], &["--role", "clinical-reviewer"]);
    repo.approve("a-doctor", &["site/acuity"], &["--role", "clinical-safety-officer"]);
    repo.approve("a-lead", &["site/acuity"], &[]);
    repo.refuses("site/acuity: partly approved; needs 1 ");
    repo.approve("a-nurse", &["site/acuity"], &[]);
    repo.accepts();
}

#[test]
fn t5_an_approval_that_is_dated_earlier() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    let key = public(&keys().join("a-nurse"));
    repo.edit(
        "reviews/reviewers.yaml",
        &format!("{key}, status: active, since: 2026-01-01"),
        &format!("{key}, status: retired, since: 2026-06-01"),
    );
    repo.edit("reviews/reviewers.yaml", "version: 1", "version: 2");
    repo.commit("an-owner", "Retire a key");
    repo.branch("change");
    repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
    repo.commit("an-editor", "Wait longer");
    repo.approve("a-lead", &["topic/sleep"], &[]);
    let mut early = draft(&repo, "topic/sleep");
    early.reviewer = "a-nurse".to_owned();
    early.role = "clinical-reviewer".to_owned();
    early.date = "2026-05-01T12:00:00Z".to_owned();
    forge(&repo, &early, "a-nurse");
    repo.refuses("a record by a-nurse does not count: its key was retired on 2026-06-01");
    let mut late = draft(&repo, "topic/sleep");
    late.reviewer = "a-lead".to_owned();
    late.role = "content-lead".to_owned();
    late.date = "2999-01-01T12:00:00Z".to_owned();
    forge(&repo, &late, "a-lead");
    repo.refuses("is dated 2999-01-01T12:00:00Z, which has not come yet");
}

#[test]
fn t6_a_record_used_again_for_something_else() {
    needs_ssh_keygen!();
    let repo = changed();
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    let file = repo.records("topic/sleep").pop().unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    repo.write(&format!("reviews/records/partial/help/{}", file.file_name().unwrap().to_str().unwrap()), &text);
    repo.refuses("this record belongs elsewhere");

    // Of another version: the fingerprint is not the one that is there.
    let repo = changed();
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.accepts();
    repo.edit("content/topics/sleep.md", "Wait 3 days", "Wait 9 days");
    repo.commit("an-editor", "Wait much longer");
    repo.refuses("topic/sleep: changed since its approval (clinical)");

    // Of another repository.
    let repo = changed();
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    let mut other = draft(&repo, "topic/sleep");
    other.project = "0123456789".to_owned();
    forge(&repo, &other, "a-nurse");
    repo.refuses("was signed for another repository");
}

#[test]
fn t7_approved_and_then_edited_or_merged_with_another_change() {
    needs_ssh_keygen!();
    let repo = changed();
    repo.approve_all();
    repo.commit("an-editor", "Approve");
    repo.accepts();
    repo.git(&["checkout", "-q", "main"]);
    repo.branch("other");
    repo.edit("content/topics/sleep.md", "How to rest.", "How you can rest.");
    repo.commit("an-editor", "Say it better");
    repo.approve_all();
    repo.commit("an-editor", "Approve");
    repo.accepts();
    // Each alone is approved; together nobody has seen them.
    repo.merge("change");
    repo.git(&["checkout", "-q", "-b", "merged", "other"]);
    repo.git(&["merge", "-q", "--no-edit", "main"]);
    repo.refuses("topic/sleep: changed since its approval");
}

#[test]
fn t8_a_dependency_changes_underneath() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("partial");
    repo.edit("content/partials/help.md", "Talk to a freind.", "Talk to 2 people.");
    repo.commit("an-editor", "Say more");
    repo.approve("a-nurse", &["partial/help"], &[]);
    repo.approve("a-lead", &["partial/help"], &[]);
    repo.refuses("topic/sleep: recheck: partial/help changed; needs 1 clinical-reviewer");
    repo.approve_all();
    repo.accepts();

    // What the policy lets carry stands once the dependency itself is approved.
    let repo = Repo::approved();
    repo.branch("number");
    repo.edit("content/resources/example-helpline.yaml", "0123", "0124");
    repo.commit("an-editor", "Another number");
    repo.refuses("topic/sleep: recheck: resource/example-helpline changed");
    repo.approve("a-nurse", &["resource/example-helpline"], &[]);
    repo.approve("a-lead", &["resource/example-helpline"], &[]);
    repo.accepts();
}

#[test]
fn t9_an_item_is_switched_off_renamed_or_deleted() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("off");
    repo.edit("content/topics/sleep.md", "title: Sleep\n", "title: Sleep\nstatus: draft\n");
    repo.commit("an-editor", "Switch it off");
    repo.refuses("topic/sleep: changed since its approval (logic)");
    repo.git(&["reset", "-q", "--hard", "main"]);
    repo.git(&["mv", "content/topics/sleep.md", "content/topics/rest.md"]);
    repo.commit("an-editor", "Rename it");
    repo.refuses("topic/sleep: removed since its approval (clinical)");
    repo.refuses("topic/rest: never approved");
    // A key that no schema knows is part of what is signed all the same.
    repo.git(&["reset", "-q", "--hard", "main"]);
    repo.edit("content/topics/sleep.md", "title: Sleep\n", "title: Sleep\nunknown: 1\n");
    repo.commit("an-editor", "Add a field");
    repo.refuses("topic/sleep: changed since its approval (clinical)");
}

#[test]
fn t10_a_status_written_by_hand() {
    needs_ssh_keygen!();
    let repo = changed();
    repo.edit("content/topics/sleep.md", "title: Sleep\n", "title: Sleep\napproved: true\n");
    repo.write("reviews/status.yaml", "topic/sleep: approved\n");
    repo.commit("an-editor", "Say that it is approved");
    repo.refuses("reviews/status.yaml: is no file of a review");
    repo.refuses("topic/sleep: changed since its approval");
    repo.run(&["check"]);
    assert_eq!(repo.git(&["status", "--porcelain", "--ignored"]), "");
}

#[test]
fn t11_a_stolen_key() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    let key = public(&keys().join("a-nurse"));
    let status = |now: &str| format!("{key}, status: {now}");
    repo.edit("reviews/reviewers.yaml", &status("active, since: 2026-01-01"), &status("compromised, since: 2026-06-01"));
    repo.edit("reviews/reviewers.yaml", "version: 1", "version: 2");
    repo.commit("an-owner", "A key was stolen");
    // What came after the key was lost falls: here that is everything.
    repo.refuses("somebody else may have had its key from 2026-06-01 on");
    repo.edit("reviews/reviewers.yaml", &status("compromised, since: 2026-06-01"), &status("compromised, since: 2999-01-01"));
    repo.commit("an-owner", "It was later");
    // What came before stands.
    assert_eq!(repo.state("topic/sleep")["approved"], true);
}

#[test]
fn t12_a_record_is_edited_or_deleted() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    assert_eq!(repo.decide("request-changes", "a-nurse", &["topic/sleep"], &[]).1, 0);
    repo.commit("a-nurse", "Ask for changes");
    repo.refuses("a-nurse asked for changes");
    repo.branch("gone");
    // Two records of one second are not in the order in which they were made.
    let read = |file: &std::path::PathBuf| std::fs::read_to_string(file).unwrap();
    let file = repo.records("topic/sleep").into_iter().find(|f| read(f).contains("decision: request-changes")).unwrap();
    let text = read(&file);
    std::fs::remove_file(&file).unwrap();
    repo.commit("an-editor", "Lose a rejection");
    repo.refuses("was deleted; records are kept for ever");
    std::fs::write(&file, text.replace("request-changes", "approve")).unwrap();
    repo.refuses("was changed; records are never edited");
}

#[cfg(unix)]
#[test]
fn t13_links_and_names_that_are_one_file_elsewhere() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("link");
    let policy = repo.path().join("reviews/policy.yaml");
    std::fs::rename(&policy, repo.path().join("elsewhere.yaml")).unwrap();
    std::os::unix::fs::symlink("../elsewhere.yaml", &policy).unwrap();
    repo.commit("an-editor", "Link it");
    repo.refuses("reviews/policy.yaml: cannot be read as it stands");
    repo.git(&["reset", "-q", "--hard", "main"]);
    let file = repo.records("topic/sleep").pop().unwrap();
    let name = file.file_name().unwrap().to_str().unwrap().to_uppercase();
    repo.write(&format!("reviews/records/topic/sleep/{name}"), &std::fs::read_to_string(&file).unwrap());
    repo.refuses("cannot be read as it stands");
}

#[test]
fn t14_yaml_that_hides_something() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("hidden");
    for (from, to) in [
        ("version: 1\n", "version: 1\nversion: 2\n"),
        ("version: 1\n", "version: 1\n---\nversion: 2\n"),
        ("{content-lead: 1}", "&x {content-lead: 1}"),
        ("version: 1\n", "version: !!int 1\n"),
    ] {
        repo.write("reviews/policy.yaml", &POLICY.replace(from, to));
        repo.refuses("reviews/policy.yaml: cannot be read as it stands");
    }
    repo.write("reviews/policy.yaml", &POLICY.replace("version: 1\n", "version: 1\nloose: true\n"));
    let (text, status) = repo.run(&["check", "--format", "short"]);
    assert!(status == 1 && text.contains("reviews/policy.yaml:3:1: error[S002] there is no key `loose`"), "{text}");
    repo.refuses("review/policy");
}

#[test]
fn t15_and_t17_text_that_is_not_what_it_seems() {
    needs_ssh_keygen!();
    let repo = changed();
    let comment = "fine\u{202e}\u{1b}[31m <script>alert(1)</script>";
    repo.approve("a-nurse", &["topic/sleep"], &["--comment", comment]);
    for args in [&["review", "log"] as &[&str], &["review", "log", "--format", "json"], &["review", "log", "--format", "csv"]] {
        let (text, status) = repo.run(args);
        assert!(status == 0 && !text.contains(['\u{202e}', '\u{1b}']) && text.contains("202e"), "{text}");
    }
}

#[test]
fn t16_markdown_that_hides_something() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.write(".gitignore", "/public\n");
    repo.branch("hidden");
    for (hidden, code) in [
        ("<p>Call nobody.</p>", "Y020"),
        ("<!-- ring 0808 157 0199 -->", "Y020"),
        ("Call [0808 157 0123](tel:08081570199).", "P009"),
        ("Go to [https://example.org/help](https://example.com/other).", "P009"),
        ("[Help](javascript:alert(1))", "Y024"),
        ("[one]\n\n[one]: https://example.org/a\n[one]: https://example.org/b", "Y023"),
    ] {
        repo.edit("content/topics/sleep.md", "Wait 2 days.", &format!("{hidden}\n\nWait 2 days."));
        repo.commit("an-editor", "Hide it");
        let (text, status) = repo.decide("approve", "a-nurse", &["topic/sleep"], &[]);
        assert!(status == 2 && text.contains("`topic/sleep` does not pass `check`") && text.contains(code), "{hidden}: {text}");
        let (text, status) = repo.run(&["build", "--out", "public"]);
        assert!(status == 1 && text.contains(code) && !repo.path().join("public").exists(), "{hidden}: {text}");
        repo.refuses("topic/sleep: changed since its approval");
        repo.git(&["reset", "-q", "--hard", "main"]);
        repo.write(".gitignore", "/public\n");
    }
}

#[test]
fn t18_a_shallow_clone() {
    needs_ssh_keygen!();
    let repo = changed();
    let shallow = tempfile::tempdir().unwrap();
    let from = format!("file://{}", repo.path().display());
    let to = shallow.path().join("clone").display().to_string();
    repo.git(&["clone", "-q", "--depth", "1", "--no-single-branch", &from, &to]);
    for args in [&["review", "verify", "--trust", "origin/main"] as &[&str], &["review", "status"], &["review", "log"]] {
        let (text, status) = repo.run(&[&["-C", &to], args].concat());
        assert!(status == 2 && text.contains("git fetch --unshallow") && text.contains("fetch-depth: 0"), "{status} {text}");
    }
}

#[test]
fn t20_a_template_or_a_schema_changes() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("template");
    repo.write("site-templates/footer.html", "<p>Call nobody.</p>\n");
    repo.write("schemas/topic.schema.json", "{\"type\": \"object\"}\n");
    repo.edit("content/site.yaml", "organisation: Example organisation", "organisation: Another organisation");
    repo.commit("an-editor", "Another footer");
    repo.refuses("template/footer.html: never approved; needs 1 clinical-reviewer");
    repo.refuses("schema/topic: never approved");
    repo.refuses("site/site: changed since its approval (clinical)");

    // The manifest tells such a build from the one before: by templates, settings, schemas and the program's version.
    let built = |out: &str, rev: &str| -> serde_json::Value {
        let (text, status) = repo.run(&["build", "-q", "--at", rev, "--out", out, "--now", "2026-11-21"]);
        assert_eq!(status, 0, "{text}");
        serde_json::from_str(&repo.read(&format!("{out}/build-manifest.json"))).unwrap()
    };
    repo.git(&["reset", "-q", "--hard", "main"]);
    repo.write(
        "site-templates/components/date.html",
        &(signpost::embedded::text(signpost::embedded::TEMPLATES, "components/date.html").unwrap().to_owned() + "{# #}\n"),
    );
    repo.edit("content/site.yaml", "organisation: Example organisation", "organisation: Another organisation");
    repo.commit("an-editor", "Another footer");
    let (before, after) = (built("before", "main"), built("after", "HEAD"));
    let print = |manifest: &serde_json::Value, file: &str| {
        let settings = manifest["settings"].as_array().unwrap();
        settings.iter().find(|s| s["file"] == file).map(|s| s["fingerprint"].clone())
    };
    assert!(
        print(&before, "site-templates/components/date.html").is_none() && print(&after, "site-templates/components/date.html").is_some()
    );
    assert!(print(&before, "content/site.yaml").is_some() && print(&before, "content/site.yaml") != print(&after, "content/site.yaml"));
    assert_eq!((before["program"].as_str(), &before["items"]), (Some(concat!("signpost ", env!("CARGO_PKG_VERSION"))), &after["items"]));
}

#[test]
fn t21_something_is_wrong_at_night() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    let key = keys().join("a-lead").display().to_string();
    let args =
        ["suspend", "example-helpline", "--channel", "phone:0808 157 0123", "--because", "Dead", "--as", "a-lead", "--key", &key, "--yes"];
    let (text, status) = repo.run(&args);
    assert_eq!(status, 0, "{text}");
    repo.accepts();
    let helpline = repo.state("resource/example-helpline");
    assert_eq!((helpline["state"].as_str(), helpline["approved"].as_bool()), (Some("suspended"), Some(true)));
    // What embeds it keeps its approval; a second signature is owed, and a lapsed one shouts and takes nothing down.
    assert_eq!(repo.state("topic/sleep")["state"], "approved");
    let (text, status) = repo.run(&["review", "verify", "--trust", "main", "--now", "2030-01-01"]);
    assert!(status == 0 && text.contains("a second signature for suspending the channel phone:0808 157 0123, OVERDUE since"), "{text}");
    let key = keys().join("a-nurse").display().to_string();
    let args =
        ["suspend", "example-helpline", "--channel", "phone:0808 157 0123", "--because", "Dead", "--as", "a-nurse", "--key", &key, "--yes"];
    assert_eq!(repo.run(&args).1, 0);
    assert_eq!(repo.json(&["review", "status", "resource/example-helpline"])["debts"].as_array().unwrap().len(), 0);

    // An emergency: only the roles that the policy names, with a debt; others pay it.
    let repo = changed();
    let (_, status) = repo.decide("approve", "a-nurse", &["topic/sleep"], &["--emergency", "--because", "Dead"]);
    assert_eq!(status, 0);
    repo.refuses("topic/sleep: changed since its approval");
    repo.approve("a-safety-officer", &["topic/sleep"], &["--emergency", "--because", "Nobody is there"]);
    repo.accepts();
    let (text, status) = repo.run(&["review", "verify", "--trust", "main", "--now", "2030-01-01"]);
    assert!(status == 0 && text.contains("independent approval of an emergency change, OVERDUE since"), "{text}");
    repo.approve("a-doctor", &["topic/sleep"], &["--role", "clinical-reviewer"]);
    repo.approve("a-lead", &["topic/sleep"], &[]);
    assert!(repo.json(&["review", "status", "topic/sleep"])["debts"].as_array().unwrap().is_empty());
}

#[test]
fn t22_going_back_to_a_version_that_was_approved_once() {
    needs_ssh_keygen!();
    let repo = changed();
    repo.approve_all();
    repo.commit("an-editor", "Approve");
    repo.merge("change");
    repo.accepts();
    repo.branch("back");
    repo.edit("content/topics/sleep.md", "Wait 3 days", "Wait 2 days");
    repo.commit("an-editor", "Go back");
    repo.refuses("topic/sleep: changed since its approval (clinical); needs 1 clinical-reviewer");
}

#[test]
fn t23_a_large_change_in_small_steps() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    let words = ["importent", "important", "goood", "good"];
    for (number, pair) in words.windows(2).enumerate() {
        repo.branch(&format!("step-{number}"));
        repo.edit("content/topics/sleep.md", pair[0], pair[1]);
        if number == 2 {
            // The last small step brings what is not small.
            repo.edit("content/topics/sleep.md", "Wait 2 days", "Wait 3 days");
        }
        repo.commit("an-editor", "One word");
        repo.approve("a-lead", &["topic/sleep"], &[]);
        repo.commit("an-editor", "Approve");
        if number < 2 {
            repo.accepts();
            repo.merge(&format!("step-{number}"));
        }
    }
    repo.refuses("topic/sleep: partly approved; needs 1 clinical-reviewer");
}
