//! Serde over the tree: `T::deserialize(node)`, with [`Spanned`] for values whose place matters.

use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, DeserializeSeed, Deserializer, IntoDeserializer, MapAccess, SeqAccess, Visitor};
use serde::{Deserialize, forward_to_deserialize_any};

use super::tree::{NodeRef, Type};
use crate::source::Span;

const SPANNED: &str = "$signpost::Spanned";
const FIELDS: &[&str] = &["start", "end", "value"];

/// A value with the place where it stands.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Spanned<T> {
    /// The value.
    pub value: T,
    /// Its place in the file.
    pub span: Span,
}

impl<T> std::ops::Deref for Spanned<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

/// A map whose order is seen or counted on, as pairs.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Ordered<K, V>(pub Vec<(K, V)>);

impl<K, V> Default for Ordered<K, V> {
    fn default() -> Self {
        Self(Vec::new())
    }
}

impl<K, V> std::ops::Deref for Ordered<K, V> {
    type Target = [(K, V)];
    fn deref(&self) -> &[(K, V)] {
        &self.0
    }
}

/// Why a tree does not fit a type: in the words of serde, with the place.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Error {
    /// What does not fit.
    pub message: String,
    /// Where.
    pub span: Option<Span>,
}

impl fmt::Display for Error {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for Error {}

impl de::Error for Error {
    fn custom<T: fmt::Display>(message: T) -> Self {
        Self { message: message.to_string(), span: None }
    }
}

impl Error {
    fn at(mut self, span: Span) -> Self {
        self.span.get_or_insert(span);
        self
    }
}

/// Reads a typed value from a node.
///
/// # Errors
/// Where a required field is missing or a value has another type; schema validation says it better and first.
pub fn from_node<'a, T: Deserialize<'a>>(node: NodeRef<'a>) -> Result<T, Error> {
    T::deserialize(node)
}

impl<'a> Deserializer<'a> for NodeRef<'a> {
    type Error = Error;

    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        let span = self.span();
        match self.ty() {
            Type::Null => visitor.visit_unit(),
            Type::Bool => visitor.visit_bool(self.bool().unwrap_or(false)),
            Type::Number => match (self.int(), self.scalar().and_then(|s| s.parse::<f64>().ok())) {
                (Some(n), _) => visitor.visit_i64(n),
                (None, Some(f)) => visitor.visit_f64(f),
                (None, None) => Err(de::Error::custom("not a number")),
            },
            Type::String => visitor.visit_borrowed_str(self.scalar().unwrap_or("")),
            Type::List => visitor.visit_seq(Items(self.items())),
            Type::Map => visitor.visit_map(Entries { iter: self.entries(), value: None }),
        }
        .map_err(|e: Error| e.at(span))
    }

    fn deserialize_option<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        if self.ty() == Type::Null { visitor.visit_none() } else { visitor.visit_some(self) }
    }

    fn deserialize_newtype_struct<V: Visitor<'a>>(self, _: &'static str, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_newtype_struct(self)
    }

    fn deserialize_struct<V: Visitor<'a>>(self, name: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if name == SPANNED { visitor.visit_map(SpanAccess { node: self, next: 0 }) } else { self.deserialize_any(visitor) }
    }

    fn deserialize_enum<V: Visitor<'a>>(self, _: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        let Some(text) = self.str() else { return Err(Error { message: "expected a word".into(), span: Some(self.span()) }) };
        visitor.visit_enum(text.into_deserializer()).map_err(|e: Error| e.at(self.span()))
    }

    fn deserialize_ignored_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_unit() // nobody asks what is in it
    }

    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf
        unit unit_struct seq tuple tuple_struct map identifier
    }
}

struct Items<I>(I);

impl<'a, I: Iterator<Item = NodeRef<'a>>> SeqAccess<'a> for Items<I> {
    type Error = Error;
    fn next_element_seed<T: DeserializeSeed<'a>>(&mut self, seed: T) -> Result<Option<T::Value>, Error> {
        self.0.next().map(|node| seed.deserialize(node)).transpose()
    }
    fn size_hint(&self) -> Option<usize> {
        Some(self.0.size_hint().0)
    }
}

struct Entries<'a, I> {
    iter: I,
    value: Option<super::Entry<'a>>,
}

impl<'a, I: Iterator<Item = super::Entry<'a>>> MapAccess<'a> for Entries<'a, I> {
    type Error = Error;
    fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
        self.value = self.iter.next();
        self.value.map(|entry| seed.deserialize(Key(entry))).transpose()
    }
    fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
        match self.value.take() {
            Some(entry) => seed.deserialize(entry.value),
            None => Err(de::Error::custom("value before key")),
        }
    }
}

/// A key of a map, always text, with its own span.
struct Key<'a>(super::Entry<'a>);

impl<'a> Deserializer<'a> for Key<'a> {
    type Error = Error;
    fn deserialize_any<V: Visitor<'a>>(self, visitor: V) -> Result<V::Value, Error> {
        visitor.visit_borrowed_str(self.0.name)
    }
    fn deserialize_struct<V: Visitor<'a>>(self, name: &'static str, _: &'static [&'static str], visitor: V) -> Result<V::Value, Error> {
        if name == SPANNED { visitor.visit_map(KeyAccess { entry: self.0, next: 0 }) } else { self.deserialize_any(visitor) }
    }
    forward_to_deserialize_any! {
        <W: Visitor<'a>>
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

struct SpanAccess<'a> {
    node: NodeRef<'a>,
    next: usize,
}

