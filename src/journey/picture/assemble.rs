//! The pieces of one version, or of two laid over each other, as boxes and arrows.
//!
//! Steps are the same where their names are, or where one says what it `was`; ways out of a step where they belong to the
//! same answer, the same condition, or both to `otherwise`. What the older version alone has is kept, and marked.

use std::collections::HashMap;

use super::drawing::{Arrow, Line, Mark, Shape, What};
use super::pieces::{Cause, Exit, Piece, Pieces, To};
use super::{circles, lines};

/// Where a way leads, in both versions alike.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
enum Goal {
    Box(usize),
    /// An ending, by the id that it has in the newer version, or what was written.
    End(String),
}

/// Which versions an ending's text comes from.
type Ends<'a> = [Option<To<'a>>; 2];

pub(super) struct Assembly<'p, 'v, 'a> {
    now: &'p Pieces<'v, 'a>,
    before: Option<&'p Pieces<'v, 'a>>,
    /// The newer name of an item.
    renamed: &'p dyn Fn(&str) -> String,
    boxes: Vec<Shape>,
    arrows: Vec<Arrow>,
    /// The boxes of the steps of the newer and the older version.
    of_now: Vec<usize>,
    of_before: Vec<usize>,
    /// Numbers of arrows by where they lead from and to.
    known: HashMap<(usize, Goal), usize>,
}

/// The boxes and arrows of a journey.
pub(super) fn assemble<'a>(
    now: &Pieces<'_, 'a>,
    before: Option<&Pieces<'_, 'a>>,
    renamed: &dyn Fn(&str) -> String,
) -> (Vec<Shape>, Vec<Arrow>) {
    let start = Shape {
        key: "start".to_owned(),
        what: What::Start,
        tag: String::new(),
        lines: vec![Line::plain("Start")],
        mark: Mark::Same,
        is_wrong: false,
    };
    let mut assembly = Assembly {
        now,
        before,
        renamed,
        boxes: vec![start],
        arrows: Vec::new(),
        of_now: Vec::new(),
        of_before: Vec::new(),
        known: HashMap::new(),
    };
    assembly.steps();
    assembly.start();
    assembly.ways();
    assembly.settle();
    circles::cut(&mut assembly.boxes, &mut assembly.arrows);
    (assembly.boxes, assembly.arrows)
}

impl<'a> Assembly<'_, '_, 'a> {
    /// A box for every step, those that are gone last.
    fn steps(&mut self) {
        let old = self.before.map_or(&[][..], |b| &b.steps);
        let by_name: HashMap<&str, usize> = old.iter().enumerate().map(|(n, p)| (p.name, n)).collect();
        let mut partner: HashMap<usize, usize> = HashMap::new();
        self.of_before = vec![usize::MAX; old.len()];
        for piece in &self.now.steps {
            let number = self.boxes.len();
            self.of_now.push(number);
            let same = by_name.get(piece.name).or_else(|| by_name.get(piece.was?)).copied();
            let same = same.filter(|n| !partner.contains_key(n));
            let mut shape = shape(piece);
            if let Some(old_number) = same {
                partner.insert(old_number, number);
                self.of_before[old_number] = number;
                shape.lines = lines::compared(&old[old_number].lines, &shape.lines);
                if old[old_number].name != piece.name {
                    shape.tag = format!("{} (was {})", shape.tag, old[old_number].name);
                    shape.mark = Mark::Changed;
                }
                if lines::mark_of(&shape.lines) != Mark::Same {
                    shape.mark = Mark::Changed;
                }
            } else if self.before.is_some() {
                shape.mark = Mark::Added;
            }
            shape.is_wrong = !piece.faults.is_empty();
            shape.lines.extend(piece.faults.iter().map(|f| Line::plain(format!("! {f}"))));
            self.boxes.push(shape);
        }
        for (number, piece) in old.iter().enumerate().filter(|(n, _)| !partner.contains_key(n)) {
            self.of_before[number] = self.boxes.len();
            self.boxes.push(Shape { mark: Mark::Removed, ..shape(piece) });
        }
    }

