//! Finding help on the built site: what is open now, the directory's filters, postcodes, search. In a real browser, or with the
//! scripts that the site serves; reported as ignored, by name, where Node, Chromium or their packages are missing.

use std::collections::{BTreeMap, BTreeSet};
use std::path::{Path, PathBuf};
use std::process::Command;

use jiff::civil::{Date, date};
use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};
use serde_json::{Value as Json, json};
use signpost::check::Context;
use signpost::hours::Hours;
use signpost::load::Snapshot;
use signpost::model::Content;
use signpost::site::{self, BuildOptions};

use super::html::tags;

/// Hours of every form, besides those of our content.
const HOURS: [&str; 10] = [
    "24/7",
    "24/7; PH off",
    "Mo-Fr 09:00-17:00",
    "Mo-Fr 09:00-17:00; PH off",
    "Mo-Fr 09:00-12:30,13:15-17:00; PH 10:00-12:00",
    "Fr,Sa 22:00-03:30",
    "Mo-Su 20:00-08:00; PH off",
    "Su 23:00-01:30; PH 22:00-02:00",
    "Mo-Su 00:30-02:30",
    "Mo off; Sa-Su,PH 01:00-02:00",
];

fn root() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR"))
}

fn node(arguments: &[&Path]) {
    let output = Command::new("node").args(arguments).current_dir(root().join("tests/browser")).output().unwrap();
    let said = String::from_utf8_lossy(&output.stdout);
    println!("{said}");
    assert!(output.status.success(), "{said}\n{}", String::from_utf8_lossy(&output.stderr));
}

/// Days of which it is known whether they are bank holidays, and those that are.
struct Holidays {
    dates: BTreeSet<Date>,
    until: Date,
}

impl Holidays {
    /// What may be true of a day.
    fn may_be(&self, day: Date) -> &'static [bool] {
        match (day > self.until, self.dates.contains(&day)) {
            (true, _) => &[false, true],
            (_, true) => &[true],
            _ => &[false],
        }
    }
}

fn render(root: &Path) -> BTreeMap<String, String> {
    let snapshot = Snapshot::from_disk(root).unwrap();
    let context = Context::new(&snapshot, date(2026, 11, 21));
    let files = site::render(&context, &BuildOptions::default()).unwrap().files;
    files.into_iter().map(|(path, bytes)| (path, String::from_utf8_lossy(&bytes).into_owned())).collect()
}

#[test]
fn the_directory_has_every_service_once_and_urgent_help_outside_of_what_is_filtered() {
    let pages = render(&root());
    let page = &pages["help/index.html"];
    let main = &page[page.find("<main").unwrap()..page.find("</main>").unwrap()];
    let snapshot = Snapshot::from_disk(&root()).unwrap();
    let content = Content::of(&snapshot);
    for (item, _) in content.resources().filter(|(item, _)| item.is_live() && item.language.is_none()) {
        let links = main.matches(&format!("<a href=\"../help/{}/\">", item.name)).count();
        assert_eq!(links, 1, "{}", item.name);
    }
    let list = main.find("data-service").unwrap();
    for name in content.site.as_ref().unwrap().emergency_help.iter().flat_map(|h| &h.signposts) {
        let link = main.find(&format!("../{}/", name.value.replace("resource/", "help/"))).unwrap();
        assert!(link < list, "{} stands where filters can hide it", name.value);
    }
}

#[test]
fn what_is_looked_for_cannot_be_sent() {
    let pages = render(&root());
    for (path, page) in
        pages.iter().filter(|(path, _)| ["help/index.html", "areas/index.html", "search/index.html", "index.html"].contains(&path.as_str()))
    {
        let tags = tags(page);
        let forms: Vec<_> = tags.iter().filter(|t| t.name == "form").collect();
        assert_eq!(forms.len(), 1, "{path}");
        assert!(forms[0].get("action").is_none() && forms[0].get("hidden").is_some(), "{path}");
        let mut fields = tags.iter().filter(|t| ["input", "select", "textarea"].contains(&t.name.as_str()));
        assert!(fields.all(|field| field.get("name").is_none()), "{path}: a field with a name");
    }
}

#[test]
fn a_list_too_long_to_read_gives_way_to_the_lists_of_each_kind() {
    let temp = tempfile::tempdir().unwrap();
    let phrases: Vec<String> = (0..1_000).map(|n| format!("phrase number {n}")).collect();
    copy(&root().join("tests/repos/good/content"), &temp.path().join("content"));
    let campaign = temp.path().join("content/campaigns/cant-sleep.yaml");
    let text = std::fs::read_to_string(&campaign).unwrap();
    std::fs::write(&campaign, text.replace("[can't sleep]", &format!("[{}]", phrases.join(", ")))).unwrap();
    let page = &render(temp.path())["search/index.html"];
    assert!(!page.contains("phrase number 7") && page.contains("Lists of everything") && page.contains("href=\"../topics/\""));
}

