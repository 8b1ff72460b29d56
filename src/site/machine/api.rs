//! `api/v1/`: services, topics, areas and journeys as data, each file with its schema beside it.
//!
//! The same for everybody who reads it: what is live, in the site's own language, with the addresses of translations. A service that is
//! suspended says so and has no ways to reach it; on a demonstration no review is given, and the data says what it is.

use rayon::prelude::*;
use serde::Serialize;
use serde_json::Value;

use super::updated;
use crate::model::{self, Item, Kind};
use crate::schema;
use crate::site::context;
use crate::site::marks;
use crate::site::pages::outline;
use crate::site::plan::Plan;
use crate::site::resources;
use crate::site::scrub::Scrub;
use crate::site::shared::Shared;

/// The lists, each a file of this name.
const LISTS: [&str; 4] = ["resources", "topics", "areas", "journeys"];

/// What every file says of itself.
#[derive(Serialize)]
struct Head<'s> {
    version: u8,
    site: &'s str,
    organisation: &'s str,
    language: &'s str,
    url: &'s str,
    demonstration: bool,
    licence: Option<&'s str>,
    updated: Option<String>,
}

/// What every entry has.
#[derive(Serialize)]
struct Common<'s> {
    id: String,
    url: String,
    title: &'s str,
    summary: Option<&'s str>,
    updated: Option<String>,
    reviewed: Option<String>,
    review_due: Option<String>,
    translations: Vec<Translation<'s>>,
}

#[derive(Serialize)]
struct Translation<'s> {
    language: &'s str,
    url: String,
    title: &'s str,
}

#[derive(Serialize)]
struct Resource<'s> {
    #[serde(flatten)]
    common: Common<'s>,
    #[serde(rename = "type")]
    ty: &'static str,
    provider: &'s str,
    age: Option<context::Age>,
    who: Option<&'s str>,
    for_others: bool,
    areas: Vec<&'s str>,
    topics: Vec<&'s str>,
    languages: Vec<&'s str>,
    also_known_as: Vec<&'s str>,
    cost: Option<&'s str>,
    confidentiality: Option<&'s str>,
    accessibility: Option<&'s str>,
    assurance: Option<context::Assurance>,
    last_confirmed: Option<String>,
    channels: Vec<Value>,
    suspended: Option<Suspended>,
}

/// What is out of use, and what to use instead.
#[derive(Serialize)]
struct Suspended {
    whole: bool,
    ways: Vec<&'static str>,
    instead: Vec<Instead>,
}

#[derive(Serialize)]
struct Instead {
    title: String,
    url: String,
    channel: Value,
}

#[derive(Serialize)]
struct Topic<'s> {
    #[serde(flatten)]
    common: Common<'s>,
    synonyms: Vec<&'s str>,
    sensitive: Vec<&'static str>,
    topics: Vec<&'s str>,
    journeys: Vec<String>,
    signposts: Vec<&'s str>,
}

#[derive(Serialize)]
struct Area<'s> {
    #[serde(flatten)]
    common: Common<'s>,
    code: &'s str,
    postcodes: Vec<&'s str>,
    services: Vec<Service<'s>>,
}

#[derive(Serialize)]
struct Service<'s> {
    role: &'s str,
    label: &'s str,
    resource: &'s str,
    fallback: bool,
    from: Option<String>,
    until: Option<&'s str>,
}

#[derive(Serialize)]
struct Journey<'s> {
    #[serde(flatten)]
    common: Common<'s>,
    age: Option<context::Age>,
    areas: Vec<&'s str>,
    topics: Vec<&'s str>,
    sensitive: Vec<&'static str>,
    online: bool,
    questions: Questions,
    endings: Vec<Ending<'s>>,
}

#[derive(Serialize)]
struct Questions {
    min: usize,
    max: usize,
}

#[derive(Serialize)]
struct Ending<'s> {
    id: String,
    title: &'s str,
    acuity: &'s str,
    label: &'s str,
    within: &'s str,
}

/// The files, schemas included.
pub(super) fn files(shared: &Shared<'_, '_>) -> Vec<(String, Vec<u8>)> {
    let mut files = vec![
        list(shared, "resources", Kind::Resource, resource),
        list(shared, "topics", Kind::Topic, topic),
        list(shared, "areas", Kind::Area, area),
        list(shared, "journeys", Kind::Journey, journey),
    ];
    for name in LISTS {
        let text = schema::text(&format!("api/{name}")).unwrap_or_default();
        files.push((format!("api/v1/{name}.schema.json"), text.as_bytes().to_vec()));
    }
    files
}

