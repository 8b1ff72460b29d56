//! The JSON Schemas, compiled once: what breaks them, and what their annotations say of a document.
//!
//! A repository's own schema of the same name applies as well, so that it can only tighten. Knows what JSON Schema
//! says; putting it into an editor's words is the checks' work.

pub mod about;
mod annotations;
mod instance;
pub mod lint;
mod pattern;
mod violations;

use std::collections::HashMap;
use std::sync::OnceLock;

use jsonschema::Validator;
use serde_json::Value;

use crate::embedded;
use crate::load::Snapshot;
use crate::yaml::NodeRef;

pub use annotations::{Annotations, Cursor, Mark, Marked};
use pattern::Patterns;
pub use violations::{Problem, Step, Violation, Wanted};

/// The names of the schemas for items, singletons and confirmations.
pub fn names() -> impl Iterator<Item = &'static str> {
    embedded::SCHEMAS.iter().filter(|(path, _)| !path.contains('/')).filter_map(|(path, _)| path.strip_suffix(".schema.json"))
}

/// The text of an embedded schema: `resource`, `cli/check`.
pub fn text(name: &str) -> Option<&'static str> {
    embedded::text(embedded::SCHEMAS, &format!("{name}.schema.json"))
}

/// All schemas that apply to a repository.
pub struct Schemas {
    builtin: HashMap<&'static str, OnceLock<Option<Compiled>>>,
    patterns: Patterns,
    own: HashMap<String, Result<Box<Compiled>, String>>,
}

/// A schema ready for use.
pub struct Compiled {
    /// The schema as data, for the words of its properties.
    pub source: Value,
    /// References, formats and orders that it marks.
    pub annotations: Annotations,
    patterns: Option<Patterns>,
    /// Made ready when a document is first held against it: many who read the marks hold none.
    validator: OnceLock<Result<Validator<instance::Tree>, String>>,
}

type Options = jsonschema::ValidationOptions<'static, std::sync::Arc<dyn jsonschema::Retrieve>, instance::Tree>;

/// How every schema is read.
fn options() -> Options {
    jsonschema::options_for::<instance::Tree>()
        .should_validate_formats(true)
        .should_ignore_unknown_formats(false)
        .with_pattern_options(jsonschema::PatternOptions::regex())
        .with_format("date", is_date)
}

impl Compiled {
    fn of(text: &str, patterns: Option<Patterns>) -> Result<Self, String> {
        let source: Value = serde_json::from_str(text).map_err(|e| e.to_string())?;
        let annotations = Annotations::of(&source);
        Ok(Self { source, annotations, patterns, validator: OnceLock::new() })
    }

    /// One of the repository's own, of which nobody knows whether it means anything.
    fn own(text: &str) -> Result<Self, String> {
        let compiled = Self::of(text, None)?;
        compiled.validator().map_err(str::to_owned)?;
        Ok(compiled)
    }

    fn validator(&self) -> Result<&Validator<instance::Tree>, &str> {
        let make = || {
            let options = match self.patterns.clone() {
                Some(shared) => options().with_keyword(pattern::KEYWORD, move |_, pattern, _| Ok(shared.keyword(pattern))),
                None => options(),
            };
            options.build(&self.source).map_err(|e| e.to_string())
        };
        self.validator.get_or_init(make).as_ref().map_err(String::as_str)
    }
}

impl Schemas {
    /// The embedded schemas and those of the snapshot's own `schemas/` folder.
    pub fn of(snapshot: &Snapshot) -> Self {
        let builtin = names().map(|name| (name, OnceLock::new())).collect();
        let own = snapshot
            .files
            .iter()
            .filter_map(|f| Some((f.path.strip_prefix("schemas/")?.strip_suffix(".schema.json")?, f)))
            .filter(|(name, file)| text(name).is_none_or(|builtin| builtin != file.text))
            .map(|(name, file)| (name.to_owned(), Compiled::own(&file.text).map(Box::new)))
            .collect();
        Self { builtin, patterns: Patterns::default(), own }
    }

    /// An embedded schema, read on first use.
    pub fn builtin(&self, name: &str) -> Option<&Compiled> {
        let (name, cell) = self.builtin.get_key_value(name)?;
        cell.get_or_init(|| Compiled::of(text(name)?, Some(self.patterns.clone())).ok()).as_ref()
    }

    /// The repository's own schemas: name and, where it does not compile, why.
    pub fn own(&self) -> impl Iterator<Item = (&str, Option<&str>)> {
        self.own.iter().map(|(name, compiled)| (name.as_str(), compiled.as_ref().err().map(String::as_str)))
    }

    /// Everything in a document that breaks the schema of this name, the repository's own included.
    pub fn violations<'a>(&self, name: &str, data: NodeRef<'a>) -> Vec<Violation<'a>> {
        let own = self.own.get(name).and_then(|c| c.as_ref().ok()).map(|c| (&**c, true));
        let both = self.builtin(name).map(|c| (c, false)).into_iter().chain(own);
        let mut found: Vec<Violation<'a>> = Vec::new();
        for (compiled, is_own) in both {
            let Ok(validator) = compiled.validator() else { continue };
            if validator.is_valid(data) {
                continue;
            }
            for error in validator.iter_errors(data).take(violations::MOST) {
                violations::explain(&error, compiled, data, is_own, &mut found);
            }
        }
        violations::once_each(&mut found);
        found
    }
}

/// `YYYY-MM-DD` of a day that exists (RFC 3339 `full-date`).
pub fn is_date(text: &str) -> bool {
    text.len() == 10 && text.parse::<jiff::civil::Date>().is_ok()
}

/// Whether a text fits a pattern of a schema.
pub fn fits_pattern(pattern: &str, text: &str) -> bool {
    let schema = serde_json::json!({ "pattern": pattern });
    let validator = jsonschema::options().with_pattern_options(jsonschema::PatternOptions::regex()).build(&schema);
    validator.is_ok_and(|v| v.is_valid(&Value::from(text)))
}
