//! The built site of this repository in a real browser. Needs Chromium and the Node packages of `tests/browser`, which
//! `.ci/run` installs; without them it is reported as ignored, by name.

use std::path::{Path, PathBuf};
use std::process::Command;

use serde_json::{Value as Json, json};
use signpost::journey::trace::Given;
use signpost::journey::walk::{At, Choices, Question, Walk};
use signpost::load::Snapshot;
use signpost::model::{Content, Kind, Vignette};
use signpost::yaml::de::Plain;
use tempfile::TempDir;

/// The built site of this repository, in a folder that goes away.
fn built() -> (TempDir, PathBuf) {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let built = Command::new(env!("CARGO_BIN_EXE_signpost")).arg("build").arg("--out").arg(&site).current_dir(root).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    (out, site)
}

/// A build of what has longer words, and words from right to left.
fn built_of_translations() -> (TempDir, PathBuf) {
    let (temp, work, out) = super::site::workshop();
    super::translated::translate(&work);
    let text = std::fs::read_to_string(work.join("content/site.yaml")).unwrap();
    // Its numbers are those kept for drama, which only a demonstration may show.
    std::fs::write(work.join("content/site.yaml"), text.replace("demonstration: false", "demonstration: true")).unwrap();
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    let built = command.args(["build", "--now", "2026-11-21", "--out"]).arg(&out).current_dir(&work).output().unwrap();
    assert!(built.status.success(), "{}{}", String::from_utf8_lossy(&built.stdout), String::from_utf8_lossy(&built.stderr));
    (temp, out)
}

/// Runs one of the scripts of `tests/browser`, which ends with a status of 0 where it finds nothing wrong.
fn node(script: &str, arguments: &[&Path]) {
    run(Command::new("node").arg(script).args(arguments));
}

