//! Of one difference: what kind of change it is, and how much approval it needs (REVIEW.md, class of a change).
//!
//! The class is found, never declared, and in doubt it is the higher. Knows nothing of how people are sent elsewhere: that
//! is `behaviour`.

use serde_json::Value;

use super::codes::{self, Code};
use super::fields::Field;
use super::prose;
use super::subject::Sort;
use crate::model::{Class, Kind};

/// What is known of the item beside the difference.
#[derive(Debug, Clone, Copy)]
pub struct Around {
    /// What it is.
    pub sort: Sort,
    /// Its wording may not be changed without a clinician: it is sensitive, or an ending of the two most urgent ranks.
    pub is_guarded: bool,
    /// It is a service for people in a crisis, or an ending that is urgent.
    pub is_crisis: bool,
    /// Of a journey: whether its behaviour is proved to be the same.
    pub is_same_behaviour: bool,
}

/// What one difference is.
#[derive(Debug, Clone)]
pub struct Verdict {
    /// The kind of change.
    pub code: &'static Code,
    /// How much approval it needs.
    pub class: Class,
    /// The reason, where the code's name does not say enough.
    pub because: Option<&'static str>,
}

fn verdict(code: &'static Code, class: Class) -> Verdict {
    Verdict { code, class, because: None }
}

/// What a difference is.
pub fn of(field: &Field, around: &Around) -> Verdict {
    let parts = field.parts();
    if parts == ["body"] && !matches!(around.sort, Sort::Schema | Sort::Template) {
        return body(field, around);
    }
    if parts.first() == Some(&"status") {
        return verdict(&codes::STATUS, Class::Logic);
    }
    let own = match around.sort {
        Sort::Item(Kind::Journey) => journey(field, &parts, around),
        Sort::Item(Kind::Instrument) => instrument(&parts),
        Sort::Item(Kind::Outcome) if parts[..] == ["acuity"] => Some(verdict(&codes::ACUITY, Class::Logic)),
        Sort::Item(Kind::Resource) => resource(field, &parts, around),
        Sort::Item(Kind::Hazard) => Some(hazard(field, &parts)),
        Sort::Item(_) => None,
        Sort::Site(word) => Some(site(word, field, &parts)),
        Sort::Review => Some(verdict(if is_weaker_policy(field, &parts) { &codes::POLICY_WEAKER } else { &codes::POLICY }, Class::Logic)),
        Sort::Schema => Some(verdict(&codes::SETTING, Class::Clinical)),
        Sort::Template => Some(verdict(&codes::TEMPLATE, Class::Logic)),
    };
    own.or_else(|| common(field, &parts, around)).unwrap_or_else(|| wording(field, around))
}

fn is_gone(field: &Field) -> bool {
    field.to.is_none()
}

fn is_new(field: &Field) -> bool {
    field.from.is_none()
}

/// Prose that only an editor need read, if nothing else is touched.
fn wording(field: &Field, around: &Around) -> Verdict {
    let code = if field.is_editorial { &codes::TEXT } else { &codes::DETAIL };
    let (Some(Value::String(from)), Some(Value::String(to)), true) = (&field.from, &field.to, field.is_editorial) else {
        return verdict(code, Class::Clinical);
    };
    judged(prose::touched(from, to), around)
}

fn body(field: &Field, around: &Around) -> Verdict {
    let (Some(Value::String(from)), Some(Value::String(to))) = (&field.from, &field.to) else {
        return verdict(&codes::TEXT, Class::Clinical);
    };
    let touched = prose::touched_in_body(from, to);
    if touched == Some(prose::Touched::Card) {
        return Verdict { code: &codes::CARE_CARD, class: Class::Clinical, because: Some(prose::Touched::Card.words()) };
    }
    let sections = prose::sections(to);
    if prose::sections(from).iter().any(|id| !sections.contains(id)) {
        return verdict(&codes::SECTION_GONE, Class::Clinical);
    }
    if field.is_editorial { judged(touched, around) } else { verdict(&codes::TEXT, Class::Clinical) }
}

fn judged(touched: Option<prose::Touched>, around: &Around) -> Verdict {
    match touched {
        Some(touched) => Verdict { code: &codes::TEXT, class: Class::Clinical, because: Some(touched.words()) },
        None if around.is_guarded => {
            let because = Some("the item is sensitive or most urgent, where every word is read by a clinician");
            Verdict { code: &codes::WORDING, class: Class::Clinical, because }
        }
        None => verdict(&codes::WORDING, Class::Editorial),
    }
}

/// Fields that every kind may have.
fn common(field: &Field, parts: &[&str], around: &Around) -> Option<Verdict> {
    let code = match parts {
        ["sensitive", ..] => &codes::SENSITIVE,
        ["allow", ..] => &codes::SILENCED,
        ["was", ..] => &codes::RENAMED,
        ["signposts"] if field.is_order => &codes::ORDER_OF_HELP,
        ["signposts" | "local" | "services", ..] if is_gone(field) && around.is_crisis => &codes::CRISIS_CONTACT_GONE,
        ["signposts" | "local" | "services", ..] if is_gone(field) => &codes::HELP_GONE,
        ["signposts" | "local" | "services", ..] => &codes::HELP_ADDED,
        _ => return None,
    };
    Some(verdict(code, Class::Clinical))
}

