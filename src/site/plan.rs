//! Which pages there are, and where: the only place that knows addresses.
//!
//! Knows what is visible (live, or a draft in a preview), not what stands on a page.

use std::collections::{BTreeMap, HashMap, HashSet};

use super::BuildError;
use super::journeys::Journeys;
use crate::model::{Content, Item, Kind, Status};

/// The pages of a site.
pub(super) struct Plan<'c, 'a> {
    content: &'c Content<'a>,
    is_preview: bool,
    /// Services that are suspended as a whole, by name.
    suspended: HashSet<&'a str>,
    translations: HashMap<(Kind, &'a str), Vec<&'c Item<'a>>>,
    /// Translations whose place the original takes, as it is newer and pressing.
    given_way: Vec<&'c Item<'a>>,
    /// Every page, by path.
    pub pages: Vec<Page<'c, 'a>>,
}

/// One page.
#[derive(Debug, Clone)]
pub(super) struct Page<'c, 'a> {
    /// Relative to the root, with a slash at its end; `""` is the home page.
    pub path: String,
    /// What it shows.
    pub what: What<'c, 'a>,
}

/// What a page shows.
#[derive(Debug, Clone, Copy)]
pub(super) enum What<'c, 'a> {
    Home,
    Topics,
    Journeys,
    Directory,
    Areas,
    Search,
    NotFound,
    Item(&'c Item<'a>),
    /// An original in the place of a translation that is out of date.
    InsteadOf(&'c Item<'a>, &'c Item<'a>),
    /// A screen of a journey, by number.
    Screen(&'c Item<'a>, usize),
    /// A former address of an item.
    Redirect(&'c Item<'a>),
}

impl<'c, 'a> Plan<'c, 'a> {
    /// Lays out the pages of what is visible.
    pub fn new(content: &'c Content<'a>, is_preview: bool, suspended: HashSet<&'a str>, given_way: &[String]) -> Result<Self, BuildError> {
        let mut translations: HashMap<(Kind, &'a str), Vec<&'c Item<'a>>> = HashMap::new();
        let (old, current): (Vec<&Item<'a>>, Vec<&Item<'a>>) =
            content.items.iter().filter(|i| i.language.is_some()).partition(|i| given_way.contains(&i.file.path));
        for item in current {
            translations.entry((item.kind, item.name)).or_default().push(item);
        }
        let mut plan = Self { content, is_preview, suspended, translations, given_way: old, pages: Vec::new() };
        plan.pages = plan.lay_out()?;
        Ok(plan)
    }

    /// Whether the public, or whoever looks at a preview, sees an item.
    pub fn is_visible(&self, item: &Item<'a>) -> bool {
        self.is_offered(item) && !self.is_suspended(item)
    }

    /// Whether an item is a service that would be visible and is suspended: where its card would stand, and on its page, people
    /// read what to use instead.
    pub fn is_gap(&self, item: &Item<'a>) -> bool {
        self.is_offered(item) && self.is_suspended(item)
    }

    fn is_offered(&self, item: &Item<'a>) -> bool {
        item.model.is_some() && (item.is_live() || (self.is_preview && item.status() == Status::Draft))
    }

    fn is_suspended(&self, item: &Item<'a>) -> bool {
        item.kind == Kind::Resource && self.suspended.contains(item.name)
    }

    /// Whether an item has a page: it is visible, or a service that has ended or is suspended, whose page says what to use instead.
    pub fn has_page(&self, item: &Item<'a>) -> bool {
        let is_over = || item.resource().is_some() && (item.status() == Status::Retired || self.is_gap(item));
        item.kind.pages().is_some() && (self.is_visible(item) || is_over())
    }

    /// The address of an item's page, whether or not there is one.
    pub fn path(item: &Item<'a>) -> String {
        let language = item.language.map(|l| format!("{l}/")).unwrap_or_default();
        format!("{language}{}{}/", item.kind.pages().unwrap_or("-/"), item.name)
    }

    /// The item with an id, in a language where it is translated, if it is visible.
    pub fn find(&self, id: &str, language: Option<&'a str>) -> Option<&'c Item<'a>> {
        let (kind, name) = Kind::split(id)?;
        self.find_named(kind, name, language).filter(|i| self.is_visible(i))
    }

    /// The same, with services that are suspended: what stands where their card would.
    pub fn find_card(&self, id: &str, language: Option<&'a str>) -> Option<&'c Item<'a>> {
        let (kind, name) = Kind::split(id)?;
        self.find_named(kind, name, language).filter(|i| self.is_offered(i))
    }

    /// The same, for those that have a page.
    pub fn find_page(&self, id: &str, language: Option<&'a str>) -> Option<&'c Item<'a>> {
        let (kind, name) = Kind::split(id)?;
        self.find_named(kind, name, language).filter(|i| self.has_page(i))
    }

    /// The same, whether or not anybody sees it.
    pub fn find_any(&self, id: &str, language: Option<&str>) -> Option<&'c Item<'a>> {
        let (kind, name) = Kind::split(id)?;
        self.find_named(kind, name, language)
    }

    fn find_named(&self, kind: Kind, name: &str, language: Option<&str>) -> Option<&'c Item<'a>> {
        let original = self.content.named(kind, name)?;
        let all = language.and_then(|_| self.translations.get(&(kind, original.name)));
        let translated = all.and_then(|all| all.iter().copied().find(|i| i.language == language));
        // A translation goes where its original goes: alone it would outlive what it translates.
        Some(translated.filter(|i| self.has_page(original) && self.is_offered(i)).unwrap_or(original))
    }

    /// The visible translations of an original.
    pub fn translations(&self, item: &Item<'a>) -> impl Iterator<Item = &'c Item<'a>> {
        self.translations.get(&(item.kind, item.name)).into_iter().flatten().copied().filter(|i| self.is_visible(i))
    }

    /// Whether anything is translated at all.
    pub fn is_translated(&self) -> bool {
        !self.translations.is_empty() || !self.given_way.is_empty()
    }

    /// The visible originals of a kind, in the order of their files.
    pub fn visible(&self, kind: Kind) -> impl Iterator<Item = &'c Item<'a>> {
        self.content.items.iter().filter(move |i| i.kind == kind && i.language.is_none() && self.is_visible(i))
    }

    /// Adds the pages of the screens of journeys.
    pub fn add_screens(&mut self, journeys: &Journeys<'a>) {
        let items: Vec<&'c Item<'a>> = self.visible(Kind::Journey).collect();
        for item in items {
            let Some(walkable) = journeys.walkable.get(item.name).filter(|w| w.has_pages) else { continue };
            let numbers = 0..walkable.screens.list.len();
            self.pages.extend(numbers.map(|n| Page { path: walkable.path(item.name, n), what: What::Screen(item, n) }));
        }
        self.pages.sort_by(|a, b| a.path.cmp(&b.path));
    }

    fn lay_out(&self) -> Result<Vec<Page<'c, 'a>>, BuildError> {
        let mut pages: BTreeMap<String, What<'c, 'a>> = BTreeMap::new();
        let lists = [("", What::Home), ("404.html", What::NotFound), ("topics/", What::Topics), ("help/", What::Directory)];
        pages.extend(lists.map(|(path, what)| (path.to_owned(), what)));
        let more = [("journeys/", What::Journeys), ("areas/", What::Areas), ("search/", What::Search)];
        pages.extend(more.map(|(path, what)| (path.to_owned(), what)));
        for item in self.content.items.iter().filter(|i| self.has_page(i)) {
            let mut what = What::Item(item);
            if item.language.is_some() {
                let Some(original) = self.content.named(item.kind, item.name).filter(|o| self.has_page(o)) else { continue };
                if self.given_way.iter().any(|old| std::ptr::eq(*old, item)) {
                    what = What::InsteadOf(original, item);
                }
            }
            if let Some(other) = pages.insert(Self::path(item), what) {
                return Err(BuildError::Collision { path: Self::path(item), first: other.name(), second: item.id() });
            }
        }
        for item in self.content.originals().filter(|i| self.has_page(i)) {
            for former in &item.common.was {
                let path = format!("{}{}/", item.kind.pages().unwrap_or("-/"), former.value);
                // The name may have been given to another item since.
                pages.entry(path).or_insert(What::Redirect(item));
            }
        }
        Ok(pages.into_iter().map(|(path, what)| Page { path, what }).collect())
    }
}

impl What<'_, '_> {
    fn name(self) -> String {
        match self {
            Self::Item(item) | Self::InsteadOf(item, _) | Self::Redirect(item) | Self::Screen(item, _) => item.id(),
            _ => "a list that every site has".to_owned(),
        }
    }
}

impl<'a> Page<'_, 'a> {
    /// The file that it is written to.
    pub fn file(&self) -> String {
        if self.path.ends_with(".html") { self.path.clone() } else { format!("{}index.html", self.path) }
    }

    /// The language, where it is a translation.
    pub fn language(&self) -> Option<&'a str> {
        match self.what {
            What::Item(item) => item.language,
            _ => None,
        }
    }

    /// The language that people chose who come here, where it is not the site's own.
    pub fn offered_in(&self) -> Option<&'a str> {
        match self.what {
            What::InsteadOf(_, translation) => translation.language,
            _ => self.language(),
        }
    }

    /// The way back to the root.
    pub fn root(&self) -> String {
        match self.path.matches('/').count() {
            0 => "./".to_owned(),
            folders => "../".repeat(folders),
        }
    }

    /// Redirects send people on; the rest is read.
    pub fn is_read_by_people(&self) -> bool {
        !matches!(self.what, What::Redirect(_))
    }
}
