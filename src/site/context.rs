//! What templates receive, field by field as `site-templates/CONTEXT.md` says: a field is always there, `None` where there
//! is nothing.

use std::collections::BTreeMap;

use minijinja::value::{Serde, Value};
use serde::Serialize;

use super::marks;
use super::text::direction;

/// A place on this site.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Place {
    pub title: String,
    pub path: String,
}

/// A link card, or a journey's start.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Link {
    pub kind: &'static str,
    pub title: String,
    pub path: String,
    pub summary: Option<String>,
}

/// One way to reach a service, beside others.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Action {
    pub title: String,
    pub path: String,
    pub channel: Channel,
}

/// One way to reach a service.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Channel {
    #[serde(rename = "type")]
    pub ty: &'static str,
    pub label: Option<String>,
    pub value: Option<String>,
    pub message: Option<String>,
    pub href: Option<String>,
    pub hours: Option<Hours>,
    pub cost: Option<String>,
    pub shows_on_bill: Option<bool>,
    pub usual_wait: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
    pub note: Option<String>,
    pub voice: bool,
}

/// Opening hours.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Hours {
    pub words: Vec<String>,
    pub data: String,
    pub table: Option<String>,
    pub from: Option<String>,
    pub until: Option<String>,
}

/// A service.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Resource {
    pub id: String,
    pub path: String,
    pub title: String,
    #[serde(rename = "type")]
    pub ty: &'static str,
    pub provider: String,
    pub summary: Option<String>,
    pub who: Option<String>,
    pub confidentiality: Option<String>,
    pub cost: Option<String>,
    pub free: bool,
    pub accessibility: Option<String>,
    pub last_confirmed: Option<String>,
    pub channels: Vec<Channel>,
    pub age: Option<Age>,
    pub for_others: bool,
    pub retired: bool,
    pub areas: Vec<Place>,
    pub topics: Vec<Place>,
    pub languages: Vec<String>,
    pub also_known_as: Vec<String>,
    pub assurance: Option<Assurance>,
    pub replaced_by: Option<Place>,
    pub suspended: Option<Suspended>,
}

/// What is out of use for the time being, and what to use instead.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Suspended {
    pub whole: bool,
    pub ways: Vec<&'static str>,
    pub instead: Vec<Action>,
    pub help: Option<Place>,
}

/// Ages, at least one end given.
#[derive(Debug, Clone, Copy, Serialize)]
pub(super) struct Age {
    pub min: Option<i64>,
    pub max: Option<i64>,
}

/// Who assessed a service.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Assurance {
    pub scheme: String,
    pub date: Option<String>,
    pub until: Option<String>,
    pub url: Option<String>,
}

/// The head and foot of a page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct PageData {
    pub kind: &'static str,
    pub title: String,
    pub path: String,
    pub language: String,
    pub dir: &'static str,
    pub id: Option<String>,
    pub description: Option<String>,
    pub canonical: Option<String>,
    pub section: &'static str,
    pub noindex: bool,
    pub draft: bool,
    pub sensitive: Vec<&'static str>,
    pub review: Option<Review>,
    pub sources: Vec<Source>,
    pub translations: Vec<Translation>,
    pub original_notice: Option<Notice>,
    pub with_hours: bool,
    pub structured: Option<String>,
    pub kept: bool,
    pub worker: bool,
    pub unapproved: Vec<Unapproved>,
}

/// When a page was reviewed.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Review {
    pub last_reviewed: Option<String>,
    pub next_due: Option<String>,
}

/// An item on a page that nobody has approved as it is.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Unapproved {
    pub id: String,
    pub title: String,
    pub draft: bool,
}

/// Why a page is in its original language.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Notice {
    pub text: String,
    pub language: String,
    pub dir: &'static str,
}

/// What a page rests on.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Source {
    pub title: String,
    pub publisher: Option<String>,
    pub published: Option<String>,
    pub url: Option<String>,
}

/// The same page in another language.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Translation {
    pub language: String,
    pub dir: &'static str,
    pub name: String,
    pub path: String,
}

