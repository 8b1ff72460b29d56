//! A validator's errors as violations: one cause each, at the key or value at fault.

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::Compiled;
use crate::model::suggest;
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

/// One way in which a document breaks its schema.
#[derive(Debug, Clone)]
pub struct Violation<'a> {
    /// What is wrong.
    pub problem: Problem,
    /// The key or value at fault.
    pub span: Span,
    /// The path of keys to it, as people write it: `channels[0].hours`; empty at the top.
    pub path: String,
    /// The property's description in the schema.
    pub description: Option<String>,
    /// The value at fault; for a missing key the map that lacks it.
    pub node: NodeRef<'a>,
    /// The repository's own schema says so.
    pub is_own: bool,
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq)]
pub enum Problem {
    /// A key is missing.
    Missing(String),
    /// A key that nobody knows, and the one it was probably meant to be.
    Unknown {
        /// The key.
        key: String,
        /// A known key that is close.
        suggestion: Option<String>,
        /// The keys that are known there.
        known: Vec<String>,
    },
    /// A value of the wrong type: the types that fit, in words.
    Type(Vec<&'static str>),
    /// A value that is none of those allowed.
    Choice {
        /// What is allowed.
        options: Vec<String>,
        /// One that is close.
        suggestion: Option<String>,
    },
    /// Text that has not the form asked for: the pattern.
    Pattern(String),
    /// Text that is no date, address or e-mail address: the format's name.
    Format(String),
    /// A number outside its bounds: lowest, highest.
    Range(Option<String>, Option<String>),
    /// Text too long or too short, a list with too few or too many entries: in words.
    Size(String),
    /// An entry of a list that is there before.
    Repeated,
    /// A key that does not go with the rest, above all with the `type` chosen.
    NotHere {
        /// The key.
        key: String,
        /// The `type` it does not go with.
        ty: Option<String>,
    },
    /// A key that is no proper name.
    KeyName(String),
    /// Something else; in the validator's words.
    Other(String),
}

pub(super) fn explain<'a>(
    error: &ValidationError<'_>,
    compiled: &Compiled,
    data: NodeRef<'a>,
    is_own: bool,
    found: &mut Vec<Violation<'a>>,
) {
    let mut steps: Vec<String> = Vec::new();
    for segment in error.instance_path().into_iter() {
        steps.push(match segment {
            LocationSegment::Property(name) => name.to_string(),
            LocationSegment::Index(index) => index.to_string(),
        });
    }
    let node = data.at(steps.iter().map(String::as_str)).unwrap_or(data);
    let parent = data.at(steps.iter().take(steps.len().saturating_sub(1)).map(String::as_str)).unwrap_or(data);
    let last_key = steps.last().and_then(|name| parent.entry(name));
    let schema_path = error.schema_path().to_string();
    let schema = schema_path.rsplit_once('/').and_then(|(up, _)| resolve(&compiled.source, up));
    let mut push = |problem, span, steps: &[String]| {
        let description = schema.and_then(|s| s["description"].as_str()).map(str::to_owned);
        found.push(Violation { problem, span, path: path_in_words(steps, data), description, node, is_own });
    };
    let here = value_span(node, last_key.map(|e| e.key));
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let span = last_key.map_or_else(|| first_key(node), |e| e.key);
            push(Problem::Missing(property.as_str().unwrap_or("").to_owned()), span, &steps);
        }
        ValidationErrorKind::AdditionalProperties { unexpected } | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let known: Vec<String> =
                schema.and_then(|s| s["properties"].as_object()).map(|p| p.keys().cloned().collect()).unwrap_or_default();
            for key in unexpected {
                // A key that is there already is no candidate for what was meant.
                let free = known.iter().map(String::as_str).filter(|k| node.entry(k).is_none());
                let suggestion = suggest(key, free).map(str::to_owned);
                let span = node.entry(key).map_or(here, |e| e.key);
                push(Problem::Unknown { key: key.clone(), suggestion, known: known.clone() }, span, &steps);
            }
        }
        ValidationErrorKind::Type { kind } => push(Problem::Type(types_in_words(kind)), here, &steps),
        ValidationErrorKind::Enum { options } => {
            let options: Vec<String> = options.as_array().into_iter().flatten().map(text_of).collect();
            let suggestion = node.scalar().and_then(|s| suggest(s, options.iter().map(String::as_str))).map(str::to_owned);
            push(Problem::Choice { options, suggestion }, here, &steps);
        }
        ValidationErrorKind::Constant { expected_value } => {
            push(Problem::Choice { options: vec![text_of(expected_value)], suggestion: None }, here, &steps);
        }
        ValidationErrorKind::Pattern { pattern } => push(Problem::Pattern(pattern.clone()), here, &steps),
        ValidationErrorKind::Format { format } => push(Problem::Format(format.clone()), here, &steps),
        ValidationErrorKind::Minimum { .. }
        | ValidationErrorKind::Maximum { .. }
        | ValidationErrorKind::ExclusiveMinimum { .. }
        | ValidationErrorKind::ExclusiveMaximum { .. } => {
            let bound = |name: &str| schema.and_then(|s| s.get(name)).map(text_of);
            push(Problem::Range(bound("minimum"), bound("maximum")), here, &steps);
        }
        ValidationErrorKind::MaxLength { limit } => push(Problem::Size(format!("at most {limit} characters")), here, &steps),
        ValidationErrorKind::MinLength { limit: 1 } => push(Problem::Size("something here".into()), here, &steps),
        ValidationErrorKind::MinLength { limit } => push(Problem::Size(format!("at least {limit} characters")), here, &steps),
        ValidationErrorKind::MaxItems { limit } => push(Problem::Size(format!("at most {limit} entries")), here, &steps),
        ValidationErrorKind::MinItems { limit: 1 } | ValidationErrorKind::MinProperties { limit: 1 } => {
            push(Problem::Size("at least one entry".into()), here, &steps);
        }
        ValidationErrorKind::MinItems { limit } | ValidationErrorKind::MinProperties { limit } => {
            push(Problem::Size(format!("at least {limit} entries")), here, &steps);
        }
        ValidationErrorKind::MaxProperties { limit } => push(Problem::Size(format!("at most {limit} entries")), here, &steps),
        ValidationErrorKind::UniqueItems => push(Problem::Repeated, repeated(node).unwrap_or(here), &steps),
        ValidationErrorKind::FalseSchema => {
            let key = steps.last().cloned().unwrap_or_default();
            let ty = parent.get("type").and_then(NodeRef::str).map(str::to_owned);
            push(Problem::NotHere { key, ty }, last_key.map_or(here, |e| e.key), &steps);
        }
        ValidationErrorKind::PropertyNames { error } => {
            let key = text_of(error.instance());
            let span = node.entry(&key).map_or(here, |e| e.key);
            push(Problem::KeyName(key), span, &steps);
        }
        ValidationErrorKind::AnyOf { .. } | ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::OneOfMultipleValid { .. } => {
            push(Problem::Other("does not fit any of the forms that are allowed here".into()), here, &steps);
        }
        _ => push(Problem::Other(error.to_string()), here, &steps),
    }
}

