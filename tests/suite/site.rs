//! Builds sites: this repository's own, the blueprints', and the small one of `tests/repos/good`.

use std::collections::{BTreeMap, BTreeSet, HashSet};
use std::fs;
use std::path::{Path, PathBuf};
use std::time::SystemTime;

use signpost::check::{self, Context};
use signpost::diag::Severity;
use signpost::load::Snapshot;
use signpost::site::{self, BuildError, BuildOptions, Rendered};

use super::html::{Tag, tags};

/// Pages of `tests/repos/good` whose HTML is kept in `tests/site/pages/`.
const KEPT: &[&str] = &[
    "404.html",
    "areas/index.html",
    "areas/southwark/index.html",
    "for/cant-sleep/index.html",
    "help/example-night-line/index.html",
    "help/example-text-line/index.html",
    "help/index.html",
    "index.html",
    "journeys/sleep/index.html",
    "outcomes/emergency/index.html",
    "robots.txt",
    "search/index.html",
    "search/index.json",
    "sitemap.xml",
    "topics/insomnia/index.html",
    "topics/self-harm/index.html",
    "topics/sleep/index.html",
];

pub(super) fn here(path: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join(path)
}

fn with<T>(root: &Path, then: impl FnOnce(&Context<'_>) -> T) -> T {
    let snapshot = Snapshot::from_disk(root).unwrap();
    then(&Context::new(&snapshot, jiff::civil::date(2026, 11, 21)))
}

fn render(root: &Path, preview: bool) -> Rendered {
    with(root, |context| site::render(context, &BuildOptions { preview, ..BuildOptions::default() }).unwrap())
}

fn options(out: &Path) -> BuildOptions {
    BuildOptions { out: out.to_owned(), ..BuildOptions::default() }
}

pub(super) fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for entry in fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}

/// A copy of the small site, and a folder to build it into.
pub(super) fn workshop() -> (tempfile::TempDir, PathBuf, PathBuf) {
    let temp = tempfile::tempdir().unwrap();
    let (root, out) = (temp.path().join("repo"), temp.path().join("public"));
    copy(&here("tests/repos/good"), &root);
    (temp, root, out)
}

fn change(root: &Path, file: &str, from: &str, to: &str) {
    let text = fs::read_to_string(root.join(file)).unwrap();
    assert!(text.contains(from), "{file} has no `{from}`");
    fs::write(root.join(file), text.replace(from, to)).unwrap();
}

fn times(out: &Path) -> BTreeMap<PathBuf, SystemTime> {
    let mut times = BTreeMap::new();
    let mut open = vec![out.to_owned()];
    while let Some(folder) = open.pop() {
        for entry in fs::read_dir(&folder).unwrap().map(Result::unwrap) {
            if entry.path().is_dir() {
                open.push(entry.path());
            } else {
                times.insert(entry.path().strip_prefix(out).unwrap().to_owned(), entry.metadata().unwrap().modified().unwrap());
            }
        }
    }
    times
}

#[test]
fn pages_are_as_they_were() {
    let rendered = render(&here("tests/repos/good"), false);
    let files: BTreeMap<&str, &[u8]> = rendered.files.iter().map(|(p, b)| (p.as_str(), b.as_slice())).collect();
    let mut wrong = Vec::new();
    for page in KEPT {
        let path = here("tests/site/pages").join(page.replace("/index.html", ".html").replace('/', "-"));
        let now = String::from_utf8(files[page].to_vec()).unwrap();
        // The style sheet has tests of its own; here it would hide what matters.
        let now = strip_style(&now);
        let expected = fs::read_to_string(&path).unwrap_or_default();
        if now != expected {
            if std::env::var_os("UPDATE_EXPECT").is_some() {
                fs::write(&path, &now).unwrap();
            } else {
                let line = now.lines().zip(expected.lines()).find(|(a, b)| a != b);
                wrong.push(format!("{}: {line:?}", path.display()));
            }
        }
    }
    assert!(
        wrong.is_empty(),
        "{}\nUPDATE_EXPECT=1 cargo test writes the pages as they are now; read them before you commit",
        wrong.join("\n")
    );
}

