//! Findings as a person reads them on a terminal, after the manner of rustc.
//!
//! Why this is our own: docs/decisions/0002-finding-renderer.md.

use anstyle::{AnsiColor, Style};

use super::escape::{visible, visible_lines};
use super::excerpt::{Excerpt, Part, parts, width};
use super::places::Places;
use super::{Finding, Place, Report, Severity, Texts};

/// What the terminal can do.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Options {
    /// Whether escape codes for colours are wanted.
    pub color: bool,
    /// Columns to fit into, as far as words allow.
    pub width: usize,
}

/// All findings but those that the baseline knows, and a last line that counts.
pub fn render(report: &Report, texts: &dyn Texts, options: Options) -> String {
    render_of(report, texts, options, "item")
}

/// The same, where it is something else than items that was looked at.
pub fn render_of(report: &Report, texts: &dyn Texts, options: Options, noun: &str) -> String {
    let mut out = findings(report.findings.iter().filter(|f| !f.is_known), texts, options);
    out.push_str(&summary_of(report, noun));
    out.push('\n');
    out
}

/// Findings alone, an empty line after each.
pub fn findings<'a>(findings: impl IntoIterator<Item = &'a Finding>, texts: &'a dyn Texts, options: Options) -> String {
    let mut places = Places::new(texts);
    let mut out = String::new();
    for finding in findings {
        Drawing { styles: Styles::new(options.color, finding.severity), width: options.width.max(40), gutter: 1, out: &mut out }
            .finding(finding, &mut places);
        out.push('\n');
    }
    out
}

/// `3 errors, 1 warning and 2 pieces of advice in 164 items (2 can be fixed with `--fix`)`.
pub fn summary(report: &Report) -> String {
    summary_of(report, "item")
}

fn summary_of(report: &Report, noun: &str) -> String {
    let known = report.findings.iter().filter(|f| f.is_known).count();
    let counts = [
        (report.count(Severity::Error), "error", "errors"),
        (report.count(Severity::Warning), "warning", "warnings"),
        (report.count(Severity::Advice), "piece of advice", "pieces of advice"),
    ];
    let counted: Vec<String> = counts.iter().filter(|c| c.0 > 0).map(|c| plural(c.0, c.1, c.2)).collect();
    let found = match counted.as_slice() {
        [] if known > 0 => "no new findings".to_owned(),
        [] => "no findings".to_owned(),
        [one] => one.clone(),
        [most @ .., last] => format!("{} and {last}", most.join(", ")),
    };
    let mut more = Vec::new();
    match report.findings.iter().filter(|f| !f.is_known && !f.fix.is_empty()).count() {
        0 => {}
        n => more.push(format!("{n} can be fixed with `--fix`")),
    }
    if known > 0 {
        more.push(format!("{} not shown", plural(known, "known finding", "known findings")));
    }
    let more = if more.is_empty() { String::new() } else { format!(" ({})", more.join(", ")) };
    format!("{found} in {}{more}", plural(report.items, noun, &format!("{noun}s")))
}

fn plural(n: usize, one: &str, many: &str) -> String {
    format!("{n} {}", if n == 1 { one } else { many })
}

/// The styles of one finding; without colour they print nothing.
struct Styles {
    severity: Style,
    bold: Style,
    gutter: Style,
}

impl Styles {
    fn new(color: bool, severity: Severity) -> Self {
        let bold = |c: AnsiColor| c.on_default().bold();
        let of = match severity {
            Severity::Error => AnsiColor::BrightRed,
            Severity::Warning => AnsiColor::BrightYellow,
            Severity::Advice => AnsiColor::BrightCyan,
        };
        if color {
            Self { severity: bold(of), bold: Style::new().bold(), gutter: bold(AnsiColor::BrightBlue) }
        } else {
            Self { severity: Style::new(), bold: Style::new(), gutter: Style::new() }
        }
    }
}

fn paint(style: Style, text: &str) -> String {
    format!("{style}{text}{style:#}")
}

/// One underline: of which line, what part, with what words.
struct Mark<'a> {
    line: usize,
    part: Part,
    words: &'a str,
    is_primary: bool,
}

/// A finding being written.
struct Drawing<'o> {
    styles: Styles,
    width: usize,
    /// Columns of the widest line number.
    gutter: usize,
    out: &'o mut String,
}

