//! What programs read of a site: the feed, the sitemap, the data, the headers, what search engines are told.

use std::collections::BTreeMap;
use std::path::Path;

use serde_json::Value;
use signpost::check::Context;
use signpost::load::Snapshot;
use signpost::load::past::{Edit, Past};
use signpost::review::{Published, Signed};
use signpost::site::{self, BuildOptions};

use super::outputs::wrong;

/// 21 November 2026, midday, and the days before it.
const NOON: i64 = 1_795_262_400;
const DAY: i64 = 86_400;

type Files = BTreeMap<String, Vec<u8>>;

fn repository(path: &str) -> Snapshot {
    Snapshot::from_disk(&Path::new(env!("CARGO_MANIFEST_DIR")).join(path)).unwrap()
}

fn small() -> Snapshot {
    repository("tests/repos/good")
}

fn files(snapshot: &Snapshot, options: &BuildOptions) -> Files {
    let context = Context::new(snapshot, jiff::civil::date(2026, 11, 21));
    site::render(&context, options).unwrap().files.into_iter().collect()
}

fn text<'f>(files: &'f Files, path: &str) -> &'f str {
    std::str::from_utf8(&files[path]).unwrap()
}

fn json(files: &Files, path: &str) -> Value {
    serde_json::from_str(text(files, path)).unwrap()
}

fn edit(path: &str, time: i64, before: Option<&str>, after: Option<&str>) -> Edit {
    let bytes = |text: Option<&str>| text.map(|t| t.as_bytes().to_vec());
    Edit { path: path.to_owned(), time, commit: time.to_string(), before: bytes(before), after: bytes(after) }
}

fn with_past(edits: Vec<Edit>) -> BuildOptions {
    let times = edits.iter().rev().map(|e| (e.path.clone(), e.time)).collect();
    let newest = edits.first().map(|e| e.time);
    BuildOptions { past: Past { times, edits, newest }, ..BuildOptions::default() }
}

fn entries(feed: &str) -> Vec<String> {
    let part = |entry: &str, tag: &str| {
        entry
            .split_once(&format!("<{tag}>"))
            .and_then(|(_, rest)| rest.split_once(&format!("</{tag}>")))
            .map_or("", |(text, _)| text)
            .to_owned()
    };
    feed.split("<entry").skip(1).map(|e| format!("{} | {} | {}", part(e, "id"), part(e, "title"), part(e, "summary"))).collect()
}

#[test]
fn the_feed_tells_what_a_person_would_call_a_change() {
    let live = "---\ntitle: Sleep\n---\nWords.\n";
    let options = with_past(vec![
        // Only laid out anew.
        edit("content/topics/sleep.md", NOON, Some("---\ntitle:   Sleep\n---\nWords.\n"), Some(live)),
        // Twice on one day: one entry, and it is as new as the newest.
        edit("content/topics/self-harm.md", NOON - DAY, Some("---\ntitle: A\n---\n1\n"), Some("---\ntitle: A\n---\n2\n")),
        edit("content/topics/self-harm.md", NOON - DAY - 60, None, Some("---\ntitle: A\n---\n1\n")),
        // What nobody sees: a draft, a page that is gone, text that other pages hold.
        edit("content/topics/later.md", NOON - DAY, None, Some("---\ntitle: Later\nstatus: draft\n---\n")),
        edit("content/topics/gone.md", NOON - DAY, Some(live), None),
        edit("content/partials/listening.md", NOON - DAY, Some("---\ntitle: P\n---\n1\n"), Some("---\ntitle: P\n---\n2\n")),
        edit("content/topics/sleep.md", NOON - 2 * DAY, Some("---\ntitle: Sleep\n---\nOther words.\n"), Some(live)),
    ]);
    let files = files(&small(), &options);
    let feed = text(&files, "feed.xml");
    assert_eq!(
        entries(feed),
        [
            "tag:wellbeing.example.org,2026-11-20:topics/self-harm/ | Self-harm | New page: Help if you hurt yourself, or feel that you might.",
            "tag:wellbeing.example.org,2026-11-19:topics/sleep/ | Sleep | Page changed: What may help you sleep."
        ],
        "{feed}"
    );
    assert!(feed.contains("<updated>2026-11-21T12:00:00Z</updated>\n<author>"), "{feed}");
}

