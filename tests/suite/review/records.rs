//! No byte of a record can be changed: each one, changed, makes the gate say no.

use signpost::load::Snapshot;
use signpost::model::Content;
use signpost::review::{self, People};

use super::{Repo, needs_ssh_keygen};

#[test]
fn any_byte_of_a_record_counts() {
    needs_ssh_keygen!();
    let repo = Repo::new();
    repo.approve("a-nurse", &["topic/sleep"], &["--comment", "Read; twice: \"all\" of it"]);
    let file = repo.records("topic/sleep").pop().unwrap();
    let path = file.strip_prefix(repo.path()).unwrap().display().to_string();
    let good = std::fs::read(&file).unwrap();
    let (policy, people) = (repo.read("reviews/policy.yaml"), repo.read("reviews/reviewers.yaml"));
    let objects = |bytes: Vec<u8>| {
        let files = [("reviews/policy.yaml", policy.clone().into_bytes()), ("reviews/reviewers.yaml", people.clone().into_bytes())];
        let files = files.into_iter().chain([(path.as_str(), bytes)]).map(|(path, bytes)| (path, Ok(bytes)));
        let snapshot = Snapshot::from_bytes(files);
        let content = Content::of(&snapshot);
        let people = People::of(content.reviewers.as_ref());
        !review::faults(&snapshot, content.policy.as_ref().map(|p| p.project.value), &people).is_empty()
    };
    assert!(!objects(good.clone()));
    let mut passed = Vec::new();
    for at in 0..good.len() {
        for change in [good[at] ^ 1, b' ', b'\n', 0xff, good[at] ^ 0x20] {
            let mut bytes = good.clone();
            bytes[at] = change;
            if change != good[at] && !objects(bytes) {
                passed.push((at, change));
            }
        }
        let mut without = good.clone();
        without.remove(at);
        let mut with = good.clone();
        with.insert(at, b' ');
        passed.extend([without, with].into_iter().filter(|b| *b != good && !objects(b.clone())).map(|_| (at, 0)));
    }
    assert!(passed.is_empty(), "{passed:?}");
}

#[test]
fn a_damaged_record_closes_the_gate_though_nothing_needs_it() {
    needs_ssh_keygen!();
    let repo = Repo::approved();
    repo.branch("extra");
    repo.approve("a-nurse", &["topic/sleep"], &["--scope", "whole"]);
    repo.accepts();
    let file = repo.records("topic/sleep").pop().unwrap();
    let text = std::fs::read_to_string(&file).unwrap();
    std::fs::write(&file, text.replace("scope: whole", "scope: change")).unwrap();
    repo.refuses("this record belongs elsewhere");
    std::fs::write(&file, text + "\n").unwrap();
    repo.refuses("was changed after it was written");
}
