//! Opening hours: OpenStreetMap's `opening_hours` text into a week, and a week into plain words.
//!
//! Only what can be said truly in words is taken: days of the week, times, bank holidays. Sunrise, dates and the like
//! are refused with the reason rather than shown wrong. Knows nothing of resources, findings or the clock.

mod book;
mod explain;
mod read;
mod table;
mod words;

use std::ops::Range;

pub use book::Book;
pub use words::Words;

/// Minutes of a day.
pub const DAY: u16 = 24 * 60;

/// When something is open, in a week like any other and on bank holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Hours {
    /// For each day, Monday first: when it opens on that day, in order and apart from each other.
    pub week: [Vec<Interval>; 7],
    /// What is different on bank holidays.
    pub holidays: OnHolidays,
}

/// From one minute of a day to another, the second not included. One that runs past midnight belongs to the day on
/// which it starts and ends after [`DAY`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Interval {
    /// First minute, from midnight.
    pub from: u16,
    /// One past the last minute, from the same midnight; at most two days.
    pub to: u16,
}

/// What holds on bank holidays.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum OnHolidays {
    /// The same as on any other such day.
    AsUsual,
    /// Closed.
    Closed,
    /// Hours of their own.
    Open(Vec<Interval>),
}

/// Why a text is not understood as opening hours.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HoursError {
    /// Bytes of the text that are at fault.
    pub span: Range<usize>,
    /// What is wrong, in plain words.
    pub message: String,
    /// What to write instead.
    pub help: String,
    /// The text to put in place of `span`, where there is one right answer.
    pub instead: Option<String>,
}

impl std::fmt::Display for HoursError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(&self.message)
    }
}

impl std::error::Error for HoursError {}

impl Hours {
    /// Reads an `opening_hours` text.
    ///
    /// # Errors
    /// Where the text breaks the syntax, or says what cannot be shown as a week in words.
    pub fn parse(text: &str) -> Result<Self, HoursError> {
        read::read(text)
    }

    /// Whether it never closes: every minute of the week, bank holidays too.
    pub fn is_always_open(&self) -> bool {
        let on_holidays = match &self.holidays {
            OnHolidays::AsUsual => true,
            OnHolidays::Closed => false,
            OnHolidays::Open(intervals) => covers_day(intervals, &[]),
        };
        on_holidays && (0..7).all(|day| covers_day(&self.week[day], &self.week[(day + 6) % 7]))
    }

    /// Whether it is open at a minute of a day. A day is a weekday from 0 (Monday) and whether it is a bank holiday;
    /// the day before counts because its hours may run past midnight.
    pub fn is_open(&self, minute: u16, day: (usize, bool), day_before: (usize, bool)) -> bool {
        let has = |(weekday, is_holiday), minute| self.on(weekday, is_holiday).iter().any(|i| i.from <= minute && minute < i.to);
        has(day, minute) || has(day_before, minute + DAY)
    }

    /// When it opens on a weekday from 0 (Monday), which may be a bank holiday.
    pub fn on(&self, weekday: usize, is_holiday: bool) -> &[Interval] {
        match &self.holidays {
            OnHolidays::Closed if is_holiday => &[],
            OnHolidays::Open(intervals) if is_holiday => intervals,
            _ => self.week.get(weekday).map_or(&[], Vec::as_slice),
        }
    }

    /// The hours for a script: minutes from midnight for each day, Monday first, with commas between the days and, after a
    /// semicolon, those of bank holidays where they differ: `540-1020,,,,,,;`. `always` where it never closes.
    pub fn table(&self) -> String {
        table::table(self)
    }

    /// The hours in plain words, a line for days that are alike: `Monday to Friday, 9am to 6pm, except bank holidays`.
    pub fn in_words(&self, words: &Words) -> Vec<String> {
        words::lines(self, words)
    }
}

/// Whether a day is open from midnight to midnight, given its own hours and those of the day before.
fn covers_day(own: &[Interval], before: &[Interval]) -> bool {
    let spill = before.iter().filter(|i| i.to > DAY).map(|i| Interval { from: 0, to: i.to - DAY });
    let mut all: Vec<Interval> = own.iter().copied().chain(spill).collect();
    read::merge(&mut all);
    all.first().is_some_and(|i| i.from == 0 && i.to >= DAY)
}

#[cfg(test)]
mod tests;
