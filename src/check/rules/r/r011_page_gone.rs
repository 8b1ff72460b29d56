//! A page that the last build had is gone, and nothing stands at its address.
//!
//! People keep links: in bookmarks, on posters, in letters from a GP. An address that leads nowhere fails them when they come back
//! for help. Where an item got another name, was joined with another or is no longer offered, `was` in the item that takes its place sends
//! people there.
//!
//! The last build is the one in `public/`, by its `build-manifest.json`. Where there is none this rule finds nothing: put the manifest
//! that is published there before you check.
//!
//! ## Example
//! `content/topics/insomnia.md` was deleted, and `content/topics/sleep.md` says nothing of it.
//!
//! ## Instead
//! ```yaml
//! # content/topics/sleep.md
//! was: [insomnia]
//! ```

use serde::Deserialize;

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Content, Kind, Status};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "R011",
    name: "page-gone",
    severity: Severity::Warning,
    source: include_str!("r011_page_gone.rs"),
    check: Check::Site(check),
};

/// As much of `build-manifest.json` as is needed.
#[derive(Deserialize)]
struct Manifest<'m> {
    #[serde(default)]
    preview: bool,
    #[serde(borrow)]
    pages: Vec<Page<'m>>,
}

#[derive(Deserialize)]
struct Page<'m> {
    path: &'m str,
    #[serde(borrow)]
    items: Vec<&'m str>,
}

/// Whose page an address was.
struct Owner<'m> {
    kind: Kind,
    name: &'m str,
    language: Option<&'m str>,
}

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let Some(manifest) = site.last_manifest.as_deref().and_then(|text| serde_json::from_str::<Manifest<'_>>(text).ok()) else { return };
    // A preview was never public.
    for page in manifest.pages.iter().filter(|_| !manifest.preview) {
        let Some(owner) = owner(page).filter(|owner| !has_page(&site.content, owner)) else { continue };
        let item = site.content.items.iter().find(|i| (i.kind, i.name, i.language) == (owner.kind, owner.name, owner.language));
        let now = match item.map(|i| i.status()) {
            Some(Status::Draft) => ": its item is a draft",
            Some(Status::Retired) => ": its item is retired",
            _ => "",
        };
        let file = item.map_or("content/site.yaml", |i| i.file.path.as_str());
        let message = format!("the page `/{}` was on the site that was built last, and is gone{now}", page.path);
        let help = match owner.language {
            Some(_) => "people may have its address: keep the translation until there is a new one".to_owned(),
            None => format!("people may have its address: write `was: [{}]` into the item that takes its place", owner.name),
        };
        sink.push(Finding::new(file, Span::default(), message).help(help));
    }
}

/// The item of a page, by its address; `None` for lists and for screens of a journey, whose addresses change with its questions.
fn owner<'m>(page: &Page<'m>) -> Option<Owner<'m>> {
    let parts: Vec<&'m str> = page.path.strip_suffix('/')?.split('/').collect();
    let of_folder =
        |folder: &str| Kind::ALL.into_iter().find(|k| k.pages().is_some_and(|f| !f.is_empty() && f.trim_end_matches('/') == folder));
    let (kind, name, language) = match parts.as_slice() {
        // A page of the program's own, such as the list of topics, shows other items than one of its name.
        [name] => (Kind::Page, *name, None),
        [first, name] => match of_folder(first) {
            Some(kind) => (kind, *name, None),
            None => (Kind::Page, *name, Some(*first)),
        },
        [language, folder, name] => (of_folder(folder)?, *name, Some(*language)),
        _ => return None,
    };
    let is_own = page.items.contains(&kind.id_in(name, language).as_str());
    let is_redirect = page.items.is_empty() && kind != Kind::Page;
    (is_own || is_redirect).then_some(Owner { kind, name, language })
}

/// Whether something stands at the address now.
fn has_page(content: &Content<'_>, owner: &Owner<'_>) -> bool {
    let Some(original) = content.named(owner.kind, owner.name) else {
        return owner.language.is_none() && content.former.contains_key(&(owner.kind, owner.name));
    };
    let is_shown = original.is_live() || (original.kind == Kind::Resource && original.status() == Status::Retired);
    let is_redirected = || content.former.contains_key(&(owner.kind, owner.name));
    match owner.language {
        None => is_shown || is_redirected(),
        Some(language) => {
            is_shown
                && content.items.iter().any(|i| (i.kind, i.name, i.language) == (owner.kind, owner.name, Some(language)) && i.is_live())
        }
    }
}
