//! What the approval of a change rests on: its class, and whether it may send people to less urgent help. Both are found by
//! `diff`; here is what is said of things that come or go as a whole, and of what nobody can tell.

use super::policy;
use crate::model::Class;

/// What a change amounts to.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Change {
    /// How much it means.
    pub class: Class,
    /// Whether somebody is, or could be, sent somewhere less urgent.
    pub less_urgent: bool,
}

impl Change {
    /// No change.
    pub const NONE: Self = Self { class: Class::None, less_urgent: false };
    /// What nobody can tell counts as the most that it could be.
    pub const UNKNOWN: Self = Self { class: Class::Logic, less_urgent: true };

    /// Both together.
    #[must_use]
    pub fn and(self, other: Self) -> Self {
        Self { class: self.class.max(other.class), less_urgent: self.less_urgent || other.less_urgent }
    }

    fn of(class: Class) -> Self {
        Self { class, less_urgent: false }
    }
}

/// Something that comes or goes as a whole.
pub(super) fn whole(id: &str, is_gone: bool) -> Change {
    match (policy::kind(id), policy::original(id)) {
        ("journey" | "instrument" | "outcome", _) | (_, "site/acuity") => Change { class: Class::Logic, less_urgent: is_gone },
        ("review" | "template", _) | (_, "site/safety") => Change::of(Class::Logic),
        _ => Change::of(Class::Clinical),
    }
}
