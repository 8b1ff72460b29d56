//! A validator's errors as violations: one cause each, at the key or value at fault.

use std::collections::{HashMap, HashSet};

use jsonschema::error::{TypeKind, ValidationErrorKind};
use jsonschema::paths::LocationSegment;
use jsonschema::{JsonType, ValidationError};
use serde_json::Value;

use super::{Compiled, about, pattern};
use crate::model::suggest;
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

/// More violations than this in one document are left for the next run: a hostile file must not cost time.
pub(super) const MOST: usize = 1000;

/// One way in which a document breaks its schema.
#[derive(Debug, Clone)]
pub struct Violation<'a> {
    /// What is wrong.
    pub problem: Problem,
    /// The key or value at fault.
    pub span: Span,
    /// The way to the value at fault; for a key that is missing or too many, to its map.
    pub path: Vec<Step>,
    /// What the schema says that the value (for a missing key: its value) is for.
    pub description: Option<String>,
    /// An example of the value.
    pub example: Option<Value>,
    /// The value at fault; for a key that is missing or too many the map.
    pub node: NodeRef<'a>,
    /// The repository's own schema says so.
    pub is_own: bool,
}

/// One step of the way to a value.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Step {
    /// The value of a key.
    Key(String),
    /// An entry of a list, from 0.
    Entry(usize),
}

/// What is wrong.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
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
    /// A value of the wrong type: those that fit.
    Type(Vec<Wanted>),
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
    /// Text too long or too short, a list or map with too few or too many entries.
    Size {
        /// The bound.
        limit: u64,
        /// It is the most, not the least.
        is_most: bool,
        /// Of a text: what is counted are characters.
        is_text: bool,
    },
    /// An entry of a list that is there before; where.
    Repeated(Span),
    /// A key that does not go with the rest, above all with the `type` chosen.
    NotHere {
        /// The key.
        key: String,
        /// The `type` it does not go with.
        ty: Option<String>,
        /// The key that goes with that type, where it is not there.
        instead: Option<String>,
    },
    /// A key that is no proper name, and the names that are allowed where they are few.
    KeyName {
        /// The key.
        key: String,
        /// What it may be.
        options: Vec<String>,
    },
    /// Something that only the repository's own schema asks for; in the validator's words.
    Other(String),
}

/// A type of value that fits.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Wanted {
    /// A list.
    List,
    /// `true` or `false`.
    Bool,
    /// A whole number.
    Integer,
    /// Nothing.
    Null,
    /// Any number.
    Number,
    /// A map.
    Map,
    /// Text.
    Text,
}

impl Violation<'_> {
    /// The key of the value at fault, or of the list that it is in.
    pub fn key(&self) -> Option<&str> {
        self.path.iter().rev().find_map(|s| match s {
            Step::Key(key) => Some(key.as_str()),
            Step::Entry(_) => None,
        })
    }

    /// The value as a reader would call it: `` `cost` `` or ``entry 2 of `topics` ``.
    pub fn subject(&self) -> String {
        match self.path.split_last() {
            None => "this file".to_owned(),
            Some((Step::Key(key), _)) => format!("`{key}`"),
            Some((Step::Entry(n), _)) => format!("entry {} of `{}`", n + 1, self.key().unwrap_or("the list")),
        }
    }

    /// Where the value is: ``in entry 2 of `channels` ``, or `here` at the top.
    pub fn whereabouts(&self) -> String {
        let mut words: Vec<String> = Vec::new();
        let mut number = None;
        for step in self.path.iter().rev() {
            match (step, number.take()) {
                (Step::Entry(n), _) => number = Some(n + 1),
                (Step::Key(key), Some(n)) => words.push(format!("entry {n} of `{key}`")),
                (Step::Key(key), None) => words.push(format!("`{key}`")),
            }
        }
        if words.is_empty() { "here".to_owned() } else { format!("in {}", words.join(" of ")) }
    }
}

