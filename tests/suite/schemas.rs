//! Schemas and typed models are two sides of one thing: what one reads the other knows.

use std::collections::BTreeSet;

use serde::de::{Deserialize, DeserializeOwned, Deserializer, Visitor};
use serde::forward_to_deserialize_any;
use serde_json::Value;
use signpost::load::Snapshot;
use signpost::model::{self, Kind};
use signpost::schema;
use signpost::source::Span;

/// Learns the names of a struct's fields, and reads nothing.
struct Probe<'p>(&'p mut Vec<&'static str>);

impl<'de> Deserializer<'de> for Probe<'_> {
    type Error = serde::de::value::Error;
    fn deserialize_any<V: Visitor<'de>>(self, _: V) -> Result<V::Value, Self::Error> {
        Err(serde::de::Error::custom("probed"))
    }
    fn deserialize_struct<V: Visitor<'de>>(self, _: &'static str, fields: &'static [&'static str], _: V) -> Result<V::Value, Self::Error> {
        self.0.extend(fields);
        Err(serde::de::Error::custom("probed"))
    }
    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u8 u16 u32 u64 u128 f32 f64 char str string bytes byte_buf option
        unit unit_struct newtype_struct seq tuple tuple_struct map enum identifier ignored_any
    }
}

fn fields<'de, T: Deserialize<'de>>() -> BTreeSet<String> {
    let mut found = Vec::new();
    let _ = T::deserialize(Probe(&mut found));
    found.into_iter().map(str::to_owned).collect()
}

fn parsed(name: &str) -> Value {
    serde_json::from_str(schema::text(name).unwrap()).unwrap()
}

fn properties(name: &str) -> BTreeSet<String> {
    parsed(name)["properties"].as_object().unwrap().keys().cloned().collect()
}

