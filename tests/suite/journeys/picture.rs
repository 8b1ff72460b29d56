//! Pictures: what they look like is kept in `tests/pictures/`, and nothing may overlap, whatever the journey.

use std::collections::BTreeSet;
use std::path::Path;

use proptest::prelude::*;
use signpost::journey::diagram::DEFAULT_LIMIT;
use signpost::journey::picture::drawing::{Drawing, Mark, What};
use signpost::journey::picture::{Panel, Sheet, Version, dot, draw, mermaid, svg};
use signpost::journey::verify::verify;
use signpost::load::Snapshot;
use signpost::model::Content;

use super::random;

const BASE: &[(&str, &str)] = &[
    (
        "content/acuity.yaml",
        "levels:\n- {id: now, label: Get help now, says: a, within: now, card: emergency}\n- {id: urgent, label: Get help today, says: a, within: today, card: urgent}\n- {id: seen, label: Be seen today, says: a, within: today, card: urgent, beside: urgent}\n- {id: routine, label: Make an appointment, says: a, within: weeks, card: non-urgent}\n- {id: self, label: Look after yourself, says: a, within: own time, card: none}\n",
    ),
    ("content/outcomes/emergency.md", "---\ntitle: Call 999\nacuity: now\n---\n"),
    ("content/outcomes/urgent.md", "---\ntitle: Get urgent help\nacuity: urgent\n---\n"),
    ("content/outcomes/see-gp.md", "---\ntitle: See a GP\nacuity: routine\n---\n"),
    ("content/outcomes/self-care.md", "---\ntitle: Look after yourself\nacuity: self\n---\n"),
    ("content/journeys/other.yaml", "title: Another check\nstart: a\nsteps:\n  a: {say: Hi., go: outcome/self-care}\n"),
    (
        "content/instruments/mini.yaml",
        "title: A small questionnaire\nabbreviation: MINI-3\nanswers:\n  never: {label: Never, points: 0}\n  often: {label: Often, points: 2}\nitems:\n  low: {ask: Feeling low}\n  tired: {ask: Feeling tired}\n  safe: {ask: Feeling unsafe}\nbands:\n- {id: low, label: Low, from: 0, to: 2}\n- {id: middle, label: Middle, from: 3, to: 4}\n- {id: high, label: High, from: 5, to: 6}\nlicence: {terms: t, source: s, item_text: allowed}\n",
    ),
];

/// Draws `journey/j`, and what changed since the older text of it.
fn drawn(base: &[(&str, &str)], now: &str, before: Option<&str>) -> Drawing {
    let snapshot = |text: &str| Snapshot::from_texts(base.iter().copied().chain([("content/journeys/j.yaml", text)]));
    let (now, before) = (snapshot(now), before.map(snapshot));
    let (content, older) = (Content::of(&now), before.as_ref().map(Content::of));
    fn version<'v, 'a>(content: &'v Content<'a>) -> Version<'v, 'a> {
        let item = content.get("journey/j").unwrap();
        Version { item, journey: item.journey().expect("a journey"), content, fingerprint: Some("sha256:12ab") }
    }
    draw(version(&content), older.as_ref().map(version))
}

#[test]
fn pictures_stay_as_they_are() {
    let update = std::env::var_os("UPDATE_EXPECT").is_some();
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures");
    let mut wrong = Vec::new();
    for entry in std::fs::read_dir(folder).unwrap() {
        let dir = entry.unwrap().path();
        let now = std::fs::read_to_string(dir.join("now.yaml")).unwrap();
        let before = std::fs::read_to_string(dir.join("before.yaml")).ok();
        let drawing = drawn(BASE, &now, before.as_deref());
        let sheet = Sheet::of(&drawing).unwrap();
        nothing_overlaps(&drawing, &sheet).unwrap();
        for (file, text) in [
            ("picture.svg", svg::write(&drawing, &sheet)),
            ("picture.dot", dot::write(&drawing)),
            ("picture.mmd", mermaid::write(&drawing)),
        ] {
            let path = dir.join(file);
            if update {
                std::fs::write(&path, &text).unwrap();
            } else if !std::fs::read_to_string(&path).is_ok_and(|t| t == text) {
                wrong.push(path.display().to_string());
            }
        }
    }
    assert!(wrong.is_empty(), "not as drawn now: {wrong:#?}\nUPDATE_EXPECT=1 cargo test draws them; look at them before you commit");
}

