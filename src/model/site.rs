//! The singletons.

use std::collections::BTreeMap;
use std::fmt;
use std::marker::PhantomData;

use serde::de::{self, MapAccess, Visitor};
use serde::{Deserialize, Deserializer};

use super::item::{Age, Text};
use super::resource::ChannelType;
use crate::yaml::de::{Ordered, Spanned};

/// `site.yaml`.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Site<'a> {
    #[serde(borrow)]
    pub name: Text<'a>,
    pub base_url: Text<'a>,
    pub organisation: Text<'a>,
    pub language: Text<'a>,
    pub country: Text<'a>,
    pub demonstration: bool,
    pub time_zone: Text<'a>,
    #[serde(default)]
    pub short_codes: Vec<Text<'a>>,
    #[serde(default)]
    pub navigation: Vec<Text<'a>>,
    pub emergency_help: Option<EmergencyHelp<'a>>,
    pub feedback: Option<Feedback<'a>>,
    pub exit_url: Option<Text<'a>>,
    pub data_licence: Option<Text<'a>>,
    #[serde(default)]
    pub roles: Ordered<Text<'a>, Role<'a>>,
    pub holidays: Option<Holidays<'a>>,
    #[serde(default)]
    pub crisis_phrases: Vec<Text<'a>>,
    #[serde(default)]
    pub brand: BTreeMap<&'a str, Text<'a>>,
    pub journey_situations: Option<Spanned<i64>>,
    pub journey_pages: Option<Spanned<i64>>,
}

/// What stands on every page before anything else.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct EmergencyHelp<'a> {
    #[serde(borrow)]
    pub heading: Text<'a>,
    pub text: Text<'a>,
    pub call: Option<Text<'a>>,
    pub page: Option<Text<'a>>,
    #[serde(default)]
    pub signposts: Vec<Text<'a>>,
}

/// Where readers can say what they think.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Feedback<'a> {
    #[serde(borrow)]
    pub email: Option<Text<'a>>,
    pub url: Option<Text<'a>>,
    pub watched_by: Option<Text<'a>>,
    pub hours: Option<Text<'a>>,
}

/// A role that local services fill.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Role<'a> {
    #[serde(borrow)]
    pub label: Text<'a>,
    pub fallback: Text<'a>,
}

/// Public holidays, as far as they are known.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Holidays<'a> {
    #[serde(borrow)]
    pub dates: Vec<Text<'a>>,
    pub until: Text<'a>,
}

/// `acuity.yaml`: the scale, most urgent first.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Acuity<'a> {
    #[serde(borrow)]
    pub levels: Vec<Level<'a>>,
}

impl Acuity<'_> {
    /// The rank of a level: 0 is the most urgent; levels put `beside` another share its rank.
    pub fn rank(&self, id: &str) -> Option<usize> {
        let mut rank = 0;
        let mut ranks: Vec<(&str, usize)> = Vec::with_capacity(self.levels.len());
        for level in &self.levels {
            let beside = level.beside.and_then(|b| ranks.iter().find(|(l, _)| *l == b.value).map(|(_, r)| *r));
            let own = beside.unwrap_or_else(|| {
                let own = rank;
                rank += 1;
                own
            });
            ranks.push((level.id.value, own));
        }
        ranks.into_iter().find(|(l, _)| *l == id).map(|(_, r)| r)
    }
}

/// One level of the scale.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Level<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub label: Text<'a>,
    pub says: Text<'a>,
    pub within: Text<'a>,
    pub card: Card,
    pub beside: Option<Text<'a>>,
}

/// Which care card a level is shown with.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "each variant is the card of its name")]
pub enum Card {
    Emergency,
    Urgent,
    NonUrgent,
    None,
}

impl Card {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Emergency => "emergency",
            Self::Urgent => "urgent",
            Self::NonUrgent => "non-urgent",
            Self::None => "none",
        }
    }
}

/// `safety.yaml`: rules over the whole site.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Safety<'a> {
    #[serde(borrow)]
    pub outcomes: Vec<OutcomeRule<'a>>,
    pub journeys: Vec<JourneyRule<'a>>,
    pub pages: Vec<PageRule<'a>>,
    pub required: Vec<Text<'a>>,
}

/// To what a site-wide rule applies.
#[derive(Debug)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub enum Scope<'a> {
    All,
    Some { acuity: Option<ScopeAcuity<'a>>, topics: Vec<Text<'a>> },
}

impl<'de: 'a, 'a> Deserialize<'de> for Scope<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        struct Fields<'a> {
            #[serde(borrow)]
            acuity: Option<ScopeAcuity<'a>>,
            #[serde(default)]
            topics: Vec<Text<'a>>,
        }
        struct Read<'a>(PhantomData<&'a ()>);
        impl<'de: 'a, 'a> Visitor<'de> for Read<'a> {
            type Value = Scope<'a>;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("`all`, or a map with `acuity` or `topics`")
            }
            fn visit_str<E: de::Error>(self, value: &str) -> Result<Scope<'a>, E> {
                if value == "all" { Ok(Scope::All) } else { Err(E::invalid_value(de::Unexpected::Str(value), &self)) }
            }
            fn visit_map<A: MapAccess<'de>>(self, map: A) -> Result<Scope<'a>, A::Error> {
                let Fields { acuity, topics } = Fields::deserialize(de::value::MapAccessDeserializer::new(map))?;
                Ok(Scope::Some { acuity, topics })
            }
        }
        deserializer.deserialize_any(Read(PhantomData))
    }
}

