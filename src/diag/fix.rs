//! Puts right what has one right answer: the edits of findings, applied to texts.

use std::collections::BTreeMap;

use super::{Edit, Finding, Texts};

/// The edits of a file that are settled, by where they start: end and new text.
type Settled<'a> = BTreeMap<usize, (usize, &'a str)>;

/// The new texts, by path, of the files that change.
///
/// A finding is put right wholly or not at all: one is passed over if any of its edits meets an edit already taken
/// or does not fit its text. What is passed over is found again by the next run, which sees the new text.
pub fn apply_fixes(texts: &dyn Texts, findings: &[Finding]) -> Vec<(String, String)> {
    let mut files: BTreeMap<&str, Settled<'_>> = BTreeMap::new();
    for finding in findings {
        let mut taken = Vec::new();
        for edit in &finding.fix {
            if fits(texts, edit) && is_free(files.get(edit.place.file.as_str()), edit) {
                let range = edit.place.span.range();
                files.entry(&edit.place.file).or_default().insert(range.start, (range.end, &edit.text));
                taken.push(edit);
            } else {
                undo(&mut files, &taken);
                break;
            }
        }
    }
    let written = files.into_iter().filter_map(|(path, edits)| {
        let old = texts.text(path)?;
        let new = write(old, &edits);
        (new != old).then(|| (path.to_owned(), new))
    });
    written.collect()
}

fn fits(texts: &dyn Texts, edit: &Edit) -> bool {
    texts.text(&edit.place.file).is_some_and(|t| t.get(edit.place.span.range()).is_some())
}

/// Whether no settled edit overlaps or starts at the same place, where the order of two would be a guess.
fn is_free(settled: Option<&Settled<'_>>, edit: &Edit) -> bool {
    let Some(settled) = settled else { return true };
    let range = edit.place.span.range();
    let before = settled.range(..=range.start).next_back();
    let after = settled.range(range.start..).next();
    before.is_none_or(|(start, (end, _))| *end <= range.start && *start < range.start) && after.is_none_or(|(start, _)| range.end <= *start)
}

fn undo(files: &mut BTreeMap<&str, Settled<'_>>, taken: &[&Edit]) {
    for edit in taken {
        if let Some(settled) = files.get_mut(edit.place.file.as_str()) {
            settled.remove(&edit.place.span.range().start);
        }
    }
}

fn write(old: &str, edits: &Settled<'_>) -> String {
    let mut new = String::with_capacity(old.len());
    let mut at = 0;
    for (start, (end, text)) in edits {
        new.push_str(old.get(at..*start).unwrap_or(""));
        new.push_str(text);
        at = *end;
    }
    new.push_str(old.get(at..).unwrap_or(""));
    new
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::files;
    use super::*;
    use crate::source::Span;
    use proptest::prelude::*;

    fn finding(edits: &[(usize, usize, &str)]) -> Finding {
        edits.iter().fold(Finding::new("a", Span::new(0, 0), "m"), |f, (s, e, t)| f.fix(Span::new(*s, *e), *t))
    }

    fn apply(text: &str, findings: &[Finding]) -> Option<String> {
        apply_fixes(&files(&[("a", text)]), findings).pop().map(|(_, new)| new)
    }

    #[test]
    fn edits_apply_in_any_order() {
        let found = [finding(&[(4, 7, "três")]), finding(&[(0, 3, "1"), (7, 7, "!")])];
        assert_eq!(apply("one two", &found).as_deref(), Some("1 três!"));
    }

    #[test]
    fn a_finding_that_meets_another_is_left_whole() {
        let found = [finding(&[(0, 3, "1")]), finding(&[(4, 7, "2"), (2, 5, "x")])];
        assert_eq!(apply("one two", &found).as_deref(), Some("1 two"));
        assert_eq!(apply("one", &[finding(&[(1, 1, "a")]), finding(&[(1, 1, "b")]), finding(&[(0, 2, "c")])]).as_deref(), Some("oane"));
    }

    #[test]
    fn edits_that_do_not_fit_are_left() {
        assert_eq!(apply("é", &[finding(&[(1, 2, "x")]), finding(&[(0, 9, "x")]), finding(&[(0, 2, "é")])]), None);
        let elsewhere = Finding::new("gone", Span::new(0, 0), "m").fix(Span::new(0, 0), "x");
        assert_eq!(apply("é", &[elsewhere]), None);
    }

    proptest! {
        #[test]
        fn taken_edits_never_overlap(spans in proptest::collection::vec((0usize..12, 0usize..6), 0..12)) {
            let found: Vec<_> = spans.iter().map(|(s, n)| finding(&[(*s, s + n, "[x]")])).collect();
            let new = apply("abcdefghijkl", &found).unwrap_or_default();
            let kept: String = new.replace("[x]", "");
            prop_assert!(kept.chars().is_sorted_by(|a, b| a < b));
        }
    }
}