/// Without the style sheet, its hashes and names.
fn strip_style(html: &str) -> String {
    let mut out = html.to_owned();
    if let (Some(start), Some(end)) = (out.find("<style>"), out.find("</style>")) {
        out.replace_range(start + 7..end, "…");
    }
    let scripts = ["assets/directory.", "assets/districts.", "assets/hours.", "assets/journey.", "assets/offline.", "assets/search."];
    let others = [("sha256-", "&#39;"), ("assets/site.", ".css"), ("assets/favicon.", ".svg"), ("assets/apple-touch-icon.", ".png")];
    for (before, after) in others.into_iter().chain(scripts.map(|name| (name, ".js"))) {
        let mut at = 0;
        while let Some(found) = out[at..].find(before) {
            let start = at + found + before.len();
            let end = start + out[start..].find(after).unwrap();
            out.replace_range(start..end, "…");
            at = start;
        }
    }
    out
}

#[test]
fn the_small_site_has_no_errors() {
    with(&here("tests/repos/good"), |context| {
        // Its numbers are those kept for drama, which only a demonstration may show; its pages are those of a real site.
        let findings = check::run(context).findings.into_iter().filter(|f| f.code != "P001");
        let errors: Vec<_> = findings.filter(|f| f.severity == Severity::Error).collect();
        assert!(errors.is_empty(), "{errors:#?}");
    });
}

#[test]
fn the_same_input_gives_the_same_bytes() {
    let (_temp, root, _) = workshop();
    let pool = |threads: usize| rayon::ThreadPoolBuilder::new().num_threads(threads).build().unwrap();
    let one = pool(1).install(|| render(&here("tests/repos/good"), false).files);
    let two = pool(2).install(|| render(&root, false).files);
    let again = render(&here("tests/repos/../repos/good"), false).files;
    assert!(one == two && one == again);
    assert!(one.windows(2).all(|w| w[0].0 < w[1].0), "files are in order, each once");
}

#[test]
fn what_did_not_change_keeps_its_time() {
    let (_temp, root, out) = workshop();
    let first = with(&root, |c| site::build(c, &options(&out)).unwrap());
    assert_eq!(first.changed, first.files);
    let before = times(&out);
    std::thread::sleep(std::time::Duration::from_millis(20));
    assert_eq!(with(&root, |c| site::build(c, &options(&out)).unwrap()).changed, 0);
    assert_eq!(times(&out), before);

    change(&root, "content/pages/about.md", "run by", "looked after by");
    let second = with(&root, |c| site::build(c, &options(&out)).unwrap());
    let after = times(&out);
    let changed: Vec<&str> = after.iter().filter(|(p, t)| before[*p] != **t).map(|(p, _)| p.to_str().unwrap()).collect();
    // The search finds the page by its new words.
    assert_eq!(changed, ["about/index.html", "build-manifest.json", "search/index.json"]);
    assert_eq!(second.changed, 3);
    assert!(fs::read_to_string(out.join("about/index.html")).unwrap().contains("looked after by"));

    // What is gone from the content is gone from the site, though nothing else changed.
    fs::remove_file(root.join("content/campaigns/cant-sleep.yaml")).unwrap();
    with(&root, |c| site::build(c, &options(&out)).unwrap());
    assert!(!out.join("for").exists());
    let left: Vec<_> = fs::read_dir(out.parent().unwrap()).unwrap().map(|e| e.unwrap().file_name()).collect();
    assert_eq!(left.len(), 2, "nothing is left beside: {left:?}");
}

