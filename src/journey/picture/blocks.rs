//! A step with the endings that it leads to, as one block: what the engine places is blocks, so that an ending always
//! stands beside its step.
//!
//! Endings stand to the right of a step from which the way also goes on, and below one from which it does not. Where the page
//! is too narrow for that, they stand below the former too, and the way goes on to their right.

use super::drawing::{Arrow, Drawing, Mark};
use super::panel::Panel;

/// Width of a step's box.
pub(super) const STEP: f64 = 236.0;
/// Width of an ending's box.
const END: f64 = 180.0;
/// Between a step and the endings to its right: room for answers.
const GAP: f64 = 138.0;
/// Room for the way on, to the right of endings that stand below their step.
const PASS: f64 = 26.0;
/// Between two endings.
const BETWEEN: f64 = 12.0;

/// A point, in the picture's units.
pub type Point = (f64, f64);

/// A step with its endings, seen from the block's top left corner.
pub(super) struct Block {
    pub(super) width: f64,
    pub(super) height: f64,
    /// Where arrows come in and where they leave, from the left.
    pub(super) ports: (f64, f64),
    /// Where arrows leave the step's box, from the top.
    pub(super) foot: f64,
    pub(super) boxes: Vec<(usize, Point, Panel)>,
    pub(super) labels: Vec<(usize, Point, Panel)>,
    pub(super) routes: Vec<(usize, Vec<Point>)>,
}

impl Block {
    /// The block of a step; a narrow one is as wide as the step alone.
    pub(super) fn of(number: usize, drawing: &Drawing, departures: &[usize], is_narrow: bool) -> Self {
        let is_end = |a: &&usize| drawing.boxes[drawing.arrows[**a].to].what.is_end();
        let ends: Vec<usize> = departures.iter().filter(is_end).copied().collect();
        let panel = Panel::of_shape(&drawing.boxes[number], if number == 0 { 70.0 } else { STEP });
        let (width, height) = (panel.width, panel.height);
        let mut block = Self {
            width,
            height,
            ports: (width / 2.0, width / 2.0),
            foot: height,
            boxes: Vec::new(),
            labels: Vec::new(),
            routes: Vec::new(),
        };
        if ends.is_empty() {
            block.boxes.push((number, (0.0, 0.0), panel));
            return block;
        }
        let goes_on = ends.len() < departures.len();
        if goes_on && !is_narrow {
            block.beside(number, panel, drawing, &ends);
            return block;
        }
        block.boxes.push((number, (0.0, 0.0), panel));
        match ends[..] {
            [one] if !goes_on => block.below(drawing, one),
            _ if goes_on => {
                block.ports.1 = STEP - 16.0;
                block.hanging(drawing, &ends, STEP - PASS);
            }
            _ => block.hanging(drawing, &ends, STEP),
        }
        block
    }

    /// Endings in a column to the right; a bracket leads to them.
    fn beside(&mut self, number: usize, panel: Panel, drawing: &Drawing, ends: &[usize]) {
        let rows: Vec<(usize, Panel, Option<Panel>)> = ends.iter().map(|a| self.row(drawing, *a, END, GAP - 42.0)).collect();
        let height_of = |(_, end, label): &(usize, Panel, Option<Panel>)| end.height.max(label.as_ref().map_or(0.0, |l| l.height));
        let column: f64 = rows.iter().map(height_of).sum::<f64>() + BETWEEN * (rows.len() as f64 - 1.0);
        let step = panel.height;
        // The first arrow leaves the box straight; a short column stands at the middle of the box.
        let mut y = ((step - column) / 2.0).max(0.0);
        let leave = (y + rows.first().map_or(0.0, height_of) / 2.0).min(step - 12.0);
        self.boxes.push((number, (0.0, 0.0), panel));
        for row in rows {
            let (height, middle) = (height_of(&row), y + height_of(&row) / 2.0);
            let (arrow, end, label) = row;
            let trunk = STEP + 14.0;
            // A decision's border runs back from its tip: the line begins below the box, which is drawn over it.
            let begin = STEP - 14.0;
            let mut route = vec![(begin, leave), (trunk, leave), (trunk, middle), (STEP + GAP, middle)];
            if (leave - middle).abs() < 0.01 {
                route = vec![(begin, middle), (STEP + GAP, middle)];
            }
            self.routes.push((arrow, route));
            if let Some(label) = label {
                // Between the bracket and the arrow's head.
                let x = trunk + 6.0 + (GAP - 42.0 - label.width) / 2.0;
                self.labels.push((arrow, (x, middle - label.height / 2.0), label));
            }
            self.boxes.push((drawing.arrows[arrow].to, (STEP + GAP, middle - end.height / 2.0), end));
            y += height + BETWEEN;
        }
        self.width = STEP + GAP + END;
        self.height = step.max(y - BETWEEN);
    }

    /// One ending straight below.
    fn below(&mut self, drawing: &Drawing, arrow: usize) {
        let (_, end, label) = self.row(drawing, arrow, END + 20.0, STEP);
        let middle = self.width / 2.0;
        let mut y = self.height;
        let top = y;
        if let Some(label) = label {
            y += 10.0;
            let height = label.height;
            self.labels.push((arrow, (middle - label.width / 2.0, y), label));
            y += height;
        }
        y += 20.0;
        self.routes.push((arrow, vec![(middle, top), (middle, y)]));
        self.height = y + end.height;
        self.boxes.push((drawing.arrows[arrow].to, (middle - end.width / 2.0, y), end));
    }

    /// Several endings, one below the other; a trunk at the left leads to them.
    fn hanging(&mut self, drawing: &Drawing, ends: &[usize], right: f64) {
        let (trunk, left) = (14.0, 40.0);
        let top = self.height;
        let mut y = top;
        for arrow in ends {
            let (arrow, end, label) = self.row(drawing, *arrow, right - left, right - trunk - 8.0);
            y += 10.0;
            if let Some(label) = label {
                let height = label.height;
                self.labels.push((arrow, (trunk + 6.0, y), label));
                // The frame of an ending that changed stands out above it.
                y += height + if drawing.boxes[drawing.arrows[arrow].to].mark == Mark::Same { 2.0 } else { 7.0 };
            }
            let middle = y + end.height / 2.0;
            self.routes.push((arrow, vec![(trunk, top), (trunk, middle), (left, middle)]));
            let height = end.height;
            self.boxes.push((drawing.arrows[arrow].to, (left, y), end));
            y += height;
        }
        self.height = y;
    }

    fn row(&self, drawing: &Drawing, number: usize, width: f64, room: f64) -> (usize, Panel, Option<Panel>) {
        let arrow: &Arrow = &drawing.arrows[number];
        (number, Panel::of_shape(&drawing.boxes[arrow.to], width), Panel::of_arrow(arrow, room))
    }
}
