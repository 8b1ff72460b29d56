//! Findings as JUnit XML, which most CI hosts show as test results.
//!
//! One suite a family of rules, one case a file. Hosts differ in how many failures of one case they show, so a case
//! has one that lists all of its findings.

use std::borrow::Cow;
use std::collections::BTreeMap;

use super::places::Places;
use super::{Finding, Report, Severity, Texts, escape};

type Cases<'a> = BTreeMap<&'a str, Vec<&'a Finding>>;

/// The whole document. Findings at least as grave as `gate` fail their case; what the baseline knows never does.
pub fn render(report: &Report, texts: &dyn Texts, gate: Severity) -> String {
    render_of(report, texts, gate, "check", "all items")
}

/// The same for another command; `all` is its one case where nothing was found.
pub fn render_of(report: &Report, texts: &dyn Texts, gate: Severity, command: &str, all: &str) -> String {
    let mut places = Places::new(texts);
    let mut suites: BTreeMap<&str, Cases<'_>> = BTreeMap::new();
    for finding in &report.findings {
        suites.entry(family(finding.code)).or_default().entry(&finding.place.file).or_default().push(finding);
    }
    let tests = suites.values().map(BTreeMap::len).sum::<usize>().max(1);
    let failures: usize = suites.values().map(|cases| failed(cases, gate)).sum();
    let mut out = String::from("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    out.push_str(&format!("<testsuites name=\"signpost\" tests=\"{tests}\" failures=\"{failures}\">\n"));
    if suites.is_empty() {
        // Hosts take a report without any case for a failed run.
        let case = format!("    <testcase classname=\"{command}\" name=\"{all}\"/>\n");
        out.push_str(&format!("  <testsuite name=\"{command}\" tests=\"1\" failures=\"0\">\n{case}  </testsuite>\n"));
    }
    for (name, cases) in &suites {
        let skipped = cases.values().filter(|c| c.iter().all(|f| f.is_known)).count();
        let (tests, failures) = (cases.len(), failed(cases, gate));
        out.push_str(&format!("  <testsuite name=\"{name}\" tests=\"{tests}\" failures=\"{failures}\" skipped=\"{skipped}\">\n"));
        for (file, findings) in cases {
            case(&mut out, name, file, findings, &mut places, gate);
        }
        out.push_str("  </testsuite>\n");
    }
    out.push_str("</testsuites>\n");
    out
}

fn case<'a>(out: &mut String, suite: &str, file: &str, findings: &[&'a Finding], places: &mut Places<'a>, gate: Severity) {
    let path = xml(file);
    let lines: Vec<String> = findings.iter().map(|f| line(f, places)).collect();
    let body = xml(&lines.join("\n")).into_owned();
    out.push_str(&format!("    <testcase classname=\"{suite}\" name=\"{path}\" file=\"{path}\">\n"));
    let mut grave = findings.iter().filter(|f| fails(f, gate));
    if let Some(first) = grave.next() {
        let more = grave.count();
        let more = if more > 0 { format!(" (and {more} more)") } else { String::new() };
        let message = xml(&escape::visible(&first.message)).into_owned();
        out.push_str(&format!("      <failure type=\"{}\" message=\"{message}{more}\">{body}</failure>\n", first.code));
    } else if findings.iter().all(|f| f.is_known) {
        out.push_str(&format!("      <skipped message=\"known to the baseline\"/>\n      <system-out>{body}</system-out>\n"));
    } else {
        out.push_str(&format!("      <system-out>{body}</system-out>\n"));
    }
    out.push_str("    </testcase>\n");
}

fn line<'a>(finding: &'a Finding, places: &mut Places<'a>) -> String {
    let at = places.region(&finding.place).start;
    let known = if finding.is_known { " (known)" } else { "" };
    format!("{}:{}: {}[{}]{known} {}", at.line, at.column, finding.severity.word(), finding.code, finding.words())
}

fn fails(finding: &Finding, gate: Severity) -> bool {
    !finding.is_known && finding.severity <= gate
}

fn failed(cases: &Cases<'_>, gate: Severity) -> usize {
    cases.values().filter(|c| c.iter().any(|f| fails(f, gate))).count()
}

fn family(code: &str) -> &'static str {
    match code.as_bytes().first() {
        Some(b'Y') => "reading",
        Some(b'S') => "schema",
        Some(b'R') => "references",
        Some(b'J') => "journeys",
        Some(b'H') => "hazards",
        Some(b'P') => "signposting",
        Some(b'W') => "wording",
        Some(b'D') => "dates",
        Some(b'V') => "review",
        Some(b'A') => "pages",
        Some(b'L') => "links",
        _ => "check",
    }
}

/// Text for an element or a quoted attribute; characters that XML has no way to write are shown as `\u{…}`.
fn xml(text: &str) -> Cow<'_, str> {
    let text = escape::visible_lines(text);
    if !text.contains(['&', '<', '>', '"', '\'']) {
        return text;
    }
    let escaped = text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;").replace('\'', "&apos;");
    Cow::Owned(escaped)
}

#[cfg(test)]
mod tests {
    use super::super::places::tests::{files, span};
    use super::*;

    const TEXT: &str = "a\n  - resource/samaritan\n";

    fn finding(code: &'static str, severity: Severity, message: &str) -> Finding {
        let mut finding = Finding::new("a&b.md", span(TEXT, "resource"), message);
        (finding.code, finding.severity) = (code, severity);
        finding
    }

    #[test]
    fn suites_are_families_and_cases_are_files() {
        let mut known = finding("D001", Severity::Error, "old");
        known.is_known = true;
        let findings = vec![
            finding("R001", Severity::Error, "no `<x>` \"here\"\u{1}\u{fffe}").help("try & see"),
            finding("R002", Severity::Error, "]]>"),
            finding("W001", Severity::Warning, "long"),
            known,
        ];
        let expected = r#"<?xml version="1.0" encoding="UTF-8"?>
<testsuites name="signpost" tests="3" failures="1">
  <testsuite name="dates" tests="1" failures="0" skipped="1">
    <testcase classname="dates" name="a&amp;b.md" file="a&amp;b.md">
      <skipped message="known to the baseline"/>
      <system-out>2:5: error[D001] (known) old</system-out>
    </testcase>
  </testsuite>
  <testsuite name="references" tests="1" failures="1" skipped="0">
    <testcase classname="references" name="a&amp;b.md" file="a&amp;b.md">
      <failure type="R001" message="no `&lt;x&gt;` &quot;here&quot;\u{1}\u{fffe} (and 1 more)">2:5: error[R001] no `&lt;x&gt;` &quot;here&quot;\u{1}\u{fffe}
help: try &amp; see
2:5: error[R002] ]]&gt;</failure>
    </testcase>
  </testsuite>
  <testsuite name="wording" tests="1" failures="0" skipped="0">
    <testcase classname="wording" name="a&amp;b.md" file="a&amp;b.md">
      <system-out>2:5: warning[W001] long</system-out>
    </testcase>
  </testsuite>
</testsuites>
"#;
        let report = Report { findings, items: 1 };
        let files = files(&[("a&b.md", TEXT)]);
        assert_eq!(render(&report, &files, Severity::Error), expected);
        assert!(render(&report, &files, Severity::Warning).contains("tests=\"3\" failures=\"2\""));
    }

    #[test]
    fn nothing_found_is_one_passed_case() {
        let text = render(&Report::default(), &files(&[]), Severity::Error);
        assert!(text.contains("tests=\"1\" failures=\"0\"") && text.contains("<testcase classname=\"check\" name=\"all items\"/>"));
    }
}
