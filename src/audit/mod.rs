//! Generated HTML, judged as the public gets it: links, headings, labels, what every page must carry, what it weighs.
//!
//! A rule is one file in `rules/`, listed in that folder's `mod.rs`. Every file is parsed once; every rule is called for every
//! page, in parallel, and once more for the site as a whole. The folder may be anybody's: what is asked only of our own (banners,
//! emergency help) is asked where [`About`] says so. To add a rule, copy one, list it, and write its cases in `tests/audit/`.
//!
//! Knows nothing of the disk, of templates, or of how a page came to be.

mod about;
mod address;
mod again;
mod css;
mod element;
mod gather;
mod landmarks;
mod name;
mod number;
mod page;
mod policy;
mod read;
mod reference;
mod rule;
mod rules;
mod site;
mod view;
mod weight;

use rayon::prelude::*;

use crate::diag::{Finding, Report};

pub use crate::diag::rule::Sink;
pub use about::{About, Call};
pub use again::Judged;
pub use gather::gathered;
pub use rule::{Check, Rule};
pub use site::{Site, is_read};

use view::{Kept, View};

/// Every rule, by code.
pub fn rules() -> impl Iterator<Item = &'static Rule> {
    rules::ALL.iter().copied()
}

/// The rule with this code.
pub fn rule(code: &str) -> Option<&'static Rule> {
    rules().find(|r| r.code == code)
}

/// Runs every rule over a site and gives what they find, sorted by file and place; `items` counts the pages.
pub fn run(site: &Site<'_>) -> Report {
    let judged = site.files().par_iter().enumerate().filter(|(_, file)| file.text.is_some()).map(|(n, _)| one(site, n));
    let (found, kept): (Vec<Vec<Finding>>, Vec<Kept<'_>>) = judged.unzip();
    let mut findings: Vec<Finding> = found.into_iter().flatten().collect();
    for rule in rules() {
        if let Check::Site(check) = rule.check {
            check(site, &kept, &mut Sink::new(rule, &mut findings));
        }
    }
    findings.sort_by(Finding::by_place);
    findings.dedup();
    Report { findings, items: site.pages() }
}

/// What the rules find in one file, and what is kept of it for those that look at the whole site.
fn one<'v>(site: &'v Site<'_>, number: usize) -> (Vec<Finding>, Kept<'v>) {
    let view = View::new(site, number);
    let mut found = Vec::new();
    for rule in rules() {
        let mut sink = Sink::new(rule, &mut found);
        match rule.check {
            Check::Page(check) if view.is_page() => check(&view, &mut sink),
            Check::File(check) => check(&view, &mut sink),
            _ => {}
        }
    }
    (found, Kept::of(view))
}
