//! What programs read rather than people: sitemap, feed of changes, data, headers for the host, web manifest.
//!
//! Everything here is of what is published: never a draft, never a number that is suspended. Dates come from git and the records.

mod api;
mod feed;
mod sitemap;
mod webmanifest;

use jiff::Timestamp;
use minijinja::context;
use minijinja::value::Value;

use super::marks;
use super::pages::Rendered;
use super::shared::{Facts, Shared};
use super::templates::TemplateError;
use crate::check::Context;
use crate::model::Item;

/// The files, of pages that have been made.
pub(super) fn files(context: &Context<'_>, shared: &Shared<'_, '_>, pages: &[Rendered]) -> Result<Vec<(String, Vec<u8>)>, TemplateError> {
    let site = &shared.skin(None).site;
    let t = &shared.skin(None).locale.t;
    let robots = context! { sitemap_url => format!("{}sitemap.xml", shared.base_url) };
    let mut files = vec![("manifest.webmanifest".to_owned(), webmanifest::file(shared))];
    let mut add = |name: &str, template: &str, data: Value| -> Result<(), TemplateError> {
        // What is no page cannot say which language a part of it is in.
        files.push((name.to_owned(), marks::bare(&shared.theme.render(template, name, data)?).into_bytes()));
        Ok(())
    };
    add("sitemap.xml", "sitemap.xml", context! { site, sitemap => sitemap::entries(shared, pages) })?;
    add("robots.txt", "robots.txt", context! { site, robots })?;
    add("_headers", "headers.txt", context! { site, headers => headers(shared) })?;
    add("feed.xml", "feed.xml", context! { site, t, feed => feed::feed(context, shared) })?;
    files.extend(api::files(shared));
    Ok(files)
}

/// What a host should send along with the files.
fn headers(shared: &Shared<'_, '_>) -> Value {
    context! {
        base_path => shared.base_path(),
        https => shared.base_url.starts_with("https://"),
        csp => shared.theme.assets.csp_of_host.as_str(),
    }
}

/// A moment of git, as data has it: `2026-11-21T12:00:00Z`.
fn moment(seconds: i64) -> Option<String> {
    Some(Timestamp::from_second(seconds).ok()?.to_string())
}

/// When an item last changed, by git.
pub(super) fn updated(facts: &Facts<'_, '_>, item: &Item<'_>) -> Option<String> {
    moment(*facts.past.times.get(item.file.path.as_str())?)
}
