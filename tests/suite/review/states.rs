//! The states of an item, from nothing to approved and on.

use super::{Repo, SLEEP, needs_ssh_keygen};

#[test]
fn from_unreviewed_to_approved() {
    needs_ssh_keygen!();
    let repo = Repo::new();
    let sleep = repo.state("topic/sleep");
    assert_eq!((sleep["state"].as_str(), sleep["class"].as_str()), (Some("unreviewed"), Some("clinical")));
    assert_eq!(sleep["needs"].as_array().unwrap().len(), 2);
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    assert_eq!(repo.state("topic/sleep")["state"], "partly-approved");
    repo.approve("a-lead", &["topic/sleep"], &[]);
    // What it embeds is an item of its own, and its approval is not that of the topic.
    let sleep = repo.state("topic/sleep");
    assert_eq!((sleep["state"].as_str(), sleep["approved"].as_bool()), (Some("approved"), Some(true)));
    assert!(sleep["due"].as_str().is_some_and(|due| due > sleep["reviewed"].as_str().unwrap()));
    let (text, status) = repo.run(&["review", "status"]);
    assert!(status == 1 && text.contains("partial/help: never approved"), "{text}");
    repo.approve_all();
    let (text, status) = repo.run(&["review", "status"]);
    assert_eq!(status, 0, "{text}");
    let (text, status) = repo.run(&["show", "topic/sleep"]);
    assert!(status == 0 && text.contains("Review: topic/sleep: approved\n"), "{text}");
}

#[test]
fn an_editorial_change_needs_less() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("typo");
    repo.edit("content/topics/sleep.md", "importent", "important");
    repo.commit("an-editor", "Spell it right");
    let sleep = repo.state("topic/sleep");
    assert_eq!((sleep["state"].as_str(), sleep["class"].as_str()), (Some("changed"), Some("editorial")));
    assert_eq!(sleep["needs"].as_array().unwrap().len(), 1);
    repo.refuses("topic/sleep: changed since its approval (editorial); needs 1 content-lead (a-lead)");
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.accepts();
    // A corrected typo makes a page no younger: the next review is due when it was.
    let later = repo.json(&["review", "status", "topic/sleep", "--now", "2030-01-01"]);
    assert_eq!(later["items"][0]["state"], "expired");
    assert_eq!(later["debts"][0]["overdue"], true);
    assert_eq!(later["items"][0]["approved"], true);
}

#[test]
fn requests_for_changes_stand() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("wording");
    repo.edit("content/topics/sleep.md", "importent", "important");
    repo.commit("an-editor", "Spell it right");
    assert_eq!(repo.decide("request-changes", "a-nurse", &["topic/sleep"], &["--comment", "Say why"]).1, 0);
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.refuses("topic/sleep: a-nurse asked for changes");
    // Later versions do not end it.
    repo.edit("content/topics/sleep.md", "How to rest.", "How to rest well.");
    repo.commit("an-editor", "Say more");
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.refuses("asked for changes");
    // Somebody of another role cannot override it, somebody of the same role can.
    let log = repo.json(&["review", "log", "topic/sleep"]);
    let request = log["records"].as_array().unwrap().iter().find(|r| r["decision"] == "request-changes").unwrap();
    let hash = request["hash"].as_str().unwrap().to_owned();
    repo.approve("a-lead", &["topic/sleep"], &["--overrides", &hash]);
    repo.refuses("asked for changes");
    repo.approve("a-doctor", &["topic/sleep"], &["--overrides", &hash, "--role", "clinical-reviewer"]);
    repo.accepts();
}

#[test]
fn withdrawing_ends_an_approval_and_a_request() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("more");
    repo.edit("content/topics/sleep.md", "importent", "important");
    repo.commit("an-editor", "Spell it right");
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.accepts();
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(repo.decide("withdraw", "a-lead", &["topic/sleep"], &[]).1, 0);
    repo.refuses("needs 1 content-lead");
    assert_eq!(repo.decide("request-changes", "a-nurse", &["topic/sleep"], &[]).1, 0);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    assert_eq!(repo.decide("withdraw", "a-nurse", &["topic/sleep"], &[]).1, 0);
    std::thread::sleep(std::time::Duration::from_millis(1100));
    repo.approve("a-lead", &["topic/sleep"], &[]);
    repo.accepts();
}

#[test]
fn retiring_and_removing_need_approval() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("gone");
    repo.edit("content/partials/help.md", "title: Help\n", "title: Help\nstatus: retired\n");
    repo.write("content/topics/sleep.md", &SLEEP.replace("[Help](partial/help)\n\n", ""));
    repo.commit("an-editor", "Retire it");
    repo.refuses("partial/help: changed since its approval (logic)");
    repo.approve_all();
    repo.accepts();
    assert_eq!(repo.state("partial/help")["state"], "retired");
    repo.commit("an-editor", "Approve");
    repo.merge("gone");
    repo.accepts();
    repo.branch("deleted");
    repo.git(&["rm", "-q", "content/topics/sleep.md"]);
    repo.commit("an-editor", "Delete it");
    repo.refuses("topic/sleep: removed since its approval (clinical)");
    repo.approve_all();
    repo.accepts();
}

