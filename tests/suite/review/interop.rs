//! Signatures that the real `ssh-keygen` makes are good here, and those of our records are good there.

use std::io::Write;
use std::process::{Command, Stdio};

use signpost::review::Draft;

use super::{Repo, keys, make_key, needs_ssh_keygen, public};

/// Holds a record against `ssh-keygen -Y verify`, with what `payload` and `keys` print.
fn verified_elsewhere(repo: &Repo, record: &str, who: &str) -> bool {
    let allowed = repo.signpost(&["review", "keys", "--allowed-signers"]).stdout;
    let payload = repo.signpost(&["review", "payload", record]).stdout;
    let signature = repo.signpost(&["review", "payload", "--signature", record]).stdout;
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("allowed"), allowed).unwrap();
    std::fs::write(folder.path().join("signature"), signature).unwrap();
    let mut child = Command::new("ssh-keygen")
        .args(["-Y", "verify", "-f", "allowed", "-I", who, "-n", "signpost-review@v1", "-s", "signature"])
        .current_dir(folder.path())
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .stderr(Stdio::null())
        .spawn()
        .unwrap();
    child.stdin.take().unwrap().write_all(&payload).unwrap();
    child.wait().unwrap().success()
}

fn record(repo: &Repo) -> String {
    let file = repo.records("topic/sleep").pop().unwrap();
    file.strip_prefix(repo.path()).unwrap().display().to_string()
}

/// Gives the nurse another key on main.
fn with_key(how: &[&str]) -> (Repo, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    make_key(&folder.path().join("key"), how);
    let repo = Repo::new();
    repo.edit("reviews/reviewers.yaml", &public(&keys().join("a-nurse")), &public(&folder.path().join("key")));
    repo.commit("an-editor", "Another key");
    (repo, folder)
}

#[test]
fn ed25519_and_ecdsa_in_both_directions() {
    needs_ssh_keygen!();
    for how in [&["-t", "ed25519", "-N", ""] as &[&str], &["-t", "ecdsa", "-b", "256", "-N", ""]] {
        let (repo, folder) = with_key(how);
        let key = folder.path().join("key").display().to_string();
        let (text, status) = repo.run(&["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", &key, "--yes"]);
        assert_eq!(status, 0, "{text}");
        assert_eq!(repo.state("topic/sleep")["state"], "partly-approved");
        assert!(verified_elsewhere(&repo, &record(&repo), "a-nurse"));
        assert!(!verified_elsewhere(&repo, &record(&repo), "a-lead"));
    }
}

#[test]
fn rsa_is_refused_with_advice() {
    needs_ssh_keygen!();
    let (repo, folder) = with_key(&["-t", "rsa", "-b", "2048", "-N", ""]);
    let key = folder.path().join("key").display().to_string();
    let (text, status) = repo.run(&["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", &key, "--yes"]);
    assert!(status == 2 && text.contains("an RSA key cannot be used") && text.contains("ssh-keygen -t ed25519"), "{text}");
    let (text, status) = repo.run(&["check", "--format", "short"]);
    assert!(status == 1 && text.contains("error[V012]"), "{text}");
}

#[test]
fn passphrases_are_asked_for_by_ssh_keygen() {
    needs_ssh_keygen!();
    let (repo, folder) = with_key(&["-t", "ed25519", "-N", "open sesame"]);
    let ask = folder.path().join("ask");
    std::fs::write(&ask, "#!/bin/sh\necho 'open sesame'\n").unwrap();
    assert!(Command::new("chmod").arg("+x").arg(&ask).status().unwrap().success());
    let key = folder.path().join("key").display().to_string();
    let output = repo
        .command(env!("CARGO_BIN_EXE_signpost"), "an-editor")
        .args(["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", &key, "--yes"])
        .env("SSH_ASKPASS", &ask)
        .env("SSH_ASKPASS_REQUIRE", "force")
        .output()
        .unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(verified_elsewhere(&repo, &record(&repo), "a-nurse"));
}

#[test]
fn the_agent_signs() {
    needs_ssh_keygen!();
    let (repo, folder) = with_key(&["-t", "ed25519", "-N", ""]);
    let socket = folder.path().join("agent");
    let Ok(mut agent) = Command::new("ssh-agent").args(["-D", "-a"]).arg(&socket).stdout(Stdio::null()).spawn() else {
        println!("skipped: there is no ssh-agent");
        return;
    };
    let is_added = (0..50).any(|_| {
        std::thread::sleep(std::time::Duration::from_millis(100));
        let add = Command::new("ssh-add").arg(folder.path().join("key")).env("SSH_AUTH_SOCK", &socket).stderr(Stdio::null()).status();
        add.is_ok_and(|s| s.success())
    });
    let sign = || {
        let mut command = repo.command(env!("CARGO_BIN_EXE_signpost"), "an-editor");
        command.args(["review", "approve", "topic/sleep", "--as", "a-nurse", "--key", "agent", "--yes"]).env("SSH_AUTH_SOCK", &socket);
        command.output().unwrap()
    };
    let output = sign();
    agent.kill().unwrap();
    agent.wait().unwrap();
    assert!(is_added && output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    assert!(verified_elsewhere(&repo, &record(&repo), "a-nurse"));
    let said = String::from_utf8(sign().stderr).unwrap();
    assert!(said.contains("the ssh-agent has no key of a-nurse"), "{said}");
}

#[test]
fn what_is_signed_elsewhere_is_brought_in() {
    needs_ssh_keygen!();
    let repo = Repo::new();
    repo.approve("a-nurse", &["topic/sleep"], &[]);
    let made = repo.signpost(&["review", "payload", &record(&repo)]).stdout;
    let mut draft: Draft = serde_json::from_slice(&made).unwrap();
    draft.reviewer = "a-lead".to_owned();
    draft.role = "content-lead".to_owned();
    let folder = tempfile::tempdir().unwrap();
    let payload = folder.path().join("payload");
    std::fs::write(&payload, draft.payload()).unwrap();
    let sign = Command::new("ssh-keygen")
        .args(["-q", "-Y", "sign", "-n", "signpost-review@v1", "-f"])
        .args([&keys().join("a-lead"), &payload])
        .output()
        .unwrap();
    assert!(sign.status.success());
    let (payload, signature) = (payload.display().to_string(), folder.path().join("payload.sig").display().to_string());
    let (text, status) = repo.run(&["review", "import", &payload, &signature]);
    assert!(status == 0 && text.starts_with("reviews/records/topic/sleep/"), "{text}");
    assert_eq!(repo.state("topic/sleep")["state"], "approved");
    std::fs::write(&payload, serde_json::to_vec_pretty(&draft).unwrap()).unwrap();
    let (text, status) = repo.run(&["review", "import", &payload, &signature]);
    assert!(status == 2 && text.contains("RFC 8785"), "{text}");
    draft.item = "partial/help".to_owned();
    std::fs::write(&payload, draft.payload()).unwrap();
    let (text, status) = repo.run(&["review", "import", &payload, &signature]);
    assert!(status == 2 && text.contains("does not fit what is written"), "{text}");
}
