//! One page after the other: what stands on it, and its template.

mod area;
mod items;
mod journey;
mod lists;
mod outcome;
pub(super) mod outline;
mod screen;
mod search;
mod walker;

use std::collections::BTreeSet;

use minijinja::value::Value;

use super::context::{Notice, PageData, Review, Source, Translation, value};
use super::marks;
use super::plan::{Page, Plan, What};
use super::shared::{Shared, Skin};
use super::structured;
use super::templates::TemplateError;
use super::text::direction;
use super::unapproved;
use crate::model::{Card, Item, Kind, Status};

/// A page, ready to be written.
pub(super) struct Rendered {
    /// Its file.
    pub file: String,
    /// Its path.
    pub path: String,
    /// Its language, where it is a translation.
    pub language: Option<String>,
    pub bytes: Vec<u8>,
    /// Ids of the items on it, those that stand on every page left out.
    pub items: BTreeSet<String>,
}

/// What a page adds to what all pages have.
struct Filled {
    template: &'static str,
    page: PageData,
    /// The name under which the template knows `data`.
    name: &'static str,
    data: Value,
    items: BTreeSet<String>,
    /// Whether the page holds its style sheet, to come in one round trip.
    is_inlined: bool,
}

/// Renders one page.
pub(super) fn render(shared: &Shared<'_, '_>, page: &Page<'_, '_>) -> Result<Rendered, TemplateError> {
    let skin = shared.skin(page.language());
    let root = if matches!(page.what, What::NotFound) { shared.base_path().to_owned() } else { page.root() };
    let mut filled = fill(shared, skin, page, &root);
    filled.page.with_hours = has_hours(shared, page, &filled.items);
    if let What::InsteadOf(original, _) = page.what {
        let words = &shared.skin(page.offered_in()).locale;
        let text = words.word("site.original_notice").to_owned();
        let (language, dir) = words.source("site", "original_notice", shared.facts.site.language.value);
        filled.page.original_notice = Some(Notice { text, language, dir });
        filled.page.canonical = Some(format!("{}{}", shared.base_url, Plan::path(original)));
    }
    filled.page.unapproved = unapproved::on(shared, page, &filled.items);
    filled.page.structured = structured::of(shared, skin, page, &filled.page);
    let mut data = vec![
        ("root", Value::from(root)),
        ("t", skin.locale.t.clone()),
        ("site", skin.site.clone()),
        ("assets", assets(shared, page, filled.is_inlined)),
        ("page", value(&filled.page)),
    ];
    data.push((filled.name, filled.data));
    let mut html = shared.theme.render(filled.template, &page.path, Value::from_pairs(data))?;
    if let Some(scrub) = &shared.scrub {
        html = scrub.html(&html, skin.locale.word("suspended.detail"));
    }
    html = shared.marked(skin, html);
    let language = page.language().map(str::to_owned);
    Ok(Rendered { file: page.file(), path: page.path.clone(), language, bytes: html.into_bytes(), items: filled.items })
}

/// What a page needs of the assets: only scripts that walk a journey or search read files.
fn assets(shared: &Shared<'_, '_>, page: &Page<'_, '_>, is_inlined: bool) -> Value {
    match (is_start(shared, page) || matches!(page.what, What::Home | What::Search), is_inlined) {
        (true, true) => shared.assets_searched.clone(),
        (true, false) => shared.assets_scripted.clone(),
        (false, true) => shared.assets_inlined.clone(),
        (false, false) => shared.assets_linked.clone(),
    }
}

/// Whether a journey can be answered on a page.
fn is_start(shared: &Shared<'_, '_>, page: &Page<'_, '_>) -> bool {
    matches!(page.what, What::Item(i) | What::InsteadOf(i, _) if i.kind == Kind::Journey && shared.journeys.walkable.contains_key(i.name))
}

/// Whether opening hours can be on a page: then a script says beside them what is open now.
fn has_hours(shared: &Shared<'_, '_>, page: &Page<'_, '_>, items: &BTreeSet<String>) -> bool {
    let is_helping = match page.what {
        What::Home | What::NotFound | What::Search => true,
        What::Item(item) | What::InsteadOf(item, _) => item.kind == Kind::Campaign || !item.common.sensitive.is_empty(),
        _ => false,
    };
    is_helping || is_start(shared, page) || items.iter().any(|id| id.starts_with("resource/"))
}

/// What the script reads that walks a journey; nothing where the journey cannot be answered.
pub(super) fn walker_file<'c, 'a>(shared: &Shared<'c, 'a>, journey: &'c Item<'a>) -> Result<Option<(String, Vec<u8>)>, TemplateError> {
    walker::file(shared, journey)
}

/// The same of all journeys.
pub(super) fn walker_files(shared: &Shared<'_, '_>) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    walker::files(shared)
}

/// Whether search engines may have a page, as far as the page is concerned.
pub(super) fn is_indexed(page: &Page<'_, '_>) -> bool {
    match page.what {
        What::NotFound | What::Redirect(_) | What::Screen(..) | What::InsteadOf(..) => false,
        What::Item(item) => item.kind != Kind::Outcome && item.is_live(),
        _ => true,
    }
}

