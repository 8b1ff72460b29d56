//! The only reader: a [`Snapshot`] of a content repository, the same type from the working tree or a git revision.
//!
//! Reads the four folders that decide what the public sees (`content`, `schemas`, `site-templates`, `reviews`),
//! refuses what could hide something (links, submodules, names that collide), and parses everything in parallel.
//! Knows nothing of kinds, rules or findings.

mod disk;
pub mod folder;
pub mod git;
pub mod history;
pub mod later;
pub mod past;
pub mod readers;

use std::collections::HashMap;
use std::path::{Path, PathBuf};
use std::sync::OnceLock;

use rayon::prelude::*;

use crate::diag::Texts;
use crate::source::Span;
use crate::yaml::{self, NodeRef, Yaml};

pub use disk::find_root;

/// The folders of a content repository that are read.
pub const FOLDERS: [&str; 4] = ["content", "schemas", "site-templates", "reviews"];

/// A YAML or Markdown file larger than this is refused (CONTENT.md, section 3).
pub const MAX_BYTES: u64 = 1 << 20;

/// Everything read from a content repository at one moment.
#[derive(Debug)]
pub struct Snapshot {
    /// Where it came from.
    pub origin: Origin,
    /// Every file, sorted by path.
    pub files: Vec<File>,
}

/// Where a snapshot came from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Origin {
    /// The files as they lie on disk.
    WorkingTree {
        /// The content repository's root.
        root: PathBuf,
    },
    /// The files of a commit.
    Revision {
        /// The content repository's root.
        root: PathBuf,
        /// The full hash of the commit.
        commit: String,
    },
}

/// One file of the repository.
#[derive(Debug, Clone)]
pub struct File {
    /// Path from the root, with `/`.
    pub path: String,
    /// The text; empty for binary files, up to the fault for text that is not UTF-8.
    pub text: String,
    /// What it holds.
    pub content: Content,
    /// Why the file as a whole is refused.
    pub refusal: Option<Refusal>,
    /// What is refused inside its YAML.
    pub problems: Vec<yaml::Problem>,
    /// Git's name for its bytes, once something has asked for it.
    name: OnceLock<git2::Oid>,
}

/// What a file holds.
#[derive(Debug, Clone)]
pub enum Content {
    /// YAML.
    Yaml(Yaml),
    /// Markdown, with front matter where it begins with a `---` line.
    Markdown {
        /// The front matter.
        front: Option<Yaml>,
        /// The text after the closing fence's newline.
        body: Span,
    },
    /// Other text: templates, styles, JSON.
    Text,
    /// Bytes that are no text: pictures, fonts.
    Binary(Vec<u8>),
    /// Nothing: the file was refused.
    Refused,
}

/// Why a whole file is refused.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Refusal {
    /// Not UTF-8.
    NotUtf8 {
        /// The offset of the first byte that is wrong.
        at: u32,
        /// That byte.
        byte: u8,
    },
    /// Larger than [`MAX_BYTES`].
    TooLarge(u64),
    /// Something other than a plain file.
    NotAFile(NotAFile),
    /// Differs from another path only in case or Unicode form.
    Collides(String),
    /// A path with characters that no content file needs.
    BadPath,
    /// The front matter's closing fence is missing.
    UnclosedFrontMatter,
    /// Could not be read; the system's words.
    Unreadable(String),
}

/// What stands where a plain file is expected.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum NotAFile {
    /// A symbolic link.
    Link,
    /// A submodule, or another git repository inside this one.
    Submodule,
    /// A device, a socket and the like.
    Special,
}

/// What goes wrong before there is anything to judge: exit status 2.
#[derive(Debug, thiserror::Error)]
pub enum LoadError {
    /// No content repository here or above.
    #[error("there is no content repository at or above {}; `signpost init` makes one", .0.display())]
    NoRepository(PathBuf),
    /// The disk said no.
    #[error("cannot read {}: {source}", path.display())]
    Io {
        /// What was to be read.
        path: PathBuf,
        /// Why not.
        source: std::io::Error,
    },
    /// Git said no; in words, with a remedy.
    #[error("{0}")]
    Git(String),
}

impl Snapshot {
    /// Reads the working tree under `root`.
    ///
    /// # Errors
    /// Where the root itself cannot be read; trouble with single files is in their [`Refusal`].
    pub fn from_disk(root: &Path) -> Result<Self, LoadError> {
        let raw = disk::read(root)?;
        Ok(Self::from_raw(Origin::WorkingTree { root: root.to_owned() }, raw))
    }

    /// Reads the commit that `revision` names in the git repository around `root`.
    ///
    /// # Errors
    /// Where there is no git repository, no such revision, or an object cannot be read.
    pub fn from_git(root: &Path, revision: &str) -> Result<Self, LoadError> {
        let found = git::read(root, revision, &HashMap::new())?;
        Ok(Self::from_raw(Origin::Revision { root: root.to_owned(), commit: found.commit }, found.raw))
    }

