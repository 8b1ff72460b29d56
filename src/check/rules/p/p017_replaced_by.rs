//! A retired service that does not say what people use instead, or a live one that does.
//!
//! The old number of a service is found in texts for years. With `replaced_by` the finding, and the page that stands in for the old one,
//! can say where to turn; on a service that is still offered it would send people away from it.
//!
//! ## Example
//! ```yaml
//! title: Example line
//! status: retired
//! ```
//!
//! ## Instead
//! ```yaml
//! title: Example line
//! status: retired
//! replaced_by: resource/example-helpline
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Kind, Status};

pub const RULE: Rule = Rule {
    code: "P017",
    name: "replaced-by",
    severity: Severity::Warning,
    source: include_str!("p017_replaced_by.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item.filter(|i| i.kind == Kind::Resource && i.language.is_none()) else { return };
    let Some(resource) = item.resource() else { return };
    match (item.status(), resource.replaced_by) {
        (Status::Retired, None) => {
            let status = item.data.and_then(|d| d.get("status"));
            let place = status.map_or(item.common.title_span(), |s| s.span());
            let finding = file.finding(place, "this service is retired and does not say what people use instead").label("no `replaced_by`");
            sink.push_as(Severity::Advice, finding.help("add `replaced_by` with the service that takes its place, if there is one"));
        }
        (Status::Draft | Status::Live, Some(replaced_by)) => {
            let message = format!("this service is {} and says that it is replaced", item.status().word());
            let finding = file.finding(replaced_by.span, message).label("only for retired services");
            sink.push(finding.help("write `status: retired` if it has ended, or take `replaced_by` out"));
        }
        _ => {}
    }
}