#[test]
fn a_build_that_fails_leaves_the_last_one() {
    let (_temp, root, out) = workshop();
    with(&root, |c| site::build(c, &options(&out)).unwrap());
    let before = times(&out);
    change(&root, "content/pages/about.md", "run by", "looked after by");
    fs::create_dir_all(root.join("site-templates/components")).unwrap();
    let card = fs::read_to_string(here("site-templates/topic.html")).unwrap();
    fs::write(root.join("site-templates/topic.html"), card.replace("{{ page.title }}", "{{ page.tilte }}")).unwrap();
    let error = with(&root, |c| site::build(c, &options(&out)).unwrap_err());
    let BuildError::Template(at) = &error else { panic!("{error}") };
    assert_eq!((at.template.as_str(), at.page.as_str()), ("topic.html", "topics/self-harm/"));
    let line = 1 + card.lines().position(|l| l.contains("{{ page.title }}")).unwrap();
    assert_eq!((at.line, at.column), (line, 1 + "<h1>{{ ".len()), "{error}");
    assert!(error.to_string().contains("tilte"), "{error}");
    assert_eq!(times(&out), before);

    fs::write(root.join("site-templates/topic.html"), "{% if %}").unwrap();
    let error = with(&root, |c| site::build(c, &options(&out)).unwrap_err());
    assert!(error.to_string().starts_with("site-templates/topic.html:1:"), "{error}");
    fs::write(root.join("site-templates/topic.html"), "{% for a in range(100000) %}{% for b in range(100000) %}.{% endfor %}{% endfor %}")
        .unwrap();
    let error = with(&root, |c| site::build(c, &options(&out)).unwrap_err());
    assert!(error.to_string().contains("fuel"), "{error}");
    assert_eq!(times(&out), before);
}

#[test]
fn a_folder_that_is_no_build_is_refused() {
    let (_temp, root, out) = workshop();
    fs::create_dir(&out).unwrap();
    with(&root, |c| site::build(c, &options(&out)).unwrap());
    let precious = root.join("precious");
    fs::create_dir(&precious).unwrap();
    fs::write(precious.join("thesis.txt"), "years of work").unwrap();
    let error = with(&root, |c| site::build(c, &options(&precious)).unwrap_err());
    assert!(matches!(error, BuildError::Write(_)) && error.to_string().contains("no earlier build"), "{error}");
    assert!(precious.join("thesis.txt").is_file());
    let error = with(&root, |c| site::build(c, &options(&precious.join("thesis.txt"))).unwrap_err());
    assert!(error.to_string().contains("is a file"), "{error}");
}

#[test]
fn a_build_that_was_killed_is_recovered_from() {
    let (temp, root, out) = workshop();
    with(&root, |c| site::build(c, &options(&out)).unwrap());
    let before = times(&out);
    // Killed between the two renames: the old site stands beside its place, the new one was not finished.
    fs::rename(&out, temp.path().join(".public.signpost-old")).unwrap();
    fs::create_dir(temp.path().join(".public.signpost-new")).unwrap();
    assert_eq!(with(&root, |c| site::build(c, &options(&out)).unwrap()).changed, 0);
    assert_eq!(times(&out), before);
}

#[test]
fn drafts_are_on_previews_only() {
    let (_temp, root, _) = workshop();
    let page = |preview: bool| {
        let files: BTreeMap<String, Vec<u8>> = render(&root, preview).files.into_iter().collect();
        (
            files.get("topics/later/index.html").map(|b| String::from_utf8(b.clone()).unwrap()),
            String::from_utf8(files["index.html"].clone()).unwrap(),
        )
    };
    let (draft, home) = page(false);
    assert!(draft.is_none() && !home.contains("A topic for later") && !home.contains("noindex"));
    let (draft, home) = page(true);
    let draft = draft.unwrap();
    assert!(home.contains("A topic for later") && home.contains("noindex"));
    assert!(draft.contains("This page is a draft") && draft.contains("noindex"));
}

#[test]
fn two_items_cannot_have_one_address() {
    let (_temp, root, _) = workshop();
    fs::write(root.join("content/pages/topics.md"), "---\ntitle: Topics\n---\nWords.\n").unwrap();
    let error = with(&root, |c| site::render(c, &BuildOptions::default()).unwrap_err());
    assert_eq!(error.to_string(), "a list that every site has and page/topics would both be the page `/topics/`; rename one of them");
}