/// One file: its head, then a line for each entry.
fn list<'c, 'a, T: Serialize + Send>(
    shared: &'c Shared<'c, 'a>,
    name: &str,
    kind: Kind,
    entry: fn(&'c Shared<'c, 'a>, &'c Item<'a>) -> Option<T>,
) -> (String, Vec<u8>) {
    let plan = &shared.facts.plan;
    let items: Vec<&'c Item<'a>> = shared.facts.content.originals().filter(|i| i.kind == kind).collect();
    let published = |item: &&&'c Item<'a>| item.is_live() && (plan.is_visible(item) || plan.is_gap(item));
    let has_gaps = shared.skin(None).locale.has_gaps;
    let entries: Vec<String> =
        items.par_iter().filter(published).filter_map(|item| line(shared.scrub.as_ref(), has_gaps, &entry(shared, item)?)).collect();
    let newest = items.iter().filter(published).filter_map(|item| shared.facts.past.times.get(item.file.path.as_str())).max();
    let site = shared.facts.site;
    let head = Head {
        version: 1,
        site: site.name.value,
        organisation: site.organisation.value,
        language: site.language.value,
        url: &shared.base_url,
        demonstration: site.demonstration,
        licence: site.data_licence.map(|l| l.value),
        updated: newest.and_then(|time| super::moment(*time)),
    };
    let head = serde_json::to_string(&head).unwrap_or_default();
    let head = head.trim_end_matches('}');
    let text = match entries.as_slice() {
        [] => format!("{head},\"{name}\":[]}}\n"),
        _ => format!("{head},\"{name}\":[\n{}\n]}}\n", entries.join(",\n")),
    };
    (format!("api/v1/{name}.json"), text.into_bytes())
}

/// An entry as JSON, without what is suspended.
fn line<T: Serialize>(scrub: Option<&Scrub>, has_gaps: bool, entry: &T) -> Option<String> {
    let text = match scrub {
        None => serde_json::to_string(entry).ok()?,
        Some(scrub) => {
            let mut value = serde_json::to_value(entry).ok()?;
            without(scrub, &mut value);
            value.to_string()
        }
    };
    Some(if has_gaps { marks::bare(&text) } else { text })
}

/// What is out of use stands in no text; ids and addresses are no texts.
fn without(scrub: &Scrub, value: &mut Value) {
    match value {
        Value::String(text) if !text.contains("://") && Kind::split(text).is_none() => *text = scrub.text(text, "…"),
        Value::Array(all) => all.iter_mut().for_each(|one| without(scrub, one)),
        Value::Object(map) => map.values_mut().for_each(|one| without(scrub, one)),
        _ => {}
    }
}

fn common<'c, 'a>(shared: &'c Shared<'c, 'a>, item: &'c Item<'a>) -> Common<'c> {
    let facts = &shared.facts;
    let signed = facts.reviews.items.get(&item.id()).filter(|_| !facts.site.demonstration);
    let url = |item: &Item<'a>| format!("{}{}", shared.base_url, Plan::path(item));
    let translations = facts.plan.translations(item).filter(|other| other.is_live());
    Common {
        id: item.id(),
        url: url(item),
        title: item.title(),
        summary: item.common.summary.map(|s| s.value),
        updated: updated(facts, item),
        reviewed: signed.and_then(|s| s.reviewed).map(|day| day.to_string()),
        review_due: signed.and_then(|s| s.due).map(|day| day.to_string()),
        translations: translations
            .filter_map(|other| Some(Translation { language: other.language?, url: url(other), title: other.title() }))
            .collect(),
    }
}

/// Those of the ids that are published, as they stand in the file.
fn ids<'c>(shared: &'c Shared<'c, '_>, ids: &'c [model::Text<'_>]) -> Vec<&'c str> {
    let is_published = |id: &&str| shared.facts.plan.find(id, None).is_some_and(Item::is_live);
    ids.iter().map(|id| id.value).filter(is_published).collect()
}

