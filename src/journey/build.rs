//! From the parsed journey to the graph: steps placed in an order in which nobody goes back, questions with their values,
//! conditions over numbered comparisons.

use foldhash::HashMap;

use super::graph::{Arrangement, Atom, Choice, Cond, End, Graph, Next, Position, Question, StepInfo, Target, Values, What};
use crate::model::{Condition, Content, Instrument, Journey, Kind, Step};
use crate::source::Span;
use crate::yaml::de::Spanned;

pub(super) struct Builder<'b, 'a> {
    pub(super) journey: &'b Journey<'a>,
    pub(super) content: &'b Content<'a>,
    pub(super) arrangement: &'b Arrangement<'a>,
    pub(super) graph: Graph<'a>,
    pub(super) atoms: HashMap<Atom, usize>,
    pub(super) ends: HashMap<End<'a>, usize>,
}

impl<'a> Builder<'_, 'a> {
    pub(super) fn build(mut self) -> Graph<'a> {
        for (name, step) in self.journey.steps.iter() {
            let targets = self.targets(step);
            self.graph.steps.push(StepInfo {
                name: name.value,
                span: name.span,
                first: None,
                instrument: step.uses.and_then(|u| u.value.strip_prefix("instrument/")),
                targets,
                whens: step.decide.iter().map(|b| b.when.span).collect(),
                is_decision: !step.decide.is_empty(),
            });
        }
        for (_, step) in self.journey.steps.iter() {
            // Scores of steps that nothing leads to are known all the same: comparing them is comparing the unasked.
            let used = step.uses.and_then(|u| u.value.strip_prefix("instrument/"));
            for score in used.into_iter().chain(step.score.map(|s| s.value)) {
                score_of(&mut self.graph, score);
            }
        }
        self.graph.start = self.target(Some(self.journey.start));
        let order = self.order();
        for step in order {
            self.place(step);
        }
        for (number, (_, step)) in self.journey.steps.iter().enumerate() {
            if self.graph.steps[number].first.is_none() || step.decide.is_empty() {
                continue;
            }
            let mut branches = Vec::with_capacity(step.decide.len());
            for (n, branch) in step.decide.iter().enumerate() {
                let cond = condition_of(&mut self.graph, &mut self.atoms, &branch.when.value, self.content);
                branches.push((cond, self.graph.steps[number].targets[n].0));
            }
            self.graph.branches.insert(number, branches);
            let otherwise = match step.otherwise {
                Some(_) => self.graph.steps[number].targets.last().map_or(Target::End(0), |t| t.0),
                None => self.end(End::FellThrough(number)),
            };
            self.graph.otherwise.insert(number, otherwise);
        }
        // Rules are compiled with the rest, so that values are grouped once for every diagram of the journey.
        let cond = |builder: &mut Self, c: &Spanned<Condition<'a>>| {
            condition_of(&mut builder.graph, &mut builder.atoms, &c.value, builder.content)
        };
        let journey = self.journey;
        self.graph.whenever = journey.safety.iter().map(|r| r.whenever.as_ref().map(|c| cond(&mut self, c))).collect();
        self.graph.personalise = journey.personalise.iter().map(|p| cond(&mut self, &p.when)).collect();
        self.graph.group_values();
        self.graph
    }

    fn end(&mut self, end: End<'a>) -> Target {
        let next = self.graph.ends.len();
        let number = *self.ends.entry(end.clone()).or_insert(next);
        if number == next {
            self.graph.ends.push(end);
        }
        Target::End(number)
    }

    fn target(&mut self, text: Option<Spanned<&'a str>>) -> Target {
        let text = text.map_or("", |t| t.value);
        if let Some(step) = self.graph.step(text) {
            return Target::Step(step);
        }
        let end = match Kind::split(text) {
            Some((Kind::Outcome, name)) if self.content.named(Kind::Outcome, name).is_some() => End::Outcome(name),
            Some((Kind::Journey, name)) if self.content.named(Kind::Journey, name).is_some() => End::Journey(name),
            _ => End::Unknown(text),
        };
        self.end(end)
    }

    /// Where a step can lead: its answers, branches, `otherwise`, `go`, in this order.
    fn targets(&mut self, step: &Step<'a>) -> Vec<(Target, Span)> {
        let mut found = Vec::new();
        let mut add = |builder: &mut Self, text: Option<Spanned<&'a str>>| {
            let target = builder.target(text);
            found.push((target, text.map(|t| t.span).unwrap_or_default()));
        };
        for branch in &step.decide {
            add(self, Some(branch.go));
        }
        if step.decide.is_empty() {
            step.answers.iter().filter(|(_, a)| a.go.is_some()).for_each(|(_, a)| add(self, a.go));
            let all_lead = !step.answers.is_empty() && step.answers.iter().all(|(_, a)| a.go.is_some());
            if step.go.is_some() || !all_lead {
                add(self, step.go);
            }
        } else if step.otherwise.is_some() {
            add(self, step.otherwise);
        }
        found
    }

    /// The steps that the start leads to, in an order in which every edge goes forward. An edge that would go back
    /// closes a cycle: it is recorded and led to [`End::Cycle`].
    fn order(&mut self) -> Vec<usize> {
        let count = self.graph.steps.len();
        let (mut state, mut done, mut path) = (vec![0_u8; count], Vec::with_capacity(count), Vec::new());
        if let Target::Step(first) = self.graph.start {
            path.push((first, 0));
            state[first] = 1;
        }
        while let Some((step, edge)) = path.last_mut() {
            let (step, at) = (*step, *edge);
            *edge += 1;
            let Some((target, _)) = self.graph.steps[step].targets.get(at) else {
                state[step] = 2;
                done.push(step);
                path.pop();
                continue;
            };
            let Target::Step(next) = *target else { continue };
            match state[next] {
                0 => {
                    state[next] = 1;
                    path.push((next, 0));
                }
                1 => {
                    let from = path.iter().position(|(s, _)| *s == next).unwrap_or(0);
                    let cycle = path[from..].iter().map(|(s, _)| self.graph.steps[*s].name).collect();
                    self.graph.cycles.push(cycle);
                    let end = self.end(End::Cycle);
                    self.graph.steps[step].targets[at].0 = end;
                }
                _ => {}
            }
        }
        done.reverse();
        done
    }

    fn place(&mut self, number: usize) {
        let (_, step) = &self.journey.steps[number];
        self.graph.steps[number].first = Some(self.graph.positions.len());
        let go = self.graph.steps[number].targets.last().map_or(Target::End(0), |t| t.0);
        if !step.decide.is_empty() {
            self.graph.positions.push(Position { step: number, what: What::Decide, next: Next::Nothing });
            return;
        }
        let before = self.graph.questions.len();
        if step.ask.is_some() {
            self.ask(number, step);
        } else if let Some(instrument) = step.uses.and_then(|u| self.content.get(u.value)).and_then(|i| i.instrument()) {
            self.items(number, step, instrument);
        }
        let after = self.graph.questions.len();
        if before == after {
            self.graph.positions.push(Position { step: number, what: What::Say, next: Next::Go(go) });
        }
        for question in before..after {
            let next = if question + 1 < after { Next::Same } else { Next::Go(go) };
            self.graph.positions.push(Position { step: number, what: What::Ask(question), next });
        }
    }

    fn ask(&mut self, number: usize, step: &Step<'a>) {
        let scores: Vec<usize> = step.score.iter().map(|s| score_of(&mut self.graph, s.value)).collect();
        if let Some(range) = &step.number {
            let values = Values::Number { min: range.min.value, max: range.max.value.max(range.min.value) };
            self.question(Question { values, ..empty(number, scores) });
        } else if step.choose.is_some_and(|c| c.value == "any") {
            for declared in self.arranged(number, step.answers.iter().map(|(id, _)| id.value)) {
                let (id, answer) = &step.answers[declared];
                let values = Values::Option { points: answer.points.map_or(0, |p| p.value) };
                self.question(Question { option: Some(id.value), declared, values, ..empty(number, scores.clone()) });
            }
        } else {
            let mut led = 0;
            let mut choices: Vec<Choice<'a>> = Vec::with_capacity(step.answers.len());
            for (id, answer) in step.answers.iter() {
                // Targets of answers come first, in their order; a cycle may have changed them.
                let target = answer.go.map(|_| {
                    led += 1;
                    self.graph.steps[number].targets[led - 1].0
                });
                choices.push(Choice { id: id.value, points: answer.points.map_or(0, |p| p.value), target });
            }
            self.question(Question { values: Values::Choice(choices), ..empty(number, scores) });
        }
    }

    fn items(&mut self, number: usize, step: &Step<'a>, instrument: &Instrument<'a>) {
        let name = step.uses.map_or("", |u| u.value.trim_start_matches("instrument/"));
        let mut scores = vec![score_of(&mut self.graph, name)];
        scores.extend(step.score.iter().map(|s| score_of(&mut self.graph, s.value)));
        scores.dedup();
        for (declared, (id, item)) in instrument.items.iter().enumerate() {
            let choices = instrument.scores_of(item).map(|(a, points)| Choice { id: a.value, points, target: None }).collect();
            let values = Values::Choice(choices);
            self.question(Question { item: Some(id.value), declared, values, ..empty(number, scores.clone()) });
        }
    }

    /// The places of a step's options in the order in which they are met.
    fn arranged(&self, step: usize, ids: impl Iterator<Item = &'a str>) -> Vec<usize> {
        let mut places: Vec<(usize, usize)> = ids
            .enumerate()
            .map(|(declared, id)| {
                let listed = self.arrangement.get(self.graph.steps[step].name).and_then(|l| l.iter().position(|one| *one == id));
                (listed.unwrap_or(usize::MAX), declared)
            })
            .collect();
        places.sort_unstable();
        places.into_iter().map(|(_, declared)| declared).collect()
    }

    fn question(&mut self, question: Question<'a>) {
        self.graph.questions.push(question);
    }
}

