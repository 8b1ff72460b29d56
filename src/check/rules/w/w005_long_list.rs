//! A list of more than 6 items.
//!
//! Of a long list people read the first items and the last. Group the items under headings of their own, or leave out
//! what matters least.
//!
//! ## Example
//! ```md
//! - tea
//! - coffee
//! - cola
//! - cocoa
//! - milk
//! - juice
//! - water
//! ```
//!
//! ## Instead
//! ```md
//! - tea, coffee or cola
//! - cocoa or milk
//! - juice or water
//! ```
//!
//! ## Where it comes from
//! NHS digital service manual, "How we write": lists of up to 6 items.

use super::is_retired;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule = Rule {
    code: "W005",
    name: "long-list",
    severity: Severity::Advice,
    source: include_str!("w005_long_list.rs"),
    check: Check::File(check),
};

const MOST: usize = 6;

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if is_retired(file) {
        return;
    }
    for list in file.body().into_iter().flat_map(|b| &b.lists).filter(|l| l.items > MOST) {
        sink.push(
            file.finding(list.span, format!("a list of {} items; the target is {MOST}", list.items))
                .help("make two lists with a heading each, or leave out what matters least"),
        );
    }
}
