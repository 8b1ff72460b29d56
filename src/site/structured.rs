//! What search engines are told of a page: schema.org, as JSON in its head. Only where they may have the page at all.
//!
//! Knows what stands on the page, not how it looks; says nothing that the page does not say.

use serde::Serialize;

use super::context::{Channel, PageData};
use super::machine;
use super::plan::{Page, Plan, What};
use super::resources;
use super::shared::{Shared, Skin};
use crate::model::{Item, Kind};

#[derive(Serialize)]
struct Graph<'s> {
    #[serde(rename = "@context")]
    context: &'static str,
    #[serde(rename = "@graph")]
    graph: Vec<Thing<'s>>,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename_all_fields = "camelCase")]
enum Thing<'s> {
    WebSite {
        name: &'s str,
        url: &'s str,
        in_language: &'s str,
        publisher: Organization<'s>,
    },
    MedicalWebPage {
        name: &'s str,
        url: String,
        in_language: &'s str,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'s str>,
        #[serde(skip_serializing_if = "Option::is_none")]
        date_modified: Option<String>,
        #[serde(skip_serializing_if = "Option::is_none")]
        last_reviewed: Option<&'s str>,
        publisher: Organization<'s>,
    },
    Service {
        name: &'s str,
        url: String,
        #[serde(skip_serializing_if = "Option::is_none")]
        description: Option<&'s str>,
        provider: Organization<'s>,
        #[serde(skip_serializing_if = "Vec::is_empty")]
        available_channel: Vec<ServiceChannel<'s>>,
    },
    BreadcrumbList {
        item_list_element: Vec<Crumb<'s>>,
    },
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct Organization<'s> {
    name: &'s str,
}

/// One way to reach a service.
#[derive(Serialize)]
#[serde(tag = "@type", rename_all = "camelCase")]
struct ServiceChannel<'s> {
    #[serde(skip_serializing_if = "Option::is_none")]
    service_phone: Option<ContactPoint<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_sms_number: Option<ContactPoint<'s>>,
    #[serde(skip_serializing_if = "Option::is_none")]
    service_url: Option<&'s str>,
    #[serde(skip_serializing_if = "<[String]>::is_empty")]
    available_language: &'s [String],
}

#[derive(Serialize)]
#[serde(tag = "@type")]
struct ContactPoint<'s> {
    telephone: &'s str,
}

#[derive(Serialize)]
#[serde(tag = "@type", rename = "ListItem")]
struct Crumb<'s> {
    position: usize,
    name: &'s str,
    item: String,
}

/// What is said of a page; nothing of those that search engines may not have.
pub(super) fn of(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>, head: &PageData) -> Option<String> {
    if head.noindex {
        return None;
    }
    let site = shared.facts.site;
    let publisher = Organization { name: site.organisation.value };
    let language = skin.locale.language.as_str();
    match page.what {
        What::Home => {
            let (name, url) = (site.name.value, shared.base_url.as_str());
            written(vec![Thing::WebSite { name, url, in_language: language, publisher }])
        }
        What::Item(item) if item.kind == Kind::Topic => {
            let reviewed = head.review.as_ref().and_then(|r| r.last_reviewed.as_deref());
            let topic = Thing::MedicalWebPage {
                name: item.title(),
                url: address(shared, &page.path),
                in_language: language,
                description: head.description.as_deref(),
                date_modified: machine::updated(&shared.facts, item),
                last_reviewed: reviewed,
                publisher,
            };
            written(vec![topic, crumbs(shared, skin, item, "topics/", "nav.topics")])
        }
        What::Item(item) if item.kind == Kind::Resource => {
            let data = resources::prepare(&shared.facts, &skin.locale, skin.language, item)?.data;
            let service = Thing::Service {
                name: item.title(),
                url: address(shared, &page.path),
                description: head.description.as_deref(),
                provider: Organization { name: &data.provider },
                available_channel: data.channels.iter().filter_map(|c| channel(c, &data.languages)).collect(),
            };
            written(vec![service, crumbs(shared, skin, item, "help/", "nav.help")])
        }
        _ => None,
    }
}

fn channel<'s>(channel: &'s Channel, languages: &'s [String]) -> Option<ServiceChannel<'s>> {
    let mut said = ServiceChannel { service_phone: None, service_sms_number: None, service_url: None, available_language: languages };
    let number = channel.value.as_deref().map(|telephone| ContactPoint { telephone });
    match channel.ty {
        "phone" | "textphone" => said.service_phone = Some(number?),
        "text" => said.service_sms_number = Some(number?),
        _ => said.service_url = Some(channel.href.as_deref().filter(|href| href.starts_with("https://"))?),
    }
    Some(said)
}

/// The way from home to an item, through its list.
fn crumbs<'s>(shared: &'s Shared<'_, '_>, skin: &'s Skin<'_>, item: &'s Item<'_>, list: &str, word: &'s str) -> Thing<'s> {
    let steps =
        [(shared.facts.site.name.value, String::new()), (skin.locale.word(word), list.to_owned()), (item.title(), Plan::path(item))];
    let steps = steps.into_iter().enumerate();
    let steps = steps.map(|(n, (name, path))| Crumb { position: n + 1, name, item: address(shared, &path) });
    Thing::BreadcrumbList { item_list_element: steps.collect() }
}

fn address(shared: &Shared<'_, '_>, path: &str) -> String {
    format!("{}{path}", shared.base_url)
}

/// As JSON that no text in it can end.
fn written(graph: Vec<Thing<'_>>) -> Option<String> {
    let text = serde_json::to_string(&Graph { context: "https://schema.org", graph }).ok()?;
    Some(if text.contains('<') { text.replace('<', "\\u003c") } else { text })
}
