//! Rows moved up as far as what stands above them allows.
//!
//! The engine gives every row the height of its tallest block, so that one long list of endings pushes everything below it
//! down. Here a row, with the bends above it, moves up until one of its parts would come too close to a part of an earlier
//! row above it. What stands above what stays as it was, so no line can come to run through a box.

use super::blocks::Point;

/// Room that is left between boxes and words.
const APART: f64 = 22.0;
/// Room that is left beside a line.
const ASIDE: f64 = 9.0;

/// Something that must not be run over: a box, words, or a stretch of a line.
pub(super) struct Part {
    /// Left and right.
    pub(super) across: (f64, f64),
    /// Top and bottom.
    pub(super) down: (f64, f64),
    /// The row it moves with.
    pub(super) row: usize,
    pub(super) is_line: bool,
}

impl Part {
    /// A stretch of a line.
    pub(super) fn stretch((x1, y1): Point, (x2, y2): Point, row: usize) -> Self {
        Self { across: (x1.min(x2), x1.max(x2)), down: (y1.min(y2), y1.max(y2)), row, is_line: true }
    }
}

/// How far each of the rows moves up.
pub(super) fn shifts(parts: &[Part], rows: usize) -> Vec<f64> {
    let mut shifts: Vec<f64> = vec![0.0; rows];
    let mut by_row: Vec<Vec<&Part>> = vec![Vec::new(); rows];
    for part in parts {
        by_row[part.row].push(part);
    }
    for row in 1..rows {
        // What comes last can move at most as far as leaves it below where the first row began.
        let mut most = shifts[row - 1] + f64::MAX / 4.0;
        for part in &by_row[row] {
            for above in by_row[..row].iter().flatten().filter(|a| is_above(a, part)) {
                let gap = part.down.0 - above.down.1;
                let kept = gap.min(if part.is_line || above.is_line { ASIDE } else { APART });
                most = most.min(gap - kept + shifts[above.row]);
            }
        }
        // Nothing above it at all: it stays with the row before.
        shifts[row] = if most > f64::MAX / 8.0 { shifts[row - 1] } else { most.max(0.0) };
    }
    shifts
}

fn is_above(above: &Part, part: &Part) -> bool {
    above.across.0 < part.across.1 + ASIDE && part.across.0 < above.across.1 + ASIDE && above.down.1 <= part.down.0 + 0.01
}
