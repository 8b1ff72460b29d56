//! A number that no phone in the country can have.
//!
//! Somebody who has found the courage to call hears "the number you have dialled has not been recognised". One digit
//! too few or too many is the commonest mistake, so each number is held against the country's numbering plan: whether it is
//! long enough, and whether numbers that begin so are given out at all. Short numbers such as `116 123` have to stand in
//! the site's `short_codes`. Numbers that are set aside for drama ring nowhere: they are right in a demonstration and
//! wrong everywhere else.
//!
//! ## Example
//! ```yaml
//! channels:
//!   - {type: phone, value: "0300 123 33"}
//! ```
//!
//! ## Instead
//! ```yaml
//! channels:
//!   - {type: phone, value: "0300 123 3393"}
//! ```
//!
//! ## Where it comes from
//! The numbering plan is that of Google's libphonenumber; the ranges for drama are Ofcom's.

use super::{offered, words};
use crate::check::{Check, FileContext, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{ChannelType, Identity, Singleton, Text, suggest};
use crate::phone::{Fault, Plan, is_fictional};

pub const RULE: Rule = Rule {
    code: "P001",
    name: "number-cannot-be",
    severity: Severity::Error,
    source: include_str!("p001_number_cannot_be.rs"),
    check: Check::File(check),
};

const COMPARE: &str = "compare it digit by digit with the service's own page";

fn check(file: &FileContext<'_, '_>, sink: &mut Sink<'_>) {
    let site = file.site;
    if file.identity == Identity::Singleton(Singleton::Site) {
        let Some(settings) = &site.content.site else { return };
        if site.numbers().plan.is_none() {
            let finding = file.finding(settings.country.span, format!("no country has the letters `{}`", settings.country.value));
            sink.push(finding.help("write the two letters of the country, such as `GB`; without them no phone number can be checked"));
        }
        if let Some(call) = settings.emergency_help.as_ref().and_then(|e| e.call) {
            number(file, call, false, sink);
        }
        return;
    }
    let Some((_, resource)) = offered(file) else { return };
    let today = site.today_text();
    for channel in resource.channels.iter().filter(|c| c.ty.is_number() && !c.is_over_on(today)) {
        if let Some(value) = channel.value {
            number(file, value, channel.ty == ChannelType::Textphone, sink);
        }
    }
}

fn number(file: &FileContext<'_, '_>, value: Text<'_>, is_textphone: bool, sink: &mut Sink<'_>) {
    let Some(plan) = &file.site.numbers().plan else { return };
    // Relay UK: 18001, then the number of the service.
    let relayed = value.trim_start().strip_prefix("18001").filter(|_| is_textphone).map(str::trim_start);
    let text = relayed.filter(|r| !r.is_empty()).unwrap_or(value.value);
    let finding = |message: String| file.finding(words(file.file, value), message);
    if plan.number(text).is_some_and(is_fictional) {
        if !file.site.content.is_demonstration() {
            let finding = finding(format!("`{text}` is set aside for drama: nobody answers it")).label("rings nowhere");
            sink.push(finding.help("write the service's real number, or keep the item a draft until it is known"));
        }
        return;
    }
    match plan.check(text) {
        Err(fault) => sink.push(explain(fault, text, plan, finding)),
        Ok(None) if relayed.is_none() => {
            let numbers = file.site.numbers();
            let is_known = numbers.number(text).is_some_and(|n| numbers.short_code(n).is_some());
            if !is_known {
                let near = suggest(text, numbers.short_codes());
                let help = match near {
                    Some(code) => format!("did you mean `{code}`? If `{text}` is right, add it to `short_codes` in content/site.yaml"),
                    None => format!("{COMPARE}; if it is a short number, add it to `short_codes` in content/site.yaml"),
                };
                let message = format!("`{text}` is neither a full phone number nor one of the site's short codes");
                sink.push(finding(message).label("not a number to dial").help(help));
            }
        }
        Ok(_) => {}
    }
}

fn explain(fault: Fault, text: &str, plan: &Plan, finding: impl Fn(String) -> Finding) -> Finding {
    match fault {
        Fault::NotDigits => finding(format!("`{text}` is no phone number: only digits and spaces can stand in one"))
            .label("not only digits")
            .help("write the number as it is dialled; words about it go into `label` or `note`"),
        Fault::TooShort => finding(format!("the number `{text}` is too short")).label("digits are missing").help(COMPARE),
        Fault::TooLong => finding(format!("the number `{text}` is too long")).label("there are digits too many").help(COMPARE),
        Fault::NoPrefix => finding(format!("the number `{text}` cannot be dialled without `{}` in front", plan.prefix()))
            .label("the first digit is missing")
            .help(format!("write `{}{text}`", plan.prefix())),
        Fault::NoSuchRange => {
            finding(format!("no number in this country begins as `{text}` does")).label("no such area code or range").help(COMPARE)
        }
        Fault::NoSuchCountry => {
            finding(format!("no country has the code that `{text}` begins with")).label("no such country code").help(COMPARE)
        }
    }
}
