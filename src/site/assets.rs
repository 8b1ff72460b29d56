//! Styles and pictures: embedded ones and the repository's own, each under a name that holds the hash of its bytes, so that
//! a host may let browsers keep them for ever.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding as _};
use sha2::{Digest, Sha256};

use crate::embedded;
use crate::load::Snapshot;
use crate::model::Text;

/// Colours by the name of their custom property, from `site.yaml`.
pub(super) type Brand<'a> = BTreeMap<&'a str, Text<'a>>;

/// The picture of the site.
pub(super) const ICON: &str = "favicon.svg";

/// The same picture for telephones. They go when a repository has a picture of its own: it may have these too.
const ICONS_OF_IT: [&str; 4] = ["apple-touch-icon.png", "icon-192.png", "icon-512.png", "icon-maskable.png"];

/// The assets of a site.
pub(super) struct Assets {
    /// Published path and bytes.
    pub files: Vec<(String, Vec<u8>)>,
    /// The style sheet, to be put into a page.
    pub css: String,
    /// The policy of pages that link the style sheet.
    pub csp_linked: String,
    /// The policy of pages that hold the style sheet.
    pub csp_inlined: String,
    /// The policy of pages that link the style sheet, and whose script reads files of this site.
    pub csp_scripted: String,
    /// The policy of pages that hold the style sheet, and whose script reads files of this site.
    pub csp_searched: String,
    /// The policy that the host sends with every file: what any page may need, and no page in a frame.
    pub csp_of_host: String,
    published: BTreeMap<String, String>,
}

impl Assets {
    /// Lays out the assets.
    pub fn new(snapshot: &Snapshot, brand: &Brand<'_>) -> Self {
        let mut sources: BTreeMap<&str, &[u8]> = BTreeMap::new();
        sources.extend(embedded::TEMPLATES.iter().filter_map(|(path, bytes)| Some((path.strip_prefix("assets/")?, *bytes))));
        let own = snapshot.files.iter().filter_map(|file| Some((file.path.strip_prefix("site-templates/assets/")?, file.bytes()?)));
        let own: BTreeMap<&str, &[u8]> = own.collect();
        if own.contains_key(ICON) {
            sources.retain(|name, _| !ICONS_OF_IT.contains(name));
        }
        sources.extend(own);
        let css = sources.get("site.css").and_then(|bytes| std::str::from_utf8(bytes).ok()).unwrap_or("");
        let css = shrink(css) + &brand_css(brand);
        let mut published = BTreeMap::new();
        let mut files = Vec::with_capacity(sources.len());
        for (name, bytes) in &sources {
            let bytes = if *name == "site.css" { css.as_bytes() } else { bytes };
            let path = hashed(name, bytes);
            published.insert((*name).to_owned(), path.clone());
            files.push((path, bytes.to_vec()));
        }
        let inline = format!("'sha256-{}'", Base64::encode_string(&Sha256::digest(css.as_bytes())));
        Self {
            files,
            csp_linked: policy("", "'self'"),
            csp_inlined: policy("", &inline),
            csp_scripted: policy(READS, "'self'"),
            csp_searched: policy(READS, &inline),
            csp_of_host: policy(READS, &format!("'self' {inline}")) + "; frame-ancestors 'none'",
            css,
            published,
        }
    }

    /// Where an asset is published: `icon.svg` → `assets/icon.0123456789.svg`.
    pub fn path(&self, name: &str) -> Option<&str> {
        self.published.get(name).map(String::as_str)
    }

    /// Where each script is published, by its name without `.js`.
    pub fn scripts(&self) -> BTreeMap<String, String> {
        let scripts = self.published.iter().filter_map(|(name, path)| Some((name.strip_suffix(".js")?.to_owned(), path.clone())));
        scripts.collect()
    }
}

/// For pages whose script reads files of this site.
const READS: &str = "connect-src 'self'; ";

fn policy(reads: &str, style: &str) -> String {
    format!(
        "default-src 'none'; script-src 'self'; {reads}style-src {style}; img-src 'self'; manifest-src 'self'; base-uri 'none'; form-action 'none'"
    )
}

fn hashed(name: &str, bytes: &[u8]) -> String {
    let hash: String = Sha256::digest(bytes).iter().take(5).map(|b| format!("{b:02x}")).collect();
    match name.rsplit_once('.') {
        Some((stem, extension)) => format!("assets/{stem}.{hash}.{extension}"),
        None => format!("assets/{name}.{hash}"),
    }
}

/// Drops comments and line breaks; `site.css` is written so that none matters.
fn shrink(css: &str) -> String {
    let mut out = String::with_capacity(css.len());
    let mut rest = css;
    while let Some((before, after)) = rest.split_once("/*") {
        out.push_str(before);
        rest = after.split_once("*/").map_or("", |(_, tail)| tail);
    }
    out.push_str(rest);
    out.lines().map(str::trim).collect()
}

/// The brand's colours apply to a light screen only, so that they cannot spoil the dark and the printed ones.
fn brand_css(brand: &Brand<'_>) -> String {
    let is_word = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b == b'-');
    let is_colour = |text: &str| !text.is_empty() && text.bytes().all(|b| b.is_ascii_alphanumeric() || b" #%.,()-+".contains(&b));
    let rules: Vec<String> = brand
        .iter()
        .filter(|(name, colour)| is_word(name) && is_colour(colour.value) && !colour.value.to_ascii_lowercase().contains("url"))
        .map(|(name, colour)| format!("--{name}:{}", colour.value))
        .collect();
    if rules.is_empty() { String::new() } else { format!("@media screen and (prefers-color-scheme:light){{:root{{{}}}}}", rules.join(";")) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_style_sheet_is_shrunk() {
        assert_eq!(shrink("/* a */\na{b:c}\n  d{e:f} /* g\nh */\n"), "a{b:c}d{e:f}");
    }
}
