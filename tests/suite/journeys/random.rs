//! Random journeys as YAML: every kind of step, guards, scores, safety rules. Not all of them are sound; that is wanted.

use std::fmt::Write as _;

use proptest::prelude::*;
use proptest::test_runner::TestRng;

pub const BASE: &[(&str, &str)] = &[
    (
        "content/site.yaml",
        "name: E\nbase_url: https://example.org\norganisation: E\nlanguage: en\ncountry: GB\ndemonstration: true\ntime_zone: Europe/London\n",
    ),
    (
        "content/acuity.yaml",
        "levels:\n- {id: l0, label: A, says: a, within: now, card: emergency}\n- {id: l1, label: B, says: b, within: now, card: urgent}\n- {id: l1b, label: B, says: b, within: now, card: urgent, beside: l1}\n- {id: l2, label: C, says: c, within: now, card: none}\n",
    ),
    ("content/outcomes/o0.md", "---\ntitle: O0\nacuity: l0\n---\n"),
    ("content/outcomes/o1.md", "---\ntitle: O1\nacuity: l1\n---\n"),
    ("content/outcomes/o2.md", "---\ntitle: O2\nacuity: l1b\n---\n"),
    ("content/outcomes/o3.md", "---\ntitle: O3\nacuity: l2\n---\n"),
    (
        "content/instruments/mini.yaml",
        "title: Mini\nanswers:\n  a: {label: A, points: 0}\n  b: {label: B, points: 1}\n  c: {label: C, points: 2}\nitems:\n  one: {ask: One}\n  two: {ask: Two, reverse_scored: true}\n  three: {ask: Three, answers: {n: {label: N, points: 0}, y: {label: Y, points: 3}}}\nbands:\n- {id: low, label: Low, from: 0, to: 2}\n- {id: high, label: High, from: 3, to: 7}\nlicence: {terms: t, source: s, item_text: allowed}\n",
    ),
];

pub const RANKS: [usize; 4] = [0, 1, 1, 2];

/// A strategy of journeys; shrinking works on the seed, so failures are small only by luck.
pub fn journey() -> impl Strategy<Value = String> {
    of_steps(8)
}

/// Journeys of fewer steps than that.
pub fn of_steps(below: usize) -> impl Strategy<Value = String> {
    (any::<u64>(), 2..below).prop_perturb(|(_, steps), rng| Writer { rng, steps, out: String::new(), kinds: Vec::new() }.journey())
}

#[derive(Clone, Copy, PartialEq)]
enum Kind {
    Choice(usize),
    Any(usize),
    Number(i64),
    Use,
    Say,
    Decide,
}

pub struct Writer {
    rng: TestRng,
    steps: usize,
    out: String,
    kinds: Vec<Kind>,
}

impl Writer {
    fn pick(&mut self, below: usize) -> usize {
        (self.rng.next_u32() as usize) % below.max(1)
    }

    fn target(&mut self, after: usize) -> String {
        // Forward only: cycles have tests of their own. Now and then a step is left out, so that some are never reached.
        if after + 1 < self.steps && self.pick(10) < 8 {
            let ahead = 1 + self.pick((self.steps - after - 1).min(3));
            format!("s{}", after + ahead)
        } else {
            format!("outcome/o{}", self.pick(4))
        }
    }

    fn journey(mut self) -> String {
        let mut has_use = false;
        for _ in 0..self.steps {
            let kind = match self.pick(12) {
                0..=3 => Kind::Choice(2 + self.pick(2)),
                4 | 5 => Kind::Any(1 + self.pick(3)),
                6 => Kind::Number(1 + self.pick(5) as i64),
                7 | 8 if !has_use => {
                    has_use = true;
                    Kind::Use
                }
                9 => Kind::Say,
                _ => Kind::Decide,
            };
            self.kinds.push(kind);
        }
        self.out.push_str("title: J\nstart: s0\nsteps:\n");
        for step in 0..self.steps {
            self.step(step);
        }
        self.rules();
        self.out
    }

