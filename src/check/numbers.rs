//! The numbers and addresses of all services: which are in use, which no longer are, and where a text names one.

use std::ops::Range;

use foldhash::{HashMap, HashMapExt};
use jiff::civil::Date;

use super::postal::Addresses;
use crate::model::{Channel, ChannelType, Content, Item, Status};
use crate::phone::{self, Number, Plan};

/// The numbers and addresses of a site.
#[derive(Debug)]
pub struct Numbers {
    /// The numbering plan of the site's country, if it is known.
    pub plan: Option<Plan>,
    short: HashMap<Number, String>,
    /// By number.
    uses: Vec<Use>,
    /// Web and e-mail addresses out of use, in their plainest form.
    gone: HashMap<String, Use>,
    /// Postal addresses out of use.
    left: Addresses<Use>,
}

/// A channel that has a number or address.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub struct Use {
    number: Option<Number>,
    /// Whether it is still in use.
    pub is_live: bool,
    item: usize,
    channel: usize,
}

/// A number in running text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Mention {
    /// Where it stands in the text.
    pub range: Range<usize>,
    /// The number.
    pub number: Number,
    /// Why it is thought to be one.
    pub sort: Sort,
}

/// Why digits in a text are thought to be a number to dial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Sort {
    /// A service has it, or had it, or it is a short code of the site.
    Known,
    /// It could be dialled, or looks as if it were meant to be.
    Likely,
    /// It is short, and the words before it say to call or text it.
    Called,
}

impl Numbers {
    /// Collects the numbers and addresses of a site as of a day.
    pub fn of(content: &Content<'_>, today: Date) -> Self {
        let today = today.to_string();
        let plan = content.site.as_ref().and_then(|s| Plan::of(s.country.value));
        let mut numbers = Self { plan, short: HashMap::new(), uses: Vec::new(), gone: HashMap::new(), left: Addresses::default() };
        let codes = content.site.iter().flat_map(|s| &s.short_codes);
        numbers.short = codes.filter_map(|code| Some((numbers.number(code.value)?, code.value.to_owned()))).collect();
        let (mut in_use, mut places): (Vec<&str>, Vec<&str>) = (Vec::new(), Vec::new());
        for (item, resource) in content.items.iter().enumerate().filter(|(_, i)| i.language.is_none() && i.status() != Status::Draft) {
            for (channel, data) in resource.resource().into_iter().flat_map(|r| r.channels.iter().enumerate()) {
                let is_live = resource.is_live() && !data.is_over_on(&today);
                let number = data.value.filter(|_| data.ty.is_number()).and_then(|v| numbers.number(v.value));
                let one = Use { number, is_live, item, channel };
                if number.is_some() {
                    numbers.uses.push(one);
                } else if let Some(address) = address_of(data) {
                    if is_live {
                        in_use.push(address);
                    } else {
                        numbers.gone.extend(plain_address(address).map(|a| (a, one)));
                    }
                } else if let Some(place) = data.value.filter(|_| matches!(data.ty, ChannelType::Post | ChannelType::InPerson)) {
                    if is_live { places.push(place.value) } else { numbers.left.add(place.value, one) }
                }
            }
        }
        numbers.uses.sort_unstable();
        if !numbers.gone.is_empty() {
            for address in in_use.into_iter().filter_map(plain_address) {
                numbers.gone.remove(&address);
            }
        }
        if !numbers.left.is_empty() {
            places.into_iter().for_each(|place| numbers.left.remove(place));
        }
        numbers
    }

    /// A written number, however it is written.
    pub fn number(&self, text: &str) -> Option<Number> {
        self.plan.as_ref()?.number(text)
    }

    /// The site's short code of this number, as the site writes it.
    pub fn short_code(&self, number: Number) -> Option<&str> {
        self.short.get(&number).map(String::as_str)
    }

    /// The site's short codes, as it writes them.
    pub fn short_codes(&self) -> impl Iterator<Item = &str> {
        self.short.values().map(String::as_str)
    }

    /// The channels that have or had a number.
    pub fn uses(&self, number: Number) -> &[Use] {
        let from = self.uses.partition_point(|u| u.number < Some(number));
        let count = self.uses[from..].partition_point(|u| u.number == Some(number));
        &self.uses[from..from + count]
    }

    /// All channels with a number, by number.
    pub fn by_number(&self) -> impl Iterator<Item = &[Use]> {
        self.uses.chunk_by(|a, b| a.number == b.number)
    }

    /// Whether a live service has a number now, or the site knows it as a short code.
    pub fn is_in_use(&self, number: Number) -> bool {
        self.short.contains_key(&number) || self.uses(number).iter().any(|u| u.is_live)
    }

    /// The channel that had a number that nobody has now.
    pub fn retired(&self, number: Number) -> Option<&Use> {
        if self.is_in_use(number) { None } else { self.uses(number).first() }
    }

    /// The channel that had an address that nobody has now.
    pub fn retired_address(&self, text: &str) -> Option<&Use> {
        if self.gone.is_empty() { None } else { self.gone.get(&plain_address(text)?) }
    }

    /// Where a text names the postal address of a service that is no longer there.
    pub fn retired_places(&self, text: &str) -> Vec<(Range<usize>, &Use)> {
        self.left.mentions(text)
    }