fn empty<'a>(step: usize, scores: Vec<usize>) -> Question<'a> {
    Question { step, item: None, option: None, declared: 0, values: Values::Choice(Vec::new()), scores, classes: Vec::new() }
}

fn score_of<'a>(graph: &mut Graph<'a>, name: &'a str) -> usize {
    graph.score(name).unwrap_or_else(|| {
        graph.scores.push(name);
        graph.scores.len() - 1
    })
}

fn condition_of<'a>(graph: &mut Graph<'a>, atoms: &mut HashMap<Atom, usize>, condition: &Condition<'a>, content: &Content<'a>) -> Cond {
    let list = |graph: &mut Graph<'a>, atoms: &mut HashMap<Atom, usize>, parts: &[Spanned<Condition<'a>>]| {
        parts.iter().map(|c| condition_of(graph, atoms, &c.value, content)).collect()
    };
    if let Some(all) = &condition.all {
        return Cond::All(list(graph, atoms, all));
    }
    if let Some(any) = &condition.any {
        return Cond::Any(list(graph, atoms, any));
    }
    if let Some(not) = &condition.not {
        return Cond::Not(Box::new(condition_of(graph, atoms, &not.value, content)));
    }
    let atom = if let Some(step) = condition.asked {
        graph.step(step.value.split('.').next().unwrap_or("")).map(Atom::Asked)
    } else if let Some(score) = condition.score {
        score_atom(graph, condition, score.value, content)
    } else if let Some(answer) = condition.answer {
        answer_atom(graph, condition, answer.value)
    } else {
        None
    };
    let Some(atom) = atom else { return Cond::Never };
    let next = graph.atoms.len();
    let number = *atoms.entry(atom.clone()).or_insert(next);
    if number == next {
        graph.atoms.push(atom);
    }
    Cond::Atom(number)
}

