//! A journey walked naively: every path from the parsed YAML, one answer at a time. It knows no diagram, no live state
//! and no counting trick, and so can disagree with the compiler.

use std::collections::BTreeMap;

use signpost::yaml::NodeRef;

/// An answer, by what a person gives.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub enum Value {
    Choice(String),
    Options(Vec<String>),
    Number(i64),
}

/// One finished path.
#[derive(Debug, Clone)]
pub struct Path {
    /// Question key and answer, in the order asked.
    pub answers: Vec<(String, Value)>,
    /// `outcome/…`, or what went wrong: `unasked`, `fell`.
    pub end: String,
    pub scores: BTreeMap<String, i64>,
    pub steps: Vec<String>,
}

pub struct Brute<'a> {
    pub journey: NodeRef<'a>,
    /// Instruments by name.
    pub instruments: BTreeMap<String, NodeRef<'a>>,
}

/// A question with its possible answers: value, points, own target.
pub struct Asked {
    pub key: String,
    pub answers: Vec<(Value, i64, Option<String>)>,
    pub scores: Vec<String>,
}

impl<'a> Brute<'a> {
    fn step(&self, name: &str) -> Option<NodeRef<'a>> {
        self.journey.get("steps")?.get(name)
    }

    /// The questions of a step, in order.
    pub fn questions(&self, name: &str) -> Vec<Asked> {
        let step = self.step(name).unwrap();
        let own_score = step.get("score").and_then(NodeRef::str).map(str::to_owned);
        let points = |node: NodeRef<'a>| node.get("points").and_then(NodeRef::int).unwrap_or(0);
        let go = |node: NodeRef<'a>| node.get("go").and_then(NodeRef::str).map(str::to_owned);
        if let Some(used) = step.get("use").and_then(NodeRef::str) {
            let instrument = used.trim_start_matches("instrument/").to_owned();
            let node = self.instruments[&instrument];
            let mut scores = vec![instrument];
            scores.extend(own_score);
            return node
                .get("items")
                .unwrap()
                .entries()
                .map(|item| {
                    let own = item.value.get("answers");
                    let answers = Vec::from_iter(own.or_else(|| node.get("answers")).unwrap().entries());
                    let is_reversed = own.is_none() && item.value.get("reverse_scored").and_then(NodeRef::bool) == Some(true);
                    let mut counted = Vec::from_iter(answers.iter().map(|a| points(a.value)));
                    if is_reversed {
                        counted.reverse();
                    }
                    let answers = answers.iter().zip(counted).map(|(a, p)| (Value::Choice(a.name.to_owned()), p, None));
                    Asked { key: format!("{name}.{}", item.name), answers: answers.collect(), scores: scores.clone() }
                })
                .collect();
        }
        if step.get("ask").is_none() {
            return Vec::new();
        }
        let answers = if let Some(number) = step.get("number") {
            let bound = |key: &str| number.get(key).and_then(NodeRef::int).unwrap();
            (bound("min")..=bound("max")).map(|n| (Value::Number(n), 0, None)).collect()
        } else {
            let answers: Vec<_> = step.get("answers").unwrap().entries().collect();
            if step.get("choose").and_then(NodeRef::str) == Some("any") {
                (0..1_u32 << answers.len())
                    .map(|set| {
                        let chosen: Vec<_> = answers.iter().enumerate().filter(|(n, _)| set & (1 << n) != 0).map(|(_, a)| a).collect();
                        (
                            Value::Options(chosen.iter().map(|a| a.name.to_owned()).collect()),
                            chosen.iter().map(|a| points(a.value)).sum(),
                            None,
                        )
                    })
                    .collect()
            } else {
                answers.iter().map(|a| (Value::Choice(a.name.to_owned()), points(a.value), go(a.value))).collect()
            }
        };
        vec![Asked { key: name.to_owned(), answers, scores: own_score.into_iter().collect() }]
    }

    /// Every path.
    pub fn paths(&self) -> Vec<Path> {
        let mut done = Vec::new();
        let start = self.journey.get("start").and_then(NodeRef::str).unwrap().to_owned();
        let path = Path { answers: Vec::new(), end: String::new(), scores: BTreeMap::new(), steps: Vec::new() };
        self.walk(&start, path, &mut done);
        done
    }

    fn walk(&self, target: &str, mut path: Path, done: &mut Vec<Path>) {
        if target.contains('/') {
            path.end = target.to_owned();
            done.push(path);
            return;
        }
        let step = self.step(target).unwrap();
        path.steps.push(target.to_owned());
        let go = step.get("go").and_then(NodeRef::str).unwrap_or("").to_owned();
        if let Some(branches) = step.get("decide") {
            for branch in branches.items() {
                match self.holds(branch.get("when").unwrap(), &path) {
                    Ok(true) => return self.walk(branch.get("go").and_then(NodeRef::str).unwrap(), path, done),
                    Ok(false) => {}
                    Err(()) => {
                        path.end = "unasked".into();
                        done.push(path);
                        return;
                    }
                }
            }
            match step.get("otherwise").and_then(NodeRef::str) {
                Some(next) => self.walk(next, path, done),
                None => {
                    path.end = "fell".into();
                    done.push(path);
                }
            }
            return;
        }
        let questions = self.questions(target);
        self.ask(&questions, 0, &go, path, done);
    }

    fn ask(&self, questions: &[Asked], at: usize, go: &str, path: Path, done: &mut Vec<Path>) {
        let Some(question) = questions.get(at) else { return self.walk(go, path, done) };
        for (value, points, own) in &question.answers {
            let mut next = path.clone();
            next.answers.push((question.key.clone(), value.clone()));
            for score in &question.scores {
                *next.scores.entry(score.clone()).or_default() += points;
            }
            match own {
                Some(target) => self.walk(target, next, done),
                None => self.ask(questions, at + 1, go, next, done),
            }
        }
    }

    /// From left to right until decided; `Err` at a comparison of what was not asked.
    pub fn holds(&self, condition: NodeRef<'a>, path: &Path) -> Result<bool, ()> {
        if let Some(all) = condition.get("all") {
            for part in all.items() {
                if !self.holds(part, path)? {
                    return Ok(false);
                }
            }
            return Ok(true);
        }
        if let Some(any) = condition.get("any") {
            for part in any.items() {
                if self.holds(part, path)? {
                    return Ok(true);
                }
            }
            return Ok(false);
        }
        if let Some(not) = condition.get("not") {
            return self.holds(not, path).map(|b| !b);
        }
        self.compare(condition, path).ok_or(())
    }

    /// As in a safety rule: a comparison of what was not asked is false.
    pub fn judges(&self, condition: NodeRef<'a>, path: &Path) -> bool {
        if let Some(all) = condition.get("all") {
            return all.items().all(|c| self.judges(c, path));
        }
        if let Some(any) = condition.get("any") {
            return any.items().any(|c| self.judges(c, path));
        }
        if let Some(not) = condition.get("not") {
            return !self.judges(not, path);
        }
        self.compare(condition, path).unwrap_or(false)
    }

    fn compare(&self, condition: NodeRef<'a>, path: &Path) -> Option<bool> {
        let text = |key: &str| condition.get(key).and_then(NodeRef::str);
        let number = |key: &str| condition.get(key).and_then(NodeRef::int);
        if let Some(step) = text("asked") {
            return Some(path.answers.iter().any(|(key, _)| key.split('.').next() == Some(step)));
        }
        let within = |value: i64| number("at_least").is_none_or(|n| value >= n) && number("at_most").is_none_or(|n| value <= n);
        if let Some(score) = text("score") {
            let value = *path.scores.get(score)?;
            let in_band = text("band").is_none_or(|band| {
                let bands = self.instruments[score].get("bands").unwrap();
                let found = bands.items().find(|b| b.get("id").and_then(NodeRef::str) == Some(band)).unwrap();
                let bound = |key: &str| found.get(key).and_then(NodeRef::int).unwrap();
                (bound("from")..=bound("to")).contains(&value)
            });
            return Some(within(value) && in_band);
        }
        let (_, value) = path.answers.iter().find(|(key, _)| Some(key.as_str()) == text("answer"))?;
        Some(match value {
            Value::Choice(id) => {
                text("is").is_none_or(|is| is == id)
                    && text("is_not").is_none_or(|not| not != id)
                    && condition.get("in").is_none_or(|list| list.items().any(|one| one.str() == Some(id)))
            }
            Value::Options(ids) => text("includes").is_none_or(|one| ids.iter().any(|id| id == one)),
            Value::Number(n) => within(*n),
        })
    }
}