    /// The same, beside another snapshot of the repository: what is the same there is not read and parsed again.
    ///
    /// # Errors
    /// As [`Self::from_git`].
    pub fn from_git_beside(root: &Path, revision: &str, other: &Self) -> Result<Self, LoadError> {
        let names: HashMap<&str, git2::Oid> =
            other.files.par_iter().filter_map(|file| Some((file.path.as_str(), git::name(file)?))).collect();
        let found = git::read(root, revision, &names)?;
        let mut files: Vec<File> = found.raw.into_par_iter().map(File::from_raw).collect();
        files.extend(found.known.iter().filter_map(|path| other.file(path)).cloned());
        Ok(Self::of(Origin::Revision { root: root.to_owned(), commit: found.commit }, files))
    }

    /// A snapshot of files that have been read already.
    pub fn from_files(files: impl IntoIterator<Item = File>) -> Self {
        Self::of(Origin::WorkingTree { root: PathBuf::new() }, files.into_iter().collect())
    }

    /// A snapshot of texts in memory, for tests and for schemas or blueprints that are embedded.
    pub fn from_texts<'t>(texts: impl IntoIterator<Item = (&'t str, &'t str)>) -> Self {
        Self::from_bytes(texts.into_iter().map(|(path, text)| (path, Ok(text.as_bytes().to_vec()))))
    }

    /// A snapshot of bytes in memory, or of reasons why there are none.
    pub fn from_bytes<'t>(files: impl IntoIterator<Item = (&'t str, Result<Vec<u8>, Refusal>)>) -> Self {
        let raw = files.into_iter().map(|(path, bytes)| Raw { path: path.to_owned(), bytes }).collect();
        Self::from_raw(Origin::WorkingTree { root: PathBuf::new() }, raw)
    }

    fn from_raw(origin: Origin, raw: Vec<Raw>) -> Self {
        Self::of(origin, raw.into_par_iter().map(File::from_raw).collect())
    }

    fn of(origin: Origin, mut files: Vec<File>) -> Self {
        files.sort_by(|a, b| a.path.cmp(&b.path));
        refuse_collisions(&mut files);
        Self { origin, files }
    }

    /// The content repository's root on disk.
    pub fn root(&self) -> &Path {
        match &self.origin {
            Origin::WorkingTree { root } | Origin::Revision { root, .. } => root,
        }
    }

    /// The file at a path.
    pub fn file(&self, path: &str) -> Option<&File> {
        self.files.binary_search_by(|f| f.path.as_str().cmp(path)).ok().map(|i| &self.files[i])
    }
}

impl Texts for Snapshot {
    fn text(&self, path: &str) -> Option<&str> {
        self.file(path).map(|f| f.text.as_str())
    }
}

impl File {
    /// What it was read from; `None` where it was refused.
    pub fn bytes(&self) -> Option<&[u8]> {
        match &self.content {
            Content::Refused => None,
            Content::Binary(bytes) => Some(bytes),
            _ => Some(self.text.as_bytes()),
        }
    }

