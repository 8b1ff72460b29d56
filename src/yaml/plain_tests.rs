//! The plain reader held against the full parser.

use proptest::prelude::*;

use super::parse::{Parsed, parse_any};
use super::plain::read;
use super::tree::{NodeRef, Type};
use crate::source::Span;

fn dump(node: NodeRef<'_>, out: &mut Vec<(Type, Span, String)>) {
    out.push((node.ty(), node.span(), node.scalar().unwrap_or("").to_owned()));
    node.items().for_each(|item| dump(item, out));
    for entry in node.entries() {
        out.push((Type::String, entry.key, entry.name.to_owned()));
        dump(entry.value, out);
    }
}

/// Where the plain reader does not give up it gives what the full parser gives; says whether it gave up.
fn agrees(text: &str, range: Span) -> bool {
    let Some(ours) = read(text, range) else { return false };
    let full = parse_any(text, range);
    let all = |parsed: &Parsed| {
        let mut out = Vec::new();
        parsed.yaml.root(text).into_iter().for_each(|root| dump(root, &mut out));
        out
    };
    assert_eq!(ours.problems, full.problems, "{text}");
    assert_eq!(all(&ours), all(&full), "{text}");
    true
}

fn all_of(text: &str) -> Span {
    Span::new(0, text.len())
}

#[test]
fn what_editors_write_is_plain() {
    for text in [
        "a: one two   # x\nb:\nc:   # y\n  - p: 1\n    q: \"x y\"\n\n  - [a, b c, {k: v}]\nd:\n- x\n- y\ne: >-\n  foo\n  bar\n\nf: {}\n",
        "g: []\nh: |\n  lit\n    two\n\n  three\n# end\ni: [ a ,  b ]  # c\nj:\n  # only a comment\nk: last   \n",
        "a: https://example.org/#x\nb: 24/7\nc: Mo-Fr 09:00-17:00; PH off\nd: -1.5\ne: 1.10\na: again\nf: caf\u{e9} \u{2019}\n",
        "dependencies:\n  resource/a-b: sha256:00ff\n  partial/c: d\n  1/2: e\nsignature: |\n  x\n  y\n",
        "a: >\n  x\n  y\n\n\n  z\nb:\n  - >-\n    x\n  - |\n    y\nc:\n    - d: 1\n      e:\n      - 1\n    - f: 'x'",
    ] {
        assert!(agrees(text, all_of(text)), "{text}");
    }
}

#[test]
fn doubt_is_left_to_the_full_parser() {
    for text in [
        "",
        "# c\n",
        "- a\n",
        "a: b: c\n",
        "a: b\n c\n",
        "a: \"x\\n\"\n",
        "a: [b,\n c]\n",
        "a: >+\n  x\n",
        "a: >-\n  x\n   y\n",
        "---\na: 1\n",
        "a: &b c\n",
        "a: !b c\n",
        "a:\tb\n",
        "a: b\r\n",
        "? a\n",
        "a:\n  - b\n c: d\n",
        "a: 'b''c'\n",
        " a: b\n",
        "a: b\n  c: d\n",
        "a: @b\n",
    ] {
        assert!(read(text, all_of(text)).is_none(), "{text}");
    }
}

#[test]
fn most_of_our_own_files_are_plain() {
    let (mut plain, mut all) = (0, 0);
    for text in blueprints() {
        all += 1;
        plain += usize::from(agrees(text, all_of(text)));
        for (at, _) in text.match_indices('\n') {
            agrees(text, Span::new(0, at));
        }
    }
    assert!(plain * 10 > all * 7, "{plain} of {all}");
}

fn blueprints() -> impl Iterator<Item = &'static str> {
    let files = crate::embedded::BLUEPRINTS.iter().filter(|(path, _)| path.ends_with(".yaml"));
    files.map(|(_, bytes)| std::str::from_utf8(bytes).unwrap())
}

fn line() -> impl Strategy<Value = String> {
    let word = prop_oneof![
        "[a-c]",
        Just("no".to_owned()),
        Just("1.10".to_owned()),
        Just("~".to_owned()),
        Just("\"q: #\"".to_owned()),
        Just("'q'".to_owned()),
        Just("x # c".to_owned()),
        Just("x#c".to_owned()),
        Just("x y ".to_owned()),
        Just("a:b".to_owned()),
        Just("\u{e9}".to_owned()),
        Just("-1".to_owned()),
        Just("-".to_owned()),
        Just("[]".to_owned()),
        Just("{}".to_owned()),
        Just("[a, b c,d , \"e\"]".to_owned()),
        Just("[a, ]".to_owned()),
        Just("{a: b, c: [d]}".to_owned()),
        Just("{a: , b}".to_owned()),
        Just("[a: b]".to_owned()),
        Just(">-".to_owned()),
        Just(">".to_owned()),
        Just("|".to_owned()),
        Just("|-".to_owned()),
        Just("".to_owned()),
        Just("# c".to_owned()),
        "[-a-c:#,\\[\\]{}'\" >|&*!%@?]{1,6}",
    ];
    let key = prop_oneof![4 => "[a-e]: {1,2}", 1 => "[a-e]:", 3 => "- ", 2 => "- [a-e]: ", 1 => Just(String::new()), 1 => Just("- - ".to_owned())];
    (0usize..5, key, word).prop_map(|(indent, key, word)| format!("{}{key}{word}\n", " ".repeat(indent)))
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 8 * ProptestConfig::default().cases, failure_persistence: None, ..ProptestConfig::default() })]
    #[test]
    fn any_lines_are_read_alike(lines in proptest::collection::vec(line(), 1..8), cut in 0usize..3) {
        let text: String = lines.concat();
        let text = &text[..text.char_indices().rev().nth(cut).map_or(0, |(at, _)| at)];
        agrees(text, all_of(text));
        let text = format!("a: b\n{text}");
        agrees(&text, all_of(&text));
    }

    #[test]
    fn mutated_files_are_read_alike(file in 0usize..1000, at in 0usize..4096, cut in 0usize..6, put in "[ \n:#'\"a,\\[\\]{}>|~-]{0,4}") {
        let texts: Vec<_> = blueprints().collect();
        let text = texts[file % texts.len()];
        let mut at = at % (text.len() + 1);
        while !text.is_char_boundary(at) {
            at -= 1;
        }
        let rest: String = text[at..].chars().skip(cut).collect();
        let text = format!("{}{put}{rest}", &text[..at]);
        agrees(&text, all_of(&text));
    }
}