/// From which level on.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct ScopeAcuity<'a> {
    #[serde(borrow)]
    pub at_least: Text<'a>,
}

/// A rule over outcomes.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct OutcomeRule<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub hazard: Option<Text<'a>>,
    #[serde(rename = "for")]
    pub scope: Scope<'a>,
    pub needs: OutcomeNeeds<'a>,
}

/// What an outcome needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct OutcomeNeeds<'a> {
    pub any_channel: Vec<ChannelType>,
    #[serde(borrow)]
    pub hours: Option<Text<'a>>,
    pub everyone: bool,
    pub signposts: Vec<Text<'a>>,
    pub sections: Vec<Text<'a>>,
}

/// A rule over journeys.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct JourneyRule<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub hazard: Option<Text<'a>>,
    #[serde(rename = "for")]
    pub scope: Scope<'a>,
    pub needs: JourneyNeeds<'a>,
}

/// What a journey needs.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct JourneyNeeds<'a> {
    #[serde(borrow)]
    pub asks_first: Option<Text<'a>>,
    pub safety_rules: Vec<Text<'a>>,
    pub vignettes: Option<Spanned<i64>>,
}

/// A rule over every generated page.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct PageRule<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub hazard: Option<Text<'a>>,
    pub needs: PageNeeds<'a>,
}

/// What every page needs.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct PageNeeds<'a> {
    #[serde(borrow)]
    pub call: Text<'a>,
}

/// `wording.yaml`: house style.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Wording<'a> {
    #[serde(borrow)]
    pub rules: Vec<WordingRule<'a>>,
    pub targets: BTreeMap<&'a str, Target>,
}

/// One phrase to avoid, and what to write instead.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct WordingRule<'a> {
    #[serde(borrow)]
    pub id: Text<'a>,
    pub avoid: Vec<Text<'a>>,
    pub prefer: Text<'a>,
    pub why: Option<Text<'a>>,
    pub source: Option<Text<'a>>,
    #[serde(default)]
    pub exceptions: Vec<Text<'a>>,
    #[serde(default)]
    pub scope: WordingScope<'a>,
    pub whole_words: Option<bool>,
}

/// In which kinds a wording rule applies.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct WordingScope<'a> {
    #[serde(borrow)]
    pub kinds: Vec<Text<'a>>,
    pub except_kinds: Vec<Text<'a>>,
}

/// How easy a kind's text is meant to be.
#[derive(Clone, Copy, Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Target {
    pub reading_age: Option<i64>,
    pub sentence_words: Option<i64>,
    pub paragraph_sentences: Option<i64>,
}

/// `risk-matrix.yaml`.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct RiskMatrix<'a> {
    #[serde(borrow)]
    pub severities: Vec<Scale<'a>>,
    pub likelihoods: Vec<Scale<'a>>,
    pub cells: Vec<RiskCells>,
    pub levels: Vec<RiskLevel<'a>>,
}

impl RiskMatrix<'_> {
    /// The risk level of a cell.
    pub fn risk(&self, risk: super::item::Risk) -> Option<i64> {
        let row = self.cells.iter().find(|c| c.likelihood == risk.likelihood)?;
        row.risks.get(usize::try_from(risk.severity - 1).ok()?).copied()
    }
}

/// One score of a scale.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Scale<'a> {
    pub score: i64,
    #[serde(borrow)]
    pub label: Text<'a>,
    pub means: Text<'a>,
}

/// The risks of one likelihood, for severity 1 to 5.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct RiskCells {
    pub likelihood: i64,
    pub risks: Vec<i64>,
}

/// What a level of risk obliges to.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct RiskLevel<'a> {
    pub level: i64,
    #[serde(borrow)]
    pub label: Text<'a>,
    pub obliges: Text<'a>,
    #[serde(default)]
    pub accepted_by: Vec<Text<'a>>,
}

/// `intended-purpose.yaml`.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct IntendedPurpose<'a> {
    #[serde(borrow)]
    pub purpose: Text<'a>,
    pub users: Vec<Text<'a>>,
    #[serde(default)]
    pub age: Age,
    #[serde(default)]
    pub areas: Vec<Text<'a>>,
    pub exclusions: Vec<Text<'a>>,
    pub medical_device: MedicalDevice<'a>,
}

/// Whether the service is a medical device, and in whose opinion.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct MedicalDevice<'a> {
    #[serde(borrow)]
    pub status: Text<'a>,
    pub opinion_of: Text<'a>,
    pub date: Option<Text<'a>>,
    pub reason: Text<'a>,
}