#[test]
fn a_file_that_moved_is_no_news() {
    let text_of = |body: &str| format!("---\ntitle: Sleep\n---\n{body}\n");
    let (same, other) = (text_of("Words."), text_of("Other words."));
    let moved = |after: &str| {
        with_past(vec![
            edit("content/topics/night/sleep.md", NOON, Some(&same), None),
            edit("content/topics/sleep.md", NOON, None, Some(after)),
        ])
    };
    let count = |options: &BuildOptions| entries(text(&files(&small(), options), "feed.xml")).len();
    assert_eq!((count(&moved(&same)), count(&moved(&other))), (0, 1));
}

#[test]
fn without_a_history_the_feed_is_empty_and_nothing_has_a_date() {
    let files = files(&small(), &BuildOptions::default());
    let feed = text(&files, "feed.xml");
    assert!(entries(feed).is_empty() && feed.contains("<updated>"), "{feed}");
    assert!(!text(&files, "sitemap.xml").contains("lastmod"));
    assert_eq!(json(&files, "api/v1/topics.json")["updated"], Value::Null);
}

#[test]
fn a_page_is_as_new_as_the_newest_item_on_it() {
    let change = |path: &str, time: i64| edit(path, time, None, None);
    let options = with_past(vec![change("content/partials/listening.md", NOON), change("content/topics/sleep.md", NOON - DAY)]);
    let files = files(&small(), &options);
    let sitemap = text(&files, "sitemap.xml");
    let line = |path: &str| sitemap.lines().find(|l| l.contains(&format!("{path}</loc>"))).unwrap_or_default().to_owned();
    assert!(line("topics/sleep/").contains("<lastmod>2026-11-"), "{sitemap}");
    assert!(!sitemap.contains("/outcomes/") && !sitemap.contains("404") && !line("/").contains("lastmod"), "{sitemap}");
    let topics = json(&files, "api/v1/topics.json");
    let sleep = topics["topics"].as_array().unwrap().iter().find(|t| t["id"] == "topic/sleep").unwrap();
    assert_eq!(sleep["updated"], "2026-11-20T12:00:00Z");
}

#[test]
fn the_data_keeps_its_promise() {
    for root in ["", "tests/repos/good", "blueprints/mental-health", "blueprints/stop-smoking", "blueprints/blank"] {
        let snapshot = repository(root);
        let files = files(&snapshot, &BuildOptions { preview: true, ..BuildOptions::default() });
        for name in ["resources", "topics", "areas", "journeys"] {
            let value = json(&files, &format!("api/v1/{name}.json"));
            assert_eq!(wrong(&value, &format!("api/{name}")), Vec::<String>::new(), "{root}");
            let schema = json(&files, &format!("api/v1/{name}.schema.json"));
            assert_eq!(schema["$id"], format!("https://signpost.example/schemas/api/{name}.schema.json"));
            for entry in value[name].as_array().unwrap() {
                let path = entry["url"].as_str().unwrap().strip_prefix(value["url"].as_str().unwrap()).unwrap();
                assert!(files.contains_key(&format!("{path}index.html")), "{root}: {path}");
                assert_ne!(entry["id"], "topic/later", "a draft is in no data, of a preview either");
            }
        }
    }
}

#[test]
fn a_demonstration_says_so_in_its_data() {
    let files = files(&repository(""), &BuildOptions::default());
    let topics = json(&files, "api/v1/topics.json");
    assert_eq!(topics["demonstration"], true);
    assert!(topics["topics"].as_array().unwrap().iter().all(|t| t["reviewed"].is_null()));
    assert!(text(&files, "feed.xml").contains("not reviewed by a clinician"));
    assert!(text(&files, "_headers").contains("X-Robots-Tag: noindex"));
    assert!(files.iter().filter(|(p, _)| p.ends_with(".html")).all(|(_, b)| !String::from_utf8_lossy(b).contains("ld+json")));
}

