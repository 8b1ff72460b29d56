//! Whether a signposted service counts for safety rules today: live, not suspended, and confirmed in time (CONTENT.md, section 5).

use jiff::civil::Date;

use super::context::Context;
use crate::model::{Item, Status};

/// Whether a service counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It is live, and was confirmed within its `check_every`.
    Counts,
    /// It is a draft or retired.
    NotLive(Status),
    /// Nobody has confirmed its details.
    NeverConfirmed,
    /// It was confirmed on this day, and that counts for so many days only.
    Overdue(Date, i64),
    /// Somebody suspended it.
    Suspended,
    /// Its confirmation is dated in the future.
    Ahead(Date),
}

impl Standing {
    /// How a resource stands. One without `check_every` has to be confirmed once.
    pub fn of(site: &Context<'_>, resource: &Item<'_>) -> Self {
        if !resource.is_live() {
            return Self::NotLive(resource.status());
        }
        if site.suspensions.on(resource.name).is_some_and(|s| s.is_whole) {
            return Self::Suspended;
        }
        let confirmation = site.content.confirmations.get(resource.name);
        let Some(date) = confirmation.and_then(|(_, c)| c.date.value.parse::<Date>().ok()) else { return Self::NeverConfirmed };
        if date > site.today {
            return Self::Ahead(date);
        }
        let days = site.today.duration_since(date).as_hours() / 24;
        match resource.resource().and_then(|r| r.check_every) {
            Some(every) if days > every.value => Self::Overdue(date, every.value),
            _ => Self::Counts,
        }
    }

    /// Why it does not count, as the end of a sentence about it; `None` where it does.
    pub fn because(self) -> Option<String> {
        match self {
            Self::Counts => None,
            Self::NotLive(Status::Draft) => Some("it is a draft".to_owned()),
            Self::NotLive(_) => Some("it is retired".to_owned()),
            Self::Suspended => Some("it is suspended".to_owned()),
            Self::NeverConfirmed => Some("its details were never confirmed".to_owned()),
            Self::Overdue(date, days) => Some(format!("its details were last confirmed on {date}, which counts for {days} days")),
            Self::Ahead(date) => Some(format!("its confirmation is dated {date}, which is still to come")),
        }
    }
}