fn texts<'c>(texts: &'c [model::Text<'_>]) -> Vec<&'c str> {
    texts.iter().map(|text| text.value).collect()
}

fn sensitive(item: &Item<'_>) -> Vec<&'static str> {
    item.common.sensitive.iter().map(|s| s.word()).collect()
}

fn resource<'c, 'a>(shared: &'c Shared<'c, 'a>, item: &'c Item<'a>) -> Option<Resource<'c>> {
    let resource = item.resource()?;
    let data = resources::prepare(&shared.facts, &shared.skin(None).locale, None, item)?.data;
    let suspended = data.suspended.map(|s| Suspended {
        whole: s.whole,
        ways: s.ways,
        instead: s
            .instead
            .into_iter()
            .map(|action| Instead {
                title: action.title,
                url: format!("{}{}", shared.base_url, action.path),
                channel: way(&action.channel),
            })
            .collect(),
    });
    Some(Resource {
        common: common(shared, item),
        ty: data.ty,
        provider: resource.provider.value,
        age: data.age,
        who: resource.eligibility.who.map(|t| t.value),
        for_others: data.for_others,
        areas: ids(shared, &resource.eligibility.areas),
        topics: ids(shared, &item.common.topics),
        languages: texts(&resource.languages),
        also_known_as: texts(&resource.also_known_as),
        cost: resource.cost.map(|t| t.value),
        confidentiality: resource.confidentiality.map(|t| t.value),
        accessibility: resource.accessibility.map(|t| t.value),
        assurance: data.assurance,
        last_confirmed: data.last_confirmed,
        channels: data.channels.iter().map(way).collect(),
        suspended,
    })
}

/// A way to reach a service, without what is for the pages' own script.
fn way(channel: &context::Channel) -> Value {
    let mut way = serde_json::to_value(channel).unwrap_or_default();
    if let Some(hours) = way.get_mut("hours").and_then(Value::as_object_mut) {
        hours.retain(|key, _| matches!(key.as_str(), "words" | "data"));
    }
    way
}

fn topic<'c, 'a>(shared: &'c Shared<'c, 'a>, item: &'c Item<'a>) -> Option<Topic<'c>> {
    let topic = item.topic()?;
    let is_live = |name: &&&str| shared.facts.content.named(Kind::Journey, name).is_some_and(Item::is_live);
    let journeys = shared.journeys_about(&item.id()).iter().filter(is_live);
    Some(Topic {
        common: common(shared, item),
        synonyms: texts(&topic.synonyms),
        sensitive: sensitive(item),
        topics: ids(shared, &item.common.topics),
        journeys: journeys.map(|name| Kind::Journey.id(name)).collect(),
        signposts: ids(shared, &topic.signposts),
    })
}

fn area<'c, 'a>(shared: &'c Shared<'c, 'a>, item: &'c Item<'a>) -> Option<Area<'c>> {
    let area = item.area()?;
    let facts = &shared.facts;
    let is_published = |id: &str| facts.plan.find(id, None).is_some_and(Item::is_live);
    let services = facts.site.roles.iter().filter_map(|(role, about)| {
        let own = area.services.get(role.value).filter(|s| facts.is_current(s.until.map(|d| d.value)) && is_published(s.resource.value));
        let resource = own.map_or(about.fallback.value, |s| s.resource.value);
        is_published(resource).then(|| Service {
            role: role.value,
            label: about.label.value,
            resource,
            fallback: own.is_none(),
            from: own.and_then(|s| facts.ahead(s.from.map(|d| d.value))),
            until: own.and_then(|s| s.until).map(|d| d.value),
        })
    });
    Some(Area { common: common(shared, item), code: area.code.value, postcodes: texts(&area.postcodes), services: services.collect() })
}

fn journey<'c, 'a>(shared: &'c Shared<'c, 'a>, item: &'c Item<'a>) -> Option<Journey<'c>> {
    let journey = item.journey()?;
    let facts = &shared.facts;
    let walkable = shared.journeys.walkable.get(item.name);
    let (min, max) = outline::lengths(facts.content, journey);
    let endings = outline::endings(facts, journey, None).into_iter().filter(|ending| ending.is_live());
    let endings = endings.filter_map(|ending| {
        let level = facts.content.level_of(ending.outcome()?)?;
        let (acuity, label, within) = (level.id.value, level.label.value, level.within.value);
        Some(Ending { id: ending.id(), title: ending.title(), acuity, label, within })
    });
    let audience = journey.audience.as_ref();
    Some(Journey {
        common: common(shared, item),
        age: audience.and_then(|a| resources::age(a.age)),
        areas: audience.map(|a| ids(shared, &a.areas)).unwrap_or_default(),
        topics: ids(shared, &item.common.topics),
        sensitive: walkable.map_or_else(|| sensitive(item), |w| w.sensitive.iter().map(|s| s.word()).collect()),
        online: walkable.is_some(),
        questions: Questions { min, max },
        endings: endings.collect(),
    })
}
