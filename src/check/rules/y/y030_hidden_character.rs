//! A character that cannot be seen: it hides, joins or turns around the text beside it.
//!
//! Zero-width characters make two texts look alike that are not; marks of direction show a number or a sentence in
//! another order than it is dialled or read out; control characters drive terminals. A reviewer cannot review what
//! cannot be seen. The finding names each character by its code point. Between letters of scripts that need them, such as
//! Arabic, Bengali or Tamil, the zero-width joiner and non-joiner are allowed.
//!
//! Characters that are only written, as `"\u200b"` in YAML or `&shy;` in Markdown, count as well.
//!
//! ## Example
//! ```yaml
//! value: "0808\u200b 157 0123"
//! ```
//!
//! ## Instead
//! ```yaml
//! value: "0808 157 0123"
//! ```
//!
//! ## Where it comes from
//! Unicode Technical Report 36; "Trojan Source", CVE-2021-42574.

use crate::check::hidden::{self, Hidden};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::markdown::Refusal;
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "Y030",
    name: "hidden-character",
    severity: Severity::Error,
    source: include_str!("y030_hidden_character.rs"),
    check: Check::File(check),
};

/// More than this in one file are counted, not shown.
const MOST: usize = 200;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let text = &file.file.text;
    if text.starts_with('\u{feff}') {
        let bom = Span::new(0, '\u{feff}'.len_utf8());
        let finding = file.finding(bom, "the file begins with a byte order mark (U+FEFF), which cannot be seen");
        sink.push_as(Severity::Warning, finding.help("save it as UTF-8 without a byte order mark").fix(bom, ""));
    }
    let found = hidden::in_text(text);
    let left_out = found.len().saturating_sub(MOST);
    for (n, run) in found.iter().take(MOST).enumerate() {
        let finding = in_words(file, run);
        let finding = if run.is_line_break() { finding } else { finding.fix(run.span, "") };
        sink.push(if n + 1 == MOST && left_out > 0 { finding.note(format!("and {left_out} more places in this file")) } else { finding });
    }
    line_ends(file, sink);
    for run in file.file.data().map(|data| hidden::in_escapes(text, data)).unwrap_or_default() {
        sink.push(in_words(file, &run).label(format!("writes {}", run.names())));
    }
    for (refusal, span) in file.body().into_iter().flat_map(|b| &b.refusals) {
        let Refusal::HiddenEntity(chars) = refusal else { continue };
        let run = Hidden { chars: chars.chars().collect(), span: *span };
        sink.push(in_words(file, &run).label(format!("writes {}", run.names())));
    }
}

fn in_words(file: &FileContext<'_, '_>, run: &Hidden) -> Finding {
    let what = if run.chars.len() == 1 { "a character that cannot be seen" } else { "characters that cannot be seen" };
    let finding = file.finding(run.span, format!("{what}: {}", run.names()));
    if run.turns_text() {
        finding.note("what follows is shown in another order than it is written").help("delete it")
    } else if run.chars.iter().any(|c| matches!(c, '\u{200c}' | '\u{200d}')) {
        finding.help("delete it; it is allowed only after a letter of a script that needs it, such as Arabic or Bengali")
    } else if run.is_line_break() {
        finding.help("put a space there, or begin a new line")
    } else {
        finding.help("delete it")
    }
}

/// Carriage returns without a line feed: lines to some programs, and to others text that overwrites what is before it.
fn line_ends(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let text = file.file.text.as_bytes();
    if !file.file.text.contains('\r') {
        return;
    }
    let lone: Vec<Span> =
        (0..text.len()).filter(|n| text[*n] == b'\r' && text.get(n + 1) != Some(&b'\n')).map(|n| Span::new(n, n + 1)).collect();
    let Some(first) = lone.first() else { return };
    let mut finding = file.finding(*first, "a carriage return (U+000D) without a line feed, which cannot be seen");
    if lone.len() > 1 {
        finding = finding.note(format!("there are {} of them in this file", lone.len()));
    }
    finding = finding.help("save the file with the line ends of Unix or Windows");
    for span in lone {
        finding = finding.fix(span, "\n");
    }
    sink.push(finding);
}
