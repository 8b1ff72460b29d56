//! The reduced diagram: one node for each set of situations from which the same screens and endings follow.
//!
//! Situations are explored position by position (`explore`). Then, from the endings back, situations of a position with the
//! same continuations become one node. A node is never left out because its answer makes no difference: what the author
//! asks is asked (SITE.md), so nodes are screens.

use foldhash::HashMap;

use super::explore::{Explored, Explorer, Place};
use super::graph::{Cond, End, Graph, What};
use super::rows::Rows;
use crate::model::Content;

/// How many situations are explored before a journey counts as too entangled.
pub const DEFAULT_LIMIT: usize = 2_000_000;

/// The same by the site's own setting, `journey_situations` of `site.yaml`.
pub fn limit(content: &Content<'_>) -> usize {
    let own = content.site.as_ref().and_then(|site| usize::try_from(site.journey_situations?.value).ok());
    own.unwrap_or(DEFAULT_LIMIT)
}

/// What is asked of a path at its end, besides where it ends.
#[derive(Debug, Default, Clone)]
pub struct Observers {
    /// Conditions, evaluated as in a safety rule: what was not asked compares false. Each is observed twice: as 0 or 1, and
    /// as the first comparison of an answer that evaluation came to though it was not asked.
    pub conditions: Vec<Cond>,
    /// Scores whose exact value matters.
    pub scores: Vec<usize>,
}

/// A reduced diagram. Nodes come after their children: a greater number is earlier in the journey.
#[derive(Debug)]
pub struct Diagram<'a> {
    /// Where paths end: the graph's endings, then decisions that compared what was not asked.
    pub ends: Vec<End<'a>>,
    /// The nodes.
    pub nodes: Vec<Node>,
    /// Where it starts.
    pub root: usize,
    /// For each position whether any answers lead there.
    pub is_reached: Vec<bool>,
    /// For each decision (a step, by number) and branch how the branch fares.
    pub branches: HashMap<usize, Vec<BranchUse>>,
    /// How many situations were explored.
    pub explored: usize,
}

/// A node: a screen, or an ending.
#[derive(Debug, Clone, PartialEq, Eq, Hash)]
pub enum Node {
    /// A question or a text; for a question one child for each class of its values, for a text one.
    Screen {
        /// The position.
        position: usize,
        /// The nodes that follow.
        children: Box<[usize]>,
    },
    /// An ending, with what the observers saw: for each condition its two observations, then each score, `None` where nothing
    /// added to it.
    End {
        /// The ending, by number.
        end: usize,
        /// What was observed.
        observed: Observed,
    },
}

/// What the observers saw at an ending: for each condition two observations, then each score.
pub type Observed = Box<[Option<i64>]>;

/// How a branch of a decision fares.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct BranchUse {
    /// It is taken by somebody.
    pub is_taken: bool,
    /// Its condition holds for somebody who comes to the decision, taken or not.
    pub holds: bool,
}

/// A journey that needs more than the limit: which questions entangle it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Entangled {
    /// The limit that was passed.
    pub limit: usize,
    /// Questions or scores whose answers have to be remembered for longest, the worst first: key and positions.
    pub remembered: Vec<(String, usize)>,
}

impl<'a> Diagram<'a> {
    /// Explores and reduces a journey.
    ///
    /// # Errors
    /// Where more than `limit` situations have to be told apart.
    pub fn of(graph: &Graph<'a>, observers: &Observers, limit: usize) -> Result<Self, Entangled> {
        Ok(reduce(graph, Explorer::new(graph, observers).run(limit)?))
    }

    /// The screens: questions (an instrument's items each, a `choose: any` once), texts and endings.
    pub fn screens(&self, graph: &Graph<'_>) -> usize {
        self.nodes.iter().filter(|node| self.is_screen(graph, node)).count()
    }

    /// Whether a node is a screen of its own: of a `choose: any` only the first option is.
    pub fn is_screen(&self, graph: &Graph<'_>, node: &Node) -> bool {
        match node {
            Node::End { end, .. } => self.ends[*end].id().is_some(),
            Node::Screen { position, .. } => {
                let is_option = |p: usize| matches!(graph.positions[p].what, What::Ask(q) if graph.questions[q].option.is_some());
                !is_option(*position) || graph.steps[graph.positions[*position].step].first == Some(*position)
            }
        }
    }
}

/// From the endings back: situations of a position with the same continuations become one node.
fn reduce<'a>(graph: &Graph<'a>, explored: Explored<'a>) -> Diagram<'a> {
    let count = graph.positions.len();
    let mut nodes: Vec<Node> = explored.ended.iter().map(|(end, observed)| Node::End { end: *end, observed: observed.clone() }).collect();
    let mut node_of: Vec<Vec<usize>> = vec![Vec::new(); count];
    let resolve = |node_of: &[Vec<usize>], place: &Place| match *place {
        Place::Situation { position, number } => node_of[position as usize][number as usize],
        Place::End(end) => end as usize,
    };
    let mut children = Vec::new();
    for position in (0..count).rev() {
        let here = &explored.onward[position];
        let first = nodes.len();
        let mut known: Rows<usize> = Rows::of(here.ways);
        node_of[position] = (0..here.situations)
            .map(|situation| {
                children.clear();
                children.extend(here.places(situation).iter().map(|place| resolve(&node_of, place)));
                if graph.positions[position].what == What::Decide {
                    return children.first().copied().unwrap_or(0);
                }
                first + known.number(&children)
            })
            .collect();
        nodes.extend((0..known.len()).map(|n| Node::Screen { position, children: known.row(n).into() }));
    }
    let root = resolve(&node_of, &explored.start);
    let is_reached = explored.onward.iter().map(|here| here.situations > 0).collect();
    Diagram { ends: explored.ends, nodes, root, is_reached, branches: explored.branches, explored: explored.explored }
}
