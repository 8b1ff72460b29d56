//! `signpost rename`.

use std::collections::BTreeMap;

use anyhow::{Result, ensure};

use super::Verdict;
use super::references;
use super::select;
use super::session::{Session, advised};
use super::write::{self, Change};
use crate::diag::{Finding, Texts, fix};
use crate::load::{Snapshot, git};
use crate::model::{Content, Item, Kind, is_name};
use crate::schema::Schemas;
use crate::source::Span;
use crate::yaml::{self, Type};

/// Rename an item, and every reference to it
///
/// Renames its file, its translations and its confirmation, rewrites every reference in YAML and Markdown, and adds the
/// old name to `was`, so that old links lead to the new page.
#[derive(clap::Args)]
pub(super) struct Args {
    /// The item as it is called now, such as topic/sleep
    #[arg(value_name = "OLD")]
    old: String,
    /// What it will be called, such as topic/better-sleep; of the same kind
    #[arg(value_name = "NEW")]
    new: String,
    /// Say what would be changed, and change nothing
    #[arg(long)]
    dry_run: bool,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    let snapshot = session.snapshot(None)?;
    let content = Content::of(&snapshot);
    let schemas = Schemas::of(&snapshot);
    let item = select::item(&content, &args.old)?;
    let name = new_name(&content, item, &args.new)?;
    let mut plan = Plan::default();
    for reference in references::to(&snapshot, &schemas, &args.old) {
        plan.replace(&reference.file.path, reference.span, &args.new);
    }
    if item.kind == Kind::Instrument {
        for score in references::scores(&snapshot, item.name) {
            plan.replace(&score.file.path, score.span, name);
        }
    }
    let was = was(item, name)?;
    plan.replace(&item.file.path, was.0, &was.1);
    for file in content.items.iter().filter(|i| i.kind == item.kind && i.name == item.name).map(|i| i.file) {
        plan.renamed.insert(file.path.clone(), renamed(&file.path, item.name, name));
    }
    if let Some((file, _)) = content.confirmations.get(item.name).filter(|_| item.kind == Kind::Resource) {
        plan.renamed.insert(file.path.clone(), renamed(&file.path, item.name, name));
    }
    warn_of_uncommitted(session, &snapshot, &plan);
    let lines = plan.lines();
    if !args.dry_run {
        plan.carry_out(&snapshot)?;
    }
    session.print(&lines)?;
    mention_the_rest(session, &snapshot, &plan, &args.old);
    Ok(Verdict::Fine)
}

/// The name in `new`, held against what is there.
fn new_name<'n>(content: &Content<'_>, item: &Item<'_>, new: &'n str) -> Result<&'n str> {
    let help = format!("write the new id whole, such as `{}`", item.kind.id("new-name"));
    let Some((kind, name)) = Kind::split(new) else { return Err(advised(format!("`{new}` is no id"), help)) };
    ensure!(kind == item.kind, "`{}` is a {}; its kind cannot change with its name", item.id(), item.kind.word());
    if !is_name(name) {
        return Err(advised(format!("`{name}` is no name"), "a name is lower-case letters, digits and single hyphens, at most 64 of them"));
    }
    ensure!(name != item.name, "`{new}` is what it is called already");
    if let Some(other) = content.named(kind, name) {
        return Err(advised(format!("`{new}` is there already: {}", other.file.path), "choose another name"));
    }
    if let Some(other) = content.renamed(new).filter(|other| other.name != item.name) {
        return Err(advised(format!("`{new}` is the former name of `{}`", other.id()), "links to it lead there: choose another name"));
    }
    Ok(name)
}

/// Everything that will be done, before any of it is.
#[derive(Default)]
struct Plan {
    /// One finding an edit: they are independent of each other.
    edits: Vec<Finding>,
    /// Old path to new path.
    renamed: BTreeMap<String, String>,
}

impl Plan {
    fn replace(&mut self, file: &str, span: Span, text: &str) {
        self.edits.push(Finding::new(file, span, "").fix(span, text));
    }

    fn lines(&self) -> String {
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        self.edits.iter().for_each(|e| *counts.entry(&e.place.file).or_default() += 1);
        let moved = self.renamed.iter().map(|(old, new)| format!("renamed {old} to {new}\n"));
        let written = counts.iter().map(|(file, n)| format!("changed {file}: {n} {}\n", if *n == 1 { "place" } else { "places" }));
        moved.chain(written).collect()
    }

    fn carry_out(&self, snapshot: &Snapshot) -> Result<()> {
        let mut texts: BTreeMap<String, String> = fix::apply_fixes(snapshot, &self.edits).into_iter().collect();
        for old in self.renamed.keys() {
            texts.entry(old.clone()).or_insert_with(|| snapshot.text(old).unwrap_or("").to_owned());
        }
        let root = snapshot.root();
        let mut changes = Vec::new();
        let mut gone = Vec::new();
        for (path, after) in texts {
            let before = snapshot.text(&path).map(str::to_owned);
            if let Some(new) = self.renamed.get(&path) {
                changes.push(Change { path: root.join(new), before: None, after });
                gone.push((root.join(&path), before.unwrap_or_default()));
            } else {
                changes.push(Change { path: root.join(path), before, after });
            }
        }
        write::all(&changes)?;
        write::remove(&gone)
    }
}

/// The path with the file's name changed and all else kept: folder, language, extension.
fn renamed(path: &str, old: &str, new: &str) -> String {
    let (folder, file) = path.rsplit_once('/').unwrap_or(("", path));
    format!("{folder}/{new}{}", file.strip_prefix(old).unwrap_or(""))
}

