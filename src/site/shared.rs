//! What all pages share, worked out once: addresses, templates, words, services and the help on every page.
//!
//! Knows nothing of single pages.

use std::collections::{BTreeMap, HashMap, HashSet};
use std::ops::Deref;

use minijinja::value::Value;

use super::assets;
use super::context::{Action, AssetData, Clock, EmergencyHelp, Feedback, Place, SiteData, value};
use super::journeys::{self, Journeys};
use super::markdown::Numbers;
use super::marks;
use super::offline::Offline;
use super::plan::Plan;
use super::resources;
use super::scrub::Scrub;
use super::suspended;
use super::templates::Theme;
use super::text::Locale;
use super::{BuildError, BuildOptions, ReleaseOf};
use crate::check::{Context, translation};
use crate::load::past::Past;
use crate::load::readers::Readers;
use crate::model::{self, ChannelType, Content, Item, Kind};
use crate::review::Published;

/// What is true of the repository, whatever the language of a page.
pub(super) struct Facts<'c, 'a> {
    pub content: &'c Content<'a>,
    pub site: &'c model::Site<'a>,
    pub plan: Plan<'c, 'a>,
    /// The day of the newest confirmation: what is over by then is not shown.
    pub as_of: Option<&'a str>,
    /// What reviews say of what is shown.
    pub reviews: &'c Published,
    /// What git says of the past.
    pub past: &'c Past,
}

/// What pages in one language share.
pub(super) struct Skin<'a> {
    pub locale: Locale,
    /// The language where it is not the site's own.
    pub language: Option<&'a str>,
    pub site: Value,
    /// Every service that can stand on a card, by name.
    pub resources: HashMap<&'a str, Value>,
    /// Help now, for pages that have it in their main part too.
    pub urgent: Vec<Action>,
    /// The same with the number that is on top of every page: where it stands for the services themselves.
    pub emergency: Vec<Action>,
}

/// Everything that pages share.
pub(super) struct Shared<'c, 'a> {
    pub facts: Facts<'c, 'a>,
    /// What it is a release of, where it is one.
    pub release: Option<&'c ReleaseOf>,
    /// The rest, which stays when only the text of an item changes.
    pub fixed: Fixed<'a>,
    /// Which pages hold the text of which file.
    pub readers: Readers,
}

/// What pages share and no item's text decides.
pub(super) struct Fixed<'a> {
    pub theme: Theme,
    pub numbers: Numbers,
    pub base_url: String,
    pub is_preview: bool,
    pub assets_linked: Value,
    pub assets_inlined: Value,
    /// Of pages with a script that reads files of the site.
    pub assets_scripted: Value,
    /// The same, for pages that hold their style sheet.
    pub assets_searched: Value,
    /// What browsers keep for when there is no network; `None` where that is nothing.
    pub offline: Option<Offline>,
    /// The journeys that can be answered.
    pub journeys: Journeys<'a>,
    /// Ids of what stands on every page.
    pub every_page: Vec<String>,
    /// Takes the contact details of what is suspended out of pages; nothing where nothing is.
    pub scrub: Option<Scrub>,
    /// Journeys by the topics that they are about.
    by_topic: HashMap<&'a str, Vec<&'a str>>,
    own: Skin<'a>,
    translated: BTreeMap<&'a str, Skin<'a>>,
    /// The files of translations that give way to their originals.
    given_way: Vec<String>,
    /// Files whose text does decide some of this, so that nothing of it stays when it changes: of an outcome that journeys end at, whose
    /// version they carry; of what is translated, as a translation may give way to it;
    /// of the hazard log, which has a fingerprint as a whole.
    decisive: HashSet<String>,
}

/// So that pages need not know which of it stays.
impl<'a> Deref for Shared<'_, 'a> {
    type Target = Fixed<'a>;

    fn deref(&self) -> &Fixed<'a> {
        &self.fixed
    }
}

impl<'c, 'a> Facts<'c, 'a> {
    fn new(context: &'c Context<'a>, options: &'c BuildOptions, given_way: &[String]) -> Result<Self, BuildError> {
        let content = &context.content;
        let site = content.site.as_ref().ok_or(BuildError::NoSite)?;
        let as_of = content.confirmations.values().map(|(_, c)| c.date.value).max();
        let reviews = &options.reviews;
        let plan = Plan::new(content, options.preview, suspended::whole(content, &reviews.suspensions, as_of), given_way)?;
        Ok(Self { content, site, plan, as_of, reviews, past: &options.past })
    }

    /// The place of an item with a page.
    pub fn place(&self, id: &str, language: Option<&'a str>) -> Option<Place> {
        self.plan.find_page(id, language).map(|item| Place { title: marks::title(item, language), path: Plan::path(item) })
    }

