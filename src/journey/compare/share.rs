//! A part of a whole as a decimal number that a person can read and that never rounds away what is there.

use num_bigint::BigUint;

/// Digits that count.
const DIGITS: u32 = 6;

/// `part` of `whole` as a decimal number of six significant digits, cut off and not rounded up, without zeros at its end: only
/// nothing is `0`, and only everything is `1`.
pub(super) fn of(part: &BigUint, whole: &BigUint) -> String {
    if *part == BigUint::ZERO || *whole == BigUint::ZERO {
        return "0".to_owned();
    }
    if part >= whole {
        return "1".to_owned();
    }
    let ten = BigUint::from(10_u8);
    // As many zeros as there are for certain, by the number of bits: log10(2) is a little more than 0.30102.
    let apart = whole.bits() - part.bits();
    let mut zeros = apart.saturating_sub(1).saturating_mul(30_102) / 100_000;
    let mut rest = part * ten.pow(u32::try_from(zeros + 1).unwrap_or(u32::MAX));
    while rest < *whole {
        rest *= &ten;
        zeros += 1;
    }
    let digits = (rest * ten.pow(DIGITS - 1) / whole).to_string();
    let zeros = "0".repeat(usize::try_from(zeros).unwrap_or(usize::MAX));
    format!("0.{zeros}{}", digits.trim_end_matches('0'))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn share(part: u64, whole: u64) -> String {
        of(&part.into(), &whole.into())
    }

    #[test]
    fn shares_are_six_digits_that_count() {
        assert_eq!(share(30_276, 262_144), "0.115493");
        assert_eq!(share(1, 4), "0.25");
        assert_eq!(share(0, 4), "0");
        assert_eq!(share(4, 4), "1");
    }

    #[test]
    fn hardly_anything_is_not_nothing_and_nearly_all_is_not_all() {
        assert_eq!(share(1, 10_000_000_000), "0.0000000001");
        assert_eq!(share(9_999_999_999, 10_000_000_000), "0.999999");
        for power in 0..400 {
            let zeros = "0".repeat(power);
            for (part, digit) in [(1_u8, "1"), (2, "2"), (7, "7"), (9, "9")] {
                assert_eq!(of(&part.into(), &BigUint::from(10_u8).pow(power as u32 + 1)), format!("0.{zeros}{digit}"));
            }
        }
    }
}
