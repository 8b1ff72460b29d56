//! What is proved of a change: the picture of a journey, its safety rules before and after, and the hazards that it touches.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;

use super::{Request, Version, markup, words};
use crate::check::hazards::Entry as Hazard;
use crate::check::judged;
use crate::diff::{Change, Subject};
use crate::journey::picture::{self, Sheet, svg};
use crate::journey::words::Words;
use crate::model::{Item, Kind};

/// A journey's safety rules, in both versions.
#[derive(Debug, Default)]
pub struct Rules {
    was: BTreeMap<String, Rule>,
    is: BTreeMap<String, Rule>,
}

impl Rules {
    /// The rules of a journey that changed; none of anything else.
    pub fn of(request: &Request<'_, '_>, change: &Change<'_, '_>) -> Self {
        let (before, after) = (journey(&change.from, &request.old), journey(&change.to, &request.new));
        Self { was: rules(&request.old, before.as_deref()), is: rules(&request.new, after.as_deref()) }
    }

    /// What does not hold in the newer version, or is not asked for any more.
    pub fn broken(&self) -> Vec<(String, &'static str)> {
        let now = self.is.values().filter(|r| r.2 != Some(true)).map(|r| (words(&r.0), holds(Some(r))));
        let gone = self.was.iter().filter(|(id, _)| !self.is.contains_key(*id)).map(|(_, r)| (words(&r.0), holds(None)));
        now.chain(gone).collect()
    }
}

/// The id of the journey that a subject is.
fn journey(subject: &Option<Subject<'_, '_>>, version: &Version<'_, '_>) -> Option<String> {
    let subject = subject.as_ref().filter(|s| s.item.is_some_and(|i| i.kind == Kind::Journey && i.language.is_none()))?;
    version.context.content.get(&subject.id).map(Item::id)
}

fn holds(rule: Option<&Rule>) -> &'static str {
    match rule.map(|r| r.2) {
        None => "not asked for",
        Some(Some(true)) => "holds for everybody",
        Some(Some(false)) => "broken",
        Some(None) => "not proved",
    }
}

/// Picture, safety rules and hazards; each empty where there is none.
pub fn of(request: &Request<'_, '_>, number: usize, change: &Change<'_, '_>, rules: &Rules, hazards: &[Hazard<'_, '_>]) -> Value {
    let (before, after) = (journey(&change.from, &request.old), journey(&change.to, &request.new));
    let pictures = pictures(request, number, before.as_deref(), after.as_deref(), change);
    let drawn = |of: fn(&Pictures) -> &Option<String>| pictures.as_ref().ok().and_then(|p| of(p).clone()).map(markup);
    context! {
        picture => drawn(|p| &p.changes),
        before => drawn(|p| &p.before),
        after => drawn(|p| &p.after),
        no_picture => pictures.as_ref().err().map(|why| words(why)),
        rules => both(&rules.was, &rules.is),
        hazards => touched(change, hazards),
    }
}

/// A journey drawn: the newer version with what changed in it, and, where there are two, each alone.
#[derive(Default)]
struct Pictures {
    changes: Option<String>,
    before: Option<String>,
    after: Option<String>,
}

fn pictures(
    request: &Request<'_, '_>,
    number: usize,
    before: Option<&str>,
    after: Option<&str>,
    change: &Change<'_, '_>,
) -> Result<Pictures, String> {
    let Some(after) = after else { return Ok(Pictures::default()) };
    let now = drawn(&request.new, after, &change.fingerprints.1)?;
    let Some(was) = before.and_then(|id| drawn(&request.old, id, &change.fingerprints.0).ok()) else {
        return Ok(Pictures { changes: Some(draw(&format!("changes{number}"), now, None)?), ..Pictures::default() });
    };
    Ok(Pictures {
        changes: Some(draw(&format!("changes{number}"), now, Some(was))?),
        before: Some(draw(&format!("before{number}"), was, None)?),
        after: Some(draw(&format!("after{number}"), now, None)?),
    })
}

/// A version of a journey, to be drawn.
fn drawn<'r, 'a>(version: &'r Version<'_, 'a>, id: &str, fingerprint: &'r Option<String>) -> Result<picture::Version<'r, 'a>, String> {
    let content = &version.context.content;
    let item = content.get(id).and_then(|item| Some((item, item.journey()?)));
    let (item, journey) = item.ok_or_else(|| "it cannot be read as a journey".to_owned())?;
    Ok(picture::Version { item, journey, content, fingerprint: fingerprint.as_deref() })
}

