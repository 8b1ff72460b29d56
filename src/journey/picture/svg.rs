//! The picture as SVG: text as text, no script, no style sheet, no font file, nothing from elsewhere.

use std::fmt::Write as _;

use super::blocks::Point;
use super::drawing::{Arrow, Bullet, Drawing, Mark, Shape, What};
use super::legend;
use super::outlines::{INK, Look, QUIET, bent, line, look, number, outline};
use super::panel::{Panel, Row, SQUARE};
use super::sheet::{Route, Sheet};

/// Room for the title.
const HEAD: f64 = 44.0;

/// Writes the picture.
pub fn write(drawing: &Drawing, sheet: &Sheet) -> String {
    let width = sheet.width.max(legend::NARROWEST);
    let mut page = Page { out: String::new() };
    let shift = (width - sheet.width) / 2.0;
    let key = legend::Legend::of(drawing, width);
    let height = HEAD + sheet.height + key.height;
    let (w, h) = (number(width), number(height));
    let _ = writeln!(
        page.out,
        "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 {w} {h}\" width=\"{w}\" height=\"{h}\" role=\"img\" \
         aria-labelledby=\"picture-title picture-words\" font-family=\"Arial, Helvetica, 'Liberation Sans', sans-serif\">"
    );
    let _ = writeln!(page.out, "<title id=\"picture-title\">{}</title>", escaped(&title(drawing)));
    let _ = writeln!(page.out, "<desc id=\"picture-words\">{}</desc>", escaped(&in_words(drawing)));
    let _ = writeln!(page.out, "<rect width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>");
    page.text((20.0, 28.0), 18.0, true, INK, &title(drawing), Mark::Same);
    let _ = writeln!(page.out, "<g transform=\"translate({} {})\">", number(shift), number(HEAD));
    // What changed lies on top where lines meet.
    let mut routes: Vec<&Route> = sheet.routes.iter().collect();
    routes.sort_by_key(|r| drawing.arrows[r.arrow].mark != Mark::Same || drawing.arrows[r.arrow].is_wrong);
    for route in routes {
        page.route(route, &drawing.arrows[route.arrow]);
    }
    for (arrow, corner, panel) in &sheet.labels {
        page.label(*corner, panel, &drawing.arrows[*arrow]);
    }
    for (shape, corner, panel) in &sheet.boxes {
        page.shape(*corner, panel, &drawing.boxes[*shape]);
    }
    page.out.push_str("</g>\n");
    key.write(&mut page, HEAD + sheet.height);
    page.out.push_str("</svg>\n");
    page.out
}

fn title(drawing: &Drawing) -> String {
    if drawing.is_compared { format!("{}: what changed", drawing.title) } else { drawing.title.clone() }
}

/// The picture for those who do not see it.
fn in_words(drawing: &Drawing) -> String {
    let name = |n: usize| {
        let shape = &drawing.boxes[n];
        if shape.what.is_end() {
            shape.lines.iter().filter(|l| l.is_shown()).map(|l| l.words()).collect::<Vec<_>>().join(", ")
        } else {
            shape.key.clone()
        }
    };
    let mut words = String::new();
    for (number, shape) in drawing.boxes.iter().enumerate().filter(|(_, b)| !b.what.is_end()) {
        let lines: Vec<String> = shape.lines.iter().filter(|l| l.is_shown()).map(|l| l.words()).collect();
        let _ = write!(words, "{}{}: {}.", if number > 0 { "\n" } else { "" }, name(number), lines.join("; "));
        for arrow in drawing.arrows.iter().filter(|a| a.from == number) {
            let label: Vec<String> = arrow.label.iter().map(|l| l.words()).collect();
            let label = if label.is_empty() { "Then".to_owned() } else { label.join(", ") };
            let sign = if arrow.mark == Mark::Same { String::new() } else { format!("{} ", arrow.mark.sign()) };
            let _ = write!(words, " {sign}{label}: {}.", name(arrow.to));
        }
    }
    words
}

/// Text as it stands in SVG.
pub(super) fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\n' | '\t' => out.push(letter),
            // XML knows no other control characters.
            c if c.is_control() || matches!(c, '\u{fffe}' | '\u{ffff}') => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

/// The picture as it is written.
pub(super) struct Page {
    pub(super) out: String,
}

impl Page {
    pub(super) fn text(&mut self, (x, y): Point, size: f64, is_bold: bool, colour: &str, text: &str, mark: Mark) {
        let bold = if is_bold { " font-weight=\"bold\"" } else { "" };
        let struck = if mark == Mark::Removed { " text-decoration=\"line-through\"" } else { "" };
        let (x, y, size) = (number(x), number(y), number(size));
        let _ =
            writeln!(self.out, "<text x=\"{x}\" y=\"{y}\" font-size=\"{size}\"{bold} fill=\"{colour}\"{struck}>{}</text>", escaped(text));
    }

