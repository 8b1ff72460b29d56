//! Markdown as text for a terminal: wrapped, headings in bold, code set in.
//!
//! For the program's own explanations and for the bodies that `show` prints; what is published is the site's work.

use pulldown_cmark::{CodeBlockKind, Event, Parser, Tag, TagEnd};

use crate::diag::escape::visible_lines;
use crate::markdown;

/// What the terminal can do.
#[derive(Clone, Copy)]
pub(super) struct Style {
    /// Whether escape codes are wanted.
    pub(super) color: bool,
    /// Columns.
    pub(super) width: usize,
}

const BOLD: &str = "\u{1b}[1m";
const CYAN: &str = "\u{1b}[36m";
const OFF: &str = "\u{1b}[0m";

/// The text of a Markdown document, with an empty line between blocks.
pub(super) fn render(source: &str, style: Style) -> String {
    let mut page =
        Page { style, out: String::new(), words: String::new(), lists: Vec::new(), links: Vec::new(), quotes: 0, code: None, marker: None };
    for event in Parser::new_ext(source, markdown::options()) {
        page.event(event);
    }
    page.out
}

struct Page {
    style: Style,
    out: String,
    /// The block that is being read.
    words: String,
    /// Open lists: the next number, or none for bullets.
    lists: Vec<Option<u64>>,
    links: Vec<String>,
    quotes: usize,
    code: Option<String>,
    /// What stands before the first line of the next block: a bullet or number.
    marker: Option<String>,
}

impl Page {
    fn event(&mut self, event: Event<'_>) {
        match event {
            Event::Start(tag) => self.start(tag),
            Event::End(tag) => self.end(tag),
            Event::Text(text) => match &mut self.code {
                Some(code) => code.push_str(&text),
                None => self.words.push_str(&text),
            },
            Event::Code(text) => {
                let (on, off) = self.codes(CYAN);
                // Spaces in code would be wrapped at; a no-break space stands in for them until the line is written.
                self.words.push_str(&format!("{on}`{}`{off}", text.replace(' ', "\u{a0}")));
            }
            Event::SoftBreak => self.words.push(' '),
            Event::HardBreak => self.words.push('\n'),
            _ => {}
        }
    }

    fn start(&mut self, tag: Tag<'_>) {
        match tag {
            Tag::List(first) => {
                self.flush();
                if self.lists.is_empty() {
                    self.gap();
                }
                self.lists.push(first);
            }
            Tag::Item => self.marker = Some(self.next_marker()),
            Tag::BlockQuote(_) => self.quotes += 1,
            Tag::CodeBlock(kind) => {
                self.flush();
                let info = if let CodeBlockKind::Fenced(info) = &kind { info.trim() } else { "" };
                let path = info.split_once(' ').map_or(String::new(), |(_, path)| format!("{path}:\n"));
                self.code = Some(path);
            }
            Tag::Link { dest_url, .. } => self.links.push(dest_url.to_string()),
            _ => {}
        }
    }

    fn end(&mut self, tag: TagEnd) {
        match tag {
            TagEnd::Paragraph => {
                if self.lists.is_empty() {
                    self.gap();
                }
                self.flush();
            }
            TagEnd::Item => self.flush(),
            TagEnd::Heading(_) => {
                let words = std::mem::take(&mut self.words);
                let (on, off) = self.codes(BOLD);
                self.gap();
                let words = visible_word(&words).replace(OFF, &format!("{OFF}{on}"));
                self.out.push_str(&format!("{on}{words}{off}\n"));
            }
            TagEnd::List(_) => drop(self.lists.pop()),
            TagEnd::BlockQuote(_) => self.quotes -= 1,
            TagEnd::CodeBlock => {
                self.gap();
                let code = self.code.take().unwrap_or_default();
                for line in code.lines() {
                    self.out.push_str(format!("    {}", visible_lines(line)).trim_end());
                    self.out.push('\n');
                }
            }
            TagEnd::Link => {
                let to = self.links.pop().unwrap_or_default();
                if !self.words.ends_with(&to) {
                    self.words.push_str(&format!(" ({to})"));
                }
            }
            TagEnd::TableCell => self.words.push_str("  "),
            TagEnd::TableHead | TagEnd::TableRow => self.flush(),
            _ => {}
        }
    }

