//! The review pack: one HTML file for a clinician who has no git and ten minutes (REVIEW.md, Commands).
//!
//! - [`reading`]: a page of the site as blocks of words; [`marked`]: two versions of it in one;
//! - `summary`: what is asked of whom, and the risks first; `item`: one item before and after; `proof`: the picture, the safety
//!   rules and the hazards that a change touches;
//! - [`seal`]: the pack's own digest.
//!
//! The same versions, people and reader give the same bytes. Everything from content is words: the template escapes it, nothing
//! in the file runs, and nothing is fetched. Does not know git, the clock, or who is right.

mod item;
pub mod marked;
mod proof;
pub mod reading;
pub mod seal;
mod summary;

use std::collections::{BTreeMap, BTreeSet};

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use crate::check::{self, Context};
use crate::diag::escape::visible_lines;
use crate::diff::{Change, Side, report};
use crate::site;

/// One of the two versions.
#[derive(Clone, Copy)]
pub struct Version<'p, 's> {
    /// What is compared.
    pub side: &'p Side<'s>,
    /// What its checks see.
    pub context: &'p Context<'s>,
    /// What it is called.
    pub name: &'p str,
    /// What it is to the letter: the whole hash of its commit, or the files on disk.
    pub full: &'p str,
}

/// How an item that changed stands, by the policy.
#[derive(Debug, Clone)]
pub struct Asked {
    /// The item.
    pub id: String,
    /// In one sentence.
    pub state: String,
    /// The approvals that are missing: role, how many, the people who could give it.
    pub needs: Vec<(String, usize, Vec<String>)>,
    /// What else there is to say.
    pub notes: Vec<String>,
    /// The version approved last is another than the one that this pack compares with.
    pub is_other_base: bool,
}

/// Somebody for whom the pack is made.
#[derive(Debug, Clone)]
pub struct Reader {
    /// The id in reviewers.yaml.
    pub id: String,
    /// The name.
    pub name: String,
    /// What they would sign: the item, and the exact bytes, with [`seal::OPEN`] for the pack's digest.
    pub payloads: Vec<(String, String)>,
}

/// Everything that a pack is made of.
pub struct Request<'p, 's> {
    /// The older version.
    pub old: Version<'p, 's>,
    /// The newer version.
    pub new: Version<'p, 's>,
    /// What differs.
    pub changes: &'p [Change<'p, 's>],
    /// How each item that changed stands.
    pub asked: &'p [Asked],
    /// What each role is, by the policy.
    pub roles: &'p [(String, String)],
    /// For whom it is made.
    pub reader: Option<&'p Reader>,
}

/// The pack, or why the template cannot be filled.
///
/// # Errors
/// None for what the program itself makes: the template is embedded and its tests fill every part of it.
pub fn render(request: &Request<'_, '_>) -> Result<String, minijinja::Error> {
    let told = report::of(request.old.side, request.new.side, request.changes);
    let ids: BTreeSet<String> =
        request.changes.iter().flat_map(|c| [&c.from, &c.to].map(|s| s.as_ref().map(|s| s.id.clone()))).flatten().collect();
    let mut faults = Vec::new();
    let (before, after) = (pages(&request.old, &ids, &mut faults), pages(&request.new, &ids, &mut faults));
    let findings = check::run(request.new.context).findings;
    let hazards = check::hazards::log(request.new.context, &findings);
    let rules: BTreeMap<&str, proof::Rules> =
        request.changes.iter().map(|change| (change.id.as_str(), proof::Rules::of(request, change))).collect();
    let mut items = Vec::new();
    for (number, entry) in told.entries.iter().enumerate() {
        let Some(change) = request.changes.iter().find(|c| c.id == entry.id) else { continue };
        let Some(rules) = rules.get(change.id.as_str()) else { continue };
        let facts = item::Facts { before: &before, after: &after, rules, hazards: &hazards };
        items.push(item::value(request, number, entry, change, &facts));
    }
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template("pack.html", include_str!("pack.html"))?;
    let page = environment.get_template("pack.html")?.render(context! {
        digest => seal::OPEN,
        service => words(request.new.side.content.site.as_ref().or(request.old.side.content.site.as_ref()).map_or("", |s| s.name.value)),
        old => context! { name => words(request.old.name), full => words(request.old.full) },
        new => context! { name => words(request.new.name), full => words(request.new.full) },
        summary => words(&told.summary),
        asked => summary::asked(request, &told),
        risks => summary::risks(&told, &rules),
        list => summary::list(request, &told),
        items => items,
        faults => faults,
        reader => summary::reader(request),
        tool => concat!("signpost ", env!("CARGO_PKG_VERSION")),
    })?;
    Ok(seal::seal(&(page + "\n")))
}

/// The pages of what changed; where they cannot be made, that is said.
fn pages(version: &Version<'_, '_>, ids: &BTreeSet<String>, faults: &mut Vec<String>) -> BTreeMap<String, Vec<reading::Block>> {
    match site::pages_of(version.context, ids) {
        Ok(pages) => pages.into_iter().map(|(id, page)| (id, reading::blocks(&page))).collect(),
        Err(error) => {
            faults.push(words(&format!("The pages of {} cannot be made, so they are not shown: {error}", version.name)));
            BTreeMap::new()
        }
    }
}

/// A text of content, with what is hidden in it shown by code point.
fn words(text: &str) -> String {
    visible_lines(text).into_owned()
}

/// Markup that this module made itself.
fn markup(html: String) -> Value {
    Value::from_safe_string(html)
}
