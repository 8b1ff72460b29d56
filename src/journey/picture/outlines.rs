//! How boxes and lines look: shape and line say what colour says, so that a black-and-white print loses nothing.

use std::fmt::Write as _;

use super::drawing::{Mark, Urgency, What};
use crate::model::Card;

/// How a box is drawn.
pub(super) struct Look {
    pub(super) fill: String,
    pub(super) stroke: &'static str,
    pub(super) thickness: f64,
    pub(super) dashes: Option<&'static str>,
    pub(super) text: &'static str,
    pub(super) quiet: &'static str,
}

/// The colour of text.
pub(super) const INK: &str = "#1b1f24";
/// The colour of what is said besides.
pub(super) const QUIET: &str = "#50575e";
const RED: &str = "#a61b1b";

pub(super) fn look(what: What, is_wrong: bool) -> Look {
    let plain = |fill: &str, stroke, thickness| Look { fill: fill.to_owned(), stroke, thickness, dashes: None, text: INK, quiet: QUIET };
    let look = match what {
        What::Start => plain("#1b1f24", "#1b1f24", 1.0),
        What::Question | What::Folded => plain("#ffffff", "#3c4650", 1.5),
        What::Instrument => plain("#f3f0fa", "#4b3f72", 1.5),
        What::Say => plain("#f7f7f4", "#6b6f66", 1.2),
        What::Decision => plain("#fff9e3", "#6b5900", 1.5),
        What::Handover => plain("#eef1f4", "#3c4650", 1.5),
        What::Elsewhere => plain("#ffffff", "#3c4650", 1.2),
        What::Nowhere => Look { dashes: Some("2 3"), ..plain("#ffffff", RED, 2.5) },
        What::Ending(urgency) => ending(urgency),
    };
    let look = if what == What::Start { Look { text: "#ffffff", ..look } } else { look };
    if is_wrong { Look { stroke: RED, thickness: 2.5, dashes: Some("2 3"), ..look } } else { look }
}

fn ending(urgency: Urgency) -> Look {
    let steps = urgency.ranks.saturating_sub(1).max(1);
    let share = (urgency.rank as f64 / steps as f64).min(1.0);
    let look = |fill: String, stroke, thickness| Look { fill, stroke, thickness, dashes: None, text: INK, quiet: "#3c4650" };
    match urgency.card {
        Some(Card::Emergency) => Look { text: "#ffffff", quiet: "#ffffff", ..look(RED.to_owned(), "#5e0b0b", 2.5) },
        Some(Card::Urgent) => look(between([0xf7, 0xbd, 0xa4], [0xff, 0xf3, 0xd6], (share * 1.8).min(1.0)), "#8a3a00", 3.0),
        Some(Card::NonUrgent) => look(between([0xcf, 0xe2, 0xf5], [0xf0, 0xf6, 0xfc], share), "#1d4f91", 1.8),
        Some(Card::None) => look("#e4f2e5".to_owned(), "#2b6a3b", 1.3),
        None => Look { dashes: Some("5 3"), ..look("#ffffff".to_owned(), "#50575e", 1.5) },
    }
}

/// A colour between two.
fn between(from: [u8; 3], to: [u8; 3], share: f64) -> String {
    let mix = |n: usize| (f64::from(from[n]) + (f64::from(to[n]) - f64::from(from[n])) * share).round();
    format!("#{:02x}{:02x}{:02x}", mix(0) as u8, mix(1) as u8, mix(2) as u8)
}

/// The line of an arrow, or of the frame around a box: colour, thickness, dashes.
pub(super) fn line(mark: Mark, is_wrong: bool) -> (&'static str, f64, Option<&'static str>) {
    match (mark, is_wrong) {
        (_, true) => (RED, 2.2, Some("2 3")),
        (Mark::Same, _) => ("#3c4650", 1.5, None),
        (Mark::Added, _) => ("#116329", 2.8, None),
        (Mark::Removed, _) => (RED, 1.8, Some("7 4")),
        (Mark::Changed, _) => ("#855300", 2.0, Some("12 3 3 3")),
    }
}

/// A number as it stands in the file: one decimal place at most, the same on every machine.
pub(super) fn number(value: f64) -> String {
    let rounded = (value * 10.0).round() / 10.0;
    let text = format!("{rounded:.1}");
    let text = text.strip_suffix(".0").unwrap_or(&text);
    if text == "-0" { "0".to_owned() } else { text.to_owned() }
}