#[test]
fn the_json_keeps_its_promise() {
    needs_ssh_keygen!();
    let repo = Repo::new();
    repo.approve("a-nurse", &["topic/sleep"], &["--comment", "=1+1 \"read\""]);
    for (args, schema) in [
        (&["review", "status"] as &[&str], "cli/review-status"),
        (&["review", "verify", "--trust", "main"], "cli/review-verify"),
        (&["review", "log"], "cli/review-log"),
    ] {
        let value = repo.json(args);
        let schema = serde_json::from_str(signpost::schema::text(schema).unwrap()).unwrap();
        let errors: Vec<String> = jsonschema::validator_for(&schema).unwrap().iter_errors(&value).map(|e| e.to_string()).collect();
        assert_eq!(errors, Vec::<String>::new());
    }
    let (csv, _) = repo.run(&["review", "log", "--format", "csv"]);
    assert!(csv.contains("\"'=1+1 \"\"read\"\"\""), "{csv}");
}

#[test]
fn nothing_is_signed_that_ought_not_to_be() {
    needs_ssh_keygen!();
    let repo = Repo::new();
    let says = |result: (String, i32), words: &str| assert!(result.1 == 2 && result.0.contains(words), "{result:?}");
    says(repo.decide("approve", "a-nurse", &["topic/slep"], &[]), "did you mean `topic/sleep`?");
    says(repo.decide("approve", "a-nurse", &["topic/sleep"], &["--role", "nurse"]), "the policy knows no role `nurse`");
    says(repo.decide("approve", "a-nurse", &["topic/sleep"], &["--role", "content-lead"]), "does not have the role");
    says(repo.decide("approve", "an-editor", &["topic/sleep"], &[]), "an-editor has no active key");
    let key = super::keys().join("spare").display().to_string();
    says(repo.run(&["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", &key, "--yes"]), "does not list this key for a-nurse");
    says(repo.run(&["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", &key]), "nobody is there to say yes");
    says(repo.run(&["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", "nowhere", "--yes"]), "there is no key file");
    repo.edit("content/topics/sleep.md", "Wait 2", "Wait 3");
    says(repo.decide("approve", "a-nurse", &["topic/sleep"], &[]), "has changes that are not committed");
    repo.edit("content/topics/sleep.md", "resource/example-helpline", "resource/nowhere");
    says(repo.decide("approve", "a-nurse", &["topic/sleep"], &["--uncommitted"]), "does not pass `check`");
    assert!(repo.records("topic/sleep").is_empty());
}

#[test]
#[cfg(unix)]
fn an_interrupted_approval_leaves_whole_records_and_says_which() {
    use std::os::unix::fs::PermissionsExt as _;
    needs_ssh_keygen!();
    let repo = Repo::new();
    // A key that is pulled out after two signatures.
    let tools = tempfile::tempdir().unwrap();
    let tool = tools.path().join("ssh-keygen");
    let real = "PATH=${PATH#*:} exec ssh-keygen \"$@\"";
    let script = format!(
        "#!/bin/sh\ncd {0} && n=$(ls signed* 2>/dev/null | wc -l) && : > signed$n && [ $n -lt 2 ] || exit 1\n{real}\n",
        tools.path().display()
    );
    std::fs::write(&tool, script).unwrap();
    std::fs::set_permissions(&tool, std::fs::Permissions::from_mode(0o755)).unwrap();
    let path = format!("{}:{}", tools.path().display(), std::env::var("PATH").unwrap());
    let key = super::keys().join("a-nurse").display().to_string();
    let output = repo
        .command(env!("CARGO_BIN_EXE_signpost"), "an-editor")
        .args(["review", "approve", "topic/sleep", "partial/help", "site/site", "site/acuity", "--as", "a-nurse", "--key", &key, "--yes"])
        .env("PATH", path)
        .output()
        .unwrap();
    let (said, error) = (String::from_utf8(output.stdout).unwrap(), String::from_utf8(output.stderr).unwrap());
    assert!(output.status.code() == Some(2) && error.contains("2 of 4 were signed, as listed"), "{said}{error}");
    let written: Vec<&str> = said.lines().filter(|line| line.starts_with("reviews/records/")).collect();
    assert_eq!(written.len(), 2, "{said}");
    for path in written {
        assert!(repo.read(path).ends_with("  -----END SSH SIGNATURE-----\n"), "{path}");
    }
    let all = [repo.records("topic/sleep"), repo.records("partial/help"), repo.records("site/site"), repo.records("site/acuity")];
    assert_eq!(all.map(|records| records.len()), [1, 1, 0, 0]);
    assert_eq!(
        (repo.state("topic/sleep")["state"].as_str(), repo.state("site/site")["state"].as_str()),
        (Some("partly-approved"), Some("unreviewed"))
    );
}
