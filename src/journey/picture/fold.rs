//! Long journeys folded: questions that come one after the other, whatever is answered, in one box.

use super::drawing::{Arrow, Bullet, Drawing, Line, Mark, Shape, Style, What};
use super::letters::shortened;

/// A drawing with more boxes than this is folded.
const LONG: usize = 40;
/// So many questions in a row are worth a box.
const RUN: usize = 3;
/// So many of them are named in it.
const NAMED: usize = 12;

/// Folds a long drawing.
pub(super) fn fold(drawing: &mut Drawing) {
    if drawing.boxes.iter().filter(|b| !b.what.is_end()).count() <= LONG {
        return;
    }
    let count = drawing.boxes.len();
    let (mut arrivals, mut departures) = (vec![0_usize; count], vec![Vec::new(); count]);
    for arrow in &drawing.arrows {
        arrivals[arrow.to] += 1;
        departures[arrow.from].push(arrow);
    }
    let is_plain = |number: usize| {
        let shape = &drawing.boxes[number];
        let is_quiet = |a: &&Arrow| a.mark == Mark::Same && !a.is_wrong && !drawing.boxes[a.to].what.is_end();
        let goes = &departures[number];
        shape.what == What::Question && shape.mark == Mark::Same && !shape.is_wrong && goes.len() == 1 && goes.iter().all(is_quiet)
    };
    let next = |number: usize| departures[number].first().map(|a| a.to).filter(|to| is_plain(*to) && arrivals[*to] == 1);
    let mut follows = vec![false; count];
    for number in (0..count).filter(|n| is_plain(*n)) {
        if let Some(to) = next(number) {
            follows[to] = true;
        }
    }
    // The box that each box is folded into.
    let mut home: Vec<usize> = (0..count).collect();
    let mut folded: Vec<(usize, Shape)> = Vec::new();
    for first in (0..count).filter(|n| is_plain(*n) && !follows[*n]) {
        let mut run = vec![first];
        while let Some(to) = run.last().and_then(|last| next(*last)) {
            run.push(to);
        }
        if run.len() >= RUN {
            folded.push((first, together(&run, drawing)));
            run.iter().for_each(|n| home[*n] = first);
        }
    }
    for (number, shape) in folded {
        drawing.boxes[number] = shape;
    }
    // What is left, numbered anew.
    let mut numbers = vec![0; count];
    let mut kept = 0;
    for number in 0..count {
        numbers[number] = kept;
        kept += usize::from(home[number] == number);
    }
    let mut number = 0;
    drawing.boxes.retain(|_| {
        number += 1;
        home[number - 1] == number - 1
    });
    drawing.arrows.retain(|a| home[a.from] != home[a.to] || a.from == a.to);
    for arrow in &mut drawing.arrows {
        (arrow.from, arrow.to) = (numbers[home[arrow.from]], numbers[home[arrow.to]]);
    }
}

fn together(run: &[usize], drawing: &Drawing) -> Shape {
    let shape = |n: &usize| &drawing.boxes[*n];
    let name = |n: Option<&usize>| n.map_or("", |n| shape(n).key.as_str());
    let mut lines = vec![Line::plain(format!("{} questions, one after the other", run.len())).styled(Style::Strong)];
    let asked = run.iter().filter_map(|n| shape(n).lines.first());
    lines.extend(asked.take(NAMED).map(|l| Line::plain(shortened(&l.text, 90)).styled(Style::Small).after(Bullet::Dot)));
    if run.len() > NAMED {
        lines.push(Line::plain(format!("and {} more", run.len() - NAMED)).styled(Style::Small));
    }
    let (first, last) = (name(run.first()), name(run.last()));
    Shape { key: first.to_owned(), what: What::Folded, tag: format!("{first} to {last}"), lines, mark: Mark::Same, is_wrong: false }
}