fn score_atom<'a>(graph: &Graph<'a>, condition: &Condition<'a>, name: &str, content: &Content<'a>) -> Option<Atom> {
    let score = graph.score(name)?;
    let (mut low, mut high) = (i64::MIN, i64::MAX);
    if let Some(band) = condition.band {
        let instrument = content.named(Kind::Instrument, name)?.instrument()?;
        let band = instrument.bands.iter().find(|b| b.id.value == band.value)?;
        (low, high) = (band.from.value, band.to.value);
    }
    low = low.max(condition.at_least.map_or(i64::MIN, |n| n.value));
    high = high.min(condition.at_most.map_or(i64::MAX, |n| n.value));
    Some(Atom::Score(score, low, high))
}

fn answer_atom(graph: &Graph<'_>, condition: &Condition<'_>, name: &str) -> Option<Atom> {
    let (step, item) = name.split_once('.').map_or((name, None), |(s, i)| (s, Some(i)));
    let step = graph.step(step)?;
    if graph.steps[step].first.is_none() {
        return Some(Atom::NeverAsked(step));
    }
    let asked = graph.positions_of(step).filter_map(|position| match graph.positions[position].what {
        What::Ask(question) => Some((question, &graph.questions[question])),
        What::Say | What::Decide => None,
    });
    let mut of_step = asked.filter(|(_, q)| q.item == item);
    if let Some(option) = condition.includes {
        let (number, _) = of_step.find(|(_, q)| q.option == Some(option.value))?;
        return Some(Atom::Answer(number, vec![1]));
    }
    let (number, question) = of_step.find(|(_, q)| q.option.is_none())?;
    match &question.values {
        Values::Choice(choices) => {
            let holds = |id: &str| {
                condition.is.is_none_or(|is| is.value == id)
                    && condition.is_not.is_none_or(|not| not.value != id)
                    && condition.one_of.as_ref().is_none_or(|list| list.iter().any(|one| one.value == id))
            };
            Some(Atom::Answer(number, choices.iter().enumerate().filter(|(_, c)| holds(c.id)).map(|(n, _)| n).collect()))
        }
        Values::Number { .. } => {
            let low = condition.at_least.map_or(i64::MIN, |n| n.value);
            let high = condition.at_most.map_or(i64::MAX, |n| n.value);
            Some(Atom::Number(number, low, high))
        }
        Values::Option { .. } => None,
    }
}
