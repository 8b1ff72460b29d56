//! Findings as workflow commands, which GitHub shows beside the changed lines of a pull request.

use super::places::Places;
use super::{Finding, Report, Severity, Texts, escape};

/// One `::error …::message` a finding, without those that the baseline knows. GitHub counts paths from the git repository's
/// root: `folder` is the content repository's path in it, ending in `/` where it is not the root itself.
pub fn render(report: &Report, texts: &dyn Texts, folder: &str) -> String {
    let mut places = Places::new(texts);
    report.findings.iter().filter(|f| !f.is_known).map(|f| command(f, &mut places, folder)).collect()
}

fn command<'a>(finding: &'a Finding, places: &mut Places<'a>, folder: &str) -> String {
    let kind = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Advice => "notice",
    };
    let region = places.region(&finding.place);
    let (file, title, message) = (property(&format!("{folder}{}", finding.place.file)), property(finding.code), data(&finding.words()));
    // The runner refuses columns for more than one line.
    let range = if region.start.line == region.end.line {
        format!("line={},col={},endLine={},endColumn={}", region.start.line, region.start.column, region.end.line, region.end.column)
    } else {
        format!("line={},endLine={}", region.start.line, region.end.line)
    };
    format!("::{kind} file={file},{range},title={title}::{message}\n")
}

/// Text after the `::`, where `%` and line breaks mean something.
fn data(text: &str) -> String {
    escape::visible_lines(text).replace('%', "%25").replace('\n', "%0A")
}

/// A property's value, where `:` and `,` end it as well.
fn property(text: &str) -> String {
    data(text).replace(':', "%3A").replace(',', "%2C")
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::{files, span};
    use super::*;
    use crate::source::Span;

    #[test]
    fn commands_are_escaped() {
        let text = "a\n  - resource/samaritan\nb\n";
        let mut one = Finding::new("a,b:c%.md", span(text, "resource/samaritan"), "50% of: it, \n::error::no").help("did\r\nyou");
        one.code = "R001";
        let mut two = Finding::new("a,b:c%.md", Span::new(0, 9), "over lines");
        (two.code, two.severity) = ("W001", Severity::Advice);
        let report = Report { findings: vec![one, two], items: 1 };
        let expected = concat!(
            "::error file=in%3Aside/a%2Cb%3Ac%25.md,line=2,col=5,endLine=2,endColumn=23,title=R001",
            "::50%25 of: it, \\u{a}::error::no%0Ahelp: did\\u{d}%0Ayou\n",
            "::notice file=in%3Aside/a%2Cb%3Ac%25.md,line=1,endLine=2,title=W001::over lines\n",
        );
        assert_eq!(render(&report, &files(&[("a,b:c%.md", text)]), "in:side/"), expected);
    }
}
