//! Where an address leads, seen from a page of a site.

use percent_encoding::percent_decode_str;

use super::reference::{Found, Target};
use super::site::{Base, Site};

/// Where an address leads that stands in a file of the folder `folder` (`""`, or with a slash at its end).
pub fn resolve(site: &Site<'_>, folder: &str, address: &str) -> Target {
    let address = address.trim_matches(|c: char| c.is_ascii_whitespace());
    if address.contains(['\t', '\n', '\r']) {
        return resolve(site, folder, &address.replace(['\t', '\n', '\r'], ""));
    }
    if let Some((scheme, rest)) = scheme(address) {
        return match scheme.to_ascii_lowercase().as_str() {
            scheme @ ("http" | "https") => on_web(site, rest.trim_start_matches('/'), scheme == "https"),
            scheme => Target::Other { scheme: scheme.to_owned() },
        };
    }
    if let Some(rest) = address.strip_prefix("//") {
        return on_web(site, rest, true);
    }
    let (path, fragment) = parts(address);
    let root = site.base().map_or("/", |b| b.path.as_str());
    if path.starts_with('/') {
        from_root(root, "", path, fragment)
    } else if path.is_empty() {
        Target::Same { fragment }
    } else {
        from_root(root, &format!("{root}{folder}"), path, fragment)
    }
}

/// What a path of the site leads to.
pub fn find(site: &Site<'_>, path: &str) -> Found {
    if path.is_empty() || path.ends_with('/') {
        return site.number(&format!("{path}index.html")).map_or(Found::Nothing, Found::File);
    }
    if let Some(file) = site.number(path) {
        return Found::File(file);
    }
    if let Some(file) = site.number(&format!("{path}/index.html")) {
        return Found::WithSlash(file);
    }
    site.number(&format!("{path}.html")).map_or(Found::Nothing, Found::WithEnding)
}

/// `mailto` and what follows, where an address begins with a scheme.
fn scheme(address: &str) -> Option<(&str, &str)> {
    let (scheme, rest) = address.split_once(':')?;
    let fits = scheme.starts_with(|c: char| c.is_ascii_alphabetic())
        && scheme.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'+' | b'-' | b'.'));
    fits.then_some((scheme, rest))
}

/// An address with a host: this site's or another's.
fn on_web(site: &Site<'_>, rest: &str, is_encrypted: bool) -> Target {
    let (host, path) = rest.split_at(rest.find(['/', '?', '#']).unwrap_or(rest.len()));
    let host = host.rsplit('@').next().unwrap_or(host).to_ascii_lowercase();
    let own = |base: &&Base| base.host == host;
    let Some(base) = site.base().filter(own) else { return Target::Elsewhere { host, is_encrypted } };
    if base.is_encrypted && !is_encrypted {
        return Target::Elsewhere { host, is_encrypted };
    }
    let (path, fragment) = parts(path);
    // Another site may lie on the same host, outside this one's folder.
    match from_root(&base.path, "/", path, fragment) {
        Target::Outside { .. } => Target::Elsewhere { host, is_encrypted },
        target => target,
    }
}

/// The path without the query, and the part of the page.
fn parts(address: &str) -> (&str, Option<String>) {
    let (path, fragment) = address.split_once('#').map_or((address, None), |(p, f)| (p, Some(f)));
    let path = path.split('?').next().unwrap_or(path);
    // `:~:text=` is for the browser, not for the page.
    let fragment = fragment.map(|f| f.split(":~:").next().unwrap_or(f)).filter(|f| !f.is_empty());
    (path, fragment.map(decoded))
}

fn decoded(text: &str) -> String {
    percent_decode_str(text).decode_utf8_lossy().into_owned()
}

/// A path of the host, begun in `folder`, as a path of the site that lies at `root`.
fn from_root(root: &str, folder: &str, path: &str, fragment: Option<String>) -> Target {
    let mut whole = String::with_capacity(folder.len() + path.len() + 2);
    whole.push('/');
    for step in folder.split('/').chain(path.split('/')) {
        match step {
            "" | "." => {}
            ".." => {
                let above = whole[..whole.len() - 1].rfind('/').map_or(0, |at| at);
                whole.truncate(above + 1);
            }
            step => {
                whole.push_str(step);
                whole.push('/');
            }
        }
    }
    let last = path.rsplit('/').next().unwrap_or("");
    // The site's own folder is itself with or without its slash.
    if !matches!(last, "" | "." | "..") && whole != root {
        whole.pop();
    }
    match whole.strip_prefix(root) {
        Some(path) => Target::Here { path: if path.contains('%') { decoded(path) } else { path.to_owned() }, fragment },
        None => Target::Outside { path: whole },
    }
}

#[cfg(test)]
mod tests {
    use super::super::about::About;
    use super::*;

    #[test]
    fn every_form_of_an_address() {
        let about = About { base_url: Some("https://Example.org/in/a".to_owned()), ..About::default() };
        let files = ["index.html", "b c/index.html", "d.html", "e.png"].map(|p| (p, Some(b"".as_slice())));
        let site = Site::new(files, &about);
        let to = |address: &str| resolve(&site, "b c/", address);
        let here = |path: &str, fragment: Option<&str>| Target::Here { path: path.to_owned(), fragment: fragment.map(str::to_owned) };
        assert_eq!(to("../b%20c/?q=1#x%20y"), here("b c/", Some("x y")));
        assert_eq!(to(" ../\n"), here("", None));
        assert_eq!(to("/in/a"), here("", None));
        assert_eq!(to("https://EXAMPLE.org/in/a/e.png"), here("e.png", None));
        assert_eq!(to("//example.org/in/a/#:~:text=a"), here("", None));
        assert_eq!(to("../../other/"), Target::Outside { path: "/in/other/".to_owned() });
        assert_eq!(to("../../../../../x"), Target::Outside { path: "/x".to_owned() });
        assert_eq!(to("#a"), Target::Same { fragment: Some("a".to_owned()) });
        assert_eq!(to("https://example.org/other"), Target::Elsewhere { host: "example.org".to_owned(), is_encrypted: true });
        assert_eq!(to("http://example.org/in/a/"), Target::Elsewhere { host: "example.org".to_owned(), is_encrypted: false });
        assert_eq!(to("TEL:999"), Target::Other { scheme: "tel".to_owned() });
        assert_eq!((find(&site, "b c/"), find(&site, "b c")), (Found::File(0), Found::WithSlash(0)));
        assert_eq!((find(&site, "d"), find(&site, "e"), find(&site, "")), (Found::WithEnding(1), Found::Nothing, Found::File(3)));
    }
}
