//! What schemas say beyond validity: `x-reference`, `x-format`, `x-ordered`, `x-class`, found in a document without knowing
//! kinds.

use std::collections::HashMap;

use serde_json::Value;

use crate::yaml::{NodeRef, Type};

/// What a schema marks a value as.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Mark {
    /// A reference to an item of one of these kinds (`any`: of any), to a `step`, a `rule` or a check's `code`.
    Reference(Vec<String>),
    /// A text with a syntax of its own: `phone`, `opening-hours`, `language-tag`.
    Format(String),
}

/// A marked value of a document.
#[derive(Debug)]
pub struct Marked<'a, 's> {
    /// The value.
    pub node: NodeRef<'a>,
    /// What it is marked as.
    pub mark: &'s Mark,
}

/// A place in a schema, for walks that hold two documents side by side. Places that the schema does not know have no marks.
#[derive(Debug, Clone, Copy)]
pub struct Cursor<'s> {
    annotations: &'s Annotations,
    shape: Option<usize>,
}

impl<'s> Cursor<'s> {
    /// The value of a key of the map here.
    pub fn key(self, name: &str) -> Self {
        self.to(|shape| shape.of_property(name))
    }

    /// Any item of the list here.
    pub fn item(self) -> Self {
        self.to(|shape| shape.items)
    }

    /// Whether the order of the map's keys is seen or counted on.
    pub fn is_ordered(self) -> bool {
        self.shape().is_some_and(|s| s.is_ordered)
    }

    /// Whether it is prose whose wording an editor may put right (REVIEW.md, class of a change).
    pub fn is_editorial(self) -> bool {
        self.shape().is_some_and(|s| s.is_editorial)
    }

    fn shape(self) -> Option<&'s Shape> {
        self.annotations.shapes.get(self.shape?)
    }

    fn to(self, next: impl FnOnce(&Shape) -> Option<usize>) -> Self {
        Self { shape: self.shape().and_then(next), ..self }
    }
}

/// The marks of one schema, as a tree beside the document's.
#[derive(Debug, Default)]
pub struct Annotations {
    shapes: Vec<Shape>,
}

#[derive(Debug, Default)]
struct Shape {
    marks: Vec<Mark>,
    is_ordered: bool,
    is_editorial: bool,
    /// Sorted by name.
    properties: Vec<(String, usize)>,
    others: Option<usize>,
    items: Option<usize>,
}

impl Shape {
    /// The shape of the value of a property.
    fn of_property(&self, name: &str) -> Option<usize> {
        let at = self.properties.binary_search_by(|(n, _)| n.as_str().cmp(name)).ok();
        at.map(|at| self.properties[at].1).or(self.others)
    }
}

impl Annotations {
    /// Collects the marks of a schema; `$ref` within it is followed.
    pub fn of(schema: &Value) -> Self {
        let mut annotations = Self::default();
        annotations.add(schema, schema, &mut HashMap::new());
        annotations
    }

    /// The place of the whole document.
    pub fn top(&self) -> Cursor<'_> {
        Cursor { annotations: self, shape: (!self.shapes.is_empty()).then_some(0) }
    }

    fn add(&mut self, root: &Value, schema: &Value, seen: &mut HashMap<*const Value, usize>) -> usize {
        if let Some(index) = seen.get(&std::ptr::from_ref(schema)) {
            return *index;
        }
        let index = self.shapes.len();
        seen.insert(std::ptr::from_ref(schema), index);
        self.shapes.push(Shape::default());
        let mut shape = Shape::default();
        self.collect(root, schema, &mut shape, seen);
        self.shapes[index] = shape;
        index
    }

    fn collect(&mut self, root: &Value, schema: &Value, shape: &mut Shape, seen: &mut HashMap<*const Value, usize>) {
        if let Some(target) = schema["$ref"].as_str().and_then(|r| r.strip_prefix('#')).and_then(|p| root.pointer(p)) {
            // A definition that leads back to itself is met only through a property, so this ends.
            self.collect(root, target, shape, seen);
        }
        if let Some(kinds) = schema["x-reference"].as_array() {
            shape.marks.push(Mark::Reference(kinds.iter().filter_map(|k| k.as_str().map(str::to_owned)).collect()));
        }
        if let Some(format) = schema["x-format"].as_str() {
            shape.marks.push(Mark::Format(format.to_owned()));
        }
        shape.is_editorial |= schema["x-class"] == "editorial";
        shape.is_ordered |= schema["x-ordered"].as_bool().unwrap_or(false);
        for (name, property) in schema["properties"].as_object().into_iter().flatten().filter(|(_, p)| p.is_object()) {
            let index = self.add(root, property, seen);
            if let Err(at) = shape.properties.binary_search_by(|(n, _)| n.cmp(name)) {
                shape.properties.insert(at, (name.clone(), index));
            }
        }
        if schema["additionalProperties"].is_object() {
            shape.others = Some(self.add(root, &schema["additionalProperties"], seen));
        }
        if schema["items"].is_object() {
            shape.items = Some(self.add(root, &schema["items"], seen));
        }
        for part in schema["allOf"].as_array().into_iter().flatten() {
            // Conditional parts repeat properties only to restrict them; their marks depend on other values.
            if part.get("if").is_none() {
                self.collect(root, part, shape, seen);
            }
        }
    }

    /// Every marked value of a document, in its order.
    pub fn marked<'a>(&self, data: NodeRef<'a>) -> Vec<Marked<'a, '_>> {
        let mut found = Vec::new();
        if !self.shapes.is_empty() {
            self.walk(0, data, &mut found);
        }
        found
    }

    fn walk<'a, 's>(&'s self, shape: usize, node: NodeRef<'a>, found: &mut Vec<Marked<'a, 's>>) {
        let shape = &self.shapes[shape];
        found.extend(shape.marks.iter().map(|mark| Marked { node, mark }));
        match node.ty() {
            Type::Map => {
                for entry in node.entries() {
                    if let Some(next) = shape.of_property(entry.name) {
                        self.walk(next, entry.value, found);
                    }
                }
            }
            Type::List => {
                if let Some(next) = shape.items {
                    node.items().for_each(|item| self.walk(next, item, found));
                }
            }
            _ => {}
        }
    }
}
