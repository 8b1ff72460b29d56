//! An advert for, or on, something sensitive.
//!
//! Whoever searches for suicide, self-harm or abuse needs help first, not an advert, and an advert leaves traces that others
//! can see: in the browser, in the account, in what is shown next. So an item that is marked `sensitive` has none, and none lands on it.
//!
//! ## Example
//! ```yaml
//! adverts:
//!   - headlines: [Help is here]
//!     descriptions: [Find somebody to talk to.]
//! lands_on: topic/self-harm     # `sensitive: [self-harm]`
//! ```
//!
//! ## Instead
//! ```yaml
//! phrases: [self harm]
//! lands_on: topic/self-harm     # no adverts: the page is found by the search engine alone
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Item, Kind, Sensitive};

pub const RULE: Rule = Rule {
    code: "P014",
    name: "advert-on-sensitive",
    severity: Severity::Error,
    source: include_str!("p014_advert_on_sensitive.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item.filter(|i| i.kind == Kind::Campaign && i.language.is_none()) else { return };
    let Some(campaign) = item.campaign().filter(|c| !c.adverts.is_empty()) else { return };
    if let Some(sensitive) = item.common.sensitive.first() {
        let entry = item.data.and_then(|d| d.entry("adverts"));
        let place = entry.map_or(item.common.title_span(), |e| e.key);
        let message = format!("this campaign is marked as sensitive ({}) and has adverts", word(*sensitive));
        sink.push(file.finding(place, message).label("no adverts here").help("take the adverts out, or the mark if it is wrong"));
    }
    let Some(target) = file.site.content.get(campaign.lands_on.value) else { return };
    if let Some(sensitive) = target.common.sensitive.first() {
        let message = format!("these adverts land on `{}`, which is marked as sensitive ({})", target.id(), word(*sensitive));
        let mut finding = file.finding(campaign.lands_on.span, message).label("sensitive");
        if let Some(mark) = target.data.and_then(|d| d.entry("sensitive")) {
            finding = finding.also(&target.file.path, mark.key, "marked here");
        }
        sink.push(finding.help(help(item)));
    }
}

fn help(campaign: &Item<'_>) -> String {
    format!("take the adverts of `{}` out, or let them land on a page that is not sensitive", campaign.id())
}

fn word(sensitive: Sensitive) -> &'static str {
    match sensitive {
        Sensitive::Suicide => "suicide",
        Sensitive::SelfHarm => "self-harm",
        Sensitive::Abuse => "abuse",
    }
}
