//! A schema of this repository's own that cannot be used, or that does not say what it seems to.
//!
//! A schema in `schemas/` tightens what the built-in schema of the same name asks for. One that cannot be read, that has a
//! misspelt keyword or that belongs to nothing asks for nothing, while its author believes that it does.
//!
//! ## Example
//! `schemas/topic.schema.json`:
//! ```json
//! { "requried": ["owner"] }
//! ```
//!
//! ## Instead
//! ```json
//! { "required": ["owner"] }
//! ```
//!
//! ## Where it comes from
//! JSON Schema, draft 2020-12.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, suggest};
use crate::schema::{self, lint};
use crate::source::Span;
use crate::yaml;

pub const RULE: Rule = Rule {
    code: "S012",
    name: "broken-schema",
    severity: Severity::Error,
    source: include_str!("s012_broken_schema.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Identity::Schema(name) = file.identity else { return };
    let text = file.file.text.as_str();
    if file.file.refusal.is_some() || schema::text(name) == Some(text) {
        return;
    }
    if schema::text(name).is_none() {
        let finding = file.finding(Span::default(), format!("nothing has the schema `{name}`"));
        sink.push(match suggest(name, schema::names()) {
            Some(near) => finding.help(format!("did you mean `schemas/{near}.schema.json`?")),
            None => finding.help("name it after a kind of item, such as `schemas/topic.schema.json`"),
        });
    }
    if let Err(error) = serde_json::from_str::<serde_json::Value>(text) {
        let at = offset(text, error.line(), error.column());
        let words = error.to_string();
        let words = words.split(" at line ").next().unwrap_or(&words);
        return sink.push(
            file.finding(Span::new(at, at), format!("this is not JSON: {words}"))
                .help("look for a comma, quotation mark or bracket too many or too few here"),
        );
    }
    if let Some(why) = file.site.schemas.own().find_map(|(own, why)| (own == name).then_some(why)?) {
        let why = why.lines().next().unwrap_or(why);
        sink.push(
            file.finding(Span::default(), "this schema cannot be used")
                .note(why)
                .help("put it right, or remove it: until then it asks for nothing"),
        );
    }
    // JSON is YAML, and our reader knows where everything stands.
    let parsed = yaml::parse(text, Span::new(0, text.len()));
    for unknown in parsed.yaml.root(text).map(lint::unknown_keywords).unwrap_or_default() {
        let finding = file.finding(unknown.span, format!("`{}` means nothing in a schema", unknown.keyword));
        sink.push(match unknown.suggestion {
            Some(near) => finding.did_you_mean(Some(near)).fix(unknown.span, format!("\"{near}\"")),
            None => finding.help("take it out; notes for people go under `$comment`"),
        });
    }
}

fn offset(text: &str, line: usize, column: usize) -> usize {
    let start: usize = text.split_inclusive('\n').take(line.saturating_sub(1)).map(str::len).sum();
    let mut at = (start + column.saturating_sub(1)).min(text.len());
    while !text.is_char_boundary(at) {
        at -= 1;
    }
    at
}