fn copy(from: &Path, to: &Path) {
    std::fs::create_dir_all(to).unwrap();
    for entry in std::fs::read_dir(from).unwrap().map(Result::unwrap) {
        let to = to.join(entry.file_name());
        if entry.path().is_dir() { copy(&entry.path(), &to) } else { std::fs::copy(entry.path(), to).map(drop).unwrap() }
    }
}

#[test]
#[ignore = "needs Node: .ci/run runs this"]
fn browser_says_what_is_open_as_the_program_does() {
    let snapshot = Snapshot::from_disk(&root()).unwrap();
    let content = Content::of(&snapshot);
    let site = content.site.as_ref().unwrap();
    let listed = site.holidays.as_ref().unwrap();
    let holidays =
        Holidays { dates: listed.dates.iter().map(|d| d.value.parse().unwrap()).collect(), until: listed.until.value.parse().unwrap() };
    let own = content.resources().flat_map(|(_, r)| &r.channels).filter_map(|c| Some(c.hours?.value));
    let texts: BTreeSet<&str> = own.chain(HOURS).collect();
    let hours: Vec<Hours> = texts.iter().map(|text| Hours::parse(text).unwrap()).collect();
    let zone = TimeZone::get(site.time_zone.value).unwrap();

    let state = |hours: &Hours, at: Timestamp| {
        let there = at.to_zoned(zone.clone());
        let (today, minute) = (there.date(), there.hour() as u16 * 60 + there.minute() as u16);
        let yesterday = today.yesterday().unwrap();
        let weekday = |day: Date| day.weekday().to_monday_zero_offset() as usize;
        let mut answers = BTreeSet::new();
        for now in holidays.may_be(today) {
            for before in holidays.may_be(yesterday) {
                answers.insert(hours.is_open(minute, (weekday(today), *now), (weekday(yesterday), *before)));
            }
        }
        match (answers.len(), answers.contains(&true)) {
            (2, _) => '?',
            (_, true) => 'o',
            _ => 'c',
        }
    };

    let mut instants: Vec<Timestamp> = Vec::new();
    // Around midnight and the hours when clocks change, minute by minute; around holidays and the end of their list.
    for day in [date(2026, 10, 25), date(2027, 3, 28), date(2027, 10, 31)] {
        let midnight = day.to_zoned(zone.clone()).unwrap().timestamp();
        instants.extend((-30..240).map(|minute| midnight + SignedDuration::from_mins(minute)));
    }
    let days = holidays.dates.iter().copied().chain([holidays.until, holidays.until.tomorrow().unwrap()]);
    for day in days {
        let midnight = day.to_zoned(zone.clone()).unwrap().timestamp();
        instants.extend((-26..50).map(|half_hour| midnight + SignedDuration::from_mins(half_hour * 30 + 7)));
    }
    let mut seed = 11_u64;
    for _ in 0..3000 {
        seed = seed.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        instants.push(Timestamp::from_second(1_790_000_000 + (seed >> 33) as i64 % (60 * 60 * 24 * 730)).unwrap());
    }

    let rows = instants.iter().map(|at| json!([at.as_millisecond(), hours.iter().map(|h| state(h, *at)).collect::<String>()]));
    let rows: Vec<Json> = rows.collect();
    for letter in ['o', 'c', '?'] {
        assert!(rows.iter().any(|row| row[1].as_str().unwrap().contains(letter)), "nothing is ever {letter}");
    }
    let holidays: Vec<&str> = listed.dates.iter().map(|d| d.value).collect();
    let cases = json!({
        "zone": site.time_zone.value,
        "holidays": holidays.join(" "),
        "until": listed.until.value,
        "tables": hours.iter().map(Hours::table).collect::<Vec<_>>(),
        "instants": rows,
    });
    let out = tempfile::tempdir().unwrap();
    let file = out.path().join("cases.json");
    std::fs::write(&file, cases.to_string()).unwrap();
    node(&[Path::new("hours.mjs"), &root().join("site-templates/assets/hours.js"), &file]);
}

#[test]
#[ignore = "needs Chromium and the Node packages of tests/browser: .ci/run installs them and runs this"]
fn browser_finds_help_and_leaves_no_trace() {
    let out = tempfile::tempdir().unwrap();
    let site = out.path().join("site");
    let built = Command::new(env!("CARGO_BIN_EXE_signpost")).arg("build").arg("--out").arg(&site).current_dir(root()).output().unwrap();
    assert!(built.status.success(), "{}", String::from_utf8_lossy(&built.stderr));
    node(&[Path::new("directory.mjs"), &site]);
}
