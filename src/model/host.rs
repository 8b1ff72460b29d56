//! Hosts of web addresses: where they stand in text, and the name by which machines know them.
//!
//! Two hosts can look the same and be different, because letters of different scripts look the same. Their ASCII form
//! (`xn--…`) tells them apart.

use std::ops::Range;

use unicode_normalization::UnicodeNormalization;

/// The hosts of the web and e-mail addresses in a text, without user names and ports.
pub fn hosts(text: &str) -> impl Iterator<Item = Range<usize>> {
    let web = text.match_indices("://").map(|(n, mark)| n + mark.len());
    web.filter_map(|start| {
        let is_end = |c: char| {
            c.is_whitespace()
                || matches!(c, '/' | '?' | '#' | '\\' | '"' | '\'' | '<' | '>' | '(' | ')' | '[' | ']' | '{' | '}' | '|' | '`' | ',')
        };
        let authority = text[start..].split(is_end).next().unwrap_or("");
        let start = start + authority.rfind('@').map_or(0, |n| n + 1);
        let host = authority.rsplit('@').next().unwrap_or(authority);
        let host = host.split(':').next().unwrap_or(host).trim_end_matches('.');
        (!host.is_empty()).then(|| start..start + host.len())
    })
}

/// The ASCII form of a host, as browsers look it up.
pub fn to_ascii(host: &str) -> String {
    let folded: String = host.nfkc().flat_map(char::to_lowercase).nfkc().collect();
    let labels = folded.split(['.', '\u{3002}']).map(|label| {
        if label.is_ascii() { label.to_owned() } else { punycode(label).map_or_else(|| label.to_owned(), |p| format!("xn--{p}")) }
    });
    labels.collect::<Vec<_>>().join(".")
}

/// RFC 3492; `None` for what is too long to be a label.
fn punycode(label: &str) -> Option<String> {
    let chars: Vec<u32> = label.chars().map(u32::from).collect();
    if chars.len() > 255 {
        return None; // no host is that long
    }
    let mut out: String = label.chars().filter(char::is_ascii).collect();
    let basic = u32::try_from(out.len()).ok()?;
    let mut handled = basic;
    if basic > 0 {
        out.push('-');
    }
    let (mut n, mut delta, mut bias) = (128_u32, 0_u32, 72_u32);
    while (handled as usize) < chars.len() {
        let next = chars.iter().copied().filter(|c| *c >= n).min()?;
        delta = delta.checked_add((next - n).checked_mul(handled + 1)?)?;
        n = next;
        for c in &chars {
            if *c < n {
                delta = delta.checked_add(1)?;
            }
            if *c != n {
                continue;
            }
            let (mut q, mut k) = (delta, 36);
            loop {
                let t = if k <= bias { 1 } else { (k - bias).min(26) };
                if q < t {
                    break;
                }
                out.push(digit(t + (q - t) % (36 - t)));
                q = (q - t) / (36 - t);
                k += 36;
            }
            out.push(digit(q));
            bias = adapt(delta, handled + 1, handled == basic);
            delta = 0;
            handled += 1;
        }
        delta = delta.checked_add(1)?;
        n += 1;
    }
    Some(out)
}

fn digit(value: u32) -> char {
    char::from_digit(if value < 26 { value + 10 } else { value - 26 }, 36).unwrap_or('0')
}

fn adapt(delta: u32, points: u32, is_first: bool) -> u32 {
    let mut delta = if is_first { delta / 700 } else { delta / 2 };
    delta += delta / points;
    let mut k = 0;
    while delta > 455 {
        delta /= 35;
        k += 36;
    }
    k + 36 * delta / (delta + 38)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn hosts_have_an_ascii_form() {
        assert_eq!(to_ascii("www.nhs.uk"), "www.nhs.uk");
        assert_eq!(to_ascii("Bücher.example"), "xn--bcher-kva.example");
        assert_eq!(to_ascii("nhѕ.uk"), "xn--nh-foc.uk");
        assert_eq!(to_ascii("他们为什么不说中文"), "xn--ihqwcrb4cv8a8dqg056pqjye");
        assert_eq!(to_ascii("почемужеонинеговорятпорусски"), "xn--b1abfaaepdrnnbgefbadotcwatmq2g4l");
    }

    #[test]
    fn hosts_are_found() {
        let text = "see https://a.b/c, (http://u:p@x.y:80?q) https://z. and https://";
        let found: Vec<_> = hosts(text).map(|r| &text[r]).collect();
        assert_eq!(found, ["a.b", "x.y", "z"]);
    }
}
