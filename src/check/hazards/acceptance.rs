//! What the risk matrix says of a hazard, and whether somebody who may has accepted the risk that is left.

use crate::check::Context;
use crate::model::{Hazard, HazardState, Item, Risk, RiskLevel};

/// A risk looked up in the matrix.
#[derive(Clone, Copy)]
pub struct Rated<'c, 'a> {
    /// Severity and likelihood.
    pub risk: Risk,
    /// What the severity is called.
    pub severity: Option<&'a str>,
    /// What the likelihood is called.
    pub likelihood: Option<&'a str>,
    /// The level of the cell, where the matrix has it.
    pub level: Option<&'c RiskLevel<'a>>,
}

impl<'c, 'a> Rated<'c, 'a> {
    /// Looks a risk up.
    pub fn of(site: &'c Context<'a>, risk: Risk) -> Self {
        let matrix = site.content.risk_matrix.as_ref();
        let called = |scale: &'c [crate::model::Scale<'a>], score: i64| scale.iter().find(|s| s.score == score).map(|s| s.label.value);
        Self {
            risk,
            severity: matrix.and_then(|m| called(&m.severities, risk.severity)),
            likelihood: matrix.and_then(|m| called(&m.likelihoods, risk.likelihood)),
            level: matrix.and_then(|m| m.levels.iter().find(|l| Some(l.level) == m.risk(risk))),
        }
    }
}

/// Whether the risk that is left is accepted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Acceptance {
    /// The hazard is not open, or still a draft: there is nothing to accept.
    NotNeeded,
    /// By a role that may.
    Accepted,
    /// By nobody yet.
    Missing,
    /// By a role that may not accept this level.
    MayNot,
    /// Nobody may accept this level.
    NobodyMay,
    /// The risk is not given, or the matrix does not have it.
    NotRated,
}

impl Acceptance {
    /// How it stands for a hazard.
    pub fn of(site: &Context<'_>, item: &Item<'_>, hazard: &Hazard<'_>) -> Self {
        if !item.is_live() || hazard.state != HazardState::Open {
            return Self::NotNeeded;
        }
        let Some(level) = hazard.residual.and_then(|risk| Rated::of(site, risk.value).level) else { return Self::NotRated };
        match hazard.accepted_by {
            _ if level.accepted_by.is_empty() => Self::NobodyMay,
            None => Self::Missing,
            Some(role) if level.accepted_by.iter().any(|r| r.value == role.value) => Self::Accepted,
            Some(_) => Self::MayNot,
        }
    }

    /// Whether nothing has to be done.
    pub fn is_in_order(self) -> bool {
        matches!(self, Self::NotNeeded | Self::Accepted)
    }

    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::NotNeeded => "not-needed",
            Self::Accepted => "accepted",
            Self::Missing => "missing",
            Self::MayNot => "may-not",
            Self::NobodyMay => "nobody-may",
            Self::NotRated => "not-rated",
        }
    }

    /// For people.
    pub fn in_words(self) -> &'static str {
        match self {
            Self::NotNeeded => "nothing to accept",
            Self::Accepted => "accepted, by a role that may",
            Self::Missing => "NOT ACCEPTED by anybody",
            Self::MayNot => "NOT ACCEPTABLE: this role may not accept it",
            Self::NobodyMay => "NOT ACCEPTABLE: nobody may accept it",
            Self::NotRated => "NOT RATED",
        }
    }
}
