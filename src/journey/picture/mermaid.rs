//! The picture as a Mermaid flowchart, for pages and merge requests that draw such.

use std::fmt::Write as _;

use super::dot::{said_of, words};
use super::drawing::{Drawing, Mark, Shape, What};
use super::outlines::{line, look};
use super::panel::said;
use crate::model::Card;

/// Writes the drawing as a flowchart.
pub fn write(drawing: &Drawing) -> String {
    let mut out = String::new();
    let _ = writeln!(out, "---\ntitle: {}\n---\nflowchart TD", serde_json::Value::from(drawing.title.as_str()));
    for version in &drawing.versions {
        let _ = writeln!(out, "  %% {}", version.replace(['\n', '\r', '{', '}'], " "));
    }
    for (number, shape) in drawing.boxes.iter().enumerate() {
        let (open, close) = brackets(shape.what);
        let _ = writeln!(out, "  n{number}{open}\"{}\"{close}", escaped(&words(shape, 34)));
    }
    for arrow in &drawing.arrows {
        let link = match arrow.mark {
            _ if arrow.is_wrong => "-.->",
            Mark::Added => "==>",
            Mark::Removed => "-.->",
            _ => "-->",
        };
        let mut label: Vec<String> = arrow.label.iter().map(said_of).collect();
        if label.is_empty() && arrow.mark != Mark::Same {
            label.push(said(arrow.mark).to_owned());
        }
        let label = if label.is_empty() { String::new() } else { format!("|\"{}\"|", escaped(&label.join("\n"))) };
        let _ = writeln!(out, "  n{} {link}{label} n{}", arrow.from, arrow.to);
    }
    for (number, shape) in drawing.boxes.iter().enumerate() {
        let _ = writeln!(out, "  style n{number} {}", style(shape));
    }
    for (number, arrow) in drawing.arrows.iter().enumerate().filter(|(_, a)| a.mark != Mark::Same || a.is_wrong) {
        let (colour, thickness, _) = line(arrow.mark, arrow.is_wrong);
        let _ = writeln!(out, "  linkStyle {number} stroke:{colour},stroke-width:{thickness}px");
    }
    out
}

fn brackets(what: What) -> (&'static str, &'static str) {
    match what {
        What::Start | What::Elsewhere => ("([", "])"),
        What::Question | What::Folded => ("(", ")"),
        What::Instrument => ("[[", "]]"),
        What::Decision => ("{{", "}}"),
        What::Handover => (">", "]"),
        What::Ending(u) if matches!(u.card, Some(Card::None | Card::NonUrgent)) => ("([", "])"),
        _ => ("[", "]"),
    }
}

fn style(shape: &Shape) -> String {
    let look = look(shape.what, shape.is_wrong);
    let (stroke, thickness, dashes) = match shape.mark {
        Mark::Same => (look.stroke, look.thickness, look.dashes),
        mark => line(mark, false),
    };
    let dashes = dashes.map_or(String::new(), |d| format!(",stroke-dasharray:{d}"));
    format!("fill:{},stroke:{stroke},stroke-width:{thickness}px,color:{}{dashes}", look.fill, look.text)
}

/// Text inside quotation marks: everything that Mermaid or HTML could read as more than text is an entity.
fn escaped(text: &str) -> String {
    let mut out = String::new();
    for letter in text.chars() {
        match letter {
            '\n' => out.push_str("<br>"),
            '"' | '#' | '&' | '<' | '>' | '`' | '\\' | '*' | '_' | '[' | ']' | '{' | '}' | '(' | ')' | '|' | ';' | '%' | '@' | '~' => {
                let _ = write!(out, "#{};", u32::from(letter));
            }
            c if c.is_control() => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}
