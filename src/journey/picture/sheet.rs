//! Where everything stands on paper.
//!
//! Blocks of a step with its endings, and the words on the arrows between them, are the nodes of a layered graph that the
//! engine places from top to bottom; so no words and no box can overlap, and no arrow runs through either.

use std::collections::BTreeMap;

use graphlay::{
    BranchStyle, Direction, Edge, Effort, Graph, GraphBuilder, Layout, LayoutOptions, Node, NodeId, Placement, PortHint, Side, Size, layout,
};

use super::blocks::{Block, Point, STEP};
use super::compact::{self, Part};
use super::drawing::Drawing;
use super::panel::Panel;

/// More boxes than this, endings not counted, are no picture that anybody reads, and crossings take the engine too long.
const BOXES: usize = 500;
/// Above this many, the engine takes less time over crossings.
const MANY: usize = 150;
/// The width of a landscape A4 page on which the text has 9 points and more.
const LANDSCAPE: f64 = 1100.0;
/// Room around everything.
const MARGIN: f64 = 20.0;

/// A drawing with every place known.
#[derive(Debug, Clone, PartialEq)]
pub struct Sheet {
    /// Width, margins included.
    pub width: f64,
    /// Height, margins included.
    pub height: f64,
    /// Boxes: number, top left corner, text.
    pub boxes: Vec<(usize, Point, Panel)>,
    /// Words on arrows: the arrow's number, top left corner, text.
    pub labels: Vec<(usize, Point, Panel)>,
    /// The lines of arrows, each to its head.
    pub routes: Vec<Route>,
}

/// A line of an arrow.
#[derive(Debug, Clone, PartialEq)]
pub struct Route {
    /// The arrow, by number.
    pub arrow: usize,
    /// Its corners.
    pub points: Vec<Point>,
    /// Whether it comes to the box here, or only to the arrow's words.
    pub has_head: bool,
}

/// A journey that is too long for a picture.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("with {steps} boxes, not counting endings, this journey is too long for a picture that anybody could read")]
pub struct TooLarge {
    /// Its steps, folded.
    pub steps: usize,
}

/// What the engine places: a block, or the words of an arrow.
enum Piece {
    Block(Block),
    Label(usize, Panel),
}

/// An arrow, or its way to its words, or from them.
struct Leg {
    arrow: usize,
    from: usize,
    to: usize,
    has_head: bool,
}

impl Piece {
    fn size(&self) -> (f64, f64) {
        match self {
            Self::Block(block) => (block.width, block.height),
            Self::Label(_, panel) => (panel.width, panel.height),
        }
    }

    /// Where arrows come in and where they leave, from its left.
    fn ports(&self) -> (f64, f64) {
        match self {
            Self::Block(block) => block.ports,
            Self::Label(_, panel) => (panel.width / 2.0, panel.width / 2.0),
        }
    }

    /// Where arrows leave it, from its top: the step's own box may end above its block.
    fn foot(&self) -> f64 {
        match self {
            Self::Block(block) => block.foot,
            Self::Label(_, panel) => panel.height,
        }
    }

    /// What nothing may run over.
    fn parts(&self, row: usize, left: f64, top: f64, parts: &mut Vec<Part>) {
        let whole = |(x, y): Point, panel: &Panel| Part {
            across: (left + x, left + x + panel.width),
            down: (top + y, top + y + panel.height),
            row,
            is_line: false,
        };
        match self {
            Self::Label(_, panel) => parts.push(whole((0.0, 0.0), panel)),
            Self::Block(block) => {
                parts.extend(block.boxes.iter().chain(&block.labels).map(|(_, corner, panel)| whole(*corner, panel)));
                let at = |(x, y): Point| (left + x, top + y);
                for (_, points) in &block.routes {
                    parts.extend(points.windows(2).map(|w| Part::stretch(at(w[0]), at(w[1]), row)));
                }
            }
        }
    }
}

impl Sheet {
    /// Gives everything its place.
    ///
    /// # Errors
    /// Where there is more than a picture can hold.
    pub fn of(drawing: &Drawing) -> Result<Self, TooLarge> {
        let mut departures: Vec<Vec<usize>> = vec![Vec::new(); drawing.boxes.len()];
        for (number, arrow) in drawing.arrows.iter().enumerate() {
            departures[arrow.from].push(number);
        }
        let steps: Vec<usize> = (0..drawing.boxes.len()).filter(|n| !drawing.boxes[*n].what.is_end()).collect();
        let too_large = TooLarge { steps: steps.len() };
        if steps.len() > BOXES {
            return Err(too_large);
        }
        let (wide, crowded) = Self::attempt(drawing, &steps, &departures, &[]).ok_or(too_large)?;
        if wide.width <= LANDSCAPE {
            return Ok(wide);
        }
        // Steps that share a row with another take less room where their endings stand below them.
        let narrow = Self::attempt(drawing, &steps, &departures, &crowded).map(|(sheet, _)| sheet);
        Ok(narrow.filter(|n| n.width < 0.9 * wide.width).unwrap_or(wide))
    }

