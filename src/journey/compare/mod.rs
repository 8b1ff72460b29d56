//! Two versions of a journey compared as what they do to people: which complete answers end elsewhere, how many, and in
//! which direction.
//!
//! A version is a journey with the content around it, so that a change of an instrument, of an outcome's acuity or of the
//! scale shows as well. Complete answers are answers to every question that either version has (CLI.md, JSON of `diff`);
//! an answer that a version lacks ends there nowhere. The comparison is exact: that nothing moved is a proof.
//!
//! - `pairing`: which question is which; - `space`: every complete answer, in groups; - `store`: both diagrams as functions
//!   of these answers; - `walk`: both side by side; - `scale`: endings and their ranks.

mod example;
mod incomparable;
mod pairing;
mod scale;
mod share;
mod space;
mod store;
mod vignettes;
mod walk;

use std::sync::Arc;

use num_bigint::BigUint;
use serde_json::{Value as Json, json};

use super::diagram::{Diagram, Observers};
use super::graph::{Arrangement, Graph, What};
use super::trace::Answers;
use crate::model::{Content, Journey};
use example::Shown;
use incomparable::{entangled, undefined};
use pairing::{Asking, asking};
use scale::Scale;
use space::{NEW, OLD, Space};
use store::Store;
use walk::{Moved, Walk};

pub use incomparable::{Incomparable, Undefined};

/// A version of a journey.
#[derive(Debug, Clone, Copy)]
pub struct Version<'c, 'a> {
    /// Its name.
    pub name: &'a str,
    /// The journey.
    pub journey: &'c Journey<'a>,
    /// Everything else, as it was then.
    pub content: &'c Content<'a>,
}

/// How the behaviour of two versions differs.
#[derive(Debug)]
pub struct Behaviour<'a> {
    /// Complete answers to every question that either version has.
    pub combinations: BigUint,
    /// Those that end elsewhere, or at the same ending on another rank.
    pub changed: BigUint,
    /// From where to where: less urgent first, then by how many.
    pub moves: Vec<Move<'a>>,
    /// Worked examples of either version that end elsewhere.
    pub vignettes: Vec<Elsewhere<'a>>,
}

/// Answers that end elsewhere, all from one ending to one other.
#[derive(Debug)]
pub struct Move<'a> {
    /// Where they ended: `outcome/…`, `journey/…`; `None` for an answer that the old version lacks.
    pub from: Option<String>,
    /// Where they end now.
    pub to: Option<String>,
    /// Which way that is.
    pub direction: Direction,
    /// Proved: nobody of them ends less urgent.
    pub is_never_less_urgent: bool,
    /// How many complete answers.
    pub combinations: BigUint,
    /// Their part of all complete answers, as a decimal number.
    pub share: String,
    /// The shortest of them, in the order in which the new version asks; then what only the old one asks.
    pub example: Answers<'a>,
    /// The same as a person would tell it.
    pub words: Vec<Said>,
}

/// A question and its answer in words, which many examples share.
pub type Said = (Arc<str>, Arc<str>);

/// A worked example that ends elsewhere.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Elsewhere<'a> {
    /// The vignette's name.
    pub name: &'a str,
    /// Where its answers end in the old version; `None` where they do not fit.
    pub from: Option<String>,
    /// Where they end in the new version.
    pub to: Option<String>,
}

/// Which way a move goes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub enum Direction {
    /// To less urgent help: nobody ends more urgent.
    LessUrgent,
    /// It cannot be said: an answer that a version lacks, a handover whose endings lie on both sides, levels that two scales
    /// do not both have.
    Unknown,
    /// To other help on the same rank.
    SameUrgency,
    /// To more urgent help: nobody ends less urgent.
    MoreUrgent,
}

impl Direction {
    /// The word in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::LessUrgent => "less-urgent",
            Self::Unknown => "unknown",
            Self::SameUrgency => "same-urgency",
            Self::MoreUrgent => "more-urgent",
        }
    }
}

/// One version, taken apart.
struct Side<'v, 'a> {
    version: &'v Version<'v, 'a>,
    graph: Graph<'a>,
    diagram: Diagram<'a>,
}