/// The outline of a shape, as the `d` of an SVG path.
pub(super) fn outline(what: What, x: f64, y: f64, width: f64, height: f64) -> String {
    let (right, bottom) = (x + width, y + height);
    match what {
        What::Start | What::Elsewhere => rounded(x, y, width, height, height / 2.0),
        What::Question | What::Folded => rounded(x, y, width, height, 5.0),
        What::Instrument | What::Nowhere => rounded(x, y, width, height, 0.0),
        What::Say => {
            // A sheet of paper with its corner folded.
            let fold = 11.0;
            polygon(&[(x, y), (right - fold, y), (right, y + fold), (right, bottom), (x, bottom)])
        }
        What::Decision => {
            let (middle, cut) = (y + height / 2.0, (height * 0.45).min(14.0));
            polygon(&[(x + cut, y), (right - cut, y), (right, middle), (right - cut, bottom), (x + cut, bottom), (x, middle)])
        }
        What::Handover => {
            let (middle, cut) = (y + height / 2.0, (height * 0.45).min(14.0));
            polygon(&[(x, y), (right - cut, y), (right, middle), (right - cut, bottom), (x, bottom)])
        }
        What::Ending(Urgency { card: Some(Card::Emergency), .. }) => {
            let cut = (height * 0.28).min(10.0);
            polygon(&[
                (x + cut, y),
                (right - cut, y),
                (right, y + cut),
                (right, bottom - cut),
                (right - cut, bottom),
                (x + cut, bottom),
                (x, bottom - cut),
                (x, y + cut),
            ])
        }
        What::Ending(Urgency { card: Some(Card::NonUrgent), .. }) => rounded(x, y, width, height, 9.0),
        What::Ending(Urgency { card: Some(Card::None), .. }) => rounded(x, y, width, height, 20.0),
        What::Ending(_) => rounded(x, y, width, height, 0.0),
    }
}

fn polygon(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (n, (x, y)) in points.iter().enumerate() {
        let _ = write!(path, "{}{} {}", if n == 0 { "M" } else { "L" }, number(*x), number(*y));
    }
    path + "Z"
}

fn rounded(x: f64, y: f64, width: f64, height: f64, radius: f64) -> String {
    let r = radius.min(height / 2.0).min(width / 2.0);
    if r == 0.0 {
        return polygon(&[(x, y), (x + width, y), (x + width, y + height), (x, y + height)]);
    }
    let [left, top, right, bottom, r1] = [x, y, x + width, y + height, r].map(number);
    let [inner_left, inner_right, inner_top, inner_bottom] = [x + r, x + width - r, y + r, y + height - r].map(number);
    format!(
        "M{inner_left} {top}H{inner_right}A{r1} {r1} 0 0 1 {right} {inner_top}V{inner_bottom}A{r1} {r1} 0 0 1 {inner_right} {bottom}\
         H{inner_left}A{r1} {r1} 0 0 1 {left} {inner_bottom}V{inner_top}A{r1} {r1} 0 0 1 {inner_left} {top}Z"
    )
}

/// A line through these points with its corners rounded, as the `d` of an SVG path.
pub(super) fn bent(points: &[(f64, f64)]) -> String {
    let mut path = String::new();
    for (n, (x, y)) in points.iter().enumerate() {
        let neighbours = n.checked_sub(1).and_then(|p| points.get(p)).zip(points.get(n + 1));
        let Some((before, after)) = neighbours else {
            let _ = write!(path, "{}{} {}", if n == 0 { "M" } else { "L" }, number(*x), number(*y));
            continue;
        };
        let towards = |(tx, ty): (f64, f64)| {
            let length = (tx - x).hypot(ty - y);
            let r = (length / 2.0).min(6.0);
            if length == 0.0 { (*x, *y) } else { (x + (tx - x) / length * r, y + (ty - y) / length * r) }
        };
        let ((ax, ay), (bx, by)) = (towards(*before), towards(*after));
        let _ = write!(path, "L{} {}Q{} {} {} {}", number(ax), number(ay), number(*x), number(*y), number(bx), number(by));
    }
    path
}
