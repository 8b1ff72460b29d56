//! `signpost show --textconv`: a file of content as lines that `git diff` can compare: a line a value, a line a sentence.
//!
//! What only lays YAML or Markdown out differently gives the same lines. Git hands over a file without its folder, so nothing here
//! knows what kind of item it is; what cannot be read is given as it is.

use std::path::Path;

use anyhow::{Context, Result};

use super::prose::{self, Style};
use crate::check::readability::sentences;
use crate::diag::escape::{visible, visible_lines};
use crate::load::{Content, File, Snapshot};
use crate::yaml::{NodeRef, Type};

/// The lines of the file at this path.
pub(super) fn read(path: &Path) -> Result<String> {
    let bytes = std::fs::read(path).with_context(|| format!("cannot read {}", path.display()))?;
    // What is not text is given as git itself would show it.
    let raw = String::from_utf8_lossy(&bytes).into_owned();
    let is_markdown = path.extension().is_some_and(|e| e == "md");
    let name = if is_markdown { "content/topics/file.md" } else { "content/resources/file.yaml" };
    let snapshot = Snapshot::from_bytes([(name, Ok(bytes))]);
    let read = snapshot.files.first().filter(|f| f.refusal.is_none() && f.problems.is_empty());
    Ok(read.and_then(lines).unwrap_or_else(|| visible_lines(&raw).into_owned()))
}

fn lines(file: &File) -> Option<String> {
    let mut out = String::new();
    match &file.content {
        Content::Yaml(_) | Content::Markdown { front: Some(_), .. } => value("", file.data()?, &mut out),
        Content::Markdown { front: None, .. } => {}
        _ => return None,
    }
    if let Some((body, _)) = file.body() {
        out.push('\n');
        for line in prose::render(body, Style { color: false, width: usize::MAX }).lines() {
            let parts = sentences(line);
            parts.iter().for_each(|part| push(&line[part.clone()], &mut out));
            if parts.is_empty() {
                out.push('\n');
            }
        }
    }
    Some(out)
}

fn value(at: &str, node: NodeRef<'_>, out: &mut String) {
    let inside = |name: &str| if at.is_empty() { name.to_owned() } else { format!("{at}, {name}") };
    match node.ty() {
        Type::Map => node.entries().for_each(|entry| value(&inside(entry.name), entry.value, out)),
        // A list is told by what is in it, not by where: one more at its head is one more line.
        Type::List => node.items().for_each(|item| value(at, item, out)),
        _ => {
            let text = node.scalar().unwrap_or("nothing");
            text.trim_end().split('\n').for_each(|line| push(&format!("{at}: {line}"), out));
        }
    }
}

fn push(line: &str, out: &mut String) {
    out.push_str(&visible(line));
    out.push('\n');
}
