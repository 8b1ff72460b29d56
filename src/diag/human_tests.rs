//! The look of findings on a terminal, as text.

use super::super::places::tests::{Files, files, span};
use super::*;
use crate::source::Span;
use proptest::prelude::*;

const PLAIN: Options = Options { color: false, width: 80 };

const TOPIC: &str = "---\ntitle: Low mood\nfrom: 09:00\nto: 08:00\nsummary: s\nhelp:\n  - resource/shout\n\n  - resource/samaritan\n";

fn finding(text: &str, part: &str, message: &str) -> Finding {
    let mut finding = Finding::new("content/topics/low-mood.md", span(text, part), message);
    finding.code = "R001";
    finding
}

fn draw(finding: Finding, files: &Files, options: Options) -> String {
    let report = Report { findings: vec![finding], items: 1 };
    let text = render(&report, files, options);
    let at = text.rfind("\n\n").unwrap();
    text[..=at].to_owned()
}

fn topic(finding: Finding) -> String {
    draw(finding, &files(&[("content/topics/low-mood.md", TOPIC), ("content/b.yaml", "x: 1\n")]), PLAIN)
}

#[test]
fn the_example_of_the_contract() {
    let found = finding(TOPIC, "resource/samaritan", "there is no item `resource/samaritan`")
        .label("not found")
        .did_you_mean(Some("resource/samaritans"));
    let expected = "\
error[R001]: there is no item `resource/samaritan`
  ┌─ content/topics/low-mood.md:9:5
9 │   - resource/samaritan
  │     ^^^^^^^^^^^^^^^^^^ not found
  = help: did you mean `resource/samaritans`?
";
    assert_eq!(topic(found), expected);
}

#[test]
fn labels_are_shown_in_order_of_lines_and_files() {
    let mut found = finding(TOPIC, "08:00", "closes before it opens")
        .label("closes")
        .also("content/b.yaml", Span::new(0, 1), "the rule")
        .also("content/topics/low-mood.md", span(TOPIC, "09:00"), "opens")
        .also("content/topics/low-mood.md", span(TOPIC, "resource/shout"), "of this")
        .also("content/topics/low-mood.md", span(TOPIC, "to"), "")
        .also("gone.yaml", Span::new(3, 4), "was here")
        .note("hours are local time")
        .help("swap them");
    found.severity = Severity::Warning;
    let expected = "\
warning[R001]: closes before it opens
  ┌─ content/topics/low-mood.md:4:5
3 │ from: 09:00
  │       ----- opens
4 │ to: 08:00
  │ --
  │     ^^^^^ closes
… │
7 │   - resource/shout
  │     -------------- of this
  ┌─ content/b.yaml:1:1
1 │ x: 1
  │ - the rule
  ┌─ gone.yaml
  │ was here
  = note: hours are local time
  = help: swap them
";
    assert_eq!(topic(found), expected);
}

#[test]
fn several_lines_show_first_and_last() {
    let text = "\n".repeat(8) + "help:\n  - kind: phone\n    number: 1\n    hours: x\nend: y\n";
    let found = finding(&text, "kind: phone\n    number: 1\n    hours: x\n", "m").label("all of this");
    let expected = "\
error[R001]: m
   ┌─ content/topics/low-mood.md:10:5
10 │   - kind: phone
   │     ^^^^^^^^^^^
 … │
12 │     hours: x
   │     ^^^^^^^^ all of this
";
    assert_eq!(draw(found, &files(&[("content/topics/low-mood.md", &text)]), PLAIN), expected);
}

#[test]
fn long_lines_and_long_help_fit_the_terminal() {
    let text = format!("a: {} first {} second {}", "x".repeat(60), "y".repeat(60), "z".repeat(60));
    let found = finding(&text, "second", "m")
        .label("this")
        .also("content/topics/low-mood.md", span(&text, "first"), "and this")
        .help("write it in words that a person who is tired can read\nand keep https://example.org/a-very-long-address-of-a-page whole");
    let expected = "\
error[R001]: m
  ┌─ content/topics/low-mood.md:1:132
1 │ …xxxxxxxxxxx first yyyyyyyyyyyyyyyy…
  │              ----- and this
1 │ …yyyyyyyyyyy second zzzzzzzzzzzzzzz…
  │              ^^^^^^ this
  = help: write it in words that a
          person who is tired can read
          and keep
          https://example.org/a-very-long-address-of-a-page
          whole
";
    assert_eq!(draw(found, &files(&[("content/topics/low-mood.md", &text)]), Options { color: false, width: 40 }), expected);
}

