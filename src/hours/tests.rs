//! Hours as content has them, in words; and the week against a minute-by-minute reading.

use super::*;
use proptest::prelude::*;

fn words(text: &str) -> String {
    Hours::parse(text).unwrap().in_words(&Words::default()).join("; ")
}

fn refused(text: &str) -> (String, String) {
    let error = Hours::parse(text).unwrap_err();
    (text[error.span].to_owned(), error.message)
}

#[test]
fn common_hours_in_words() {
    let cases = [
        ("24/7", "24 hours a day, every day"),
        ("Mo-Su 00:00-24:00", "24 hours a day, every day"),
        ("24/7; PH off", "24 hours a day, every day, except bank holidays"),
        ("Mo-Fr 09:00-18:00; PH off", "Monday to Friday, 9am to 6pm, except bank holidays"),
        ("Mo-Fr 09:00-18:00, PH off", "Monday to Friday, 9am to 6pm, except bank holidays"),
        ("Mo-Su 17:00-24:00", "every day, 5pm to midnight"),
        ("17:00-00:00", "every day, 5pm to midnight"),
        ("Mo-Su,PH 10:00-20:00", "every day, 10am to 8pm"),
        ("Tu,Th 13:00-19:30", "Tuesday and Thursday, 1pm to 7:30pm"),
        ("Mo,We,Fr 09:00-12:00,13:00-17:00", "Monday, Wednesday and Friday, 9am to midday and 1pm to 5pm"),
        ("Sa-Mo 10:00-11:30", "Saturday to Monday, 10am to 11:30am"),
        ("Fr 22:00-02:00", "Friday, 10pm to 2am"),
        ("Fr 22:00-26:00", "Friday, 10pm to 2am"),
        ("Mo-Su 09:00-17:00; Tu off", "Monday and Wednesday to Sunday, 9am to 5pm"),
        ("Mo-Fr 09:00-20:00; Sa 10:00-14:00; PH off", "Monday to Friday, 9am to 8pm; Saturday, 10am to 2pm; closed on bank holidays"),
        ("Mo-Fr 09:00-20:00; Sa-Su,PH 11:00-16:00", "Monday to Friday, 9am to 8pm; Saturday, Sunday and bank holidays, 11am to 4pm"),
        ("Mo-Fr 09:00-17:00; PH 10:00-14:00", "Monday to Friday, 9am to 5pm; bank holidays, 10am to 2pm"),
        ("Mo-Fr 18:00-24:00; Sa,Su", "Monday to Friday, 6pm to midnight; Saturday and Sunday, open 24 hours"),
        ("Mo-Fr 00:30-12:30", "Monday to Friday, 12:30am to 12:30pm"),
        ("mo-fr 9:00-17:00", "Monday to Friday, 9am to 5pm"),
    ];
    for (text, expected) in cases {
        assert_eq!(words(text), expected, "{text}");
    }
}

#[test]
fn what_words_cannot_say_is_refused_where_it_stands() {
    let cases = [
        ("Mo-Fr sunrise-18:00", "sunrise"),
        ("Mar-Oct Mo-Fr 09:00-17:00", "Mar"),
        ("week 1-20 Mo 09:00-10:00", "week"),
        ("Mo[1] 10:00-12:00", "["),
        ("SH 10:00-12:00", "SH"),
        ("Mo-Fr 09:00+", "+"),
        ("Mo 09:00-17:00/01:00", "/"),
        ("Mo-Fr 09:00-17:00 \"by appointment\"", "\""),
        ("Mo 09:00-17:00 unknown", "unknown"),
        ("Mo 09:00-17:00 || 24/7", "||"),
        ("Mo-Fr 09:00-17:00; 12:00-13:00 off", "off"),
        ("PH off; Mo-Fr 09:00-17:00", "PH"),
        ("Mo-Fr 09:00-17:00, PH 10:00-12:00", "PH"),
        ("PH off", "PH off"),
        ("Mo 09:00-09:00", "Mo 09:00-09:00"),
        ("Mo 09:00-40:00", "Mo 09:00-40:00"),
    ];
    for (text, place) in cases {
        assert_eq!(refused(text).0, place, "{text}: {}", refused(text).1);
    }
}