    pub(super) fn path(&mut self, d: &str, fill: &str, stroke: &str, thickness: f64, dashes: Option<&str>) {
        let dashes = dashes.map_or(String::new(), |d| format!(" stroke-dasharray=\"{d}\""));
        let thickness = number(thickness);
        let _ = writeln!(self.out, "<path d=\"{d}\" fill=\"{fill}\" stroke=\"{stroke}\" stroke-width=\"{thickness}\"{dashes}/>");
    }

    fn route(&mut self, route: &Route, arrow: &Arrow) {
        let (stroke, thickness, dashes) = line(arrow.mark, arrow.is_wrong);
        let mut points = route.points.clone();
        let count = points.len();
        if !route.has_head || count < 2 {
            self.path(&bent(&points), "none", stroke, thickness, dashes);
            return;
        }
        // The head takes the line's last stretch.
        let (before, (x, y)) = (points[count - 2], points[count - 1]);
        let length = (x - before.0).hypot(y - before.1).max(0.1);
        let (dx, dy) = ((x - before.0) / length, (y - before.1) / length);
        let size = 7.0 + thickness;
        points[count - 1] = (x - dx * size * 0.8, y - dy * size * 0.8);
        self.path(&bent(&points), "none", stroke, thickness, dashes);
        let half = size * 0.5;
        let corners =
            [(x, y), (x - dx * size - dy * half, y - dy * size + dx * half), (x - dx * size + dy * half, y - dy * size - dx * half)];
        let d: Vec<String> = corners.iter().map(|(x, y)| format!("{} {}", number(*x), number(*y))).collect();
        let _ = writeln!(self.out, "<path d=\"M{}Z\" fill=\"{stroke}\"/>", d.join("L"));
    }

    fn label(&mut self, corner: Point, panel: &Panel, arrow: &Arrow) {
        let (x, y) = corner;
        let [x, y, w, h] = [x, y, panel.width, panel.height].map(number);
        let _ = writeln!(self.out, "<rect x=\"{x}\" y=\"{y}\" width=\"{w}\" height=\"{h}\" fill=\"#ffffff\"/>");
        let colour = if arrow.is_wrong { line(Mark::Same, true).0 } else { INK };
        for row in &panel.rows {
            self.row(corner, row, colour, QUIET);
        }
    }

    fn row(&mut self, (left, top): Point, row: &Row, ink: &str, quiet: &str) {
        let colour = match row.mark {
            Mark::Same if row.is_quiet => quiet,
            Mark::Same => ink,
            mark => line(mark, false).0,
        };
        if let Some((bullet, x)) = row.bullet {
            let (x, y) = (left + x, top + row.y);
            match bullet {
                Bullet::One => self.path(&outline(What::Start, x + 1.0, y - 9.0, 9.0, 9.0), "#ffffff", colour, 1.0, None),
                Bullet::Any => self.path(&outline(What::Nowhere, x + 1.0, y - 9.0, 9.0, 9.0), "#ffffff", colour, 1.0, None),
                Bullet::Number(n) => self.text((x, y), row.size, true, colour, &n.to_string(), Mark::Same),
                Bullet::Dot => self.path(&outline(What::Start, x + 1.0, y - 6.0, 4.0, 4.0), colour, colour, 0.5, None),
                Bullet::None => {}
            }
        }
        self.text((left + row.x, top + row.y), row.size, row.is_bold, colour, &row.text, row.mark);
    }

    fn shape(&mut self, (x, y): Point, panel: &Panel, shape: &Shape) {
        let look = look(shape.what, shape.is_wrong);
        self.body(shape.what, &look, (x, y), (panel.width, panel.height));
        if shape.mark != Mark::Same {
            let (stroke, thickness, dashes) = line(shape.mark, false);
            let frame = outline(What::Question, x - 5.0, y - 5.0, panel.width + 10.0, panel.height + 10.0);
            self.path(&frame, "none", stroke, thickness, dashes);
        }
        for row in &panel.rows {
            self.row((x, y), row, look.text, look.quiet);
        }
    }

    /// A shape without its text.
    pub(super) fn body(&mut self, what: What, look: &Look, (x, y): Point, (width, height): (f64, f64)) {
        self.path(&outline(what, x, y, width, height), &look.fill, look.stroke, look.thickness, look.dashes);
        match what {
            What::Instrument => {
                let bars: String =
                    [x + 6.0, x + width - 6.0].iter().map(|x| format!("M{} {}V{}", number(*x), number(y), number(y + height))).collect();
                self.path(&bars, "none", look.stroke, 1.0, None);
            }
            What::Say => {
                let (right, top) = (number(x + width - 11.0), number(y));
                let fold = format!("M{right} {top}V{}H{}", number(y + 11.0), number(x + width));
                self.path(&fold, "none", look.stroke, 1.0, None);
            }
            What::Ending(urgency) if width > 80.0 => {
                for rank in 0..urgency.ranks.min(12) {
                    let is_full = rank + urgency.rank < urgency.ranks;
                    let fill = if is_full { look.text } else { "none" };
                    let left = x + 14.0 + rank as f64 * (SQUARE + 3.0);
                    self.path(&outline(What::Nowhere, left, y + 8.0, SQUARE, SQUARE), fill, look.text, 1.0, None);
                }
            }
            _ => {}
        }
    }
}
