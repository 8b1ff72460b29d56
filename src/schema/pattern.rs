//! Patterns of the built-in schemas, each made ready once, when a text is first held against it.
//!
//! Eighteen schemas share some thirty patterns. The validator by itself would make every pattern ready in every schema that
//! has it, used or not, and that is half the time that schemas take.

use std::sync::{Arc, Mutex, OnceLock, PoisonError};

use foldhash::HashMap;
use jsonschema::{Keyword, ValidationError, Validator};
use serde_json::{Value, json};

use super::instance::Tree;
use crate::yaml::NodeRef;

/// The keyword that is taken over.
pub(super) const KEYWORD: &str = "pattern";

/// The patterns of all schemas, by their text.
#[derive(Clone, Default)]
pub(super) struct Patterns(Arc<Mutex<HashMap<String, Arc<Pattern>>>>);

/// One pattern.
struct Pattern {
    text: String,
    ready: OnceLock<Option<Validator<Tree>>>,
}

/// The keyword in one place of a schema.
struct Held(Arc<Pattern>);

impl Patterns {
    /// What holds texts against the pattern that a schema's keyword says.
    pub(super) fn keyword(&self, pattern: &Value) -> Box<dyn for<'i> Keyword<'i, Tree>> {
        let text = pattern.as_str().unwrap_or_default();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let pattern = known.entry(text.to_owned()).or_insert_with(|| Arc::new(Pattern { text: text.to_owned(), ready: OnceLock::new() }));
        Box::new(Held(Arc::clone(pattern)))
    }
}

impl Pattern {
    fn fits(&self, node: NodeRef<'_>) -> bool {
        let ready = self.ready.get_or_init(|| super::options().build(&json!({ KEYWORD: self.text })).ok());
        ready.as_ref().is_none_or(|validator| validator.is_valid(node))
    }
}

impl<'i> Keyword<'i, Tree> for Held {
    /// The error's message is the pattern.
    fn validate(&self, node: NodeRef<'i>) -> Result<(), ValidationError<'i>> {
        if self.0.fits(node) { Ok(()) } else { Err(ValidationError::custom(&self.0.text)) }
    }

    fn is_valid(&self, node: NodeRef<'i>) -> bool {
        self.0.fits(node)
    }
}
