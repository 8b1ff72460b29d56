//! The files of a site, found by path.

use std::borrow::Cow;
use std::sync::{Mutex, PoisonError};

use foldhash::HashMap;

use super::about::About;
use crate::diag::Texts;

/// A site: its files and what is known of it.
pub struct Site<'a> {
    /// What is known of it.
    pub about: &'a About,
    files: Vec<File<'a>>,
    by_path: HashMap<&'a str, usize>,
    /// Where it is published: what the caller knows, or what the home page says.
    base: Option<Base>,
    /// What was probably meant by paths at which nothing is: a dead link of a template stands on every page.
    meant: Mutex<HashMap<String, Option<String>>>,
}

/// One file.
pub struct File<'a> {
    /// Relative to the site's root, with `/`.
    pub path: &'a str,
    /// Its text, where it has one that is read.
    pub text: Option<Cow<'a, str>>,
}

/// The parts of the address that a site is published at.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Base {
    /// `wellbeing.example.org`, with a port where there is one, in small letters.
    pub host: String,
    /// `/` or `/in/a/folder/`.
    pub path: String,
    /// Whether it is `https:`.
    pub is_encrypted: bool,
}

impl Base {
    /// The parts of a web address; `None` where it is none.
    pub fn of(url: &str) -> Option<Self> {
        let (scheme, rest) = url.split_once("://")?;
        let is_encrypted = scheme.eq_ignore_ascii_case("https");
        if !is_encrypted && !scheme.eq_ignore_ascii_case("http") {
            return None;
        }
        let rest = rest.split(['?', '#']).next().unwrap_or(rest);
        let (host, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
        let mut path = if path.is_empty() { "/".to_owned() } else { path.to_owned() };
        if !path.ends_with('/') {
            path.push('/');
        }
        Some(Self { host: host.to_ascii_lowercase(), path, is_encrypted })
    }
}

/// Endings of names of files that are read: the rest is only looked for.
const READ: [&str; 11] = [".html", ".htm", ".xhtml", ".css", ".xml", ".json", ".webmanifest", ".txt", ".svg", ".atom", "_headers"];

/// Whether a file's text matters to any rule.
pub fn is_read(path: &str) -> bool {
    READ.iter().any(|end| path.ends_with(end))
}

impl<'a> Site<'a> {
    /// A site of these files: path and bytes, none for files that need not be read.
    pub fn new(files: impl IntoIterator<Item = (&'a str, Option<&'a [u8]>)>, about: &'a About) -> Self {
        let text = |path: &str, bytes: Option<&'a [u8]>| bytes.filter(|_| is_read(path)).map(String::from_utf8_lossy);
        let mut files: Vec<File<'a>> = files.into_iter().map(|(path, bytes)| File { path, text: text(path, bytes) }).collect();
        files.sort_by(|a, b| a.path.cmp(b.path));
        let by_path: HashMap<&'a str, usize> = files.iter().enumerate().map(|(n, f)| (f.path, n)).collect();
        let mut site = Self { about, files, by_path, base: None, meant: Mutex::default() };
        site.base = about.base_url.as_deref().and_then(Base::of).or_else(|| site.said_by_home());
        site
    }

    /// All files, by path.
    pub fn files(&self) -> &[File<'a>] {
        &self.files
    }

    /// How many pages there are.
    pub fn pages(&self) -> usize {
        self.files.iter().filter(|f| f.is_page()).count()
    }

    /// The number of the file with this path.
    pub fn number(&self, path: &str) -> Option<usize> {
        self.by_path.get(path).copied()
    }

    /// The file with this number.
    pub fn file(&self, number: usize) -> &File<'a> {
        &self.files[number]
    }

    /// A file whose path differs in capitals only.
    pub fn in_other_case(&self, path: &str) -> Option<&str> {
        self.files.iter().map(|f| f.path).find(|p| p.eq_ignore_ascii_case(path))
    }

    /// What was probably meant by a path at which nothing is, worked out once.
    pub fn meant(&self, path: &str, work_out: impl FnOnce() -> Option<String>) -> Option<String> {
        let mut known = self.meant.lock().unwrap_or_else(PoisonError::into_inner);
        known.entry(path.to_owned()).or_insert_with(work_out).clone()
    }

    /// Where the site is published, if that is known.
    pub fn base(&self) -> Option<&Base> {
        self.base.as_ref()
    }

    /// What the home page says is its own address.
    fn said_by_home(&self) -> Option<Base> {
        let home = self.file(self.number("index.html")?).text.as_deref()?;
        let tag = home.split("<link ").skip(1).map(|t| t.split('>').next().unwrap_or(t)).find(|t| t.contains("canonical"))?;
        let address = tag.split("href=").nth(1)?.trim_start_matches(['"', '\'']);
        Base::of(address.split(['"', '\'', ' ']).next()?)
    }
}

impl File<'_> {
    /// Whether people read it in a browser.
    pub fn is_page(&self) -> bool {
        self.text.is_some() && [".html", ".htm", ".xhtml"].iter().any(|end| self.path.ends_with(end))
    }
}

impl Texts for Site<'_> {
    fn text(&self, path: &str) -> Option<&str> {
        self.file(self.number(path)?).text.as_deref()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn where_it_is_published() {
        let base = |url: &str| Base::of(url).map(|b| (b.host, b.path));
        assert_eq!(base("https://Example.org"), Some(("example.org".into(), "/".into())));
        assert_eq!(base("http://example.org:8080/in/a/folder?x"), Some(("example.org:8080".into(), "/in/a/folder/".into())));
        assert_eq!(base("mailto:a@example.org"), None);
        let about = About::default();
        let home = "<link href=x rel=icon><link rel=\"canonical\" href=\"https://example.org/sub/\">";
        let site = Site::new([("index.html", Some(home.as_bytes())), ("a.png", None)], &about);
        assert_eq!(site.base().map(|b| b.path.as_str()), Some("/sub/"));
        assert_eq!((site.pages(), site.in_other_case("A.png")), (1, Some("a.png")));
    }
}
