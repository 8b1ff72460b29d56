//! One repository with a broken file of every kind: each gets a finding of its own at its own place, and the rest is
//! still checked, from the working tree and from a git revision alike.

use std::path::Path;

use signpost::check::{self, Context};
use signpost::load::Snapshot;
use signpost::source::Lines;

/// A topic whose front matter is `front`.
fn topic(front: &str, body: &str) -> Vec<u8> {
    format!("---\ntitle: Example\n{front}---\n{body}").into_bytes()
}

fn resource(line: &str) -> Vec<u8> {
    format!("title: Example line\ntype: helpline\nprovider: Example organisation\n{line}channels:\n  - {{type: website, url: \"https://example.org\"}}\n").into_bytes()
}

/// Path, bytes, and the finding: code, line, column.
fn broken() -> Vec<(&'static str, Vec<u8>, &'static str, usize, usize)> {
    let mut not_utf8 = topic("", "Text ");
    not_utf8.extend([0xff, b'\n']);
    vec![
        ("content/topics/wrong-type.md", topic("synonyms: sleep\n", ""), "S003", 3, 11),
        ("content/topics/missing-key.md", b"---\nsummary: No title.\n---\n".to_vec(), "S001", 2, 1),
        ("content/topics/unknown-key.md", topic("sumary: Text.\n", ""), "S002", 3, 1),
        ("content/topics/duplicate-key.md", topic("title: Again\n", ""), "Y010", 3, 1),
        ("content/topics/bad-value.md", topic("status: publishd\n", ""), "S004", 3, 9),
        ("content/topics/bad-date.md", topic("review_by: 2027-02-30\n", ""), "S006", 3, 12),
        (
            "content/resources/number.yaml",
            b"title: Example\ntype: helpline\nprovider: Example\nchannels:\n  - {type: phone, value: 999}\n".to_vec(),
            "S003",
            5,
            26,
        ),
        ("content/resources/tab.yaml", b"title: Example\nchannels:\n\t- {type: phone}\n".to_vec(), "Y009", 3, 1),
        ("content/resources/alias.yaml", resource("summary: &s Text\ncost: *s\n"), "Y011", 5, 7),
        ("content/resources/merge.yaml", resource("<<: {cost: Free}\n"), "Y012", 4, 1),
        ("content/resources/tag.yaml", resource("cost: !!str Free\n"), "Y013", 4, 7),
        ("content/resources/second.yaml", b"title: Example\n---\ntitle: Second\n".to_vec(), "Y014", 2, 1),
        ("content/resources/colon.yaml", resource("cost: Free: always\n"), "Y008", 4, 7),
        ("content/topics/bad-link.md", topic("", "See [this](topic/nowhere).\n"), "R001", 4, 12),
        ("content/topics/dangling.md", topic("signposts:\n  - resource/nobody\n", ""), "R001", 4, 5),
        ("content/topics/html.md", topic("", "Some <b>bold</b> text.\n"), "Y020", 4, 6),
        ("content/topics/marker.md", topic("", "> [!DANGER] Do something\n"), "Y021", 4, 3),
        ("content/topics/script.md", topic("", "[Look](javascript:alert(1))\n"), "Y024", 4, 8),
        ("content/topics/hidden.md", topic("summary: Plain\u{200b} text.\n", ""), "Y030", 3, 15),
        ("content/topics/not-utf8.md", not_utf8, "Y001", 4, 6),
        ("content/topics/huge.md", vec![b'a'; 2 << 20], "Y002", 1, 1),
        ("content/topics/unclosed.md", b"---\ntitle: Example\n".to_vec(), "Y019", 1, 1),
        ("content/topics/Bad_Name.md", topic("", ""), "Y041", 1, 1),
        ("content/nowhere/file.yaml", b"title: Example\n".to_vec(), "Y040", 1, 1),
    ]
}

const SITE: &str = "name: Example\nbase_url: https://example.org\norganisation: Example\nlanguage: en\ncountry: GB\ndemonstration: true\ntime_zone: Europe/London\n";

fn write(root: &Path) {
    let put = |path: &str, bytes: &[u8]| {
        let file = root.join(path);
        std::fs::create_dir_all(file.parent().unwrap()).unwrap();
        std::fs::write(file, bytes).unwrap();
    };
    put("content/site.yaml", SITE.as_bytes());
    broken().iter().for_each(|(path, bytes, ..)| put(path, bytes));
    #[cfg(unix)]
    std::os::unix::fs::symlink("/etc/hostname", root.join("content/topics/link.md")).unwrap();
}

fn judge(snapshot: &Snapshot) {
    let context = Context::new(snapshot, jiff::civil::date(2026, 11, 21));
    let report = check::run(&context);
    let mut wrong = Vec::new();
    for (path, _, code, line, column) in broken() {
        let text = snapshot.file(path).map_or("", |f| f.text.as_str());
        let lines = Lines::new(text);
        let found: Vec<String> = report
            .findings
            .iter()
            .filter(|f| f.place.file == path)
            .map(|f| {
                let at = lines.position(f.place.span.start);
                format!("{} {}:{}", f.code, at.line, at.column)
            })
            .collect();
        if !found.contains(&format!("{code} {line}:{column}")) {
            wrong.push(format!("{path}: wanted {code} {line}:{column}, found {found:?}"));
        }
    }
    if cfg!(unix) && !report.findings.iter().any(|f| f.code == "Y003" && f.place.file == "content/topics/link.md") {
        wrong.push("the symbolic link is not refused".into());
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn every_broken_file_of_the_working_tree_gets_its_own_finding() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    judge(&Snapshot::from_disk(dir.path()).unwrap());
}

#[test]
fn every_broken_file_of_a_git_revision_gets_its_own_finding() {
    let dir = tempfile::tempdir().unwrap();
    write(dir.path());
    let repo = git2::Repository::init(dir.path()).unwrap();
    let mut index = repo.index().unwrap();
    index.add_all(["*"], git2::IndexAddOption::DEFAULT, None).unwrap();
    let tree = repo.find_tree(index.write_tree().unwrap()).unwrap();
    let author = git2::Signature::now("An editor", "editor@example.org").unwrap();
    repo.commit(Some("HEAD"), &author, &author, "Broken", &tree, &[]).unwrap();
    judge(&Snapshot::from_git(dir.path(), "HEAD").unwrap());
}
