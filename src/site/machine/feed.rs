//! What changed on the site, newest first, as git tells it: a page that is new, says something else, or has ended.
//!
//! A change is one of meaning: a file that was only laid out anew, or moved, is no news. Several changes of an item on one day are one.

use std::collections::HashMap;

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use minijinja::context;
use minijinja::value::Value;

use super::moment;
use crate::check::Context;
use crate::fingerprint;
use crate::load::past::Edit;
use crate::load::{File, Snapshot};
use crate::model::{Identity, Item, Kind, Status};
use crate::site::plan::Plan;
use crate::site::shared::Shared;

/// How many entries a feed has.
const ENTRIES: usize = 30;

/// The kinds that people follow; a campaign's page shows what stands elsewhere, and an outcome's is a preview.
const KINDS: [Kind; 5] = [Kind::Topic, Kind::Page, Kind::Resource, Kind::Journey, Kind::Area];

/// What happened to a page, in the order in which one outweighs another on the same day.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
enum News {
    Changed,
    New,
    Ended,
}

struct Entry<'c, 'a> {
    item: &'c Item<'a>,
    day: Date,
    time: i64,
    news: News,
}

/// What the template receives.
pub(super) fn feed(context: &Context<'_>, shared: &Shared<'_, '_>) -> Value {
    let facts = &shared.facts;
    let entries: Vec<Value> = entries(context, shared).iter().map(|entry| shown(shared, entry)).collect();
    // Without a history: the newest date that the repository itself carries, else the beginning of time.
    let confirmed = facts.as_of.and_then(|day| Some(day.parse::<Date>().ok()?.to_zoned(TimeZone::UTC).ok()?.timestamp()));
    let updated = facts.past.newest.and_then(moment).or_else(|| confirmed.map(|t| t.to_string()));
    context! {
        id => format!("{}feed.xml", shared.base_url),
        home => shared.base_url.as_str(),
        updated => updated.unwrap_or_else(|| Timestamp::UNIX_EPOCH.to_string()),
        entries,
    }
}

fn shown(shared: &Shared<'_, '_>, entry: &Entry<'_, '_>) -> Value {
    let path = Plan::path(entry.item);
    let text = |text: &str| shared.scrub.as_ref().map_or_else(|| text.to_owned(), |scrub| scrub.text(text, "…"));
    let words = &shared.skin(entry.item.language).locale;
    let news = match entry.news {
        News::New => "new",
        News::Changed => "changed",
        News::Ended => "ended",
    };
    context! {
        // Stays the same whatever else changes on that day, and wherever the site is published.
        id => format!("tag:{},{}:{path}", host(shared), entry.day),
        title => text(entry.item.title()),
        summary => entry.item.common.summary.map(|s| text(s.value)),
        news,
        says => words.word(match entry.news {
            News::New => "feed.new",
            News::Changed => "feed.changed",
            News::Ended => "feed.ended",
        }),
        updated => moment(entry.time),
        url => format!("{}{path}", shared.base_url),
        language => words.language.as_str(),
    }
}

/// The host of the site's own address, as a name in ids.
fn host<'s>(shared: &'s Shared<'_, '_>) -> &'s str {
    let address = shared.facts.site.base_url.value;
    let rest = address.split_once("://").map_or(address, |(_, rest)| rest);
    rest.split(['/', ':']).next().unwrap_or(rest)
}

fn entries<'c, 'a>(context: &Context<'_>, shared: &Shared<'c, 'a>) -> Vec<Entry<'c, 'a>> {
    let plan = &shared.facts.plan;
    let edits = &shared.facts.past.edits;
    // What a step took away under one path may have come back under another: then it only moved, or has a new name.
    let gone: HashMap<(&str, String), &Edit> =
        edits.iter().filter(|e| e.after.is_none()).filter_map(|e| Some(((e.commit.as_str(), Identity::of(&e.path).id()?), e))).collect();
    let mut entries: Vec<Entry<'c, 'a>> = Vec::new();
    let mut places: HashMap<(String, Date), usize> = HashMap::new();
    for edit in edits.iter().filter(|e| e.after.is_some()) {
        let Identity::Item { kind, name, language } = Identity::of(&edit.path) else { continue };
        let Some(item) = plan.find_any(&kind.id(name), language).filter(|i| KINDS.contains(&kind) && i.language == language) else {
            continue;
        };
        if !plan.has_page(item) || item.status() == Status::Draft {
            continue;
        }
        let Some(day) = Timestamp::from_second(edit.time).ok().map(|t| t.to_zoned(TimeZone::UTC).date()) else { continue };
        let former = item.common.was.iter().map(|was| kind.id_in(was.value, language));
        let moved = std::iter::once(kind.id_in(name, language)).chain(former).find_map(|id| gone.get(&(edit.commit.as_str(), id)));
        let before = edit.before.as_ref().or_else(|| moved.and_then(|m| m.before.as_ref()));
        let Some(news) = news(context, &edit.path, before, edit.after.as_ref()) else { continue };
        match places.get(&(kind.id_in(name, language), day)) {
            Some(place) => entries[*place].news = entries[*place].news.max(news),
            None if entries.len() == ENTRIES => break,
            None => {
                places.insert((kind.id_in(name, language), day), entries.len());
                entries.push(Entry { item, day, time: edit.time, news });
            }
        }
    }
    entries
}

/// What a change of a file means to whoever reads the site.
fn news(context: &Context<'_>, path: &str, before: Option<&Vec<u8>>, after: Option<&Vec<u8>>) -> Option<News> {
    let read = |bytes: Option<&Vec<u8>>| Snapshot::from_bytes(bytes.map(|b| (path, Ok(b.clone()))));
    let (before, after) = (read(before), read(after));
    let live = |snapshot: &Snapshot| snapshot.files.first().is_some_and(is_live);
    let print = |snapshot: &Snapshot| fingerprint::of(snapshot.files.first()?, &context.schemas).ok();
    match (live(&before), live(&after)) {
        (false, true) => Some(News::New),
        (true, false) => Some(News::Ended),
        (true, true) => (print(&before) != print(&after)).then_some(News::Changed),
        (false, false) => None,
    }
}

fn is_live(file: &File) -> bool {
    file.data().is_some_and(|data| data.get("status").is_none_or(|status| status.str() == Some("live")))
}