#[test]
fn a_translation_has_its_page_and_its_words() {
    let (_temp, root, _) = workshop();
    let original = with(&root, |context| {
        let original = context.content.get("topic/sleep").unwrap();
        signpost::fingerprint::of(original.file, &context.schemas).unwrap()
    });
    fs::create_dir_all(root.join("site-templates/text")).unwrap();
    fs::write(root.join("site-templates/text/cy.yaml"), "language_names: {cy: Cymraeg}\nreview: {never: \"Heb ei adolygu.\"}\n").unwrap();
    fs::write(
        root.join("content/topics/sleep.cy.md"),
        format!("---\ntitle: Cwsg\ntranslates: {original}\n---\n[Hunan-niweidio](topic/self-harm)\n\n[Rhywun](partial/listening)\n"),
    )
    .unwrap();
    let files: BTreeMap<String, Vec<u8>> = render(&root, false).files.into_iter().collect();
    let page = String::from_utf8(files["cy/topics/sleep/index.html"].clone()).unwrap();
    for part in
        ["<html lang=\"cy\"", "Heb ei adolygu.", "href=\"../../../topics/self-harm/\"", "hreflang=\"en\" href=\"../../../topics/sleep/\""]
    {
        assert!(page.contains(part), "{part}");
    }
    let original = String::from_utf8(files["topics/sleep/index.html"].clone()).unwrap();
    assert!(original.contains("hreflang=\"cy\"") && original.contains(">Cymraeg</a>"));
    let manifest = String::from_utf8(files["build-manifest.json"].clone()).unwrap();
    assert!(manifest.contains("\"topic/sleep.cy\""));
}

#[test]
fn the_manifest_lists_every_file() {
    let rendered = render(&here("tests/repos/good"), false);
    let (_, manifest) = rendered.files.iter().find(|(p, _)| p == "build-manifest.json").unwrap();
    let manifest: serde_json::Value = serde_json::from_slice(manifest).unwrap();
    let listed: Vec<&str> = manifest["files"].as_array().unwrap().iter().map(|f| f["path"].as_str().unwrap()).collect();
    let files: Vec<&str> = rendered.files.iter().map(|(p, _)| p.as_str()).filter(|p| *p != "build-manifest.json").collect();
    assert_eq!(listed, files);
    let fingerprints: BTreeSet<&str> = manifest["items"].as_array().unwrap().iter().map(|i| i["id"].as_str().unwrap()).collect();
    for page in manifest["pages"].as_array().unwrap() {
        assert!(page["items"].as_array().unwrap().iter().all(|i| fingerprints.contains(i.as_str().unwrap())), "{page}");
    }
    assert!(fingerprints.contains("partial/listening"));
    assert_eq!(manifest["settings"][0]["file"], "content/acuity.yaml");
}

