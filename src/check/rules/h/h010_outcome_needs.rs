//! An ending lacks what a safety rule of the whole site asks of it.
//!
//! People at an urgent ending told us that a telephone line alone is no help to somebody who cannot speak, and that they
//! need to know what will happen and what to say. `content/safety.yaml` says what every ending of a kind has to have. A
//! service counts only while it is live and its details were confirmed in time; type of channel, hours and "for
//! everybody" have to be met by one and the same channel.
//!
//! ## Example
//! ```md
//! ---
//! title: Get help today
//! acuity: urgent
//! signposts: [resource/example-phone-line]
//! ---
//! Call today.
//! ```
//!
//! ## Instead
//! ```md
//! ---
//! title: Get help today
//! acuity: urgent
//! signposts: [resource/example-phone-line, resource/shout]
//! ---
//! Call or text today.
//!
//! ## If you cannot talk {#if-you-cannot-talk}
//!
//! Text SHOUT to 85258.
//! ```

use std::collections::{HashMap, HashSet};

use super::reach::{People, Reach};
use super::scope::applies;
use crate::check::outline::{Outline, targets};
use crate::check::standing::Standing;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::words::codes;
use crate::diag::{Finding, Severity};
use crate::model::{Item, Kind, OutcomeRule, Status};

pub const RULE: Rule = Rule {
    code: "H010",
    name: "outcome-needs",
    severity: Severity::Error,
    source: include_str!("h010_outcome_needs.rs"),
    check: Check::Site(check),
};

pub(super) const SAFETY: &str = "content/safety.yaml";

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let rules = site.content.safety.as_ref().map_or(&[] as &[_], |s| &s.outcomes);
    if rules.is_empty() {
        return;
    }
    let people = people(site);
    for item in site.content.items.iter().filter(|i| i.kind == Kind::Outcome && i.status() != Status::Retired) {
        // A translation has to have the sections; the rest it takes from its original.
        let Some(original) = site.content.named(Kind::Outcome, item.name) else { continue };
        let (embedded, sections) = embedded(site, item);
        for rule in rules.iter().filter(|r| applies(site, &r.scope, original)) {
            let place = |message: String| {
                let finding = Finding::new(&item.file.path, item.common.title_span(), message);
                finding.also(SAFETY, rule.id.span, "asked for here")
            };
            let lacks: Vec<&str> = rule.needs.sections.iter().map(|s| s.value).filter(|s| !sections.contains(*s)).collect();
            if let Some(first) = lacks.first() {
                let what = if lacks.len() == 1 { "the section" } else { "the sections" };
                let message = format!("this ending lacks {what} {} that `site/safety#{}` asks for", codes(&lacks, "and"), rule.id.value);
                let words = first.replace('-', " ");
                let mut letters = words.chars();
                let heading: String = letters.next().into_iter().flat_map(char::to_uppercase).chain(letters).collect();
                sink.push(
                    place(message).help(format!("add a heading with that id, such as `## {heading} {{#{first}}}`, and the text below it")),
                );
            }
            if item.language.is_none() {
                let people = people.get(item.name).map(Vec::as_slice).unwrap_or_default();
                services(site, rule, &embedded, people, &place, sink);
            }
        }
    }
}

/// Who comes to each outcome, by the outcome's name.
fn people<'c, 'a>(site: &'c Context<'a>) -> HashMap<&'a str, Vec<People<'c, 'a>>> {
    let mut people: HashMap<&str, Vec<People<'_, '_>>> = HashMap::new();
    for (item, journey) in site.content.journeys().filter(|(item, _)| item.is_live()) {
        let Some(outline) = Outline::of(site, item) else { continue };
        let mut endings: Vec<&'a str> = outline.steps().flat_map(|(_, step)| targets(step)).map(|t| t.value).collect();
        endings.sort_unstable();
        endings.dedup();
        for name in endings.iter().filter_map(|id| id.strip_prefix("outcome/")) {
            people.entry(name).or_default().push(People { journey: Some(item), audience: journey.audience.as_ref() });
        }
    }
    people
}

