//! A file with nothing in it, or whose top level is not keys and values.
//!
//! Every YAML file, and the front matter of every Markdown file, is a map: keys, each with a value.
//!
//! ## Example
//! ```yaml
//! - Example helpline
//! - 0808 157 0123
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Example helpline
//! type: helpline
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Content;
use crate::source::Span;
use crate::yaml::{Type, quoted};

pub const RULE: Rule =
    Rule { code: "Y025", name: "no-map", severity: Severity::Error, source: include_str!("y025_no_map.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let text = &file.file.text;
    let (what, is_broken) = match &file.file.content {
        Content::Yaml(_) => ("this file", !file.file.problems.is_empty()),
        Content::Markdown { front: Some(_), .. } => ("the front matter", !file.file.problems.is_empty()),
        Content::Markdown { front: None, .. } if text.trim_start_matches('\u{feff}').trim().is_empty() => ("this file", false),
        _ => return,
    };
    if is_broken || file.identity.schema().is_none() {
        return;
    }
    match file.file.data() {
        Some(data) if data.ty() == Type::Map => {}
        Some(data) if data.ty() != Type::Null => {
            let range = data.span().of(text);
            let first = data.span().start as usize;
            let line = Span::new(first, first + range.lines().next().unwrap_or("").trim_end().len());
            let finding = file.finding(line, format!("{what} has to begin with a key and its value"));
            // `title:Sleep` is one word to YAML.
            let word = line.of(text);
            let colon =
                word.find(':').filter(|n| *n > 0 && !word[n + 1..].starts_with('/') && data.ty() == Type::String && word != quoted(word));
            sink.push(match colon {
                Some(n) => finding.help("write a space after the colon").fix(Span::new(first + n, first + n + 1), ": "),
                None => finding.help(format!("write {}, each on a line of its own", keys(file))),
            });
        }
        _ => {
            let start = file.file.yaml_range().start as usize;
            let finding = file.finding(Span::new(start, start), format!("{what} is empty"));
            sink.push(finding.help(format!("write {}, or remove the file", keys(file))));
        }
    }
}

/// The keys that a file of this kind needs.
fn keys(file: &FileContext<'_, '_>) -> String {
    let schema = file.identity.schema().and_then(|name| file.site.schemas.builtin(name));
    let required = schema.and_then(|s| s.source["required"].as_array()).into_iter().flatten().filter_map(|k| k.as_str());
    let keys: Vec<String> = required.map(|key| format!("`{key}: …`")).collect();
    if keys.is_empty() { "keys, each with its value".to_owned() } else { keys.join(", ") }
}