#[test]
fn what_search_engines_are_told_is_json_that_no_text_can_end() {
    let mut snapshot = small();
    let at = snapshot.files.iter().position(|f| f.path == "content/topics/sleep.md").unwrap();
    let text_of = snapshot.files[at].text.replacen("title: ", "title: \"</script><script>alert(1)</script>\"\nowner: ", 1);
    let other = Snapshot::from_texts([("content/topics/sleep.md", text_of.as_str())]);
    snapshot.files[at] = other.files.into_iter().next().unwrap();
    let files = files(&snapshot, &BuildOptions::default());
    let data = |path: &str| -> Value {
        let html = text(&files, path);
        let (_, rest) = html.split_once("<script type=\"application/ld+json\">").unwrap();
        serde_json::from_str(rest.split_once("</script>").unwrap().0).unwrap()
    };
    let topic = data("topics/sleep/index.html");
    assert_eq!(topic["@graph"][0]["@type"], "MedicalWebPage");
    assert_eq!(topic["@graph"][0]["name"], "</script><script>alert(1)</script>");
    assert_eq!(topic["@graph"][1]["itemListElement"][2]["position"], 3);
    let service = data("help/nhs-111/index.html");
    assert_eq!(service["@graph"][0]["@type"], "Service");
    assert!(service["@graph"][0]["availableChannel"][0]["servicePhone"]["telephone"].is_string(), "{service}");
    assert_eq!(data("index.html")["@graph"][0]["@type"], "WebSite");
    assert!(!text(&files, "topics/sleep/index.html").contains("<script>alert"));
}

#[test]
fn the_host_is_told_what_no_page_can_say_itself() {
    let folder = BuildOptions { base_url: Some("https://example.org/in/a/folder".into()), ..BuildOptions::default() };
    let files = files(&small(), &folder);
    let headers = text(&files, "_headers");
    for part in [
        "\n/in/a/folder/*\n",
        "frame-ancestors 'none'",
        "Referrer-Policy: no-referrer",
        "nosniff",
        "Strict-Transport-Security",
        "/in/a/folder/assets/*\n  Cache-Control: public, max-age=31536000, immutable",
    ] {
        assert!(headers.contains(part), "{part}\n{headers}");
    }
    let manifest = json(&files, "manifest.webmanifest");
    assert_eq!((&manifest["start_url"], &manifest["scope"]), (&Value::from("./"), &Value::from("./")));
    for icon in manifest["icons"].as_array().unwrap() {
        assert!(files.contains_key(icon["src"].as_str().unwrap()), "{icon}");
    }
}

#[test]
fn a_preview_names_what_nobody_has_approved_on_each_page() {
    let signed = |is_approved: bool| Signed { is_approved, ..Signed::default() };
    let items = [("topic/sleep", true), ("resource/example-text-line", false), ("site/site", false)];
    let items = items.into_iter().map(|(id, is_approved)| (id.to_owned(), signed(is_approved))).collect();
    let options = |preview: bool| BuildOptions {
        preview,
        reviews: Published { items: BTreeMap::clone(&items), ..Published::default() },
        ..BuildOptions::default()
    };
    let preview = files(&small(), &options(true));
    let named = |path: &str| {
        let (_, rest) = text(&preview, path).split_once("Not approved on this page:</strong>").unwrap_or_default();
        rest.split("</p>").next().unwrap_or_default().trim().to_owned()
    };
    assert!(named("topics/sleep/index.html").contains("(resource/example-text-line)"), "{}", named("topics/sleep/index.html"));
    assert!(!named("topics/sleep/index.html").contains("(topic/sleep)"));
    assert!(named("topics/later/index.html").contains("(topic/later, draft)"), "{}", named("topics/later/index.html"));
    assert!(named("index.html").contains("site/site"));
    assert!(text(&preview, "topics/sleep/index.html").contains("noindex") && !preview.contains_key("sw.js"));
    let published = files(&small(), &options(false));
    assert!(published.values().all(|bytes| !String::from_utf8_lossy(bytes).contains("Not approved on this page")));
    // Where nobody has reviewed anything, nothing is named.
    let fresh = files(&small(), &BuildOptions { preview: true, ..BuildOptions::default() });
    assert!(!text(&fresh, "topics/sleep/index.html").contains("Not approved"));
}
