//! The list of bank holidays runs out soon, or has run out.
//!
//! Pages say "open now" only while they know the holidays; after the last day of the list they say "check the hours" for
//! every service. Somebody has to add next year's in time.
//!
//! ## Example
//! ```yaml
//! holidays:
//!   dates: [2026-12-25, 2026-12-28]
//!   until: 2026-12-31     # and it is December
//! ```
//!
//! ## Instead
//! ```yaml
//! holidays:
//!   dates: [2026-12-25, 2026-12-28, 2027-01-01, 2027-03-26, 2027-03-29]
//!   until: 2027-04-30
//! ```

use jiff::civil::Date;

use super::ago;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, Singleton};

pub const RULE: Rule = Rule {
    code: "D003",
    name: "holidays-run-out",
    severity: Severity::Warning,
    source: include_str!("d003_holidays_run_out.rs"),
    check: Check::File(check),
};

/// From how many days before on.
const SOON: i64 = 60;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if file.identity != Identity::Singleton(Singleton::Site) {
        return;
    }
    let Some(holidays) = file.site.content.site.as_ref().and_then(|s| s.holidays.as_ref()) else { return };
    let Ok(until) = holidays.until.parse::<Date>() else { return };
    let left = i64::from((until - file.site.today).get_days());
    if left <= SOON {
        let message = match left {
            ..0 => format!("the list of bank holidays ran out on {until}, {}: pages no longer say \"open now\"", ago(-left)),
            0 => "the list of bank holidays runs out today".to_owned(),
            1 => "the list of bank holidays runs out tomorrow".to_owned(),
            _ => format!("the list of bank holidays runs out in {left} days"),
        };
        sink.push(
            file.finding(holidays.until.span, message)
                .label("the last day")
                .help("add the days that have been announced since, and move `until`"),
        );
    }
    for date in holidays.dates.iter().filter(|d| d.parse::<Date>().is_ok_and(|d| d > until)) {
        let message = format!("{} lies after the last day of the list", date.value);
        let finding = file.finding(date.span, message).label("does not count").also(&file.file.path, holidays.until.span, "the last day");
        sink.push(finding.help("move `until`, so that the list is complete to there"));
    }
}