    fn step(&mut self, step: usize) {
        writeln!(self.out, "  s{step}:").unwrap();
        let go = self.target(step);
        match self.kinds[step] {
            Kind::Choice(count) => {
                writeln!(self.out, "    ask: Q\n    answers:").unwrap();
                for answer in 0..count {
                    let own = if self.pick(4) == 0 { format!(", go: {}", self.target(step)) } else { String::new() };
                    let points = self.pick(4);
                    writeln!(self.out, "      a{answer}: {{label: A, points: {points}{own}}}").unwrap();
                }
                if self.pick(2) == 0 {
                    writeln!(self.out, "    score: burden").unwrap();
                }
                writeln!(self.out, "    go: {go}").unwrap();
            }
            Kind::Any(count) => {
                writeln!(self.out, "    ask: Q\n    choose: any\n    answers:").unwrap();
                for answer in 0..count {
                    let points = self.pick(3);
                    writeln!(self.out, "      a{answer}: {{label: A, points: {points}}}").unwrap();
                }
                if self.pick(2) == 0 {
                    writeln!(self.out, "    score: burden").unwrap();
                }
                writeln!(self.out, "    go: {go}").unwrap();
            }
            Kind::Number(max) => writeln!(self.out, "    ask: Q\n    number: {{min: 0, max: {max}}}\n    go: {go}").unwrap(),
            Kind::Use => writeln!(self.out, "    use: instrument/mini\n    go: {go}").unwrap(),
            Kind::Say => writeln!(self.out, "    say: Text.\n    go: {go}").unwrap(),
            Kind::Decide => {
                writeln!(self.out, "    decide:").unwrap();
                for _ in 0..1 + self.pick(3) {
                    let when = self.condition(2);
                    let to = self.target(step);
                    writeln!(self.out, "      - when: {when}\n        go: {to}").unwrap();
                }
                if self.pick(8) != 0 {
                    writeln!(self.out, "    otherwise: {go}").unwrap();
                }
            }
        }
    }

    fn condition(&mut self, depth: usize) -> String {
        if depth > 0 {
            match self.pick(6) {
                0 => return format!("{{all: [{}, {}]}}", self.condition(depth - 1), self.condition(depth - 1)),
                1 => return format!("{{any: [{}, {}]}}", self.condition(depth - 1), self.condition(depth - 1)),
                2 => return format!("{{not: {}}}", self.condition(depth - 1)),
                _ => {}
            }
        }
        let step = self.pick(self.steps);
        let plain = match self.kinds[step] {
            Kind::Choice(count) => {
                let answer = self.pick(count);
                match self.pick(3) {
                    0 => format!("{{answer: s{step}, is: a{answer}}}"),
                    1 => format!("{{answer: s{step}, is_not: a{answer}}}"),
                    _ => format!("{{answer: s{step}, in: [a0, a{answer}]}}"),
                }
            }
            Kind::Any(count) => format!("{{answer: s{step}, includes: a{}}}", self.pick(count)),
            Kind::Number(max) => {
                let n = self.pick(max as usize + 1);
                if self.pick(2) == 0 { format!("{{answer: s{step}, at_least: {n}}}") } else { format!("{{answer: s{step}, at_most: {n}}}") }
            }
            Kind::Use => match self.pick(4) {
                0 => format!("{{answer: s{step}.one, is_not: a}}"),
                1 => format!("{{answer: s{step}.three, is: y}}"),
                2 => "{score: mini, band: high}".to_owned(),
                _ => format!("{{score: mini, at_least: {}, at_most: 6}}", self.pick(6)),
            },
            Kind::Say | Kind::Decide => {
                if self.kinds.iter().any(|k| matches!(k, Kind::Choice(_))) && self.out.contains("score: burden\n") {
                    format!("{{score: burden, at_least: {}}}", self.pick(5))
                } else {
                    let asked = (0..self.steps).find(|s| !matches!(self.kinds[*s], Kind::Say | Kind::Decide));
                    return asked.map_or_else(|| "{all: []}".to_owned(), |s| format!("{{asked: s{s}}}"));
                }
            }
        };
        // A guard more often than not: journeys without an unasked comparison are the interesting ones.
        if self.pick(10) < 7 && !plain.contains("score") { format!("{{all: [{{asked: s{step}}}, {plain}]}}") } else { plain }
    }

    fn rules(&mut self) {
        self.out.push_str("safety:\n");
        for rule in 0..3 {
            let when = self.condition(1);
            let bound = match self.pick(3) {
                0 => "{at_least: l1}",
                1 => "{at_most: l1b}",
                _ => "{in: [outcome/o0, outcome/o3]}",
            };
            writeln!(self.out, "  - {{id: r{rule}, whenever: {when}, outcome: {bound}}}").unwrap();
        }
        let step = (0..self.steps).find(|s| !matches!(self.kinds[*s], Kind::Say | Kind::Decide));
        if let Some(step) = step {
            let other = (step..self.steps).rev().find(|s| !matches!(self.kinds[*s], Kind::Say | Kind::Decide)).unwrap_or(step);
            writeln!(self.out, "  - {{id: asks, asks: s{other}}}\n  - {{id: first, asks_first: s{step}}}").unwrap();
        }
        for score in ["burden", "mini"] {
            let is_there = if score == "mini" { self.kinds.contains(&Kind::Use) } else { self.out.contains("score: burden\n") };
            if is_there {
                writeln!(self.out, "  - {{id: more-{score}, monotone: {score}}}").unwrap();
            }
        }
    }
}
