//! A link that leaves the folder that the site lies in.
//!
//! A site that is published at `https://example.org/wellbeing/` owns only what is below `/wellbeing/`: a link to
//! `/topics/` there leads to somebody else's page, or nowhere. Write links from the page (`../topics/`), so that the site
//! works in any folder.
//!
//! The page for unknown addresses, `404.html`, is the exception: it is shown at any depth, so its links begin with `/`.
//!
//! ## Example
//! ```html
//! <a href="/topics/">Topics</a>       <!-- base_url: https://example.org/wellbeing/ -->
//! ```
//!
//! ## Instead
//! ```html
//! <a href="../topics/">Topics</a>
//! ```
//!
//! ## Where it comes from
//! SITE.md: links are relative to the path of `base_url`, so the site works in a sub-folder.

use crate::audit::reference::{Kind, Target};
use crate::audit::view::View;
use crate::audit::{Check, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "A003",
    name: "outside-the-site",
    severity: Severity::Error,
    source: include_str!("a003_outside_the_site.rs"),
    check: Check::File(check),
};

fn check(view: &View<'_, '_>, sink: &mut Sink<'_>) {
    for reference in view.references.iter().filter(|r| r.kind != Kind::Say) {
        let is_loose = view.path == "404.html"
            && !reference.address.trim_start().starts_with('/')
            && !reference.address.contains("://")
            && matches!(reference.target, Target::Here { .. });
        if let (Kind::Entry, Target::Elsewhere { host, .. }, Some(base)) = (reference.kind, &reference.target, view.site.base()) {
            let message = format!("the list names a page of {host}, and not of this site, which is `{}{}`", base.host, base.path);
            sink.push(view.finding(reference.span, message).help("build it for the address where it is published (`base_url`)"));
        } else if let Target::Outside { path } = &reference.target {
            let root = view.site.base().map_or("/", |b| b.path.as_str());
            let message = format!("`{path}` is outside the site, which lies in `{root}`");
            sink.push(view.finding(reference.span, message).help("write the way from this page, such as `../topics/`"));
        } else if is_loose {
            let message = format!("`{}` leads somewhere else whenever this page is shown deeper in the site", reference.address);
            let root = view.site.base().map_or("/", |b| b.path.as_str());
            sink.push(view.finding(reference.span, message).help(format!("begin it with `{root}`")));
        }
    }
}
