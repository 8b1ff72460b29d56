//! A box's or an arrow's text, broken into rows that fit.

use super::drawing::{Arrow, Bullet, Line, Mark, Shape, Style, What};
use super::letters::{width as width_of, wrap};

/// Size of the text of boxes.
pub const TEXT: f64 = 13.0;
/// Size of what is said besides.
pub const SMALL: f64 = 12.0;
/// The sides of the squares that show how urgent an ending is, and the space for them.
pub const SQUARE: f64 = 7.0;
/// From one row to the next, in sizes of the text.
const LEADING: f64 = 1.28;
/// Room for a bullet.
const BULLET: f64 = 17.0;
/// Room for a dot.
const DOT: f64 = 10.0;

/// Rows of text in a box that they fit.
#[derive(Debug, Clone, PartialEq)]
pub struct Panel {
    /// Its width.
    pub width: f64,
    /// Its height.
    pub height: f64,
    /// Its rows, from the top.
    pub rows: Vec<Row>,
}

/// One row of text.
#[derive(Debug, Clone, PartialEq)]
pub struct Row {
    /// Where it begins, from the panel's left; its middle where it is centred.
    pub x: f64,
    /// Its base line, from the panel's top.
    pub y: f64,
    /// Size of its letters.
    pub size: f64,
    /// Bold.
    pub is_bold: bool,
    /// In a quieter colour.
    pub is_quiet: bool,
    /// What stands before it, on the first row of a line.
    pub bullet: Option<(Bullet, f64)>,
    /// What it says.
    pub text: String,
    /// What became of it.
    pub mark: Mark,
}

/// Room between a shape's border and its text: left, right, top, bottom.
fn inset(what: What) -> [f64; 4] {
    match what {
        What::Decision => [24.0, 24.0, 9.0, 10.0],
        What::Start => [12.0, 12.0, 6.0, 8.0],
        What::Instrument => [18.0, 18.0, 8.0, 10.0],
        What::Handover => [12.0, 24.0, 8.0, 10.0],
        What::Ending(_) => [13.0, 12.0, 10.0, 10.0],
        What::Elsewhere => [20.0, 16.0, 6.0, 8.0],
        _ => [12.0, 12.0, 8.0, 10.0],
    }
}

/// The words for what became of a box, sign first.
pub(super) fn said(mark: Mark) -> &'static str {
    match mark {
        Mark::Same => "",
        Mark::Added => "+ new",
        Mark::Removed => "− gone",
        Mark::Changed => "~ changed",
    }
}

impl Panel {
    /// The text of a box of this width.
    pub(super) fn of_shape(shape: &Shape, width: f64) -> Self {
        let [left, right, top, bottom] = inset(shape.what);
        let mut panel = Self { width, height: top, rows: Vec::new() };
        let room = width - left - right;
        if matches!(shape.what, What::Ending(_)) {
            panel.height += SQUARE + 2.0;
        }
        let tag = [said(shape.mark), &shape.tag].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
        let mark = shape.mark;
        panel.write(&Line { style: Style::Small, bullet: Bullet::None, text: tag, mark: Mark::Same }, left, room, true);
        for row in panel.rows.iter_mut().filter(|_| mark != Mark::Same) {
            row.is_bold = true;
        }
        for line in shape.lines.iter().filter(|l| l.is_shown()) {
            panel.write(line, left, room, false);
        }
        panel.height += bottom;
        if shape.what == What::Start {
            for row in &mut panel.rows {
                row.x = (panel.width - width_of(&row.text, row.size, row.is_bold) * 0.86) / 2.0;
            }
        }
        panel
    }

    /// The words on an arrow, at most this wide and no wider than they need.
    pub(super) fn of_arrow(arrow: &Arrow, room: f64) -> Option<Self> {
        let mut panel = Self { width: 0.0, height: 3.0, rows: Vec::new() };
        for line in &arrow.label {
            let bullet = if arrow.label.len() > 1 { Bullet::Dot } else { Bullet::None };
            panel.write(&line.clone().after(bullet), 6.0, room - 12.0, false);
        }
        if panel.rows.is_empty() && arrow.mark != Mark::Same {
            // Nothing to read: the sign alone tells the arrow from others without colour.
            panel.write(&Line::plain(said(arrow.mark)), 6.0, room - 12.0, false);
        }
        if panel.rows.is_empty() {
            return None;
        }
        let widest = panel.rows.iter().map(|r| width_of(&r.text, r.size, r.is_bold) + r.x - 6.0).fold(0.0, f64::max);
        panel.width = (widest + 12.0).min(room);
        panel.height += 3.0;
        Some(panel)
    }

    fn write(&mut self, line: &Line, left: f64, room: f64, is_quiet: bool) {
        let size = if line.style == Style::Small { SMALL } else { TEXT };
        let is_bold = line.style == Style::Strong;
        let indent = match line.bullet {
            Bullet::None => 0.0,
            Bullet::Dot => DOT,
            _ => BULLET,
        };
        let sign = line.mark.sign();
        let text = if sign.is_empty() { line.text.clone() } else { format!("{sign} {}", line.text) };
        for (number, text) in wrap(&text, size, is_bold, room - indent).into_iter().enumerate() {
            self.height += size * LEADING;
            let bullet = (number == 0 && line.bullet != Bullet::None).then_some((line.bullet, left));
            let y = self.height - size * (LEADING - 1.0);
            self.rows.push(Row { x: left + indent, y, size, is_bold, is_quiet, bullet, text, mark: line.mark });
        }
    }
}
