//! A helpline or crisis service does not say when somebody answers.
//!
//! At 3 am it matters more than anything else whether a line is open: without hours a page can neither say so nor leave out what
//! is closed, and the safety rules that ask for help around the clock do not count the channel.
//!
//! ## Example
//! ```yaml
//! type: helpline
//! channels:
//!   - {type: phone, value: "0808 157 0123"}
//! ```
//!
//! ## Instead
//! ```yaml
//! type: helpline
//! channels:
//!   - {type: phone, value: "0808 157 0123", hours: 24/7}
//! ```

use super::{offered, words};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{ChannelType, ResourceType};
use crate::schema::Problem;

pub const RULE: Rule = Rule {
    code: "P008",
    name: "hours-missing",
    severity: Severity::Advice,
    source: include_str!("p008_hours_missing.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((_, resource)) = offered(file).filter(|(i, _)| i.is_live()) else { return };
    if !matches!(resource.ty, ResourceType::Helpline | ResourceType::CrisisService) {
        return;
    }
    let today = file.site.today_text();
    let nodes = file.file.data().and_then(|d| d.get("channels")).into_iter().flat_map(|c| c.items());
    for (channel, node) in resource.channels.iter().zip(nodes) {
        let is_answered = matches!(
            channel.ty,
            ChannelType::Phone | ChannelType::Text | ChannelType::Textphone | ChannelType::Webchat | ChannelType::Whatsapp
        );
        // A misspelt key may be the hours: that is said already.
        let is_misspelt =
            file.violations().iter().any(|v| matches!(v.problem, Problem::Unknown { .. }) && node.span().contains(v.span.start));
        if !is_answered || is_misspelt || channel.hours.is_some() || channel.is_over_on(today) {
            continue;
        }
        let place = channel.value.or(channel.url).map_or(node.span(), |t| words(file.file, t));
        let finding = file.finding(place, format!("this {} channel does not say when somebody answers", channel.ty.word()));
        sink.push(finding.label("no `hours`").help("add `hours`, such as `24/7` or `Mo-Fr 09:00-17:00; PH off`"));
    }
}
