//! Keywords of a schema that mean nothing: JSON Schema passes over what it does not know, so a misspelt keyword would
//! ask for nothing in silence.

use crate::model::suggest;
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

/// A keyword that means nothing.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Unknown {
    /// The keyword.
    pub keyword: String,
    /// Where it stands.
    pub span: Span,
    /// What it was probably meant to be.
    pub suggestion: Option<&'static str>,
}

/// Keywords of draft 2020-12 whose value is no schema.
const PLAIN: [&str; 38] = [
    "$anchor",
    "$comment",
    "$dynamicAnchor",
    "$dynamicRef",
    "$id",
    "$ref",
    "$schema",
    "$vocabulary",
    "const",
    "contentEncoding",
    "contentMediaType",
    "default",
    "dependentRequired",
    "deprecated",
    "description",
    "enum",
    "examples",
    "exclusiveMaximum",
    "exclusiveMinimum",
    "format",
    "maxContains",
    "maxItems",
    "maxLength",
    "maxProperties",
    "maximum",
    "minContains",
    "minItems",
    "minLength",
    "minProperties",
    "minimum",
    "multipleOf",
    "pattern",
    "readOnly",
    "required",
    "title",
    "type",
    "uniqueItems",
    "writeOnly",
];

/// Those whose value is a schema.
const SCHEMA: [&str; 11] = [
    "additionalProperties",
    "contains",
    "contentSchema",
    "else",
    "if",
    "items",
    "not",
    "propertyNames",
    "then",
    "unevaluatedItems",
    "unevaluatedProperties",
];

/// Those whose value is a list of schemas.
const LIST: [&str; 4] = ["allOf", "anyOf", "oneOf", "prefixItems"];

/// Those whose value is a map of names to schemas.
const MAP: [&str; 4] = ["$defs", "dependentSchemas", "patternProperties", "properties"];

/// The keywords of a schema that are none, at every depth. Those that begin with `x-` are for programs such as this.
pub fn unknown_keywords(schema: NodeRef<'_>) -> Vec<Unknown> {
    let mut found = Vec::new();
    walk(schema, &mut found);
    found
}

fn walk(schema: NodeRef<'_>, found: &mut Vec<Unknown>) {
    if schema.ty() != Type::Map {
        return;
    }
    for entry in schema.entries() {
        let is = |list: &[&str]| list.contains(&entry.name);
        if is(&SCHEMA) {
            walk(entry.value, found);
        } else if is(&LIST) {
            entry.value.items().for_each(|s| walk(s, found));
        } else if is(&MAP) {
            entry.value.entries().for_each(|s| walk(s.value, found));
        } else if !is(&PLAIN) && !entry.name.starts_with("x-") {
            let known = PLAIN.iter().chain(&SCHEMA).chain(&LIST).chain(&MAP).copied();
            found.push(Unknown { keyword: entry.name.to_owned(), span: entry.key, suggestion: suggest(entry.name, known) });
        }
    }
}