    /// Whether something with these dates is not over, as of the newest confirmation.
    pub fn is_current(&self, until: Option<&str>) -> bool {
        !matches!((until, self.as_of), (Some(until), Some(as_of)) if until < as_of)
    }

    /// The date if it lies ahead, as of the newest confirmation.
    pub fn ahead(&self, date: Option<&str>) -> Option<String> {
        date.filter(|d| self.as_of.is_none_or(|as_of| *d > as_of)).map(str::to_owned)
    }
}

/// The place of an item.
pub(super) fn place(item: &Item<'_>) -> Place {
    Place { title: item.title().to_owned(), path: Plan::path(item) }
}

impl<'c, 'a> Shared<'c, 'a> {
    /// Works out what pages share.
    pub fn new(context: &'c Context<'a>, options: &'c BuildOptions) -> Result<Self, BuildError> {
        let given_way = translation::given_way(context);
        let mut facts = Facts::new(context, options, &given_way)?;
        let journeys = journeys::all(context, &facts.plan)?;
        facts.plan.add_screens(&journeys);
        let fixed = Fixed::new(context, &facts, options, journeys, given_way)?;
        Ok(Self { facts, release: options.release.as_ref(), fixed, readers: Readers::default() })
    }

    /// The same of a context in which only the text of files changed, none of which [`Fixed::is_decided_by`].
    pub fn again(context: &'c Context<'a>, options: &'c BuildOptions, (fixed, readers): (Fixed<'a>, Readers)) -> Result<Self, BuildError> {
        let mut facts = Facts::new(context, options, &fixed.given_way)?;
        facts.plan.add_screens(&fixed.journeys);
        Ok(Self { facts, release: options.release.as_ref(), fixed, readers })
    }

    /// The names of the visible journeys about a topic, by its id.
    pub fn journeys_about(&self, topic: &str) -> &[&'a str] {
        self.by_topic.get(topic).map_or(&[], Vec::as_slice)
    }

    /// A page or a piece of one, with the language of what is not in the page's own.
    pub fn marked(&self, skin: &Skin<'_>, html: String) -> String {
        let may_differ = skin.language.is_some() || skin.locale.has_gaps;
        if may_differ { marks::html(html, self.facts.site.language.value) } else { html }
    }

    /// What pages in a language share.
    pub fn skin(&self, language: Option<&str>) -> &Skin<'a> {
        language.and_then(|l| self.translated.get(l)).unwrap_or(&self.own)
    }

    /// Whether no page is for search engines.
    pub fn is_hidden(&self) -> bool {
        self.is_preview || self.facts.site.demonstration
    }

    /// The path of `base_url`, with slashes around: where a page stands that may be served at any address.
    pub fn base_path(&self) -> &str {
        let after_scheme = self.base_url.split_once("://").map_or(self.base_url.as_str(), |(_, rest)| rest);
        after_scheme.find('/').map_or("/", |at| &after_scheme[at..])
    }
}

impl<'a> Fixed<'a> {
    fn new(
        context: &Context<'a>,
        facts: &Facts<'_, 'a>,
        options: &BuildOptions,
        journeys: Journeys<'a>,
        given_way: Vec<String>,
    ) -> Result<Self, BuildError> {
        let (content, site) = (facts.content, facts.site);
        let scrub = Scrub::new(facts);
        let theme = Theme::new(context.snapshot, &site.brand)?;
        let mut base_url = options.base_url.clone().unwrap_or_else(|| site.base_url.value.to_owned());
        if !base_url.ends_with('/') {
            base_url.push('/');
        }
        let own = skin(context, facts, &base_url, options.preview, None);
        let languages: HashSet<&'a str> = facts.plan.pages.iter().filter_map(|p| p.offered_in()).collect();
        let translated = languages.into_iter().map(|l| (l, skin(context, facts, &base_url, options.preview, Some(l)))).collect();
        let css_path = theme.assets.path("site.css").unwrap_or_default().to_owned();
        let icon_path = theme.assets.path(assets::ICON).unwrap_or_default().to_owned();
        let touch_icon_path = theme.assets.path("apple-touch-icon.png").map(str::to_owned);
        let offline = Offline::new(facts, &journeys, options.preview);
        let scripts = theme.assets.scripts();
        let data = |css_inline: Option<String>, csp: &str| {
            let (css_path, icon_path, touch_icon_path) = (css_path.clone(), icon_path.clone(), touch_icon_path.clone());
            value(AssetData { css_path, icon_path, touch_icon_path, css_inline, csp: csp.to_owned(), scripts: scripts.clone() })
        };
        let assets_linked = data(None, &theme.assets.csp_linked);
        let assets_scripted = data(None, &theme.assets.csp_scripted);
        let assets_inlined = data(Some(theme.assets.css.clone()), &theme.assets.csp_inlined);
        let assets_searched = data(Some(theme.assets.css.clone()), &theme.assets.csp_searched);
        let every_page = site.emergency_help.iter().flat_map(|h| &h.signposts).map(|s| s.value.to_owned()).collect();
        let numbers = Numbers::new(facts);
        let mut by_topic: HashMap<&'a str, Vec<&'a str>> = HashMap::new();
        for item in facts.plan.visible(Kind::Journey) {
            for topic in &item.common.topics {
                by_topic.entry(topic.value).or_default().push(item.name);
            }
        }
        let ends = journeys.versions.keys().filter_map(|id| content.get(id));
        let originals = content.items.iter().filter(|i| i.language.is_some()).filter_map(|i| content.named(i.kind, i.name));
        let logged = content.items.iter().filter(|i| i.kind == Kind::Hazard);
        let decisive = ends.chain(originals).chain(logged).map(|item| item.file.path.clone()).collect();
        Ok(Self {
            theme,
            numbers,
            base_url,
            is_preview: options.preview,
            assets_linked,
            assets_inlined,
            assets_scripted,
            assets_searched,
            offline,
            journeys,
            every_page,
            scrub,
            by_topic,
            own,
            translated,
            given_way,
            decisive,
        })
    }