struct KeyAccess<'a> {
    entry: super::Entry<'a>,
    next: usize,
}

macro_rules! span_access {
    ($name:ident, $span:expr, $value:expr) => {
        impl<'a> MapAccess<'a> for $name<'a> {
            type Error = Error;
            fn next_key_seed<K: DeserializeSeed<'a>>(&mut self, seed: K) -> Result<Option<K::Value>, Error> {
                let Some(field) = FIELDS.get(self.next) else { return Ok(None) };
                self.next += 1;
                seed.deserialize(de::value::BorrowedStrDeserializer::new(field)).map(Some)
            }
            fn next_value_seed<V: DeserializeSeed<'a>>(&mut self, seed: V) -> Result<V::Value, Error> {
                match self.next {
                    1 => seed.deserialize($span(self).start.into_deserializer()),
                    2 => seed.deserialize($span(self).end.into_deserializer()),
                    _ => seed.deserialize($value(self)),
                }
            }
        }
    };
}

span_access!(SpanAccess, |a: &SpanAccess<'a>| a.node.span(), |a: &SpanAccess<'a>| a.node);
span_access!(KeyAccess, |a: &KeyAccess<'a>| a.entry.key, |a: &KeyAccess<'a>| Key(a.entry));

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Spanned<T> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<T>(PhantomData<T>);
        impl<'de, T: Deserialize<'de>> Visitor<'de> for Read<T> {
            type Value = Spanned<T>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Spanned<T>, A::Error> {
                let (mut start, mut end, mut value) = (0, 0, None);
                while let Some(key) = map.next_key::<&'de str>()? {
                    match key {
                        "start" => start = map.next_value()?,
                        "end" => end = map.next_value()?,
                        _ => value = Some(map.next_value()?),
                    }
                }
                let value = value.ok_or_else(|| de::Error::missing_field("value"))?;
                Ok(Spanned { value, span: Span { start, end } })
            }
        }
        deserializer.deserialize_struct(SPANNED, FIELDS, Read(PhantomData))
    }
}

impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Deserialize<'de> for Ordered<K, V> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<K, V>(PhantomData<(K, V)>);
        impl<'de, K: Deserialize<'de>, V: Deserialize<'de>> Visitor<'de> for Read<K, V> {
            type Value = Ordered<K, V>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map")
            }
            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut pairs = Vec::with_capacity(map.size_hint().unwrap_or(0));
                while let Some(pair) = map.next_entry()? {
                    pairs.push(pair);
                }
                Ok(Ordered(pairs))
            }
        }
        deserializer.deserialize_map(Read(PhantomData))
    }
}

/// A value of any shape, for fields whose shape depends on something else.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Plain<'a> {
    /// `null` or nothing.
    Null,
    /// `true` or `false`.
    Bool(bool),
    /// A whole number.
    Number(i64),
    /// Text, and numbers with a fraction.
    Text(&'a str),
    /// A list.
    List(Vec<Spanned<Plain<'a>>>),
    /// A map.
    Map(Ordered<Spanned<&'a str>, Spanned<Plain<'a>>>),
}

impl<'de: 'a, 'a> Deserialize<'de> for Plain<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Read<'a> {
            type Value = Plain<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a value")
            }
            fn visit_unit<E: de::Error>(self) -> Result<Plain<'a>, E> {
                Ok(Plain::Null)
            }
            fn visit_bool<E: de::Error>(self, value: bool) -> Result<Plain<'a>, E> {
                Ok(Plain::Bool(value))
            }
            fn visit_i64<E: de::Error>(self, value: i64) -> Result<Plain<'a>, E> {
                Ok(Plain::Number(value))
            }
            fn visit_borrowed_str<E: de::Error>(self, value: &'de str) -> Result<Plain<'a>, E> {
                Ok(Plain::Text(value))
            }
            fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Plain<'a>, A::Error> {
                let mut items = Vec::with_capacity(seq.size_hint().unwrap_or(0));
                while let Some(item) = seq.next_element()? {
                    items.push(item);
                }
                Ok(Plain::List(items))
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Plain<'a>, A::Error> {
                Ordered::deserialize(de::value::MapAccessDeserializer::new(map)).map(Plain::Map)
            }
        }
        deserializer.deserialize_any(Read(PhantomData))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::yaml::parse;

    #[test]
    fn spanned_values_carry_their_places() {
        #[derive(Deserialize)]
        struct Line<'a> {
            #[serde(borrow)]
            label: Spanned<&'a str>,
            points: Option<Spanned<i64>>,
            answers: Ordered<Spanned<&'a str>, Spanned<Plain<'a>>>,
        }
        let text = "label: Sleep\npoints: 3\nanswers: {b: [1, x], a: true}\n";
        let parsed = parse(text, Span::new(0, text.len()));
        let line: Line<'_> = from_node(parsed.yaml.root(text).unwrap()).unwrap();
        assert_eq!((line.label.value, line.label.span.of(text)), ("Sleep", "Sleep"));
        assert_eq!(line.points.unwrap().span.of(text), "3");
        let keys: Vec<_> = line.answers.iter().map(|(k, _)| k.span.of(text)).collect();
        assert_eq!(keys, ["b", "a"]);
        assert!(matches!(&line.answers[0].1.value, Plain::List(items) if items.len() == 2));
    }
}
