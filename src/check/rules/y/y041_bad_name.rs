//! A file whose name breaks the rules for names.
//!
//! The name is part of the item's id and of the address of its page, which people type, read out and print on leaflets.
//! So it is lower-case letters a to z and digits, with single hyphens between words, at most 64 characters.
//!
//! ## Example
//! `content/topics/Sleep_Tips.md`
//!
//! ## Instead
//! `content/topics/sleep-tips.md`

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Identity, is_name, to_name};
use crate::source::Span;

pub const RULE: Rule =
    Rule { code: "Y041", name: "bad-name", severity: Severity::Error, source: include_str!("y041_bad_name.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let (Identity::Item { name, .. } | Identity::Confirmation(name)) = file.identity else { return };
    if is_name(name) || file.file.refusal.is_some() {
        return;
    }
    let finding = file.finding(Span::default(), format!("`{name}` breaks the rules for names"));
    let path = &file.file.path;
    sink.push(match to_name(name) {
        Some(right) => {
            let at = path.rfind(name).unwrap_or(0);
            let renamed = format!("{}{right}{}", &path[..at], &path[at + name.len()..]);
            finding.help(format!("rename the file to `{renamed}`"))
        }
        None => finding.help("rename the file with lower-case letters a to z, digits and hyphens"),
    });
}