pub(super) fn explain<'a>(
    error: &ValidationError<'_>,
    compiled: &Compiled,
    data: NodeRef<'a>,
    is_own: bool,
    found: &mut Vec<Violation<'a>>,
) {
    let segments = error.instance_path().into_iter();
    let path: Vec<Step> = segments
        .map(|segment| match segment {
            LocationSegment::Property(name) => Step::Key(name.to_string()),
            LocationSegment::Index(index) => Step::Entry(index),
        })
        .collect();
    let at = |path: &[Step]| path.iter().try_fold(data, |node, step| node.step(step));
    let node = at(&path).unwrap_or(data);
    let parent = path.split_last().and_then(|(_, up)| at(up)).unwrap_or(data);
    let last_key = path.last().and_then(|step| match step {
        Step::Key(name) => parent.entry(name),
        Step::Entry(_) => None,
    });
    let schema_path = error.schema_path().to_string();
    let root = &compiled.source;
    let schema = schema_path.rsplit_once('/').and_then(|(up, _)| resolve(root, up));
    let here = value_span(node, last_key.map(|e| e.key));
    let ty = |map: NodeRef<'_>| map.get("type").and_then(|t| t.str().map(str::to_owned));
    let mut push = |problem: Problem, span: Span| {
        let (mut description, mut example) = (None, None);
        match (&problem, path.split_last()) {
            (Problem::Missing(key), _) => {
                let value = [path.as_slice(), &[Step::Key(key.clone())]].concat();
                description = about::description(root, &value);
                example = about::example(root, &path, key, ty(node).as_deref());
            }
            (Problem::Unknown { .. } | Problem::NotHere { .. }, _) | (_, None) => {}
            (_, Some((Step::Key(key), up))) => {
                description = about::description(root, &path);
                example = about::example(root, up, key, ty(parent).as_deref());
            }
            (_, Some((Step::Entry(_), up))) => {
                description = about::description(root, &path).or_else(|| about::description(root, up));
                let of_list = |s: &&Value| s["examples"].get(0).and_then(|e| e.get(0)).cloned();
                example = about::at(root, &path).iter().find_map(|s| s["examples"].get(0).cloned());
                example = example.or_else(|| about::at(root, up).iter().find_map(of_list));
            }
        }
        found.push(Violation { problem, span, path: path.clone(), description, example, node, is_own });
    };
    match error.kind() {
        ValidationErrorKind::Required { property } => {
            let span = last_key.map_or_else(|| first_key(node), |e| e.key);
            push(Problem::Missing(property.as_str().unwrap_or("").to_owned()), span);
        }
        ValidationErrorKind::AdditionalProperties { unexpected } | ValidationErrorKind::UnevaluatedProperties { unexpected } => {
            let known: Vec<String> =
                schema.and_then(|s| s["properties"].as_object()).map(|p| p.keys().cloned().collect()).unwrap_or_default();
            for key in unexpected.iter().take(MOST / 4) {
                // A key that is there already is no candidate for what was meant.
                let free = known.iter().map(String::as_str).filter(|k| node.entry(k).is_none());
                let suggestion = suggest(key, free).map(str::to_owned);
                let span = node.entry(key).map_or(here, |e| e.key);
                push(Problem::Unknown { key: key.clone(), suggestion, known: known.clone() }, span);
            }
        }
        ValidationErrorKind::Type { kind } => push(Problem::Type(wanted(kind)), here),
        ValidationErrorKind::Enum { options } => {
            let options: Vec<String> = options.as_array().into_iter().flatten().map(text_of).collect();
            let suggestion = node.scalar().and_then(|s| suggest(s, options.iter().map(String::as_str))).map(str::to_owned);
            push(Problem::Choice { options, suggestion }, here);
        }
        ValidationErrorKind::Constant { expected_value } => {
            push(Problem::Choice { options: vec![text_of(expected_value)], suggestion: None }, here);
        }
        ValidationErrorKind::Pattern { pattern } => push(Problem::Pattern(pattern.clone()), here),
        ValidationErrorKind::Custom { keyword, message } if keyword == pattern::KEYWORD => {
            push(Problem::Pattern(message.clone()), here);
        }
        ValidationErrorKind::Format { format } => push(Problem::Format(format.clone()), here),
        ValidationErrorKind::Minimum { .. }
        | ValidationErrorKind::Maximum { .. }
        | ValidationErrorKind::ExclusiveMinimum { .. }
        | ValidationErrorKind::ExclusiveMaximum { .. } => {
            let bound = |name: &str| schema.and_then(|s| s.get(name)).map(text_of);
            push(Problem::Range(bound("minimum"), bound("maximum")), here);
        }
        ValidationErrorKind::MaxLength { limit } => push(Problem::Size { limit: *limit, is_most: true, is_text: true }, here),
        ValidationErrorKind::MinLength { limit } => push(Problem::Size { limit: *limit, is_most: false, is_text: true }, here),
        ValidationErrorKind::MaxItems { limit } | ValidationErrorKind::MaxProperties { limit } => {
            push(Problem::Size { limit: *limit, is_most: true, is_text: false }, here);
        }
        ValidationErrorKind::MinItems { limit } | ValidationErrorKind::MinProperties { limit } => {
            push(Problem::Size { limit: *limit, is_most: false, is_text: false }, here);
        }
        ValidationErrorKind::UniqueItems => repeated(node).into_iter().for_each(|(span, first)| push(Problem::Repeated(first), span)),
        ValidationErrorKind::FalseSchema => {
            let Some((Step::Key(key), up)) = path.split_last() else { return };
            let ty = ty(parent);
            let goes = ty.as_deref().map(|ty| about::instead(root, up, ty)).unwrap_or_default();
            let instead = goes.into_iter().find(|k| parent.entry(k).is_none());
            push(Problem::NotHere { key: key.clone(), ty, instead }, last_key.map_or(here, |e| e.key));
        }
        ValidationErrorKind::PropertyNames { error } => {
            let key = text_of(error.instance());
            let span = node.entry(&key).map_or(here, |e| e.key);
            let options = match error.kind() {
                ValidationErrorKind::Enum { options } => options.as_array().into_iter().flatten().map(text_of).collect(),
                _ => Vec::new(),
            };
            push(Problem::KeyName { key, options }, span);
        }
        ValidationErrorKind::AnyOf { .. } | ValidationErrorKind::OneOfNotValid { .. } | ValidationErrorKind::OneOfMultipleValid { .. } => {
            push(Problem::Other("it fits none of the forms that are allowed here".into()), here);
        }
        _ => push(Problem::Other(error.to_string()), here),
    }
}

