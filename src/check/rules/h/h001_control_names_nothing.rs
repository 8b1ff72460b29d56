//! A control of a hazard names a rule, a check or a file that does not exist.
//!
//! The hazard log promises that something holds the hazard down. If what it names was renamed or taken away, nobody is
//! protected, and the log still says so. `by` names a safety rule of a journey, a rule or file of the whole site, an item,
//! or the code of a check.
//!
//! ## Example
//! ```yaml
//! controls:
//!   - {text: Thoughts of self-harm end at urgent help., type: design, by: journey/low-mood#self-harm-urgent}
//! ```
//!
//! ## Instead
//! ```yaml
//! controls:
//!   - {text: Thoughts of self-harm end at urgent help., type: design, by: journey/low-mood#self-harm-is-urgent}
//! ```
//!
//! ## Where it comes from
//! DCB0129: every risk control measure is implemented and verified.

use crate::check::hazards::control::{NotNamed, named};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::words::codes;
use crate::diag::{Finding, Severity};
use crate::model::{Item, Singleton, Text, suggest};

pub const RULE: Rule = Rule {
    code: "H001",
    name: "control-names-nothing",
    severity: Severity::Error,
    source: include_str!("h001_control_names_nothing.rs"),
    check: Check::File(check),
};

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let Some(hazard) = file.item.and_then(Item::hazard) else { return };
    for by in hazard.controls.iter().filter_map(|c| c.by) {
        if let Err(why) = named(file.site, by.value) {
            sink.extend(finding(file, by, &why));
        }
    }
}

fn finding(file: &FileContext<'_, '_>, by: Text<'_>, why: &NotNamed<'_, '_>) -> Option<Finding> {
    let not_found = |message: String| file.finding(by.span, message).label("not found");
    Some(match why {
        // An item that is missing, or no id at all, is for the rules on references.
        NotNamed::NoItem => return None,
        NotNamed::NoRules(item) => {
            item.model.as_ref()?;
            let id = item.id();
            let finding = file.finding(by.span, format!("`{id}` has no rules that a control could name"));
            finding.help(format!("name `{id}` as a whole, or a rule of a journey or of site/safety"))
        }
        NotNamed::Code => not_found(format!("there is no check `{}`", by.value))
            .help("name a safety rule (`journey/…#rule`, `site/safety#rule`), an item, or the code that a finding shows"),
        NotNamed::Singleton(word) => {
            let finding = not_found(format!("there is no `site/{word}`"));
            match suggest(word, Singleton::ALL.iter().map(|s| s.word())).map(|w| format!("site/{w}")) {
                Some(near) => finding.did_you_mean(Some(&near)),
                None => finding.help(format!("there are {}", codes(Singleton::ALL.iter().map(|s| format!("site/{}", s.word())), "and"))),
            }
        }
        NotNamed::NoFile(singleton) => {
            let message = format!("there is no content/{}.yaml", singleton.word());
            file.finding(by.span, message).help("add the file, or name what holds the control")
        }
        NotNamed::NoRule(whole, anchor, ids) => {
            let finding = not_found(format!("`{whole}` has no rule `{anchor}`"));
            match suggest(anchor, ids.iter().copied()) {
                Some(near) => finding.did_you_mean(Some(&format!("{whole}#{near}"))),
                None if ids.is_empty() => finding.help(format!("it has no rules with an id: name `{whole}` as a whole")),
                None => finding.help(format!("its rules are {}", codes(ids, "and"))),
            }
        }
    })
}
