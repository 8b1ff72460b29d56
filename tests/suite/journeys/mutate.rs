//! Versions of a site: a random journey with what is around it, and small changes to any of it as editors make them.

use std::collections::BTreeMap;

use proptest::prelude::Rng as _;
use proptest::test_runner::TestRng;
use serde_json::{Map, Value as Json, json};
use signpost::load::Snapshot;
use signpost::model::Content;

/// A site with one journey, as data.
#[derive(Debug, Clone)]
pub struct Site {
    pub journey: Json,
    pub mini: Json,
    pub levels: Vec<Json>,
    /// Acuity and former name, by name.
    pub outcomes: BTreeMap<String, (String, Option<String>)>,
}

impl Site {
    pub fn of(journey: &str) -> Self {
        let base = super::snapshot(journey);
        let content = Content::of(&base);
        let data = |id: &str| content.get(id).unwrap().data.unwrap().to_json();
        let levels = base.files.iter().find(|f| f.path == "content/acuity.yaml").unwrap().data().unwrap().get("levels").unwrap();
        let acuity = |n: usize| data(&format!("outcome/o{n}"))["acuity"].as_str().unwrap().to_owned();
        Self {
            journey: data("journey/j"),
            mini: data("instrument/mini"),
            levels: levels.to_json().as_array().unwrap().clone(),
            outcomes: (0..4).map(|n| (format!("o{n}"), (acuity(n), None))).collect(),
        }
    }

    pub fn snapshot(&self) -> Snapshot {
        let mut files = vec![
            ("content/journeys/j.yaml".to_owned(), self.journey.to_string()),
            ("content/instruments/mini.yaml".to_owned(), self.mini.to_string()),
            ("content/acuity.yaml".to_owned(), json!({"levels": self.levels}).to_string()),
        ];
        for (name, (acuity, was)) in &self.outcomes {
            let was = was.as_ref().map_or(String::new(), |w| format!("was: [{w}]\n"));
            files.push((format!("content/outcomes/{name}.md"), format!("---\ntitle: O\nacuity: {acuity}\n{was}---\n")));
        }
        Snapshot::from_texts(files.iter().map(|(p, t)| (p.as_str(), t.as_str())))
    }
}

/// Makes changes; one that does not fit the journey at hand makes none.
pub struct Mutator<'r> {
    pub rng: &'r mut TestRng,
    pub site: Site,
}

