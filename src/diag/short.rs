//! Findings as one line each, for editors and `grep`.

use super::places::Places;
use super::{Report, Texts, escape};

/// `path:line:column: error[R001] message`, without findings that the baseline knows.
pub fn render(report: &Report, texts: &dyn Texts) -> String {
    let mut places = Places::new(texts);
    let mut out = String::new();
    for finding in report.findings.iter().filter(|f| !f.is_known) {
        let at = places.region(&finding.place).start;
        let (path, message) = (escape::visible(&finding.place.file), escape::visible(&finding.message));
        let (line, column, severity, code) = (at.line, at.column, finding.severity.word(), finding.code);
        out.push_str(&format!("{path}:{line}:{column}: {severity}[{code}] {message}\n"));
    }
    out
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::{files, span};
    use super::super::{Finding, Severity};
    use super::*;

    #[test]
    fn one_line_each() {
        let text = "title: x\n- é resource/samaritan\n";
        let mut first = Finding::new("a.md", span(text, "resource"), "there is no item\n\u{1b}[2Jthere");
        first.code = "R001";
        let mut known = first.clone();
        known.is_known = true;
        let mut gone = Finding::new("gone.md", span(text, "title"), "not text");
        (gone.code, gone.severity) = ("Y001", Severity::Advice);
        let report = Report { findings: vec![first, known, gone], items: 2 };
        let expected = "a.md:2:5: error[R001] there is no item\\u{a}\\u{1b}[2Jthere\ngone.md:1:1: advice[Y001] not text\n";
        assert_eq!(render(&report, &files(&[("a.md", text)])), expected);
    }
}