    /// The top node of its YAML or front matter.
    pub fn data(&self) -> Option<NodeRef<'_>> {
        match &self.content {
            Content::Yaml(yaml) | Content::Markdown { front: Some(yaml), .. } => yaml.root(&self.text),
            _ => None,
        }
    }

    /// Where its YAML stands: the whole file, or the front matter between its fences.
    pub fn yaml_range(&self) -> Span {
        let start = if self.text.starts_with('\u{feff}') { 3 } else { 0 };
        match &self.content {
            Content::Markdown { front: Some(_), body } => {
                let before = &self.text[..body.start as usize];
                let fence = before.strip_suffix('\n').unwrap_or(before);
                let end = fence.rfind('\n').map_or(start, |n| n + 1);
                let open = self.text[start..].find('\n').map_or(end, |n| start + n + 1);
                Span::new(open.min(end), end)
            }
            Content::Markdown { front: None, .. } => Span::new(start, start),
            _ => Span::new(start, self.text.len()),
        }
    }

    /// The body of a Markdown file, and where it starts.
    pub fn body(&self) -> Option<(&str, Span)> {
        match &self.content {
            Content::Markdown { body, .. } => Some((body.of(&self.text), *body)),
            _ => None,
        }
    }

    fn refused(path: String, refusal: Refusal, text: String) -> Self {
        Self { path, text, content: Content::Refused, refusal: Some(refusal), problems: Vec::new(), name: OnceLock::new() }
    }

    fn from_raw(raw: Raw) -> Self {
        let path = raw.path;
        if !path.chars().all(is_path_char) || path.split('/').any(|part| matches!(part, "" | "." | "..")) {
            return Self::refused(path, Refusal::BadPath, String::new());
        }
        let bytes = match raw.bytes {
            Ok(bytes) if bytes.len() as u64 > max_bytes(&path) => {
                return Self::refused(path, Refusal::TooLarge(bytes.len() as u64), String::new());
            }
            Ok(bytes) => bytes,
            Err(refusal) => return Self::refused(path, refusal, String::new()),
        };
        let text = match String::from_utf8(bytes) {
            Ok(text) => text,
            Err(error) if is_text(&path) => {
                let at = error.utf8_error().valid_up_to();
                let mut bytes = error.into_bytes();
                let byte = bytes.get(at).copied().unwrap_or(0);
                bytes.truncate(at);
                let text = String::from_utf8(bytes).unwrap_or_default();
                return Self::refused(path, Refusal::NotUtf8 { at: Span::new(at, at).start, byte }, text);
            }
            Err(error) => {
                let content = Content::Binary(error.into_bytes());
                return Self { path, text: String::new(), content, refusal: None, problems: Vec::new(), name: OnceLock::new() };
            }
        };
        let start = if text.starts_with('\u{feff}') { 3 } else { 0 };
        if path.ends_with(".md") {
            Self::markdown(path, text, start)
        } else if path.ends_with(".yaml") || path.ends_with(".yml") {
            let parsed = yaml::parse(&text, Span::new(start, text.len()));
            Self { path, text, content: Content::Yaml(parsed.yaml), refusal: None, problems: parsed.problems, name: OnceLock::new() }
        } else {
            Self { path, text, content: Content::Text, refusal: None, problems: Vec::new(), name: OnceLock::new() }
        }
    }

    fn markdown(path: String, text: String, start: usize) -> Self {
        let Some(open) = fence(&text, start) else {
            let body = Span::new(start, text.len());
            return Self {
                path,
                text,
                content: Content::Markdown { front: None, body },
                refusal: None,
                problems: Vec::new(),
                name: OnceLock::new(),
            };
        };
        let mut at = open;
        while at < text.len() {
            if let Some(after) = fence(&text, at) {
                let parsed = yaml::parse(&text, Span::new(open, at));
                let content = Content::Markdown { front: Some(parsed.yaml), body: Span::new(after, text.len()) };
                return Self { path, text, content, refusal: None, problems: parsed.problems, name: OnceLock::new() };
            }
            at = text[at..].find('\n').map_or(text.len(), |n| at + n + 1);
        }
        Self::refused(path, Refusal::UnclosedFrontMatter, text)
    }
}

/// A file before it is parsed: its bytes, or why there are none.
struct Raw {
    path: String,
    bytes: Result<Vec<u8>, Refusal>,
}

/// The offset after a `---` line that starts at `at`, if one does.
fn fence(text: &str, at: usize) -> Option<usize> {
    let rest = text[at..].strip_prefix("---")?;
    let line = rest.split('\n').next().unwrap_or("");
    line.trim().is_empty().then(|| (at + 3 + line.len() + 1).min(text.len()))
}

/// How large a file may be: pictures and fonts of the site are no text, and git keeps them well.
fn max_bytes(path: &str) -> u64 {
    if path.starts_with("site-templates/assets/") { u64::MAX } else { MAX_BYTES }
}

/// Whether a file is meant to be text, by its name.
fn is_text(path: &str) -> bool {
    let extension = path.rsplit('/').next().and_then(|name| name.rsplit_once('.')).map_or("", |(_, e)| e);
    matches!(extension, "yaml" | "yml" | "md" | "json" | "html" | "css" | "js" | "svg" | "txt" | "xml")
}

fn is_path_char(c: char) -> bool {
    !c.is_control() && c != '\\' && c != '\u{fffd}' && !crate::source::is_hidden(c)
}

/// What a path is on machines that do not tell upper from lower case, nor one form of an accent from another.
fn folded(path: &str) -> String {
    use unicode_normalization::UnicodeNormalization;
    if path.is_ascii() { path.to_ascii_lowercase() } else { path.nfkc().flat_map(char::to_lowercase).nfkc().collect() }
}

/// The folder that `name` is on such a machine, where it is another here.
fn almost_a_folder(name: &str) -> Option<&'static str> {
    FOLDERS.into_iter().find(|f| *f != name && *f == folded(name))
}

/// Two paths that are one file on some machines: the later one is refused.
fn refuse_collisions(files: &mut [File]) {
    // Paths are unique: two are one file only where one of them is not in the folded form, which hardly any is.
    if files.iter().all(|f| f.path.bytes().all(|b| b.is_ascii() && !b.is_ascii_uppercase())) {
        return;
    }
    let mut seen = HashMap::new();
    for index in 0..files.len() {
        if let Some(other) = seen.insert(folded(&files[index].path), index) {
            let first = files[other].path.clone();
            let path = files[index].path.clone();
            files[index] = File::refused(path, Refusal::Collides(first), String::new());
        }
    }
}