fn run(command: &mut Command) {
    let output = command.current_dir(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/browser")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Runs a script with the built site and ways through its journeys.
fn with_journeys(script: &str) {
    let (out, site) = built();
    let cases = out.path().join("cases.json");
    std::fs::write(&cases, cases_of(Path::new(env!("CARGO_MANIFEST_DIR"))).to_string()).unwrap();
    node(script, &[&site, &cases]);
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_finds_nothing_wrong_with_the_built_site() {
    let (_out, site) = built();
    node("run.mjs", &[&site]);
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_comes_to_the_same_endings_with_and_without_javascript() {
    with_journeys("journeys.mjs");
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_needs_a_keyboard_alone() {
    with_journeys("keyboard.mjs");
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_of_2016_reads_every_script_and_does_without_what_it_lacks() {
    with_journeys("old.mjs");
}

#[test]
#[ignore = "needs Java and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn nu_checker_accepts_every_page() {
    let ((_out, site), (_temp, translated)) = (built(), built_of_translations());
    let jar = "node_modules/vnu-jar/build/dist/vnu.jar";
    run(Command::new("java").args(["-Xss1m", "-jar", jar, "--errors-only", "--skip-non-html"]).args([&site, &translated]));
}

/// Every vignette of every journey, and two ways through each with answers picked at random.
fn cases_of(root: &Path) -> Json {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let content = Content::of(&snapshot);
    let mut cases = Vec::new();
    let mut seed = 7_u32;
    for (item, journey) in content.journeys() {
        let walk = Walk { journey, content: &content };
        for vignette in &journey.vignettes {
            let given = |question: &Question<'_>| vignette_answer(question, vignette);
            cases.push(case(&walk, item.name, vignette.name.value, given));
        }
        for n in 1..=2 {
            let given = |question: &Question<'_>| {
                let mut pick = |below: usize| {
                    seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
                    (seed >> 16) as usize % below
                };
                match &question.choices {
                    // The first question asks for danger, and yes would end the way there.
                    Choices::One(_) if question.key == "danger" => Answer::One(1),
                    Choices::One(choices) => Answer::One(pick(choices.len())),
                    Choices::Any(choices, _) => Answer::Any((0..choices.len()).filter(|_| pick(3) == 0).collect()),
                    Choices::Number(min, max, _) => Answer::Number(min + pick((max - min + 1) as usize) as i64),
                }
            };
            cases.push(case(&walk, item.name, &format!("random {n}"), given));
        }
    }
    Json::from(cases)
}

/// An answer by its place among those that can be given.
enum Answer {
    One(usize),
    Any(Vec<usize>),
    Number(i64),
}

fn case(walk: &Walk<'_, '_>, journey: &str, name: &str, mut given: impl FnMut(&Question<'_>) -> Answer) -> Json {
    let (mut state, mut answers) = (walk.start(), Vec::new());
    let ends = loop {
        state = match state.at {
            At::Text(_) => walk.onward(&state),
            At::Ending(id) => break walk.content.get(id).unwrap(),
            _ => {
                let question = walk.question(&state).unwrap();
                let list = question.choices.list();
                let (answer, shown) = match given(&question) {
                    Answer::One(n) => (Given::Choice(list[n].id), json!({ "one": n })),
                    Answer::Any(all) => {
                        (Given::Options(all.iter().map(|n| list[*n].id).collect()), json!({ "any": all, "of": list.len() }))
                    }
                    Answer::Number(n) => (Given::Number(n), json!({ "number": n })),
                };
                answers.push(shown);
                walk.answer(&state, &answer).unwrap()
            }
        };
    };
    let level = ends.outcome().and_then(|o| walk.content.level_of(o)).map(|l| l.card.word());
    let ends = if ends.kind == Kind::Journey { Json::Null } else { Json::from(ends.title()) };
    json!({ "journey": journey, "name": name, "answers": answers, "level": level, "ends": ends })
}

fn vignette_answer(question: &Question<'_>, vignette: &Vignette<'_>) -> Answer {
    let (step, item) = question.key.split_once('.').map_or((question.key.as_str(), None), |(s, i)| (s, Some(i)));
    let (_, answer) = vignette.answers.iter().find(|(id, _)| id.value == step).unwrap();
    let list = question.choices.list();
    let by_id = |id: &str| list.iter().position(|c| c.id == id).unwrap();
    match (&answer.value, item) {
        (Plain::Text(id), _) => Answer::One(by_id(id)),
        (Plain::Number(n), _) => Answer::Number(*n),
        (Plain::Map(map), Some(item)) => match &map.iter().find(|(id, _)| id.value == item).unwrap().1.value {
            Plain::Text(id) => Answer::One(by_id(id)),
            other => panic!("{other:?}"),
        },
        (Plain::List(points), Some(_)) => {
            let (_, number, _) = question.part.unwrap();
            match &points[number - 1].value {
                Plain::Number(points) => Answer::One(list.iter().position(|c| c.points == Some(*points)).unwrap()),
                Plain::Text(id) => Answer::One(by_id(id)),
                other => panic!("{other:?}"),
            }
        }
        (Plain::List(chosen), None) => {
            let ids = chosen.iter().map(|one| match &one.value {
                Plain::Text(id) => by_id(id),
                other => panic!("{other:?}"),
            });
            Answer::Any(ids.collect())
        }
        (other, _) => panic!("{other:?}"),
    }
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_finds_nothing_wrong_with_a_review_pack() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let (work, out) = (folder.path().join("work"), folder.path().join("out"));
    for dir in [&work, &out] {
        std::fs::create_dir(dir).unwrap();
    }
    let run = |program: &str, args: &[&str]| {
        let output = Command::new(program).args(args).current_dir(&work).output().unwrap();
        assert!(output.status.success(), "{program} {args:?}: {}", String::from_utf8_lossy(&output.stderr));
    };
    let git = |args: &[&str]| run("git", &[&["-c", "user.name=a", "-c", "user.email=a@example.org"], args].concat());
    for part in ["content", "reviews"] {
        run("cp", &["-r", &root.join(part).display().to_string(), "."]);
    }
    git(&["init", "-q", "-b", "main"]);
    git(&["add", "-A"]);
    git(&["commit", "-qm", "before"]);
    let change = |path: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(work.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        std::fs::write(work.join(path), text.replace(from, to)).unwrap();
    };
    change(
        "content/journeys/low-mood.yaml",
        "{score: phq-9, at_least: 10}\n        go: tasks",
        "{score: phq-9, at_least: 12}\n        go: tasks",
    );
    change("content/resources/national/samaritans.yaml", "116 123", "116 124");
    change("content/outcomes/call-111-now.md", "within the next hour", "as soon as you can");
    change("content/topics/sleep.md", "Most people sleep badly", "Many people sleep badly");
    git(&["commit", "-qam", "after"]);
    let pack = out.join("pack.html").display().to_string();
    run(env!("CARGO_BIN_EXE_signpost"), &["review", "pack", "main~1..main", "--for", "demonstration-clinical-reviewer", "-o", &pack]);
    // Browsers ask for it, and a pack has none.
    std::fs::write(out.join("favicon.ico"), "").unwrap();
    node("run.mjs", &[&out]);
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_keeps_urgent_help_for_when_there_is_no_network() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let folder = tempfile::tempdir().unwrap();
    let work = folder.path().join("work");
    let copied = Command::new("cp").arg("-r").arg(root.join("tests/repos/good")).arg(&work).status().unwrap();
    assert!(copied.success());
    let change = |path: &str, from: &str, to: &str| {
        let text = std::fs::read_to_string(work.join(path)).unwrap();
        assert!(text.contains(from), "{path} has no {from}");
        std::fs::write(work.join(path), text.replace(from, to)).unwrap();
    };
    // Its numbers are those kept for drama, which only a demonstration may show; a journey that ends at something sensitive is not kept.
    change("content/site.yaml", "demonstration: false", "demonstration: true");
    change("content/outcomes/emergency.md", "sensitive: [self-harm]\n", "");
    let build = |name: &str| {
        let out = folder.path().join(name);
        let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
        command.args(["build", "--now", "2026-11-21", "--base-url", "https://example.org/in/a/folder/", "--out"]).arg(&out);
        let built = command.current_dir(&work).output().unwrap();
        assert!(built.status.success(), "{}{}", String::from_utf8_lossy(&built.stdout), String::from_utf8_lossy(&built.stderr));
        out
    };
    let first = build("first");
    let urgent = std::fs::read_to_string(work.join("content/pages/urgent.md")).unwrap();
    std::fs::write(work.join("content/pages/urgent.md"), format!("{urgent}\nWords of the next version.\n")).unwrap();
    let next = build("next");
    node("offline.mjs", &[&first, &next]);
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_finds_nothing_wrong_with_longer_words_and_from_right_to_left() {
    let (_temp, out) = built_of_translations();
    node("run.mjs", &[&out]);
}
