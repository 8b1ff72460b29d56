//! The hazard log as one page for a safety case: no script, nothing fetched, every word escaped by the template engine.

use anyhow::Result;
use minijinja::syntax::SyntaxConfig;
use minijinja::value::{Serde, Value};
use minijinja::{AutoEscape, Environment, UndefinedBehavior, context};

use super::{Page, holds_in_words};

const TEMPLATE: &str = include_str!("page.html");

/// The whole page.
pub(super) fn render(page: &Page<'_, '_, '_>) -> Result<String> {
    let mut environment = Environment::new();
    environment.set_undefined_behavior(UndefinedBehavior::Strict);
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_syntax(SyntaxConfig::builder().trim_blocks(true).lstrip_blocks(true).build()?);
    environment.add_template("page.html", TEMPLATE)?;
    let words: Vec<&str> = page.entries.iter().map(|e| e.acceptance.in_words()).collect();
    let states: Vec<Vec<&str>> = page.entries.iter().map(|e| e.controls.iter().map(|c| holds_in_words(c.holds)).collect()).collect();
    let mut text = environment
        .get_template("page.html")?
        .render(context! { log => Value::from(Serde(&page.json())), acceptance => words, states => states })?;
    // What is hidden to a reader of the source is shown; the page is plain text otherwise.
    text = crate::diag::escape::visible_lines(&text).into_owned();
    text.push('\n');
    Ok(text)
}
