//! Changes as one HTML file that needs nothing else: no script, no request, readable in print.

use minijinja::{AutoEscape, Environment, Value, context};

use super::report::{Entry, Report};
use super::words::Piece;
use crate::diag::escape::{visible, visible_lines};

/// The page, or why the template cannot be filled.
///
/// # Errors
/// None for a report of ours: the template is embedded and its tests fill every part of it.
pub fn render(report: &Report, title: &str) -> Result<String, minijinja::Error> {
    let mut environment = Environment::new();
    environment.set_auto_escape_callback(|_| AutoEscape::Html);
    environment.set_undefined_behavior(minijinja::UndefinedBehavior::Strict);
    environment.add_template("diff.html", include_str!("page.html"))?;
    let entries: Vec<Value> = report.entries.iter().map(entry).collect();
    environment.get_template("diff.html")?.render(context! { title => visible(title), summary => &report.summary, entries })
}

fn entry(entry: &Entry) -> Value {
    let notes =
        entry.notes.iter().map(|n| context! { severity => n.severity.word(), code => n.code, text => visible(&n.text), why => n.why });
    let moves = entry.moves.iter().map(|m| {
        let example = m.example.iter().map(|(q, a)| context! { question => visible(q), answer => visible(a) });
        context! {
            direction => m.direction, is_grave => m.is_grave, from => visible(&m.from), to => visible(&m.to), count => &m.count,
            example => example.collect::<Vec<_>>(),
        }
    });
    let vignettes =
        entry.vignettes.iter().map(|(name, from, to)| context! { name => visible(name), from => visible(from), to => visible(to) });
    let fields =
        entry.fields.iter().map(|f| context! { path => visible(&f.path), pieces => f.pieces.iter().map(piece).collect::<Vec<_>>() });
    context! {
        id => visible(&entry.id),
        title => visible(&entry.title),
        what => visible(&entry.what),
        class => entry.class.word(),
        is_less_urgent => entry.is_less_urgent,
        counts => &entry.counts,
        notes => notes.collect::<Vec<_>>(),
        moves => moves.collect::<Vec<_>>(),
        vignettes => vignettes.collect::<Vec<_>>(),
        fields => fields.collect::<Vec<_>>(),
        appears => &entry.appears,
    }
}

fn piece(piece: &Piece) -> Value {
    let (sort, text) = match piece {
        Piece::Same(text) => ("same", text),
        Piece::Gone(text) => ("gone", text),
        Piece::New(text) => ("new", text),
    };
    context! { sort, text => visible_lines(text) }
}