impl Mutator<'_> {
    fn pick(&mut self, below: usize) -> usize {
        (self.rng.next_u32() as usize) % below.max(1)
    }

    fn one(&mut self, of: &[String]) -> Option<String> {
        if of.is_empty() { None } else { Some(of[self.pick(of.len())].clone()) }
    }

    fn steps(&mut self) -> &mut Map<String, Json> {
        self.site.journey["steps"].as_object_mut().unwrap()
    }

    fn steps_where(&self, holds: impl Fn(&Json) -> bool) -> Vec<String> {
        let steps = self.site.journey["steps"].as_object().unwrap();
        steps.iter().filter(|(_, s)| holds(s)).map(|(k, _)| k.clone()).collect()
    }

    pub fn change(&mut self) {
        match self.pick(22) {
            0 | 1 => self.cut(),
            2 | 3 => self.target(),
            4 | 5 => self.swap(),
            6 => self.rename_step(),
            7 => self.add_answer(),
            8 => self.remove_answer(),
            9 => self.rename_answer(),
            10 | 11 => self.replace_options(),
            12 => self.points(),
            13 => self.bounds(),
            14 => self.acuity(),
            15 => self.scale(),
            16 => self.insert(),
            17 => self.kind(),
            18 | 19 => self.instrument(),
            20 => self.rename_outcome(),
            _ => self.order_of_answers(),
        }
    }

    /// Every number that a condition compares with, and every condition, in the decisions.
    fn conditions<'j>(node: &'j mut Json, found: &mut Vec<&'j mut Json>) {
        match node {
            Json::Array(list) => list.iter_mut().for_each(|one| Self::conditions(one, found)),
            Json::Object(map) if map.contains_key("answer") || map.contains_key("score") => found.push(node),
            Json::Object(map) => map.values_mut().for_each(|one| Self::conditions(one, found)),
            _ => {}
        }
    }

    fn cut(&mut self) {
        let (which, by) = (self.pick(100), if self.pick(2) == 0 { 1 } else { -1 });
        let mut found = Vec::new();
        for step in self.steps().values_mut() {
            step.get_mut("decide").into_iter().for_each(|d| Self::conditions(d, &mut found));
        }
        let mut numbers: Vec<&mut Json> = found
            .into_iter()
            .filter_map(|c| if c.get("at_least").is_some() { c.get_mut("at_least") } else { c.get_mut("at_most") })
            .collect();
        if !numbers.is_empty() {
            let which = which % numbers.len();
            *numbers[which] = json!(numbers[which].as_i64().unwrap() + by);
        }
    }

    fn targets<'j>(node: &'j mut Json, found: &mut Vec<&'j mut Json>) {
        match node {
            Json::Array(list) => list.iter_mut().for_each(|one| Self::targets(one, found)),
            Json::Object(map) => {
                for (key, value) in map.iter_mut() {
                    if key == "go" || key == "otherwise" { found.push(value) } else { Self::targets(value, found) }
                }
            }
            _ => {}
        }
    }

    fn target(&mut self) {
        let names: Vec<String> = self.steps_where(|_| true);
        let (which, to, end) = (self.pick(100), self.pick(8), self.pick(4));
        let to = if to < 3 { names[to % names.len()].clone() } else { format!("outcome/o{end}") };
        let mut found = Vec::new();
        Self::targets(&mut self.site.journey["steps"], &mut found);
        let which = which % found.len();
        *found[which] = json!(to);
    }

    fn point_elsewhere(&mut self, to: &dyn Fn(&str) -> Option<String>) {
        let mut found = Vec::new();
        Self::targets(&mut self.site.journey["steps"], &mut found);
        for target in found {
            if let Some(other) = to(target.as_str().unwrap()) {
                *target = json!(other);
            }
        }
        if let Some(other) = to(self.site.journey["start"].as_str().unwrap()) {
            self.site.journey["start"] = json!(other);
        }
    }

    /// Two questions change places on every path.
    fn swap(&mut self) {
        let plain = |s: &Json| {
            let leads = s.get("answers").and_then(Json::as_object).is_some_and(|a| a.values().any(|a| a.get("go").is_some()));
            (s.get("ask").is_some() || s.get("use").is_some()) && !leads
        };
        let names = self.steps_where(plain);
        let (Some(x), Some(y)) = (self.one(&names), self.one(&names)) else { return };
        let (of_x, of_y) = (self.steps()[&x]["go"].clone(), self.steps()[&y]["go"].clone());
        self.steps()[&x]["go"] = of_y;
        self.steps()[&y]["go"] = of_x;
        self.point_elsewhere(&|to| if to == x { Some(y.clone()) } else { (to == y).then(|| x.clone()) });
    }

    fn rename_step(&mut self) {
        let names = self.steps_where(|s| s.get("was").is_none());
        let Some(old) = self.one(&names) else { return };
        let new = format!("{old}n");
        let text = self.site.journey.to_string();
        let text = text.replace(&format!("\"{old}\""), &format!("\"{new}\"")).replace(&format!("\"{old}."), &format!("\"{new}."));
        self.site.journey = serde_json::from_str(&text).unwrap();
        self.steps()[&new]["was"] = json!(old);
    }

    /// A choice or a `choose: any`, and whether it is the latter.
    fn chooser(&mut self) -> Option<(String, bool)> {
        let names = self.steps_where(|s| s.get("answers").is_some());
        let name = self.one(&names)?;
        let is_any = self.steps()[&name].get("choose").is_some();
        Some((name, is_any))
    }

    fn is_compared(&self, step: &str, answer: &str) -> bool {
        let mut journey = self.site.journey.clone();
        let mut found = Vec::new();
        Self::conditions(&mut journey, &mut found);
        found.iter().any(|c| c["answer"] == json!(step) && c.to_string().contains(&format!("\"{answer}\"")))
    }

    fn add_answer(&mut self) {
        let Some((name, _)) = self.chooser() else { return };
        let points = self.pick(3);
        self.steps()[&name]["answers"]["new"] = json!({"label": "N", "points": points});
    }

    fn remove_answer(&mut self) {
        let Some((name, _)) = self.chooser() else { return };
        let ids: Vec<String> = self.steps()[&name]["answers"].as_object().unwrap().keys().cloned().collect();
        let Some(id) = self.one(&ids) else { return };
        if ids.len() > 1 && !self.is_compared(&name, &id) {
            self.steps()[&name]["answers"].as_object_mut().unwrap().shift_remove(&id);
        }
    }

    fn rename_answer(&mut self) {
        let Some((name, _)) = self.chooser() else { return };
        let ids: Vec<String> = self.steps()[&name]["answers"].as_object().unwrap().keys().cloned().collect();
        let Some(id) = self.one(&ids) else { return };
        if !self.is_compared(&name, &id) {
            let answers = self.steps()[&name]["answers"].as_object_mut().unwrap();
            let mut answer = answers.shift_remove(&id).unwrap();
            answer["was"] = json!(id);
            answers.insert(format!("{id}r"), answer);
        }
    }

    /// Options go and others come: what a `choose: any` has in neither version.
    fn replace_options(&mut self) {
        let names = self.steps_where(|s| s.get("choose").is_some());
        let Some(name) = self.one(&names) else { return };
        let ids: Vec<String> = self.steps()[&name]["answers"].as_object().unwrap().keys().cloned().collect();
        for id in ids {
            if self.pick(2) == 0 && !self.is_compared(&name, &id) {
                self.steps()[&name]["answers"].as_object_mut().unwrap().shift_remove(&id);
            }
        }
        for n in 0..1 + self.pick(2) {
            let points = self.pick(3);
            self.steps()[&name]["answers"][format!("x{n}")] = json!({"label": "X", "points": points});
        }
    }

    fn points(&mut self) {
        let Some((name, _)) = self.chooser() else { return };
        let points = self.pick(5);
        let answers = self.steps()[&name]["answers"].as_object_mut().unwrap();
        answers.values_mut().next().unwrap()["points"] = json!(points);
    }

    fn bounds(&mut self) {
        let names = self.steps_where(|s| s.get("number").is_some());
        let Some(name) = self.one(&names) else { return };
        let (by, which) = ([-1_i64, 1, 2, 9][self.pick(4)], self.pick(3));
        let number = &mut self.steps()[&name]["number"];
        let (min, max) = (number["min"].as_i64().unwrap(), number["max"].as_i64().unwrap());
        let (min, max) = match which {
            0 => (min + by, max.max(min + by)),
            1 => (min, (max + by).max(min)),
            _ => (min + by, max + by),
        };
        *number = json!({"min": min, "max": max});
    }

    fn acuity(&mut self) {
        let level = ["l0", "l1", "l1b", "l2"][self.pick(4)].to_owned();
        let names: Vec<String> = self.site.outcomes.keys().cloned().collect();
        let Some(name) = self.one(&names) else { return };
        self.site.outcomes.get_mut(&name).unwrap().0 = level;
    }

    fn scale(&mut self) {
        match self.pick(4) {
            0 => {
                let (a, b) = (self.pick(2), 3);
                self.site.levels.swap(a, b);
                // A level stands beside one that comes before it.
                let at = |levels: &[Json], id: &str| levels.iter().position(|l| l["id"] == json!(id)).unwrap();
                let (one, other) = (at(&self.site.levels, "l1"), at(&self.site.levels, "l1b"));
                if one > other {
                    self.site.levels.swap(one, other);
                }
            }
            1 => {
                self.site.levels.iter_mut().for_each(|l| {
                    l.as_object_mut().unwrap().shift_remove("beside");
                });
            }
            _ => {
                let at = self.pick(self.site.levels.len() + 1);
                self.site.levels.insert(at, json!({"id": "extra", "label": "E", "says": "e", "within": "now", "card": "none"}));
            }
        }
    }

    fn insert(&mut self) {
        let names = self.steps_where(|s| s.get("go").is_some());
        let Some(before) = self.one(&names) else { return };
        let go = self.steps()[&before]["go"].clone();
        self.steps()[&before]["go"] = json!("ins");
        let own = if self.pick(2) == 0 { json!({"label": "A", "go": "outcome/o0"}) } else { json!({"label": "A"}) };
        self.steps().insert("ins".to_owned(), json!({"ask": "Q", "answers": {"a": own, "b": {"label": "B"}}, "go": go}));
    }

    /// A question of the same name that is answered in another way is another question.
    fn kind(&mut self) {
        let Some((name, is_any)) = self.chooser() else { return };
        let ids: Vec<String> = self.steps()[&name]["answers"].as_object().unwrap().keys().cloned().collect();
        if ids.iter().any(|id| self.is_compared(&name, id)) || !is_any && self.steps()[&name].to_string().contains("\"go\":\"") {
            return;
        }
        let step = self.steps()[&name].as_object_mut().unwrap();
        if is_any {
            step.shift_remove("choose");
        } else {
            step.insert("choose".to_owned(), json!("any"));
        }
    }

    fn instrument(&mut self) {
        let which = self.pick(6);
        let points = self.pick(4);
        let mini = &mut self.site.mini;
        match which {
            0 => mini["answers"]["b"]["points"] = json!(points),
            1 => {
                mini["items"].as_object_mut().unwrap().shift_remove("two");
            }
            2 => mini["items"]["four"] = json!({"ask": "Four"}),
            3 => {
                let one = mini["items"].as_object_mut().unwrap().shift_remove("one").unwrap();
                mini["items"]["one"] = one;
            }
            4 => mini["answers"]["d"] = json!({"label": "D", "points": points}),
            _ => mini["items"]["one"]["reverse_scored"] = json!(true),
        }
    }

    fn rename_outcome(&mut self) {
        let Some((acuity, None)) = self.site.outcomes.get("o1").cloned() else { return };
        self.site.outcomes.remove("o1");
        self.site.outcomes.insert("o9".to_owned(), (acuity, Some("o1".to_owned())));
        let text = self.site.journey.to_string().replace("outcome/o1", "outcome/o9");
        self.site.journey = serde_json::from_str(&text).unwrap();
    }

    fn order_of_answers(&mut self) {
        let Some((name, _)) = self.chooser() else { return };
        let answers = self.steps()[&name]["answers"].as_object_mut().unwrap();
        *answers = std::mem::take(answers).into_iter().rev().collect();
    }
}
