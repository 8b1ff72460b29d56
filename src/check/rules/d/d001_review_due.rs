//! The day by which an item was to be reviewed is past.
//!
//! Guidance ages: numbers, thresholds and advice change, and a page that nobody has looked at says what was true years
//! ago. `review_by` is the day that the editors set themselves.
//!
//! ## Example
//! ```yaml
//! review_by: 2026-03-31
//! ```
//!
//! ## Instead
//! ```yaml
//! review_by: 2027-03-31     # after the review
//! ```

use jiff::civil::Date;

use super::ago;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::Status;

pub const RULE: Rule = Rule {
    code: "D001",
    name: "review-due",
    severity: Severity::Warning,
    source: include_str!("d001_review_due.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(item) = file.item.filter(|i| i.status() != Status::Retired) else { return };
    let Some(review_by) = item.common.review_by else { return };
    let Ok(date) = review_by.parse::<Date>() else { return };
    let late = i64::from((file.site.today - date).get_days());
    if late > 0 {
        let finding = file.finding(review_by.span, format!("this item was to be reviewed by {date}, {}", ago(late))).label("past");
        let owner = item.common.owner.map_or_else(String::new, |o| format!(" by the {}", o.value));
        sink.push(finding.help(format!("have it reviewed{owner}, then set the next day")));
    }
}
