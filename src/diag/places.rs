//! Where findings are, in lines and columns.
//!
//! Each file is indexed once, however many findings speak of it. Knows nothing of formats.

use std::collections::HashMap;

use super::{Place, Texts};
use crate::source::{Lines, Position};

/// From where to where, the end exclusive.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Region {
    /// The first character.
    pub start: Position,
    /// One past the last character.
    pub end: Position,
}

/// The texts of a report's files with their line indexes.
pub struct Places<'a> {
    texts: &'a dyn Texts,
    lines: HashMap<&'a str, Option<Lines<'a>>>,
}

impl<'a> Places<'a> {
    /// Over these texts; nothing is indexed yet.
    pub fn new(texts: &'a dyn Texts) -> Self {
        Self { texts, lines: HashMap::new() }
    }

    /// The text of a file, if there is one.
    pub fn text(&self, path: &str) -> Option<&'a str> {
        self.texts.text(path)
    }

    /// The line and column of a byte offset; the very start in a file that has no text.
    pub fn position(&mut self, path: &'a str, offset: u32) -> Position {
        let lines = self.lines.entry(path).or_insert_with(|| self.texts.text(path).map(Lines::new));
        lines.as_ref().map_or(Position { line: 1, column: 1 }, |l| l.position(offset))
    }

    /// The lines and columns of a place.
    pub fn region(&mut self, place: &'a Place) -> Region {
        let start = self.position(&place.file, place.span.start);
        let end = if place.span.end > place.span.start { self.position(&place.file, place.span.end) } else { start };
        Region { start, end }
    }
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;
    use crate::source::Span;
    use std::collections::BTreeMap;

    /// Texts for tests of all formats.
    #[derive(Default)]
    pub struct Files(pub BTreeMap<String, String>);

    impl Texts for Files {
        fn text(&self, path: &str) -> Option<&str> {
            self.0.get(path).map(String::as_str)
        }
    }

    /// Files from pairs of path and text.
    pub fn files(pairs: &[(&str, &str)]) -> Files {
        Files(pairs.iter().map(|(p, t)| ((*p).to_owned(), (*t).to_owned())).collect())
    }

    /// The span of the first occurrence of `part`.
    pub fn span(text: &str, part: &str) -> Span {
        let at = text.find(part).unwrap();
        Span::new(at, at + part.len())
    }

    #[test]
    fn regions_count_code_points_and_survive_missing_files() {
        let files = files(&[("a", "é: ü\nb")]);
        let mut places = Places::new(&files);
        let here = Place { file: "a".to_owned(), span: Span::new(4, 8) };
        let region = places.region(&here);
        assert_eq!((region.start.line, region.start.column, region.end.line, region.end.column), (1, 4, 2, 2));
        let gone = Place { file: "b".to_owned(), span: Span::new(4, 8) };
        assert_eq!(places.region(&gone).end, Position { line: 1, column: 1 });
    }
}
