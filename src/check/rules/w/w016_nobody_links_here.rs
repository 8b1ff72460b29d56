//! An item that nothing else refers to.
//!
//! People cannot come across it: no page links to it, no journey leads there, no list of services has it. It may be left
//! over from an older version, or somebody forgot the link. Guides, journeys, areas and campaigns are found without one;
//! so is a service under a concern (`topics`), since the directory of services lists it there. A hazard is tied in once
//! one of its controls says what it is done `by`.
//!
//! References from retired items do not count, other than to evidence, nor an item's own and those of its translations.
//! Silence the rule with `allow` on an item that is there on purpose.
//!
//! ## Example
//! ```md
//! ---
//! title: Breathing exercise
//! ---
//! Breathe in while you count to 4.
//! ```
//!
//! ## Instead
//! ```md
//! [Breathing exercise](partial/breathing)
//! ```

use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Identity, Item, Kind, Status};

pub const RULE: Rule = Rule {
    code: "W016",
    name: "nobody-links-here",
    severity: Severity::Advice,
    source: include_str!("w016_nobody_links_here.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    for item in site.content.originals().filter(|i| i.is_live() && site.is_looked_at(&i.file.path)) {
        let Some(help) = help(item) else { continue };
        let is_used = site.users(item).any(|f| {
            let own = matches!(Identity::of(&f.path), Identity::Item { kind, name, .. } if (kind, name) == (item.kind, item.name));
            // What a retired item rested on stays on record with it.
            let counts = item.kind == Kind::Evidence || site.item_at(&f.path).is_none_or(|i| i.status() != Status::Retired);
            !own && counts
        });
        if !is_used {
            let message = format!("nothing refers to `{}`", item.id());
            sink.push(Finding::new(&item.file.path, item.common.title_span(), message).help(help));
        }
    }
}

/// What to do about an item without references; `None` where it needs none.
fn help(item: &Item<'_>) -> Option<&'static str> {
    Some(match item.kind {
        Kind::Topic | Kind::Journey | Kind::Area | Kind::Campaign => return None,
        Kind::Hazard if item.hazard().is_some_and(|h| h.controls.iter().any(|c| c.by.is_some())) => return None,
        Kind::Resource if !item.common.topics.is_empty() => return None,
        Kind::Resource => "signpost to it, give it `topics`, or retire it",
        Kind::Page => "link to it, or put it into the navigation of content/site.yaml",
        Kind::Partial => "embed it with a link that is a paragraph of its own, or retire it",
        Kind::Outcome => "let a journey end there, or retire it",
        Kind::Instrument => "let a journey `use` it, or retire it",
        Kind::Hazard => "name it under `hazards` of the items that it concerns, or say of a control what it is done `by`",
        Kind::Evidence => "name it under `evidence` of the items that rest on it, or retire it",
    })
}
