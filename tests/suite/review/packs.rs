//! Review packs: what is in them, that the same versions give the same bytes, that nothing in them runs, and that a signature made
//! from one counts.

use std::process::Command;

use super::{Repo, keys, needs_ssh_keygen};

/// The pack of `change`, and what the command printed.
fn pack(repo: &Repo, more: &[&str]) -> (String, String) {
    let args = [&["review", "pack", "main..change", "-o", "pack.html"], more].concat();
    let (said, status) = repo.run(&args);
    assert_eq!(status, 0, "{said}");
    (repo.read("pack.html"), said.trim().to_owned())
}

/// Text as it was before the template escaped it.
fn plain(html: &str) -> String {
    let pairs = [("&quot;", "\""), ("&#x2f;", "/"), ("&#x27;", "'"), ("&lt;", "<"), ("&gt;", ">"), ("&amp;", "&")];
    pairs.iter().fold(html.to_owned(), |text, (from, to)| text.replace(from, to))
}

#[test]
fn a_nurse_without_git_reads_signs_and_is_counted() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("change");
    repo.edit("content/topics/sleep.md", "Wait 2 days.", "Wait 4 days.");
    repo.edit("content/resources/example-helpline.yaml", "0808 157 0123", "0808 157 0124");
    repo.commit("an-editor", "Wait longer");
    let (page, digest) = pack(&repo, &["--for", "a-nurse"]);
    assert_eq!(pack(&repo, &["--for", "a-nurse"]).0, page, "the same versions give the same bytes");
    for wanted in [
        "Wait <del>2</del><ins>4</ins> days.",
        "0808 157 012<del>3</del>",
        "Channel 1, Number or address",
        "Nobody is sent to less urgent help",
        "Can do harm at once if it is wrong: 1",
        "What this pack does not cover",
        "default-src 'none'",
        "item-2",
    ] {
        assert!(page.contains(wanted), "{wanted}");
    }
    // As the pack says itself, without Signpost.
    let sum = "sed \"s/$(grep -o -m 1 'signpost-pack\" content=\"sha256:[0-9a-f]*' pack.html | cut -d: -f2)/$(printf '%064d' 0)/g\" pack.html | sha256sum";
    assert!(plain(&page).contains(&sum.replace("pack.html", "THIS-FILE.html")));
    let said = repo.command("sh", "a-nurse").args(["-c", sum]).output().unwrap();
    assert_eq!(format!("sha256:{}", String::from_utf8(said.stdout).unwrap().split(' ').next().unwrap()), digest);
    // She copies what stands there, with her own key.
    let key = keys().join("a-nurse").display().to_string();
    for block in page.split("<pre tabindex=\"0\">printf").skip(1) {
        let script = format!("printf{}", plain(block.split("</pre>").next().unwrap())).replace("~/.ssh/id_ed25519", &key);
        let output = repo.command("sh", "a-nurse").args(["-ec", &script]).output().unwrap();
        assert!(output.status.success(), "{script}\n{}", String::from_utf8_lossy(&output.stderr));
        let file = script.split("> ").nth(1).unwrap().split('\n').next().unwrap();
        let (said, status) = repo.run(&["review", "import", file, &format!("{file}.sig")]);
        assert_eq!(status, 0, "{said}");
        assert!(repo.read(said.trim()).contains(&format!("pack: {digest}")), "the record names the pack");
    }
    repo.approve("a-lead", &["topic/sleep", "resource/example-helpline"], &[]);
    repo.accepts();
}

#[test]
fn a_record_names_the_pack_that_was_read() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("change");
    repo.edit("content/topics/sleep.md", "Wait 2 days.", "Wait 4 days.");
    repo.commit("an-editor", "Wait longer");
    let (page, digest) = pack(&repo, &[]);
    repo.write("altered.html", &page.replace("Wait <del>2", "Wait <del>3"));
    let (said, status) = repo.decide("approve", "a-nurse", &["topic/sleep"], &["--pack", "altered.html", "--uncommitted"]);
    assert!(status == 2 && said.contains("its digest does not fit"), "{said}");
    let (said, status) = repo.decide("approve", "a-nurse", &["topic/sleep"], &["--pack", "reviews/policy.yaml", "--uncommitted"]);
    assert!(status == 2 && said.contains("it is no review pack"), "{said}");
    repo.edit("content/topics/sleep.md", "Wait 4 days.", "Wait 5 days.");
    let (said, status) = repo.decide("approve", "a-nurse", &["topic/sleep"], &["--pack", "pack.html", "--uncommitted"]);
    assert!(status == 2 && said.contains("does not show this version of `topic/sleep`"), "{said}");
    repo.edit("content/topics/sleep.md", "Wait 5 days.", "Wait 4 days.");
    repo.approve("a-nurse", &["topic/sleep"], &["--pack", "pack.html"]);
    let log = repo.run(&["review", "log", "topic/sleep", "--format", "json"]).0;
    assert!(log.contains("a-nurse"), "{log}");
    let records = Command::new("grep").args(["-rl", &digest, "reviews/records/topic/sleep"]).current_dir(repo.path()).output().unwrap();
    assert_eq!(String::from_utf8(records.stdout).unwrap().lines().count(), 1);
}

#[test]
fn t17_nothing_in_a_pack_runs() {
    needs_ssh_keygen!();
    let repo = Repo::new();
    let script = "<script>alert(1)</script>";
    repo.edit("reviews/reviewers.yaml", "name: Person a-nurse", &format!("name: \"{script}\""));
    repo.edit("reviews/policy.yaml", "Judges what the pages advise", &format!("\"{script}\""));
    repo.commit("an-editor", "Names");
    repo.branch("change");
    let (said, status) =
        repo.decide("request-changes", "a-nurse", &["topic/sleep"], &["--role", "clinical-reviewer", "--uncommitted", "--comment", script]);
    assert_eq!(status, 0, "{said}");
    let body = format!(
        "{script}\n\n<img src=x onerror=alert(1)>\n\n[a](javascript:alert(1)) [b](data:text/html,x) [116 123](tel:999)\n\n</main></html>{script}"
    );
    repo.write(
        "content/topics/sleep.md",
        &format!("---\ntitle: \"\\\"><svg onload=alert(1)>\"\nsummary: \"a\u{202e}b ' onclick='x\"\n---\n{body}\n"),
    );
    repo.write("content/topics/new.md", &format!("---\ntitle: \"{script}\"\n---\n## {{#a}} {script}\n\n`{script}`\n"));
    repo.write("site-templates/footer.html", &format!("{script}{{{{ 1 }}}}"));
    repo.commit("an-editor", "Attack");
    let (page, _) = pack(&repo, &["--for", "a-nurse", "--now", "2026-11-21"]);
    let lower = page.to_lowercase();
    for tag in
        ["<script", "<img", "<iframe", "<object", "<svg", "<link", "<base", "<form", "<a href=\"javascript", "<a href=\"data", "\u{202e}"]
    {
        assert!(!lower.contains(tag), "{tag}");
    }
    assert!(page.contains("\\u{202e}"), "what is hidden is shown");
    let links = page.split("<a href=\"").skip(1);
    assert!(links.clone().count() > 3 && links.into_iter().all(|l| l.starts_with('#')), "links lead nowhere but within the pack");
    assert_eq!(page.matches("</main>").count(), 1);
    let mut tags = page.split('<').skip(1).filter_map(|t| t.split('>').next());
    assert!(
        tags.all(|t| !["onerror", "onload", "onclick", "javascript:"].iter().any(|word| t.contains(word))),
        "no attribute runs anything"
    );
}