fn fill<'c, 'a>(shared: &Shared<'c, 'a>, skin: &Skin<'a>, page: &Page<'c, 'a>, root: &str) -> Filled {
    match page.what {
        What::Item(item) | What::InsteadOf(item, _) => {
            let scope = Scope { shared, skin, page, root, item };
            match item.kind {
                Kind::Outcome => outcome::outcome(&scope),
                Kind::Journey => journey::journey(&scope),
                Kind::Area => area::area(&scope),
                Kind::Resource => items::resource(&scope),
                Kind::Campaign => items::campaign(&scope),
                Kind::Topic => items::topic(&scope),
                _ => items::page(&scope),
            }
        }
        What::Screen(item, number) => screen::screen(&Scope { shared, skin, page, root, item }, number),
        What::Redirect(item) => items::redirect(shared, skin, page, item),
        What::Home => lists::home(shared, skin, page),
        What::Topics => lists::topics(shared, skin, page),
        What::Journeys => lists::journeys(shared, skin, page),
        What::Directory => lists::directory(shared, skin, page),
        What::Areas => area::areas(shared, skin, page),
        What::Search => search::search(shared, skin, page),
        What::NotFound => lists::not_found(shared, skin, page),
    }
}

/// The page of an item, while it is being filled.
#[derive(Clone, Copy)]
struct Scope<'p, 'c, 'a> {
    shared: &'p Shared<'c, 'a>,
    skin: &'p Skin<'a>,
    page: &'p Page<'c, 'a>,
    root: &'p str,
    item: &'c Item<'a>,
}

impl<'c, 'a> Scope<'_, 'c, 'a> {
    /// Head and foot of the item's page.
    fn page_data(&self, kind: &'static str, section: &'static str) -> PageData {
        let item = self.item;
        let common = &item.common;
        let mut data = plain(self.shared, self.skin, self.page, kind, item.title());
        data.id = Some(item.id());
        data.section = section;
        data.description = common.summary.map(|s| s.value.to_owned());
        data.draft = item.status() == Status::Draft;
        data.sensitive = common.sensitive.iter().map(|s| s.word()).collect();
        let signed = self.shared.facts.reviews.items.get(&item.kind.id_in(item.name, item.language));
        let reviewed = signed.and_then(|s| s.reviewed).map(|d| d.to_string());
        let due = signed.and_then(|s| s.due).map(|d| d.to_string()).or_else(|| common.review_by.map(|d| d.value.to_owned()));
        data.review = Some(Review { last_reviewed: reviewed, next_due: due });
        data.sources = common.evidence.iter().filter_map(|id| source(self.shared, self.skin.language, id.value)).collect();
        data.translations = self.translations();
        data
    }

    fn translations(&self) -> Vec<Translation> {
        let plan = &self.shared.facts.plan;
        if !plan.is_translated() {
            return Vec::new();
        }
        let original = self.shared.facts.content.named(self.item.kind, self.item.name);
        let all = original.into_iter().chain(plan.translations(self.item));
        let others = all.filter(|other| Plan::path(other) != self.page.path);
        let site_language = self.shared.facts.site.language.value;
        others
            .map(|other| {
                let language = other.language.unwrap_or(site_language);
                let own_words = &self.shared.skin(other.language).locale;
                let name = own_words.own_name().to_owned();
                Translation { language: language.to_owned(), dir: direction(language), name, path: Plan::path(other) }
            })
            .collect()
    }

    /// The service with this id, for a card; `None` where nobody may see it.
    fn resource(&self, id: &str) -> Option<Value> {
        let item = self.shared.facts.plan.find(id, self.skin.language)?;
        self.skin.resources.get(item.name).cloned()
    }

    /// The same, with a service that is suspended: its card says so, and what to use instead.
    fn card(&self, id: &str) -> Option<Value> {
        let item = self.shared.facts.plan.find_card(id, self.skin.language)?;
        self.skin.resources.get(item.name).cloned()
    }

    /// Services by id, those that the page shows already left out, and noted as shown.
    fn resources<'i>(&self, ids: impl IntoIterator<Item = &'i str>, shown: &mut BTreeSet<String>) -> Vec<Value> {
        let mut cards = Vec::new();
        for id in ids {
            if !shown.contains(id)
                && let Some(card) = self.card(id)
            {
                shown.insert(id.to_owned());
                cards.push(card);
            }
        }
        cards
    }
}

/// Head and foot of a page that shows no item.
fn plain(shared: &Shared<'_, '_>, skin: &Skin<'_>, page: &Page<'_, '_>, kind: &'static str, title: &str) -> PageData {
    let noindex = shared.is_hidden() || !is_indexed(page);
    PageData {
        kind,
        title: title.to_owned(),
        path: page.path.clone(),
        language: skin.locale.language.clone(),
        dir: skin.locale.direction(),
        id: None,
        description: None,
        canonical: (!matches!(page.what, What::NotFound)).then(|| format!("{}{}", shared.base_url, page.path)),
        section: "",
        noindex,
        draft: false,
        sensitive: Vec::new(),
        review: None,
        sources: Vec::new(),
        translations: Vec::new(),
        original_notice: None,
        with_hours: false,
        structured: None,
        unapproved: Vec::new(),
        kept: shared.offline.as_ref().is_some_and(|o| o.keeps(&page.path)),
        worker: shared.offline.as_ref().is_some_and(|o| matches!(page.what, What::Home) || o.keeps(&page.path)),
    }
}

fn source(shared: &Shared<'_, '_>, language: Option<&str>, id: &str) -> Option<Source> {
    let item = shared.facts.content.get(id).filter(|i| i.status() != Status::Draft || shared.is_preview)?;
    let evidence = item.evidence()?;
    Some(Source {
        title: marks::title(item, language),
        publisher: Some(marks::of(item, language, evidence.publisher.value)),
        published: evidence.published.map(|p| p.value.to_owned()),
        url: evidence.url.map(|u| u.value.to_owned()),
    })
}

/// Whether a level's page has to come in one round trip.
fn is_pressing(card: Card) -> bool {
    matches!(card, Card::Emergency | Card::Urgent)
}
