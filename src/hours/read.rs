//! The parser's rules into a week, refusing what a week cannot say.

use opening_hours_syntax::rules::day::{HolidayKind, WeekDayRange, Weekday};
use opening_hours_syntax::rules::time::{Time, TimeSpan};
use opening_hours_syntax::rules::{RuleOperator, RuleSequence};
use opening_hours_syntax::{RuleKind, parse};

use super::explain::{self, Unsupported};
use super::{DAY, Hours, HoursError, Interval, OnHolidays};

/// OpenStreetMap's own limit for a value.
const LONGEST: usize = 255;

pub(super) fn read(text: &str) -> Result<Hours, HoursError> {
    if text.chars().count() > LONGEST {
        return Err(explain::unsupported(text, Unsupported::TooLong));
    }
    let expression = parse(text).map_err(|e| explain::syntax(text, &e))?;
    let mut hours = Hours { week: Default::default(), holidays: OnHolidays::AsUsual };
    for rule in &expression.rules {
        add(&mut hours, rule).map_err(|what| explain::unsupported(text, what))?;
    }
    let is_never_open = hours.week.iter().all(Vec::is_empty) && !matches!(hours.holidays, OnHolidays::Open(_));
    if is_never_open { Err(explain::unsupported(text, Unsupported::NeverOpen)) } else { Ok(hours) }
}

/// Adds one rule, which as a rule of the syntax takes the place of earlier ones for its days.
fn add(hours: &mut Hours, rule: &RuleSequence) -> Result<(), Unsupported> {
    if rule.operator == RuleOperator::Fallback {
        return Err(Unsupported::Fallback);
    }
    if rule.kind == RuleKind::Unknown {
        return Err(Unsupported::Unknown);
    }
    if !rule.comment.is_empty() {
        return Err(Unsupported::Comment);
    }
    let (days, on_holidays) = days(rule)?;
    let intervals = intervals(&rule.time_selector.spans)?;
    let is_closed = rule.kind == RuleKind::Closed;
    if is_closed && intervals != [Interval { from: 0, to: DAY }] {
        return Err(Unsupported::ClosedTimes);
    }
    let intervals = if is_closed { Vec::new() } else { intervals };
    let is_addition = rule.operator == RuleOperator::Additional && !is_closed;

    // Days of the week hold on bank holidays too, unless a later rule says otherwise; an earlier one would be undone.
    if !on_holidays && hours.holidays != OnHolidays::AsUsual {
        return Err(Unsupported::HolidaysFirst);
    }
    for (day, _) in days.iter().enumerate().filter(|(_, is_meant)| **is_meant) {
        set(&mut hours.week[day], &intervals, is_addition);
    }
    if on_holidays {
        let mut open = match (&hours.holidays, is_addition) {
            (OnHolidays::AsUsual, true) if !days.contains(&true) => return Err(Unsupported::AddedHolidays),
            (OnHolidays::Open(open), true) => open.clone(),
            _ => Vec::new(),
        };
        set(&mut open, &intervals, true);
        hours.holidays = if open.is_empty() { OnHolidays::Closed } else { OnHolidays::Open(open) };
    }
    Ok(())
}

fn set(day: &mut Vec<Interval>, intervals: &[Interval], is_addition: bool) {
    if !is_addition {
        day.clear();
    }
    day.extend(intervals);
    merge(day);
}

/// Puts intervals in order and joins those that touch.
pub(super) fn merge(intervals: &mut Vec<Interval>) {
    intervals.sort_unstable();
    let mut merged: Vec<Interval> = Vec::with_capacity(intervals.len());
    for next in intervals.drain(..) {
        match merged.last_mut() {
            Some(last) if next.from <= last.to => last.to = last.to.max(next.to),
            _ => merged.push(next),
        }
    }
    *intervals = merged;
}

/// The days of the week that a rule is for, and whether it is for bank holidays.
fn days(rule: &RuleSequence) -> Result<([bool; 7], bool), Unsupported> {
    let selector = &rule.day_selector;
    if !selector.year.is_empty() || !selector.monthday.is_empty() {
        return Err(Unsupported::Dates);
    }
    if !selector.week.is_empty() {
        return Err(Unsupported::Weeks);
    }
    if selector.weekday.is_empty() {
        return Ok(([true; 7], false));
    }
    let (mut days, mut on_holidays) = ([false; 7], false);
    for range in &selector.weekday {
        match range {
            WeekDayRange::Fixed { range, offset, nth_from_start, nth_from_end } => {
                if nth_from_start.contains(&false) || nth_from_end.contains(&false) {
                    return Err(Unsupported::NthDay);
                }
                if *offset != 0 {
                    return Err(Unsupported::Offset);
                }
                let (first, last) = (number(*range.start()), number(*range.end()));
                (0..=(last + 7 - first) % 7).for_each(|n| days[(first + n) % 7] = true);
            }
            WeekDayRange::Holiday { kind: HolidayKind::School, .. } => return Err(Unsupported::SchoolHolidays),
            WeekDayRange::Holiday { kind: HolidayKind::Public, offset } => {
                if *offset != 0 {
                    return Err(Unsupported::Offset);
                }
                on_holidays = true;
            }
        }
    }
    Ok((days, on_holidays))
}

fn number(day: Weekday) -> usize {
    day.num_days_from_monday() as usize
}

fn intervals(spans: &[TimeSpan]) -> Result<Vec<Interval>, Unsupported> {
    let mut found = Vec::with_capacity(spans.len());
    for span in spans {
        if span.open_end {
            return Err(Unsupported::OpenEnd);
        }
        if span.repeats.is_some() {
            return Err(Unsupported::Repeats);
        }
        let (Time::Fixed(from), Time::Fixed(to)) = (span.range.start, span.range.end) else { return Err(Unsupported::Sun) };
        let (from, mut to) = (from.mins_from_midnight(), to.mins_from_midnight());
        if from == to {
            return Err(Unsupported::Empty);
        }
        if to < from {
            to += DAY;
        }
        if from >= DAY || to > from + DAY {
            return Err(Unsupported::OverADay);
        }
        found.push(Interval { from, to });
    }
    merge(&mut found);
    Ok(found)
}
