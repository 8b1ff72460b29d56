//! A partial that, through those it embeds, embeds itself.
//!
//! Its text would have no end, so no page with it could be built. A paragraph that is nothing but a link to a partial
//! stands for the partial's text; in a longer sentence a link stays a link.
//!
//! ## Example
//! ```md
//! <!-- content/partials/listening.md -->
//! [Help at night](partial/at-night)
//!
//! <!-- content/partials/at-night.md -->
//! [Listening services](partial/listening)
//! ```
//!
//! ## Instead
//! ```md
//! <!-- content/partials/at-night.md -->
//! You can also talk to [Samaritans](resource/samaritans).
//! ```

use std::collections::{BTreeSet, HashMap, HashSet};

use crate::check::circles::circles;
use crate::check::{Check, Context, Rule, Sink};
use crate::diag::{Finding, Severity};
use crate::model::{Item, Kind};
use crate::source::Span;

pub const RULE: Rule = Rule {
    code: "R005",
    name: "embeds-itself",
    severity: Severity::Error,
    source: include_str!("r005_embeds_itself.rs"),
    check: Check::Site(check),
};

fn check(site: &Context<'_>, sink: &mut Sink<'_>) {
    let partials: Vec<&Item<'_>> = site.content.items.iter().filter(|i| i.kind == Kind::Partial).collect();
    let languages: BTreeSet<Option<&str>> = partials.iter().map(|p| p.language).collect();
    let mut told = HashSet::new();
    for language in languages {
        // As the pages of one language embed them: the translation where there is one.
        let mut texts: HashMap<&str, &Item<'_>> = HashMap::new();
        for partial in partials.iter().filter(|p| p.language.is_none()).chain(partials.iter().filter(|p| p.language == language)) {
            texts.insert(partial.name, partial);
        }
        let mut nodes: Vec<&Item<'_>> = texts.values().copied().collect();
        nodes.sort_by_key(|p| p.name);
        let places: HashMap<&str, usize> = nodes.iter().enumerate().map(|(n, p)| (p.name, n)).collect();
        let embeds: Vec<Vec<(usize, Span)>> = nodes.iter().map(|p| embedded(p, &places)).collect();
        let edges: Vec<Vec<usize>> = embeds.iter().map(|e| e.iter().map(|(to, _)| *to).collect()).collect();
        for circle in circles(&edges) {
            let step = |n: usize| {
                let (from, to) = (circle[n], circle[(n + 1) % circle.len()]);
                embeds[from].iter().find(|(t, _)| *t == to).map(|(_, span)| (nodes[from].file.path.as_str(), *span))
            };
            let Some((path, span)) = step(0) else { continue };
            if told.insert((path, span)) {
                let rest = (1..circle.len()).filter_map(step);
                let names: Vec<String> = circle.iter().chain(circle.first()).map(|n| nodes[*n].id()).collect();
                let finding = Finding::new(path, span, format!("{} embeds itself: {}", names[0], names.join(" → "))).label("embedded");
                let finding = rest.fold(finding, |f, (path, span)| f.also(path, span, "and embedded here"));
                sink.push(finding.help("take one of these embeds out, or make it a link within a sentence"));
            }
        }
    }
}

fn embedded(partial: &Item<'_>, places: &HashMap<&str, usize>) -> Vec<(usize, Span)> {
    let links = partial.body().map(|b| b.links).unwrap_or_default();
    links
        .iter()
        .filter(|l| l.is_standalone)
        .filter_map(|l| {
            let (kind, name) = Kind::split(l.to.split('#').next().unwrap_or(""))?;
            (kind == Kind::Partial).then(|| places.get(name).map(|n| (*n, l.to_span))).flatten()
        })
        .collect()
}