    /// Whether the text of a file decides something of this.
    pub fn is_decided_by(&self, file: &str) -> bool {
        self.decisive.contains(file)
    }
}

fn skin<'a>(context: &Context<'a>, facts: &Facts<'_, 'a>, base_url: &str, preview: bool, language: Option<&'a str>) -> Skin<'a> {
    let site = facts.site;
    let locale = Locale::new(context.snapshot, language.unwrap_or(site.language.value), site.language.value);
    let prepared = resources::all(facts, &locale, language);
    let help = site.emergency_help.as_ref();
    let call = help.and_then(|h| h.call).map(|c| c.value);
    let wanted = [ChannelType::Phone, ChannelType::Text, ChannelType::Webchat];
    let helpers: Vec<&resources::Prepared> =
        help.into_iter().flat_map(|h| &h.signposts).filter_map(|s| prepared.get(s.value.strip_prefix("resource/")?)).collect();
    let first = helpers.iter().filter_map(|r| resources::actions(r, &wanted, call).into_iter().next());
    let emergency_help = help.map(|help| EmergencyHelp {
        heading: help.heading.value.to_owned(),
        text: help.text.value.to_owned(),
        call: call.map(str::to_owned),
        call_href: call.map(|c| resources::dial("tel:", c)),
        page: help.page.and_then(|p| facts.place(p.value, language)),
        actions: first.collect(),
    });
    let urgent = helpers.iter().flat_map(|r| resources::actions(r, &wanted, call)).collect();
    let emergency = helpers.iter().flat_map(|r| resources::actions(r, &wanted, None)).collect();
    let data = SiteData {
        name: site.name.value.to_owned(),
        base_url: base_url.to_owned(),
        language: site.language.value.to_owned(),
        organisation: site.organisation.value.to_owned(),
        demonstration: site.demonstration,
        preview,
        exit_href: site.exit_url.map(|u| u.value.to_owned()),
        menu: menu(facts, &locale),
        navigation: site.navigation.iter().filter_map(|id| facts.place(id.value, language)).collect(),
        emergency_help,
        feedback: site.feedback.as_ref().filter(|f| f.email.is_some() || f.url.is_some()).map(|f| Feedback {
            email: f.email.map(|t| t.value.to_owned()),
            url: f.url.map(|t| t.value.to_owned()),
            hours: f.hours.map(|t| t.value.to_owned()),
        }),
        clock: Clock {
            time_zone: site.time_zone.value.to_owned(),
            holidays: site.holidays.iter().flat_map(|h| &h.dates).map(|d| d.value.to_owned()).collect(),
            until: site.holidays.as_ref().map(|h| h.until.value.to_owned()),
        },
        crisis_phrases: site.crisis_phrases.iter().map(|p| p.value.to_owned()).collect(),
    };
    let resources = prepared.into_iter().map(|(name, r)| (name, value(&r.data))).collect();
    Skin { locale, language, site: value(data), resources, urgent, emergency }
}

fn menu(facts: &Facts<'_, '_>, locale: &Locale) -> Vec<Place> {
    let lists = [
        (Kind::Topic, "topics/", "nav.topics"),
        (Kind::Journey, "journeys/", "nav.journeys"),
        (Kind::Resource, "help/", "nav.help"),
        (Kind::Area, "areas/", "nav.areas"),
    ];
    let filled = lists.into_iter().filter(|(kind, ..)| facts.plan.visible(*kind).next().is_some()).map(|(_, path, word)| (path, word));
    filled
        .chain([("search/", "nav.search")])
        .map(|(path, word)| Place { title: locale.word(word).to_owned(), path: path.to_owned() })
        .collect()
}