/// Two schemas, or two parts of one, may find the same fault: keeps the first of each place and problem.
pub(super) fn once_each(found: &mut Vec<Violation<'_>>) {
    let mut seen: HashSet<(Span, Problem)> = HashSet::new();
    found.retain(|v| seen.insert((v.span, v.problem.clone())));
    // A value of the wrong type breaks every other demand on it as well, and an empty text every pattern: one cause.
    let is_first = |v: &Violation<'_>| matches!(v.problem, Problem::Type(_) | Problem::Size { limit: 1, is_most: false, is_text: true });
    let wrong: HashSet<Span> = found.iter().filter(|v| is_first(v)).map(|v| v.span).collect();
    let is_about_value = |v: &Violation<'_>| !matches!(v.problem, Problem::Missing(_) | Problem::Unknown { .. } | Problem::NotHere { .. });
    found.retain(|v| is_first(v) || !is_about_value(v) || !wrong.contains(&v.span));
    // A word that is not allowed is said with the words that are, not with the form that they have; of form and length
    // the form is said.
    let said: HashMap<Span, u8> =
        found.iter().filter_map(|v| Some((v.span, weight(&v.problem)?))).fold(HashMap::new(), |mut said, (span, w)| {
            let least = said.entry(span).or_insert(w);
            *least = w.min(*least);
            said
        });
    found.retain(|v| weight(&v.problem).is_none_or(|w| said.get(&v.span) == Some(&w)));
    // A misspelt key is missing under its right name: the misspelling is the cause. The same goes for a key that does
    // not go with the type.
    let meant: HashSet<(Vec<Step>, String)> = found
        .iter()
        .filter_map(|v| match &v.problem {
            Problem::Unknown { suggestion: Some(key), .. } => Some((v.path.clone(), key.clone())),
            Problem::NotHere { instead: Some(key), .. } => Some((v.path[..v.path.len() - 1].to_vec(), key.clone())),
            _ => None,
        })
        .collect();
    found.retain(|v| !matches!(&v.problem, Problem::Missing(key) if meant.contains(&(v.path.clone(), key.clone()))));
}

/// Which of several demands on one text is said.
fn weight(problem: &Problem) -> Option<u8> {
    match problem {
        Problem::Choice { .. } => Some(0),
        Problem::Format(_) => Some(1),
        Problem::Pattern(_) => Some(2),
        Problem::Size { is_text: true, .. } => Some(3),
        _ => None,
    }
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

/// The entries that are there before, each with where.
fn repeated(node: NodeRef<'_>) -> Vec<(Span, Span)> {
    let mut seen: HashMap<String, Span> = HashMap::new();
    let mut again = Vec::new();
    for item in node.items() {
        let first = *seen.entry(item.to_json().to_string()).or_insert(item.span());
        if first != item.span() {
            again.push((item.span(), first));
        }
    }
    again.truncate(MOST / 4);
    again
}

fn text_of(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

fn wanted(kind: &TypeKind) -> Vec<Wanted> {
    let one = |ty: JsonType| match ty {
        JsonType::Array => Wanted::List,
        JsonType::Boolean => Wanted::Bool,
        JsonType::Integer => Wanted::Integer,
        JsonType::Null => Wanted::Null,
        JsonType::Number => Wanted::Number,
        JsonType::Object => Wanted::Map,
        JsonType::String => Wanted::Text,
    };
    match kind {
        TypeKind::Single(ty) => vec![one(*ty)],
        TypeKind::Multiple(types) => types.iter().map(one).collect(),
    }
}

impl<'a> NodeRef<'a> {
    fn step(self, step: &Step) -> Option<Self> {
        match step {
            Step::Key(key) => self.get(key),
            Step::Entry(n) => self.items().nth(*n),
        }
    }
}
