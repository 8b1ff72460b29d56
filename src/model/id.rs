//! Kinds, names, and what a path stands for (CONTENT.md, section 1).

/// The kinds of item.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the kind of its name")]
pub enum Kind {
    Topic,
    Page,
    Partial,
    Outcome,
    Resource,
    Journey,
    Instrument,
    Area,
    Campaign,
    Hazard,
    Evidence,
}

impl Kind {
    /// All kinds, in the order of the contract.
    pub const ALL: [Self; 11] = [
        Self::Topic,
        Self::Page,
        Self::Partial,
        Self::Outcome,
        Self::Resource,
        Self::Journey,
        Self::Instrument,
        Self::Area,
        Self::Campaign,
        Self::Hazard,
        Self::Evidence,
    ];

    /// The word in ids.
    pub fn word(self) -> &'static str {
        match self {
            Self::Topic => "topic",
            Self::Page => "page",
            Self::Partial => "partial",
            Self::Outcome => "outcome",
            Self::Resource => "resource",
            Self::Journey => "journey",
            Self::Instrument => "instrument",
            Self::Area => "area",
            Self::Campaign => "campaign",
            Self::Hazard => "hazard",
            Self::Evidence => "evidence",
        }
    }

    /// The folder in `content/`.
    pub fn folder(self) -> &'static str {
        match self {
            Self::Topic => "topics",
            Self::Page => "pages",
            Self::Partial => "partials",
            Self::Outcome => "outcomes",
            Self::Resource => "resources",
            Self::Journey => "journeys",
            Self::Instrument => "instruments",
            Self::Area => "areas",
            Self::Campaign => "campaigns",
            Self::Hazard => "hazards",
            Self::Evidence => "evidence",
        }
    }

    /// The folder of its pages on the site, empty for the root; `None` for kinds that have no pages.
    pub fn pages(self) -> Option<&'static str> {
        match self {
            Self::Topic => Some("topics/"),
            Self::Page => Some(""),
            Self::Resource => Some("help/"),
            Self::Journey => Some("journeys/"),
            Self::Area => Some("areas/"),
            Self::Campaign => Some("for/"),
            Self::Outcome => Some("outcomes/"),
            Self::Partial | Self::Instrument | Self::Hazard | Self::Evidence => None,
        }
    }

    /// The extension of its files: `md` or `yaml`.
    pub fn extension(self) -> &'static str {
        match self {
            Self::Topic | Self::Page | Self::Partial | Self::Outcome => "md",
            _ => "yaml",
        }
    }

    /// The kind of a word.
    pub fn from_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|k| k.word() == word)
    }

    /// The id of an item of this kind.
    pub fn id(self, name: &str) -> String {
        format!("{}/{name}", self.word())
    }

    /// The id under which an item of this kind, or its translation into a language, is reviewed: `topic/sleep.bn`.
    pub fn id_in(self, name: &str, language: Option<&str>) -> String {
        language.map_or_else(|| self.id(name), |language| format!("{}.{language}", self.id(name)))
    }

    /// Splits an id; `None` where the kind is unknown.
    pub fn split(id: &str) -> Option<(Self, &str)> {
        let (word, name) = id.split_once('/')?;
        Some((Self::from_word(word)?, name))
    }
}

/// The files of which there is one.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[expect(missing_docs, reason = "each variant is the singleton of its name")]
pub enum Singleton {
    Site,
    Acuity,
    Safety,
    Wording,
    RiskMatrix,
    IntendedPurpose,
}

impl Singleton {
    /// All of them.
    pub const ALL: [Self; 6] = [Self::Site, Self::Acuity, Self::Safety, Self::Wording, Self::RiskMatrix, Self::IntendedPurpose];

    /// The file's name in `content/`, without `.yaml`; also its schema's, and in its id `site/…`.
    pub fn word(self) -> &'static str {
        match self {
            Self::Site => "site",
            Self::Acuity => "acuity",
            Self::Safety => "safety",
            Self::Wording => "wording",
            Self::RiskMatrix => "risk-matrix",
            Self::IntendedPurpose => "intended-purpose",
        }
    }
}

