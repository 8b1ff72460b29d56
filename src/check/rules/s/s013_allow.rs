//! An exception under `allow` for a check that does not exist, or that nobody may silence.
//!
//! An exception is reviewed together with the content, so it has to be one that does something. Checks of journeys (J),
//! hazards (H), references (R) and reviews (V) keep people safe and cannot be silenced.
//!
//! ## Example
//! ```yaml
//! allow:
//!   - {rule: R001, because: The page is on its way.}
//! ```
//!
//! ## Instead
//! ```yaml
//! allow:
//!   - {rule: W001, because: The word is part of the name of the service.}
//! ```

use crate::check::{self, Check, FileContext, NEVER_SILENCED, Rule, Sink};
use crate::diag::Severity;
use crate::model::suggest;

pub const RULE: Rule =
    Rule { code: "S013", name: "allow", severity: Severity::Error, source: include_str!("s013_allow.rs"), check: Check::File(check) };

/// Families whose findings come from other commands, each with codes of its own.
const ELSEWHERE: [char; 2] = ['A', 'L'];

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    for allow in file.item.into_iter().flat_map(|i| &i.common.allow) {
        let code = allow.rule.value;
        let (family, number) = code.split_at_checked(1).unwrap_or_default();
        if number.len() != 3 || !number.bytes().all(|b| b.is_ascii_digit()) {
            continue; // that it is no code is said as such
        }
        if family.starts_with(NEVER_SILENCED) {
            let finding = file.finding(allow.rule.span, format!("{code} cannot be silenced"));
            sink.push(finding.help("put right what it finds, and take the exception out"));
        } else if check::rule(code).is_none() && !family.starts_with(ELSEWHERE) {
            let finding = file.finding(allow.rule.span, format!("there is no check `{code}`"));
            let codes = check::rules().map(|r| r.code).filter(|c| c.starts_with(family));
            sink.push(match suggest(code, codes) {
                Some(near) => finding.did_you_mean(Some(near)),
                None => finding.help("write the code as the finding shows it, such as W001"),
            });
        }
    }
}
