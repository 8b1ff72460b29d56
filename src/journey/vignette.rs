//! A vignette replayed: a person's answers as an editor wrote them, walked through the diagram.

use super::diagram::{Diagram, Node};
use super::graph::{Atom, Class, Graph, Values, What};
use crate::model::Vignette;
use crate::source::Span;
use crate::yaml::de::{Plain, Spanned};

/// Where a vignette comes to, or why its answers do not fit.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Replayed {
    /// It ends here: `outcome/…` or `journey/…`; `None` where the journey breaks off.
    Ends(Option<String>),
    /// A question is asked that the vignette does not answer: its key.
    Missing(String),
    /// An answer that the question does not have: its key, and where the answer stands.
    NoSuchAnswer(String, Span),
    /// An answer to a step that is not asked on this path, and where it stands.
    NotAsked(String, Span),
}

/// Walks a vignette's answers through a journey.
pub fn replay(graph: &Graph<'_>, diagram: &Diagram<'_>, vignette: &Vignette<'_>) -> Replayed {
    let mut node = diagram.root;
    let mut asked = Vec::new();
    let end = loop {
        let (position, children) = match &diagram.nodes[node] {
            Node::End { end, .. } => break *end,
            Node::Screen { position, children } => (*position, children),
        };
        let What::Ask(question) = graph.positions[position].what else {
            node = children[0];
            continue;
        };
        let step = graph.steps[graph.questions[question].step].name;
        asked.push(step);
        let Some((_, given)) = vignette.answers.iter().find(|(name, _)| name.value == step) else {
            return Replayed::Missing(graph.key(question).into_owned());
        };
        match given_to(graph, question, given) {
            Ok(Some(value)) => match class_of(graph, question, value) {
                Some(class) => node = children[class],
                None => return Replayed::NoSuchAnswer(graph.key(question).into_owned(), given.span),
            },
            Ok(None) => return Replayed::Missing(graph.key(question).into_owned()),
            Err(span) => return Replayed::NoSuchAnswer(graph.key(question).into_owned(), span),
        }
    };
    match vignette.answers.iter().find(|(name, _)| !asked.contains(&name.value)) {
        Some((name, _)) => Replayed::NotAsked(name.value.to_owned(), name.span),
        None => Replayed::Ends(diagram.ends[end].id()),
    }
}

/// The value given to a question: `Ok(None)` where there is none, `Err` with the place of one that does not fit.
pub(super) fn given_to(graph: &Graph<'_>, question: usize, given: &Spanned<Plain<'_>>) -> Result<Option<i64>, Span> {
    let asked = &graph.questions[question];
    let at = |index: usize| i64::try_from(index).ok();
    match (&asked.values, asked.item, &given.value) {
        (Values::Choice(choices), None, Plain::Text(id)) => {
            choices.iter().position(|c| c.id == *id).and_then(at).map(Some).ok_or(given.span)
        }
        (Values::Choice(choices), Some(_), Plain::List(points)) => {
            let Some(point) = points.get(asked.declared) else { return Ok(None) };
            let found = match &point.value {
                Plain::Number(points) => choices.iter().position(|c| c.points == *points),
                Plain::Text(id) => choices.iter().position(|c| c.id == *id),
                _ => None,
            };
            found.and_then(at).map(Some).ok_or(point.span)
        }
        (Values::Choice(choices), Some(item), Plain::Map(map)) => {
            let Some((_, answer)) = map.iter().find(|(name, _)| name.value == item) else { return Ok(None) };
            let Plain::Text(id) = answer.value else { return Err(answer.span) };
            choices.iter().position(|c| c.id == id).and_then(at).map(Some).ok_or(answer.span)
        }
        (Values::Option { .. }, _, Plain::List(chosen)) => {
            let options = || graph.questions.iter().filter(|q| q.step == asked.step).filter_map(|q| q.option);
            for one in chosen {
                if !matches!(one.value, Plain::Text(id) if options().any(|o| o == id)) {
                    return Err(one.span);
                }
            }
            Ok(Some(i64::from(chosen.iter().any(|one| matches!(one.value, Plain::Text(id) if Some(id) == asked.option)))))
        }
        (Values::Number { min, max }, _, Plain::Number(n)) if (*min..=*max).contains(n) => Ok(Some(*n)),
        _ => Err(given.span),
    }
}

/// The class of a value.
pub fn class_of(graph: &Graph<'_>, question: usize, value: i64) -> Option<usize> {
    let asked = &graph.questions[question];
    let Values::Number { min, max } = asked.values else {
        return asked.classes.iter().position(|c| c.values.contains(&value));
    };
    let holds = |class: &Class| {
        graph.atoms.iter().enumerate().all(|(number, atom)| match atom {
            Atom::Number(q, low, high) if *q == question => (*low..=*high).contains(&value) == class.holds.contains(&number),
            _ => true,
        })
    };
    if (min..=max).contains(&value) { asked.classes.iter().position(holds) } else { None }
}
