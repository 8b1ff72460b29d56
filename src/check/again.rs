//! What the rules found, kept file by file, so that after a save only what may be found otherwise is looked for again.
//!
//! For files of which only the text after the front matter changed. What a rule finds in a file rests on that file, on the front
//! matter of all others and on whatever else they hold, which did not change; and on the text of others only where the rule took
//! it from [`FileContext::text_of`], which notes it. Rules over the whole site are run anew.

use std::collections::{BTreeMap, BTreeSet};

use rayon::prelude::*;

use super::context::{Context, FileContext};
use super::usage::{self, Usage};
use super::{Check, Rule, Sink, causes, rules, settle};
use crate::diag::{Finding, Severity};
use crate::load::File;
use crate::markdown::Body;
use crate::model::Item;

impl FileContext<'_, '_> {
    /// The Markdown body of another item: what is found here then rests on it.
    pub fn text_of(&self, item: &Item<'_>) -> Option<Body> {
        self.rests_on(item);
        item.body()
    }

    /// Notes that what is found here rests on the text of another item.
    pub fn rests_on(&self, item: &Item<'_>) {
        if item.file.path != self.file.path {
            self.site.readers.note(&item.file.path, &self.file.path);
        }
    }
}

/// The rules that weigh `least` or more, by how they are called.
pub(super) struct Wanted {
    by_file: Vec<&'static Rule>,
    by_site: Vec<&'static Rule>,
}

impl Wanted {
    pub(super) fn new(least: Severity) -> Self {
        let (by_file, by_site) = rules().filter(|r| r.severity <= least).partition(|r| matches!(r.check, Check::File(_)));
        Self { by_file, by_site }
    }

    /// What is found in one file, and the items that it refers to, by place.
    pub(super) fn in_file(&self, context: &Context<'_>, file: &File) -> (Vec<Finding>, Vec<usize>) {
        let file = FileContext::new(context, file);
        let mut found = Vec::new();
        for rule in &self.by_file {
            if let Check::File(check) = rule.check {
                check(&file, &mut Sink::new(rule, &mut found));
            }
        }
        causes::keep_causes(&file, &mut found);
        (found, usage::uses(&file))
    }

    /// What is found of the site as a whole.
    pub(super) fn in_site(&self, context: &Context<'_>) -> Vec<Finding> {
        let of_rule = |rule: &&'static Rule| {
            let mut found = Vec::new();
            if let Check::Site(check) = rule.check {
                check(context, &mut Sink::new(rule, &mut found));
            }
            found
        };
        self.by_site.par_iter().flat_map_iter(of_rule).collect()
    }
}

/// What the rules found.
pub struct Kept {
    wanted: Wanted,
    /// By path, as the rules over files found it.
    in_files: BTreeMap<String, Vec<Finding>>,
    /// By path, as the rules over the site found it.
    in_site: BTreeMap<String, Vec<Finding>>,
    /// For each file of the snapshot the items that it refers to, by place.
    uses: Vec<Vec<usize>>,
    /// All of it by path, as it is shown.
    findings: BTreeMap<String, Vec<Finding>>,
}

impl Kept {
    /// Runs every rule over everything.
    pub fn of(context: &Context<'_>) -> Self {
        let wanted = Wanted::new(Severity::Advice);
        let files = &context.snapshot.files;
        let of_files = || files.par_iter().map(|file| wanted.in_file(context, file)).unzip();
        // Signatures are checked beside everything else.
        let ((found, uses), _): ((Vec<_>, Vec<_>), _) = rayon::join(of_files, || context.record_faults());
        context.knows_usage(Usage::from_uses(context.content.items.len(), &uses));
        let in_files = files.iter().map(|f| f.path.clone()).zip(found).filter(|(_, found)| !found.is_empty()).collect();
        let in_site = by_file(wanted.in_site(context));
        let mut kept = Self { wanted, in_files, in_site, uses, findings: BTreeMap::new() };
        let paths: BTreeSet<String> = kept.in_files.keys().chain(kept.in_site.keys()).cloned().collect();
        kept.settle(context, &paths);
        kept
    }

    /// Looks again after the text of these files changed, which the context has already. Gives the paths at which other things are
    /// found now.
    pub fn look_again(&mut self, context: &Context<'_>, changed: &BTreeSet<String>) -> BTreeSet<String> {
        let mut paths = changed.clone();
        paths.extend(changed.iter().flat_map(|path| context.readers.of(path)));
        let numbered = |path: &String| {
            let files = &context.snapshot.files;
            let number = files.binary_search_by(|f| f.path.as_str().cmp(path)).ok()?;
            // The context has newer versions of some files than the snapshot.
            Some((number, context.item_at(path).map_or(&files[number], |item| item.file)))
        };
        let open: Vec<(usize, &File)> = paths.iter().filter_map(numbered).collect();
        let again: Vec<_> = open.par_iter().map(|(number, file)| (*number, &file.path, self.wanted.in_file(context, file))).collect();
        for (number, path, (found, uses)) in again {
            self.uses[number] = uses;
            self.in_files.insert(path.clone(), found);
        }
        context.knows_usage(Usage::from_uses(context.content.items.len(), &self.uses));
        let before = std::mem::replace(&mut self.in_site, by_file(self.wanted.in_site(context)));
        let all: BTreeSet<&String> = before.keys().chain(self.in_site.keys()).collect();
        let other = all.into_iter().filter(|path| before.get(*path) != self.in_site.get(*path)).cloned();
        paths.extend(other.collect::<Vec<String>>());
        self.settle(context, &paths);
        paths
    }

    /// What is found, by path, in the order in which it is shown.
    pub fn findings(&self) -> &BTreeMap<String, Vec<Finding>> {
        &self.findings
    }

    /// Puts together what is shown of these files.
    fn settle(&mut self, context: &Context<'_>, paths: &BTreeSet<String>) {
        for path in paths {
            let all = [&self.in_files, &self.in_site].into_iter().filter_map(|found| found.get(path)).flatten();
            let mut all: Vec<Finding> = all.cloned().collect();
            all.retain_mut(|finding| settle(context, finding));
            all.sort_by(Finding::by_place);
            all.dedup();
            if all.is_empty() {
                self.findings.remove(path);
            } else {
                self.findings.insert(path.clone(), all);
            }
        }
    }
}

fn by_file(found: Vec<Finding>) -> BTreeMap<String, Vec<Finding>> {
    let mut files: BTreeMap<String, Vec<Finding>> = BTreeMap::new();
    for finding in found {
        files.entry(finding.place.file.clone()).or_default().push(finding);
    }
    files
}