    /// A sheet on which these steps are narrow, and the steps that share a row with others.
    fn attempt(drawing: &Drawing, steps: &[usize], departures: &[Vec<usize>], narrow: &[usize]) -> Option<(Self, Vec<usize>)> {
        let mut places = vec![0; drawing.boxes.len()];
        let mut pieces: Vec<Piece> = Vec::new();
        for number in steps {
            places[*number] = pieces.len();
            pieces.push(Piece::Block(Block::of(*number, drawing, &departures[*number], narrow.contains(number))));
        }
        let mut legs: Vec<Leg> = Vec::new();
        for (number, arrow) in drawing.arrows.iter().enumerate().filter(|(_, a)| !drawing.boxes[a.to].what.is_end()) {
            let (from, to) = (places[arrow.from], places[arrow.to]);
            let leg = |from, to, has_head| Leg { arrow: number, from, to, has_head };
            match Panel::of_arrow(arrow, STEP - 30.0) {
                Some(panel) => {
                    legs.extend([leg(from, pieces.len(), false), leg(pieces.len(), to, true)]);
                    pieces.push(Piece::Label(number, panel));
                }
                None => legs.push(leg(from, to, true)),
            }
        }
        let placed = layout(&graph(&pieces, &legs), &options(pieces.len())).ok()?;
        let row = |n: usize| placed.nodes.get(n).and_then(|node| node.rank);
        let mut count: BTreeMap<Option<i32>, usize> = BTreeMap::new();
        (0..steps.len()).for_each(|n| *count.entry(row(n)).or_default() += 1);
        let crowded = steps.iter().enumerate().filter(|(n, _)| count[&row(*n)] > 1).map(|(_, step)| *step).collect();
        Some((collect(pieces, &legs, &placed), crowded))
    }
}

fn graph(pieces: &[Piece], legs: &[Leg]) -> Graph {
    let mut builder = GraphBuilder::new();
    for piece in pieces {
        let (width, height) = piece.size();
        builder.add_node(Node { size: Size::new(width, height), ..Node::default() });
    }
    let id = |n: usize| NodeId(u32::try_from(n).unwrap_or(u32::MAX));
    let port = |n: usize, side: Side| {
        let (width, (entry, exit)) = (pieces[n].size().0, pieces[n].ports());
        let port = if side == Side::Top { entry } else { exit };
        Some(PortHint::Offset { side, t: port / (width / 2.0) - 1.0 })
    };
    for leg in legs {
        builder.add_edge(Edge {
            source_port: port(leg.from, Side::Bottom),
            target_port: port(leg.to, Side::Top),
            ..Edge::new(id(leg.from), id(leg.to))
        });
    }
    builder.build()
}

fn options(nodes: usize) -> LayoutOptions {
    let mut options = LayoutOptions::process_map();
    options.direction = Direction::TopBottom;
    options.spacing.layer_gap = 24.0;
    options.spacing.node_gap = 28.0;
    options.spacing.dummy_gap = 16.0;
    options.spacing.stub = 8.0;
    // These look for straight lines between the middles of nodes, but the arrows of a block leave from its step.
    options.coords.branch_style = BranchStyle::Free;
    options.coords.branch_bands = false;
    options.coords.terminal_centering = false;
    options.tuning.coords.main_path_room = 0;
    options.effort = if nodes > MANY { Effort::Fast } else { Effort::Thorough };
    options
}

