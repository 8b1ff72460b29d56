//! Every place that names an item, exact to the character.

use std::collections::BTreeSet;

use crate::load::{File, Snapshot};
use crate::markdown;
use crate::model::{Identity, Kind};
use crate::schema::{Mark, Schemas};
use crate::source::Span;
use crate::yaml::{NodeRef, Type};

/// A place that names an item.
pub(super) struct Reference<'a> {
    /// The file.
    pub(super) file: &'a File,
    /// The id itself, without quotes or a `#part` after it.
    pub(super) span: Span,
}

/// Every reference to the item with this id, in the order of the files.
pub(super) fn to<'a>(snapshot: &'a Snapshot, schemas: &Schemas, id: &str) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    for file in snapshot.files.iter().filter(|f| f.text.contains(id)) {
        let Some(schema) = Identity::of(&file.path).schema() else { continue };
        let mut spans = BTreeSet::new();
        if let (Some(data), Some(compiled)) = (file.data(), schemas.builtin(schema)) {
            for marked in compiled.annotations.marked(data).iter().filter(|m| matches!(m.mark, Mark::Reference(_))) {
                spans.extend(value(marked.node, id));
            }
            links_in_yaml(data, id, &mut spans);
        }
        if let Some((_, body)) = file.body() {
            links_in_body(&file.text, body, id, &mut spans);
        }
        // What does not read as the id in the file itself would be a wrong place to point at, or to write to.
        found.extend(spans.into_iter().filter(|s| s.of(&file.text) == id).map(|span| Reference { file, span }));
    }
    found
}

/// Every place that names the score of an instrument, in the journeys that use it: the score has the instrument's name
/// (CONTENT.md, section 4).
pub(super) fn scores<'a>(snapshot: &'a Snapshot, instrument: &str) -> Vec<Reference<'a>> {
    let mut found = Vec::new();
    let id = Kind::Instrument.id(instrument);
    for file in snapshot.files.iter().filter(|f| f.text.contains(&id)) {
        if !matches!(Identity::of(&file.path), Identity::Item { kind: Kind::Journey, .. }) {
            continue;
        }
        let mut spans = BTreeSet::new();
        if let Some(data) = file.data() {
            scores_in(data, instrument, &mut spans);
            spans.extend(data.get("report").and_then(|report| report.entry(instrument)).map(|e| unquoted(e.key, instrument)));
        }
        found.extend(spans.into_iter().filter(|s| s.of(&file.text) == instrument).map(|span| Reference { file, span }));
    }
    found
}

fn scores_in(node: NodeRef<'_>, name: &str, spans: &mut BTreeSet<Span>) {
    for entry in node.entries() {
        match entry.value.str() {
            Some(text) if text == name && matches!(entry.name, "score" | "monotone") => {
                spans.insert(entry.value.span_within(0..name.len()));
            }
            _ => scores_in(entry.value, name, spans),
        }
    }
    node.items().for_each(|item| scores_in(item, name, spans));
}

/// A key may stand in quotes.
fn unquoted(key: Span, name: &str) -> Span {
    if key.range().len() == name.len() { key } else { Span { start: key.start + 1, end: key.end - 1 } }
}

/// Whether a reference names the item, or a part of it: `journey/low-mood#rule`.
fn names(text: &str, id: &str) -> bool {
    text.strip_prefix(id).is_some_and(|rest| rest.is_empty() || rest.starts_with('#'))
}

fn value(node: NodeRef<'_>, id: &str) -> Option<Span> {
    node.str().filter(|text| names(text, id)).map(|_| node.span_within(0..id.len()))
}

/// Links in texts that are Markdown though they stand in YAML: `say` of a step.
fn links_in_yaml(node: NodeRef<'_>, id: &str, spans: &mut BTreeSet<Span>) {
    match node.ty() {
        Type::Map => node.entries().for_each(|e| links_in_yaml(e.value, id, spans)),
        Type::List => node.items().for_each(|i| links_in_yaml(i, id, spans)),
        Type::String => {
            let text = node.str().unwrap_or("");
            if text.contains("](") {
                let mut within = BTreeSet::new();
                links_in_body(text, Span::new(0, text.len()), id, &mut within);
                spans.extend(within.into_iter().map(|s| node.span_within(s.range())));
            }
        }
        _ => {}
    }
}

fn links_in_body(text: &str, body: Span, id: &str, spans: &mut BTreeSet<Span>) {
    let links = markdown::read(text, body).links;
    for link in links.iter().filter(|l| names(&l.to, id)) {
        // `[words](topic/sleep)` and `[words](<topic/sleep>)`; the words themselves may be an id as well.
        let source = link.span.of(text);
        let inline = ["](", "](<"].iter().find_map(|open| source.rfind(&format!("{open}{id}")).map(|at| at + open.len()));
        match inline {
            Some(at) => drop(spans.insert(Span::new(at, at + id.len()).shift(link.span.start as usize))),
            None => definitions(text, body, id, spans),
        }
    }
}

/// `[label]: topic/sleep` on a line of its own, for links that name a label.
fn definitions(text: &str, body: Span, id: &str, spans: &mut BTreeSet<Span>) {
    let mut at = body.start as usize;
    for line in body.of(text).split_inclusive('\n') {
        let is_definition = line.trim_start_matches([' ', '>']).starts_with('[');
        if let Some((before, after)) = line.split_once("]:").filter(|_| is_definition) {
            let to = after.trim_start().trim_start_matches('<');
            let end = to.find(|c: char| c.is_whitespace() || c == '>').unwrap_or(to.len());
            if names(&to[..end], id) {
                let start = at + before.len() + 2 + (after.len() - to.len());
                spans.insert(Span::new(start, start + id.len()));
            }
        }
        at += line.len();
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_place_is_found_and_nothing_else() {
        let text = concat!(
            "---\ntitle: topic/a\ntopics: [topic/a, 'topic/a', topic/ab]\n---\n",
            "[topic/a](topic/a#x) and [b](<topic/a> \"topic/a\"), [c][l], topic/a.\n\n[l]: topic/a\n[m]: topic/ab\n",
        );
        let journey = "title: J\nsteps:\n  s:\n    say: >-\n      Go to\n      [A](topic/a) or [AB](topic/ab).\n    go: outcome/x\n";
        let snapshot = Snapshot::from_texts([("content/topics/t.md", text), ("content/journeys/j.yaml", journey)]);
        let found = to(&snapshot, &Schemas::of(&snapshot), "topic/a");
        let at = |before: &str, text: &str| text.find(before).unwrap() + before.len();
        let spans: Vec<usize> = found.iter().map(|r| r.span.start as usize).collect();
        let expected = [
            at("[A](", journey),
            at("topics: [", text),
            at("topics: [topic/a, '", text),
            at("[topic/a](", text),
            at("[b](<", text),
            at("\n[l]: ", text),
        ];
        assert_eq!(spans, expected);
        let hazard = "title: H\nstate: open\ncontrols:\n  - {text: T, type: design, by: journey/j#rule}\n";
        let snapshot = Snapshot::from_texts([("content/hazards/h.yaml", hazard)]);
        let found = to(&snapshot, &Schemas::of(&snapshot), "journey/j");
        assert_eq!(found[0].span.of(hazard), "journey/j");
    }
}
