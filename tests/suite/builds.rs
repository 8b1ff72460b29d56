//! Builds by the program itself: stopped half-way, on one thread and on two, in other folders and time zones.
//!
//! `SIGNPOST_CASES=2000` stops more of them than a test run usually does.

use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

use super::saves::Dice;
use super::site::{copy, here};

/// A site by path.
type Bytes = BTreeMap<String, Vec<u8>>;

fn cases() -> usize {
    std::env::var("SIGNPOST_CASES").ok().and_then(|n| n.parse::<usize>().ok()).map_or(4, |n| n / 10)
}

fn blueprint(to: &Path) -> PathBuf {
    let root = to.join("repo");
    copy(&here("blueprints/mental-health"), &root);
    root
}

fn signpost(root: &Path, out: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_signpost"));
    command.args(["build", "--now", "2026-11-21", "--out"]).arg(out).current_dir(root).stdout(Stdio::null()).stderr(Stdio::piped());
    command
}

fn build(root: &Path, out: &Path) {
    let output = signpost(root, out).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
}

fn read(out: &Path) -> Bytes {
    let mut found = Bytes::new();
    let mut open = vec![out.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                let path = entry.path().strip_prefix(out).unwrap().to_str().unwrap().to_owned();
                found.insert(path, fs::read(entry.path()).unwrap());
            }
        }
    }
    found
}

/// The paths at which two sites differ.
fn differences<'s>(one: &'s Bytes, other: &'s Bytes) -> Vec<&'s String> {
    let mut all: Vec<&String> = one.keys().chain(other.keys()).filter(|path| one.get(*path) != other.get(*path)).collect();
    all.sort();
    all.dedup();
    all
}

/// Changes the text of a guide, which few files show.
fn write_text(root: &Path, number: usize) {
    let path = root.join("content/topics/sleep.md");
    let text = fs::read_to_string(&path).unwrap();
    let text = text.split("\nNumber ").next().unwrap().trim_end().to_owned();
    fs::write(&path, format!("{text}\n\nNumber {number} of many.\n")).unwrap();
}

/// Changes what every page shows.
fn write_template(root: &Path, number: usize) {
    fs::create_dir_all(root.join("site-templates")).unwrap();
    let text = fs::read_to_string(here("site-templates/base.html")).unwrap();
    fs::write(root.join("site-templates/base.html"), text.replace("</body>", &format!("<!-- {number} -->\n</body>"))).unwrap();
}

#[test]
fn threads_folders_and_time_zones_change_no_byte() {
    let temp = tempfile::tempdir().unwrap();
    let mut sites = Vec::new();
    for (threads, zone) in [("1", "Pacific/Kiritimati"), ("2", "America/Adak")] {
        let root = blueprint(&temp.path().join(threads).join("a folder"));
        let out = temp.path().join(format!("site-{threads}"));
        let built = signpost(&root, &out).env("RAYON_NUM_THREADS", threads).env("TZ", zone).status().unwrap();
        assert!(built.success());
        sites.push(read(&out));
    }
    assert_eq!(differences(&sites[0], &sites[1]), Vec::<&String>::new());
}

#[test]
fn a_build_that_is_stopped_leaves_what_the_next_one_puts_right() {
    let temp = tempfile::tempdir().unwrap();
    let (root, out, other) = (blueprint(temp.path()), temp.path().join("public"), temp.path().join("other"));
    build(&root, &out);
    let mut dice = Dice(7);
    for number in 0..cases() {
        let before = read(&out);
        let is_text = number % 2 == 0;
        if is_text {
            write_text(&root, number)
        } else {
            write_template(&root, number)
        }
        // As long as a whole build takes, so that the stop is somewhere in it.
        let started = Instant::now();
        build(&root, &other);
        let took = started.elapsed();
        let new = read(&other);
        assert!(before != new);
        let mut running = signpost(&root, &out).spawn().unwrap();
        // The last third is when files are written.
        std::thread::sleep(took.mul_f64(0.6 + 0.4 * dice.of(1000) as f64 / 1000.0));
        running.kill().unwrap();
        running.wait().unwrap();
        let stopped = read(&out);
        if is_text {
            let is_either = |path: &&String| stopped.get(*path) != before.get(*path) && stopped.get(*path) != new.get(*path);
            assert_eq!(stopped.keys().filter(is_either).collect::<Vec<_>>(), Vec::<&String>::new(), "each file is the old or the new one");
        } else {
            assert!(stopped == before || stopped == new, "the site is the old or the new one");
        }
        build(&root, &out);
        assert_eq!(differences(&read(&out), &new), Vec::<&String>::new());
        let left: Vec<_> = fs::read_dir(temp.path()).unwrap().map(|e| e.unwrap().file_name()).collect();
        let is_ours = |name: &String| name.starts_with('.') && !name.ends_with("state");
        let left: Vec<String> = left.iter().map(|name| name.to_string_lossy().into_owned()).filter(is_ours).collect();
        assert_eq!(left, Vec::<String>::new(), "nothing is left beside the site");
        std::thread::sleep(Duration::from_millis(2));
    }
}

/// Whatever a stop leaves between the first rename and the last, the next build puts right: the manifest is the last to come.
#[test]
fn any_mixture_is_put_right() {
    let temp = tempfile::tempdir().unwrap();
    let (root, out, other) = (blueprint(temp.path()), temp.path().join("public"), temp.path().join("other"));
    build(&root, &out);
    let before = read(&out);
    write_text(&root, 1);
    build(&root, &other);
    let new = read(&other);
    let differing: Vec<String> = differences(&before, &new).into_iter().cloned().collect();
    let mut dice = Dice(3);
    for _ in 0..cases().min(20) {
        for path in &differing {
            let source = if dice.of(2) == 0 && path != "build-manifest.json" { &new } else { &before };
            fs::write(out.join(path), &source[path]).unwrap();
        }
        fs::create_dir_all(temp.path().join(".public.signpost-part")).unwrap();
        fs::write(temp.path().join(".public.signpost-part/0"), "half").unwrap();
        build(&root, &out);
        assert_eq!(differences(&read(&out), &new), Vec::<&String>::new());
        assert!(!temp.path().join(".public.signpost-part").exists());
    }
}