    /// Whether any web or e-mail address has been retired.
    pub fn has_retired_addresses(&self) -> bool {
        !self.gone.is_empty()
    }

    /// The numbers that a text names.
    pub fn mentions(&self, text: &str) -> Vec<Mention> {
        let (mut found, mut at) = (Vec::new(), 0);
        let Some(plan) = &self.plan else { return found };
        while let Some(groups) = phone::find(text, at) {
            let mention = self.mention(plan, text, &groups);
            at = mention.as_ref().map_or_else(|| groups.ranges().last().map_or(text.len(), |r| r.end), |m| m.range.end);
            found.extend(mention);
        }
        found
    }

    /// Which of the groups of digits that stand together are a number, if any.
    fn mention(&self, plan: &Plan, text: &str, groups: &phone::Groups) -> Option<Mention> {
        let mention = |range: Range<usize>, number, sort| Some(Mention { range, number, sort });
        for range in groups.ranges() {
            if let Some(number) = plan.number(&text[range.clone()])
                && (self.short.contains_key(&number) || !self.uses(number).is_empty())
            {
                return mention(range, number, Sort::Known);
            }
        }
        for range in groups.ranges() {
            if let Some(number) = plan.possible(&text[range.clone()]) {
                return mention(range, number, Sort::Likely);
            }
        }
        let counted = |range: &Range<usize>| text[range.clone()].bytes().filter(u8::is_ascii_digit).count();
        let first = &text[groups.ranges().next()?];
        let looks_dialled =
            first.starts_with('+') || (!plan.prefix().is_empty() && first.trim_start_matches('(').starts_with(plan.prefix()));
        if looks_dialled && let Some(range) = groups.ranges().find(|r| (9..=12).contains(&counted(r))) {
            let number = plan.number(&text[range.clone()])?;
            return mention(range, number, Sort::Likely);
        }
        let range = groups.ranges().find(|r| (3..=6).contains(&counted(r)))?;
        let number = plan.number(&text[range.clone()]).filter(|n| n.is_short())?;
        if is_called(&text[..range.start]) { mention(range, number, Sort::Called) } else { None }
    }
}

impl Use {
    /// The service.
    pub fn item<'c, 'a>(&self, content: &'c Content<'a>) -> &'c Item<'a> {
        &content.items[self.item]
    }

    /// The number of the service among the items of the content.
    pub fn item_number(&self) -> usize {
        self.item
    }

    /// The channel.
    pub fn channel<'c, 'a>(&self, content: &'c Content<'a>) -> Option<&'c Channel<'a>> {
        self.item(content).resource()?.channels.get(self.channel)
    }
}

/// Whether the words before a short number say to dial it: `call`, `text SHOUT to`, `ring 999 or`.
fn is_called(before: &str) -> bool {
    let sentence = before.rsplit(['.', '!', '?', ';']).next().unwrap_or(before);
    let mut words = sentence.split(|c: char| !c.is_alphanumeric()).filter(|w| !w.is_empty()).rev();
    let is_call = |word: &str| {
        ["call", "phone", "ring", "dial", "text", "telephone", "textphone", "sms"].iter().any(|w| word.eq_ignore_ascii_case(w))
    };
    match words.next() {
        Some(last) if is_call(last) => true,
        Some("to" | "on" | "or" | "and" | "number" | "us") => words.take(4).any(is_call),
        _ => false,
    }
}

/// The address of a channel that has one: web or e-mail.
fn address_of<'a>(channel: &Channel<'a>) -> Option<&'a str> {
    let email = channel.value.filter(|v| v.value.contains('@'));
    channel.url.or(email).map(|t| t.value)
}

/// An address without what makes no difference to where it leads: scheme, `www.`, capitals in the host, a slash at the end.
fn plain_address(text: &str) -> Option<String> {
    let text = text.trim();
    let bare = ["https://", "http://", "mailto:"].iter().find_map(|s| text.strip_prefix(s)).unwrap_or(text);
    let (host, path) = bare.split_at(bare.find(['/', '?', '#']).unwrap_or(bare.len()));
    let host = host.to_lowercase();
    let host = host.strip_prefix("www.").unwrap_or(&host);
    if !host.contains('.') || host.contains(char::is_whitespace) {
        return None;
    }
    Some(format!("{host}{}", path.trim_end_matches('/')))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_compared_in_their_plainest_form() {
        for text in ["https://www.Example.org/chat/", "http://example.org/chat", "example.org/chat"] {
            assert_eq!(plain_address(text).as_deref(), Some("example.org/chat"));
        }
        assert_eq!(plain_address("mailto:Help@Example.org").as_deref(), Some("help@example.org"));
        assert_eq!(plain_address("Friday."), Some("friday.".into()));
        assert_eq!(plain_address("no address"), None);
    }

    #[test]
    fn short_numbers_count_where_they_are_called() {
        for before in ["Call ", "or text SHOUT to ", "Ring 999 or ", "Phone us on "] {
            assert!(is_called(before), "{before}");
        }
        for before in ["It takes ", "Call us. About ", "More than "] {
            assert!(!is_called(before), "{before}");
        }
    }
}
