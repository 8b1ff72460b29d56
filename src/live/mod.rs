//! The site while somebody writes it: read, checked and made once, then kept, so that a save costs only what it changes.
//!
//! What most people save is the text of an item, the part of a Markdown file after its front matter. Then the rules look again at what
//! may be found otherwise ([`crate::check::Kept`]), and the pages that held the text are made again ([`crate::site::Made`]). Whatever
//! else may have changed, [`Live::texts`] says so, and the caller begins anew. What comes out is the same either way, byte for byte.
//!
//! Knows nothing of browsers, of the terminal, or of how anybody learns that something was saved.

use std::collections::BTreeSet;
use std::path::Path;
use std::sync::Arc;

use crate::audit::{About, Judged, gathered};
use crate::check::{Context, Kept};
use crate::diag::{Finding, Report, Severity, Texts};
use crate::load::File;
use crate::load::later::{self, Found};
use crate::review::Published;
use crate::site::{BuildError, BuildOptions, Files, Made};

/// A site, kept.
pub struct Live<'a> {
    context: Context<'a>,
    found: Kept,
    /// The site as it was last made, and what reviews said then.
    made: Option<(Made<'a>, Published)>,
    /// Files whose text changed since.
    waiting: BTreeSet<String>,
    /// What was found on its pages, once somebody asked.
    audited: Option<Judged>,
}

/// What is new of a site's files.
pub enum News<'l> {
    /// All of them.
    Whole(&'l Files),
    /// These are others than before, and no others came or went.
    Some(Vec<(String, Arc<Vec<u8>>)>),
}

impl<'a> Live<'a> {
    /// Runs every rule.
    pub fn new(context: Context<'a>) -> Self {
        let found = Kept::of(&context);
        Self { context, found, made: None, waiting: BTreeSet::new(), audited: None }
    }

    /// The content as it is now.
    pub fn context(&self) -> &Context<'a> {
        &self.context
    }

    /// What is found, by file and place.
    pub fn findings(&self) -> impl Iterator<Item = &Finding> {
        self.found.findings().values().flatten()
    }

    /// What is found in one file.
    pub fn findings_in(&self, path: &str) -> &[Finding] {
        self.found.findings().get(path).map_or(&[], Vec::as_slice)
    }

    /// Whether anything is wrong that keeps a site from being built.
    pub fn has_errors(&self) -> bool {
        self.findings().any(|finding| finding.severity == Severity::Error)
    }

    /// The files among these paths of the repository whose text alone changed; those that are as they were are left out. `None` where
    /// something else changed, or may have.
    pub fn texts(&self, root: &Path, paths: &BTreeSet<String>) -> Option<Vec<File>> {
        let mut files = Vec::new();
        for path in paths {
            let known = self.context.item_at(path).map(|item| item.file).or_else(|| self.context.snapshot.file(path));
            match (known, later::read(root, path)) {
                (Some(known), Found::File(file)) => {
                    let is_same = file.refusal.is_none() && file.bytes() == known.bytes();
                    match (is_same, file.differs_in_text_alone(known) && self.context.item_at(path).is_some()) {
                        (true, _) => {}
                        (false, true) => files.push(*file),
                        (false, false) => return None,
                    }
                }
                // What came and went, such as an editor's own files, as long as it was no folder.
                (None, Found::Nothing) if !self.is_folder(path) => {}
                (None, _) if later::is_passed_over(path) => {}
                _ => return None,
            }
        }
        Some(files)
    }

    /// Whether any file that was read lies below a path.
    fn is_folder(&self, path: &str) -> bool {
        let files = &self.context.snapshot.files;
        let below = format!("{path}/");
        files.get(files.partition_point(|f| f.path < below)).is_some_and(|f| f.path.starts_with(&below))
    }

    /// Takes files whose text alone changed. Gives the paths at which other things may be found now.
    pub fn put(&mut self, files: &'a [File]) -> BTreeSet<String> {
        let changed: BTreeSet<String> = files.iter().map(|file| file.path.clone()).collect();
        self.context.put(files);
        self.waiting.extend(changed.iter().cloned());
        self.found.look_again(&self.context, &changed)
    }

    /// Makes the site, or what changed of it since it was last made with the same options but for what reviews say.
    ///
    /// # Errors
    /// Where the site cannot be built.
    pub fn make(&mut self, options: &BuildOptions) -> Result<News<'_>, BuildError> {
        let waiting = std::mem::take(&mut self.waiting);
        if let Some((mut made, reviews)) = self.made.take().filter(|(_, reviews)| *reviews == options.reviews)
            && let Some(put) = made.make_again(&self.context, options, &waiting)?
        {
            if let Some(audited) = &mut self.audited {
                let changed = put.iter().map(String::as_str).collect();
                if !audited.look_again(by_path(&made.files), &changed) {
                    self.audited = None;
                }
            }
            let news = put.into_iter().filter_map(|path| made.files.get(&path).map(|bytes| (path, Arc::clone(bytes)))).collect();
            self.made = Some((made, reviews));
            return Ok(News::Some(news));
        }
        self.audited = None;
        let (made, _) = self.made.insert((Made::new(&self.context, options)?, options.reviews.clone()));
        Ok(News::Whole(&made.files))
    }
}

impl<'a> Live<'a> {
    /// Whether the pages were audited as they are.
    pub fn is_audited(&self) -> bool {
        self.audited.is_some() || self.made.is_none()
    }

    /// Holds the pages against the rules over generated pages, where that was not done yet. The options are those that they were made with.
    pub fn audit(&mut self, options: &BuildOptions) {
        if let (None, Some((made, _))) = (&self.audited, &self.made) {
            let about = About::of_build(&self.context, options.base_url.as_deref(), options.preview);
            self.audited = Some(Judged::of(by_path(&made.files), about));
        }
    }

    /// What is found on the pages as they were last made, by file and place, as people are told: the same on many pages once.
    pub fn findings_on_pages(&self) -> Vec<Finding> {
        let found = self.audited.iter().flat_map(Judged::findings).cloned().collect();
        gathered(&Report { findings: found, items: 0 }).findings
    }

    /// The text of the files of the site.
    pub fn pages(&self) -> Pages<'_> {
        Pages(self.made.as_ref().map(|(made, _)| &made.files))
    }
}

/// The text of the files of a site.
pub struct Pages<'l>(Option<&'l Files>);

impl Texts for Pages<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        std::str::from_utf8(self.0?.get(path)?).ok()
    }
}

fn by_path(files: &Files) -> impl Iterator<Item = (&str, &[u8])> {
    files.iter().map(|(path, bytes)| (path.as_str(), bytes.as_slice()))
}

impl Texts for Live<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        self.context.text(path)
    }
}