/// What a path stands for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Identity<'p> {
    /// An item, or a translation of one.
    Item {
        /// Its kind.
        kind: Kind,
        /// Its name, which may break the rules for names.
        name: &'p str,
        /// The language of a translation.
        language: Option<&'p str>,
    },
    /// A singleton.
    Singleton(Singleton),
    /// The confirmation of the resource of this name.
    Confirmation(&'p str),
    /// `reviews/policy.yaml`.
    Policy,
    /// `reviews/reviewers.yaml`.
    Reviewers,
    /// A record, in the folder of this item.
    Record(&'p str),
    /// A signature under a release, by the file's name.
    Release(&'p str),
    /// A schema of the repository's own, by name.
    Schema(&'p str),
    /// A template or asset.
    Template(&'p str),
    /// Nothing that Signpost knows.
    Stray,
}

impl<'p> Identity<'p> {
    /// What the file at `path` stands for.
    pub fn of(path: &'p str) -> Self {
        identify(path)
    }

    /// The id under which it is reviewed (REVIEW.md, Files); `None` for what is no item.
    pub fn id(self) -> Option<String> {
        match self {
            Self::Item { kind, name, language } => Some(kind.id_in(name, language)),
            Self::Singleton(singleton) => Some(format!("site/{}", singleton.word())),
            Self::Policy => Some("review/policy".to_owned()),
            Self::Reviewers => Some("review/reviewers".to_owned()),
            Self::Schema(name) => Some(format!("schema/{name}")),
            Self::Template(path) => Some(format!("template/{path}")),
            Self::Confirmation(_) | Self::Record(_) | Self::Release(_) | Self::Stray => None,
        }
    }

    /// The name of the schema that applies.
    pub fn schema(self) -> Option<&'static str> {
        match self {
            Self::Item { kind, .. } => Some(kind.word()),
            Self::Singleton(singleton) => Some(singleton.word()),
            Self::Confirmation(_) => Some("confirmation"),
            Self::Policy => Some("policy"),
            Self::Reviewers => Some("reviewers"),
            Self::Record(_) => Some("record"),
            Self::Release(_) => Some("release"),
            _ => None,
        }
    }
}

pub(super) fn identify(path: &str) -> Identity<'_> {
    let Some((top, rest)) = path.split_once('/') else { return Identity::Stray };
    match top {
        "content" => identify_content(rest),
        "reviews" => identify_review(rest).unwrap_or(Identity::Stray),
        "schemas" => rest.strip_suffix(".schema.json").map_or(Identity::Stray, Identity::Schema),
        "site-templates" => Identity::Template(rest),
        _ => Identity::Stray,
    }
}

fn identify_review(path: &str) -> Option<Identity<'_>> {
    match path.strip_suffix(".yaml")?.split_once('/') {
        None => match path {
            "policy.yaml" => Some(Identity::Policy),
            "reviewers.yaml" => Some(Identity::Reviewers),
            _ => None,
        },
        Some(("confirmations", name)) => Some(Identity::Confirmation(name)),
        Some(("records", rest)) => rest.rsplit_once('/').filter(|(item, _)| item.contains('/')).map(|(item, _)| Identity::Record(item)),
        Some(("releases", name)) => (!name.contains('/')).then_some(Identity::Release(name)),
        Some(_) => None,
    }
}

fn identify_content(path: &str) -> Identity<'_> {
    let Some((folder, rest)) = path.split_once('/') else {
        let singleton = path.strip_suffix(".yaml").and_then(|word| Singleton::ALL.into_iter().find(|s| s.word() == word));
        return singleton.map_or(Identity::Stray, Identity::Singleton);
    };
    let Some(kind) = Kind::ALL.into_iter().find(|k| k.folder() == folder) else { return Identity::Stray };
    let file = rest.rsplit('/').next().unwrap_or(rest);
    let Some(stem) = file.strip_suffix(kind.extension()).and_then(|s| s.strip_suffix('.')) else { return Identity::Stray };
    let (name, language) = stem.split_once('.').map_or((stem, None), |(n, l)| (n, Some(l)));
    Identity::Item { kind, name, language }
}