/// The edit that adds the old name to `was`, and takes the new one out if it is an old one come back.
fn was(item: &Item<'_>, new: &str) -> Result<(Span, String)> {
    let mut names: Vec<&str> = item.common.was.iter().map(|n| n.value).filter(|n| *n != new).collect();
    names.push(item.name);
    let list = format!("[{}]", names.into_iter().map(yaml::quote).collect::<Vec<_>>().join(", "));
    let unreadable =
        || advised(format!("cannot add the old name to {}", item.file.path), "put right what `signpost check` finds in it first");
    let data = item.data.filter(|_| item.file.problems.is_empty()).ok_or_else(unreadable)?;
    if let Some(entry) = data.entry("was") {
        let value = entry.value;
        // A list with a line an entry ends with its last entry, not with the line breaks after it.
        let is_flow = value.span().of(&item.file.text).starts_with('[');
        let last = if is_flow || value.ty() != Type::List { None } else { value.items().last() };
        let end = last.map_or(value.span().end, |l| l.span().end).max(entry.key.end + 1);
        return Ok((Span { start: entry.key.end, end }, format!(": {list}")));
    }
    let title = data.entry("title").ok_or_else(unreadable)?;
    let (end, text) = (title.value.span().end as usize, &item.file.text);
    let end = if text[..end].ends_with('\n') { end - 1 } else { end };
    let line = text[end..].find('\n').map_or(text.len(), |n| end + n);
    let is_block = !data.span().of(text).starts_with('{');
    if is_block {
        let line_end = if text[..line].ends_with('\r') { "\r\n" } else { "\n" };
        let (at, added) = if line < text.len() { (line + 1, format!("was: {list}{line_end}")) } else { (line, format!("\nwas: {list}\n")) };
        return Ok((Span::new(at, at), added));
    }
    Ok((Span::new(end, end), format!(", was: {list}")))
}

fn warn_of_uncommitted(session: &Session, snapshot: &Snapshot, plan: &Plan) {
    let Ok((repo, prefix)) = git::open(snapshot.root()) else { return };
    let files = plan.edits.iter().map(|e| &e.place.file).chain(plan.renamed.keys());
    let mut dirty: Vec<&String> = files.filter(|f| repo.status_file(&prefix.join(f)).is_ok_and(|s| s != git2::Status::CURRENT)).collect();
    dirty.sort();
    dirty.dedup();
    if let Some(first) = dirty.first() {
        let more = if dirty.len() > 1 { format!(" and {} more", dirty.len() - 1) } else { String::new() };
        session.note(format_args!("warning: {first}{more} had changes that are not committed: git cannot undo the renaming alone"));
    }
}

/// Names that stand where no schema says that they are references are left for people to judge.
fn mention_the_rest(session: &Session, snapshot: &Snapshot, plan: &Plan, old: &str) {
    // Records are history: they speak of the item by the name that it had.
    for file in snapshot.files.iter().filter(|f| !f.path.starts_with("reviews/records/")) {
        let known = plan.edits.iter().filter(|e| e.place.file == file.path && e.place.span.of(&file.text) == old).count();
        let whole = file.text.match_indices(old).filter(|(at, _)| {
            let around = [file.text[..*at].chars().next_back(), file.text[at + old.len()..].chars().next()];
            around.iter().flatten().all(|c| !c.is_alphanumeric() && !matches!(c, '-' | '/'))
        });
        if whole.count() > known {
            session.note(format_args!("note: {} also mentions {old}, which is left as it is", file.path));
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_old_name_joins_the_former_ones_however_they_are_written() {
        let forms = [
            ("title: T\n", ""),
            ("title: T", ""),
            ("title: >-\n  T\n  of two lines\nsummary: s\n", ""),
            ("title: |\n  T\nsummary: s\n", ""),
            ("title: T # why\r\nsummary: s\r\n", ""),
            ("\u{feff}title: T\n", ""),
            ("{title: T}\n", ""),
            ("was: []\ntitle: T\n", ""),
            ("was:\ntitle: T\n", ""),
            ("title: T\nwas: # none yet\n", ""),
            ("was: [a, b]\ntitle: T\n", "a b "),
            ("was: [\n  a,\n  b\n]\ntitle: T\n", "a b "),
            ("was:\n  - a\n  - new # once\n\n# why\ntitle: T\n", "a "),
            ("title: T\nwas:\n- a\n- b\nsummary: s\n", "a b "),
            ("title: T\nwas:\n  - a", "a "),
            ("{title: T, was: [a]}\n", "a "),
        ];
        for (text, former) in forms {
            for path in ["content/areas/old.yaml", "content/pages/old.md"] {
                let text = if path.ends_with("md") {
                    format!("---\n{}\n---\nBody\n", text.trim_start_matches('\u{feff}'))
                } else {
                    text.to_owned()
                };
                let snapshot = Snapshot::from_texts([(path, text.as_str())]);
                let content = Content::of(&snapshot);
                let item = content.originals().next().unwrap();
                let (span, words) = was(item, "new").unwrap();
                let changed = fix::apply_fixes(&snapshot, &[Finding::new(path, span, "").fix(span, words)]).remove(0).1;
                let after = Snapshot::from_texts([(path, changed.as_str())]);
                let data = after.files[0].data().unwrap();
                let names: Vec<&str> = data.get("was").unwrap().items().filter_map(|i| i.str()).collect();
                assert_eq!(names.join(" "), format!("{former}old"), "{text:?} -> {changed:?}");
                assert!(after.files[0].problems.is_empty(), "{changed:?}");
                let mut json = (item.data.unwrap().to_json(), data.to_json());
                json.0.as_object_mut().unwrap().shift_remove("was");
                json.1.as_object_mut().unwrap().shift_remove("was");
                assert_eq!(json.0, json.1, "{text:?} -> {changed:?}");
            }
        }
    }
}
