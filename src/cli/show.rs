//! `signpost show`.

use std::fmt::Write;
use std::path::PathBuf;

use anyhow::{Result, bail};
use serde_json::Value;

use super::Verdict;
use super::prose::{self, Style, wrap};
use super::references;
use super::review;
use super::select;
use super::session::Session;
use super::textconv;
use crate::diag::escape::{visible, visible_lines};
use crate::embedded;
use crate::fingerprint;
use crate::hours::{self, Hours};
use crate::load::{self, File, Snapshot};
use crate::model::{Content, Identity};
use crate::schema::{self, Schemas};
use crate::source::Lines;
use crate::yaml::{NodeRef, Type};

/// Show one item as text: its fields, hours in words, its body, who refers to it, its fingerprint
#[derive(clap::Args)]
pub(super) struct Args {
    /// The item: topic/sleep; also site/acuity, or template/base.html
    #[arg(value_name = "ITEM", required_unless_present = "textconv")]
    item: Option<String>,
    /// As it was in a git revision
    #[arg(long, value_name = "REV")]
    at: Option<String>,
    /// Print this file a line a value and a line a sentence, for `git diff`: `git config diff.signpost.textconv "signpost show --textconv"`
    #[arg(long, value_name = "FILE", conflicts_with_all = ["item", "at"])]
    textconv: Option<PathBuf>,
}

pub(super) fn run(session: &Session, args: &Args) -> Result<Verdict> {
    if let Some(file) = &args.textconv {
        session.print(&textconv::read(&session.path(file))?)?;
        return Ok(Verdict::Fine);
    }
    // Without a file there is an item: the command line sees to it.
    let id = args.item.as_deref().unwrap_or_default();
    let snapshot = session.snapshot(args.at.as_deref())?;
    let content = Content::of(&snapshot);
    let schemas = Schemas::of(&snapshot);
    if let Some(path) = id.strip_prefix("template/") {
        return template(session, &snapshot, path);
    }
    let mut files: Vec<&File> = match select::singleton(id) {
        Some(path) => snapshot.file(&path).into_iter().collect(),
        None => {
            let item = select::item(&content, id)?;
            content.items.iter().filter(|i| i.kind == item.kind && i.name == item.name).map(|i| i.file).collect()
        }
    };
    if files.is_empty() {
        bail!("this site has no {id}");
    }
    // The original first, then its translations.
    files.sort_by_key(|f| matches!(Identity::of(&f.path), Identity::Item { language: Some(_), .. }));
    let mut page = Page { style: Style { color: session.has_color(), width: session.width() }, content: &content, out: String::new() };
    for file in files {
        page.file(id, file, &schemas);
    }
    page.referrers(&references::to(&snapshot, &schemas, id));
    // How it stands is how it stands now.
    if args.at.is_none()
        && let Some(standing) = review::of_item(session, id)
    {
        page.out.push_str(&format!("\nReview: {standing}"));
    }
    session.print(&page.out)?;
    Ok(Verdict::Fine)
}

/// A template as this site has it, or as it comes with the program, to begin one of your own.
fn template(session: &Session, snapshot: &Snapshot, path: &str) -> Result<Verdict> {
    let own = snapshot.file(&format!("site-templates/{path}")).map(|f| f.text.as_str());
    match own.or_else(|| embedded::text(embedded::TEMPLATES, path)) {
        Some(text) => session.print(text)?,
        None => {
            let near = crate::model::suggest(path, embedded::TEMPLATES.iter().map(|(path, _)| *path));
            let all = embedded::TEMPLATES.iter().map(|(path, _)| *path).collect::<Vec<_>>().join(", ");
            return Err(super::session::unknown(format!("there is no template `{path}`"), near, &format!("there are {all}")));
        }
    }
    Ok(Verdict::Fine)
}

/// The fields of one file in words, and its text as it reads.
pub(super) fn fields_and_text(style: Style, content: &Content<'_>, file: &File) -> String {
    let mut page = Page { style, content, out: String::new() };
    match &file.content {
        load::Content::Text => page.out.push_str(&visible_lines(&file.text)),
        load::Content::Binary(bytes) => page.line(0, "", &format!("a file of {} bytes that is no text", bytes.len())),
        _ => page.fields_and_text(file),
    }
    page.out
}

struct Page<'c, 'a> {
    style: Style,
    content: &'c Content<'a>,
    out: String,
}

impl Page<'_, '_> {
    fn file(&mut self, id: &str, file: &File, schemas: &Schemas) {
        let language = match Identity::of(&file.path) {
            Identity::Item { language: Some(language), .. } => format!(" ({language})"),
            _ => String::new(),
        };
        self.heading(&format!("{id}{language} · {}", file.path));
        self.fields_and_text(file);
        if let Some(name) = id.strip_prefix("resource/") {
            let words = self.content.confirmations.get(name).map(|(_, c)| format!("{} by {}, against {}", *c.date, *c.by, *c.against));
            self.line(0, "\nLast confirmed", words.as_deref().unwrap_or("never"));
        }
        let print = fingerprint::of(file, schemas).unwrap_or_else(|why| format!("none: {why}"));
        let _ = write!(self.out, "\nFingerprint: {print}\n\n");
    }

