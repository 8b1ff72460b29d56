//! A week into plain words, in the house style: `Monday to Friday, 9am to 6pm, except bank holidays`.

use serde::Deserialize;

use super::{DAY, Hours, Interval, OnHolidays};

/// The words that hours are put in: `hours` of `site-templates/text/LANGUAGE.yaml`. The default is English.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(default)]
pub struct Words {
    /// It never closes.
    pub always: String,
    /// The seven days, Monday first.
    pub days: Vec<String>,
    /// All seven days.
    pub every_day: String,
    /// `{from}` and `{to}`: three days or more in a row.
    pub day_range: String,
    /// Between the parts of a list of days or times but the last two.
    pub list: String,
    /// `{first}` and `{last}`: a list of days and its last.
    pub day_list_last: String,
    /// `{days}` and `{times}`: one line.
    pub line: String,
    /// `{from}` and `{to}`: two times.
    pub times_range: String,
    /// `{first}` and `{last}`: a list of times and its last.
    pub times_list_last: String,
    /// 00:00 and 24:00.
    pub midnight: String,
    /// 12:00.
    pub midday: String,
    /// `{time}`: a time before midday; without `am` and `pm` in a 24-hour language.
    pub am: String,
    /// `{time}`: a time after midday.
    pub pm: String,
    /// `{hour}` and `{minute}`: a time that is not on the hour.
    pub time: String,
    /// 12 or 24: to how many the hours count.
    pub clock: u16,
    /// A day from midnight to midnight.
    pub open_all_day: String,
    /// Bank holidays, as a day in a list.
    pub holidays: String,
    /// A line of its own: bank holidays are closed.
    pub holidays_closed: String,
    /// `{line}`: the only line, where bank holidays are closed.
    pub except_holidays: String,
}

impl Default for Words {
    fn default() -> Self {
        let days = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"];
        Self {
            always: "24 hours a day, every day".into(),
            days: days.map(str::to_owned).into(),
            every_day: "every day".into(),
            day_range: "{from} to {to}".into(),
            list: ", ".into(),
            day_list_last: "{first} and {last}".into(),
            line: "{days}, {times}".into(),
            times_range: "{from} to {to}".into(),
            times_list_last: "{first} and {last}".into(),
            midnight: "midnight".into(),
            midday: "midday".into(),
            am: "{time}am".into(),
            pm: "{time}pm".into(),
            time: "{hour}:{minute}".into(),
            clock: 12,
            open_all_day: "open 24 hours".into(),
            holidays: "bank holidays".into(),
            holidays_closed: "closed on bank holidays".into(),
            except_holidays: "{line}, except bank holidays".into(),
        }
    }
}

pub(super) fn lines(hours: &Hours, words: &Words) -> Vec<String> {
    let mut groups: Vec<(Vec<usize>, &[Interval])> = Vec::new();
    for (day, intervals) in hours.week.iter().enumerate().filter(|(_, i)| !i.is_empty()) {
        match groups.iter_mut().find(|(_, i)| *i == intervals.as_slice()) {
            Some((days, _)) => days.push(day),
            None => groups.push((vec![day], intervals)),
        }
    }
    let mut lines = Vec::with_capacity(groups.len() + 1);
    let mut holidays_said = false;
    for (days, intervals) in &groups {
        let with_holidays = matches!(&hours.holidays, OnHolidays::Open(open) if open == intervals);
        holidays_said |= with_holidays;
        let is_every_day = days.len() == 7;
        if is_every_day && is_all_day(intervals) {
            lines.push(words.always.clone());
            continue;
        }
        let days = if is_every_day { words.every_day.clone() } else { days_in_words(days, with_holidays, words) };
        lines.push(fill(&words.line, &[("days", &days), ("times", &times_in_words(intervals, words))]));
    }
    match (&hours.holidays, lines.as_mut_slice()) {
        (OnHolidays::Closed, [line]) => *line = fill(&words.except_holidays, &[("line", line)]),
        (OnHolidays::Closed, _) => lines.push(words.holidays_closed.clone()),
        (OnHolidays::Open(intervals), _) if !holidays_said => {
            lines.push(fill(&words.line, &[("days", &words.holidays), ("times", &times_in_words(intervals, words))]));
        }
        _ => {}
    }
    lines
}

fn is_all_day(intervals: &[Interval]) -> bool {
    intervals == [Interval { from: 0, to: DAY }]
}

fn days_in_words(days: &[usize], with_holidays: bool, words: &Words) -> String {
    let name = |day: usize| words.days.get(day % 7).map_or("", String::as_str);
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for day in days {
        match runs.last_mut() {
            Some((_, last)) if *last + 1 == *day => *last = *day,
            _ => runs.push((*day, *day)),
        }
    }
    // Saturday to Monday is one run, too; "Wednesday to Monday" would be hard to follow.
    if let [(0, monday), (start, 6)] = runs[..]
        && 8 + monday - start <= 4
    {
        runs = vec![(start, 7 + monday)];
    }
    let mut parts = Vec::new();
    for (first, last) in runs {
        if last - first >= 2 {
            parts.push(fill(&words.day_range, &[("from", name(first)), ("to", name(last))]));
        } else {
            parts.extend((first..=last).map(|d| name(d).to_owned()));
        }
    }
    if with_holidays {
        parts.push(words.holidays.clone());
    }
    listed(parts, &words.list, &words.day_list_last)
}

fn times_in_words(intervals: &[Interval], words: &Words) -> String {
    if is_all_day(intervals) {
        return words.open_all_day.clone();
    }
    let ranges = intervals.iter().map(|i| fill(&words.times_range, &[("from", &time(i.from, words)), ("to", &time(i.to, words))]));
    listed(ranges.collect(), &words.list, &words.times_list_last)
}

fn time(minute: u16, words: &Words) -> String {
    let (hour, minute) = (minute / 60 % 24, minute % 60);
    match (hour, minute) {
        (0, 0) => return words.midnight.clone(),
        (12, 0) => return words.midday.clone(),
        _ => {}
    }
    let shown = if words.clock == 12 { (hour + 11) % 12 + 1 } else { hour };
    let text = if minute == 0 && words.clock == 12 {
        shown.to_string()
    } else {
        fill(&words.time, &[("hour", &shown.to_string()), ("minute", &format!("{minute:02}"))])
    };
    fill(if hour < 12 { &words.am } else { &words.pm }, &[("time", &text)])
}

fn listed(mut parts: Vec<String>, between: &str, last_two: &str) -> String {
    match parts.pop() {
        Some(last) if !parts.is_empty() => fill(last_two, &[("first", &parts.join(between)), ("last", &last)]),
        last => last.unwrap_or_default(),
    }
}

fn fill(pattern: &str, values: &[(&str, &str)]) -> String {
    values.iter().fold(pattern.to_owned(), |text, (name, value)| text.replace(&format!("{{{name}}}"), value))
}