    fn start(&mut self) {
        let way = |to: To<'a>| Exit { cause: Cause::Go, label: Line::plain(""), to };
        let now = way(self.now.start);
        let before = self.before.map(|b| way(b.start));
        self.laid_over(0, Some(&now), before.as_ref());
    }

    fn ways(&mut self) {
        let (now, before) = (self.now, self.before);
        let old = before.map_or(&[][..], |b| &b.steps);
        let mut partners: HashMap<usize, &Piece<'a>> = self.of_before.iter().copied().zip(old).collect();
        for (piece, number) in now.steps.iter().zip(self.of_now.clone()) {
            self.ways_of(number, Some(piece), partners.remove(&number));
        }
        for (piece, number) in old.iter().zip(self.of_before.clone()) {
            if partners.contains_key(&number) {
                self.ways_of(number, None, Some(piece));
            }
        }
    }

    fn ways_of(&mut self, number: usize, now: Option<&Piece<'a>>, before: Option<&Piece<'a>>) {
        let first = self.arrows.len();
        let mut left: Vec<&Exit<'a>> = before.map_or(Vec::new(), |b| b.exits.iter().collect());
        let exits = || now.into_iter().flat_map(|p| &p.exits);
        let mut partners: Vec<Option<&Exit<'a>>> =
            exits().map(|exit| left.iter().position(|o| is_same(&exit.cause, &o.cause)).map(|n| left.remove(n))).collect();
        // A condition that is no longer there and one that is new are one that changed.
        let is_branch = |e: &Exit<'_>| matches!(e.cause, Cause::Branch(_));
        for (_, partner) in exits().zip(&mut partners).filter(|(e, p)| p.is_none() && is_branch(e)) {
            *partner = left.iter().position(|o| is_branch(o)).map(|n| left.remove(n));
        }
        for (exit, partner) in exits().zip(partners) {
            self.laid_over(number, Some(exit), partner);
        }
        for exit in left {
            self.laid_over(number, None, Some(exit));
        }
        if self.boxes[number].what == What::Question {
            let is_silent = self.arrows[first..].iter().all(|a| a.label.iter().all(|l| l.text.is_empty()));
            if is_silent || self.arrows.len() == first + 1 {
                self.options_in_box(number, first, now, before);
            }
        }
    }

    /// Answers that all lead the same way stand in the box, and the arrow says nothing.
    fn options_in_box(&mut self, number: usize, first: usize, now: Option<&Piece<'a>>, before: Option<&Piece<'a>>) {
        let shape = &mut self.boxes[number];
        let options = match (now, before) {
            (Some(now), Some(before)) => lines::compared(&before.options, &now.options),
            (one, other) => one.or(other).map_or(Vec::new(), |p| p.options.clone()),
        };
        if shape.mark == Mark::Same && lines::mark_of(&options) != Mark::Same {
            shape.mark = Mark::Changed;
        }
        // Before what is wrong with the step, if anything is.
        let at = shape.lines.iter().position(|l| l.text.starts_with("! ")).unwrap_or(shape.lines.len());
        shape.lines.splice(at..at, options);
        for arrow in &mut self.arrows[first..] {
            let is_kept = arrow.label.iter().any(|l| l.mark == Mark::Same);
            let mark = if is_kept { Mark::Same } else { lines::mark_of(&arrow.label) };
            arrow.label = vec![Line::plain("").marked(mark)];
        }
    }

    /// One way out, as it is and as it was.
    fn laid_over(&mut self, from: usize, now: Option<&Exit<'a>>, before: Option<&Exit<'a>>) {
        let goal_now = now.map(|e| self.goal(e.to, false));
        let goal_before = before.map(|e| self.goal(e.to, true));
        let is_same_goal = goal_now == goal_before;
        let is_same = is_same_goal && now.zip(before).is_some_and(|(n, b)| is_same_label(&n.label, &b.label));
        if let (Some(exit), Some(goal), false) = (before, goal_before, is_same) {
            self.add(from, goal, [None, Some(exit.to)], exit.label.clone().marked(Mark::Removed));
        }
        if let (Some(exit), Some(goal)) = (now, goal_now) {
            let mark = if is_same || self.before.is_none() { Mark::Same } else { Mark::Added };
            let old = before.filter(|_| is_same_goal).map(|b| b.to);
            self.add(from, goal, [Some(exit.to), old], exit.label.clone().marked(mark));
        }
    }

