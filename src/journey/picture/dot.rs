//! The picture for Graphviz.

use std::fmt::Write as _;

use super::drawing::{Bullet, Drawing, Line, Mark, Shape, What};
use super::letters::wrap;
use super::outlines::{line, look};
use super::panel::said;
use crate::model::Card;

/// Writes the drawing in the DOT language.
pub fn write(drawing: &Drawing) -> String {
    let mut out = String::from("digraph journey {\n");
    let _ = writeln!(out, "  label={};", quoted(&format!("{}\n{}", drawing.title, drawing.versions.join("\n"))));
    out.push_str("  labelloc=t; rankdir=TB; bgcolor=white;\n");
    out.push_str("  node [fontname=\"Arial\", fontsize=11, style=filled, fillcolor=white];\n");
    out.push_str("  edge [fontname=\"Arial\", fontsize=10];\n");
    for (number, shape) in drawing.boxes.iter().enumerate() {
        let look = look(shape.what, shape.is_wrong);
        let style = match (shape.mark, shape.what) {
            (Mark::Removed, _) => "filled,dashed",
            (Mark::Changed, _) => "filled,bold",
            (_, What::Question | What::Folded | What::Start) => "filled,rounded",
            (_, What::Ending(u)) if matches!(u.card, Some(Card::NonUrgent | Card::None)) => "filled,rounded",
            _ => "filled",
        };
        let frame = if shape.mark == Mark::Same { look.stroke } else { line(shape.mark, false).0 };
        let _ = writeln!(
            out,
            "  n{number} [shape={}, style=\"{style}\", fillcolor=\"{}\", color=\"{frame}\", penwidth={}, fontcolor=\"{}\", label={}];",
            form(shape.what),
            look.fill,
            look.thickness,
            look.text,
            quoted(&words(shape, 34))
        );
    }
    for arrow in &drawing.arrows {
        let (colour, thickness, dashes) = line(arrow.mark, arrow.is_wrong);
        let style = if dashes.is_some() { "dashed" } else { "solid" };
        let mut label: Vec<String> = arrow.label.iter().flat_map(|l| wrap(&said_of(l), 10.0, false, 150.0)).collect();
        if label.is_empty() && arrow.mark != Mark::Same {
            label.push(said(arrow.mark).to_owned());
        }
        let label = quoted(&label.join("\n"));
        let (from, to) = (arrow.from, arrow.to);
        let _ = writeln!(out, "  n{from} -> n{to} [label={label}, color=\"{colour}\", penwidth={thickness}, style={style}];");
    }
    out.push_str("}\n");
    out
}

fn form(what: What) -> &'static str {
    match what {
        What::Question | What::Folded | What::Start => "box",
        What::Instrument => "component",
        What::Say => "note",
        What::Decision => "hexagon",
        What::Handover => "cds",
        What::Elsewhere => "oval",
        What::Nowhere => "box",
        What::Ending(urgency) if urgency.card == Some(Card::Emergency) => "octagon",
        What::Ending(_) => "box",
    }
}

/// All that stands in a box, broken into lines of about so many letters.
pub(super) fn words(shape: &Shape, letters: usize) -> String {
    let tag = [said(shape.mark), &shape.tag].into_iter().filter(|t| !t.is_empty()).collect::<Vec<_>>().join(" · ");
    let lines = shape.lines.iter().filter(|l| l.is_shown()).map(said_of);
    let all = std::iter::once(tag).chain(lines).filter(|l| !l.is_empty());
    all.flat_map(|l| wrap(&l, 1.0, false, letters as f64 * 0.6)).collect::<Vec<_>>().join("\n")
}

/// A line with its sign and bullet.
pub(super) fn said_of(line: &Line) -> String {
    match line.bullet {
        Bullet::Any => format!("☐ {}", Line { bullet: Bullet::None, ..line.clone() }.words()),
        Bullet::One => format!("○ {}", Line { bullet: Bullet::None, ..line.clone() }.words()),
        _ => line.words(),
    }
}

/// A string of the DOT language. A backslash would begin an escape.
fn quoted(text: &str) -> String {
    let mut out = String::from("\"");
    for letter in text.chars() {
        match letter {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            // Graphviz reads entities in labels: the sign itself is written as one.
            '&' => out.push_str("&amp;"),
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