/// Two schemas, or two parts of one, may find the same fault: keeps the first of each place and problem.
pub(super) fn once_each(found: &mut Vec<Violation<'_>>) {
    let mut kept: Vec<Violation<'_>> = Vec::with_capacity(found.len());
    for violation in found.drain(..) {
        if !kept.iter().any(|k| k.span == violation.span && k.problem == violation.problem) {
            kept.push(violation);
        }
    }
    // A value of the wrong type breaks every other demand on it as well: that is one cause.
    let wrong: Vec<Span> = kept.iter().filter(|v| matches!(v.problem, Problem::Type(_))).map(|v| v.span).collect();
    kept.retain(|v| matches!(v.problem, Problem::Type(_)) || !wrong.contains(&v.span));
    // A misspelt key is missing under its right name: the misspelling is the cause.
    let meant: Vec<(String, String)> = kept
        .iter()
        .filter_map(|v| match &v.problem {
            Problem::Unknown { suggestion: Some(s), .. } => Some((v.path.clone(), s.clone())),
            _ => None,
        })
        .collect();
    kept.retain(|v| !matches!(&v.problem, Problem::Missing(key) if meant.iter().any(|(p, s)| *p == v.path && s == key)));
    *found = kept;
}

fn resolve<'s>(root: &'s Value, pointer: &str) -> Option<&'s Value> {
    let mut value = root;
    for step in pointer.trim_start_matches('#').split('/').skip(1) {
        while let Some(target) = value["$ref"].as_str().and_then(|r| r.strip_prefix('#')).and_then(|p| root.pointer(p)) {
            if value.get(step).is_some() {
                break;
            }
            value = target;
        }
        if step == "$ref" {
            value = value["$ref"].as_str().and_then(|r| r.strip_prefix('#')).and_then(|p| root.pointer(p))?;
            continue;
        }
        let step = step.replace("~1", "/").replace("~0", "~");
        value = match value {
            Value::Array(items) => items.get(step.parse::<usize>().ok()?)?,
            _ => value.get(&step)?,
        };
    }
    Some(value)
}

/// The span to mark for a value: the value, or its key where it is empty or a whole collection.
fn value_span(node: NodeRef<'_>, key: Option<Span>) -> Span {
    let is_empty = node.span().start == node.span().end || node.ty() == Type::Null;
    match key {
        Some(key) if is_empty || matches!(node.ty(), Type::List | Type::Map) => key,
        _ => node.span(),
    }
}

fn first_key(node: NodeRef<'_>) -> Span {
    node.entries().next().map_or_else(|| node.span(), |e| e.key)
}

fn repeated(node: NodeRef<'_>) -> Option<Span> {
    let items: Vec<_> = node.items().map(|i| (i.to_json(), i.span())).collect();
    items.iter().enumerate().find(|(n, (value, _))| items[..*n].iter().any(|(v, _)| v == value)).map(|(_, (_, span))| *span)
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn path_in_words(steps: &[String], data: NodeRef<'_>) -> String {
    let mut path = String::new();
    let mut node = Some(data);
    for step in steps {
        if node.is_some_and(|n| n.ty() == Type::List) {
            path.push_str(&format!("[{step}]"));
        } else {
            if !path.is_empty() {
                path.push('.');
            }
            path.push_str(step);
        }
        node = node.and_then(|n| n.at([step.as_str()]));
    }
    path
}

fn types_in_words(kind: &TypeKind) -> Vec<&'static str> {
    let word = |ty: JsonType| match ty {
        JsonType::Array => "a list",
        JsonType::Boolean => "`true` or `false`",
        JsonType::Integer => "a whole number",
        JsonType::Null => "nothing",
        JsonType::Number => "a number",
        JsonType::Object => "a map of keys and values",
        JsonType::String => "text",
    };
    match kind {
        TypeKind::Single(ty) => vec![word(*ty)],
        TypeKind::Multiple(types) => types.iter().map(word).collect(),
    }
}
