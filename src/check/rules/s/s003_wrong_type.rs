//! A value of the wrong type: a number where text belongs, text where a list belongs.
//!
//! YAML tells types apart by how a value is written. Digits alone are a number, and a number loses what makes a phone
//! number work: the zero in front, the spaces. Quotation marks make it a text.
//!
//! ## Example
//! ```yaml
//! channels:
//!   - {type: phone, value: 999}
//! topics: topic/sleep
//! ```
//!
//! ## Instead
//! ```yaml
//! channels:
//!   - {type: phone, value: "999"}
//! topics: [topic/sleep]
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::words::list;
use crate::diag::{Finding, Severity};
use crate::schema::{Problem, Violation, Wanted};
use crate::source::Span;
use crate::yaml::{NodeRef, Type, quoted};

pub const RULE: Rule = Rule {
    code: "S003",
    name: "wrong-type",
    severity: Severity::Error,
    source: include_str!("s003_wrong_type.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for violation in file.violations() {
        // A file that is no map at all is what Y025 says.
        let Problem::Type(wanted) = &violation.problem else { continue };
        if violation.path.is_empty() && violation.span.start == violation.node.span().start && violation.node.ty() != Type::Map {
            continue;
        }
        let node = violation.node;
        let words: Vec<&str> = wanted.iter().map(|w| in_words(*w)).collect();
        let message = match node.ty() {
            Type::Null => format!("{} has no value, and needs {}", violation.subject(), list(&words, "or")),
            ty => format!("{} is {}, and has to be {}", violation.subject(), what(ty), list(&words, "or")),
        };
        let finding = violation.owned(file.finding(violation.span, message));
        sink.push(advise(file, violation, wanted, finding));
    }
}

fn in_words(wanted: Wanted) -> &'static str {
    match wanted {
        Wanted::List => "a list",
        Wanted::Bool => "`true` or `false`",
        Wanted::Integer => "a whole number",
        Wanted::Null => "nothing",
        Wanted::Number => "a number",
        Wanted::Map => "a map of keys and values",
        Wanted::Text => "a text",
    }
}

fn what(ty: Type) -> &'static str {
    match ty {
        Type::Null => "nothing",
        Type::Bool => "`true` or `false`",
        Type::Number => "a number",
        Type::String => "a text",
        Type::List => "a list",
        Type::Map => "a map of keys and values",
    }
}

fn advise(file: &FileContext<'_, '_>, violation: &Violation<'_>, wanted: &[Wanted], finding: Finding) -> Finding {
    let node = violation.node;
    let source = node.source(node.span());
    let has = |w: Wanted| wanted.contains(&w);
    match node.ty() {
        Type::Null => {
            let example = violation.key().and_then(|key| violation.example_line(key));
            finding.help(example.map_or_else(
                || "write it after the colon, or take the key out".to_owned(),
                |line| format!("write it after the colon, for example `{line}`, or take the key out"),
            ))
        }
        Type::Number | Type::Bool if has(Wanted::Text) => {
            let text = quoted(source);
            let finding = finding.help(format!("put quotation marks around it: {text}")).fix(node.span(), text);
            let is_phone = matches!(violation.key(), Some("value" | "call" | "short_codes"));
            if is_phone { finding.note("phone numbers are texts: as a number they lose zeros and spaces") } else { finding }
        }
        Type::String if has(Wanted::Bool) => match node.str().map(str::to_lowercase).as_deref() {
            Some(word @ ("yes" | "on" | "true" | "y")) => truth(finding, node, word, "true"),
            Some(word @ ("no" | "off" | "false" | "n")) => truth(finding, node, word, "false"),
            _ => finding.help("write `true` or `false`"),
        },
        Type::String if has(Wanted::Integer) || has(Wanted::Number) => {
            let text = node.str().unwrap_or("").trim();
            let digits: String = text.chars().take_while(char::is_ascii_digit).collect();
            if !digits.is_empty() && digits == text && (digits.len() == 1 || !digits.starts_with('0')) {
                finding.help("take the quotation marks off").fix(node.span(), digits)
            } else {
                let example = violation.example_text().map_or_else(String::new, |e| format!(", such as {e}"));
                finding.help(format!("write the number in digits and nothing else{example}"))
            }
        }
        Type::Number if has(Wanted::Integer) => finding.help("write a number without a decimal point"),
        Type::String | Type::Number | Type::Bool if has(Wanted::List) => {
            let is_simple = !source.contains(['\n', ',', '[', ']', '{', '}']) && !source.starts_with(['|', '>']);
            let finding = finding.help("put square brackets around it, or write each entry on a line of its own that begins with `- `");
            if is_simple { finding.fix(node.span(), format!("[{source}]")) } else { finding }
        }
        Type::Map if has(Wanted::Text) => map_for_text(file, violation, finding),
        Type::List if has(Wanted::Text) => match (node.items().len(), violation.key()) {
            (0 | 1, _) if source.starts_with('[') => {
                finding.help("write the text without brackets; if they are part of it, put quotation marks around it")
            }
            (_, Some(key)) => finding.help(format!("`{key}` has one text: write it after the colon")),
            _ => finding,
        },
        _ => match violation.key().and_then(|key| violation.example_line(key)) {
            Some(line) => finding.help(format!("write it like this: `{line}`")),
            None => finding,
        },
    }
}

fn truth(finding: Finding, node: NodeRef<'_>, word: &str, value: &'static str) -> Finding {
    let help = if word == value { "write it without quotation marks, in lower case" } else { "write `true` for yes and `false` for no" };
    finding.help(help).fix(node.span(), value)
}

/// `- Helpline: open all night`: the colon made a map of the text.
fn map_for_text(file: &FileContext<'_, '_>, violation: &Violation<'_>, finding: Finding) -> Finding {
    let node = violation.node;
    let mut entries = node.entries();
    let (Some(entry), None) = (entries.next(), entries.next()) else {
        return finding.help("write one text here, without keys");
    };
    let whole = Span { start: entry.key.start, end: entry.value.span().end.max(entry.key.end) };
    let text = whole.of(&file.file.text);
    let is_line = !text.contains('\n') && !node.source(node.span()).starts_with('{') && entry.value.scalar().is_some();
    if is_line && violation.path.last().is_some_and(|s| matches!(s, crate::schema::Step::Entry(_))) {
        let mut finding = finding.help("a colon and a space make a key of what is before them: put quotation marks around the text");
        finding.place.span = whole;
        return finding.fix(whole, quoted(text));
    }
    finding.help("write one text here, without keys; if it has a colon in it, put quotation marks around it")
}
