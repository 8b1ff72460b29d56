//! A number that is not written as people in the country write it.
//!
//! A number is read in groups, remembered in groups, and read aloud in groups by a screen reader. One run of eleven digits, or
//! groups in unusual places, is misread and misdialled, most of all by somebody who is upset. How the part after the
//! area code is grouped is left to the service.
//!
//! ## Example
//! ```yaml
//! channels:
//!   - {type: phone, value: "08081570123"}
//! ```
//!
//! ## Instead
//! ```yaml
//! channels:
//!   - {type: phone, value: "0808 157 0123"}
//! ```
//!
//! ## Where it comes from
//! The groups are those of Google's libphonenumber for the country.

use super::{offered, words};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::Text;
use crate::phone::is_fictional;

pub const RULE: Rule = Rule {
    code: "P002",
    name: "number-unusual",
    severity: Severity::Advice,
    source: include_str!("p002_number_unusual.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some((_, resource)) = offered(file) else { return };
    let today = file.site.today_text();
    for channel in resource.channels.iter().filter(|c| c.ty.is_number() && !c.is_over_on(today)) {
        if let Some(value) = channel.value {
            number(file, value, sink);
        }
    }
}

fn number(file: &FileContext<'_, '_>, value: Text<'_>, sink: &mut Sink<'_>) {
    let numbers = file.site.numbers();
    let (Some(plan), Some(number)) = (&numbers.plan, numbers.number(value.value)) else { return };
    let usual = match numbers.short_code(number) {
        Some(code) => Some(code.to_owned()),
        // What is no number has a rule of its own.
        None => plan.written(value.value).filter(|_| is_fictional(number) || plan.check(value.value).is_ok()),
    };
    let Some(usual) = usual.filter(|usual| !is_alike(value.value, usual)) else { return };
    let place = words(file.file, value);
    let message = format!("the number `{}` is usually written `{usual}`", value.value);
    sink.push(file.finding(place, message).label("hard to read and to dial").help(format!("write `{usual}`")).fix(place, usual));
}

/// Whether a number is written like another: the same first group, no longer run of digits, and nothing but spaces between.
fn is_alike(written: &str, usual: &str) -> bool {
    let groups = |text: &str| text.split(' ').map(str::len).collect::<Vec<_>>();
    let (own, others) = (groups(written), groups(usual));
    let is_plain = written.bytes().all(|b| b.is_ascii_digit() || b == b' ') && !own.contains(&0);
    written == usual || (is_plain && own.len() > 1 && own.first() == others.first() && own.iter().max() <= others.iter().max())
}
