#!/usr/bin/env python3
"""Deterministic content repositories for measuring journeys.

    gen_journeys.py OUT_DIR CASE [--n N] [--new] [--seed 7]

CASE is one of
    mixed      one journey: PHQ-9, GAD-7, PHQ-4 and AUDIT-C by their shapes, two `choose: any` of eight, three numbers and
               twenty branching questions
    chain      one journey of N scored items with three bands (60)
    branching  one journey of N branching steps and N/10 outcomes (5000)
    many       N journeys of 50 questions that share 200 outcomes (1000)

--new writes a second version of the same: a cut is moved, an answer leads elsewhere, a question is asked earlier, or
nothing that matters is changed. Everything is sound: `check` finds no error. Same arguments, same bytes.
"""
import argparse
import random
from pathlib import Path

LEVELS = ["emergency", "urgent", "soon", "self-care"]
FREQUENCY = ["not-at-all", "several-days", "more-than-half", "nearly-every-day"]
SHAPES = {"phq-9": (9, 4, [5, 10, 15, 20]), "gad-7": (7, 4, [5, 10, 15]), "phq-4": (4, 4, [3, 6, 9]), "audit-c": (3, 5, [5, 8])}


class Site:
    def __init__(self, out):
        self.out = Path(out)
        self.write("content/site.yaml", "name: Bench\nbase_url: https://example.org\norganisation: Bench\nlanguage: en\n"
                   "country: GB\ndemonstration: true\ntime_zone: Europe/London\n")
        self.write("content/acuity.yaml", "levels:\n" + "".join(
            f"  - {{id: {level}, label: Level {n}, says: Do this., within: now, card: none}}\n" for n, level in enumerate(LEVELS)))

    def write(self, path, text):
        path = self.out / path
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(text)

    def outcomes(self, n):
        for i in range(n):
            self.write(f"content/outcomes/o{i}.md", f"---\ntitle: Ending {i}\nacuity: {LEVELS[i % 4]}\n---\n\nDo this now.\n")

    def instrument(self, name, items, answers, cuts):
        top = items * (answers - 1)
        bands = list(zip([0, *cuts], [*[c - 1 for c in cuts], top]))
        ids = FREQUENCY if answers == 4 else [f"a{n}" for n in range(answers)]
        self.write(f"content/instruments/{name}.yaml", f"title: Questions {name}\ndirection: higher-is-worse\nanswers:\n"
                   + "".join(f"  {a}: {{label: Answer {n}, points: {n}}}\n" for n, a in enumerate(ids))
                   + "items:\n" + "".join(f"  i{n}: {{ask: Question {n}}}\n" for n in range(items))
                   + "bands:\n" + "".join(f"  - {{id: b{n}, label: Band {n}, from: {a}, to: {b}}}\n" for n, (a, b) in enumerate(bands))
                   + "licence: {terms: Free to use., source: Made up, item_text: allowed}\n")

    def journey(self, name, start, steps, more=""):
        self.write(f"content/journeys/{name}.yaml", f"title: Journey {name}\nstart: {start}\nsteps:\n{''.join(steps)}{more}")


def any_of(name, n, go):
    options = ", ".join(f"o{i}: {{label: Option {i}, points: 1}}" for i in range(n))
    return f"  {name}: {{ask: Which of these?, choose: any, answers: {{{options}}}, score: burden, go: {go}}}\n"


def number(name, most, go):
    return f"  {name}: {{ask: How many?, number: {{min: 0, max: {most}}}, go: {go}}}\n"


def choice(name, go, elsewhere=None):
    own = f", go: {elsewhere}" if elsewhere else ""
    return f"  {name}: {{ask: Question {name}, answers: {{a: {{label: A}}, b: {{label: B{own}}}, c: {{label: C}}}}, go: {go}}}\n"


def mixed(site, n, new, rng):
    site.outcomes(8)
    for name, (items, answers, cuts) in SHAPES.items():
        site.instrument(name, items, answers, cuts)
    steps = []
    for i in range(20):
        # Every third leads past its neighbour, every fourth out.
        other = f"q{i + 2}" if i % 3 == 0 and i < 18 else ("outcome/o0" if i % 4 == 1 else None)
        steps.append(choice(f"q{i}", f"q{i + 1}" if i < 19 else "phq-9", other))
    order = ["phq-9", "gad-7", "phq-4", "audit-c"]
    for here, after in zip(order, [*order[1:], "any-a"]):
        steps.append(f"  {here}: {{use: instrument/{here}, go: {after}}}\n")
    steps += [any_of("any-a", 8, "any-b"), any_of("any-b", 8, "n0")]
    steps += [number(f"n{i}", 24, f"n{i + 1}" if i < 2 else "result") for i in range(3)]
    cut = 14 if new else 15
    steps.append("  result:\n    decide:\n"
                 "      - {when: {answer: phq-9.i8, is_not: not-at-all}, go: outcome/o1}\n"
                 f"      - {{when: {{score: phq-9, at_least: {cut}}}, go: outcome/o2}}\n"
                 "      - {when: {all: [{score: gad-7, at_least: 10}, {score: audit-c, at_least: 5}]}, go: outcome/o2}\n"
                 "      - {when: {score: phq-4, band: b3}, go: outcome/o6}\n"
                 "      - {when: {any: [{score: burden, at_least: 9}, {answer: n0, at_most: 4}, {answer: any-b, includes: o3}]}, go: outcome/o7}\n"
                 "      - {when: {all: [{answer: n1, at_least: 20}, {answer: n2, at_least: 20}]}, go: outcome/o4}\n"
                 "    otherwise: outcome/o3\n")
    site.journey("mixed", "q0", steps, "safety:\n"
                 "  - {id: harm-is-urgent, whenever: {all: [{asked: phq-9}, {answer: phq-9.i8, is_not: not-at-all}]}, outcome: {at_least: urgent}}\n"
                 "  - {id: first, asks_first: q0}\n")


