//! The generated site: plan → pages → write.
//!
//! [`render`] is a pure function from what was checked to a list of files: the same input gives the same bytes on any machine
//! and any number of threads. [`build`] writes them so that the folder appears whole or not at all. Both trust that the
//! checks found no error; what they cannot show they leave out.
//!
//! Nothing here asks the clock. A channel, or an area's service, counts as over or not yet begun *as of the newest
//! confirmation* in `reviews/confirmations/`: a date that the repository itself carries, and that moves as people keep its
//! services confirmed. What has an end or starts later than that says so on the page, in words.
//!
//! Knows nothing of records and signatures ([`crate::review`] says what they come to), of the command line, or of how findings are
//! printed.

mod assets;
mod context;
mod hold;
mod journeys;
mod machine;
mod made;
mod manifest;
mod markdown;
mod marks;
mod offline;
mod pages;
mod patch;
mod plan;
mod resources;
mod scrub;
mod search;
mod shared;
mod structured;
mod suspended;
mod templates;
mod text;
mod unapproved;
mod write;

use std::collections::{BTreeMap, BTreeSet};
use std::path::PathBuf;

use jiff::civil::Date;

use crate::check::Context;
use crate::load::past::Past;
use crate::model::Identity;
use crate::review::Published;

pub use hold::{Difference, Folder, folder, last_manifest};
pub use made::{Files, Made};
pub use templates::TemplateError;
pub use write::WriteError;

/// What a build is asked for.
#[derive(Debug, Clone, Default)]
pub struct BuildOptions {
    /// The folder that the site is written to.
    pub out: PathBuf,
    /// Where it will be published, instead of `base_url` of `site.yaml`.
    pub base_url: Option<String>,
    /// With drafts, marked, and kept out of search engines.
    pub preview: bool,
    /// What reviews say: suspensions, dates, approvals, debts.
    pub reviews: Published,
    /// What git says of the past: dates of pages, and what changed. Empty where nobody knows.
    pub past: Past,
    /// That it is a release, and of what.
    pub release: Option<ReleaseOf>,
}

/// What a release was built of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ReleaseOf {
    /// The repository's own number.
    pub project: String,
    /// The full hash of the commit.
    pub commit: String,
    /// The day that dates were held against.
    pub as_of: Date,
}

/// What was built.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Built {
    /// Pages that people read; redirects are none.
    pub pages: usize,
    /// Files, the manifest included.
    pub files: usize,
    /// Bytes of all files.
    pub bytes: u64,
    /// Files that differ from those that were there.
    pub changed: usize,
    /// Ids of journeys with more screens than may be pages: they need JavaScript.
    pub scripted: Vec<String>,
}

/// The files of a site, before they are written.
#[derive(Debug)]
pub struct Rendered {
    /// By path, with `/`, relative to the site's root.
    pub files: Vec<(String, Vec<u8>)>,
    /// Pages that people read; redirects are none.
    pub pages: usize,
    /// Ids of journeys with more screens than may be pages: they need JavaScript.
    pub scripted: Vec<String>,
}

/// Why there is no site.
#[derive(Debug, thiserror::Error)]
pub enum BuildError {
    /// `site.yaml` is missing or does not fit.
    #[error("content/site.yaml cannot be read; `signpost check` says why")]
    NoSite,
    /// Two items want the same address.
    #[error("{first} and {second} would both be the page `/{path}`; rename one of them")]
    Collision {
        /// The address.
        path: String,
        /// Who has it.
        first: String,
        /// Who wants it too.
        second: String,
    },
    /// Something that the site must never lack is suspended.
    #[error("{what} is suspended, and {why}: a site without it must not be published")]
    Required {
        /// The item, or the number.
        what: String,
        /// Where it says that the site needs it.
        why: &'static str,
    },
    /// A journey with an urgent ending needs more pages than a journey may have.
    #[error(
        "{journey} would be {pages} pages, more than the {limit} that a journey may have, and it can end at {ending}: people without JavaScript could not come there. Let fewer answers change what comes later, or allow more with `journey_pages` in content/site.yaml"
    )]
    TooManyPages {
        /// The journey.
        journey: String,
        /// The urgent ending.
        ending: String,
        /// How many pages it would be.
        pages: usize,
        /// How many it may be.
        limit: usize,
    },
    /// A template is wrong, or met something that it did not expect.
    #[error(transparent)]
    Template(#[from] TemplateError),
    /// The folder could not be written.
    #[error(transparent)]
    Write(#[from] WriteError),
}

/// Renders the site and puts it into `options.out`; the folder stays as it was if anything fails.
///
/// # Errors
/// Where a template fails or the folder cannot be written.
pub fn build(context: &Context<'_>, options: &BuildOptions) -> Result<Built, BuildError> {
    build_if(context, options, |_| true)?.ok_or(BuildError::NoSite)
}

/// The same, if whoever looks at what would be written lets it pass; `None` where not, and the folder stays as it was.
///
/// # Errors
/// As for [`build`].
pub fn build_if(context: &Context<'_>, options: &BuildOptions, judge: impl FnOnce(&Rendered) -> bool) -> Result<Option<Built>, BuildError> {
    write::ensure_ours(&options.out)?;
    let rendered = render(context, options)?;
    if !judge(&rendered) {
        return Ok(None);
    }
    let changed = write::write(&options.out, &rendered.files)?;
    let bytes = rendered.files.iter().map(|(_, bytes)| bytes.len() as u64).sum();
    Ok(Some(Built { pages: rendered.pages, files: rendered.files.len(), bytes, changed, scripted: rendered.scripted }))
}

/// Renders the pages of these items alone, drafts among them, by id: what a review shows. Items without a page are left out.
///
/// # Errors
/// As for [`render`].
pub fn pages_of(context: &Context<'_>, ids: &BTreeSet<String>) -> Result<BTreeMap<String, String>, BuildError> {
    let options = BuildOptions { preview: true, ..BuildOptions::default() };
    let shared = shared::Shared::new(context, &options)?;
    let wanted = shared.facts.plan.pages.iter().filter_map(|page| match page.what {
        plan::What::Item(item) => Some((Identity::of(&item.file.path).id().filter(|id| ids.contains(id))?, page)),
        _ => None,
    });
    let mut found = BTreeMap::new();
    for (id, page) in wanted {
        let bytes = pages::render(&shared, page)?.bytes;
        found.insert(id, String::from_utf8_lossy(&bytes).into_owned());
    }
    Ok(found)
}

/// Renders the site, without writing anything: every file, sorted by path.
///
/// # Errors
/// Where there is no `site.yaml`, two pages have one address, or a template fails; always the first in order of paths.
pub fn render(context: &Context<'_>, options: &BuildOptions) -> Result<Rendered, BuildError> {
    let shared = shared::Shared::new(context, options)?;
    Ok(made::all(context, &shared)?.0)
}
