//! What is made after a save is what everything read, checked and made anew would be, byte for byte: over random edits of a small site.
//!
//! `SIGNPOST_CASES=2000` makes more edits than a test run usually does.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::sync::Arc;

use signpost::audit::{self, About, Site};
use signpost::check::{self, Context};
use signpost::diag::Report;
use signpost::live::{Live, News};
use signpost::load::Snapshot;
use signpost::load::later::Later;
use signpost::review::Signed;
use signpost::site::{self, BuildOptions};

use super::site::workshop;

const DAY: jiff::civil::Date = jiff::civil::date(2026, 11, 21);

fn cases() -> usize {
    std::env::var("SIGNPOST_CASES").ok().and_then(|n| n.parse().ok()).unwrap_or(60)
}

/// Numbers that look like chance and are the same in each run.
pub(super) struct Dice(pub u64);

impl Dice {
    pub(super) fn of(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from((self.0 >> 33) % sides as u64).unwrap()
    }

    fn one<'t, T>(&mut self, all: &'t [T]) -> &'t T {
        &all[self.of(all.len())]
    }
}

/// What bodies are made of: plain words, what is shown elsewhere, what leads elsewhere, what leads nowhere.
const PIECES: [&str; 16] = [
    "More words, and call 111.",
    "[Someone to talk to](partial/listening)",
    "[A line](resource/example-night-line)",
    "[A text line](resource/example-text-line)",
    "[Sleep](topic/sleep)",
    "[Questions](journey/sleep)",
    "See [the part](topic/sleep#help-at-night) of it.",
    "See [that part](page/about#who-we-are) of it.",
    "See [this part](topic/self-harm#tell-someone) of it.",
    "See [nothing](topic/none#nowhere) of it.",
    "## Help at night",
    "## Who we are",
    "## Tell someone {#tell-someone}",
    "> [!EMERGENCY] Call 999 if:\n>\n> - you cannot wait",
    "A note.[^1]\n\n[^1]: Of the text.",
    "<b>Raw</b> HTML, and 0808 157 0999.",
];

/// Changes something, and says where.
pub(super) fn edit(root: &Path, dice: &mut Dice) -> BTreeSet<String> {
    let all = files(root);
    let texts: Vec<&String> = all.iter().filter(|path| path.ends_with(".md")).collect();
    let path = (*dice.one(&texts)).clone();
    let text = fs::read_to_string(root.join(&path)).unwrap();
    let (head, body) = text.split_at(text.match_indices("---\n").nth(1).map_or(0, |(at, _)| at + 4));
    let lines: Vec<&str> = body.lines().collect();
    let put = |path: &str, text: String| {
        fs::create_dir_all(root.join(path).parent().unwrap()).unwrap();
        fs::write(root.join(path), text).unwrap();
        BTreeSet::from([path.to_owned()])
    };
    let whole = |path: &str| fs::read_to_string(root.join(path)).unwrap();
    match dice.of(32) {
        0..=7 => put(&path, format!("{head}{}\n\n{}\n", body.trim_end(), dice.one(&PIECES))),
        8..=12 => put(&path, format!("{head}{}\n\n{body}", dice.one(&PIECES))),
        13..=16 if !lines.is_empty() => {
            let line = dice.of(lines.len());
            let left: Vec<&str> = lines.iter().enumerate().filter(|(n, _)| *n != line).map(|(_, line)| *line).collect();
            put(&path, format!("{head}{}\n", left.join("\n")))
        }
        17..=18 => put(&path, format!("{head}{}\n", dice.one(&PIECES))),
        19 => put(&path, text.replace('\n', "\r\n")),
        20 => put(&path, format!("{}---\n{body}", head.trim_end_matches("---\n").replace("title: ", "title: Another "))),
        21 => put(
            &path,
            if text.contains("status:") {
                text.replace("status: draft\n", "")
            } else {
                text.replacen("title:", "status: draft\ntitle:", 1)
            },
        ),
        22 => {
            fs::remove_file(root.join(&path)).unwrap();
            BTreeSet::from([path])
        }
        23 => put(&format!("content/topics/new-{}.md", dice.of(4)), format!("---\ntitle: New\n---\n{}\n", dice.one(&PIECES))),
        24 => {
            let to = path.replace(".md", "-b.md");
            fs::rename(root.join(&path), root.join(&to)).unwrap();
            BTreeSet::from([path, to])
        }
        25 => {
            let path = "content/resources/example-night-line.yaml";
            put(path, whole(path).replace('1', if dice.of(2) == 0 { "2" } else { "11" }))
        }
        26 => put("content/journeys/sleep.yaml", whole("content/journeys/sleep.yaml").replacen("label: ", "label: So ", 1 + dice.of(3))),
        27 => put("content/site.yaml", whole("content/site.yaml").replacen("name: ", "name: The ", 1)),
        28 => put("site-templates/page.html", format!("{}<!-- {} -->\n", include_str!("../../site-templates/page.html"), dice.of(9))),
        29 => put("reviews/confirmations/nhs-111.yaml", whole("reviews/confirmations/nhs-111.yaml").replace("2026-1", "2026-0")),
        30 => put(
            &path.replace(".md", ".cy.md"),
            format!("---\ntitle: Cymraeg\ntranslates: sha256:{:064}\n---\n{}\n", dice.of(9), dice.one(&PIECES)),
        ),
        // As it was at first.
        _ => {
            let first = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/repos/good").join(&path);
            put(&path, fs::read_to_string(first).unwrap_or(text))
        }
    }
}

