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
    let mut zeros: usize = 0;
    let mut rest = part * &ten;
    while rest < *whole {
        rest *= &ten;
        zeros += 1;
    }
    let digits = (rest * ten.pow(DIGITS - 1) / whole).to_string();
    format!("0.{}{}", "0".repeat(zeros), digits.trim_end_matches('0'))
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
    }
}
