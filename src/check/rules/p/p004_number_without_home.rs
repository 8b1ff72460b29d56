//! A text names a number that no live service has.
//!
//! Numbers have one home, the file of the service: there it is checked, confirmed and, when it changes, changed for every page. A number
//! that stands in running text alone is nobody's to keep right. A number in a text is fine where a live service or the
//! site's `short_codes` have the same one.
//!
//! ## Example
//! ```md
//! Call the helpline on 0808 157 0999.
//! ```
//!
//! ## Instead
//! ```md
//! Call the [helpline](resource/example-helpline).
//! ```

use crate::check::numbers::Sort;
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;
use crate::model::{Status, suggest};

pub const RULE: Rule = Rule {
    code: "P004",
    name: "number-without-home",
    severity: Severity::Warning,
    source: include_str!("p004_number_without_home.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    if file.item.is_some_and(|i| i.status() == Status::Retired) {
        return;
    }
    let numbers = file.site.numbers();
    for (at, mention) in file.mentions() {
        // Retired numbers have a rule of their own.
        if numbers.is_in_use(mention.number) || numbers.retired(mention.number).is_some() {
            continue;
        }
        let piece = &file.pieces()[*at];
        let text = &piece.text[mention.range.clone()];
        let finding =
            file.finding(piece.span(mention.range.clone()), format!("no live service has the number `{text}`")).label("nobody's number");
        sink.push(match (mention.sort, suggest(text, numbers.short_codes())) {
            (Sort::Called, Some(code)) => finding.did_you_mean(Some(code)),
            (Sort::Called, None) => finding.help("add it to `short_codes` in content/site.yaml if it is right, or link to the service"),
            _ => finding.help("put the number into the file of the service in content/resources/, and link to the service here"),
        });
    }
}