/// Whether `text` is a name: `[a-z0-9]+(-[a-z0-9]+)*`, at most 64 (CONTENT.md, section 1).
pub fn is_name(text: &str) -> bool {
    text.len() <= 64 && text.split('-').all(|part| !part.is_empty() && part.bytes().all(|b| b.is_ascii_lowercase() || b.is_ascii_digit()))
}

/// A name made of a text: lower case, accents off, hyphens between words; `None` where nothing is left.
pub fn to_name(text: &str) -> Option<String> {
    use unicode_normalization::UnicodeNormalization;
    let mut name = String::new();
    for c in text.nfkd().flat_map(char::to_lowercase) {
        match c {
            'a'..='z' | '0'..='9' => name.push(c),
            // Marks that were part of a letter, and apostrophes, part no word.
            '\u{300}'..='\u{36f}' | '\'' | '\u{2018}' | '\u{2019}' => {}
            _ if name.is_empty() || name.ends_with('-') => {}
            _ => name.push('-'),
        }
    }
    name.truncate(64);
    name.truncate(name.trim_end_matches('-').len());
    (!name.is_empty()).then_some(name)
}

/// The candidate that `wrong` was most likely meant to be, if any is close enough.
pub fn suggest<'c>(wrong: &str, candidates: impl IntoIterator<Item = &'c str>) -> Option<&'c str> {
    let limit = (wrong.chars().count() / 3).clamp(1, 4);
    let lower = wrong.to_lowercase();
    candidates
        .into_iter()
        .filter(|c| c.chars().count().abs_diff(lower.chars().count()) <= limit)
        .map(|c| (strsim::osa_distance(&lower, &c.to_lowercase()), c))
        .filter(|(distance, _)| *distance <= limit)
        .min_by(|a, b| a.cmp(b))
        .map(|(_, c)| c)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn paths_stand_for_items() {
        let sleep = Identity::Item { kind: Kind::Topic, name: "sleep", language: None };
        assert_eq!(identify("content/topics/mind/sleep.md"), sleep);
        assert_eq!(identify("content/topics/sleep.bn.md"), Identity::Item { kind: Kind::Topic, name: "sleep", language: Some("bn") });
        assert_eq!(identify("content/topics/sleep.yaml"), Identity::Stray);
        assert_eq!(identify("content/site.yaml"), Identity::Singleton(Singleton::Site));
        assert_eq!(identify("reviews/confirmations/shout.yaml"), Identity::Confirmation("shout"));
        assert_eq!(identify("reviews/policy.yaml"), Identity::Policy);
        assert_eq!(identify("reviews/records/template/a/b.html/x.yaml"), Identity::Record("template/a/b.html"));
        assert_eq!(identify("reviews/records/sleep/x.yaml"), Identity::Stray);
        assert_eq!(identify("reviews/other.yaml"), Identity::Stray);
    }

    #[test]
    fn names_are_made_of_texts() {
        assert_eq!(to_name("Sleep Tips (2026)").as_deref(), Some("sleep-tips-2026"));
        assert_eq!(to_name("Caf\u{e9}_don't").as_deref(), Some("cafe-dont"));
        assert_eq!(to_name("\u{9ac}"), None);
        assert!(is_name(&to_name(&"ab ".repeat(40)).unwrap()));
    }

    #[test]
    fn suggestions_are_near() {
        assert_eq!(suggest("samaritan", ["samaritans", "shout"]), Some("samaritans"));
        assert_eq!(suggest("publishd", ["draft", "live", "published"]), Some("published"));
        assert_eq!(suggest("xyz", ["samaritans"]), None);
    }
}