fn journey(field: &Field, parts: &[&str], around: &Around) -> Option<Verdict> {
    let routed = if around.is_same_behaviour { Class::Clinical } else { Class::Logic };
    Some(match parts {
        ["safety"] | ["safety", _] if is_gone(field) => verdict(&codes::SAFETY_WEAKER, Class::Logic),
        ["safety", ..] => verdict(&codes::SAFETY, Class::Logic),
        ["personalise", ..] => verdict(&codes::ORDER_OF_HELP, Class::Logic),
        ["report", ..] => verdict(&codes::POINTS, Class::Logic),
        ["vignettes", ..] => verdict(&codes::VIGNETTE, Class::Clinical),
        ["audience", ..] => verdict(&codes::ELIGIBILITY, Class::Clinical),
        ["steps", _, "was"] | ["steps", _, "answers", _, "was"] => verdict(&codes::RENAMED, Class::Clinical),
        ["steps", _, "ask" | "help"] | ["steps", _, "number", "unit"] => verdict(&codes::QUESTION, Class::Logic),
        ["steps", _, "answers", _, "label"] | ["steps", _, "none", ..] => verdict(&codes::ANSWER, Class::Logic),
        ["steps", _, "answers"] if field.is_order => verdict(&codes::ANSWER, Class::Logic),
        ["steps", _, "answers", _, "points"] => verdict(&codes::POINTS, routed),
        ["steps", _, "say"] => verdict(&codes::TEXT, Class::Clinical),
        ["steps", _, "answers", ..] if has_text(field) => verdict(&codes::ANSWER, Class::Logic),
        ["steps", _] if has_text(field) => verdict(&codes::QUESTION, Class::Logic),
        ["steps", _, "decide", .., "at_least" | "at_most" | "band"] => verdict(&codes::THRESHOLD, routed),
        ["steps" | "start", ..] => verdict(&codes::ROUTE, routed),
        _ => return None,
    })
}

/// Whether what is new or gone is, or holds, the text of a question or an answer.
fn has_text(field: &Field) -> bool {
    let holds =
        |v: &Option<Value>| v.as_ref().is_some_and(|v| v.get("ask").is_some() || v.get("label").is_some() || v.get("use").is_some());
    holds(&field.from) || holds(&field.to)
}

fn instrument(parts: &[&str]) -> Option<Verdict> {
    let code = match parts {
        ["items", _, "ask"] | ["ask"] => &codes::QUESTION,
        ["answers", _, "label"] | ["items", _, "answers", _, "label"] => &codes::ANSWER,
        ["bands", ..] | ["answers", ..] | ["items", ..] | ["direction", ..] => &codes::POINTS,
        _ => return None,
    };
    Some(verdict(code, Class::Logic))
}

fn resource(field: &Field, parts: &[&str], around: &Around) -> Option<Verdict> {
    let channel = || {
        let gone = field.from.as_ref().filter(|_| parts.len() == 2)?;
        gone.get("type")?.as_str()
    };
    let code = match parts {
        ["channels", _] if is_gone(field) => match channel() {
            Some("text" | "webchat" | "whatsapp" | "textphone" | "bsl" | "email") => &codes::SILENT_CHANNEL_GONE,
            _ if around.is_crisis => &codes::CRISIS_CONTACT_GONE,
            _ => &codes::CONTACT_GONE,
        },
        ["channels", _] if is_new(field) => &codes::CONTACT_ADDED,
        ["channels"] => &codes::ORDER_OF_HELP,
        ["channels", _, "hours" | "from" | "until"] => &codes::HOURS,
        ["channels", ..] => &codes::CONTACT,
        ["eligibility", ..] => &codes::ELIGIBILITY,
        ["replaced_by"] => &codes::CONTACT,
        _ => return None,
    };
    Some(verdict(code, Class::Clinical))
}

fn hazard(field: &Field, parts: &[&str]) -> Verdict {
    let is_control = matches!(parts, ["controls" | "existing_controls", _]);
    verdict(if is_control && is_gone(field) { &codes::HAZARD_WEAKER } else { &codes::HAZARD }, Class::Clinical)
}

fn site(word: &str, field: &Field, parts: &[&str]) -> Verdict {
    match (word, parts) {
        ("acuity", _) => verdict(&codes::ACUITY, Class::Logic),
        ("safety", ["required", ..]) if is_gone(field) => verdict(&codes::REQUIRED_GONE, Class::Logic),
        ("safety", [_, _]) if is_gone(field) => verdict(&codes::SAFETY_WEAKER, Class::Logic),
        ("safety", [.., "needs", _] | [.., "needs", _, _]) if is_gone(field) => verdict(&codes::SAFETY_WEAKER, Class::Logic),
        ("safety", _) => verdict(&codes::SAFETY, Class::Logic),
        _ => verdict(&codes::SETTING, Class::Clinical),
    }
}

/// Whether fewer people are asked than before.
fn is_weaker_policy(field: &Field, parts: &[&str]) -> bool {
    let number = |v: &Option<Value>| v.as_ref().and_then(Value::as_i64);
    match parts {
        ["rules", _] | ["rules", _, "needs", _] => is_gone(field) || (parts.len() == 4 && number(&field.to) < number(&field.from)),
        ["distinct_people"] => field.to == Some(Value::Bool(false)),
        ["authors_may_approve"] => field.to == Some(Value::Bool(true)),
        _ => false,
    }
}
