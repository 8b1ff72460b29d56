//! The first page: what is asked of whom, the risks, and a list of everything in the pack.

use std::collections::BTreeMap;

use minijinja::context;
use minijinja::value::Value;

use super::proof::Rules;
use super::{Asked, Request, words};
use crate::diag::Severity;
use crate::diag::words::{count, list as listed};
use crate::diff::report::{Entry, Move, Report};
use crate::model::Class;

/// An item, how many approvals it lacks, and who could give one.
type Missing<'m> = (&'m Asked, usize, &'m [String]);

/// How many moves are shown with their example at once; the others are folded.
const AT_ONCE: usize = 4;

/// Role by role what is missing.
pub fn asked(request: &Request<'_, '_>, told: &Report) -> Value {
    let mut by_role: BTreeMap<&str, Vec<Missing<'_>>> = BTreeMap::new();
    for asked in request.asked {
        for (role, count, from) in &asked.needs {
            by_role.entry(role).or_default().push((asked, *count, from));
        }
    }
    let roles: Vec<Value> = by_role
        .into_iter()
        .map(|(role, items)| {
            let about = request.roles.iter().find(|(id, _)| id == role).map(|(_, about)| words(about));
            let own = |from: &[String]| request.reader.is_some_and(|r| from.contains(&r.id));
            let is_readers = items.iter().any(|(_, _, from)| own(from));
            let items: Vec<Value> = items
                .into_iter()
                .map(|(asked, count, from)| {
                    let who = if from.is_empty() { "nobody who may".to_owned() } else { listed(from, "or") };
                    context! { id => words(&asked.id), title => title(told, &asked.id), at => place(told, &asked.id), count, who => words(&who), is_readers => own(from) }
                })
                .collect();
            context! { role => words(role), about, items, is_readers }
        })
        .collect();
    let done: Vec<Value> =
        request.asked.iter().filter(|a| a.needs.is_empty()).map(|a| context! { id => words(&a.id), state => words(&a.state) }).collect();
    context! { roles, done }
}

/// What may do harm, the gravest first.
pub fn risks(told: &Report, rules: &BTreeMap<&str, Rules>) -> Value {
    let at = |entry: &Entry| place(told, &entry.id);
    let elsewhere = told.entries.iter().flat_map(|e| {
        e.vignettes.iter().map(move |(name, from, to)| context! { journey => words(&e.title), at => at(e), name => words(name), from => words(from), to => words(to) })
    });
    let grave = told.entries.iter().flat_map(|e| e.moves.iter().filter(|m| m.is_grave).map(move |m| (e, m)));
    let grave = grave.enumerate().map(|(n, (e, m))| moved(e, at(e), m, n < AT_ONCE));
    let unproved: Vec<Value> = told
        .entries
        .iter()
        .filter(|e| e.is_less_urgent && e.moves.iter().all(|m| !m.is_grave))
        .map(|e| context! { title => words(&e.title), id => words(&e.id), at => at(e), why => e.notes.first().map(|n| words(&n.text)) })
        .collect();
    let others: usize = told.entries.iter().flat_map(|e| &e.moves).filter(|m| !m.is_grave).count();
    let broken = told.entries.iter().flat_map(|e| {
        let rules = rules.get(e.id.as_str()).map(Rules::broken).unwrap_or_default();
        rules.into_iter().map(move |(says, state)| context! { journey => words(&e.title), at => at(e), says, state })
    });
    // A wrong digit, a care card, a rule: what is grave in itself, wherever answers lead.
    let is_behaviour = |code: &str| ["C001", "C002"].contains(&code);
    let harm = told.entries.iter().flat_map(|e| {
        let notes = e.notes.iter().filter(|n| n.severity == Severity::Error && !is_behaviour(n.code));
        notes.map(move |n| context! { says => words(&n.text), why => n.why, title => words(&e.title), id => words(&e.id), at => at(e) })
    });
    context! {
        harm => harm.collect::<Vec<_>>(),
        broken => broken.collect::<Vec<_>>(),
        vignettes => elsewhere.collect::<Vec<_>>(),
        grave => grave.collect::<Vec<_>>(),
        unproved,
        others => (others > 0).then(|| count(others, "other move")),
    }
}

fn moved(entry: &Entry, at: usize, one: &Move, is_open: bool) -> Value {
    context! { journey => words(&entry.title), at, one => of_move(one), is_open }
}

/// Answers that end elsewhere.
pub fn of_move(one: &Move) -> Value {
    let example = one.example.iter().map(|(question, answer)| context! { question => words(question), answer => words(answer) });
    context! {
        direction => one.direction, is_grave => one.is_grave, from => words(&one.from), to => words(&one.to), count => words(&one.count),
        example => example.collect::<Vec<_>>(),
    }
}

/// Everything that changed, by class.
pub fn list(request: &Request<'_, '_>, told: &Report) -> Value {
    let of = |class: Class, about: &str| {
        let items: Vec<Value> = told.entries.iter().filter(|e| e.class == class).map(|e| {
            let lacks = request.asked.iter().find(|a| a.id == e.id).map(|a| a.needs.iter().map(|(role, ..)| role.clone()).collect::<Vec<_>>());
            context! {
                id => words(&e.id), title => words(&e.title), what => words(&e.what), at => place(told, &e.id), is_less_urgent => e.is_less_urgent,
                note => e.notes.first().map(|n| words(&n.text)), lacks => lacks.filter(|l| !l.is_empty()).map(|l| listed(&l, "and")),
            }
        }).collect();
        context! { class => class.word(), about, items }
    };
    Value::from(vec![
        of(Class::Logic, "who is sent where, what is asked, who decides"),
        of(Class::Clinical, "what people are told to do, and whom they reach"),
        of(Class::Editorial, "wording alone"),
        of(Class::None, "no change of meaning"),
    ])
}

/// For whom the pack is made, with what they would sign.
pub fn reader(request: &Request<'_, '_>) -> Value {
    let Some(reader) = request.reader else { return Value::from(()) };
    let payloads: Vec<Value> = reader
        .payloads
        .iter()
        .enumerate()
        .map(|(n, (item, payload))| {
            let file = format!("{}-{}.json", n + 1, item.replace(['/', '.'], "-"));
            // As it stands between single quotes of a shell.
            context! { item => words(item), quoted => payload.replace('\'', "'\\''"), file }
        })
        .collect();
    context! { id => words(&reader.id), name => words(&reader.name), payloads }
}

/// The number of an item in the pack.
fn place(told: &Report, id: &str) -> usize {
    told.entries.iter().position(|e| e.id == id).map_or(0, |n| n + 1)
}

fn title(told: &Report, id: &str) -> String {
    words(told.entries.iter().find(|e| e.id == id).map_or(id, |e| &e.title))
}
