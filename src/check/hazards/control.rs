//! What a control of a hazard names, and whether that holds now.

use std::collections::HashMap;

use crate::check::context::Context;
use crate::check::judged::Judged;
use crate::check::rule::Rule;
use crate::check::standing::Standing;
use crate::check::{rule, rules};
use crate::diag::words::{count, number};
use crate::diag::{Finding, Severity};
use crate::model::{self, ControlType, Item, Kind, Safety, Singleton, Status};
use crate::source::Span;

/// What `by` names.
pub enum Named<'c, 'a> {
    /// A rule of `safety.yaml` or `wording.yaml`.
    SiteRule(Singleton, &'a str),
    /// A file of the whole site.
    SiteFile(Singleton),
    /// A safety rule of a journey.
    JourneyRule(&'c Item<'a>, &'a str),
    /// An item.
    Item(&'c Item<'a>),
    /// A check.
    Check(&'static Rule),
    /// A code of a command other than `check`.
    Elsewhere(&'a str),
}

/// Why `by` names nothing.
pub enum NotNamed<'c, 'a> {
    /// There is no such code.
    Code,
    /// There is no such file of the site, by that word.
    Singleton(&'a str),
    /// The site does not have this file.
    NoFile(Singleton),
    /// The file or the item, by its id, has no rule of this name, but these.
    NoRule(String, &'a str, Vec<&'a str>),
    /// There is no such item: a matter of references.
    NoItem,
    /// The item has no rules that could be named.
    NoRules(&'c Item<'a>),
}

/// What `by` names.
///
/// # Errors
/// Where it names nothing.
pub fn named<'c, 'a>(site: &'c Context<'a>, by: &'a str) -> Result<Named<'c, 'a>, NotNamed<'c, 'a>> {
    let (whole, anchor) = by.split_once('#').map_or((by, None), |(whole, anchor)| (whole, Some(anchor)));
    if let Some(word) = whole.strip_prefix("site/") {
        let singleton = Singleton::ALL.into_iter().find(|s| s.word() == word).ok_or(NotNamed::Singleton(word))?;
        if site.snapshot.file(&format!("content/{word}.yaml")).is_none() {
            return Err(NotNamed::NoFile(singleton));
        }
        let Some(anchor) = anchor else { return Ok(Named::SiteFile(singleton)) };
        let ids = site_rules(site, singleton);
        return if ids.contains(&anchor) {
            Ok(Named::SiteRule(singleton, anchor))
        } else {
            Err(NotNamed::NoRule(format!("site/{word}"), anchor, ids))
        };
    }
    if !whole.contains('/') {
        // Review, generated pages and web links are judged by commands of their own, which keep their codes to themselves.
        let is_elsewhere = is_code(by) && rules().all(|r| r.code[..1] != by[..1]);
        return match rule(by) {
            Some(rule) => Ok(Named::Check(rule)),
            None if is_elsewhere => Ok(Named::Elsewhere(by)),
            None => Err(NotNamed::Code),
        };
    }
    let item = site.content.get(whole).ok_or(NotNamed::NoItem)?;
    let Some(anchor) = anchor else { return Ok(Named::Item(item)) };
    let Some(journey) = item.journey() else { return Err(NotNamed::NoRules(item)) };
    let ids: Vec<&str> = journey.safety.iter().map(|r| r.id.value).collect();
    if ids.contains(&anchor) { Ok(Named::JourneyRule(item, anchor)) } else { Err(NotNamed::NoRule(item.id(), anchor, ids)) }
}

/// A capital letter and three digits.
fn is_code(text: &str) -> bool {
    matches!(text.as_bytes(), [b'A'..=b'Z', rest @ ..] if rest.len() == 3 && rest.iter().all(u8::is_ascii_digit))
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

fn safety_rules<'a>(safety: &Safety<'a>) -> Vec<&'a str> {
    let outcomes = safety.outcomes.iter().map(|r| r.id.value);
    outcomes.chain(safety.journeys.iter().map(|r| r.id.value)).chain(safety.pages.iter().map(|r| r.id.value)).collect()
}

/// A control as it stands now.
pub struct Control<'a> {
    /// What it says.
    pub text: &'a str,
    /// Its type, as in files.
    pub ty: &'static str,
    /// What it names.
    pub by: Option<&'a str>,
    /// How it is known to work, in the author's words.
    pub effective: Option<&'a str>,
    /// Whether what it names holds; `None` where the content cannot tell.
    pub holds: Option<bool>,
    /// What that rests on, without a full stop.
    pub evidence: String,
}

/// Judges controls by what was found and proved.
pub(super) struct Judge<'j, 'c, 'a> {
    pub(super) site: &'c Context<'a>,
    pub(super) findings: &'j [Finding],
    pub(super) proofs: &'j HashMap<&'j str, &'j Judged<'c, 'a>>,
}

impl<'a> Judge<'_, '_, 'a> {
    pub(super) fn control(&self, control: &model::Control<'a>) -> Control<'a> {
        let (holds, evidence) = match control.by.map(|by| named(self.site, by.value)) {
            None => (None, "described only: it names nothing that the program could look at".to_owned()),
            Some(Err(_)) => (Some(false), "what it names does not exist".to_owned()),
            Some(Ok(named)) => self.named(&named),
        };
        let ty = match control.ty {
            ControlType::Design => "design",
            ControlType::Testing => "testing",
            ControlType::Training => "training",
            ControlType::BusinessProcess => "business-process",
        };
        let effective = control.effective.map(|e| e.value);
        Control { text: control.text.value, ty, by: control.by.map(|b| b.value), effective, holds, evidence }
    }

    fn named(&self, named: &Named<'_, 'a>) -> (Option<bool>, String) {
        match named {
            Named::JourneyRule(item, id) => self.journey_rule(item, id),
            Named::SiteRule(singleton, id) => self.site_rule(*singleton, id),
            Named::SiteFile(singleton) => {
                let path = format!("content/{}.yaml", singleton.word());
                let wrong = self.published().filter(|f| f.severity == Severity::Error && f.place.file == path).count();
                found(wrong, &format!("the file is there, with no error in {path}"), &format!("in {path}"))
            }
            Named::Item(item) => self.item(item),
            Named::Check(rule) => {
                let wrong = self.published().filter(|f| f.code == rule.code).count();
                let all = count(self.site.content.originals().count(), "item");
                found(wrong, &format!("the check found nothing in {all}"), &format!("of {}", rule.code))
            }
            Named::Elsewhere(code) => (None, format!("{code} is judged by another command than `check`")),
        }
    }

    /// Findings in what the public sees.
    fn published(&self) -> impl Iterator<Item = &Finding> {
        self.findings.iter().filter(|f| self.site.item_at(&f.place.file).is_none_or(|item| item.status() != Status::Draft))
    }

    fn journey_rule(&self, item: &Item<'a>, id: &str) -> (Option<bool>, String) {
        if !item.is_live() {
            return (Some(false), format!("{} is not live: it is {}", item.id(), article(item.status())));
        }
        let Some((_, proof)) = self.proofs.get(item.name).and_then(|j| j.proved.as_ref()) else {
            return (Some(false), format!("{} cannot be read", item.id()));
        };
        match proof.safety.iter().find(|v| v.id == id).and_then(|v| v.holds) {
            Some(true) => (Some(true), format!("proved for all {} combinations of answers", number(&proof.paths))),
            Some(false) => (Some(false), format!("broken: `signpost journey verify {}` shows for whom", item.id())),
            None => (Some(false), format!("not proved: `signpost journey verify {}` says why", item.id())),
        }
    }

    fn site_rule(&self, singleton: Singleton, id: &str) -> (Option<bool>, String) {
        let content = &self.site.content;
        let path = format!("content/{}.yaml", singleton.word());
        if content.safety.iter().flat_map(|s| &s.pages).any(|r| r.id.value == id) && singleton == Singleton::Safety {
            return (None, "a rule on pages: it is judged on the built site".to_owned());
        }
        let safety = content.safety.iter();
        let of_safety = safety.flat_map(|s| s.outcomes.iter().map(|r| r.id).chain(s.journeys.iter().map(|r| r.id)));
        let of_wording = content.wording.iter().flat_map(|w| &w.rules).map(|r| r.id);
        let all: Vec<_> = if singleton == Singleton::Safety { of_safety.collect() } else { of_wording.collect() };
        let Some(rule) = all.into_iter().find(|r| r.value == id) else { return (Some(false), "what it names does not exist".to_owned()) };
        let speaks_of = |f: &&Finding| {
            let is_there = |span: Span| span.start <= rule.span.start && rule.span.end <= span.end;
            let is_labelled = f.labels.iter().any(|l| l.place.file == path && is_there(l.place.span));
            // House style is named in what to do about it.
            is_labelled || (f.code == "W001" && f.help.as_ref().is_some_and(|help| help.contains(&format!("`{id}`"))))
        };
        let wrong = self.published().filter(|f| f.severity != Severity::Advice).filter(speaks_of).count();
        found(wrong, "met wherever it applies", &format!("against site/{}#{id}", singleton.word()))
    }

    fn item(&self, item: &Item<'a>) -> (Option<bool>, String) {
        if !item.is_live() {
            return (Some(false), format!("{} is not live: it is {}", item.id(), article(item.status())));
        }
        if item.kind == Kind::Resource
            && let Some(because) = Standing::of(self.site, item).because()
        {
            return (Some(false), because);
        }
        let wrong = self.published().filter(|f| f.severity == Severity::Error && f.place.file == item.file.path).count();
        let unproved = self.proofs.get(item.name).filter(|_| item.kind == Kind::Journey);
        let rules = unproved.and_then(|j| j.proved.as_ref()).map(|(_, proof)| proof.safety.len());
        let live = match (item.kind, rules.filter(|n| *n > 0)) {
            (Kind::Resource, _) => "it is live, and was confirmed in time".to_owned(),
            (_, Some(rules)) => format!("it is live, and its {} hold", count(rules, "safety rule")),
            _ => "it is live, with no error in it".to_owned(),
        };
        found(wrong, &live, &format!("in {}", item.id()))
    }
}

fn article(status: Status) -> &'static str {
    match status {
        Status::Draft => "a draft",
        Status::Live => "live",
        Status::Retired => "retired",
    }
}

fn found(wrong: usize, good: &str, place: &str) -> (Option<bool>, String) {
    if wrong == 0 { (Some(true), good.to_owned()) } else { (Some(false), format!("{} {place}", count(wrong, "finding"))) }
}
