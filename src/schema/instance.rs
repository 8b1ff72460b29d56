//! Documents as the validator sees them: our own tree, read in place.
//!
//! Ten thousand documents are validated in a run, so none of them is copied into JSON values first; only where
//! something is wrong does the part in question become a JSON value, for the validator's error.

use std::borrow::Cow;
use std::collections::HashSet;

use jsonschema::JsonType;
use jsonschema::json::{Array, Json, Node, NodeIdentity, Object, cmp, unique};
use serde_json::{Number, Value};

use crate::yaml::{Entries, Items, NodeRef, Type, Yaml};

/// Lists up to this length are compared pair by pair, longer ones by a set.
const FEW: usize = 12;

/// The representation of [`NodeRef`]s.
pub struct Tree;

impl Json for Tree {
    type Node<'a> = NodeRef<'a>;
    type PreparedKey = String;
    type StringBuffer = Yaml;

    // A look-up goes through the entries, so a pass over all members is cheaper than two look-ups.
    const KEYS_PER_LOOKUP: usize = 8;

    fn prepare_key(key: &str) -> String {
        key.to_owned()
    }

    fn with_string_node<T>(buffer: &mut Yaml, string: &str, f: impl FnOnce(NodeRef<'_>) -> T) -> T {
        f(buffer.set_word(string))
    }
}

impl<'a> Node<'a, Tree> for NodeRef<'a> {
    type Object = Self;
    type Array = Self;
    type Number = Number;

    fn as_object(&self) -> Option<Self> {
        (self.ty() == Type::Map).then_some(*self)
    }

    fn as_array(&self) -> Option<Self> {
        (self.ty() == Type::List).then_some(*self)
    }

    fn as_string(&self) -> Option<Cow<'a, str>> {
        self.str().map(Cow::Borrowed)
    }

    fn as_number(&self) -> Option<Number> {
        self.number()
    }

    fn as_boolean(&self) -> Option<bool> {
        self.bool()
    }

    fn is_null(&self) -> bool {
        self.ty() == Type::Null
    }

    fn is_number(&self) -> bool {
        self.ty() == Type::Number
    }

    fn json_type(&self) -> JsonType {
        match self.ty() {
            Type::Null => JsonType::Null,
            Type::Bool => JsonType::Boolean,
            Type::Number => JsonType::Number,
            Type::String => JsonType::String,
            Type::List => JsonType::Array,
            Type::Map => JsonType::Object,
        }
    }

    fn equals_value(&self, expected: &Value) -> bool {
        match (self.str(), expected) {
            (Some(text), Value::String(expected)) => text == expected,
            (Some(_), _) => false,
            (None, Value::String(_)) => false,
            (None, _) => cmp::equal(&self.to_json(), expected),
        }
    }

    fn to_value(&self) -> Cow<'a, Value> {
        Cow::Owned(self.to_json())
    }

    fn identity(&self) -> Option<NodeIdentity> {
        let (document, id) = self.address();
        Some(NodeIdentity::tagged(document, id))
    }
}

impl<'a> Object<'a, Tree> for NodeRef<'a> {
    type Node = Self;
    type MemberName = &'a str;
    type MembersIter = Members<'a>;

    fn len(&self) -> usize {
        self.entries().len()
    }

    fn get(&self, key: &String) -> Option<Self> {
        NodeRef::get(*self, key)
    }

    fn members(&self) -> Members<'a> {
        Members(self.entries())
    }
}

/// The entries of a map, as name and value.
pub struct Members<'a>(Entries<'a>);

impl<'a> Iterator for Members<'a> {
    type Item = (&'a str, NodeRef<'a>);

    fn next(&mut self) -> Option<Self::Item> {
        self.0.next().map(|entry| (entry.name, entry.value))
    }
}

impl<'a> Array<'a, Tree> for NodeRef<'a> {
    type Node = Self;
    type ElementsIter = Items<'a>;

    fn len(&self) -> usize {
        self.items().len()
    }

    fn elements(&self) -> Items<'a> {
        self.items()
    }

    fn is_unique(&self) -> bool {
        let items = self.items();
        if !items.clone().all(|item| item.ty() == Type::String) {
            let values: Vec<Value> = items.map(NodeRef::to_json).collect();
            return unique::is_unique(&values);
        }
        let texts = || items.clone().filter_map(NodeRef::str);
        if items.len() <= FEW {
            return texts().enumerate().all(|(n, text)| texts().take(n).all(|other| other != text));
        }
        let mut seen = HashSet::with_capacity(items.len());
        texts().all(|text| seen.insert(text))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::source::Span;

    #[test]
    fn the_tree_is_seen_as_its_json_would_be() {
        let text = "a: [x, y, x]\nb: {c: 1.5, d: -2, e: 18446744073709551615, f: ~, g: true}\nh: [1, x]\ni: [{a: 1}, {a: 1}]\n";
        let parsed = crate::yaml::parse(text, Span::new(0, text.len()));
        let root = parsed.yaml.root(text).unwrap();
        let json = root.to_json();
        let schemas = [
            (r#"{"properties": {"a": {"uniqueItems": true}}}"#, false),
            (r#"{"properties": {"h": {"uniqueItems": true}}}"#, true),
            (r#"{"properties": {"i": {"uniqueItems": true}}}"#, false),
            (r#"{"properties": {"b": {"properties": {"c": {"type": "integer"}}}}}"#, false),
            (r#"{"properties": {"b": {"properties": {"d": {"enum": [2, -2.0]}}}}}"#, true),
            (r#"{"properties": {"b": {"properties": {"e": {"maximum": 1e3}}}}}"#, false),
            (r#"{"properties": {"b": {"properties": {"f": {"const": null}, "g": {"type": "boolean"}}}}}"#, true),
            (r#"{"propertyNames": {"pattern": "^[abhi]$"}}"#, true),
            (r#"{"propertyNames": {"enum": ["a"]}}"#, false),
            (r#"{"properties": {"a": {"items": {"enum": ["x", "y"]}}}, "required": ["a", "b", "h", "i"]}"#, true),
        ];
        for (schema, expected) in schemas {
            let schema: Value = serde_json::from_str(schema).unwrap();
            assert_eq!(jsonschema::validator_for(&schema).unwrap().is_valid(&json), expected, "{schema}");
            assert_eq!(jsonschema::options_for::<Tree>().build(&schema).unwrap().is_valid(root), expected, "{schema}");
        }
    }
}