/// Compares two versions. Past `limit` situations nothing is said.
///
/// # Errors
/// Where a version does not lead every complete answer to one ending, or the two are too entangled for the limit.
pub fn compare<'a>(old: &Version<'_, 'a>, new: &Version<'_, 'a>, limit: usize) -> Result<Behaviour<'a>, Incomparable> {
    let asking = [old, new].map(|v| asking(v.journey, v.content));
    let names = |asking: &[Asking<'a>]| asking.iter().map(|a| a.named).collect::<Vec<_>>();
    let steps = pairing::pairs(&names(&asking[OLD]), &names(&asking[NEW]));
    let [of_old, of_new] = space::arrange(&asking[OLD], &asking[NEW], &steps);
    let (old, new) = rayon::join(|| side(old, false, &of_old, limit), || side(new, true, &of_new, limit));
    let (old, new) = (old?, new?);
    let space = Space::of([&old.graph, &new.graph], [&asking[OLD], &asking[NEW]], &steps);
    if let Some(asked) = space.asked.iter().find(|a| a.groups.is_empty()) {
        let why = Undefined::NoAnswers { question: asked.key.to_string() };
        return Err(Incomparable::Undefined { is_new: asked.places[NEW].is_some(), why });
    }
    let scale = Scale::of(old.version.content, new.version.content);
    let (endings, numbers) = scale.number(&old.diagram.ends, &new.diagram.ends);
    let mut store = Store::new(space.asked.len(), limit);
    let places = [places(&space, OLD, &old.graph), places(&space, NEW, &new.graph)];
    let mut walk = Walk { space: &space, store: &mut store, places, limit, crossed: vec![0; space.asked.len()] };
    let walked = walk.both([&old, &new], &numbers);
    let (roots, moved) = walked.map_err(|_| entangled(&walk, limit))?;
    let mut show = Shown::new(&space, &store, roots, [&old, &new]);
    let mut moves: Vec<Move<'a>> = moved
        .into_iter()
        .map(|moved| {
            let [from, to] = moved.ends;
            let (direction, is_never_less_urgent) = scale.direction(&endings, from, to);
            let (example, words) = show.example(&moved);
            let share = share::of(&moved.combinations, &space.combinations);
            let (from, to) = (endings.id(OLD, from), endings.id(NEW, to));
            Move { from, to, direction, is_never_less_urgent, combinations: moved.combinations, share, example, words }
        })
        .collect();
    moves.sort_by(|a, b| {
        let rest = || (&a.from, &a.to).cmp(&(&b.from, &b.to));
        a.direction.cmp(&b.direction).then_with(|| b.combinations.cmp(&a.combinations)).then_with(rest)
    });
    let changed = moves.iter().map(|m| &m.combinations).sum();
    let vignettes = vignettes::elsewhere([&old, &new], &space, (&store, roots), &endings);
    Ok(Behaviour { combinations: space.combinations.clone(), changed, moves, vignettes })
}

impl<'a> Walk<'_, 'a> {
    /// Takes both diagrams into the store and walks them.
    fn both(&mut self, sides: [&Side<'_, 'a>; 2], numbers: &[Vec<usize>; 2]) -> Result<([store::Id; 2], Vec<Moved>), store::Full> {
        let mut take = |side: usize| {
            let diagram = (&sides[side].graph, &sides[side].diagram);
            self.store.take(self.space, side, diagram, &numbers[side], scale::NOWHERE)
        };
        let roots = [take(OLD)?, take(NEW)?];
        Ok((roots, self.run(roots)?))
    }
}

fn side<'v, 'a>(
    version: &'v Version<'v, 'a>,
    is_new: bool,
    arrangement: &Arrangement<'a>,
    limit: usize,
) -> Result<Side<'v, 'a>, Incomparable> {
    let graph = Graph::arranged(version.name, version.journey, version.content, arrangement);
    let diagram = Diagram::of(&graph, &Observers::default(), limit).map_err(|entangled| Incomparable::Entangled {
        limit,
        questions: entangled.remembered.into_iter().map(|(key, _)| key).collect(),
    })?;
    match undefined(version, &graph, &diagram) {
        Some(why) => Err(Incomparable::Undefined { is_new, why }),
        None => Ok(Side { version, graph, diagram }),
    }
}

fn places<'a>(space: &Space<'a>, side: usize, graph: &Graph<'a>) -> Vec<usize> {
    let mut places = vec![0; space.asked.len()];
    for (position, here) in graph.positions.iter().enumerate() {
        if let What::Ask(question) = here.what
            && let Some(number) = space.number(side, question)
        {
            places[number] = position;
        }
        if graph.steps[here.step].first == Some(position)
            && let Some(extra) = space.extras[side].get(&here.step)
        {
            places[*extra] = position;
        }
    }
    places
}

impl Behaviour<'_> {
    /// Proved: every complete answer ends where it did, on the rank on which it did.
    pub fn is_same(&self) -> bool {
        self.moves.is_empty()
    }

    /// Some answers are not proved to end as urgent as before, or more (REVIEW.md, class of a change).
    pub fn is_less_urgent(&self) -> bool {
        self.moves.iter().any(|m| !m.is_never_less_urgent)
    }

    /// The `behaviour` object of `diff` (CLI.md).
    pub fn to_json(&self) -> Json {
        let moves = self.moves.iter().map(|m| {
            json!({
                "from": m.from,
                "to": m.to,
                "direction": m.direction.word(),
                "combinations": m.combinations.to_string(),
                "share": m.share,
                "example": m.example.to_json(),
            })
        });
        let vignettes = self.vignettes.iter().map(|v| json!({"name": v.name, "from": v.from, "to": v.to}));
        json!({
            "same": self.is_same(),
            "combinations": self.combinations.to_string(),
            "changed": self.changed.to_string(),
            "moves": moves.collect::<Vec<_>>(),
            "vignettes": vignettes.collect::<Vec<_>>(),
        })
    }
}