#[test]
fn every_property_of_a_schema_is_a_field_of_the_model_and_the_other_way_round() {
    let common = fields::<model::Common<'_>>();
    let mut wrong = Vec::new();
    let mut compare = |name: &str, own: BTreeSet<String>, is_item: bool| {
        let all: BTreeSet<String> = if is_item { own.union(&common).cloned().collect() } else { own };
        let known = properties(name);
        wrong.extend(known.difference(&all).map(|f| format!("{name}: the model does not read `{f}`")));
        wrong.extend(all.difference(&known).map(|f| format!("{name}: the schema does not know `{f}`")));
    };
    compare("topic", fields::<model::Topic<'_>>(), true);
    compare("page", fields::<model::Page<'_>>(), true);
    compare("partial", fields::<model::Partial<'_>>(), true);
    compare("outcome", fields::<model::Outcome<'_>>(), true);
    compare("resource", fields::<model::Resource<'_>>(), true);
    compare("journey", fields::<model::Journey<'_>>(), true);
    compare("instrument", fields::<model::Instrument<'_>>(), true);
    compare("area", fields::<model::Area<'_>>(), true);
    compare("campaign", fields::<model::Campaign<'_>>(), true);
    compare("hazard", fields::<model::Hazard<'_>>(), true);
    compare("evidence", fields::<model::Evidence<'_>>(), true);
    compare("site", fields::<model::Site<'_>>(), false);
    compare("acuity", fields::<model::Acuity<'_>>(), false);
    compare("safety", fields::<model::Safety<'_>>(), false);
    compare("wording", fields::<model::Wording<'_>>(), false);
    compare("risk-matrix", fields::<model::RiskMatrix<'_>>(), false);
    compare("intended-purpose", fields::<model::IntendedPurpose<'_>>(), false);
    compare("confirmation", fields::<model::Confirmation<'_>>(), false);
    compare("policy", fields::<model::Policy<'_>>(), false);
    compare("reviewers", fields::<model::Reviewers<'_>>(), false);
    compare("record", fields::<model::Record<'_>>(), false);
    compare("release", fields::<model::Release<'_>>(), false);
    // The inner structs, by where the schema keeps them.
    let mut inner = |name: &str, pointer: &str, own: BTreeSet<String>| {
        let schema = parsed(name);
        let known: BTreeSet<String> = schema.pointer(pointer).unwrap()["properties"].as_object().unwrap().keys().cloned().collect();
        if known != own {
            wrong.push(format!("{name}{pointer}: schema {known:?}, model {own:?}"));
        }
    };
    inner("resource", "/$defs/channel", fields::<model::Channel<'_>>());
    inner("journey", "/$defs/step", fields::<model::Step<'_>>());
    inner("journey", "/$defs/answer", fields::<model::Answer<'_>>());
    inner("journey", "/$defs/condition", fields::<model::Condition<'_>>());
    inner("journey", "/$defs/rule", fields::<model::SafetyRule<'_>>());
    inner("journey", "/$defs/vignette", fields::<model::Vignette<'_>>());
    inner("instrument", "/$defs/answer", fields::<model::InstrumentAnswer<'_>>());
    inner("acuity", "/properties/levels/items", fields::<model::Level<'_>>());
    inner("wording", "/properties/rules/items", fields::<model::WordingRule<'_>>());
    inner("hazard", "/properties/controls/items", fields::<model::Control<'_>>());
    inner("policy", "/$defs/rule", fields::<model::PolicyRule<'_>>());
    inner("reviewers", "/$defs/person", fields::<model::Person<'_>>());
    inner("reviewers", "/$defs/key", fields::<model::ReviewerKey<'_>>());
    assert!(wrong.is_empty(), "{wrong:#?}");
}

#[test]
fn every_example_of_a_schema_fits_schema_and_model() {
    for name in schema::names() {
        for example in parsed(name)["examples"].as_array().unwrap() {
            // JSON is YAML: the one reader reads both.
            let text = example.to_string();
            let parsed = signpost::yaml::parse(&text, Span::new(0, text.len()));
            assert!(parsed.problems.is_empty(), "{name}: {:?}", parsed.problems);
            let data = parsed.yaml.root(&text).unwrap();
            model::reads_as(name, data).unwrap_or_else(|e| panic!("{name}: {e}\n{text}"));
            let empty = Snapshot::from_texts([]);
            let violations = schema::Schemas::of(&empty).violations(name, data);
            assert!(violations.is_empty(), "{name}: {violations:?}");
        }
    }
}

#[test]
fn every_property_has_title_description_and_example() {
    fn walk(at: &str, schema: &Value, wrong: &mut Vec<String>) {
        for (name, property) in schema["properties"].as_object().into_iter().flatten() {
            let at = format!("{at}.{name}");
            let target = property.get("$ref").is_some();
            for key in ["title", "description", "examples"] {
                if property.get(key).is_none() && !(target && key != "description") {
                    wrong.push(format!("{at}: no {key}"));
                }
            }
            walk(&at, property, wrong);
        }
        for key in ["items", "additionalProperties"] {
            if schema[key].is_object() {
                walk(&format!("{at}[]"), &schema[key], wrong);
            }
        }
        for (name, part) in schema["$defs"].as_object().into_iter().flatten() {
            walk(&format!("{at}${name}"), part, wrong);
        }
    }
    let mut wrong = Vec::new();
    schema::names().for_each(|name| walk(name, &parsed(name), &mut wrong));
    assert!(wrong.is_empty(), "{wrong:#?}");
    assert!(Kind::ALL.iter().all(|k| schema::text(k.word()).is_some()));
}

/// Keeps the probe honest: an owned type shows its fields as well.
#[test]
fn the_probe_sees_fields() {
    #[derive(serde::Deserialize)]
    #[expect(dead_code, reason = "only its shape is looked at")]
    struct Two {
        one: u8,
        two: u8,
    }
    fn owned<T: DeserializeOwned>() -> BTreeSet<String> {
        fields::<T>()
    }
    assert_eq!(owned::<Two>().len(), 2);
}