/// A level of the acuity scale.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Level {
    pub id: String,
    pub label: String,
    pub says: String,
    pub card: &'static str,
    pub within: Option<String>,
}

/// A piece of a body.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "type", rename_all = "kebab-case")]
pub(super) enum Block {
    Html { html: String },
    CareCard { care: &'static str, heading: String, level: u8, blocks: Vec<Block> },
    Callout { heading: String, level: u8, blocks: Vec<Block> },
    Inset { heading: Option<String>, level: u8, blocks: Vec<Block> },
    Resource { resource: Value, level: u8 },
    Journey { journey: Link },
    Link { link: Link },
}

impl Block {
    /// A piece that is in another language than the page around it.
    pub fn spoken_in(self, language: &str) -> Self {
        match self {
            Self::Html { html } => {
                Self::Html { html: format!("<div lang=\"{language}\" dir=\"{}\">\n{html}</div>\n", direction(language)) }
            }
            Self::CareCard { care, heading, level, blocks } => {
                let blocks = blocks.into_iter().map(|b| b.spoken_in(language)).collect();
                Self::CareCard { care, heading: marks::original(Some(language), &heading), level, blocks }
            }
            Self::Callout { heading, level, blocks } => {
                let blocks = blocks.into_iter().map(|b| b.spoken_in(language)).collect();
                Self::Callout { heading: marks::original(Some(language), &heading), level, blocks }
            }
            Self::Inset { heading, level, blocks } => {
                let blocks = blocks.into_iter().map(|b| b.spoken_in(language)).collect();
                Self::Inset { heading: heading.map(|h| marks::original(Some(language), &h)), level, blocks }
            }
            other => other,
        }
    }
}

/// The site, the same for all pages of a language.
#[derive(Debug, Clone, Serialize)]
pub(super) struct SiteData {
    pub name: String,
    pub base_url: String,
    pub language: String,
    pub organisation: String,
    pub demonstration: bool,
    pub preview: bool,
    pub exit_href: Option<String>,
    pub menu: Vec<Place>,
    pub navigation: Vec<Place>,
    pub emergency_help: Option<EmergencyHelp>,
    pub feedback: Option<Feedback>,
    pub clock: Clock,
    pub crisis_phrases: Vec<String>,
}

/// What a script needs to know whether something is open now.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Clock {
    pub time_zone: String,
    pub holidays: Vec<String>,
    pub until: Option<String>,
}

/// The help on every page.
#[derive(Debug, Clone, Serialize)]
pub(super) struct EmergencyHelp {
    pub heading: String,
    pub text: String,
    pub call: Option<String>,
    pub call_href: Option<String>,
    pub page: Option<Place>,
    pub actions: Vec<Action>,
}

/// Where mistakes can be reported.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Feedback {
    pub email: Option<String>,
    pub url: Option<String>,
    pub hours: Option<String>,
}

/// The assets, the same for all pages that link or hold the style sheet.
#[derive(Debug, Clone, Serialize)]
pub(super) struct AssetData {
    pub css_path: String,
    pub icon_path: String,
    pub touch_icon_path: Option<String>,
    pub css_inline: Option<String>,
    pub csp: String,
    pub scripts: BTreeMap<String, String>,
}

/// A question of a journey.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Question {
    pub id: String,
    pub heading: String,
    pub lead_in: Option<String>,
    pub help: Option<String>,
    pub choose_any: bool,
    pub number: Option<Number>,
    pub answers: Vec<String>,
    pub none: Option<String>,
}

/// A score as an ending shows it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Score {
    pub name: String,
    pub value: String,
}

/// The numbers that may be answered.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Number {
    pub min: i64,
    pub max: i64,
    pub unit: Option<String>,
}

/// A local service, or what stands in for it.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Service {
    pub role: String,
    pub label: String,
    pub resource: Value,
    pub fallback: bool,
    pub from: Option<String>,
    pub until: Option<String>,
}

/// Turns a structure into what templates read.
pub(super) fn value<T: Serialize>(data: T) -> Value {
    Value::from(Serde(data))
}