/// The picture of a version, with what changed in it since an older one.
fn draw(name: &str, now: picture::Version<'_, '_>, older: Option<picture::Version<'_, '_>>) -> Result<String, String> {
    let drawing = picture::draw(now, older);
    let sheet = Sheet::of(&drawing).map_err(|error| error.to_string())?;
    // Each picture of a page needs names of its own.
    Ok(svg::write(&drawing, &sheet).replace("picture-title", &format!("{name}-title")).replace("picture-words", &format!("{name}-words")))
}

/// A safety rule: what it says, the hazard it controls, whether it holds.
type Rule = (String, Option<String>, Option<bool>);

fn rules(version: &Version<'_, '_>, journey: Option<&str>) -> BTreeMap<String, Rule> {
    let context = version.context;
    let Some(item) = journey.and_then(|id| context.content.get(id)) else { return BTreeMap::new() };
    let judged = judged::journeys(context, &[item]);
    let mut found = BTreeMap::new();
    for (journey, proof) in judged.iter().filter_map(|j| j.proved.as_ref()) {
        let said = Words::new(journey, &context.content);
        for (rule, verdict) in journey.safety.iter().zip(&proof.safety) {
            let hazard = rule.hazard.map(|h| h.value.to_owned());
            found.insert(rule.id.value.to_owned(), (said.rule(rule), hazard, verdict.holds));
        }
    }
    found
}

fn both(was: &BTreeMap<String, Rule>, is: &BTreeMap<String, Rule>) -> Value {
    let mut ids: Vec<&String> = is.keys().chain(was.keys().filter(|id| !is.contains_key(*id))).collect();
    // What does not hold, or is gone, comes first.
    ids.sort_by_key(|id| is.get(*id).is_some_and(|r| r.2 == Some(true)));
    let rows = ids.into_iter().map(|id| {
        let (old, new) = (was.get(id), is.get(id));
        let says = new.or(old).map(|r| words(&r.0));
        let said = old.zip(new).filter(|(old, new)| old.0 != new.0).map(|(old, _)| words(&old.0));
        let hazard = new.or(old).and_then(|r| r.1.as_deref()).map(words);
        context! { id => words(id), says, said, hazard, before => holds(old), after => holds(new), is_fine => new.is_some_and(|r| r.2 == Some(true)) }
    });
    Value::from(rows.collect::<Vec<_>>())
}

/// The hazards of the log that name the item, or that the item is or names.
fn touched(change: &Change<'_, '_>, hazards: &[Hazard<'_, '_>]) -> Value {
    let own = |text: &str| {
        let id = text.split('#').next().unwrap_or(text);
        id == change.id || change.from.as_ref().is_some_and(|s| s.id == id) || change.moves.iter().any(|m| m == id)
    };
    let items = [&change.from, &change.to].map(|s| s.as_ref().and_then(|s| s.item));
    let names = |hazard: &str| items.iter().flatten().any(|i| i.common.hazards.iter().any(|h| h.value == hazard));
    let is_touched = |h: &&Hazard<'_, '_>| {
        own(&h.item.id())
            || names(&h.item.id())
            || h.controls.iter().any(|c| c.by.is_some_and(own))
            || h.rules.iter().any(|(rule, _)| own(rule))
    };
    let shown = |h: &Hazard<'_, '_>| {
        let controls: Vec<Value> = h
            .controls
            .iter()
            .filter(|c| c.by.is_some_and(own) || c.holds == Some(false))
            .map(|c| {
                let holds = match c.holds {
                    Some(true) => "holds",
                    Some(false) => "does not hold",
                    None => "not checked here",
                };
                context! { text => words(c.text.trim_end_matches('.')), holds, evidence => words(&c.evidence), is_fine => c.holds != Some(false) }
            })
            .collect();
        let level =
            |r: &Option<crate::check::hazards::acceptance::Rated<'_, '_>>| r.as_ref().and_then(|r| r.level).map(|l| words(l.label.value));
        context! { id => words(&h.item.id()), title => words(h.item.title()), initial => level(&h.initial), residual => level(&h.residual), controls }
    };
    Value::from(hazards.iter().filter(is_touched).map(shown).collect::<Vec<_>>())
}
