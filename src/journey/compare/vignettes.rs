//! Worked examples of both versions, replayed in both.
//!
//! A vignette is a person: what they answered stays the same, however the journey around them changes. So the old version's
//! answers are followed into the new version, under the names that steps and answers have there; where they no longer fit
//! because more is asked, the new version's vignette of the same name stands in for them.

use foldhash::{HashMap, HashMapExt};

use super::scale::{Endings, NOWHERE};
use super::space::{NEW, OLD, Part, Space};
use super::store::{Id, Store};
use super::walk::{Chosen, Walk};
use super::{Elsewhere, Side};
use crate::journey::graph::Values;
use crate::journey::vignette::given_to;
use crate::model::Vignette;

/// The vignettes of either version that end elsewhere, by name as the new version lists them; then the old one's own.
pub(super) fn elsewhere<'a>(
    sides: [&Side<'_, 'a>; 2],
    space: &Space<'a>,
    (store, roots): (&Store, [Id; 2]),
    endings: &Endings,
) -> Vec<Elsewhere<'a>> {
    let end = |side: usize, answers: &Chosen| Walk::replay(store, roots[side], answers).1;
    let [olds, news] = sides.map(|side| &side.version.journey.vignettes);
    let mut found: Vec<Elsewhere<'a>> = Vec::new();
    let mut add = |name: &'a str, from: usize, to: usize| {
        let one = Elsewhere { name, from: endings.id(OLD, from), to: endings.id(NEW, to) };
        if from != to && !found.contains(&one) {
            found.push(one);
        }
    };
    let given = |side: usize, vignette: &Vignette<'a>| given(sides[side], side, space, vignette);
    for new in news {
        let answers = given(NEW, new);
        let now = end(NEW, &answers);
        if let Some(old) = olds.iter().find(|v| v.name.value == new.name.value) {
            let before = given(OLD, old);
            let (was, to) = (end(OLD, &before), end(NEW, &before));
            add(new.name.value, was, if to == NOWHERE { now } else { to });
        }
        // One whose answers do not fit the old version is nobody who ended anywhere else.
        let was = end(OLD, &answers);
        if was != NOWHERE {
            add(new.name.value, was, now);
        }
    }
    for old in olds.iter().filter(|old| news.iter().all(|new| new.name.value != old.name.value)) {
        let answers = given(OLD, old);
        add(old.name.value, end(OLD, &answers), end(NEW, &answers));
    }
    found
}

/// A vignette's answers as answers of the space; what does not fit is left out.
fn given<'a>(side: &Side<'_, 'a>, number: usize, space: &Space<'a>, vignette: &Vignette<'a>) -> Chosen {
    let graph = &side.graph;
    let mut found: HashMap<usize, usize> = HashMap::new();
    let mut first_own: HashMap<usize, usize> = HashMap::new();
    for (question, asked) in graph.questions.iter().enumerate() {
        let name = graph.steps[asked.step].name;
        let given = vignette.answers.iter().find(|(step, _)| step.value == name);
        let Some(value) = given.and_then(|(_, given)| given_to(graph, question, given).ok().flatten()) else { continue };
        let Some(at) = space.number(number, question) else { continue };
        found.extend(space.group(number, at, value).map(|group| (at, group)));
        let Some(extra) = space.extras[number].get(&asked.step) else { continue };
        let is_own = |part: Part<'_>| matches!(part, Part::First(side, _, id) if side == number && Some(id) == asked.option);
        let groups = &space.asked[*extra].groups;
        if let (Values::Option { .. }, 1, Some(group)) = (&asked.values, value, groups.iter().position(|g| is_own(g.part))) {
            first_own.entry(*extra).or_insert(group);
        } else {
            found.entry(*extra).or_insert(0);
        }
    }
    found.extend(first_own);
    Chosen::of(space.asked.len(), found)
}