impl Drawing<'_> {
    fn finding<'a>(&mut self, finding: &'a Finding, places: &mut Places<'a>) {
        let head = paint(self.styles.severity, &format!("{}[{}]", finding.severity.word(), finding.code));
        let message = paint(self.styles.bold, &format!(": {}", visible(&finding.message)));
        self.push(&format!("{head}{message}"));
        let blocks = blocks(finding, places);
        let last = blocks.iter().flat_map(|b| &b.marks).map(|m| m.line).max().unwrap_or(1);
        self.gutter = last.to_string().len();
        for block in &blocks {
            self.block(block, places);
        }
        for note in &finding.notes {
            self.footer("note", note);
        }
        if let Some(example) = &finding.example {
            self.footer("example", &answers(example));
        }
        if let Some(help) = &finding.help {
            self.footer("help", help);
        }
    }

    /// The excerpts of one file.
    fn block<'a>(&mut self, block: &Block<'a>, places: &mut Places<'a>) {
        let arrow = paint(self.styles.gutter, &format!("{:1$} ┌─", "", self.gutter));
        let path = visible(&block.first.file);
        let Some(text) = places.text(&block.first.file) else {
            self.push(&format!("{arrow} {path}"));
            block.words.iter().filter(|w| !w.is_empty()).for_each(|w| self.row("", &visible(w)));
            return;
        };
        let at = places.position(&block.first.file, block.first.span.start);
        self.push(&format!("{arrow} {path}:{}:{}", at.line, at.column));
        let mut shown = 0;
        for marks in block.marks.chunk_by(|a, b| a.line == b.line) {
            if shown > 0 && marks[0].line > shown + 1 {
                self.row("…", "");
            }
            shown = marks[0].line;
            self.line(text, marks);
        }
    }

    /// One line with its underlines: printed once, or once for each mark where it is too long to show all of them.
    fn line(&mut self, text: &str, marks: &[Mark<'_>]) {
        let room = self.width.saturating_sub(self.gutter + 3);
        let mut excerpt: Option<Excerpt> = None;
        for mark in marks {
            let current = match excerpt.take() {
                Some(e) if e.holds(&mark.part.mark) => e,
                _ => {
                    let e = Excerpt::new(text, &mark.part, room);
                    self.row(&mark.line.to_string(), &e.shown);
                    e
                }
            };
            let (before, under) = current.columns(text, &mark.part.mark);
            let (sign, style) = if mark.is_primary { ("^", self.styles.severity) } else { ("-", self.styles.gutter) };
            let words = visible(mark.words);
            let gap = if words.is_empty() { "" } else { " " };
            let line = paint(style, &format!("{}{gap}{words}", sign.repeat(under)));
            self.row("", &format!("{:before$}{line}", ""));
            excerpt = Some(current);
        }
    }

    /// A line with the gutter before it.
    fn row(&mut self, number: &str, text: &str) {
        let gutter = paint(self.styles.gutter, &format!("{number:>0$} │", self.gutter));
        self.push(&if text.is_empty() { gutter } else { format!("{gutter} {text}") });
    }

    /// `= help: …`, wrapped.
    fn footer(&mut self, name: &str, text: &str) {
        let sign = paint(self.styles.gutter, &format!("{:1$} =", "", self.gutter));
        let lead = format!("{sign} {}: ", paint(self.styles.bold, name));
        let indent = self.gutter + 3 + name.len() + 2;
        let lines = wrap(&visible_lines(text), self.width.saturating_sub(indent).max(20));
        for (i, line) in lines.iter().enumerate() {
            let lead = if i == 0 { lead.clone() } else { " ".repeat(indent) };
            self.push(format!("{lead}{line}").trim_end());
        }
    }

    fn push(&mut self, line: &str) {
        self.out.push_str(line);
        self.out.push('\n');
    }
}

/// The marks in one file, by line.
struct Block<'a> {
    /// The place that the heading names.
    first: &'a Place,
    marks: Vec<Mark<'a>>,
    /// The words of the marks, for a file that has no text to mark.
    words: Vec<&'a str>,
}

/// The finding's own file first, then the others as its labels name them.
fn blocks<'a>(finding: &'a Finding, places: &mut Places<'a>) -> Vec<Block<'a>> {
    let own = (&finding.place, finding.label.as_str(), true);
    let labels = finding.labels.iter().map(|l| (&l.place, l.text.as_str(), false));
    let mut blocks: Vec<Block<'a>> = Vec::new();
    for (place, words, is_primary) in std::iter::once(own).chain(labels).filter(|m| !m.0.file.is_empty()) {
        let marks = places.text(&place.file).map(|text| marks(text, place, words, is_primary, places)).unwrap_or_default();
        match blocks.iter_mut().find(|b| b.first.file == place.file) {
            Some(block) => {
                block.marks.extend(marks);
                block.words.push(words);
            }
            None => blocks.push(Block { first: place, marks, words: vec![words] }),
        }
    }
    for block in &mut blocks {
        block.marks.sort_by_key(|m| (m.line, m.part.mark.start));
    }
    blocks
}

/// The underlines of one place: one, or for several lines that of the first and that of the last, which has the words.
fn marks<'a>(text: &str, place: &'a Place, words: &'a str, is_primary: bool, places: &mut Places<'a>) -> Vec<Mark<'a>> {
    let (first, last) = parts(text, place.span);
    let start = places.position(&place.file, place.span.start).line;
    let Some(last) = last else { return vec![Mark { line: start, part: first, words, is_primary }] };
    let between = text[first.line.end..last.line.start].bytes().filter(|b| *b == b'\n').count();
    vec![Mark { line: start, part: first, words: "", is_primary }, Mark { line: start + between, part: last, words, is_primary }]
}

/// `danger = no, symptoms = [sleep, worry]`: an example's answers in the order asked.
fn answers(example: &serde_json::Value) -> String {
    use serde_json::Value;
    match example {
        Value::String(s) => s.clone(),
        Value::Array(all) => format!("[{}]", all.iter().map(answers).collect::<Vec<_>>().join(", ")),
        Value::Object(map) => map.iter().map(|(k, v)| format!("{k} = {}", answers(v))).collect::<Vec<_>>().join(", "),
        other => other.to_string(),
    }
}

/// Breaks text between words; a word longer than a line keeps its length.
fn wrap(text: &str, room: usize) -> Vec<String> {
    let mut lines = Vec::new();
    for paragraph in text.lines() {
        let (mut line, mut columns) = (String::new(), 0);
        for word in paragraph.split(' ') {
            let wide = width(word);
            if !line.is_empty() && columns + 1 + wide > room {
                lines.push(std::mem::take(&mut line));
                columns = 0;
            }
            if !line.is_empty() {
                line.push(' ');
                columns += 1;
            }
            line.push_str(word);
            columns += wide;
        }
        lines.push(line);
    }
    lines
}

#[cfg(test)]
#[path = "human_tests.rs"]
mod tests;
