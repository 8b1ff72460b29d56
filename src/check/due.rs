//! What is to be looked at again, and by when: confirmations, reviews that editors set themselves, and what ends on a day.
//!
//! Reviews by clinicians and what they owe are in [`crate::review`]; here is what the content alone knows.

use jiff::civil::Date;

use super::context::Context;
use crate::model::{Item, Kind, Status};

/// How many days a confirmation lasts where the service does not say.
pub const DAYS_OF_A_CONFIRMATION: i64 = 365;

/// What sort of thing is due.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Sort {
    /// Somebody has to check the details of a service.
    Confirmation,
    /// Somebody has to read it again.
    Review,
    /// It stops on that day.
    End,
    /// It is published and owes a signature.
    Debt,
}

impl Sort {
    /// The word for it.
    pub fn word(self) -> &'static str {
        match self {
            Self::Confirmation => "confirmation",
            Self::Review => "review",
            Self::End => "end",
            Self::Debt => "debt",
        }
    }
}

/// Something that is due.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Due {
    /// The last day on which it is in time.
    pub on: Date,
    /// The item.
    pub item: String,
    /// What sort of thing it is.
    pub sort: Sort,
    /// What tells it from others of its sort on the same item: a channel, a role. It stays the same when the day moves.
    pub part: String,
    /// What is to be done, in words.
    pub says: String,
    /// The role that looks after the item.
    pub owner: Option<String>,
}

/// Everything that is due on some day, in no order.
pub fn all(context: &Context<'_>) -> Vec<Due> {
    let mut found = Vec::new();
    for item in context.content.items.iter().filter(|i| i.status() != Status::Retired) {
        let due = |on: Date, sort: Sort, part: &str, says: String| {
            let owner = item.common.owner.map(|o| o.value.to_owned());
            Due { on, item: item.kind.id_in(item.name, item.language), sort, part: part.to_owned(), says, owner }
        };
        if let Some(day) = day(item.common.review_by.map(|d| d.value)) {
            found.push(due(day, Sort::Review, "review_by", "review it, and set the next `review_by`".to_owned()));
        }
        if !item.is_live() || item.language.is_some() {
            continue;
        }
        found.extend(confirmation(context, item).map(|(on, says)| due(on, Sort::Confirmation, "", says)));
        // What ended is no longer there to be looked at.
        let ahead = ends(item).into_iter().filter(|(on, ..)| *on >= context.today);
        found.extend(ahead.map(|(on, part, says)| due(on, Sort::End, &part, says)));
    }
    let holidays = context.content.site.as_ref().and_then(|s| s.holidays.as_ref());
    if let Some(on) = holidays.and_then(|h| day(Some(h.until.value))) {
        let says = "the list of bank holidays ends: add those announced since".to_owned();
        found.push(Due { on, item: "site/site".to_owned(), sort: Sort::Review, part: "holidays".to_owned(), says, owner: None });
    }
    found
}

fn day(text: Option<&str>) -> Option<Date> {
    text?.parse().ok()
}

/// When the details of a service have to be confirmed again; today where nobody ever did.
fn confirmation(context: &Context<'_>, item: &Item<'_>) -> Option<(Date, String)> {
    let resource = item.resource().filter(|_| item.kind == Kind::Resource)?;
    let Some((_, confirmation)) = context.content.confirmations.get(item.name) else {
        return Some((context.today, "confirm its details: nobody has yet".to_owned()));
    };
    let confirmed = day(Some(confirmation.date.value))?;
    let days = resource.check_every.map_or(DAYS_OF_A_CONFIRMATION, |e| e.value);
    let on = confirmed.checked_add(jiff::Span::new().try_days(days).ok()?).ok()?;
    Some((on, format!("confirm its details, last confirmed on {confirmed}")))
}

/// What of an item stops on a day.
fn ends(item: &Item<'_>) -> Vec<(Date, String, String)> {
    let mut found = Vec::new();
    if let Some(resource) = item.resource() {
        for channel in &resource.channels {
            if let (Some(on), Some(key)) = (day(channel.until.map(|d| d.value)), channel.key()) {
                found.push((on, key.clone(), format!("the last day of {key}")));
            }
        }
        if let Some((on, assurance)) = resource.assurance.as_ref().and_then(|a| Some((day(Some(a.until?.value))?, a))) {
            found.push((on, "assurance".to_owned(), format!("the last day of its assessment by {}", assurance.scheme.value)));
        }
    }
    for (role, service) in item.area().into_iter().flat_map(|a| &a.services) {
        if let Some(on) = day(service.until.map(|d| d.value)) {
            found.push((on, (*role).to_owned(), format!("the last day of {} as its {role}", service.resource.value)));
        }
    }
    found
}
