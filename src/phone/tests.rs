//! Numbers as people write them.

use super::*;
use proptest::prelude::*;

fn gb() -> &'static Plan {
    static GB: std::sync::LazyLock<Plan> = std::sync::LazyLock::new(|| Plan::of("GB").unwrap());
    &GB
}

#[test]
fn every_plan_is_ready() {
    for country in ["AD", "BD", "BR", "DE", "ES", "FR", "GB", "GG", "IE", "IN", "IT", "JP", "NL", "PK", "PL", "US", "ZW"] {
        assert!(Plan::of(country).is_some(), "{country}");
    }
    assert!(Plan::of("XX").is_none());
}

#[test]
fn a_number_is_the_same_however_it_is_written() {
    let gb = gb();
    let number = gb.number("020 7946 0123").unwrap();
    for text in ["02079460123", "+44 20 7946 0123", "+44 (0)20 7946 0123", "0044 20 7946 0123", "(020) 7946-0123", "020\u{a0}7946.0123"] {
        assert_eq!(gb.number(text), Some(number), "{text}");
    }
    assert_eq!(number.tel(), "tel:+442079460123");
    assert_eq!(gb.number("116 123").unwrap().tel(), "tel:116123");
    assert_ne!(gb.number("0800 1111"), gb.number("8001111"));
    assert_eq!(gb.number("SHOUT"), None);
}

#[test]
fn numbers_that_cannot_be_are_told_why() {
    let gb = gb();
    for good in ["020 7219 3000", "0800 1111", "0300 123 3393", "0800 0234 650", "07912 345678", "+353 1 475 0000", "029 2087 4000"] {
        assert!(matches!(gb.check(good), Ok(Some(_))), "{good}: {:?}", gb.check(good));
    }
    for short in ["999", "111", "116 123", "85258"] {
        assert_eq!(gb.check(short), Ok(None), "{short}");
    }
    let faults = [
        ("0800 SHOUT", Fault::NotDigits),
        ("020 7219 300", Fault::TooShort),
        ("0300 123 33", Fault::TooShort),
        ("020 7219 30000", Fault::TooLong),
        ("20 7219 3000", Fault::NoPrefix),
        ("0210 219 3000", Fault::NoSuchRange),
        ("0400 123 4567", Fault::NoSuchRange),
        ("+999 123 4567", Fault::NoSuchCountry),
        ("+353 1 2", Fault::TooShort),
    ];
    for (text, fault) in faults {
        assert_eq!(gb.check(text), Err(fault), "{text}");
    }
}

#[test]
fn numbers_are_written_as_the_country_does() {
    let gb = gb();
    for text in ["020 7219 3000", "0800 1111", "0300 123 3393", "01632 960123", "07912 345678", "0113 222 4444"] {
        assert_eq!(gb.written(&text.replace(' ', "")).as_deref(), Some(text));
    }
    assert_eq!(gb.written("+442072193000").as_deref(), Some("020 7219 3000"));
    assert_eq!(gb.written("116123"), None);
    assert_eq!(Plan::of("US").unwrap().written("2025550123").as_deref(), Some("(202) 555-0123"));
    assert_eq!(Plan::of("FR").unwrap().written("0123456789").as_deref(), Some("01 23 45 67 89"));
}

#[test]
fn numbers_of_drama_are_known() {
    let gb = gb();
    for text in ["020 7946 0000", "020 7946 0999", "07700 900123", "0808 157 0999", "01632 960001", "0191 498 0123", "028 9649 6123"] {
        assert!(is_fictional(gb.number(text).unwrap()), "{text}");
    }
    for text in ["020 7946 1000", "0808 157 1000", "020 7219 3000", "116 123", "07700 901123"] {
        assert!(!is_fictional(gb.number(text).unwrap()), "{text}");
    }
}

#[test]
fn numbers_are_found_in_text() {
    let found = |text: &str| {
        let (mut all, mut at) = (Vec::new(), 0);
        while let Some(groups) = find(text, at) {
            let range = groups.ranges().next().unwrap();
            at = range.end;
            all.push(text[range].to_owned());
        }
        all
    };
    assert_eq!(found("Call 0800 123 456 or +44 (0)20 7946 0123."), ["0800 123 456", "+44 (0)20 7946 0123"]);
    assert_eq!(found("Text SHOUT to 85258, ring 116\u{a0}123 (free)"), ["85258", "116\u{a0}123"]);
    assert_eq!(found("(020) 7946 0123"), ["(020) 7946 0123"]);
    assert_eq!(found("£20.50, 5%, 9:30am to 17:00, 21/11/2026, DCB0129, E09000007, 1,000, 3rd, v1.2"), Vec::<String>::new());
    assert_eq!(found("on 2026-11-21 in 2027"), ["2026-11-21", "2027"]);
    assert_eq!(found("0800 073 0066 24/7"), ["0800 073 0066"]);
    assert_eq!(found("[0800 1111](tel:08001111)"), ["0800 1111"]);
}

proptest! {
    #[test]
    fn nothing_panics(text in "[0-9+() .\u{a0}a-z£:/-]{0,30}|\\PC{0,20}") {
        let gb = gb();
        let _ = (gb.check(&text), gb.written(&text), gb.number(&text).map(Number::tel));
        let mut at = 0;
        while let Some(groups) = find(&text, at) {
            let range = groups.ranges().next().unwrap();
            prop_assert!(text.get(range.clone()).is_some() && range.end > at);
            at = range.end;
        }
    }

    /// What the country's own writing says is read back as the same number.
    #[test]
    fn what_is_written_is_the_same_number(nsn in "[1-9][0-9]{6,9}") {
        let gb = gb();
        let text = format!("0{nsn}");
        if let Some(written) = gb.written(&text) {
            prop_assert_eq!(gb.number(&written), gb.number(&text));
        }
    }
}
