//! What the diagram knows to be wrong with single steps, in the few words that fit into a box.
//!
//! The findings of `check` say it at length; where a journey is too entangled to be proved, nothing is said here.

use std::collections::{HashMap, HashSet};

use crate::journey::diagram::{DEFAULT_LIMIT, Diagram, Node, Observers};
use crate::journey::graph::{End, Graph};

/// What is wrong, by step.
#[derive(Debug, Default)]
pub(super) struct Faults {
    /// Steps that the graph leads to and no answers do.
    pub(super) unreached: HashSet<usize>,
    /// Decisions of which, for some answers, no condition holds.
    pub(super) falls: HashSet<usize>,
    /// Further words by step.
    pub(super) of_step: HashMap<usize, Vec<String>>,
}

impl Faults {
    pub(super) fn of(graph: &Graph<'_>) -> Self {
        let mut faults = Self::default();
        let Ok(diagram) = Diagram::of(graph, &Observers::default(), DEFAULT_LIMIT) else { return faults };
        for node in &diagram.nodes {
            let Node::End { end, .. } = node else { continue };
            match diagram.ends.get(*end) {
                Some(End::FellThrough(step)) => drop(faults.falls.insert(*step)),
                Some(End::Unasked(step, branch, _)) => {
                    faults.say(*step, format!("Condition {} compares what some people were not asked", branch + 1));
                }
                _ => {}
            }
        }
        for (number, step) in graph.steps.iter().enumerate() {
            if step.first.is_some_and(|first| !diagram.is_reached[first]) {
                faults.unreached.insert(number);
                continue;
            }
            for (branch, usage) in diagram.branches.get(&number).into_iter().flatten().enumerate().filter(|(_, u)| !u.is_taken) {
                let why = if usage.holds { "holds only where an earlier one does" } else { "never holds" };
                faults.say(number, format!("Condition {} {why}", branch + 1));
            }
        }
        faults
    }

    fn say(&mut self, step: usize, words: String) {
        let all = self.of_step.entry(step).or_default();
        if !all.contains(&words) {
            all.push(words);
        }
    }
}
