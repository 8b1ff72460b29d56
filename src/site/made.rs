//! A site that was made, kept so that a change of an item's text makes only what it changes.
//!
//! What is kept rests on everything but the texts of items (the part of a Markdown file after its front matter): of those, each page
//! notes which it holds ([`Readers`]), and few decide more than pages (`Fixed::is_decided_by`). So a change of texts makes the
//! pages again that held them, and what is made of all pages together. Whatever else changes, the caller makes a site anew.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use rayon::prelude::*;

use super::manifest::{self, Manifest};
use super::pages::{self, Rendered as Page};
use super::plan::{self, Plan, What};
use super::shared::{Fixed, Shared};
use super::templates::TemplateError;
use super::{BuildError, BuildOptions, Rendered, machine, offline, search, suspended};
use crate::check::Context;
use crate::load::readers::Readers;
use crate::model::Kind;

/// Files by path.
pub type Files = BTreeMap<String, Arc<Vec<u8>>>;

/// A site that was made, with what it takes to make a part of it again.
pub struct Made<'a> {
    /// The files of the site.
    pub files: Files,
    /// Nothing where it was lost to an error.
    kept: Option<(Fixed<'a>, Readers)>,
    /// In the order of their addresses, without their bytes.
    pages: Vec<Page>,
    manifest: Manifest,
}

/// Renders all of a site.
pub(super) fn all(context: &Context<'_>, shared: &Shared<'_, '_>) -> Result<(Rendered, Vec<Page>, Manifest), BuildError> {
    suspended::refuse_gaps(shared)?;
    let all = &shared.facts.plan.pages;
    let (rendered, (index, walkers)) = rayon::join(
        || all.par_iter().map(|page| pages::render(shared, page)).collect::<Vec<Result<Page, TemplateError>>>(),
        || rayon::join(|| search::file(shared), || pages::walker_files(shared)),
    );
    let mut rendered: Vec<Page> = rendered.into_iter().collect::<Result<_, _>>()?;
    let count = all.iter().filter(|p| p.is_read_by_people()).count();
    let mut manifest = Manifest::new(context, shared, &rendered);
    let machine = machine::files(context, shared, &rendered)?;
    let mut files: Vec<(String, Vec<u8>)> = rendered.iter_mut().map(|page| (page.file.clone(), std::mem::take(&mut page.bytes))).collect();
    files.extend(shared.theme.assets.files.iter().cloned());
    files.extend(machine);
    files.extend(walkers?);
    files.push(index);
    files.sort_by(|a, b| a.0.cmp(&b.0));
    files.extend(offline::file(shared, files.iter().map(|(path, bytes)| (path, bytes.as_slice())))?);
    manifest.put_files(&files);
    files.push((manifest::FILE.to_owned(), manifest.text()));
    files.sort_by(|a, b| a.0.cmp(&b.0));
    let mut scripted: Vec<String> =
        shared.journeys.walkable.iter().filter(|(_, w)| !w.has_pages).map(|(name, _)| Kind::Journey.id(name)).collect();
    scripted.sort();
    Ok((Rendered { files, pages: count, scripted }, rendered, manifest))
}

impl<'a> Made<'a> {
    /// Renders a site, and keeps what it takes to render a part of it again.
    ///
    /// # Errors
    /// As [`super::render`].
    pub fn new(context: &Context<'a>, options: &BuildOptions) -> Result<Self, BuildError> {
        let shared = Shared::new(context, options)?;
        let (rendered, pages, manifest) = all(context, &shared)?;
        let files = rendered.files.into_iter().map(|(path, bytes)| (path, Arc::new(bytes))).collect();
        Ok(Self { files, kept: Some((shared.fixed, shared.readers)), pages, manifest })
    }

    /// Makes again what changes with the texts of these files, which are all that changed in the context; gives the paths of the files of
    /// the site that are others now. `None` where the site has to be made anew. The options are those that it was made with.
    ///
    /// # Errors
    /// As [`super::render`]; the site then has to be made anew.
    pub fn make_again(
        &mut self,
        context: &Context<'a>,
        options: &BuildOptions,
        changed: &BTreeSet<String>,
    ) -> Result<Option<Vec<String>>, BuildError> {
        let Some((fixed, readers)) = self.kept.take() else { return Ok(None) };
        if changed.iter().any(|path| fixed.is_decided_by(path)) {
            return Ok(None);
        }
        let shared = Shared::again(context, options, (fixed, readers))?;
        let made = self.parts(context, &shared, changed)?;
        self.kept = Some((shared.fixed, shared.readers));
        Ok(made)
    }

    fn parts(
        &mut self,
        context: &Context<'a>,
        shared: &Shared<'_, 'a>,
        changed: &BTreeSet<String>,
    ) -> Result<Option<Vec<String>>, BuildError> {
        let all = &shared.facts.plan.pages;
        if all.len() != self.pages.len() {
            return Ok(None);
        }
        let paths: BTreeSet<String> = changed.iter().flat_map(|path| shared.readers.of(path)).collect();
        let number = |path: &String| all.binary_search_by(|page| page.path.cmp(path)).ok();
        let numbers: Vec<usize> = paths.iter().filter_map(number).collect();
        let rendered: Vec<Result<Page, TemplateError>> = numbers.par_iter().map(|n| pages::render(shared, &all[*n])).collect();
        let (mut files, mut others) = (Vec::new(), Vec::new());
        for (number, page) in numbers.iter().zip(rendered) {
            let mut page = page?;
            files.push((page.file.clone(), std::mem::take(&mut page.bytes)));
            if page.items != self.pages[*number].items {
                others.push(*number);
            }
            self.pages[*number] = page;
        }
        for journey in numbers.iter().filter_map(|n| journey(&all[*n])) {
            files.extend(pages::walker_file(shared, journey)?);
        }
        if !others.is_empty() {
            files.extend(machine::files(context, shared, &self.pages)?);
        }
        if search::has_text(shared) {
            files.push(search::file(shared));
        }
        self.manifest.update(context, shared, &self.pages, &others, changed);
        let mut put = Vec::new();
        self.put(files, &mut put);
        let worker = offline::file(shared, self.files.iter().map(|(path, bytes)| (path, bytes.as_slice())))?;
        self.put(worker.into_iter().collect(), &mut put);
        let manifest = self.manifest.text();
        self.put(vec![(manifest::FILE.to_owned(), manifest)], &mut put);
        Ok(Some(put))
    }

    /// Puts files into the site, and notes those that are others than before.
    fn put(&mut self, files: Vec<(String, Vec<u8>)>, put: &mut Vec<String>) {
        for (path, bytes) in files {
            if self.files.get(&path).is_some_and(|old| **old == bytes) {
                continue;
            }
            if path != manifest::FILE {
                self.manifest.put_file(&path, &bytes);
            }
            put.push(path.clone());
            self.files.insert(path, Arc::new(bytes));
        }
    }
}

/// The journey that a page is the start of.
fn journey<'c, 'a>(page: &plan::Page<'c, 'a>) -> Option<&'c crate::model::Item<'a>> {
    match page.what {
        What::Item(item) if item.kind == Kind::Journey && item.language.is_none() && Plan::path(item) == page.path => Some(item),
        _ => None,
    }
}
