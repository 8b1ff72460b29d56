//! One item of the pack: what kind of change it is, where answers lead now, the page before and after, the details that differ.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;
use serde_json::Value as Json;

use super::marked::{self, Row};
use super::reading::{Block, Sort};
use super::{Request, Version, proof, summary, words};
use crate::check::hazards::Entry as Hazard;
use crate::check::readability::{Counts, ENOUGH_WORDS, sentences};
use crate::check::{FileContext, Piece as Prose};
use crate::diff::places::Places;
use crate::diff::report::{Entry, Told};
use crate::diff::words::Piece;
use crate::diff::{Change, ChangeKind, Subject};

/// What is known beside the change itself.
pub struct Facts<'f, 'a> {
    /// The pages of the older version, by id.
    pub before: &'f BTreeMap<String, Vec<Block>>,
    /// Those of the newer.
    pub after: &'f BTreeMap<String, Vec<Block>>,
    /// The safety rules of the journey that it is.
    pub rules: &'f proof::Rules,
    /// The hazard log of the newer version.
    pub hazards: &'f [Hazard<'f, 'a>],
}

/// How many places of appearance are named.
const MOST_PLACES: usize = 20;

/// One item.
pub fn value(request: &Request<'_, '_>, number: usize, entry: &Entry, change: &Change<'_, '_>, facts: &Facts<'_, '_>) -> Value {
    let asked = request.asked.iter().find(|a| a.id == entry.id);
    let notes: Vec<Value> = entry
        .notes
        .iter()
        .map(|n| context! { severity => n.severity.word(), code => n.code, text => words(&n.text), why => n.why })
        .collect();
    let vignettes = entry.vignettes.iter().map(|(name, from, to)| context! { name => words(name), from => words(from), to => words(to) });
    let before = change.from.as_ref().and_then(|s| facts.before.get(&s.id)).map(Vec::as_slice);
    let after = change.to.as_ref().and_then(|s| facts.after.get(&s.id)).map(Vec::as_slice);
    let shown: Vec<&String> = entry.appears.iter().take(MOST_PLACES).collect();
    let named = |id: &&String| {
        let title = request.new.side.content.get(id).map_or("", |i| i.title());
        if title.is_empty() { words(id) } else { words(&format!("{title} ({id})")) }
    };
    context! {
        number => number + 1,
        id => words(&entry.id),
        title => words(&entry.title),
        what => words(&entry.what),
        class => entry.class.word(),
        is_less_urgent => entry.is_less_urgent,
        state => asked.map(|a| words(&a.state)),
        state_notes => asked.map(|a| a.notes.iter().map(|n| words(n)).collect::<Vec<_>>()).unwrap_or_default(),
        is_other_base => asked.is_some_and(|a| a.is_other_base),
        prints => context! { from => change.fingerprints.0.as_ref(), to => change.fingerprints.1.as_ref() },
        notes,
        counts => entry.counts.as_ref().map(|c| words(c)),
        moves => entry.moves.iter().map(summary::of_move).collect::<Vec<_>>(),
        vignettes => vignettes.collect::<Vec<_>>(),
        page => page(before, after),
        details => details(entry, change, before.is_some() || after.is_some()),
        ease => ease(request, change),
        proof => proof::of(request, number, change, facts.rules, facts.hazards),
        appears => shown.iter().map(named).collect::<Vec<_>>(),
        appears_more => entry.appears.len() - shown.len(),
    }
}

/// The page: marked, before, after; nothing where no page shows the change.
fn page(before: Option<&[Block]>, after: Option<&[Block]>) -> Value {
    if before.is_none() && after.is_none() {
        return Value::from(());
    }
    let (old, new) = (before.unwrap_or_default(), after.unwrap_or_default());
    let rows = marked::rows(old, new);
    let near: Vec<Value> = marked::near(&rows).into_iter().map(|row| row.map_or(Value::from(()), shown)).collect();
    let all: Vec<Value> = rows.iter().map(shown).collect();
    let is_changed = rows.iter().any(Row::is_changed);
    let left_out = near.iter().any(Value::is_none);
    context! {
        is_changed, left_out, near, all,
        before => before.map(|b| b.iter().map(plain).collect::<Vec<_>>()),
        after => after.map(|b| b.iter().map(plain).collect::<Vec<_>>()),
    }
}

