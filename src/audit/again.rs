//! What the rules found on the files of a site, kept, so that only files that changed are looked at again.
//!
//! Rules of one file look at that file and at which others there are; at what others hold only where these are no pages (the weight of
//! a page counts its style sheet). So files of the same names whose pages did not change need no second look. Rules over the
//! whole site run anew on what was kept of each file.

use std::borrow::Cow;
use std::collections::BTreeSet;

use rayon::prelude::*;

use super::view;
use super::{About, Check, Sink, Site, one, rules};
use crate::diag::Finding;
use crate::source::Span;

/// What the rules found on a site.
pub struct Judged {
    about: About,
    /// In the order of their paths: every file of the site.
    files: Vec<Facts>,
    in_site: Vec<Finding>,
}

/// What is known of one file.
struct Facts {
    path: String,
    found: Vec<Finding>,
    kept: Option<Kept>,
}

/// What rules over the whole site look at, without its page: see [`view::Kept`].
struct Kept {
    title: Option<(String, Span)>,
    ids: Vec<String>,
    anchors: Vec<(usize, String, Span)>,
    is_noindex: bool,
    listed: Vec<(usize, Span)>,
}

impl Judged {
    /// Runs every rule over a site: its files by path.
    pub fn of<'f>(files: impl IntoIterator<Item = (&'f str, &'f [u8])>, about: About) -> Self {
        let files: Vec<(&str, &[u8])> = files.into_iter().collect();
        let site = Site::new(files.iter().map(|(path, bytes)| (*path, Some(*bytes))), &about);
        let facts = |number: usize| facts(&site, number);
        let files = (0..site.files().len()).into_par_iter().map(facts).collect();
        let mut judged = Self { about: About::default(), files, in_site: Vec::new() };
        judged.in_site = judged.over(&site);
        drop(site);
        judged.about = about;
        judged
    }

    /// Looks again at the files that changed, of a site of the same files otherwise. `false` where it has others, or what no page is
    /// changed that pages may need: then nothing is looked at.
    pub fn look_again<'f>(&mut self, files: impl IntoIterator<Item = (&'f str, &'f [u8])>, changed: &BTreeSet<&str>) -> bool {
        let is_needed = |path: &&str| [".css", ".js"].iter().any(|end| path.ends_with(end)) && *path != "sw.js";
        let is_page = |path: &str| path.ends_with(".html");
        // What is no page is asked for its text; that of pages that stay matters to none.
        let text =
            |(path, bytes): (&'f str, &'f [u8])| (path, Some(if is_page(path) && !changed.contains(path) { &[][..] } else { bytes }));
        let about = std::mem::take(&mut self.about);
        let site = Site::new(files.into_iter().map(text), &about);
        let is_same =
            site.files().len() == self.files.len() && site.files().iter().zip(&self.files).all(|(now, then)| now.path == then.path);
        let can = is_same && !changed.iter().any(is_needed);
        if can {
            let numbers: Vec<usize> = changed.iter().filter_map(|path| site.number(path)).collect();
            let again: Vec<Facts> = numbers.par_iter().map(|number| facts(&site, *number)).collect();
            for (number, facts) in numbers.into_iter().zip(again) {
                self.files[number] = facts;
            }
            self.in_site = self.over(&site);
        }
        drop(site);
        self.about = about;
        can
    }

    /// What is found, by file and place.
    pub fn findings(&self) -> Vec<&Finding> {
        let mut all: Vec<&Finding> = self.files.iter().flat_map(|file| &file.found).chain(&self.in_site).collect();
        all.sort_by(|a, b| Finding::by_place(a, b));
        all.dedup();
        all
    }

    /// What the rules over the whole site find.
    fn over(&self, site: &Site<'_>) -> Vec<Finding> {
        let kept: Vec<view::Kept<'_>> = self.files.iter().enumerate().filter_map(|(number, file)| file.as_kept(number)).collect();
        let mut found = Vec::new();
        for rule in rules() {
            if let Check::Site(check) = rule.check {
                check(site, &kept, &mut Sink::new(rule, &mut found));
            }
        }
        found
    }
}

impl Facts {
    fn as_kept(&self, number: usize) -> Option<view::Kept<'_>> {
        let kept = self.kept.as_ref()?;
        Some(view::Kept {
            path: &self.path,
            number,
            title: kept.title.clone(),
            ids: kept.ids.iter().map(|id| Cow::Borrowed(id.as_str())).collect(),
            anchors: kept.anchors.clone(),
            is_noindex: kept.is_noindex,
            listed: kept.listed.clone(),
        })
    }
}

fn facts(site: &Site<'_>, number: usize) -> Facts {
    let path = site.file(number).path.to_owned();
    if site.file(number).text.is_none() {
        return Facts { path, found: Vec::new(), kept: None };
    }
    let (found, kept) = one(site, number);
    let ids = kept.ids.into_iter().map(Cow::into_owned).collect();
    let kept = Kept { title: kept.title, ids, anchors: kept.anchors, is_noindex: kept.is_noindex, listed: kept.listed };
    Facts { path, found, kept: Some(kept) }
}
