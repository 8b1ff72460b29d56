//! An advert that the search engine would cut short or refuse.
//!
//! A headline has room for 30 characters and a description for 90. What is longer is refused, or cut off where the help
//! was to be named.
//!
//! ## Example
//! ```yaml
//! adverts:
//!   - headlines: ["Can't sleep again tonight? Find help"]
//!     descriptions: [Answer a few questions.]
//! ```
//!
//! ## Instead
//! ```yaml
//! adverts:
//!   - headlines: ["Can't sleep tonight?"]
//!     descriptions: [Answer a few questions.]
//! ```
//!
//! ## Where it comes from
//! The limits of text adverts in Google's and Microsoft's search.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::Text;

pub const RULE: Rule = Rule {
    code: "P013",
    name: "advert-too-long",
    severity: Severity::Error,
    source: include_str!("p013_advert_too_long.rs"),
    check: Check::File(check),
};

const HEADLINE: usize = 30;
const DESCRIPTION: usize = 90;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for advert in file.item.and_then(|i| i.campaign()).into_iter().flat_map(|c| &c.adverts) {
        advert.headlines.iter().for_each(|text| one(file, *text, "headline", HEADLINE, sink));
        advert.descriptions.iter().for_each(|text| one(file, *text, "description", DESCRIPTION, sink));
    }
}

fn one(file: &FileContext<'_, '_>, text: Text<'_>, what: &str, limit: usize, sink: &mut Sink<'_>) {
    let count = text.chars().count();
    if count > limit {
        let message = format!("this {what} has {count} characters, and there is room for {limit}");
        let help = format!("take out {} or more", super::counted(count - limit, "character"));
        sink.push(file.finding(super::words(file.file, text), message).label("too long").help(help));
    }
}