    fn fields_and_text(&mut self, file: &File) {
        let schema: Value =
            Identity::of(&file.path).schema().and_then(schema::text).and_then(|t| serde_json::from_str(t).ok()).unwrap_or_default();
        match file.data() {
            Some(data) => self.map(&schema, &schema, data, 0),
            None => self.line(0, "", "its fields cannot be read: `signpost check` says why"),
        }
        if let Some((body, _)) = file.body().filter(|(body, _)| !body.trim().is_empty()) {
            self.out.push('\n');
            self.out.push_str(&prose::render(body, self.style));
        }
    }

    fn heading(&mut self, text: &str) {
        self.out.push_str(&prose::render(&format!("# {}", visible(text)), self.style));
        self.out.push('\n');
    }

    /// The entries of a map in the order of its schema, what the schema does not know last.
    fn map(&mut self, root: &Value, schema: &Value, node: NodeRef<'_>, depth: usize) {
        let order = |name: &str| schema["properties"].as_object().and_then(|p| p.keys().position(|k| k == name)).unwrap_or(usize::MAX);
        let mut entries: Vec<_> = node.entries().collect();
        entries.sort_by_key(|e| order(e.name));
        for entry in entries {
            let property = followed(root, [&schema["properties"][entry.name], &schema["additionalProperties"]]);
            let title = if schema["properties"][entry.name].is_null() { None } else { property["title"].as_str() };
            self.value(root, property, title.unwrap_or(entry.name), entry.value, depth);
        }
    }

    fn value(&mut self, root: &Value, schema: &Value, title: &str, node: NodeRef<'_>, depth: usize) {
        match node.ty() {
            Type::Map => {
                self.line(depth, title, "");
                self.map(root, schema, node, depth + 1);
            }
            Type::List if node.items().all(|i| i.scalar().is_some()) => {
                let items = followed(root, [&schema["items"], &Value::Null]);
                let words: Vec<String> = node.items().map(|i| self.scalar(items, i)).collect();
                self.line(depth, title, &words.join(", "));
            }
            Type::List => {
                let items = followed(root, [&schema["items"], &Value::Null]);
                let title = items["title"].as_str().unwrap_or(title);
                for (number, item) in node.items().enumerate() {
                    self.value(root, items, &format!("{title} {}", number + 1), item, depth);
                }
            }
            _ => {
                let words = self.scalar(schema, node);
                self.line(depth, title, &words);
            }
        }
    }

    /// A value in words: hours as they are said, references with the title of what they name.
    fn scalar(&self, schema: &Value, node: NodeRef<'_>) -> String {
        let text = node.scalar().unwrap_or("");
        if schema["x-reference"].is_array() {
            let id = text.split('#').next().unwrap_or(text);
            return self.content.get(id).map_or_else(|| text.to_owned(), |item| format!("{text} ({})", item.title()));
        }
        if schema["x-format"] == "opening-hours"
            && let Ok(hours) = Hours::parse(text)
        {
            return format!("{text} ({})", hours.in_words(&hours::Words::default()).join("; "));
        }
        match (node.ty(), text) {
            (Type::Bool, "true") => "yes".to_owned(),
            (Type::Bool, _) => "no".to_owned(),
            (Type::Null, _) => "nothing".to_owned(),
            _ => text.to_owned(),
        }
    }

    fn line(&mut self, depth: usize, title: &str, words: &str) {
        let margin = "  ".repeat(depth);
        let text = if title.is_empty() { words.to_owned() } else { format!("{}: {}", title, words) };
        for (number, line) in wrap(visible_lines(text.trim()).trim(), self.style.width.saturating_sub(margin.len() + 2)).iter().enumerate()
        {
            let further = if number > 0 { "  " } else { "" };
            let _ = writeln!(self.out, "{margin}{further}{line}");
        }
    }

    fn referrers(&mut self, references: &[references::Reference<'_>]) {
        if references.is_empty() {
            self.out.push_str("Nothing refers to it.\n");
            return;
        }
        self.out.push_str("Referred to by:\n");
        let mut lines: Vec<String> = references
            .iter()
            .map(|r| {
                let at = Lines::new(&r.file.text).position(r.span.start);
                format!("  {}:{}:{}\n", visible(&r.file.path), at.line, at.column)
            })
            .collect();
        lines.dedup();
        self.out.extend(lines);
    }
}

/// The first of the schemas that is one, with what it refers to.
fn followed<'s>(root: &'s Value, schemas: [&'s Value; 2]) -> &'s Value {
    let schema = schemas.into_iter().find(|s| s.is_object()).unwrap_or(&Value::Null);
    let target = schema["$ref"].as_str().and_then(|r| r.strip_prefix('#')).and_then(|p| root.pointer(p));
    target.unwrap_or(schema)
}