#[test]
fn mistakes_are_explained() {
    let cases = [
        ("9am-5pm", "9am", Some("09:00")),
        ("Mo-Fr 09:00-5pm", "5pm", Some("17:00")),
        ("Mon-Fri 09:00-17:00", "Mon", Some("Mo")),
        ("Mo-Friday 09:00-17:00", "Friday", Some("Fr")),
        ("Mo–Fr 09:00-17:00", "–", Some("-")),
        ("Mo-Fr 09:00–17:00", "–", Some("-")),
        ("Mo-Fr 09.00-17.00", "09.00", Some("09:00")),
        ("Mo-Fr 9-17", "9", Some("09:00")),
        ("Mo-Fr 09:00 to 17:00", "to", Some("-")),
        ("24 hours a day", "24 hours a day", Some("24/7")),
        ("every day 09:00-17:00", "every day", Some("Mo-Su")),
        ("Mo-Fr 25:99-26:00", "25:99", None),
        ("Mo-Fr 09:00-", "-", None),
        ("Mo 09:00 17:00", "17:00", None),
        ("Mo 09:00", "09:00", None),
        ("whenever", "whenever", None),
        ("", "", None),
    ];
    for (text, place, instead) in cases {
        let error = Hours::parse(text).unwrap_err();
        assert_eq!((&text[error.span.clone()], error.instead.as_deref()), (place, instead), "{text}: {}", error.message);
    }
}

#[test]
fn always_open_means_every_minute() {
    for text in ["24/7", "Mo-Su 00:00-24:00", "00:00-12:00,12:00-24:00", "Mo-Su 08:00-20:00,20:00-08:00", "24/7; PH 00:00-24:00"] {
        assert!(Hours::parse(text).unwrap().is_always_open(), "{text}");
    }
    for text in ["24/7; PH off", "Mo-Sa 00:00-24:00", "Mo-Su 00:00-23:59", "Mo-Su 00:01-24:00", "24/7; PH 10:00-12:00"] {
        assert!(!Hours::parse(text).unwrap().is_always_open(), "{text}");
    }
}

#[test]
fn a_table_says_every_day_and_what_holidays_change() {
    let table = |text: &str| Hours::parse(text).unwrap().table();
    assert_eq!(table("24/7"), "always");
    assert_eq!(table("24/7; PH off"), "0-1440,0-1440,0-1440,0-1440,0-1440,0-1440,0-1440;");
    assert_eq!(table("Mo,We 09:00-12:00,13:00-17:30"), "540-720 780-1050,,540-720 780-1050,,,,");
    assert_eq!(table("Fr 22:00-02:00; PH 10:00-12:00"), ",,,,1320-1560,,;600-720");
}

const DAYS: [&str; 7] = ["Mo", "Tu", "We", "Th", "Fr", "Sa", "Su"];

proptest! {
    #[test]
    fn any_text_is_read_or_refused(text in "\\PC{0,40}") {
        if let Err(error) = Hours::parse(&text) {
            prop_assert!(text.get(error.span).is_some());
        }
    }

    #[test]
    fn likely_text_is_read_or_refused(parts in proptest::collection::vec("(Mo|Tu|Fr-Su|PH|SH|off|24/7|09:00-17:00|22:00-02:00|; |, | |-|Jan|week 1|\\[1\\]|sunrise|\\+|\"x\"|unknown|\\|\\| |,|9am)", 0..8)) {
        let text = parts.concat();
        match Hours::parse(&text) {
            Err(error) => prop_assert!(text.get(error.span).is_some()),
            Ok(hours) => {
                let lines = hours.in_words(&Words::default());
                let is_plain = |line: &String| !line.is_empty() && !line.contains(['{', '}']) && !line.contains("12am");
                prop_assert!(!lines.is_empty() && lines.iter().all(is_plain));
            }
        }
    }

    /// A week given day by day and minute by minute agrees with the week that was read.
    #[test]
    fn the_week_is_that_of_a_brute_reading(rules in proptest::collection::vec((0usize..7, 0usize..7, 0u16..24, 1u16..24, any::<bool>()), 1..4)) {
        let text: Vec<String> = rules.iter().map(|(first, last, from, length, is_closed)| {
            let days = format!("{}-{}", DAYS[*first], DAYS[*last]);
            if *is_closed { format!("{days} off") } else { format!("{days} {from:02}:00-{:02}:00", (from + length) % 24) }
        }).collect();
        let Ok(hours) = Hours::parse(&text.join("; ")) else { return Ok(()) };
        let mut open = [[false; 48]; 7];
        for (first, last, from, length, is_closed) in rules {
            for day in (0..7).filter(|d| if first <= last { first <= *d && *d <= last } else { *d >= first || *d <= last }) {
                open[day] = [false; 48];
                if !is_closed {
                    (from..from + length).for_each(|h| open[day][usize::from(h)] = true);
                }
            }
        }
        for day in 0..7 {
            for hour in 0..24u16 {
                let before = (day + 6) % 7;
                let expected = open[day][usize::from(hour)] || open[before][usize::from(hour) + 24];
                prop_assert_eq!(hours.is_open(hour * 60 + 59, (day, false), (before, false)), expected, "{} {}", day, hour);
            }
        }
    }
}
