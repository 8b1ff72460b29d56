//! Dates.

mod d001_review_due;
mod d002_dates_do_not_fit;
mod d003_holidays_run_out;

use crate::check::Rule;

/// The rules of the family, by code.
pub const RULES: &[&Rule] = &[&d001_review_due::RULE, &d002_dates_do_not_fit::RULE, &d003_holidays_run_out::RULE];

/// How long ago a day is, in words.
fn ago(days: i64) -> String {
    match days {
        1 => "yesterday".to_owned(),
        _ => format!("{days} days ago"),
    }
}
