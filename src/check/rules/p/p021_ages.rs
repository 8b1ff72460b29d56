//! The youngest age is above the oldest.
//!
//! Nobody is both: a service, a journey or the site itself would be shown as being for no one.
//!
//! ## Example
//! ```yaml
//! eligibility:
//!   age: {min: 18, max: 11}
//! ```
//!
//! ## Instead
//! ```yaml
//! eligibility:
//!   age: {min: 11, max: 18}
//! ```

use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::Severity;

pub const RULE: Rule =
    Rule { code: "P021", name: "ages", severity: Severity::Error, source: include_str!("p021_ages.rs"), check: Check::File(check) };

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(data) = file.file.data() else { return };
    let places = [data.at(["eligibility", "age"]), data.at(["audience", "age"]), data.get("age")];
    for age in places.into_iter().flatten() {
        let (Some(min), Some(max)) = (age.get("min"), age.get("max")) else { continue };
        if let (Some(youngest), Some(oldest)) = (min.int(), max.int())
            && youngest > oldest
        {
            let finding = file.finding(min.span(), format!("nobody is {youngest} or older and {oldest} or younger"));
            sink.push(finding.label("above the oldest age").also(&file.file.path, max.span(), "the oldest age").help("check both ages"));
        }
    }
}