/// The files of the content, by path.
fn files(root: &Path) -> Vec<String> {
    let mut found = Vec::new();
    let mut open: Vec<PathBuf> = vec![root.join("content")];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                found.push(entry.path().strip_prefix(root).unwrap().to_str().unwrap().to_owned());
            }
        }
    }
    found.sort();
    found
}

/// What a browser would be shown.
type Shown = BTreeMap<String, Arc<Vec<u8>>>;

fn show(shown: &mut Shown, live: &mut Live<'_>, options: &BuildOptions) -> Result<(), String> {
    match live.make(options).map_err(|error| error.to_string())? {
        News::Whole(files) => *shown = files.clone(),
        News::Some(files) => shown.extend(files),
    }
    Ok(())
}

/// Holds what is kept against everything made anew.
fn compare(root: &Path, shown: &mut Shown, live: &mut Live<'_>, options: &BuildOptions, after: &str) {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let context = Context::new(&snapshot, DAY);
    let found: Vec<_> = live.findings().cloned().collect();
    assert_eq!(found, check::run(&context).findings, "{after}");
    match (show(shown, live, options), site::render(&context, options)) {
        (Ok(()), Ok(rendered)) => {
            for (path, bytes) in &rendered.files {
                let own = shown.get(path).unwrap_or_else(|| panic!("{path} is missing {after}"));
                assert_eq!(String::from_utf8_lossy(own), String::from_utf8_lossy(bytes), "{path} {after}");
            }
            assert_eq!(shown.len(), rendered.files.len(), "{after}");
            live.audit(options);
            let about = About::of_build(&context, options.base_url.as_deref(), options.preview);
            let site = Site::new(rendered.files.iter().map(|(path, bytes)| (path.as_str(), Some(bytes.as_slice()))), &about);
            let expected = audit::gathered(&Report { items: 0, ..audit::run(&site) });
            assert_eq!(live.findings_on_pages(), expected.findings, "{after}");
        }
        (Err(error), Err(expected)) => assert_eq!(error, expected.to_string(), "{after}"),
        (own, other) => panic!("{own:?} is not {:?} {after}", other.map(drop)),
    }
}

fn walk(seed: u64, steps: usize) {
    let (_temp, root, _) = workshop();
    let mut dice = Dice(seed);
    // Previews, as `serve` shows them, and sites as they are published, which have more files.
    let mut options = BuildOptions { preview: seed % 2 == 1, ..BuildOptions::default() };
    let (mut done, mut quick, mut after) = (0, 0, "at first".to_owned());
    while done < steps {
        let snapshot = Snapshot::from_disk(&root).unwrap();
        let later = Later::default();
        let mut live = Live::new(Context::new(&snapshot, DAY));
        let mut shown = Shown::new();
        loop {
            // Where there are errors nothing is made: then several texts wait.
            if dice.of(4) != 0 {
                compare(&root, &mut shown, &mut live, &options, &after);
            }
            if done == steps {
                break;
            }
            done += 1;
            let paths = edit(&root, &mut dice);
            after = format!("with seed {seed} after edit {done}, of {paths:?}");
            if dice.of(12) == 0 {
                let signed = Signed { is_approved: dice.of(2) == 0, ..Signed::default() };
                options.reviews.items.insert("topic/sleep".to_owned(), signed);
            }
            let Some(files) = live.texts(&root, &paths) else { break };
            quick += 1;
            live.put(later.keep(files));
        }
    }
    assert!(quick * 3 > steps, "only {quick} of {steps} edits were quick");
}

#[test]
fn what_is_saved_is_made_as_if_anew() {
    for seed in 1..=3 {
        walk(seed, cases() / 3);
    }
}