fn shown(row: &Row) -> Value {
    context! { class => class(&row.block), pieces => row.pieces.iter().map(piece).collect::<Vec<_>>() }
}

fn plain(block: &Block) -> Value {
    context! { class => class(block), words => words(&block.words) }
}

fn class(block: &Block) -> String {
    let sort = match block.sort {
        Sort::Heading(1) => "b h h1",
        Sort::Heading(2) => "b h h2",
        Sort::Heading(_) => "b h h3",
        Sort::Text => "b",
        Sort::Item => "b li",
        Sort::Term => "b term",
    };
    block.card.map_or_else(|| sort.to_owned(), |card| format!("{sort} card {card}"))
}

fn piece(piece: &Piece) -> Value {
    match piece {
        Piece::Same(text) => context! { sort => "same", text => words(text) },
        Piece::Gone(text) => context! { sort => "gone", text => words(text) },
        Piece::New(text) => context! { sort => "new", text => words(text) },
    }
}

/// What differs outside the text, place by place, before and after side by side; the text too where no page shows it.
fn details(entry: &Entry, change: &Change<'_, '_>, has_page: bool) -> Value {
    if matches!(change.kind, ChangeKind::Removed) {
        return Value::from(Vec::<Value>::new());
    }
    let path = change.to.as_ref().or(change.from.as_ref()).map_or("", |s| s.file.path.as_str());
    let places = Places::of(path);
    let rows =
        entry.fields.iter().zip(&change.fields).filter(|(_, field)| !has_page || field.path != ["body"]).flat_map(|(told, field)| {
            let place = places.words(&field.path);
            match (&field.from, &field.to) {
                // All that is new of an item, place by place.
                (None, Some(Json::Object(map))) if field.path.is_empty() => {
                    map.iter().map(|(key, value)| new_row(&places.words(std::slice::from_ref(key)), value)).collect::<Vec<_>>()
                }
                _ => vec![row(&place, told)],
            }
        });
    Value::from(rows.collect::<Vec<_>>())
}

fn row(place: &str, told: &Told) -> Value {
    let side = |wanted: fn(&Piece) -> bool| told.pieces.iter().filter(|p| wanted(p)).map(piece).collect::<Vec<_>>();
    context! {
        place => words(place),
        before => side(|p| !matches!(p, Piece::New(_))),
        after => side(|p| !matches!(p, Piece::Gone(_))),
        is_text => told.is_text,
        both => told.pieces.iter().map(piece).collect::<Vec<_>>(),
    }
}

fn new_row(place: &str, value: &Json) -> Value {
    let pieces = vec![Piece::New(said(value))];
    row(place, &Told { path: String::new(), pieces, is_text: false })
}

fn said(value: &Json) -> String {
    match value {
        Json::String(text) => text.clone(),
        Json::Array(items) => items.iter().map(said).collect::<Vec<_>>().join("\n"),
        Json::Object(map) => map.iter().map(|(key, value)| format!("{key}: {}", said(value))).collect::<Vec<_>>().join("; "),
        other => other.to_string(),
    }
}

/// How hard the text was and is to read; nothing where both are too short to say, or not in English.
fn ease(request: &Request<'_, '_>, change: &Change<'_, '_>) -> Value {
    let before = change.from.as_ref().and_then(|s| figures(&request.old, s));
    let after = change.to.as_ref().and_then(|s| figures(&request.new, s));
    if before.is_none() && after.is_none() {
        Value::from(())
    } else {
        context! { before, after }
    }
}

fn figures(version: &Version<'_, '_>, subject: &Subject<'_, '_>) -> Option<Value> {
    let file = version.context.snapshot.file(&subject.file.path)?;
    let item = subject.item?;
    let language = item.language.or(version.side.content.site.as_ref().map(|s| s.language.value)).unwrap_or("");
    if language.split('-').next() != Some("en") {
        return None;
    }
    let file = FileContext::new(version.context, file);
    let mut all = Counts::default();
    let mut longest = 0;
    for text in file.pieces().iter().filter(|p| Prose::is_running(p)).map(|p| p.text.as_ref()) {
        for part in sentences(text) {
            let counts = Counts::of(&text[part]);
            longest = longest.max(counts.words);
            all = all.plus(counts);
        }
    }
    let age = (all.words >= ENOUGH_WORDS).then(|| format!("{:.0}", all.reading_age()));
    (all.words > 0).then(|| context! { age, words => all.words, sentences => all.sentences, longest })
}
