//! Services that people are signposted to, and the channels by which they are reached.

use serde::Deserialize;

use super::item::{Age, Text};
use crate::yaml::de::Spanned;

/// A service, helpline, app, website or group.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Resource<'a> {
    #[serde(rename = "type")]
    pub ty: ResourceType,
    #[serde(borrow)]
    pub provider: Text<'a>,
    pub channels: Vec<Channel<'a>>,
    #[serde(default)]
    pub eligibility: Eligibility<'a>,
    pub confidentiality: Option<Text<'a>>,
    pub cost: Option<Text<'a>>,
    #[serde(default)]
    pub languages: Vec<Text<'a>>,
    pub accessibility: Option<Text<'a>>,
    pub assurance: Option<Box<Assurance<'a>>>,
    pub check_every: Option<Spanned<i64>>,
    pub replaced_by: Option<Text<'a>>,
    #[serde(default)]
    pub also_known_as: Vec<Text<'a>>,
}

/// What sort of service it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "described value by value in the schema")]
pub enum ResourceType {
    Helpline,
    CrisisService,
    NhsService,
    StatutoryService,
    Charity,
    App,
    Website,
    CommunityGroup,
}

impl ResourceType {
    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Helpline => "helpline",
            Self::CrisisService => "crisis-service",
            Self::NhsService => "nhs-service",
            Self::StatutoryService => "statutory-service",
            Self::Charity => "charity",
            Self::App => "app",
            Self::Website => "website",
            Self::CommunityGroup => "community-group",
        }
    }
}

/// One way to reach a service.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Channel<'a> {
    #[serde(rename = "type")]
    pub ty: ChannelType,
    #[serde(borrow)]
    pub value: Option<Text<'a>>,
    pub url: Option<Text<'a>>,
    pub message: Option<Text<'a>>,
    pub label: Option<Text<'a>>,
    pub hours: Option<Text<'a>>,
    pub cost: Option<Text<'a>>,
    pub shows_on_bill: Option<bool>,
    pub usual_wait: Option<Text<'a>>,
    pub from: Option<Text<'a>>,
    pub until: Option<Text<'a>>,
    pub note: Option<Text<'a>>,
}

/// The types of channel.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[expect(missing_docs, reason = "described value by value in the schema")]
pub enum ChannelType {
    Phone,
    Text,
    Textphone,
    Webchat,
    Whatsapp,
    Email,
    Post,
    Website,
    App,
    InPerson,
    Video,
    Bsl,
}

impl ChannelType {
    /// All types, in the order of the contract.
    pub const ALL: [Self; 12] = [
        Self::Phone,
        Self::Text,
        Self::Textphone,
        Self::Webchat,
        Self::Whatsapp,
        Self::Email,
        Self::Post,
        Self::Website,
        Self::App,
        Self::InPerson,
        Self::Video,
        Self::Bsl,
    ];

    /// The word in files.
    pub fn word(self) -> &'static str {
        match self {
            Self::Phone => "phone",
            Self::Text => "text",
            Self::Textphone => "textphone",
            Self::Webchat => "webchat",
            Self::Whatsapp => "whatsapp",
            Self::Email => "email",
            Self::Post => "post",
            Self::Website => "website",
            Self::App => "app",
            Self::InPerson => "in-person",
            Self::Video => "video",
            Self::Bsl => "bsl",
        }
    }

    /// The type of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|ty| ty.word() == word)
    }

    /// Whether its `value` is a telephone number.
    pub fn is_number(self) -> bool {
        matches!(self, Self::Phone | Self::Text | Self::Textphone | Self::Whatsapp)
    }
}

impl<'a> Channel<'a> {
    /// Its number or address: `116 123`, `https://…`.
    pub fn contact(&self) -> Option<&'a str> {
        Some(self.value.or(self.url)?.value)
    }

    /// How a suspension names it: `phone:116 123`.
    pub fn key(&self) -> Option<String> {
        Some(format!("{}:{}", self.ty.word(), self.contact()?))
    }

    /// Whether its last day lies before `day` (`YYYY-MM-DD`): its number or address is out of use.
    pub fn is_over_on(&self, day: &str) -> bool {
        self.until.is_some_and(|d| d.value < day)
    }

    /// Whether it can be used on `day` (`YYYY-MM-DD`).
    pub fn is_open_on(&self, day: &str) -> bool {
        self.from.is_none_or(|d| d.value <= day) && self.until.is_none_or(|d| d.value >= day)
    }
}

/// Whom a service is for. What is absent is no limit.
#[derive(Debug, Default, Deserialize)]
#[serde(default)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Eligibility<'a> {
    pub age: Age,
    #[serde(borrow)]
    pub areas: Vec<Text<'a>>,
    pub who: Option<Text<'a>>,
    pub for_others: Option<bool>,
}

/// Who assessed an app or service, and until when that counts.
#[derive(Debug, Deserialize)]
#[expect(missing_docs, reason = "described property by property in the schema")]
pub struct Assurance<'a> {
    #[serde(borrow)]
    pub scheme: Text<'a>,
    pub date: Option<Text<'a>>,
    pub until: Option<Text<'a>>,
    pub url: Option<Text<'a>>,
}