/// The resources that an ending signposts or embeds, through partials too, and the ids of its sections.
fn embedded<'c, 'a>(site: &'c Context<'a>, outcome: &'c Item<'a>) -> (Vec<&'c Item<'a>>, HashSet<String>) {
    let content = &site.content;
    let mut resources: Vec<&Item<'_>> = outcome.signposts().iter().filter_map(|id| content.get(id.value)).collect();
    let mut sections = HashSet::new();
    let mut seen = HashSet::new();
    let mut open = vec![outcome];
    while let Some(item) = open.pop() {
        let Some(body) = item.body() else { continue };
        sections.extend(body.anchors());
        for link in body.links.iter().filter(|l| l.is_standalone) {
            match content.get(&link.to) {
                Some(target) if target.kind == Kind::Resource => resources.push(target),
                Some(target) if target.kind == Kind::Partial && target.is_live() && seen.insert(target.name) => open.push(target),
                _ => {}
            }
        }
    }
    resources.retain(|r| r.kind == Kind::Resource);
    let mut names = HashSet::new();
    resources.retain(|r| names.insert(r.name));
    (resources, sections)
}

fn services(
    site: &Context<'_>,
    rule: &OutcomeRule<'_>,
    embedded: &[&Item<'_>],
    people: &[People<'_, '_>],
    place: &dyn Fn(String) -> Finding,
    sink: &mut Sink<'_>,
) {
    for wanted in &rule.needs.signposts {
        // One that does not exist is said at the rule.
        let Some(resource) = site.content.get(wanted.value) else { continue };
        if !embedded.iter().any(|r| std::ptr::eq(*r, resource)) {
            let message = format!("this ending does not signpost `{}`, as `site/safety#{}` asks for", wanted.value, rule.id.value);
            sink.push(place(message).help("add it under `signposts`"));
        } else if let Some(because) = Standing::of(site, resource).because() {
            let message = format!("this ending signposts `{}`, which does not count: {because}", wanted.value);
            sink.push(place(message).help(remedy(resource)));
        }
    }
    let Some(reach) = Reach::of(&rule.needs) else { return };
    let anybody = [People { journey: None, audience: None }];
    let people = if people.is_empty() { &anybody } else { people };
    let served = |people: &People<'_, '_>| embedded.iter().any(|r| reach.serves(site, r, people).is_ok());
    let unserved: Vec<&People<'_, '_>> = people.iter().filter(|p| !served(p)).collect();
    let Some(first) = unserved.first() else { return };
    let journeys: Vec<String> = unserved.iter().filter_map(|p| p.journey).map(Item::id).collect();
    let who = match journeys.len() {
        0 => "everybody".to_owned(),
        n if n == people.len() && n > 1 => "everybody who comes here".to_owned(),
        _ => format!("everybody who comes here from {}", codes(&journeys, "and")),
    };
    let words = reach.words(&who);
    let message = format!("this ending signposts no service that can be reached {words}, as `site/safety#{}` asks for", rule.id.value);
    let mut finding = place(message);
    for why in embedded.iter().filter_map(|r| reach.serves(site, r, first).err().flatten()).take(8) {
        finding = finding.note(why);
    }
    let other = site.content.resources().map(|(item, _)| item).find(|item| unserved.iter().all(|p| reach.serves(site, item, p).is_ok()));
    sink.push(match other {
        Some(other) => finding.help(format!("one that can is `{}`: add it under `signposts`", other.id())),
        None => finding.help("add such a service under `signposts`, and confirm its details with `signpost confirm`"),
    });
}

fn remedy(resource: &Item<'_>) -> String {
    if resource.is_live() {
        format!("check its details, then run `signpost confirm {}`", resource.id())
    } else {
        "signpost a service that is live".to_owned()
    }
}
