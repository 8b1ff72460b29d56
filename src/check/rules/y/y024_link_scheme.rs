//! A link that opens something other than an item, a secure web address, an e-mail or a phone call.
//!
//! A link can hold a program (`javascript:`), a whole page (`data:`) or a file of the reader's own machine (`file:`), and
//! can show one site's name in front of another's (`https://nhs.uk@example.org`). Links open ids of items, `#sections`,
//! `https:`, `mailto:` and `tel:`, and nothing else. `http:` is not among them: whoever shares the network can read and
//! change such a page.
//!
//! ## Example
//! ```md
//! Read [more](http://example.org/sleep).
//! ```
//!
//! ## Instead
//! ```md
//! Read [more](https://example.org/sleep).
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::markdown::Link;

pub const RULE: Rule = Rule {
    code: "Y024",
    name: "link-scheme",
    severity: Severity::Error,
    source: include_str!("y024_link_scheme.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for link in file.links() {
        // What has no scheme is an item, or is said by the rules for references.
        let Some((scheme, rest)) = scheme(&link.to) else { continue };
        match scheme.as_str() {
            "https" => https(file, link, rest, sink),
            "mailto" | "tel" if !link.is_image => {}
            "http" => {
                let finding = file.finding(link.to_span, "a link cannot open an address that is not secure (`http:`)");
                sink.push(finding.help("write `https:` if the site answers there, as nearly all do; otherwise link to another"));
            }
            _ => {
                let finding = file.finding(link.to_span, format!("a link cannot open `{scheme}:`"));
                sink.push(
                    finding
                        .help("link to an item by its id (`topic/sleep`), or to an address that begins with `https:`, `mailto:` or `tel:`"),
                );
            }
        }
    }
}

/// The scheme in lower case, and what follows its colon.
fn scheme(to: &str) -> Option<(String, &str)> {
    let (scheme, rest) = to.split_once(':')?;
    let is_scheme =
        scheme.starts_with(|c: char| c.is_ascii_alphabetic()) && scheme.chars().all(|c| c.is_ascii_alphanumeric() || "+-".contains(c));
    is_scheme.then(|| (scheme.to_ascii_lowercase(), rest))
}

fn https(file: &FileContext<'_, '_>, link: &Link, rest: &str, sink: &mut Sink<'_>) {
    let authority = rest.strip_prefix("//").map(|r| r.split(['/', '?', '#', '\\']).next().unwrap_or(""));
    match authority {
        None | Some("") => {
            let finding = file.finding(link.to_span, "this address names no site");
            sink.push(finding.help("write the whole address, such as `https://example.org/sleep`"));
        }
        Some(authority) => {
            let Some((shown, host)) = authority.rsplit_once('@') else { return };
            let finding = file.finding(link.to_span, format!("this address opens `{host}`, not `{shown}`"));
            sink.push(finding.help(format!("take out everything from `{shown}` to the `@`, or link to the site that is meant")));
        }
    }
}
