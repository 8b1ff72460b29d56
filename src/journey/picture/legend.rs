//! What stands below the picture: how urgent each shape is, what the other shapes are, what signs mean, and what versions
//! are shown. The levels and their words are the content's own.

use super::drawing::{Drawing, Mark, What};
use super::letters::width;
use super::outlines::{INK, QUIET, line, look};
use super::panel::{SMALL, said};
use super::svg::Page;

/// A picture is at least this wide, so that its legend can be read.
pub(super) const NARROWEST: f64 = 620.0;

const SAMPLE: f64 = 34.0;
const ROW: f64 = 27.0;
const LEFT: f64 = 20.0;

/// One entry with its place.
struct Entry {
    sample: Sample,
    words: String,
    x: f64,
    y: f64,
}

#[derive(Clone, Copy)]
enum Sample {
    Shape(What),
    Mark(Mark),
    Heading,
    Foot,
}

pub(super) struct Legend {
    entries: Vec<Entry>,
    pub(super) height: f64,
}

impl Legend {
    pub(super) fn of(drawing: &Drawing, room: f64) -> Self {
        let mut legend = Self { entries: Vec::new(), height: 10.0 };
        let is_wrong = drawing.boxes.iter().any(|b| b.is_wrong) || drawing.arrows.iter().any(|a| a.is_wrong);
        let has = |what: What| drawing.boxes.iter().any(|b| b.what == what) || what == What::Nowhere && is_wrong;
        if !drawing.levels.is_empty() {
            legend.heading("How urgent an ending is: the more squares are filled, the more urgent");
            let levels = drawing.levels.iter().map(|l| (Sample::Shape(What::Ending(l.urgency)), l.label.clone()));
            legend.flow(levels.collect(), room);
        }
        let shapes = [
            (What::Question, "Question"),
            (What::Instrument, "Published questionnaire"),
            (What::Folded, "Several questions"),
            (What::Decision, "Decided by the program"),
            (What::Say, "Text"),
            (What::Handover, "Another journey"),
            (What::Elsewhere, "Goes on at another box"),
            (What::Nowhere, "Something is wrong: `signpost check` says what"),
        ];
        let shown = shapes.into_iter().filter(|(what, _)| has(*what)).map(|(what, words)| (Sample::Shape(what), words.to_owned()));
        legend.heading("Other boxes");
        legend.flow(shown.collect(), room);
        if drawing.is_compared {
            legend.heading("What changed since the older version");
            let marks = [Mark::Added, Mark::Removed, Mark::Changed, Mark::Same];
            let words = |mark: Mark| if mark == Mark::Same { "as it was".to_owned() } else { said(mark).to_owned() };
            legend.flow(marks.into_iter().map(|m| (Sample::Mark(m), words(m))).collect(), room);
        }
        legend.height += 4.0;
        for version in &drawing.versions {
            legend.height += 16.0;
            legend.entries.push(Entry { sample: Sample::Foot, words: version.clone(), x: LEFT, y: legend.height });
        }
        legend.height += 16.0;
        legend
    }

    fn heading(&mut self, words: &str) {
        self.height += 20.0;
        self.entries.push(Entry { sample: Sample::Heading, words: words.to_owned(), x: LEFT, y: self.height });
        self.height += 8.0;
    }

    /// Entries side by side, in as many rows as they need.
    fn flow(&mut self, entries: Vec<(Sample, String)>, room: f64) {
        let mut x = LEFT;
        for (sample, words) in entries {
            let own = SAMPLE + 8.0 + width(&words, SMALL, false) + 22.0;
            if x + own > room && x > LEFT {
                x = LEFT;
                self.height += ROW;
            }
            self.entries.push(Entry { sample, words, x, y: self.height });
            x += own;
        }
        self.height += ROW;
    }

    pub(super) fn write(&self, page: &mut Page, top: f64) {
        for entry in &self.entries {
            let (x, y) = (entry.x, entry.y + top);
            let words = |page: &mut Page| page.text((x + SAMPLE + 8.0, y + 15.0), SMALL, false, INK, &entry.words, Mark::Same);
            match entry.sample {
                Sample::Heading => page.text((x, y), SMALL, true, INK, &entry.words, Mark::Same),
                Sample::Foot => page.text((x, y), 10.5, false, QUIET, &entry.words, Mark::Same),
                Sample::Shape(what) => {
                    page.body(what, &look(what, false), (x, y), (SAMPLE, 21.0));
                    words(page);
                }
                Sample::Mark(mark) => {
                    let (stroke, thickness, dashes) = line(mark, false);
                    let across = format!("M{x} {}H{}", y + 11.0, x + SAMPLE);
                    page.path(&across, "none", stroke, thickness, dashes);
                    words(page);
                }
            }
        }
    }
}