/// The pieces where the engine put them, in rows that hang from one line each and move up as far as they can.
fn collect(pieces: Vec<Piece>, legs: &[Leg], placed: &Layout) -> Sheet {
    let rows = Rows::of(placed);
    let corners: Vec<Point> = (0..pieces.len()).map(|n| rows.corner(n, placed)).collect();
    // Arrows come in from above and leave below, so that moving a box only changes how long their last stretch is.
    let mut routes: Vec<Vec<Point>> = placed.edges.iter().map(|r| r.points.iter().map(|p| (p.x, p.y)).collect()).collect();
    let mut parts = Vec::new();
    for points in &routes {
        let inner = points.get(1..points.len().saturating_sub(1)).unwrap_or_default();
        parts.extend(inner.windows(2).filter(|w| (w[0].1 - w[1].1).abs() < 0.01).map(|w| Part::stretch(w[0], w[1], rows.below(w[0].1))));
    }
    for (n, piece) in pieces.iter().enumerate() {
        let (row, (left, top)) = (rows.of_node[n], corners[n]);
        piece.parts(row, left, top, &mut parts);
    }
    let shifts = compact::shifts(&parts, rows.tops.len());
    let corner = |n: usize| (corners[n].0, corners[n].1 - shifts[rows.of_node[n]]);
    for (leg, points) in legs.iter().zip(&mut routes) {
        for point in points.iter_mut() {
            point.1 -= shifts[rows.below(point.1)];
        }
        if let [first, .., last] = &mut points[..] {
            first.1 = corner(leg.from).1 + pieces[leg.from].foot();
            last.1 = corner(leg.to).1;
        }
    }
    let mut sheet = Sheet { width: 0.0, height: 0.0, boxes: Vec::new(), labels: Vec::new(), routes: Vec::new() };
    sheet.routes.extend(legs.iter().zip(routes).map(|(leg, points)| Route { arrow: leg.arrow, points, has_head: leg.has_head }));
    let places: Vec<Point> = (0..pieces.len()).map(corner).collect();
    for (piece, (left, top)) in pieces.into_iter().zip(places) {
        match piece {
            Piece::Label(arrow, panel) => sheet.labels.push((arrow, (left, top), panel)),
            Piece::Block(block) => {
                let at = |(x, y): Point| (x + left, y + top);
                sheet.boxes.extend(block.boxes.into_iter().map(|(b, corner, panel)| (b, at(corner), panel)));
                sheet.labels.extend(block.labels.into_iter().map(|(a, corner, panel)| (a, at(corner), panel)));
                let routes = block.routes.into_iter();
                let moved = |points: Vec<Point>| points.into_iter().map(at).collect();
                sheet.routes.extend(routes.map(|(arrow, points)| Route { arrow, points: moved(points), has_head: true }));
            }
        }
    }
    sheet.trim();
    sheet
}

/// The rows of the engine: which node is in which, and where each begins.
struct Rows {
    tops: Vec<f64>,
    of_node: Vec<usize>,
}

impl Rows {
    fn of(placed: &Layout) -> Self {
        let mut tops: BTreeMap<i32, f64> = BTreeMap::new();
        let rank = |node: &Placement| node.rank.unwrap_or(i32::MAX);
        for node in &placed.nodes {
            let top = tops.entry(rank(node)).or_insert(f64::MAX);
            *top = top.min(node.center.y - node.size.height / 2.0);
        }
        let of_node = placed.nodes.iter().map(|n| tops.range(..rank(n)).count()).collect();
        Self { tops: tops.into_values().collect(), of_node }
    }

    /// Nodes without a rank stand in a grid of their own; all others hang from the top of their row.
    fn corner(&self, n: usize, placed: &Layout) -> Point {
        let node = &placed.nodes[n];
        let own = node.center.y - node.size.height / 2.0;
        let top = if node.rank.is_some() { self.tops[self.of_node[n]] } else { own };
        (node.center.x - node.size.width / 2.0, top)
    }

    /// The first row that begins below a bend.
    fn below(&self, y: f64) -> usize {
        self.tops.partition_point(|top| *top < y).min(self.tops.len().saturating_sub(1))
    }
}

impl Sheet {
    /// Puts the top left corner of everything where the margins end.
    fn trim(&mut self) {
        let (mut least, mut most) = ((f64::MAX, f64::MAX), (f64::MIN, f64::MIN));
        let boxes = self.boxes.iter().chain(&self.labels).flat_map(|(_, (x, y), p)| [(*x, *y), (x + p.width, y + p.height)]);
        for (x, y) in boxes.chain(self.routes.iter().flat_map(|r| r.points.iter().copied())) {
            least = (least.0.min(x), least.1.min(y));
            most = (most.0.max(x), most.1.max(y));
        }
        let by = |(x, y): &mut Point| (*x, *y) = (*x - least.0 + MARGIN, *y - least.1 + MARGIN);
        self.boxes.iter_mut().chain(&mut self.labels).for_each(|(_, corner, _)| by(corner));
        self.routes.iter_mut().flat_map(|r| &mut r.points).for_each(by);
        (self.width, self.height) = (most.0 - least.0 + 2.0 * MARGIN, most.1 - least.1 + 2.0 * MARGIN);
    }
}