    fn goal(&self, to: To<'a>, is_before: bool) -> Goal {
        match to {
            To::Step(n) => Goal::Box(if is_before { self.of_before[n] } else { self.of_now[n] }),
            To::Item(id) if is_before => Goal::End((self.renamed)(id)),
            To::Item(id) | To::Unknown(id) => Goal::End(id.to_owned()),
            To::Nothing => Goal::End(String::new()),
        }
    }

    fn add(&mut self, from: usize, goal: Goal, ends: Ends<'a>, line: Line) {
        let next = self.arrows.len();
        let number = *self.known.entry((from, goal.clone())).or_insert(next);
        if number == next {
            let to = match goal {
                Goal::Box(to) => to,
                Goal::End(id) => {
                    let end = self.ending(from, &id, ends);
                    self.boxes.push(end);
                    self.boxes.len() - 1
                }
            };
            self.arrows.push(Arrow { from, to, label: Vec::new(), mark: Mark::Same, is_wrong: false });
        }
        let is_nowhere = self.boxes[self.arrows[number].to].what == What::Nowhere;
        let arrow = &mut self.arrows[number];
        arrow.is_wrong |= is_nowhere;
        arrow.label.push(line);
    }

    fn ending(&self, from: usize, id: &str, [now, before]: Ends<'a>) -> Shape {
        let of_now = now.map(|to| self.now.end(to));
        // What it says in the older version, also where only the way to it is new.
        let older = before.and_then(|to| Some(self.before?.end(to)));
        let (what, lines) = match (of_now, older) {
            (Some((what, lines)), Some((_, old))) => (what, lines::compared(&old, &lines)),
            (Some(end), None) | (None, Some(end)) => end,
            (None, None) => self.now.end(To::Nothing),
        };
        let mark = if lines::mark_of(&lines) == Mark::Same { Mark::Same } else { Mark::Changed };
        let key = format!("{}/{id}", self.boxes[from].key);
        Shape { key, what, tag: String::new(), lines, mark, is_wrong: what == What::Nowhere }
    }

    /// Marks of arrows and of what stands beside a step follow from the lines; empty lines go.
    fn settle(&mut self) {
        for arrow in &mut self.arrows {
            arrow.mark = lines::mark_of(&arrow.label);
            arrow.label.retain(|l| !l.text.is_empty());
            if [Mark::Added, Mark::Removed].contains(&self.boxes[arrow.from].mark) {
                // The step's own sign says it for all that leads out of it.
                arrow.label.iter_mut().for_each(|l| l.mark = Mark::Same);
            }
            let end = &mut self.boxes[arrow.to];
            if end.what.is_end() && end.mark == Mark::Same && [Mark::Added, Mark::Removed].contains(&arrow.mark) {
                end.mark = arrow.mark;
            }
        }
    }
}

fn shape(piece: &Piece<'_>) -> Shape {
    let tag = format!("{} · {}", piece.name, piece.tag);
    let (what, lines) = (piece.what, piece.lines.clone());
    Shape { key: piece.name.to_owned(), what, tag, lines, mark: Mark::Same, is_wrong: false }
}

fn is_same(now: &Cause<'_>, before: &Cause<'_>) -> bool {
    match (now, before) {
        (Cause::Answer(id, was), Cause::Answer(old, _)) => id == old || was.is_some_and(|w| w == *old),
        (now, before) => now == before,
    }
}

/// Numbers of conditions change when one is put before them; that is no change of its own.
fn is_same_label(now: &Line, before: &Line) -> bool {
    let is_number = |l: &Line| l.text.parse::<usize>().is_ok() || ["yes", "no", "otherwise"].contains(&l.text.as_str());
    now.text == before.text || is_number(now) && is_number(before)
}
