//! Tabs that indent: the parser lets some pass that other YAML readers refuse.

use std::ops::Range;

/// The runs of tabs in the indentation of lines. `texts` are the scalars over several lines, in order, as far as the
/// parser read; after `read_to`, where it gave up, block scalars are told by their headers.
pub(super) fn find(source: &str, texts: &[Range<usize>], read_to: usize) -> Vec<Range<usize>> {
    if !source.contains('\t') {
        return Vec::new();
    }
    let mut found = Vec::new();
    let mut texts = texts.iter().peekable();
    // The indentation of the key whose block scalar we are in.
    let mut block: Option<usize> = None;
    let mut at = 0;
    for line in source.split_inclusive('\n') {
        let start = at;
        at += line.len();
        let content = line.trim_start_matches([' ', '\t']);
        if content.trim().is_empty() {
            continue;
        }
        while texts.next_if(|t| t.end <= start).is_some() {}
        let is_read = start <= read_to;
        let spaces = line.len() - line.trim_start_matches(' ').len();
        block = block.filter(|outer| spaces > *outer);
        let in_text = if is_read { texts.peek().is_some_and(|t| t.start < start) } else { block.is_some() };
        if in_text {
            continue;
        }
        if !is_read && opens_block_scalar(content) {
            block = Some(spaces);
        }
        let indent = &line[..line.len() - content.len()];
        if let Some(tab) = indent.find('\t') {
            let run = indent.len() - indent[tab..].trim_start_matches('\t').len();
            found.push(start + tab..start + run);
        }
    }
    found
}

/// Whether a line ends in `: |`, `- >-` or the like.
fn opens_block_scalar(line: &str) -> bool {
    let end = line.split(" #").next().unwrap_or(line).trim_end();
    let header = end.trim_end_matches(|c: char| c == '-' || c == '+' || c.is_ascii_digit());
    [": |", ": >", "- |", "- >"].iter().any(|h| header.ends_with(h))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tabs_inside_text_are_no_indentation() {
        let source = "a: |\n  x\n  \ty\nb:\n\tc: 1\n \t\td: 2\n";
        let text = 7..14;
        let all = source.len();
        let tabs = |read_to| find(source, std::slice::from_ref(&text), read_to).into_iter().map(|r| (r.start, r.len())).collect::<Vec<_>>();
        assert_eq!(tabs(all), [(17, 1), (24, 2)]);
        assert_eq!(tabs(14), [(17, 1), (24, 2)]);
        assert_eq!(find(source, &[], 0).len(), 3, "where nothing was read, the first line's header is not known either");
        assert!(find("x\na: |\n  \ty\n", &[], 0).is_empty());
    }
}
