//! An address on this site where there is nothing.
//!
//! Somebody who follows it ends on an error page, perhaps in the middle of the night. The same goes for pictures, scripts
//! and style sheets that are not there, for addresses in style sheets, and for entries of the sitemap and the web
//! manifest. Capitals count: what works on one machine fails on the host.
//!
//! ## Example
//! ```html
//! <a href="../topics/slep/">Sleep</a>
//! ```
//!
//! ## Instead
//! ```html
//! <a href="../topics/sleep/">Sleep</a>
//! ```
//!
//! ## Where it comes from
//! SITE.md: most generators pass a dead internal link silently; nothing of the kind happens here.

use crate::audit::reference::{Found, Kind, Target};
use crate::audit::site::Site;
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;
use crate::model::suggest;

pub const RULE: Rule = Rule {
    code: "A001",
    name: "dead-link",
    severity: Severity::Error,
    source: include_str!("a001_dead_link.rs"),
    check: Check::File(check),
};

/// Above this many files nobody looks for what was probably meant.
const MOST: usize = 20_000;

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    for reference in &view.references {
        let Target::Here { path, .. } = &reference.target else { continue };
        if reference.found != Found::Nothing {
            continue;
        }
        let what = match reference.kind {
            Kind::Link | Kind::Refresh => "leads nowhere",
            Kind::Entry | Kind::Say => "names a page that is not there",
            Kind::Load | Kind::Hint => "names a file that is not there",
            Kind::Send => "sends what people fill in nowhere",
        };
        let finding = view.finding(reference.span, format!("`/{path}` {what}")).label("not found");
        sink.push(match view.site.meant(path, || meant(view.site, path)) {
            Some(meant) => finding.help(meant),
            None => finding,
        });
    }
}

/// What was probably meant, in words.
fn meant(site: &Site<'_>, path: &str) -> Option<String> {
    let is_page = path.is_empty() || path.ends_with('/');
    let file = if is_page { format!("{path}index.html") } else { path.to_owned() };
    let shown = |file: &str| file.strip_suffix("index.html").map_or_else(|| format!("/{file}"), |folder| format!("/{folder}"));
    if let Some(other) = site.in_other_case(&file) {
        return Some(format!("capitals count in addresses: did you mean `{}`?", shown(other)));
    }
    if site.files().len() > MOST {
        return None;
    }
    let near = suggest(&file, site.files().iter().map(|f| f.path).filter(|f| f.ends_with("index.html") == is_page));
    near.map(|near| format!("did you mean `{}`?", shown(near)))
}
