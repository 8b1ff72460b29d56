//! What a page weighs on its way: its size when it is compressed as hosts do.

use miniz_oxide::deflate::compress_to_vec;

/// What the first round trip of a connection carries: ten packets, less what the host says about the page.
pub const ROUND_TRIP: usize = 14_000;
/// What any other page may weigh before pictures.
pub const PAGE: usize = 30_000;

/// Head and foot of the gzip format.
const GZIP: usize = 18;
/// How hard hosts try, by default.
const LEVEL: u8 = 6;
/// Enough to see that most pages are far below.
const QUICK: u8 = 1;

/// The compressed size of a text where it is above a limit. What is small before it is compressed, or after compressing it
/// quickly, is not looked at closer.
pub fn above(text: &str, limit: usize) -> Option<usize> {
    if text.len() <= limit || compress_to_vec(text.as_bytes(), QUICK).len() + GZIP <= limit {
        return None;
    }
    Some(compressed(text)).filter(|size| *size > limit)
}

/// The compressed size of a text.
pub fn compressed(text: &str) -> usize {
    compress_to_vec(text.as_bytes(), LEVEL).len() + GZIP
}

/// A size in words: `14.2 kB`.
pub fn words(bytes: usize) -> String {
    format!("{}.{} kB", bytes / 1000, bytes % 1000 / 100)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_too_heavy_is_measured() {
        assert_eq!(above(&"a".repeat(100_000), PAGE), None);
        let mut n = 1_u64;
        let letters = (0..40_000).map(|_| {
            n = n.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
            char::from(b'?' + u8::try_from(n >> 58).unwrap())
        });
        let noise: String = letters.collect();
        assert!(above(&noise, 1000).is_some_and(|size| size > 1000 && size == compressed(&noise)));
        assert_eq!(words(14_260), "14.2 kB");
    }
}
