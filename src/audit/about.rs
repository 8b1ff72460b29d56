//! What is known of a site besides its files: what its pages have to carry.

use jiff::civil::Date;
use serde_json::Value;

use crate::check::Context;
use crate::check::numbers::Numbers;
use crate::model::Kind;

/// What is known of a site. The default knows nothing: then only what holds for every site is asked.
#[derive(Debug, Default)]
pub struct About {
    /// Where it is published.
    pub base_url: Option<String>,
    /// Whether Signpost built it, so that its own promises are held against it.
    pub is_ours: bool,
    /// Whether it shows drafts.
    pub is_preview: bool,
    /// Whether it is a demonstration.
    pub is_demonstration: bool,
    /// Numbers that can be called from every page.
    pub calls: Vec<Call>,
    /// The page with all urgent help, as a path of the site: `urgent/`.
    pub urgent_page: Option<String>,
    /// Numbers and addresses that are out of use.
    pub retired: Option<Retired>,
}

/// A rule of `safety.yaml`: a number that can be called from every page.
#[derive(Debug)]
pub struct Call {
    /// The rule's id.
    pub rule: String,
    /// The number, as the site writes it.
    pub number: String,
}

/// Numbers and addresses, with the titles of the services that had those out of use.
#[derive(Debug)]
pub struct Retired {
    /// The numbers of all services.
    pub numbers: Numbers,
    /// Whether there is any that is out of use.
    pub is_any: bool,
    /// Titles by the index of the item.
    titles: Vec<String>,
}

impl Retired {
    /// The title of the service that had a number or address.
    pub fn title(&self, item: usize) -> &str {
        self.titles.get(item).map_or("", String::as_str)
    }
}

impl About {
    /// What a build says of itself in its manifest.
    pub fn of_manifest(manifest: &Value) -> Self {
        let is = |key: &str| manifest[key].as_bool().unwrap_or_default();
        Self {
            base_url: manifest["base_url"].as_str().map(str::to_owned),
            is_ours: manifest["program"].as_str().is_some_and(|p| p.starts_with("signpost ")),
            is_preview: is("preview"),
            is_demonstration: is("demonstration"),
            ..Self::default()
        }
    }

    /// What a build is about to make, at `base_url` where that is another than the content says.
    pub fn of_build(context: &Context<'_>, base_url: Option<&str>, is_preview: bool) -> Self {
        let site = context.content.site.as_ref();
        let base_url = base_url.or_else(|| Some(site?.base_url.value)).map(str::to_owned);
        let is_demonstration = site.is_some_and(|s| s.demonstration);
        Self { base_url, is_ours: true, is_preview, is_demonstration, ..Self::default() }.with_content(context)
    }

    /// The same with what the content asks of every page.
    #[must_use]
    pub fn with_content(mut self, context: &Context<'_>) -> Self {
        let content = &context.content;
        let rules = content.safety.iter().flat_map(|s| &s.pages);
        self.calls = rules.map(|r| Call { rule: r.id.value.to_owned(), number: r.needs.call.value.to_owned() }).collect();
        let page = content.site.as_ref().and_then(|s| s.emergency_help.as_ref()?.page);
        let name = page.and_then(|p| Kind::split(p.value)).filter(|(kind, _)| *kind == Kind::Page).map(|(_, name)| name);
        self.urgent_page = name.map(|name| format!("{name}/"));
        // Pages show what is in use as of the newest confirmation; what has ended since then is theirs to say.
        let newest = content.confirmations.values().filter_map(|(_, c)| c.date.value.parse::<Date>().ok()).max();
        let numbers = Numbers::of(content, newest.unwrap_or(Date::MIN));
        let titles = content.items.iter().map(|i| i.title().to_owned()).collect();
        let is_any = numbers.has_retired_addresses() || numbers.by_number().any(|uses| uses.iter().all(|u| !u.is_live));
        self.retired = Some(Retired { numbers, is_any, titles });
        self
    }
}