    fn codes(&self, on: &'static str) -> (&'static str, &'static str) {
        if self.style.color { (on, OFF) } else { ("", "") }
    }

    /// An empty line, unless this is the beginning.
    fn gap(&mut self) {
        if !self.out.is_empty() && !self.out.ends_with("\n\n") {
            self.out.push('\n');
        }
    }

    fn next_marker(&mut self) -> String {
        match self.lists.last_mut() {
            Some(Some(number)) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            _ => "- ".to_owned(),
        }
    }

    /// Writes the block that was read, wrapped.
    fn flush(&mut self) {
        let words = std::mem::take(&mut self.words);
        if words.trim().is_empty() {
            return;
        }
        let depth = "  ".repeat(self.lists.len().saturating_sub(1)) + &"│ ".repeat(self.quotes);
        let marker = self.marker.take().unwrap_or_else(|| if self.lists.is_empty() { String::new() } else { "  ".to_owned() });
        let mut lead = format!("{depth}{marker}");
        for line in wrap(&words, self.style.width.saturating_sub(lead.chars().count())) {
            self.out.push_str(format!("{lead}{line}").trim_end());
            self.out.push('\n');
            lead = depth.clone() + &" ".repeat(marker.len());
        }
    }
}

/// Lines of at most `width` columns, as far as words allow; colours take no room.
pub(super) fn wrap(text: &str, width: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.trim_end().split('\n') {
        let (mut line, mut used) = (String::new(), 0);
        for word in paragraph.split([' ', '\t']).filter(|w| !w.is_empty()) {
            let room = columns(word);
            if used > 0 && used + 1 + room > width {
                lines.push(std::mem::take(&mut line));
                used = 0;
            }
            if used > 0 {
                line.push(' ');
                used += 1;
            }
            line.push_str(&visible_word(word));
            used += room;
        }
        lines.push(line);
    }
    lines
}

fn columns(word: &str) -> usize {
    let plain = [BOLD, CYAN, OFF].iter().fold(word.to_owned(), |word, code| word.replace(code, ""));
    unicode_width::UnicodeWidthStr::width(plain.as_str())
}

/// The word with hidden characters shown, our own colours apart.
fn visible_word(word: &str) -> String {
    let shown = visible_lines(word).replace('\u{a0}', " ");
    [BOLD, CYAN, OFF].iter().fold(shown, |shown, code| shown.replace(&code.replace('\u{1b}', "\\u{1b}"), code))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn markdown_reads_well_as_text() {
        let source = "# R001 · name\n\nA reference that names *nothing*, such as `topic/a b`, [see](https://example.org).\n\n## Example\n\n```yaml content/a.yaml\na:\n  - b\n```\n\n1. one two three four five six seven eight\n2. two\n   - in\n\nLast\u{202e}.\n";
        let expected = "R001 · name\n\nA reference that names nothing, such as\n`topic/a b`, see (https://example.org).\n\nExample\n\n    content/a.yaml:\n    a:\n      - b\n\n1. one two three four five six seven\n   eight\n2. two\n  - in\n\nLast\\u{202e}.\n";
        assert_eq!(render(source, Style { color: false, width: 40 }), expected);
    }

    #[test]
    fn colours_take_no_room() {
        let plain = render("one `two` three four", Style { color: false, width: 14 });
        let colored = render("one `two` three four", Style { color: true, width: 14 });
        assert_eq!(colored.replace(CYAN, "").replace(OFF, ""), plain);
        assert!(colored.contains(&format!("{CYAN}`two`{OFF}")));
    }
}
