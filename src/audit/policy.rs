//! A Content-Security-Policy: what it lets a page do.

use std::collections::BTreeMap;

use base64ct::{Base64, Encoding as _};
use sha2::{Digest, Sha256, Sha384, Sha512};

/// A policy, directive by directive.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Policy<'t> {
    directives: BTreeMap<String, Vec<&'t str>>,
}

impl<'t> Policy<'t> {
    /// Reads a policy; of a directive that stands there twice the first counts.
    pub fn of(text: &'t str) -> Self {
        let mut directives = BTreeMap::new();
        for directive in text.split(';') {
            let mut words = directive.split_ascii_whitespace();
            if let Some(name) = words.next() {
                directives.entry(name.to_ascii_lowercase()).or_insert_with(|| words.collect());
            }
        }
        Self { directives }
    }

    /// What a directive lets in: by itself for elements, by itself, or by `default-src`; everything where none is there.
    pub fn sources(&self, directive: &str) -> &[&'t str] {
        let of_elements = self.directives.get(&format!("{directive}-elem"));
        of_elements.or_else(|| self.directives.get(directive)).or_else(|| self.directives.get("default-src")).map_or(&["*"], Vec::as_slice)
    }

    /// Whether it says what goes for everything that it does not name.
    pub fn has_default(&self) -> bool {
        self.directives.contains_key("default-src")
    }

    /// Every directive with what it lets in.
    pub fn directives(&self) -> impl Iterator<Item = (&str, &[&'t str])> {
        self.directives.iter().map(|(name, sources)| (name.as_str(), sources.as_slice()))
    }

    /// Whether a style sheet or script that stands in the page itself may have effect.
    pub fn allows_inline(&self, directive: &str, text: &str) -> bool {
        let fits = |source: &&str| {
            let inner = source.trim_matches('\'');
            inner.eq_ignore_ascii_case("unsafe-inline")
                || match inner.split_once('-') {
                    Some(("sha256", hash)) => hash == Base64::encode_string(&Sha256::digest(text)),
                    Some(("sha384", hash)) => hash == Base64::encode_string(&Sha384::digest(text)),
                    Some(("sha512", hash)) => hash == Base64::encode_string(&Sha512::digest(text)),
                    _ => false,
                }
        };
        self.sources(directive).iter().any(fits)
    }
}

/// What is wrong with a source that a directive lets in; `None` where it is strict.
pub fn weakness(directive: &str, source: &str) -> Option<&'static str> {
    let bare = source.trim_matches('\'').to_ascii_lowercase();
    let runs = matches!(directive, "default-src" | "script-src" | "script-src-elem" | "object-src");
    match bare.as_str() {
        "none" | "self" | "strict-dynamic" | "report-sample" | "wasm-unsafe-eval" => None,
        "unsafe-inline" => Some("lets whatever stands in the page run"),
        "unsafe-eval" | "unsafe-hashes" => Some("lets text run as a program"),
        "*" | "http:" | "https:" | "http://*" | "https://*" => Some("lets every host in"),
        "data:" | "blob:" | "filesystem:" if runs => Some("lets text run as a program"),
        "data:" | "blob:" | "mediastream:" => None,
        _ if bare.starts_with("nonce-") => Some("names a word that is the same in every copy of a page that lies ready as a file"),
        _ if bare.starts_with("sha256-") || bare.starts_with("sha384-") || bare.starts_with("sha512-") => None,
        _ => Some("lets another host in"),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_policy_is_read_as_browsers_do() {
        let policy = Policy::of("Default-src 'none';style-src 'sha256-ungWv48Bz+pBQUDeXa4iI7ADYaOWF3qctBD/YfIAFa0=' ; style-src *;;");
        assert!(policy.has_default() && policy.allows_inline("style-src", "abc") && !policy.allows_inline("style-src", "abd"));
        assert_eq!(policy.sources("script-src"), ["'none'"]);
        assert_eq!(Policy::of("").sources("img-src"), ["*"]);
        assert_eq!(Policy::of("script-src *; script-src-elem 'self'").sources("script-src"), ["'self'"]);
        assert!(weakness("style-src", "'unsafe-inline'").is_some() && weakness("img-src", "data:").is_none());
        assert!(weakness("script-src", "data:").is_some() && weakness("script-src", "cdn.example.org").is_some());
        assert!(weakness("script-src", "'self'").is_none() && weakness("script-src", "'sha256-x'").is_none());
    }
}
