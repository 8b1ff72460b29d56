//! Addresses in style sheets: `url(…)` and `@import`.

use std::ops::Range;

/// The addresses in a style sheet: where each stands, without quotes, and whether it brings in another style sheet.
pub fn addresses(css: &str) -> Vec<(Range<usize>, bool)> {
    let mut found = Vec::new();
    let bytes = css.as_bytes();
    let (mut at, mut is_import) = (0, false);
    while at < bytes.len() {
        let rest = &css.as_bytes()[at..];
        if rest.starts_with(b"/*") {
            at = css.get(at + 2..).and_then(|r| r.find("*/")).map_or(bytes.len(), |end| at + end + 4);
        } else if matches!(rest[0], b'"' | b'\'') {
            let range = string(bytes, at);
            at = (range.end + 1).min(bytes.len());
            if std::mem::take(&mut is_import) {
                found.push((range, true));
            }
        } else if starts(rest, b"@import") {
            is_import = true;
            at += 7;
        } else if starts(rest, b"url(") {
            let range = inside(bytes, at + 4);
            at = (range.end + 1).min(bytes.len());
            found.push((range, std::mem::take(&mut is_import)));
        } else {
            is_import &= rest[0] != b';';
            at += 1;
        }
    }
    found.retain(|(range, _)| css.get(range.clone()).is_some());
    found
}

fn starts(rest: &[u8], word: &[u8]) -> bool {
    rest.get(..word.len()).is_some_and(|start| start.eq_ignore_ascii_case(word))
}

/// What stands in the quotes that open here.
fn string(bytes: &[u8], open: usize) -> Range<usize> {
    let mut at = open + 1;
    while at < bytes.len() && bytes[at] != bytes[open] && bytes[at] != b'\n' {
        at += if bytes[at] == b'\\' { 2 } else { 1 };
    }
    let end = at.min(bytes.len());
    (open + 1).min(end)..end
}

/// What stands in the brackets of `url(`, in quotes or not.
fn inside(bytes: &[u8], from: usize) -> Range<usize> {
    let from = from + bytes[from..].iter().take_while(|b| b.is_ascii_whitespace()).count();
    if matches!(bytes.get(from), Some(b'"' | b'\'')) {
        return string(bytes, from);
    }
    let length = bytes[from..].iter().take_while(|b| **b != b')' && !b.is_ascii_whitespace()).count();
    from..from + length
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_are_found_wherever_css_has_them() {
        let css = "/* url(no) */ @import 'a.css'; @IMPORT url(b.css);a{b:URL( \"c d.png\" )}c{d:'url(no)';e:url(é.svg)}";
        let found: Vec<(&str, bool)> = addresses(css).into_iter().map(|(r, import)| (&css[r], import)).collect();
        assert_eq!(found, [("a.css", true), ("b.css", true), ("c d.png", false), ("é.svg", false)]);
        for css in ["", "url(", "url('", "@import", "/*", "'\\", "url(\\"] {
            addresses(css);
        }
    }
}
