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

use crate::check::words::codes;
use crate::check::{Check, Context, FileContext, Rule, Sink, rule, rules};
use crate::diag::Severity;
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
        if let Some(word) = by.value.strip_prefix("site/") {
            of_the_site(file, by, word, sink);
        } else if by.value.contains('/') {
            of_an_item(file, by, sink);
        } else {
            code(file, by, sink);
        }
    }
}

fn code(file: &FileContext<'_, '_>, by: Text<'_>, sink: &mut Sink<'_>) {
    // Review, generated pages and web links are judged by commands of their own, which keep their codes to themselves.
    let is_elsewhere = is_code(by.value) && rules().all(|r| r.code[..1] != by.value[..1]);
    if rule(by.value).is_some() || is_elsewhere {
        return;
    }
    let finding = file.finding(by.span, format!("there is no check `{}`", by.value)).label("not found");
    sink.push(finding.help("name a safety rule (`journey/…#rule`, `site/safety#rule`), an item, or the code that a finding shows"));
}

/// A capital letter and three digits.
fn is_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'Z', rest @ ..] if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit))
}

fn of_the_site(file: &FileContext<'_, '_>, by: Text<'_>, rest: &str, sink: &mut Sink<'_>) {
    let (word, anchor) = rest.split_once('#').map_or((rest, None), |(word, anchor)| (word, Some(anchor)));
    let Some(singleton) = Singleton::ALL.into_iter().find(|s| s.word() == word) else {
        let finding = file.finding(by.span, format!("there is no `site/{word}`")).label("not found");
        let near = suggest(word, Singleton::ALL.iter().map(|s| s.word())).map(|w| format!("site/{w}"));
        sink.push(match near {
            Some(near) => finding.did_you_mean(Some(&near)),
            None => finding.help(format!("there are {}", codes(Singleton::ALL.iter().map(|s| format!("site/{}", s.word())), "and"))),
        });
        return;
    };
    let path = format!("content/{}.yaml", singleton.word());
    if file.site.snapshot.file(&path).is_none() {
        sink.push(file.finding(by.span, format!("there is no {path}")).help("add the file, or name what holds the control"));
    } else if let Some(anchor) = anchor {
        let ids = site_rules(file.site, singleton);
        named(file, by, anchor, &format!("site/{word}"), &ids, sink);
    }
}

/// The ids of what a singleton holds that a control can name.
fn site_rules<'a>(site: &Context<'a>, singleton: Singleton) -> Vec<&'a str> {
    let content = &site.content;
    match singleton {
        Singleton::Safety => content.safety.iter().flat_map(safety_rules).collect(),
        Singleton::Wording => content.wording.iter().flat_map(|w| &w.rules).map(|r| r.id.value).collect(),
        _ => Vec::new(),
    }
}

fn safety_rules<'a>(safety: &crate::model::Safety<'a>) -> Vec<&'a str> {
    let outcomes = safety.outcomes.iter().map(|r| r.id.value);
    outcomes.chain(safety.journeys.iter().map(|r| r.id.value)).chain(safety.pages.iter().map(|r| r.id.value)).collect()
}

fn of_an_item(file: &FileContext<'_, '_>, by: Text<'_>, sink: &mut Sink<'_>) {
    let Some((id, anchor)) = by.value.split_once('#') else { return };
    // An item that is missing, or no id at all, is for the rules on references.
    let Some(item) = file.site.content.get(id) else { return };
    let Some(journey) = item.journey() else {
        if item.model.is_some() {
            let finding = file.finding(by.span, format!("`{id}` has no rules that a control could name"));
            sink.push(finding.help(format!("name `{id}` as a whole, or a rule of a journey or of site/safety")));
        }
        return;
    };
    let ids: Vec<&str> = journey.safety.iter().map(|r| r.id.value).collect();
    named(file, by, anchor, id, &ids, sink);
}

fn named(file: &FileContext<'_, '_>, by: Text<'_>, anchor: &str, whole: &str, ids: &[&str], sink: &mut Sink<'_>) {
    if ids.contains(&anchor) {
        return;
    }
    let finding = file.finding(by.span, format!("`{whole}` has no rule `{anchor}`")).label("not found");
    sink.push(match suggest(anchor, ids.iter().copied()) {
        Some(near) => finding.did_you_mean(Some(&format!("{whole}#{near}"))),
        None if ids.is_empty() => finding.help(format!("it has no rules with an id: name `{whole}` as a whole")),
        None => finding.help(format!("its rules are {}", codes(ids, "and"))),
    });
}