#[test]
fn what_hides_is_shown() {
    let text = "title: \u{202e}\u{1b}[31mx\n";
    let mut found = Finding::new("a\u{200b}.md", span(text, "x"), "bad\nerror[X]: \u{1b}[2J").label("\u{7}").note("\u{2066}");
    found.code = "W001";
    let expected = r"error[W001]: bad\u{a}error[X]: \u{1b}[2J
  ┌─ a\u{200b}.md:1:14
1 │ title: \u{202e}\u{1b}[31mx
  │                          ^ \u{7}
  = note: \u{2066}
";
    let text = draw(found, &files(&[("a\u{200b}.md", text)]), PLAIN);
    assert_eq!(text, expected);
}

#[test]
fn empty_files_and_examples_are_shown() {
    let mut found = Finding::new("a.md", Span::new(0, 0), "m");
    found.code = "J001";
    found.example = Some(serde_json::json!({ "danger": "no", "symptoms": ["sleep", "worry"], "hours": 4 }));
    let expected = "\
error[J001]: m
  ┌─ a.md:1:1
1 │
  │ ^
  = example: danger = no, symptoms = [sleep, worry], hours = 4
";
    assert_eq!(draw(found, &files(&[("a.md", "")]), PLAIN), expected);
}

#[test]
fn colours_are_those_of_rustc() {
    let text = topic_colour();
    assert!(
        text.starts_with("\u{1b}[1m\u{1b}[91merror[R001]\u{1b}[0m\u{1b}[1m: m\u{1b}[0m\n\u{1b}[1m\u{1b}[94m  ┌─\u{1b}[0m content"),
        "{text:?}"
    );
    assert!(text.contains("\u{1b}[1m\u{1b}[94m2 │\u{1b}[0m title: Low mood\n"), "{text:?}");
    assert!(text.contains("\u{1b}[1m\u{1b}[91m^^^^^ here\u{1b}[0m\n"), "{text:?}");
}

fn topic_colour() -> String {
    let found = finding(TOPIC, "title", "m").label("here");
    draw(found, &files(&[("content/topics/low-mood.md", TOPIC)]), Options { color: true, width: 80 })
}

#[test]
fn the_summary_counts_in_words() {
    let of = |severity, n: usize| {
        let mut finding = finding(TOPIC, "title", "m");
        finding.severity = severity;
        vec![finding; n]
    };
    let mut findings = [of(Severity::Error, 3), of(Severity::Warning, 1), of(Severity::Advice, 2)].concat();
    findings[0] = findings[0].clone().fix(Span::new(0, 0), "x");
    findings[3] = findings[3].clone().fix(Span::new(0, 0), "x");
    let mut report = Report { findings, items: 164 };
    assert_eq!(summary(&report), "3 errors, 1 warning and 2 pieces of advice in 164 items (2 can be fixed with `--fix`)");
    report.findings[3].is_known = true;
    assert_eq!(summary(&report), "3 errors and 2 pieces of advice in 164 items (1 can be fixed with `--fix`, 1 known finding not shown)");
    report.findings.drain(..3);
    report.findings.truncate(1);
    assert_eq!(render(&report, &files(&[]), PLAIN), "no new findings in 164 items (1 known finding not shown)\n");
    assert_eq!(render(&Report { findings: vec![], items: 1 }, &files(&[]), PLAIN), "no findings in 1 item\n");
}

#[test]
fn each_file_is_indexed_once() {
    let all: Vec<(String, String)> = (0..10_000).map(|i| (format!("content/{i:05}.md"), "line of text\n".repeat(20))).collect();
    let mut files = Files(all.iter().cloned().collect());
    files.0.insert("shared.md".to_owned(), "line of text\n".repeat(2_000));
    let finding = |path| Finding::new(path, Span::new(130, 134), "m").also("shared.md", Span::new(0, 4), "l");
    let report = Report { findings: all.iter().map(|(path, _)| finding(path)).collect(), items: 10_000 };
    let start = std::time::Instant::now();
    let text = render(&report, &files, PLAIN);
    // Generous, for an unoptimised build on a busy machine; indexing the shared file for each finding takes longer.
    assert!(text.len() > 1_000_000 && start.elapsed().as_secs() < 10, "{:?}", start.elapsed());
}

proptest! {
    #[test]
    fn never_panics_and_never_lets_a_control_through(
        text in "[a\té睡\u{301}\u{202e}\u{1b}\r\n🙂 \u{feff}]{0,120}",
        spans in proptest::collection::vec((0usize..400, 0usize..200), 1..5),
        width in 0usize..120,
    ) {
        let mut spans = spans.into_iter().map(|(s, n)| Span::new(s, s + n));
        let mut found = Finding::new("a", spans.next().unwrap(), text.clone()).label(text.clone()).help(text.clone());
        for span in spans {
            found = found.also("a", span, text.clone()).also("b", span, "x");
        }
        let report = Report { findings: vec![found], items: 1 };
        let out = render(&report, &files(&[("a", &text), ("b", "")]), Options { color: false, width });
        prop_assert!(out.chars().all(|c| c == '\n' || !super::super::escape::is_hidden(c)));
    }

    #[test]
    fn any_text_at_all(text in any::<String>(), start in any::<u32>(), end in any::<u32>()) {
        let place = Place { file: "a".to_owned(), span: Span { start, end } };
        let found = Finding { place, ..Finding::new("a", Span::new(0, 0), text.clone()) };
        render(&Report { findings: vec![found], items: 1 }, &files(&[("a", &text)]), PLAIN);
    }
}
