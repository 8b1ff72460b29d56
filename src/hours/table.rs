//! A week as a table that a script reads: what `site-templates/assets/hours.js` needs to say whether something is open.

use super::{Hours, Interval, OnHolidays};

/// What is written for hours that never end.
const ALWAYS: &str = "always";

pub(super) fn table(hours: &Hours) -> String {
    if hours.is_always_open() {
        return ALWAYS.to_owned();
    }
    let week: Vec<String> = hours.week.iter().map(|day| intervals(day)).collect();
    let week = week.join(",");
    match &hours.holidays {
        OnHolidays::AsUsual => week,
        OnHolidays::Closed => week + ";",
        OnHolidays::Open(open) => format!("{week};{}", intervals(open)),
    }
}

fn intervals(day: &[Interval]) -> String {
    let parts: Vec<String> = day.iter().map(|i| format!("{}-{}", i.from, i.to)).collect();
    parts.join(" ")
}
