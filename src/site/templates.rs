//! The templates: embedded, overridden file by file by the repository's `site-templates/`.
//!
//! Undefined variables are errors that name template, line and column. Knows nothing of what the pages hold.

use std::collections::BTreeMap;

use minijinja::syntax::SyntaxConfig;
use minijinja::value::Value;
use minijinja::{AutoEscape, Environment, Error, Output, State, UndefinedBehavior};

use super::assets::Assets;
use super::assets::Brand;
use super::text;
use crate::embedded;
use crate::load::Snapshot;
use crate::source::Lines;

/// Instructions that one page may take: a hundred times what the largest list needs, so that a loop in a template ends.
const FUEL: u64 = 100_000_000;

/// Templates and assets.
pub(super) struct Theme {
    environment: Environment<'static>,
    sources: BTreeMap<String, String>,
    /// Styles and pictures.
    pub assets: Assets,
}

/// A template that is wrong, or that met something it did not expect.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("site-templates/{template}:{line}:{column}: {message}{}", if page.is_empty() { String::new() } else { format!(" (on the page /{page})") })]
pub struct TemplateError {
    /// The template's path in `site-templates/`.
    pub template: String,
    /// From 1.
    pub line: usize,
    /// In code points, from 1.
    pub column: usize,
    /// What is wrong.
    pub message: String,
    /// The page that was being made; empty where the template cannot be read at all.
    pub page: String,
}

impl Theme {
    /// Reads and compiles the templates, and lays out the assets.
    pub fn new(snapshot: &Snapshot, brand: &Brand<'_>) -> Result<Self, TemplateError> {
        let mut sources = BTreeMap::new();
        for (path, bytes) in embedded::TEMPLATES {
            if let (true, Ok(text)) = (is_template(path), std::str::from_utf8(bytes)) {
                sources.insert((*path).to_owned(), text.to_owned());
            }
        }
        for file in &snapshot.files {
            if let Some(path) = file.path.strip_prefix("site-templates/").filter(|p| is_template(p) && file.refusal.is_none()) {
                sources.insert(path.to_owned(), file.text.clone());
            }
        }
        let mut theme = Self { environment: environment(), sources, assets: Assets::new(snapshot, brand) };
        for (name, source) in &theme.sources {
            if let Err(error) = theme.environment.add_template_owned(name.clone(), source.clone()) {
                return Err(theme.explain(&error, name, ""));
            }
        }
        Ok(theme)
    }

    /// Renders a page.
    pub fn render(&self, template: &str, page: &str, data: Value) -> Result<String, TemplateError> {
        let rendered = self.environment.get_template(template).and_then(|t| t.render(data));
        let mut text = rendered.map_err(|error| self.explain(&error, template, page))?;
        text.push('\n');
        Ok(text)
    }

    /// The innermost error that says where it happened.
    fn explain(&self, error: &Error, template: &str, page: &str) -> TemplateError {
        let mut inner = error;
        let mut next = std::error::Error::source(error);
        while let Some(source) = next {
            inner = source.downcast_ref::<Error>().unwrap_or(inner);
            next = source.source();
        }
        let template = inner.name().unwrap_or(template).to_owned();
        let source = self.sources.get(&template).map_or("", String::as_str);
        let (mut line, mut column) = (inner.line().unwrap_or(1), 1);
        if let Some(range) = inner.range() {
            let position = Lines::new(source).position(u32::try_from(range.start).unwrap_or(0));
            (line, column) = (position.line, position.column);
        }
        let message = match inner.detail() {
            Some(detail) => detail.to_owned(),
            None => inner.kind().to_string(),
        };
        let part = inner
            .range()
            .and_then(|r| source.get(r))
            .filter(|p: &&str| !p.is_empty() && !p.contains('\n') && p.len() <= 80 && !message.contains(p));
        let message = part.map_or_else(|| message.clone(), |part| format!("{message}: `{part}`"));
        TemplateError { template, line, column, message, page: page.to_owned() }
    }
}

fn is_template(path: &str) -> bool {
    !path.starts_with("assets/") && [".html", ".xml", ".txt", ".js"].iter().any(|ext| path.ends_with(ext))
}

fn environment() -> Environment<'static> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    // Fails for delimiters that contradict each other only, and these are the usual ones.
    if let Ok(syntax) = SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build() {
        environment.set_syntax(syntax);
    }
    environment.set_fuel(Some(FUEL));
    // Keeps the places of errors; costs something only where there is one.
    environment.set_debug(true);
    let is_markup = |name: &str| name.ends_with(".html") || name.ends_with(".xml");
    environment.set_auto_escape_callback(move |name| if is_markup(name) { AutoEscape::Html } else { AutoEscape::None });
    environment.set_formatter(write_value);
    environment.add_filter("fill", text::fill);
    environment
}

/// Escapes what must be, and no more: the engine's own formatter also turns every `/` into six characters.
fn write_value(out: &mut Output<'_>, state: &mut State<'_, '_>, value: &Value) -> Result<(), Error> {
    let is_plain = value.is_safe() || matches!(state.auto_escape(), AutoEscape::None);
    match value.as_str() {
        Some(text) if is_plain => out.write_str(text)?,
        Some(text) => {
            let mut escaped = String::new();
            out.write_str(escape(text, &mut escaped))?;
        }
        None => minijinja::escape_formatter(out, state, value)?,
    }
    Ok(())
}

/// The text as HTML, whether between tags or in a quoted attribute; `room` is used only where something must change.
pub(super) fn escape<'t>(text: &'t str, room: &'t mut String) -> &'t str {
    if !text.bytes().any(|b| matches!(b, b'&' | b'<' | b'>' | b'"' | b'\'')) {
        return text;
    }
    push_escaped(text, room);
    room
}

/// Adds a text as HTML.
pub(super) fn push_escaped(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            b'"' => "&quot;",
            b'\'' => "&#39;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}

/// Adds a text as HTML, where it stands between tags.
pub(super) fn push_text(text: &str, out: &mut String) {
    let mut from = 0;
    for (at, byte) in text.bytes().enumerate() {
        let entity = match byte {
            b'&' => "&amp;",
            b'<' => "&lt;",
            b'>' => "&gt;",
            _ => continue,
        };
        out.push_str(&text[from..at]);
        out.push_str(entity);
        from = at + 1;
    }
    out.push_str(&text[from..]);
}