/// Everything that must hold of every page of every site.
pub(super) fn judge(root: &Path) {
    let rendered = render(root, false);
    let name = root.file_name().unwrap().to_string_lossy().into_owned();
    let files: BTreeSet<&str> = rendered.files.iter().map(|(p, _)| p.as_str()).collect();
    let read: BTreeMap<&str, Vec<Tag>> = rendered
        .files
        .iter()
        .filter(|(p, _)| p.ends_with(".html"))
        .map(|(p, bytes)| (p.as_str(), tags(std::str::from_utf8(bytes).unwrap())))
        .collect();
    let mut wrong = Vec::new();
    for (page, tags) in &read {
        let mut say = |what: String| wrong.push(format!("{name}: {page}: {what}"));
        let main = tags.iter().find(|t| t.name == "main").map_or(0, |t| t.at);
        let help = tags.iter().find(|t| t.get("class") == Some("help-now"));
        if !help.is_some_and(|t| t.name == "section" && t.at < main) {
            say("no emergency landmark before main".to_owned());
        }
        if !tags.iter().any(|t| t.at < main && t.get("href") == Some("tel:999")) {
            say("no link that calls 999 before main".to_owned());
        }
        let titles: Vec<&Tag> = tags.iter().filter(|t| t.name == "h1").collect();
        if titles.len() != 1 || titles[0].at < main {
            say(format!("{} headings of level one", titles.len()));
        }
        let mut ids = HashSet::new();
        for id in tags.iter().filter_map(|t| t.get("id")) {
            if !ids.insert(id) {
                say(format!("id `{id}` twice"));
            }
        }
        for tag in tags {
            let is_ours = tag.get("src").is_some_and(|src| {
                let (path, name) = src.rsplit_once('/').unwrap_or_default();
                let is_known = ["directory", "districts", "hours", "journey", "offline", "search"]
                    .iter()
                    .any(|known| name.split('.').next() == Some(*known));
                path.ends_with("assets") && is_known
            });
            // What search engines read is no script.
            let is_ours = is_ours || tag.get("type") == Some("application/ld+json");
            if (tag.name == "script" && !is_ours) || tag.attributes.keys().any(|a| a == "style" || a.starts_with("on")) {
                say(format!("a script or style in {}", tag.name));
            }
            for address in [tag.get("href"), tag.get("src")].into_iter().flatten() {
                if let Some(trouble) = follow(page, address, &files, &read) {
                    say(format!("`{address}` {trouble}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Why a link leads nowhere, if it does.
fn follow(page: &str, address: &str, files: &BTreeSet<&str>, read: &BTreeMap<&str, Vec<Tag>>) -> Option<String> {
    if address.split_once(':').is_some_and(|(scheme, _)| ["https", "http", "tel", "sms", "mailto"].contains(&scheme)) {
        return None;
    }
    let (path, fragment) = address.split_once('#').map_or((address, None), |(p, f)| (p, Some(f)));
    let mut parts: Vec<&str> = match path.strip_prefix('/') {
        // The page for unknown addresses is served at any depth.
        Some(_) if page == "404.html" => Vec::new(),
        Some(_) => return Some("does not start from the page".to_owned()),
        None => page.split('/').collect(),
    };
    if !path.is_empty() {
        parts.pop();
        for part in path.split('/') {
            match part {
                "" | "." => {}
                ".." => drop(parts.pop().or_else(|| panic!("{page}: {address} leaves the site"))),
                part => parts.push(part),
            }
        }
        if path.ends_with('/') {
            parts.push("index.html");
        }
    }
    let target = parts.join("/");
    if !files.contains(target.as_str()) {
        return Some(format!("is not there ({target})"));
    }
    let fragment = fragment?;
    let has = read.get(target.as_str()).is_some_and(|tags| tags.iter().any(|t| t.get("id") == Some(fragment)));
    (!has).then(|| "has no such part".to_owned())
}

#[test]
fn every_page_of_our_own_site_holds() {
    judge(Path::new(env!("CARGO_MANIFEST_DIR")));
}

#[test]
fn every_page_of_the_small_site_holds() {
    judge(&here("tests/repos/good"));
}

#[test]
fn every_page_of_the_blueprints_holds() {
    for blueprint in ["mental-health", "stop-smoking", "blank"] {
        judge(&here("blueprints").join(blueprint));
    }
}

#[test]
fn urgent_pages_come_in_one_round_trip() {
    // Without a compressor here: our pages shrink at least three times, so this is below 14 kB compressed; `.ci/run` measures it.
    let rendered = render(Path::new(env!("CARGO_MANIFEST_DIR")), false);
    let pressing = [
        "urgent/",
        "outcomes/emergency/",
        "outcomes/call-111-now/",
        "outcomes/go-to-a-and-e/",
        "outcomes/self-harm-care/",
        "outcomes/urgent-today/",
    ];
    let is_pressing_screen = |bytes: &[u8]| {
        let html = std::str::from_utf8(bytes).unwrap();
        html.contains("<h1 class=\"care__heading\"><span class=\"vh\">Emergency")
            || html.contains("<h1 class=\"care__heading\"><span class=\"vh\">Urgent")
    };
    let screens =
        rendered.files.iter().filter(|(p, bytes)| p.starts_with("journeys/") && p.ends_with(".html") && is_pressing_screen(bytes));
    let screens: Vec<String> = screens.map(|(p, _)| p.trim_end_matches("index.html").to_owned()).collect();
    assert!(screens.len() > 20, "{screens:?}");
    for page in pressing.into_iter().chain(screens.iter().map(String::as_str)) {
        let (_, bytes) = rendered.files.iter().find(|(p, _)| *p == format!("{page}index.html")).unwrap();
        assert!(bytes.len() < 42_000, "{page} has {} bytes", bytes.len());
        let tags = tags(std::str::from_utf8(bytes).unwrap());
        assert!(!tags.iter().any(|t| t.get("rel") == Some("stylesheet")), "{page} waits for a style sheet");
    }
}

#[test]
fn a_journey_with_too_many_pages_needs_javascript_and_no_urgent_ending() {
    let (_temp, root, _) = workshop();
    let files = |root: &Path| -> BTreeMap<String, Vec<u8>> { render(root, false).files.into_iter().collect() };
    let before = files(&root);
    assert!(before.keys().any(|p| p.starts_with("journeys/sleep/") && p.ends_with("/1/index.html")));
    let site = fs::read_to_string(root.join("content/site.yaml")).unwrap();
    fs::write(root.join("content/site.yaml"), format!("{site}\njourney_pages: 3\n")).unwrap();
    let error = with(&root, |c| site::render(c, &BuildOptions::default()).unwrap_err());
    assert!(matches!(error, BuildError::TooManyPages { limit: 3, .. }) && error.to_string().contains("outcome/emergency"), "{error}");
    change(&root, "content/journeys/sleep.yaml", "      yes: {label: \"Yes\", go: outcome/emergency}\n", "      yes: {label: \"Yes\"}\n");
    let rendered = render(&root, false);
    assert_eq!(rendered.scripted, ["journey/sleep"]);
    let after: BTreeMap<String, Vec<u8>> = rendered.files.into_iter().collect();
    let screens: Vec<&String> = after.keys().filter(|p| p.starts_with("journeys/sleep/")).collect();
    assert!(screens.len() == 2 && screens[0].ends_with("/questions.json"), "{screens:?}");
    let page = String::from_utf8(after["journeys/sleep/index.html"].clone()).unwrap();
    assert!(page.contains("You need JavaScript") && page.contains("data-with-script hidden><a class=\"start\""), "{page}");
    // An instrument whose words may not be shown is not asked.
    change(&root, "content/instruments/example-two.yaml", "item_text: allowed", "item_text: not-allowed");
    let hidden = files(&root);
    assert!(!hidden.keys().any(|p| p.ends_with("questions.json")));
    assert!(
        String::from_utf8(hidden["journeys/sleep/index.html"].clone()).unwrap().contains("You cannot answer these questions online yet")
    );
}

#[test]
fn no_answer_is_lost_between_the_pages_and_the_table_of_the_script() {
    for (page, bytes) in render(&here("tests/repos/good"), false).files.iter().filter(|(p, _)| p.ends_with("questions.json")) {
        let data: serde_json::Value = serde_json::from_slice(bytes).unwrap();
        let (views, screens) = (data["views"].as_array().unwrap(), data["screens"].as_array().unwrap());
        for screen in screens {
            let view = &views[screen[0].as_u64().unwrap() as usize];
            let after = &screen.as_array().unwrap()[2..];
            let shown = view["html"].as_str().unwrap_or_default().matches("name=\"answer\"").count();
            let fits = match view["kind"].as_str().unwrap() {
                "one" => after.len() == shown,
                "any" => after.len() == 2,
                "number" => shown == 1 && after.iter().all(|pair| pair.as_array().is_some_and(|p| p.len() == 2)),
                "text" => after.len() == 1,
                "ending" => after.is_empty() && data["outcomes"][view["outcome"].as_u64().unwrap() as usize].is_string(),
                _ => false,
            };
            assert!(fits, "{page}: {screen} {view}");
        }
    }
}