def chain(site, n, new, rng):
    site.outcomes(3)
    site.instrument("long", n, 4, [n, 2 * n])
    cut = 2 * n - 1 if new else 2 * n
    site.journey("chain", "long", [
        "  long: {use: instrument/long, go: result}\n",
        f"  result: {{decide: [{{when: {{score: long, at_least: {cut}}}, go: outcome/o0}}, {{when: {{score: long, at_least: {n}}}, go: outcome/o1}}], otherwise: outcome/o2}}\n",
    ], "safety:\n  - {id: worse-is-never-less-urgent, monotone: long}\n")


def branching(site, n, new, rng):
    ends = max(1, n // 10)
    site.outcomes(ends)
    steps = []
    for i in range(n):
        go = f"s{i + 1}" if i + 1 < n else "outcome/o0"
        ahead = min(n - 1, i + rng.randint(2, 40))
        other = f"outcome/o{i // 10 % ends}" if i % 10 == 9 or i + 1 >= n else f"s{ahead}"
        if new and i == n // 2:
            other = "outcome/o0"
        steps.append(f"  s{i}: {{ask: Q{i}, answers: {{a: {{label: A, go: {other}}}, b: {{label: B}}}}, go: {go}}}\n")
    site.journey("branching", "s0", steps)


def many(site, n, new, rng):
    site.outcomes(200)
    site.instrument("phq-9", *SHAPES["phq-9"])
    site.instrument("gad-7", *SHAPES["gad-7"])
    for j in range(n):
        # 9 + 7 items, two `choose: any`, two numbers, thirty branching questions.
        out = lambda: f"outcome/o{rng.randrange(200)}"
        urgent = lambda: f"outcome/o{rng.randrange(50) * 4 + rng.randrange(2)}"
        first, steps = f"outcome/o{rng.randrange(50) * 4}", []
        early = new and j % 4 == 1
        for i in range(30):
            go = f"q{i + 1}" if i < 29 else ("gad-7" if early else "phq-9")
            other = first if i == 0 else (out() if i % 6 == 5 else f"q{i + 2}" if i % 2 and i < 28 else None)
            if new and j % 4 == 2 and i == 11:
                other = first
            steps.append(choice(f"q{i}", go, other))
        order = ["gad-7", "phq-9"] if early else ["phq-9", "gad-7"]
        steps += [f"  {order[0]}: {{use: instrument/{order[0]}, go: {order[1]}}}\n", f"  {order[1]}: {{use: instrument/{order[1]}, go: any-a}}\n"]
        steps += [any_of("any-a", 6, "any-b"), any_of("any-b", 5, "n0"), number("n0", 24, "n1"), number("n1", 60, "result")]
        cut = 14 if new and j % 4 == 0 else 15
        steps.append("  result:\n    decide:\n"
                     f"      - {{when: {{answer: phq-9.i8, is_not: not-at-all}}, go: {urgent()}}}\n"
                     f"      - {{when: {{score: phq-9, at_least: {cut}}}, go: {urgent()}}}\n"
                     f"      - {{when: {{all: [{{score: gad-7, at_least: 10}}, {{answer: n0, at_most: 4}}]}}, go: {urgent()}}}\n"
                     f"      - {{when: {{any: [{{score: burden, at_least: 6}}, {{answer: any-a, includes: o2}}]}}, go: outcome/o{2 + 4 * rng.randrange(50)}}}\n"
                     f"    otherwise: outcome/o{3 + 4 * rng.randrange(50)}\n")
        site.journey(f"j{j}", "q0", steps, "safety:\n"
                     "  - {id: first, asks_first: q0}\n"
                     "  - {id: harm-is-urgent, whenever: {all: [{asked: phq-9}, {answer: phq-9.i8, is_not: not-at-all}]}, outcome: {at_least: urgent}}\n"
                     "  - {id: severe-is-seen, whenever: {all: [{asked: phq-9}, {score: phq-9, at_least: 20}]}, outcome: {at_least: soon}}\n"
                     f"vignettes:\n  - {{name: At once, answers: {{q0: b}}, ends: {first}}}\n")


CASES = {"mixed": (mixed, 1), "chain": (chain, 60), "branching": (branching, 5000), "many": (many, 1000)}


def main():
    ap = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    ap.add_argument("out", type=Path)
    ap.add_argument("case", choices=CASES)
    ap.add_argument("--n", type=int)
    ap.add_argument("--new", action="store_true")
    ap.add_argument("--seed", type=int, default=7)
    a = ap.parse_args()
    write, usual = CASES[a.case]
    write(Site(a.out), a.n or usual, a.new, random.Random(a.seed))


if __name__ == "__main__":
    main()
