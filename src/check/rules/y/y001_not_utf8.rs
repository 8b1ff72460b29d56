//! A file whose bytes are not UTF-8 text.
//!
//! Accents, quotation marks and whole alphabets would turn into other characters on the page, and different programs
//! would show different ones. Only UTF-8 is read, so that everybody reads the same words. The finding points at the first
//! byte that is wrong; the file is looked at no further until it is put right.
//!
//! ## Example
//! A page saved in the Windows or Latin-1 encoding, in which `é` is the single byte E9.
//!
//! ## Instead
//! Save the file with the encoding UTF-8: most editors have it under "Save as" or in the status bar.
//!
//! ## Where it comes from
//! YAML 1.2.2, section 5.2, and every current web standard read UTF-8 by default.

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::load::Refusal;
use crate::source::Span;

pub const RULE: Rule =
    Rule { code: "Y001", name: "not-utf8", severity: Severity::Error, source: include_str!("y001_not_utf8.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(Refusal::NotUtf8 { at, byte }) = file.file.refusal else { return };
    let span = Span { start: at, end: at };
    let finding = file.finding(span, format!("this file is not UTF-8: the byte {byte:02X} here is no character")).label("first wrong byte");
    sink.push(match in_windows_encoding(byte) {
        Some(c) => finding.help(format!("save it with the encoding UTF-8; the byte would be `{c}` in the Windows encoding")),
        None if byte >= 0xfe && at == 0 => finding.help("it looks like UTF-16: save it with the encoding UTF-8"),
        None => finding.help("save it with the encoding UTF-8"),
    });
}

/// What a byte is in windows-1252, the encoding that files in other encodings most often have.
fn in_windows_encoding(byte: u8) -> Option<char> {
    match byte {
        0x80 => Some('€'),
        0x85 => Some('…'),
        0x91 => Some('‘'),
        0x92 => Some('’'),
        0x93 => Some('“'),
        0x94 => Some('”'),
        0x95 => Some('•'),
        0x96 => Some('–'),
        0x97 => Some('—'),
        0xa1..=0xfd => Some(char::from(byte)),
        _ => None,
    }
}