#[test]
fn the_picture_in_the_docs_is_ours() {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let snapshot = Snapshot::from_disk(root).unwrap();
    let content = Content::of(&snapshot);
    let item = content.get("journey/low-mood").unwrap();
    let print = signpost::fingerprint::of(item.file, &signpost::schema::Schemas::of(&snapshot)).unwrap();
    let drawing = draw(Version { item, journey: item.journey().unwrap(), content: &content, fingerprint: Some(&print) }, None);
    let text = svg::write(&drawing, &Sheet::of(&drawing).unwrap());
    let path = root.join("docs/journey.svg");
    if std::env::var_os("UPDATE_EXPECT").is_some() {
        std::fs::write(&path, &text).unwrap();
    }
    assert!(std::fs::read_to_string(&path).is_ok_and(|t| t == text), "docs/journey.svg: UPDATE_EXPECT=1 cargo test draws it anew");
}

#[test]
fn what_changed_is_marked() {
    let read =
        |file: &str| std::fs::read_to_string(Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/pictures/changed").join(file)).unwrap();
    let drawing = drawn(BASE, &read("now.yaml"), Some(&read("before.yaml")));
    let mark = |key: &str| drawing.boxes.iter().find(|b| b.key == key).unwrap_or_else(|| panic!("{key}")).mark;
    let arrow = |from: &str, to: &str| {
        let key = |n: usize| drawing.boxes[n].key.as_str();
        let found = drawing.arrows.iter().find(|a| key(a.from) == from && key(a.to) == to);
        let found = found.unwrap_or_else(|| panic!("{from} to {to}"));
        (found.mark, found.label.iter().map(|l| l.words()).collect::<Vec<_>>().join(", "))
    };
    assert_eq!(mark("danger"), Mark::Changed, "its words");
    assert_eq!(mark("plan"), Mark::Same, "only what leads out of it changed");
    assert_eq!(mark("many-nights"), Mark::Changed, "its name");
    assert_eq!((mark("alone"), mark("old-step")), (Mark::Added, Mark::Removed));
    assert_eq!(mark("result"), Mark::Changed, "its condition");
    assert_eq!(arrow("danger", "plan"), (Mark::Same, "No".to_owned()));
    let gone = (Mark::Changed, "They are weak, − They are strong".to_owned());
    assert_eq!(arrow("plan", "plan/outcome/see-gp"), gone);
    let come = (Mark::Added, "+ They are strong, + I would rather not say".to_owned());
    assert_eq!(arrow("plan", "plan/outcome/urgent"), come);
    assert_eq!(arrow("plan", "many-nights").0, Mark::Added);
    assert_eq!(arrow("plan", "old-step").0, Mark::Removed);
    // Drawn against itself, nothing is marked.
    let same = drawn(BASE, &read("now.yaml"), Some(&read("now.yaml")));
    assert!(same.boxes.iter().all(|b| b.mark == Mark::Same) && same.arrows.iter().all(|a| a.mark == Mark::Same));
}

#[test]
fn another_acuity_is_a_change() {
    let journey = "title: J\nstart: a\nsteps:\n  a: {say: Hi., go: outcome/see-gp}\n";
    let later: Vec<(&str, &str)> = BASE
        .iter()
        .map(
            |(path, text)| {
                if path.ends_with("see-gp.md") { (*path, "---\ntitle: See a GP\nacuity: urgent\n---\n") } else { (*path, *text) }
            },
        )
        .collect();
    let files = |base: &[(&str, &str)]| Snapshot::from_texts(base.iter().copied().chain([("content/journeys/j.yaml", journey)]));
    let (now, before) = (files(&later), files(BASE));
    let (now, before) = (Content::of(&now), Content::of(&before));
    fn version<'v, 'a>(content: &'v Content<'a>) -> Version<'v, 'a> {
        let item = content.get("journey/j").unwrap();
        Version { item, journey: item.journey().unwrap(), content, fingerprint: None }
    }
    let drawing = draw(version(&now), Some(version(&before)));
    let end = drawing.boxes.iter().find(|b| b.what.is_end()).unwrap();
    let words: Vec<String> = end.lines.iter().filter(|l| l.is_shown()).map(|l| l.words()).collect();
    assert_eq!(end.mark, Mark::Changed);
    assert_eq!(words[..2], ["− Make an appointment", "+ Get help today"]);
}

#[test]
fn long_journeys_are_folded_and_longer_ones_refused() {
    let chain = |questions: usize| {
        let mut text = "title: Long\nstart: s0\nsteps:\n".to_owned();
        for n in 0..questions {
            // Every tenth question can end the journey.
            let way = if n % 10 == 9 { ", go: outcome/urgent" } else { "" };
            let next = if n + 1 < questions { format!("s{}", n + 1) } else { "outcome/self-care".to_owned() };
            text += &format!("  s{n}: {{ask: Question {n}?, answers: {{a: {{label: A{way}}}, b: {{label: B}}}}, go: {next}}}\n");
        }
        text
    };
    let drawing = drawn(BASE, &chain(60), None);
    let folded: Vec<&str> = drawing.boxes.iter().filter(|b| b.what == What::Folded).map(|b| b.tag.as_str()).collect();
    assert_eq!(folded, ["s0 to s8", "s10 to s18", "s20 to s28", "s30 to s38", "s40 to s48", "s50 to s58"]);
    let sheet = Sheet::of(&drawing).unwrap();
    nothing_overlaps(&drawing, &sheet).unwrap();
    let long = drawn(BASE, &chain(2_000), None);
    assert_eq!(Sheet::of(&long).unwrap().boxes.len(), long.boxes.len());
    let long = drawn(BASE, &chain(5_000), None);
    let refused = Sheet::of(&long).unwrap_err().to_string();
    assert_eq!(refused, "with 1001 boxes, not counting endings, this journey is too long for a picture that anybody could read");
    assert_eq!(dot::write(&long).matches(" -> ").count(), long.arrows.len());
}

/// Whether two rectangles share more than an edge.
fn overlap((a, p): ((f64, f64), &Panel), (b, q): ((f64, f64), &Panel)) -> bool {
    let apart = |a: f64, width: f64, b: f64, other: f64| a + width <= b + 0.01 || b + other <= a + 0.01;
    !apart(a.0, p.width, b.0, q.width) && !apart(a.1, p.height, b.1, q.height)
}

fn nothing_overlaps(drawing: &Drawing, sheet: &Sheet) -> Result<(), TestCaseError> {
    let placed: BTreeSet<usize> = sheet.boxes.iter().map(|(n, ..)| *n).collect();
    prop_assert_eq!(placed.len(), drawing.boxes.len(), "every box has a place");
    prop_assert_eq!(sheet.boxes.len(), drawing.boxes.len(), "and only one");
    let all: Vec<_> = sheet.boxes.iter().map(|(n, at, p)| (format!("box {n}"), *at, p)).collect();
    let labels = sheet.labels.iter().map(|(n, at, p)| (format!("label of arrow {n}"), *at, p));
    let all: Vec<_> = all.into_iter().chain(labels).collect();
    for (n, (one, at, panel)) in all.iter().enumerate() {
        prop_assert!(at.0 >= 0.0 && at.1 >= 0.0 && at.0 + panel.width <= sheet.width && at.1 + panel.height <= sheet.height, "{one}");
        for (other, other_at, other_panel) in &all[n + 1..] {
            prop_assert!(!overlap((*at, panel), (*other_at, other_panel)), "{} and {}", one, other);
        }
    }
    for route in &sheet.routes {
        let arrow = &drawing.arrows[route.arrow];
        for pair in route.points.windows(2) {
            let ((x1, y1), (x2, y2)) = (pair[0], pair[1]);
            for (n, (x, y), panel) in sheet.boxes.iter().filter(|(n, ..)| *n != arrow.from && *n != arrow.to) {
                let beside = x1.max(x2) <= x + 1.0 || x1.min(x2) >= x + panel.width - 1.0;
                let past = y1.max(y2) <= y + 1.0 || y1.min(y2) >= y + panel.height - 1.0;
                prop_assert!(beside || past, "arrow {} runs through box {}", route.arrow, n);
            }
        }
    }
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: super::cases() / 2, failure_persistence: None, max_shrink_iters: 0, ..ProptestConfig::default() })]

    #[test]
    fn every_journey_can_be_drawn(now in random::journey(), before in random::journey(), is_broken: bool, is_compared: bool) {
        // Circles and endings that there are not.
        let spoilt = |text: String| if is_broken { text.replace("outcome/o2", "s0").replace("outcome/o3", "outcome/none") } else { text };
        let (now, before) = (spoilt(now), spoilt(before));
        let drawing = drawn(random::BASE, &now, is_compared.then_some(before.as_str()));
        let sheet = Sheet::of(&drawing).unwrap();
        nothing_overlaps(&drawing, &sheet)?;
        let keys: BTreeSet<&str> = drawing.boxes.iter().map(|b| b.key.as_str()).collect();
        for step in (0..).map(|n| format!("s{n}")).take_while(|s| now.contains(&format!("  {s}:\n"))) {
            prop_assert!(keys.contains(step.as_str()), "{step}\n{now}");
        }
        let picture = svg::write(&drawing, &sheet);
        let snapshot = super::snapshot(&now);
        let content = Content::of(&snapshot);
        let journey = content.get("journey/j").unwrap().journey().unwrap();
        for ending in verify("j", journey, &content, DEFAULT_LIMIT).endings.into_iter().flatten() {
            prop_assert!(picture.contains(&ending.id), "{}\n{}", ending.id, now);
        }
        prop_assert_eq!(picture, svg::write(&drawing, &sheet));
        prop_assert_eq!(dot::write(&drawing).matches(" -> ").count(), drawing.arrows.len());
        prop_assert!(mermaid::write(&drawing).starts_with("---\ntitle: "));
    }
}
