//! Whether a signposted service can be reached in the ways that a rule asks for, by the people who come to an ending.

use crate::check::Context;
use crate::check::standing::Standing;
use crate::diag::words::list;
use crate::hours::Hours;
use crate::model::{Audience, Channel, Eligibility, Item, OutcomeNeeds};

/// The people who come to an ending: those for whom one journey is, or anybody.
pub struct People<'c, 'a> {
    /// The journey that leads them there.
    pub journey: Option<&'c Item<'a>>,
    /// For whom it is.
    pub audience: Option<&'c Audience<'a>>,
}

/// What a rule asks of one and the same channel.
pub struct Reach<'c, 'a> {
    needs: &'c OutcomeNeeds<'a>,
    hours: Option<Hours>,
}

impl<'c, 'a> Reach<'c, 'a> {
    /// What a rule asks, if it asks anything of channels. Hours that cannot be read ask for nothing here.
    pub fn of(needs: &'c OutcomeNeeds<'a>) -> Option<Self> {
        let hours = needs.hours.and_then(|h| Hours::parse(h.value).ok());
        (hours.is_some() || needs.everyone || !needs.any_channel.is_empty()).then_some(Self { needs, hours })
    }

    /// In words: `by text or webchat, at any time, by everybody`.
    pub fn words(&self, people: &str) -> String {
        let mut words = Vec::new();
        if !self.needs.any_channel.is_empty() {
            let channels: Vec<&str> = self.needs.any_channel.iter().map(|c| c.word()).collect();
            words.push(format!("by {}", list(&channels, "or")));
        }
        if let (Some(hours), Some(text)) = (&self.hours, self.needs.hours) {
            words.push(if hours.is_always_open() { "at any time".to_owned() } else { format!("during {}", text.value) });
        }
        if self.needs.everyone {
            words.push(format!("by {people}"));
        }
        words.join(", ")
    }

    /// Whether one channel of a resource serves these people.
    ///
    /// # Errors
    /// Why not, for a resource that has a channel of the right type.
    pub fn serves(&self, site: &Context<'_>, resource: &Item<'_>, people: &People<'_, '_>) -> Result<(), Option<String>> {
        let Some(fields) = resource.resource() else { return Err(None) };
        let today = site.today_text();
        let mut why = None;
        let fits = |c: &&Channel<'_>| self.needs.any_channel.is_empty() || self.needs.any_channel.contains(&c.ty);
        let mut channels = fields.channels.iter().filter(fits).peekable();
        if channels.peek().is_none() {
            return Err(None);
        }
        if let Some(because) = Standing::of(site, resource).because() {
            return Err(Some(format!("`{}` does not count: {because}", resource.id())));
        }
        if let Some(limit) = self.needs.everyone.then(|| limit(&fields.eligibility, people)).flatten() {
            return Err(Some(format!("`{}` is not for everybody: {limit}", resource.id())));
        }
        for channel in channels {
            let is_open = if site.suspensions.takes(resource.name, channel) {
                Err("it is suspended".to_owned())
            } else {
                self.is_open(channel, today)
            };
            match is_open {
                Ok(()) => return Ok(()),
                Err(because) => why = why.or(Some(format!("`{}` by {} is not enough: {because}", resource.id(), channel.ty.word()))),
            }
        }
        Err(why)
    }

    fn is_open(&self, channel: &Channel<'_>, today: &str) -> Result<(), String> {
        if !channel.is_open_on(today) {
            return Err("it is not in use today".to_owned());
        }
        let Some(needed) = &self.hours else { return Ok(()) };
        let Some(text) = channel.hours else { return Err("its hours are not given".to_owned()) };
        let Ok(hours) = Hours::parse(text.value) else { return Err("its hours cannot be read".to_owned()) };
        if hours.is_always_open() || (!needed.is_always_open() && covers(&hours, needed)) {
            return Ok(());
        }
        Err(format!("its hours are {}", text.value))
    }
}

/// Whether something is open whenever something else is, on ordinary days and bank holidays.
fn covers(open: &Hours, needed: &Hours) -> bool {
    (0..7).flat_map(|day| [(day, false), (day, true)]).all(|day| {
        let before = ((day.0 + 6) % 7, false);
        (0..crate::hours::DAY).all(|minute| !needed.is_open(minute, day, before) || open.is_open(minute, day, before))
    })
}

/// A limit on whom a service is for that is narrower than these people.
fn limit(eligibility: &Eligibility<'_>, people: &People<'_, '_>) -> Option<String> {
    let (min, max) = people.audience.map_or((None, None), |a| (a.age.min, a.age.max));
    if let Some(youngest) = eligibility.age.min.filter(|youngest| min.unwrap_or(0) < *youngest) {
        return Some(format!("from age {youngest}"));
    }
    if let Some(oldest) = eligibility.age.max.filter(|oldest| max.is_none_or(|max| max > *oldest)) {
        return Some(format!("up to age {oldest}"));
    }
    if !eligibility.areas.is_empty() {
        let areas = people.audience.map_or(&[] as &[_], |a| &a.areas);
        let is_within = !areas.is_empty() && areas.iter().all(|a| eligibility.areas.iter().any(|e| e.value == a.value));
        if !is_within {
            return Some("it is for some areas only".to_owned());
        }
    }
    eligibility.who.map(|who| format!("it is for \"{}\"", who.value))
}
